"""The debrief of a role-play."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recoverycli.pages.page import Row, Section
from recoverycli.text.format import plural
from recoverycli.training.roleplay.feedback import quotes_whole

if TYPE_CHECKING:
    from collections.abc import Iterator

    from recoverycli.pages.page import Page
    from recoverycli.training.roleplay.debrief import Debrief, StepScore
    from recoverycli.training.roleplay.points import Point
    from recoverycli.training.roleplay.steps_taken import StepLeftOut
    from recoverycli.training.scenarios.model import EndingKind

_ENDED: dict[EndingKind | None, str] = {
    "recovered": "The customer trusts you again",
    "patched-up": "Something is agreed, but the trust is not back",
    "lost": "The customer is lost this time",
    None: "You left before the end",
}
_NOTHING_AGREED = "Nothing is agreed, but the customer is not angry"
_NO_LINE = "no answer of this scenario is for it; say it in your own words"


def debrief_page(told: Debrief, *, explain: bool = False) -> Page:
    """Return the debrief as a page; `explain` adds every point with its evidence."""
    hints = f", {plural(told.hints, 'hint')} used" if told.hints else ""
    score = f"{told.score} of 100{hints}" if told.score is not None else ""
    nothing = told.ending_kind == "patched-up" and told.agreed is False
    sections = [
        Section(_NOTHING_AGREED if nothing else _ENDED[told.ending_kind], score, told.after),
        Section("Steps never taken", rows=tuple(row for one in told.left_out for row in _left_out(one))),
        Section(rows=tuple(_what_decided(told))),
        Section("Practise next", told.next.name, rows=tuple(_next(told))),
        Section("Step by step", rows=tuple(row for one in told.steps for row in _step(one))),
        Section(
            "Not assessed",
            rows=tuple(
                Row("You", f'"{one.said}"', "the call went on without an answer" if one.went_on else "asked again")
                for one in told.not_assessed
            ),
        ),
        Section(
            "Other stronger answers",
            rows=tuple(row for one in told.stronger for row in _instead(one.heard, one.said, one.instead)),
        ),
        Section(
            "What they had not said",
            rows=(*(Row("You found out", one) for one in told.found), *(Row("Unasked", one) for one in told.missed)),
        ),
        *([_points(told)] if explain and told.points else []),
    ]
    return tuple(section for section in sections if section.rows or section is sections[0])


def _left_out(one: StepLeftOut) -> Iterator[Row]:
    yield Row(one.name, f'you could say "{one.instead}"' if one.instead else _NO_LINE)


def _what_decided(told: Debrief) -> Iterator[Row]:
    turned, well = told.turning_point, told.went_well
    if turned is not None:
        yield Row("Turning point", f'"{turned.said}" {turned.says}')
    elif told.ending is not None:
        yield Row("Turning point", "No assessed answer decided how it ended.")
    if well is not None:
        words = well.says if quotes_whole(well.said, well.says) else (f'"{well.said}"', *well.says)
        yield from (Row("" if at else "Went well", line) for at, line in enumerate(words))


def _next(told: Debrief) -> Iterator[Row]:
    following = told.next
    if following.instead:
        yield from _instead(following.heard, following.said, following.instead)
    yield Row("Then", following.command)


def _instead(heard: str, said: str, instead: str) -> Iterator[Row]:
    """What they said, what was answered, and the line to try instead; an answer that was not assessed is left out."""
    yield Row("They", f'"{heard}"')
    if said:
        yield Row("You", f'"{said}"')
    yield Row("Try", f'"{instead}"')


def _step(step: StepScore) -> Iterator[Row]:
    missing = f"{step.not_assessed} not assessed" if step.not_assessed else ""
    remarks = (plural(step.answers, "answer"), missing, "" if step.taken else "the step was not taken")
    yield Row(step.name, f"{step.points} of 100", ", ".join(filter(None, remarks)))
    yield from (Row("", line) for line in step.evidence)


def _points(told: Debrief) -> Section:
    names = {step.step: step.name for step in told.steps}
    rows = tuple(row for one in told.points for row in _point(one, names.get(one.step, "")))
    return Section("Points", f"their sum is {told.score}", rows=rows)


def _point(one: Point, step: str) -> Iterator[Row]:
    intents = ", ".join(one.intents)
    about = ", ".join(filter(None, (f"in {step}" if step else "", f"for {intents}" if intents else "")))
    words = f'"{one.text}"' if one.text else "No answer was given after it."
    yield Row(f"{one.points:+d}", words, about)
    yield Row("", f"{one.rule[0].upper()}{one.rule[1:]}.")
    yield from (Row("", line) for line in one.evidence)
