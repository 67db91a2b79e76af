"""What a page omits if not everything fits, and how small its letters may get first."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import msgspec

if TYPE_CHECKING:
    from recoverycli.training.handouts.handout import Handout, HandoutStep

# In points: below the floor nobody reads it from a wall, above the ceiling lines break after a word or two.
CEILING = 12.0
FLOOR = 8.0


class Room(NamedTuple):
    """How much of each kind a page has room for, and the size below which it gives up more instead. In points."""

    smallest: float
    phrases: int
    avoid: int
    choices: bool = True
    tasks: int = 3
    principles: bool = True


class TrimmedHandout(NamedTuple):
    """A handout as it fits, and the names of what is not on it."""

    handout: Handout
    left_out: tuple[str, ...] = ()


ROOMS = (
    Room(9.0, 2, 9),
    Room(9.0, 2, 9, choices=False),
    Room(8.5, 2, 2, choices=False),
    Room(8.5, 2, 1, choices=False),
    Room(8.0, 1, 1, choices=False),
    Room(FLOOR, 1, 1, choices=False, tasks=1),
    Room(FLOOR, 1, 1, choices=False, tasks=1, principles=False),
)


def trim(handout: Handout, room: Room) -> TrimmedHandout:
    """Return the handout as it fits into a room, saying what it left out."""
    steps = tuple(_trim_step(step, room) for step in handout.steps)
    pairs = list(zip(handout.steps, steps, strict=True))
    told = {
        "second phrases": any(len(was.phrases) > len(now.phrases) for was, now in pairs),
        "further words to avoid": any(len(was.avoid) > len(now.avoid) for was, now in pairs),
        "the choices of what to note": any(was.capture != now.capture for was, now in pairs),
        "further tasks": any(len(was.do) > len(now.do) for was, now in pairs),
        "the principles": bool(handout.principles) and not room.principles,
    }
    kept = msgspec.structs.replace(handout, steps=steps, principles=handout.principles if room.principles else ())
    return TrimmedHandout(kept, tuple(what for what, is_missing in told.items() if is_missing))


def _trim_step(step: HandoutStep, room: Room) -> HandoutStep:
    capture = step.capture if room.choices else tuple(msgspec.structs.replace(one, choices=()) for one in step.capture)
    return msgspec.structs.replace(
        step,
        phrases=step.phrases[: room.phrases],
        do=step.do[: room.tasks],
        avoid=step.avoid[: room.avoid],
        capture=capture,
    )
