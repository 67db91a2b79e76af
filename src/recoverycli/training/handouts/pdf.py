"""Handouts as PDF: a framework as large as fits on a page, role cards with four on a sheet where they fit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from recoverycli.training.handouts.formats import Sheets
from recoverycli.training.handouts.typesetting import largest, pages, pdf_source, typeset

if TYPE_CHECKING:
    from collections.abc import Sequence

    from recoverycli.training.handouts.cards import Card
    from recoverycli.training.handouts.formats import Paper
    from recoverycli.training.handouts.handout import Handout, HandoutStep
    from recoverycli.training.handouts.typesetting import PdfSource

_TEMPLATE = "handout.typ"
# In points, if even the shortest form needs more than one page: then nothing is omitted.
_ON_SEVERAL = 9.5
# In points: below the floor nobody reads it from a wall, above the ceiling lines break after a word or two.
CEILING = 12.0
FLOOR = 8.0
# How many cards are on a sheet, and their letters in points: a card is held in the hand and read at a glance.
_SHEETS = ((4, FLOOR, 11.0), (2, FLOOR, 13.0), (1, 9.0, 15.0))
_BOTH_SIDES = 2


class FittedHandout(NamedTuple):
    """A handout as it fits on a page, what is not on it, and its draft."""

    handout: Handout
    left_out: tuple[str, ...]
    draft: PdfSource


def fit_page(handout: Handout, paper: Paper) -> FittedHandout:
    """Return the handout with as much on it as a page holds, else two pages; all of it where even that is too small.

    Both sides of a sheet come before a page without second phrases.
    """
    whole = pdf_source(_TEMPLATE, _data(TrimmedHandout(handout)), paper, _ON_SEVERAL)
    one_page = ((1, room) for room in ROOMS if room.phrases > 1)
    for most, room in (*one_page, *((_BOTH_SIDES, room) for room in ROOMS)):
        kept = trim(handout, room)
        draft = largest(whole.of(_data(kept)), room.smallest, CEILING, most=most)
        if draft is not None:
            return FittedHandout(*kept, draft)
    return FittedHandout(handout, (), whole)


def handout_pdf(handout: Handout, paper: Paper) -> Sheets:
    """Return the page, and the names of what is not on it."""
    fit = fit_page(handout, paper)
    return Sheets(typeset(fit.draft), pages(fit.draft), 1, fit.draft.lost, fit.left_out)


def _data(kept: TrimmedHandout) -> dict[str, Any]:
    return {**msgspec.to_builtins(kept.handout), "left_out": kept.left_out}


class Room(NamedTuple):
    """How much of each kind a page has room for, and the size below which it gives up more instead. In points.

    What is required and what the customer is asked always have room.
    """

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
    Room(FLOOR, 2, 1, choices=False),
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


class FittedCards(NamedTuple):
    """How many cards are on a sheet, how many sheets that should take, and the draft."""

    up: int
    wanted: int
    draft: PdfSource


def fit_cards(cards: Sequence[Card], paper: Paper) -> FittedCards:
    """Return the cards, all in letters of one size: four on a sheet, else two, else one, or more sheets than cards.

    Fewer than four are larger.
    """
    data = [{**card._asdict(), "parts": [part._asdict() for part in card.parts]} for card in cards]
    small = pdf_source("cards.typ", {"up": 1, "cards": data}, paper, _SHEETS[-1][1])
    for up, smallest, ceiling in _SHEETS:
        wanted = -(-len(cards) // up)
        if up > len(cards) > 0 and up > 1:
            continue
        draft = largest(small.of({"up": up, "cards": data}), smallest, ceiling, most=wanted)
        if draft is not None:
            return FittedCards(up, wanted, draft)
    return FittedCards(1, len(cards), small)


def cards_pdf(cards: Sequence[Card], paper: Paper) -> Sheets:
    """Return the cards; those that are too long for a page take more."""
    fit = fit_cards(cards, paper)
    return Sheets(typeset(fit.draft), pages(fit.draft), fit.wanted, fit.draft.lost)
