"""Why customers call, in charts: contacts, issues, causes with their cost, and what was needed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recoverycli.pages.page import Bar, Chart
from recoverycli.review.statistics.pareto import FIRST
from recoverycli.terminal.views.log.shares import share_bar, share_text
from recoverycli.text.format import amount_text, long_time, plural

if TYPE_CHECKING:
    from collections.abc import Iterator

    from recoverycli.review.statistics.demand import Demand, IssueFigures
    from recoverycli.review.statistics.figures import Share
    from recoverycli.review.statistics.pareto import CauseCost, Pareto
    from recoverycli.review.statistics.promise_trend import PromiseTrend
    from recoverycli.review.statistics.resolution import Resolution

_MOST_ISSUES = _MOST_CAUSES = 5
_MOST_CARDS = 3
_MORE = "--json shows all"


def demand_charts(found: Demand, causes: Pareto) -> Iterator[Chart]:
    """Yield the charts that have something to say."""
    contacts = tuple(_contacts(found))
    if contacts:
        yield Chart(f"Contacts of one customer about one matter within {found.window_days} days", contacts, 1.0)
    if found.issues:
        yield Chart("Issues: calls, severe ones, repeat contacts", tuple(_issues(found.issues)))
    if causes.causes:
        first = causes.first_three
        told = ""
        if first.share is not None and len(causes.causes) > FIRST:
            told = f": {first.name} have {first.share:.0%}"
        yield Chart(f"Causes of {plural(first.of, 'finished call')}{told}", tuple(_causes(causes)), 1.0)
    needed = tuple(_needs(found))
    if needed:
        yield Chart("Fault, escalations and cards of finished calls", needed, 1.0)


def trend_bar(trend: PromiseTrend) -> Bar | None:
    """Return whether more promises are kept than before; None with too few."""
    if trend.verdict == "too few":
        return None
    weeks = plural(len(trend.weeks), "week")
    told = "no trend beyond chance" if trend.verdict == "unclear" else f"{trend.verdict}; unlikely to be chance"
    return Bar("trend", 0.0, f"{told} (due in {weeks})")


def _contacts(found: Demand) -> Iterator[Bar]:
    yield from _shares(found.first_contact, found.repeats)
    if found.waiting:
        yield Bar("first contacts", 0.0, f"{found.waiting} more, whose {found.window_days} days are not over")
    yield from _resolution(found.resolution)


def _shares(*shares: Share) -> Iterator[Bar]:
    for one in shares:
        if one.of:
            bar = share_bar(one)
            yield Bar(bar.label, bar.part, f"{bar.figures} {one.among}", brief_figures=bar.figures)


def _resolution(times: Resolution) -> Iterator[Bar]:
    cases = plural(times.resolved, "case")
    if times.median is not None and times.ninth is not None:
        told = f"half in {long_time(times.median)}, 9 of 10 in {long_time(times.ninth)}"
        yield Bar("time to resolution", 0.0, f"{cases}: {told}")
    elif times.resolved:
        yield Bar("time to resolution", 0.0, f"{cases}, too few to tell")
    waiting = [f"{times.pending:,} wait for a promise or task"] if times.pending else []
    waiting += [f"{times.unresolved:,} are not resolved"] if times.unresolved else []
    if waiting:
        yield Bar("other cases", 0.0, ", ".join(waiting))


def _issues(issues: tuple[IssueFigures, ...]) -> Iterator[Bar]:
    most = max(issue.calls for issue in issues)
    for one in issues[:_MOST_ISSUES]:
        told = [plural(one.calls, "call")]
        told += [f"{share_text(one.severe)} severe"] if one.severe.of else []
        told += [f"{share_text(one.repeats)} repeats"] if one.repeats.of else []
        yield Bar(one.issue, one.calls / most, "; ".join(told))
    if len(issues) > _MOST_ISSUES:
        yield Bar("", 0.0, f"and {len(issues) - _MOST_ISSUES} more: {_MORE}")


def _causes(causes: Pareto) -> Iterator[Bar]:
    costs: dict[str | None, list[CauseCost]] = {}
    for cost in causes.costs:
        costs.setdefault(cost.cause, []).append(cost)
    for one in causes.causes[:_MOST_CAUSES]:
        so_far = one.cumulative
        part = share_text(so_far) if so_far.share is None else f"{so_far.share:.0%}"
        told = [f"{plural(one.finished, 'call')}, {part} so far", *_cost_words(costs.get(one.cause, []))]
        yield Bar(one.cause, one.finished / so_far.of if so_far.of else 0.0, "; ".join(told))
    if len(causes.causes) > _MOST_CAUSES:
        yield Bar("", 0.0, f"and {len(causes.causes) - _MOST_CAUSES} more: {_MORE}")
    if None in costs:
        yield Bar("without a cause", 0.0, "; ".join(_cost_words(costs[None])))


def _cost_words(costs: list[CauseCost]) -> list[str]:
    """What accepted remedies cost, each currency by itself."""
    return [f"{amount_text(cost.value, cost.currency)} in {plural(cost.offers, 'offer')}" for cost in costs]


def _needs(found: Demand) -> Iterator[Bar]:
    yield from _shares(found.ours)
    if found.handed_on.count:
        yield from _shares(found.handed_on)
    for card in found.cards[:_MOST_CARDS]:
        yield Bar(f"card {card.name}", card.count / card.of, share_text(card))
    if len(found.cards) > _MOST_CARDS:
        yield Bar("", 0.0, f"and {len(found.cards) - _MOST_CARDS} more cards: {_MORE}")
