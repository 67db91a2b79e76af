"""The score of a call: what went well, then what could be better, with the evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recoverycli.pages.page import Row, Section
from recoverycli.terminal.views.log.reviews import call_reviews

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from recoverycli.pages.page import Page
    from recoverycli.review.scoring.score import CriticalLine, Evidence, EvidenceKind, Score, ScoreLine


def score_page(found: Score) -> Page:
    """Return the score as a page."""
    failed = [line for line in found.critical if not line.passed]
    judged = [line for line in found.lines if line.state == "judged"]
    sections = [
        Section(f"Score: {found.text()}", f"{found.call}, by the scorecard {found.card}", rows=_critical(failed))
    ]
    for title, lines in (
        ("What went well", [line for line in judged if line.went_well]),
        ("What could go better", [line for line in judged if not line.went_well]),
    ):
        if lines:
            sections.append(Section(title, rows=tuple(row for line in lines for row in _rows(line))))
    if found.critical:
        sections.append(Section("Critical", "in no sum, whatever the score", rows=_critical(found.critical)))
    if found.hints:
        sections.append(Section("To think about", "costs nothing", rows=tuple(_evidence("Hint", found.hints))))
    bare = [line for line in found.lines if line.state == "not-shown"]
    if bare:
        sections.append(Section("Not shown", "not counted", rows=tuple(row for line in bare for row in _rows(line))))
    left = ", ".join(line.name for line in found.lines if line.state == "does-not-apply")
    if left:
        sections.append(Section("Not counted", rows=(Row("Does not apply", left),)))
    return (*sections, *call_reviews(found.assessments, found.disputes))


def _critical(lines: Iterable[CriticalLine]) -> tuple[Row, ...]:
    rows = []
    for line in lines:
        shown = "; ".join(f"{one.at} {one.text}".strip() for one in line.evidence)
        verdict = "kept" if line.passed else "not kept"
        if line.reviewer is not None:
            told = f"{verdict}, says a reviewer" + (f"; found: {shown}" if shown else "")
        else:
            told = shown or verdict if line.passed else f"{verdict}; {shown}"
        rows.append(Row(f"{line.kind.capitalize()}-critical", f"{line.name}: {told}"))
    return tuple(rows)


def _rows(line: ScoreLine) -> Iterator[Row]:
    part = f", {line.shown:.0%} of it counts" if 0 < line.shown < 1 else ""
    yield Row(line.name, "" if line.points is None else f"{line.points:.0%}", f"weight {line.weight}{part}")
    yield from _evidence("", line.evidence)
    if line.points is not None and not line.went_well and line.because:
        yield Row("Why it counts", line.because)


def _evidence(label: str, evidence: Iterable[Evidence]) -> Iterator[Row]:
    return (Row(label or _LABELS[one.kind], one.text, at=one.at) for one in evidence)


_LABELS: dict[EvidenceKind, str] = {
    "shown": "Shown by",
    "missing": "Missing",
    "left-out": "Left out",
    "backfires": "Backfires",
}
