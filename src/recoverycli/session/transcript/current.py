"""The values of today beside the stored ones: what JSON exports carry under `current`, and its schema.

It is derived from the transcript and its amendments and never stored: `log import` leaves it out.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

import msgspec

from recoverycli.frameworks.model import Mood
from recoverycli.session.events import Outcome
from recoverycli.session.transcript.amendments import added_notes, current_call, value_of
from recoverycli.session.transcript.commitments import Commitment, commitments
from recoverycli.session.transcript.model import Call, TranscriptCustomer, TranscriptNote, TranscriptOffer

if TYPE_CHECKING:
    from collections.abc import Iterable

CURRENT = "current"


class CurrentCommitment(msgspec.Struct, frozen=True):
    """A promise or a task as it stands today.

    `due` is the time for which it is planned now, `promised` the date by which it is judged: what the customer agreed
    to, else the first date. `satisfied` is null where nobody recorded it.
    """

    id: str
    what: str
    due: datetime | None
    promised: datetime | None
    done_at: datetime | None
    satisfied: bool | None


class CurrentValues(msgspec.Struct, frozen=True):
    """What can be amended after a call, as it stands today; the fields beside it are those of the end of the call.

    `mood` is the last one. `notes` are those that were added after the call; `offers`, `promises` and `tasks` are all.
    """

    outcome: Outcome | None
    issue: str | None
    root_cause: str | None
    summary: str | None
    customer: TranscriptCustomer
    mood: Mood | None
    severity: str | None
    ours: bool | None
    repeated: bool | None
    notes: tuple[TranscriptNote, ...]
    offers: tuple[TranscriptOffer, ...]
    promises: tuple[CurrentCommitment, ...]
    tasks: tuple[CurrentCommitment, ...]


class CallWithCurrent(Call, frozen=True):
    """A transcript as it is exported: `current` has the values of today, and is never stored."""

    current: CurrentValues | None = None


def current_values(stored: Call) -> CurrentValues:
    """Return the values of today of a call as it is stored."""
    call = current_call(stored)
    bound = list(commitments(call))
    return CurrentValues(
        outcome=call.outcome,
        issue=call.issue,
        root_cause=call.root_cause,
        summary=call.summary,
        customer=call.customer,
        mood=value_of(call, "mood"),
        severity=call.severity,
        ours=call.ours,
        repeated=call.repeated,
        notes=added_notes(stored),
        offers=call.offers,
        promises=_of_kind("promise", bound),
        tasks=_of_kind("task", bound),
    )


def with_current(document: dict[str, Any], stored: Call) -> dict[str, Any]:
    """Return a stored document with the values of today beside the stored ones."""
    return {**document, CURRENT: msgspec.to_builtins(current_values(stored))}


def without_current(document: dict[str, Any]) -> dict[str, Any]:
    """Return the document that is stored: without values that were derived for an export."""
    return {key: value for key, value in document.items() if key != CURRENT}


def transcript_schema() -> dict[str, Any]:
    """Return the JSON Schema of the transcript, stored or exported, generated from the structs."""
    schema = msgspec.json.schema(CallWithCurrent)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "recoverycli transcript", **schema}


def _of_kind(kind: str, bound: Iterable[Commitment]) -> tuple[CurrentCommitment, ...]:
    return tuple(
        CurrentCommitment(one.entry.id, one.entry.what, one.due, one.promised, one.done_at, one.satisfied)
        for one in bound
        if one.kind == kind
    )
