"""What leaves the desk: everything, all but names and references, or only numbers.

It is an allow-list: an undeclared field does not leave, except with `all`. Cards, codes and passwords are already
masked in the files.
"""

from __future__ import annotations

from functools import cache
from types import NoneType
from typing import TYPE_CHECKING, Any, Final, Literal, get_args, get_origin, get_type_hints

import msgspec

from recoverycli.redaction.redact import redact
from recoverycli.redaction.rules import Rules
from recoverycli.session.person import Person, PersonQuery
from recoverycli.session.transcript import model as ts
from recoverycli.session.transcript.amendments import current_call
from recoverycli.session.transcript.roleplay import TranscriptHint, TranscriptRoleplay, TranscriptTurn
from recoverycli.settings.model import Redactable
from recoverycli.store.privacy.rewrite import rewrite

if TYPE_CHECKING:
    from recoverycli.settings.model import Share
    from recoverycli.store.calls.transcript_file import Stored

# Numbers: counts, times and words from lists. Text: free text. Person: who somebody is.
Leaves = Literal["number", "text", "person"]
_LEAVES: Final[dict[str, frozenset[Leaves]]] = {
    "numbers": frozenset({"number"}),
    "no-names": frozenset({"number", "text"}),
}


def _fields(number: str = "", text: str = "", person: str = "") -> dict[str, Leaves]:
    kinds: tuple[tuple[Leaves, str], ...] = (("number", number), ("text", text), ("person", person))
    return {name: kind for kind, names in kinds for name in names.split()}


# The kind of each field of a transcript. A field with nested parts is a number if its parts decide.
DECISIONS: Final[dict[type[msgspec.Struct], dict[str, Leaves]]] = {
    ts.Call: _fields(
        "schema id kind state started_at ended_at seconds pauses channel found_by framework switches steps ours"
        " repeated offers promises tasks holds escalations moods outcome redactions amendments zone",
        "issue scenario severity root_cause summary roleplay cards",
        "agent customer values typed",
    ),
    ts.TranscriptSpan: _fields("at until"),
    ts.TranscriptCustomer: _fields(person="name ref"),
    ts.TranscriptFramework: _fields("id name version digest"),
    ts.TranscriptSwitch: _fields("at before after step how"),
    ts.TranscriptCard: _fields("id suggested_at opened_at"),
    ts.TranscriptPhrase: _fields("id source"),
    ts.TranscriptSaid: _fields("at phrase", "text"),
    ts.TranscriptNote: _fields("at", "text"),
    ts.TranscriptVisit: _fields("entered_at left_at"),
    ts.TranscriptAnswer: _fields("at to", "question answer"),
    ts.TranscriptStep: _fields(
        "id framework name intent also phase status visits seconds said ticked left_open off_way outcome",
        "skipped_because notes answers items",
        "captured",
    ),
    ts.TranscriptOffer: _fields(
        "at value within_authority id instead_of answer answered_at", "remedy currency needs why"
    ),
    ts.TranscriptPromise: _fields("id at due", "what due_said"),
    ts.TranscriptTask: _fields("id step due", "what"),
    ts.TranscriptEscalation: _fields("at", "to why note"),
    ts.TranscriptMood: _fields("at mood"),
    ts.TranscriptAmendment: _fields("at field old new", person="by"),
    TranscriptRoleplay: _fields(
        "digest difficulty own_words ending ending_kind hints hints_shown turns seed",
        "last_words",
    ),
    TranscriptHint: _fields("at node"),
    TranscriptTurn: _fields(
        "at node reply given penalty effect mood ease points step reveals agrees refuses promises hints seconds"
        " assessed intents takes",
        "heard text because acts",
    ),
}
# The replacement of required texts: the number of promises, tasks and offers is sent.
_STANDS_FOR: Final = {ts.TranscriptPromise: "promise", ts.TranscriptTask: "task", ts.TranscriptOffer: "offer"}
# Amendments whose new value is not free text: of these fields, and of fields that end so.
_WORDS: Final = frozenset({"outcome", "ours", "repeated"})
_TYPED: Final = (".done_at", ".due", ".agreed", ".satisfied")


def shared_bytes(stored: Stored, share: Share) -> bytes:
    """Return the bytes of a transcript to send; with `all`, those of the file."""
    if share == "all":
        return stored.raw
    call = stored.transcript.call
    if share == "numbers":
        typed = tuple(one for one in call.amendments if one.field in _WORDS or one.field.endswith(_TYPED))
        return ts.encode(_reduce(msgspec.structs.replace(call, amendments=typed), _LEAVES[share]))
    unnamed = tuple(one for one in call.amendments if not one.field.startswith("customer."))
    reduced = _reduce(msgspec.structs.replace(call, amendments=unnamed), _LEAVES[share])
    return _mask_names(current_call(call), ts.encode(reduced))


def _mask_names(call: ts.Call, data: bytes) -> bytes:
    """Mask the customer, the agent and references in the text."""
    name, ref = call.customer.name, call.customer.ref
    known = tuple(words for words in (name, call.agent) if words)
    rules = Rules(frozenset(get_args(Redactable)), known)
    person = Person(_person_query(name), _person_query(ref, exact=True))

    def change(text: str) -> tuple[str, int]:
        masked, places = redact(text, rules)
        without, more = person.mask(masked)
        return without, places + more

    fresh = rewrite(data, change)
    return fresh.data if fresh.places else data


def _reduce(part: Any, leaves: frozenset[Leaves]) -> Any:
    """Return a part of a transcript, or several, with only the fields that may leave."""
    if isinstance(part, tuple):
        return tuple(_reduce(one, leaves) for one in part)
    if not isinstance(part, msgspec.Struct):
        return part
    decided = DECISIONS.get(type(part), {})
    return msgspec.structs.replace(
        part,
        **{
            name: _reduce(getattr(part, name), leaves) if decided.get(name) in leaves else _empty_value(part, name)
            for name in part.__struct_fields__
        },
    )


def _empty_value(part: msgspec.Struct, name: str) -> Any:
    """Return the replacement of a value that stays at the desk."""
    hint = _hints(type(part))[name]
    if NoneType in get_args(hint):
        return None
    if hint is str:
        return _STANDS_FOR.get(type(part), "")
    if isinstance(hint, type) and issubclass(hint, msgspec.Struct):
        return _reduce(getattr(part, name), frozenset())
    return (get_origin(hint) or hint)()


@cache
def _hints(part: type[msgspec.Struct]) -> dict[str, Any]:
    return get_type_hints(part)


def _person_query(words: str | None, *, exact: bool = False) -> PersonQuery | None:
    wanted = PersonQuery(words, exact=exact) if words else None
    return wanted if wanted is not None and wanted.is_searchable else None
