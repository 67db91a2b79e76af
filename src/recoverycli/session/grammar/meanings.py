"""The meanings of a typed line: values from the line grammar to the call that acts on them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Literal

import msgspec

from recoverycli.session.events import Event, Outcome


class Record(msgspec.Struct, frozen=True):
    """An event to be recorded."""

    event: Event


class Undo(msgspec.Struct, frozen=True):
    """Undo the last event."""


class Show(msgspec.Struct, frozen=True):
    """Show more of the step, everything recorded so far, the help, the history of the customer, or the cards."""

    what: Literal["more", "notes", "help", "history", "cards"]


class Copy(msgspec.Struct, frozen=True):
    """Put phrase `number` on the clipboard."""

    text: str
    number: int


class CopyNote(msgspec.Struct, frozen=True):
    """Put the note for the customer's profile on the clipboard."""


class ChooseOffer(msgspec.Struct, frozen=True):
    """Choose a remedy from those of the settings."""


class Keep(msgspec.Struct, frozen=True):
    """Save the agent's last own words of this step as a phrase. `warned`: although they may backfire."""

    warned: bool = False


class SwitchTo(msgspec.Struct, frozen=True):
    """Go on in another framework, which the caller has to load. `calls`: the step on the screen calls it."""

    framework: str
    calls: bool = False


class OpenCard(msgspec.Struct, frozen=True):
    """Go on in a card, which the caller has to load, until `/switch` returns."""

    card: str


class Leave(msgspec.Struct, frozen=True):
    """Leave the loop: pause, finish or abandon the call."""

    how: Literal["pause", "finish", "abandon"]
    outcome: Outcome | None = None


class Misunderstood(msgspec.Struct, frozen=True):
    """The line is invalid here: why, and the nearest valid line."""

    why: str
    nearest: str = ""


class Undecided(msgspec.Struct, frozen=True):
    """The step leads on only when the names in `open` are known."""

    open: tuple[str, ...]


class Ambiguous(msgspec.Struct, frozen=True):
    """Words with several readings: `options` show them, `events` record one each.

    `unclear` is the words, `enter` says what Enter does, and `undecided` is what the line means without an answer.
    A typed answer completes the line `retry`.
    """

    unclear: str
    options: tuple[str, ...]
    events: tuple[Event, ...]
    undecided: Record | Misunderstood
    enter: str
    retry: str


Meaning = (
    Ambiguous | Record | Undo | Show | Copy | CopyNote | ChooseOffer | Keep | SwitchTo | OpenCard | Leave
    | Misunderstood | Undecided
)  # fmt: skip

# Reads the words of a date at a time: the date, its several readings, or None if they are not a date.
DateReader = Callable[[str, datetime], datetime | tuple[datetime, ...] | None]
