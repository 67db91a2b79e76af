"""The debrief of a role-play."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recoverycli.pages.page import Row, Section

if TYPE_CHECKING:
    from recoverycli.pages.page import Page
    from recoverycli.training.roleplay.debrief import Debrief

_ENDED = {
    "recovered": "The customer trusts you again",
    "patched-up": "The problem is settled, but the trust is not back",
    "lost": "The customer is lost this time",
    None: "You left before the end",
}


def debrief_page(told: Debrief) -> Page:
    """Return the debrief as a page."""
    hints = f", {told.hints} {'hint' if told.hints == 1 else 'hints'} used" if told.hints else ""
    score = f"{told.score} of 100{hints}" if told.score is not None else ""
    steps = tuple(
        row
        for step in told.steps
        for row in (
            Row(step.name, f"{step.points} of 100", _answers(step.answers)),
            *(Row("", one) for one in step.evidence),
        )
    )
    sections = [
        Section(_ENDED[told.ending_kind], score, told.after),
        Section(rows=tuple(Row(*row) for row in (("Good", told.praise), ("Turning", told.turning_point)) if row[1])),
        Section("Step by step", rows=steps),
        Section(
            "What a strong answer would have been",
            rows=tuple(
                row
                for one in told.stronger
                for row in (Row("They", f'"{one.heard}"'), Row("You", f'"{one.said}"'), Row("Try", f'"{one.instead}"'))
            ),
        ),
        Section(
            "What they had not said",
            rows=(*(Row("You found out", one) for one in told.found), *(Row("Unasked", one) for one in told.missed)),
        ),
        Section(rows=(Row("Next", told.drill),)),
    ]
    return tuple(section for section in sections if section.rows or section is sections[0])


def _answers(count: int) -> str:
    return "1 answer" if count == 1 else f"{count} answers"
