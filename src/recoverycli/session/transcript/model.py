"""The transcript: a finished call as the JSON document that is stored (schema 1).

`Transcript.document` is the document as it was read, with every key, also those of a newer version; `Transcript.call`
is the typed view of the keys that this version knows.
"""

from __future__ import annotations

from typing import Any, Literal

import msgspec

from recoverycli.frameworks.model import Channel, Intent, Mood, Phase
from recoverycli.session.events import FoundBy, Kind, Moment, OfferAnswer, Outcome, PhraseSource
from recoverycli.session.model import Status, SwitchKind
from recoverycli.session.transcript.roleplay import TranscriptRoleplay
from recoverycli.times.wall_clock import FIRST_YEAR, LAST_YEAR

SCHEMA = 1


class TranscriptSpan(msgspec.Struct, frozen=True):
    """A pause or a hold."""

    at: Moment
    until: Moment | None = None


class TranscriptCustomer(msgspec.Struct, frozen=True):
    """Who complained."""

    name: str | None = None
    ref: str | None = None


class TranscriptFramework(msgspec.Struct, frozen=True):
    """The framework that the call began in; `digest` is that of its file."""

    id: str
    name: str
    version: int
    digest: str


class TranscriptSwitch(msgspec.Struct, frozen=True, rename={"before": "from", "after": "to"}):
    """A change of framework, and the step that was left by it.

    `how` tells a switch from the call of a playbook by a step, and from the return at its end.
    """

    at: Moment
    before: str
    after: str
    step: str | None = None
    how: SwitchKind = "switch"


class TranscriptCard(msgspec.Struct, frozen=True):
    """A card that the agent's words suggested, that was opened, or both."""

    id: str
    suggested_at: Moment | None = None
    opened_at: Moment | None = None


class TranscriptPhrase(msgspec.Struct, frozen=True):
    """Which phrase was said."""

    id: str
    source: PhraseSource


class TranscriptSaid(msgspec.Struct, frozen=True):
    """Words said to the customer; `phrase` is null for the agent's own."""

    at: Moment
    text: str
    phrase: TranscriptPhrase | None = None


class TranscriptNote(msgspec.Struct, frozen=True):
    """A note for the file."""

    at: Moment
    text: str


class TranscriptVisit(msgspec.Struct, frozen=True):
    """One stay on a step."""

    entered_at: Moment
    left_at: Moment | None = None


class TranscriptAnswer(msgspec.Struct, frozen=True):
    """A question of a step with its answer, and the step or `wrap-up` that it led to.

    `to` is null where it led to no other step: at the end of a called playbook, or where nothing depended on it.
    """

    at: Moment
    question: str
    answer: str
    to: str | None = None


class TranscriptStep(msgspec.Struct, frozen=True):
    """A step and what happened in it. `seconds` leaves pauses out.

    `items` has the words of what is in `ticked` and `left_open`. `off_way` is a step that the agent went back from
    before the call went another way: it is neither done nor open.
    """

    id: str
    framework: str
    name: str
    intent: Intent
    also: tuple[Intent, ...]
    phase: Phase
    status: Status
    skipped_because: str | None
    visits: tuple[TranscriptVisit, ...]
    seconds: float
    said: tuple[TranscriptSaid, ...]
    notes: tuple[TranscriptNote, ...]
    ticked: tuple[str, ...]
    captured: dict[str, str]
    answers: tuple[TranscriptAnswer, ...] = ()
    left_open: tuple[str, ...] = ()
    # How the framework ends a call in which the step was done; the outcome of the call may be another one.
    outcome: Outcome | None = None
    items: dict[str, str] = {}
    off_way: bool = False


class TranscriptOffer(msgspec.Struct, frozen=True):
    """A remedy that was offered; `value` is in `currency` where one was named.

    `answer` is null where none was recorded, as in every call before answers could be recorded; `id` is empty there.
    """

    at: Moment
    remedy: str
    value: float | None = None
    currency: str | None = None
    within_authority: bool | None = None
    needs: str | None = None
    id: str = ""
    instead_of: str | None = None
    answer: OfferAnswer | None = None
    why: str | None = None
    answered_at: Moment | None = None


class TranscriptPromise(msgspec.Struct, frozen=True):
    """A promise; `due` is null where no date was understood."""

    id: str
    at: Moment
    what: str
    due_said: str | None = None
    due: Moment | None = None


class TranscriptTask(msgspec.Struct, frozen=True):
    """Something to do after the call."""

    id: str
    step: str
    what: str
    due: Moment | None = None


class TranscriptEscalation(msgspec.Struct, frozen=True):
    """The call was escalated."""

    at: Moment
    to: str | None
    why: str
    note: str | None = None


