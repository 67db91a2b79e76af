"""The first three sentences of a report: facts that somebody can act on, in the order of their importance.

1. What changed lately: a measure of the last weeks that differs from the weeks before, beyond chance.
2. What stands out: an issue or a cause that comes more often than chance allows.
3. What is due: promises whose date has passed.
4. What costs most: the remedy on whose accepted offers most was spent, in the currency with most offers.
5. What stays open: the issue with most calls that did not end resolved.
6. What is left out: the step that is skipped most.

The first of each kind comes before the second of any. Figures of fewer than FEWEST calls are no finding, except
promises: each overdue one is somebody who waits.
"""

from __future__ import annotations

from collections import Counter
from itertools import zip_longest
from typing import TYPE_CHECKING, NamedTuple

from recoverycli.review.report.model import ReportFinding
from recoverycli.review.report.words import command_line, is_shown, percent, share_text
from recoverycli.review.statistics.figures import FEWEST
from recoverycli.review.statistics.groups import NOT_SAID
from recoverycli.text.format import amount_text, clock, plural

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from recoverycli.review.statistics.change import BeforeAndAfter, Measure
    from recoverycli.review.statistics.overview import Overview
    from recoverycli.review.statistics.patterns import Hotspot
    from recoverycli.store.index.rows import DueItem

MOST_FINDINGS = 3


class _Advice(NamedTuple):
    """What a change means, what to look at next, and the words of the command."""

    meaning: str
    look: str
    command: tuple[str, ...]


_LIST, _STATS = ("log", "list"), ("log", "stats")
# What became worse stands before what became better, each by what it does to customers.
_CHANGES: dict[tuple[str, str], _Advice] = {
    ("resolved", "less"): _Advice(
        "more customers end the call without a solution", "read calls that ended unresolved",
        (*_LIST, "--outcome", "unresolved"),
    ),
    ("promises kept in time", "less"): _Advice(
        "more customers wait past the day that they were told", "see who waits", ("followups", "list", "--overdue"),
    ),
    ("escalated", "more"): _Advice(
        "more calls need somebody else to decide", "read why they were escalated", (*_LIST, "--outcome", "escalated"),
    ),
    ("ended calmer", "less"): _Advice(
        "more customers leave as tense as they came", "compare the issues", (*_STATS, "--by", "issue"),
    ),
    ("calls a week", "more"): _Advice(
        "more goes wrong, or more of it is recorded", "see which issues grew", (*_STATS, "--by", "issue"),
    ),
    ("mean length", "more"): _Advice(
        "each customer needs more time", "compare the times of the steps", _STATS,
    ),
    ("resolved", "more"): _Advice(
        "something that is new helps, or the issues are others", "see at which issues, and keep it",
        (*_STATS, "--by", "issue"),
    ),
    ("promises kept in time", "more"): _Advice(
        "fewer customers wait past the day that they were told", "find what made it possible, and keep it", _STATS,
    ),
    ("escalated", "less"): _Advice(
        "more calls are decided at once", "see at which issues, and keep it", (*_STATS, "--by", "issue"),
    ),
    ("ended calmer", "more"): _Advice(
        "more customers leave calmer than they came", "see with which framework, and keep it",
        (*_STATS, "--by", "framework"),
    ),
    ("calls a week", "less"): _Advice(
        "less goes wrong, or less of it is recorded", "see which issues became rare", (*_STATS, "--by", "issue"),
    ),
    ("mean length", "less"): _Advice(
        "each customer needs less time", "make sure that no step is lost", _STATS,
    ),
}  # fmt: skip


def findings(found: Overview, due: Sequence[DueItem], *, team: bool) -> tuple[ReportFinding, ...]:
    """Return the most important findings, three at most. `due` are promises, the most overdue first."""

    def command(*words: str) -> str:
        return command_line(*words, team=team)

    kinds = (
        _changes(found.change, command),
        (_pattern(one, command) for one in found.patterns),
        _overdue(found, due, command),
        _costs(found, command),
        _open_ends(found, command),
        _left_out_step(found, command),
    )
    ordered = (one for rank in zip_longest(*kinds) for one in rank if one is not None)
    return tuple(one for one, _ in zip(ordered, range(MOST_FINDINGS), strict=False))


