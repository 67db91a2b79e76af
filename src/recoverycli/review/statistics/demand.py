"""Why customers call and call again: issues by volume, severity and repeat contacts; whose fault; what was needed.

One pass over the calls counts what was recorded of each issue. What earlier and later calls of the same customer make
of it is added afterwards: these are far fewer.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

import msgspec

from recoverycli.review.statistics.contacts import cases
from recoverycli.review.statistics.denominators import (
    ABANDONED,
    FINISHED,
    FIRST_CONTACT,
    HANDED_ON,
    OURS,
    REPEATED,
    SEVERE,
    WINDOW,
    CallCondition,
    ShareRule,
    number_sql,
    resolved_at_first,
)
from recoverycli.review.statistics.figures import Share, share
from recoverycli.review.statistics.resolution import Resolution, resolution
from recoverycli.store.index.columns import micros

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from recoverycli.review.statistics.contacts import Case, Linked
    from recoverycli.review.statistics.topics import Topics
    from recoverycli.session.filters import Filters
    from recoverycli.store.queries import Connection


class IssueFigures(msgspec.Struct, frozen=True):
    """An issue: its calls, the share of severe ones, and that of repeat contacts.

    `severe_repeats` is the product of the three: how many of its calls would be both severe and a repeat contact, if
    the one had nothing to do with the other. It is None where one of the shares is.
    """

    issue: str
    calls: int
    severe: Share
    repeats: Share
    severe_repeats: float | None


class Demand(msgspec.Struct, frozen=True):
    """Why customers call, and call again within `window_days`.

    `first_contact` is of the first contacts whose window is over, `waiting` counts the others. `repeats` were recorded
    as such, or follow an earlier call of the customer. `issues` are in the order of `severe_repeats`, those without it
    in that of their calls. `handed_on` were escalated, whatever their outcome. `cards` are those that were opened.
    """

    window_days: int
    first_contact: Share
    waiting: int
    repeats: Share
    resolution: Resolution
    issues: tuple[IssueFigures, ...]
    abandoned: Share
    ours: Share
    handed_on: Share
    cards: tuple[Share, ...]


# Numbers of calls by their names: "calls", "waiting", and of each share its "count" and "of".
_Sums = Counter[tuple[str, str]]
_CALLS, _WAITING = ("calls", ""), ("waiting", "")
_RULES = (ABANDONED, OURS, HANDED_ON, SEVERE, REPEATED)


def demand(connection: Connection, wanted: Filters, now: datetime, topics: Topics) -> Demand:
    """Return why the customers of the matching calls called. `now` is aware."""
    among, at_first = CallCondition(wanted), resolved_at_first(now)
    found = tuple(cases(connection, among, wanted, topics))
    by_issue = _issue_sums(connection, among, at_first, now)
    for issue, change in _corrections(found, at_first, now):
        by_issue[issue].update(change)
    whole: _Sums = Counter()
    for sums in by_issue.values():
        whole.update(sums)
    return Demand(
        window_days=WINDOW.days,
        first_contact=_share(at_first, whole),
        waiting=whole[_WAITING],
        repeats=_share(REPEATED, whole),
        resolution=resolution(connection, among, found),
        issues=_issues(by_issue, topics),
        abandoned=_share(ABANDONED, whole),
        ours=_share(OURS, whole),
        handed_on=_share(HANDED_ON, whole),
        cards=_cards(connection, among, whole[HANDED_ON.name, "of"]),
    )


def _share(rule: ShareRule, sums: _Sums) -> Share:
    return share(rule, sums[rule.name, "count"], sums[rule.name, "of"])


def _issue_sums(
    connection: Connection, among: CallCondition, at_first: ShareRule, now: datetime
) -> defaultdict[str | None, _Sums]:
    """The numbers of each spelling of an issue, as if no customer had called again."""
    rules = (*_RULES, at_first)
    waiting = number_sql(f"{FIRST_CONTACT} AND started > {micros(now - WINDOW)}")
    names = (_CALLS, _WAITING, *((rule.name, part) for rule in rules for part in ("count", "of")))
    found = connection.execute(
        f"SELECT issue, count(*), {waiting}, {', '.join(rule.sums for rule in rules)}"  # noqa: S608
        f" FROM call WHERE {among.calls} GROUP BY issue",
        among.values,
    )
    sums: defaultdict[str | None, _Sums] = defaultdict(Counter)
    for issue, *numbers in found:
        sums[issue] = Counter(dict(zip(names, numbers, strict=True)))
    return sums


def _corrections(found: Iterable[Case], at_first: ShareRule, now: datetime) -> Iterator[tuple[str | None, _Sums]]:
    """What an earlier or a later call of the customer changes in the numbers of an issue."""
    over = micros(now - WINDOW)
    for case in found:
        for link in case:
            one = link.contact
            if one.matches and one.state == "finished":
                change: _Sums = Counter()
                if link.has_earlier and not one.repeated:
                    change[REPEATED.name, "count"] = 1
                if one.is_first:
                    change.update(_first_contact(link, at_first, is_over=one.started <= over))
                yield one.issue, change


def _first_contact(link: Linked, rule: ShareRule, *, is_over: bool) -> _Sums:
    """What changes of a call that was counted as a first contact without a later one."""
    if not is_over:
        return Counter({_WAITING: -int(link.has_earlier)})
    is_counted = link.contact.outcome == "resolved" and (link.has_earlier or link.has_later)
    return Counter({(rule.name, "count"): -int(is_counted), (rule.name, "of"): -int(link.has_earlier)})


def _issues(by_issue: dict[str | None, _Sums], topics: Topics) -> tuple[IssueFigures, ...]:
    names = topics.names("issue", {issue: sums[_CALLS] for issue, sums in by_issue.items() if issue is not None})
    by_name: defaultdict[str, _Sums] = defaultdict(Counter)
    for issue, sums in by_issue.items():
        if issue is not None:
            by_name[names[issue]].update(sums)
    figures = (_issue(name, sums) for name, sums in by_name.items())
    return tuple(sorted(figures, key=lambda one: (-(one.severe_repeats or 0), -one.calls, one.issue)))


def _issue(name: str, sums: _Sums) -> IssueFigures:
    calls, severe, repeats = sums[_CALLS], _share(SEVERE, sums), _share(REPEATED, sums)
    product = None
    if severe.share is not None and repeats.share is not None:
        product = round(calls * severe.count / severe.of * repeats.count / repeats.of, 1)
    return IssueFigures(name, calls, severe, repeats, product)


def _cards(connection: Connection, among: CallCondition, finished: int) -> tuple[Share, ...]:
    """Each card with the finished calls in which it was opened."""
    counted: Counter[str] = Counter()
    for cards, number in connection.execute(
        f"SELECT cards, count(*) FROM call"  # noqa: S608
        f" WHERE {among.calls} AND {FINISHED.condition} AND cards IS NOT NULL GROUP BY cards",
        among.values,
    ):
        for card in cards.strip("|").split("|"):
            counted[card] += number
    ordered = sorted(counted.items(), key=lambda one: (-one[1], one[0]))
    return tuple(share(ShareRule(card, "", FINISHED), number, finished) for card, number in ordered)
