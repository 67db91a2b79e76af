"""The current values of a transcript: its fields after their amendments."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import msgspec

from recoverycli.frameworks.model import MOODS, SEVERITIES
from recoverycli.session.events import OUTCOMES
from recoverycli.session.transcript.model import TranscriptMood, TranscriptNote, TranscriptOffer, TranscriptPromise

if TYPE_CHECKING:
    from collections.abc import Iterable

    from recoverycli.session.transcript.model import Call, TranscriptAmendment, TranscriptStep

# The fields of a call that can be corrected, and the lists that can be added to: `notes.1` is the first added note.
AMENDABLE = (
    "outcome", "issue", "root_cause", "summary", "customer.name", "customer.ref", "mood", "severity", "ours",
    "repeated",
)  # fmt: skip
ADDABLE: dict[str, type[TranscriptNote | TranscriptOffer | TranscriptPromise]] = {
    "notes": TranscriptNote,
    "offers": TranscriptOffer,
    "promises": TranscriptPromise,
}
_ADDED = re.compile(r"(notes|offers|promises)\.([1-9][0-9]{0,3})")
_WORDS: dict[str, tuple[str, ...]] = {"outcome": OUTCOMES, "mood": MOODS, "severity": SEVERITIES}


def current_call(call: Call) -> Call:
    """Return the call as it stands today: each field has the newest value, and what was added is in its list.

    A value that does not fit its field is ignored.
    """
    changed = {change.field: change.new for change in call.amendments if is_correction(change)}
    return _with_changes(call, changed) if changed else call


def is_correction(change: TranscriptAmendment) -> bool:
    """Whether an amendment corrects the call itself, with a value that fits."""
    return is_amendable(change.field) and _fits(change.field, change.new)


def is_amendable(field: str) -> bool:
    """Whether a field can be corrected, or is something added to a list."""
    return field in AMENDABLE or _ADDED.fullmatch(field) is not None


def value_of(call: Call, field: str) -> Any:
    """Return the value of a field that can be corrected; what was never added has none."""
    match field:
        case "customer.name":
            return call.customer.name
        case "customer.ref":
            return call.customer.ref
        case "mood":
            return call.moods[-1].mood if call.moods else None
    return getattr(call, field) if field in AMENDABLE else None


def next_addition(call: Call, name: str) -> str:
    """Return the field of the next addition to a list: `notes.2` after `notes.1`."""
    added = (_ADDED.fullmatch(change.field) for change in call.amendments)
    return f"{name}.{max((int(found[2]) for found in added if found and found[1] == name), default=0) + 1}"


def added_notes(call: Call) -> tuple[TranscriptNote, ...]:
    """Return the notes that were added after the call, without those that were removed again."""
    added = {change.field: change.new for change in call.amendments if is_note(change) and is_correction(change)}
    return tuple(msgspec.convert(note, TranscriptNote) for note in added.values() if note is not None)


def is_note(change: TranscriptAmendment) -> bool:
    """Whether an amendment adds or removes a note."""
    return change.field.startswith("notes.")


def _with_changes(call: Call, changed: dict[str, Any]) -> Call:
    fields = {field: value for field, value in changed.items() if field in call.__struct_fields__}
    customer = {field.removeprefix("customer."): value for field, value in changed.items() if "customer." in field}
    if customer:
        fields["customer"] = msgspec.structs.replace(call.customer, **customer)
    if changed.get("mood"):
        fields["moods"] = (*call.moods, TranscriptMood(call.ended_at, changed["mood"]))
    for name, kind in ADDABLE.items():
        added = [
            msgspec.convert(value, kind)
            for field, value in changed.items()
            if value is not None and field.partition(".")[0] == name
        ]
        if added and name == "notes":
            fields["steps"] = _with_notes(call, added)
        elif added:
            fields[name] = (*getattr(call, name), *added)
    return msgspec.structs.replace(call, **fields)


def _with_notes(call: Call, added: list[Any]) -> tuple[TranscriptStep, ...]:
    """Return the steps with notes added to the last one that was on the screen."""
    if not call.steps:
        return call.steps
    seen = [place for place, step in enumerate(call.steps) if step.visits] or [0]
    last = max(seen, key=lambda place: [visit.entered_at for visit in call.steps[place].visits[-1:]])
    step = call.steps[last]
    return (*call.steps[:last], msgspec.structs.replace(step, notes=(*step.notes, *added)), *call.steps[last + 1 :])


def _fits(field: str, value: object) -> bool:
    if value is None:
        return True
    added = _ADDED.fullmatch(field)
    if added is not None:
        try:
            msgspec.convert(value, ADDABLE[added[1]])
        except (msgspec.ValidationError, ValueError, OverflowError):
            return False
        return True
    if field in {"ours", "repeated"}:
        return isinstance(value, bool)
    return value in _WORDS[field] if field in _WORDS else isinstance(value, str)


def newest_value(amendments: Iterable[TranscriptAmendment], field: str, original: Any = None) -> Any:
    """Return the newest value of a field such as `outcome` or `promises.p1.done_at`; `original` without amendments."""
    value = original
    for amendment in amendments:
        if amendment.field == field:
            value = amendment.new
    return value


def history(
    original: Any, changes: Iterable[tuple[Any, TranscriptAmendment]]
) -> list[tuple[Any, TranscriptAmendment | None]]:
    """Return the values that led to the current one, each with the amendment that gave it; the first is `original`.

    A change back to the value before is an undo: both changes leave the history, so that the next undo finds the
    change before them.
    """
    led: list[tuple[Any, TranscriptAmendment | None]] = [(original, None)]
    for value, change in changes:
        if len(led) > 1 and value == led[-2][0]:
            led.pop()
        else:
            led.append((value, change))
    return led
