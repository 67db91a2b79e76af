"""What a transcript says today: its fields as they stand after the amendments that were made to them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from recoverycli.session.events import OUTCOMES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from recoverycli.session.transcript.model import Call, TranscriptAmendment

# The fields of a call that can be put right.
AMENDABLE = ("outcome", "issue", "root_cause", "summary")


def current_call(call: Call) -> Call:
    """Return the call as it stands today: outcome, issue, cause and summary are the newest that were given.

    What somebody wrote there that is no word of that field is passed over.
    """
    changed = {
        change.field: change.new
        for change in call.amendments
        if change.field in AMENDABLE and _fits(change.field, change.new)
    }
    return msgspec.structs.replace(call, **changed) if changed else call


def _fits(field: str, value: object) -> bool:
    return value is None or (value in OUTCOMES if field == "outcome" else isinstance(value, str))


def newest_value(amendments: Iterable[TranscriptAmendment], field: str, original: Any = None) -> Any:
    """Return the newest value of a field such as `outcome` or `promises.p1.done_at`; `original` where none was made."""
    value = original
    for amendment in amendments:
        if amendment.field == field:
            value = amendment.new
    return value


def given_values(amendments: Iterable[TranscriptAmendment], field: str) -> tuple[Any, ...]:
    """Return every value that a field was given, oldest first."""
    return tuple(amendment.new for amendment in amendments if amendment.field == field)


def history(original: Any, values: Iterable[Any]) -> Sequence[Any]:
    """Return the values that led to today's, `original` first and today's last.

    A value that stood just before takes the change between the two back: both leave the history, so that the next
    undo finds the change before that one.
    """
    led = [original]
    for value in values:
        if len(led) > 1 and value == led[-2]:
            led.pop()
        else:
            led.append(value)
    return led