class TranscriptMood(msgspec.Struct, frozen=True):
    """How the customer sounded."""

    at: Moment
    mood: Mood


class TranscriptAmendment(msgspec.Struct, frozen=True, omit_defaults=True):
    """A correction after the call was archived; `by` is the agent in the settings of who made it, where one is set."""

    at: Moment
    field: str
    old: Any
    new: Any
    by: str | None = None


class Call(msgspec.Struct, frozen=True):
    """A finished call, schema 1. Times are RFC 3339 with offset.

    `seconds` leaves pauses out; it is 0 where no clock ran and nobody knows.
    """

    schema: Literal[1]
    id: str
    kind: Kind
    state: Literal["finished", "abandoned"]
    started_at: Moment
    ended_at: Moment
    seconds: float
    pauses: tuple[TranscriptSpan, ...]
    agent: str | None
    channel: Channel | None
    issue: str | None
    found_by: FoundBy
    customer: TranscriptCustomer
    values: dict[str, str]
    scenario: str | None
    framework: TranscriptFramework
    switches: tuple[TranscriptSwitch, ...]
    steps: tuple[TranscriptStep, ...]
    ours: bool | None
    repeated: bool | None
    severity: str | None
    offers: tuple[TranscriptOffer, ...]
    promises: tuple[TranscriptPromise, ...]
    tasks: tuple[TranscriptTask, ...]
    holds: tuple[TranscriptSpan, ...]
    escalations: tuple[TranscriptEscalation, ...]
    moods: tuple[TranscriptMood, ...]
    outcome: Outcome | None
    root_cause: str | None
    summary: str | None
    redactions: int
    amendments: tuple[TranscriptAmendment, ...] = ()
    cards: tuple[TranscriptCard, ...] = ()
    roleplay: TranscriptRoleplay | None = None
    # What the words of `values` were read as: a decimal number, an amount with its currency, an ISO date.
    typed: dict[str, str] = {}
    # The name of the time zone where the call was recorded; null where the system does not say it.
    zone: str | None = None


class Transcript(msgspec.Struct, frozen=True):
    """A transcript with every key that it came with (`document`) and its typed view (`call`)."""

    document: dict[str, Any]
    call: Call


_CALL = msgspec.json.Decoder(Call)


class Unreadable(ValueError):
    """The bytes are not a transcript that this version can read; the message tells users why."""


def encode(call: Call) -> bytes:
    """Return the document of a call that this version wrote, indented for people, with a newline at its end."""
    return msgspec.json.format(msgspec.json.encode(call), indent=1) + b"\n"


def encode_document(transcript: Transcript) -> bytes:
    """Return the document with all its keys."""
    return msgspec.json.format(msgspec.json.encode(transcript.document), indent=1) + b"\n"


def decode_call(data: bytes) -> Call:
    """Read only the typed view of a transcript, in half the time. Raises Unreadable as `decode` does."""
    try:
        call = _CALL.decode(data)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError, OverflowError, ValueError):
        # `decode` finds the reason, or can read it all the same.
        return decode(data).call
    return _in_our_time(call)


def decode(data: bytes) -> Transcript:
    """Read a transcript. Raises Unreadable if it is invalid, of a newer schema, or with dates out of range."""
    try:
        document = msgspec.json.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as broken:
        raise Unreadable("it is not complete JSON") from broken
    if not isinstance(document, dict) or not isinstance(document.get("schema"), int):
        raise Unreadable("it is not a transcript")
    if document["schema"] > SCHEMA:
        raise Unreadable(f"it was written by a newer version of recovery (schema {document['schema']})")
    document = upgrade_document(document)
    try:
        call = msgspec.convert(document, Call)
    except (msgspec.ValidationError, OverflowError, ValueError) as wrong:
        raise Unreadable(f"it is not a transcript ({wrong})") from wrong
    return Transcript(document, _in_our_time(call))


def _in_our_time(call: Call) -> Call:
    """Refuse dates at the ends of the calendar, which cannot be converted between zones."""
    later = [promise.due for promise in call.promises] + [task.due for task in call.tasks]
    later += [promise.at for promise in call.promises] + [change.at for change in call.amendments]
    for moment in (call.started_at, call.ended_at, *later):
        if moment is not None and not FIRST_YEAR <= moment.year <= LAST_YEAR:
            raise Unreadable(f"it holds a date of the year {moment.year}")
    return call


def upgrade_document(document: dict[str, Any]) -> dict[str, Any]:
    """Return a document of an older schema as one of the current schema. There is only schema 1 so far."""
    return document
