"""A draft with marked words that backfire and parts of an apology, the reason for each, and the missing parts."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

from recoverycli.pages.page import MarkedText, Row, Section, TextSpan
from recoverycli.wording.apology import offer

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from recoverycli.pages.page import Page
    from recoverycli.wording.apology import Apology
    from recoverycli.wording.matcher import Finding

# Of a longer draft only the text around its findings is shown.
_WHOLE = 4_000
_AROUND = 160


class FindingPosition(NamedTuple):
    """A finding and its position: line and column from 1."""

    line: int
    column: int
    words: str
    finding: Finding


class _Mark(NamedTuple):
    """Words to mark: their start and end in the draft, and the numbers of their findings, or the part they are."""

    start: int
    end: int
    findings: tuple[int, ...] = ()
    part: str = ""


class CheckResult(NamedTuple):
    """A draft and its findings."""

    text: str
    channel: str | None
    findings: tuple[FindingPosition, ...]
    apology: Apology
    grade: float | None


def check_result(
    text: str, channel: str | None, findings: Sequence[Finding], apology: Apology, grade: float | None
) -> CheckResult:
    """Return the findings with their lines and columns."""
    begins = [0, *(index + 1 for index, letter in enumerate(text) if letter == "\n")]
    places = []
    for finding in findings:
        line = bisect_right(begins, finding.start)
        column = finding.start - begins[line - 1] + 1
        places.append(FindingPosition(line, column, _words(text, finding.start, finding.end), finding))
    return CheckResult(text, channel, tuple(places), apology, grade)


def _words(text: str, start: int, end: int) -> str:
    return " ".join(text[start:end].split())


def check_page(result: CheckResult) -> Page:
    """Return the draft with its marks, and below it what to do about each finding and what the apology has."""
    count = len(result.findings)
    head = "Nothing here backfires." if not count else f"{count} {'phrase' if count == 1 else 'phrases'} may backfire."
    findings = (_finding(number, place) for number, place in enumerate(result.findings, start=1))
    apology = [Section("Apology", rows=tuple(_apology(result)))] if result.apology.needed else []
    marks = _marks(result)
    return (
        *([_mark(result.text, marks)] if marks else []),
        Section(lead=head),
        *findings,
        *apology,
        Section("Reading", rows=(Row("Grade", _grade(result.grade)),)),
    )


def _finding(number: int, place: FindingPosition) -> Section:
    pattern = place.finding.pattern
    rows = (Row("Why", pattern.because), Row("Better", f'"{pattern.instead}"'))
    return Section(f'{number}: "{place.words}"', f"line {place.line}, column {place.column}", rows=rows)


def _apology(result: CheckResult) -> Iterator[Row]:
    apology = result.apology
    for label, parts in (("There", apology.present), ("Missing", apology.missing)):
        names = ", ".join(part.name.lower() + (" (optional)" if part.weight == 4 else "") for part in parts)
        yield Row(label, names or "nothing")
    for part in apology.present:
        words = dict.fromkeys(
            _words(result.text, one.start, one.end) for one in apology.found if one.part.id == part.id
        )
        yield Row(part.name, ", ".join(f'"{each}"' for each in words))
    if apology.apart:
        names = ", ".join(part.name.lower() for part in apology.apart)
        yield Row("Not asked for", f"{names}; they are for a fault that is ours (--ours yes)")
    if apology.first is not None:
        yield Row("Add first", f"{apology.first.name.lower()}. {apology.first.meaning}")
        if say := offer(apology.first, result.channel):
            yield Row("For example", f'"{say}"')


def _grade(grade: float | None) -> str:
    if grade is None:
        return "unknown: the text is too short, or not English"
    advice = "; shorter sentences would help" if grade > 9 else ""
    return f"reads at about grade {max(1, round(grade))}{advice}"


def _marks(result: CheckResult) -> tuple[_Mark, ...]:
    """The findings, and the parts of an apology where one is needed; of overlapping ones the first.

    Overlapping findings become one mark.
    """
    marks = [
        _Mark(place.finding.start, place.finding.end, (number,))
        for number, place in enumerate(result.findings, start=1)
    ]
    if result.apology.needed:
        marks += [_Mark(one.start, one.end, part=one.part.name.lower()) for one in result.apology.found]
    apart: list[_Mark] = []
    for mark in sorted(marks):
        if not apart or apart[-1].end <= mark.start:
            apart.append(mark)
        elif mark.findings and (numbers := apart[-1].findings):
            apart[-1] = _Mark(apart[-1].start, max(apart[-1].end, mark.end), numbers + mark.findings)
    return tuple(apart)


def _mark(draft: str, marks: Sequence[_Mark]) -> MarkedText:
    """The draft with its marks; of a long one only the text around them."""
    spans: list[TextSpan] = []
    at = 0
    whole = len(draft) <= _WHOLE
    for start, end, findings, part in marks:
        spans.append(TextSpan(_between(draft[at:start], whole, first=at == 0)))
        label = part or ", ".join(map(str, findings))
        spans.append(TextSpan(draft[start:end], "accent" if part else "warning", label))
        at = end
    return MarkedText((*spans, TextSpan(_between(draft[at:], whole, last=True))))


def _between(text: str, whole: bool, *, first: bool = False, last: bool = False) -> str:
    """Text between two findings; of a long draft only the text near them."""
    if not whole and len(text) > 2 * _AROUND:
        before = "" if first else text[:_AROUND]
        after = "" if last else text[-_AROUND:]
        text = f"{before} … {after}".strip(" ")
    return text.replace("\r\n", "\n")