def _changes(did: BeforeAndAfter | None, command: Callable[..., str]) -> Iterator[ReportFinding]:
    if did is None:
        return
    stands = {(one.name, one.verdict): one for one in did.measures}
    for key, advice in _CHANGES.items():
        if key in stands:
            one = stands[key]
            words = () if advice.command[0] == "followups" else ("--since", did.day)
            fact = (
                f"{one.name}: {side(one, one.after, one.calls_after)} in the {did.days} days from {did.day},"
                f" {side(one, one.before, one.calls_before)} in as many before"
            )
            yield ReportFinding(fact, advice.meaning, advice.look, command(*advice.command, *words))


def side(one: Measure, value: float | None, calls: int) -> str:
    """Return one side of a comparison with the number behind it."""
    if one.unit == "a week":
        return f"{value or 0:.1f} ({plural(calls, 'call')})"
    if value is None or not calls:
        return "none"
    if one.unit == "share":
        return f"{percent(value)} of {calls:,}"
    return f"{clock(value)} of {calls:,}"


def place(one: Hotspot) -> str:
    """Return where a pattern is, in words."""
    return {"weekday": f"on {one.place}s", "hour": f"from {one.place}:00 to {one.place}:59"}.get(
        one.where, "in the last weeks"
    )


def _pattern(one: Hotspot, command: Callable[..., str]) -> ReportFinding:
    fact = (
        f"{one.name}: {one.count:,} of {one.of:,} calls with this {one.kind} come {place(one)}, where"
        f" {one.expected:,.0f} would be expected"
    )
    if one.where == "lately":
        meaning, look = "it became more frequent, which chance hardly explains", "look for what is new"
    else:
        meaning, look = "it will come back at that time, which chance hardly explains", "look at what happens before"
    words = (*_LIST, "--issue", one.name) if one.kind == "issue" else ("log", "search", one.name)
    return ReportFinding(fact, meaning, look, command(*words))


def _overdue(found: Overview, due: Sequence[DueItem], command: Callable[..., str]) -> Iterator[ReportFinding]:
    promises = found.figures.promises
    if promises.overdue:
        oldest = next((one.promised for one in due if one.promised), None)
        since = f", the oldest since {oldest:%Y-%m-%d}" if oldest else ""
        one = promises.overdue == 1
        yield ReportFinding(
            f"{promises.overdue:,} of {plural(promises.dated, 'promise')} with a date"
            f" {'is' if one else 'are'} overdue{since}",
            "a customer was told a day and still waits" if one else "each is a customer who was told a day and waits",
            "do it, or agree another day" if one else "begin with those at the head of What is due",
            command("followups", "list", "--overdue"),
        )


def _costs(found: Overview, command: Callable[..., str]) -> Iterator[ReportFinding]:
    paid = [one for one in found.figures.remedies if one.value > 0]
    offers: Counter[str | None] = Counter()
    for one in paid:
        offers[one.currency] += one.accepted
    for currency in sorted(offers, key=lambda name: (-offers[name], name or "")):
        among = [one for one in paid if one.currency == currency]
        whole, most = sum(one.value for one in among), max(among, key=lambda one: (one.value, one.remedy))
        if offers[currency] >= FEWEST:
            yield ReportFinding(
                f"{most.remedy}: {amount_text(most.value, currency)} in {most.accepted:,} accepted offers,"
                f" {percent(most.value / whole)} of what {offers[currency]:,} offers cost",
                "it is the remedy on which most is spent", "see which issues lead to it",
                command(*_STATS, "--by", "issue", "--remedy", most.remedy),
            )  # fmt: skip


def _open_ends(found: Overview, command: Callable[..., str]) -> Iterator[ReportFinding]:
    issues = ((one.resolved.of - one.resolved.count, one) for one in found.figures.groups if one.name != NOT_SAID)
    for number, one in sorted(issues, key=lambda each: (-each[0], each[1].name)):
        if number >= FEWEST:
            yield ReportFinding(
                f"{one.name}: {number:,} of {one.resolved.of:,} {one.resolved.among} did not end resolved",
                "no other issue leaves more customers without a solution", "read some of these calls",
                command(*_LIST, "--issue", one.name),
            )  # fmt: skip
            return


def _left_out_step(found: Overview, command: Callable[..., str]) -> Iterator[ReportFinding]:
    steps = [step for step in found.figures.steps if is_shown(step.skipped)]
    if steps:
        most = max(steps, key=lambda step: (step.skipped.share or 0.0, step.skipped.of, step.framework, step.step))
        yield ReportFinding(
            f"{most.framework}: {most.name} was skipped in {share_text(most.skipped)} {most.skipped.among}",
            "no other step is left out as often", "ask whether it is too long or not needed",
            command("frameworks", "show", most.framework),
        )  # fmt: skip
