"""The score of a call: what went well, then what could be better, with the evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recoverycli.pages.page import Row, Section

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from recoverycli.pages.page import Page
    from recoverycli.review.scoring.scorecard import Evidence, Score, ScoreLine

_WELL = 0.75


def score_page(found: Score) -> Page:
    """Return the score as a page."""
    counted = [line for line in found.lines if line.points is not None]
    total = "nothing in it can be scored" if found.total is None else f"{found.total} of 100"
    abandoned = ", abandoned" if found.state == "abandoned" else ""
    sections = [
        Section(f"Score: {total}", f"{found.call}{abandoned}, by the scorecard {found.card}", rows=_critical(found))
    ]
    for title, lines in (
        ("What went well", [line for line in counted if (line.points or 0) >= _WELL]),
        ("What could go better", [line for line in counted if (line.points or 0) < _WELL]),
    ):
        if lines:
            sections.append(Section(title, rows=tuple(row for line in lines for row in _rows(line))))
    if found.critical:
        sections.append(Section("Critical", "in no sum, whatever the score", rows=_critical(found)))
    if found.hints:
        sections.append(Section("To think about", "costs nothing", rows=tuple(_evidence("Time", found.hints))))
    left = ", ".join(line.name for line in found.lines if line.points is None)
    if left:
        sections.append(Section("Not counted", rows=(Row("Does not apply", left),)))
    return tuple(sections)


def _critical(found: Score) -> tuple[Row, ...]:
    rows = []
    for line in found.critical:
        shown = "; ".join(f"{one.at} {one.text}".strip() for one in line.evidence)
        verdict = f"{line.name}: kept" if line.passed else f"{line.name}: not kept; {shown}"
        rows.append(Row(f"{line.kind.capitalize()}-critical", verdict))
    return tuple(rows)


def _rows(line: ScoreLine) -> Iterator[Row]:
    yield Row(line.name, f"{line.points or 0:.0%}", f"weight {line.weight}")
    yield from _evidence("", line.evidence)
    if (line.points or 0) < _WELL and line.because:
        yield Row("Why it counts", line.because)


def _evidence(label: str, evidence: Iterable[Evidence]) -> Iterator[Row]:
    return (Row(label or "Shown by", one.text, at=one.at) for one in evidence)
