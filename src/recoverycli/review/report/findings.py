"""The first three sentences of a report: facts that somebody can act on, in the order of their importance.

1. What changed lately: a measure of the last weeks that differs from the weeks before, beyond chance.
2. What stands out: an issue or a cause that comes more often than chance allows.
3. What is due: promises whose date has passed.
4. What costs most: the cause on whose calls most was spent, by accepted offers in the currency with most of them; then
   the remedy on which most was spent.
5. What repeats: the issue with most repeat contacts.
6. What stays open: the issue with most calls that did not end resolved.
7. What is left out: the step that is skipped most.

The first of each kind comes before the second of any. Figures of fewer than FEWEST calls are no finding, except
promises: each overdue one is somebody who waits.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from itertools import zip_longest
from typing import TYPE_CHECKING, NamedTuple

from recoverycli.review.report.model import ReportFinding
from recoverycli.review.report.words import command_line, is_shown, percent, share_text
from recoverycli.review.statistics.figures import FEWEST
from recoverycli.review.statistics.groups import NOT_SAID
from recoverycli.text.format import amount_text, clock, plural

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from recoverycli.review.statistics.change import Measure
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


_TRENDS = {"rising": "more", "falling": "less"}
Command = Callable[..., str]


def findings(found: Overview, due: Sequence[DueItem], *, team: bool) -> tuple[ReportFinding, ...]:
    """Return the most important findings, three at most. `due` are promises, the most overdue first."""

    def command(*words: str) -> str:
        return command_line(*words, team=team)

    kinds = (
        _changes(found, command),
        (_pattern(one, command) for one in found.patterns),
        _overdue(found, due, command),
        _costs(found, command),
        _repeats(found, command),
        _open_ends(found, command),
        _left_out_step(found, command),
    )
    ordered = (one for rank in zip_longest(*kinds) for one in rank if one is not None)
    return tuple(one for one, _ in zip(ordered, range(MOST_FINDINGS), strict=False))


def _changes(found: Overview, command: Command) -> Iterator[ReportFinding]:
    did, trend = found.change, found.promise_trend
    stands = {} if did is None else {(one.name, one.verdict): one for one in did.measures}
    for key, advice in _CHANGES.items():
        if did is not None and key in stands:
            one = stands[key]
            words = () if advice.command[0] == "followups" else ("--since", did.day)
            fact = (
                f"{one.name}: {side(one, one.after, one.calls_after)} in the {did.days} days from {did.day},"
                f" {side(one, one.before, one.calls_before)} in as many before"
            )
            yield ReportFinding(fact, advice.meaning, advice.look, command(*advice.command, *words))
    verdict = _TRENDS.get(trend.verdict)
    if verdict is not None and ("promises kept in time", verdict) not in stands:
        advice = _CHANGES["promises kept in time", verdict]
        number = sum(week.kept_in_time.of for week in trend.weeks)
        fact = f"promises kept in time: {trend.verdict} over {len(trend.weeks)} weeks and {number:,} promises"
        yield ReportFinding(fact, advice.meaning, advice.look, command(*advice.command))


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


def _pattern(one: Hotspot, command: Command) -> ReportFinding:
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


def _overdue(found: Overview, due: Sequence[DueItem], command: Command) -> Iterator[ReportFinding]:
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


def _costs(found: Overview, command: Command) -> Iterator[ReportFinding]:
    costs = [one for one in found.causes.costs if one.value > 0]
    currency, offers = _main_currency((one.currency, one.offers) for one in costs)
    whole = sum(one.value for one in costs if one.currency == currency)
    causes = [one for one in costs if one.currency == currency and one.cause is not None]
    cause = max(causes, key=lambda one: (one.value, one.cause or ""), default=None)
    if cause is not None and cause.offers >= FEWEST:
        yield ReportFinding(
            f"{cause.cause}: {amount_text(cause.value, currency)} in {cause.offers:,} accepted offers,"
            f" {percent(cause.value / whole)} of what {offers:,} offers cost",
            "it is the cause that costs most", "ask what it would cost to prevent it",
            command("log", "search", cause.cause or ""),
        )  # fmt: skip
    paid = [one for one in found.figures.remedies if one.currency == currency and one.value > 0]
    remedy = max(paid, key=lambda one: (one.value, one.remedy), default=None)
    if remedy is not None and remedy.accepted >= FEWEST:
        yield ReportFinding(
            f"{remedy.remedy}: {amount_text(remedy.value, currency)} in {remedy.accepted:,} accepted offers,"
            f" {percent(remedy.value / whole)} of what {offers:,} offers cost",
            "it is the remedy on which most is spent", "see which issues lead to it",
            command(*_STATS, "--by", "issue", "--remedy", remedy.remedy),
        )  # fmt: skip


def _main_currency(costs: Iterable[tuple[str | None, int]]) -> tuple[str | None, int]:
    """The currency with most offers, and their number: sums of different currencies are never compared."""
    offers: Counter[str | None] = Counter()
    for currency, number in costs:
        offers[currency] += number
    return max(offers.items(), key=lambda one: (one[1], one[0] or ""), default=(None, 0))


def _repeats(found: Overview, command: Command) -> Iterator[ReportFinding]:
    known = [one for one in found.demand.issues if is_shown(one.repeats)]
    if known:
        most = max(known, key=lambda one: (one.repeats.count, one.issue))
        yield ReportFinding(
            f"{most.issue}: {share_text(most.repeats)} {most.repeats.among} were repeat contacts",
            "no other issue brings more customers back", "read what the first call left open",
            command(*_LIST, "--issue", most.issue, "--repeated"),
        )  # fmt: skip


def _open_ends(found: Overview, command: Command) -> Iterator[ReportFinding]:
    issues = ((one.resolved.of - one.resolved.count, one) for one in found.figures.groups if one.name != NOT_SAID)
    for number, one in sorted(issues, key=lambda each: (-each[0], each[1].name)):
        if number >= FEWEST:
            yield ReportFinding(
                f"{one.name}: {number:,} of {one.resolved.of:,} {one.resolved.among} did not end resolved",
                "no other issue leaves more customers without a solution", "read some of these calls",
                command(*_LIST, "--issue", one.name),
            )  # fmt: skip
            return


def _left_out_step(found: Overview, command: Command) -> Iterator[ReportFinding]:
    steps = [step for step in found.figures.steps if is_shown(step.skipped)]
    if steps:
        most = max(steps, key=lambda step: (step.skipped.share or 0.0, step.skipped.of, step.framework, step.step))
        yield ReportFinding(
            f"{most.framework}: {most.name} was skipped in {share_text(most.skipped)} {most.skipped.among}",
            "no other step is left out as often", "ask whether it is too long or not needed",
            command("frameworks", "show", most.framework),
        )  # fmt: skip
