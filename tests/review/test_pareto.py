"""Causes as a Pareto chart, and what their remedies cost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recoverycli.review.statistics.causes import causes
from recoverycli.review.statistics.counts import statistics
from recoverycli.review.statistics.pareto import Pareto, pareto
from recoverycli.review.statistics.topics import Topics
from recoverycli.session.filters import Filters
from recoverycli.session.transcript import model as ts
from tests.review.calls import NOW
from tests.review.test_demand import by, index
from tests.synthetic import calls

if TYPE_CHECKING:
    from collections.abc import Iterable

    from recoverycli.session.events import OfferAnswer
    from recoverycli.session.transcript.model import Call


def told(made: Iterable[Call], topics: Topics = Topics()) -> Pareto:  # noqa: B008
    return pareto(index(made), Filters(), topics)


def with_cause(cause: str | None, number: int, *offers: ts.TranscriptOffer, state: str = "finished") -> list[Call]:
    return [by(f"{cause} {n}{state}", 60, None, root_cause=cause, offers=offers, state=state) for n in range(number)]


def offer(value: float | None, currency: str | None, answer: OfferAnswer | None = "accepted") -> ts.TranscriptOffer:
    return ts.TranscriptOffer(NOW, "refund", value, currency, answer=answer)


def test_causes_add_up_to_all_of_them_the_most_frequent_first() -> None:
    found = told([
        *with_cause("rain", 1), *with_cause("late courier", 6), *with_cause("Late Courier!", 1),
        *with_cause("strike", 2), *with_cause("strike", 9, state="abandoned"), *with_cause("typing error", 1),
        *with_cause(None, 5),
    ])  # fmt: skip
    assert [(one.cause, one.calls, one.finished, one.cumulative.count, one.cumulative.of) for one in found.causes] == [
        ("late courier", 7, 7, 7, 11), ("strike", 11, 2, 9, 11), ("rain", 1, 1, 10, 11), ("typing error", 1, 1, 11, 11),
    ]  # fmt: skip
    assert (found.first_three.count, found.first_three.of) == (10, 11)
    merged = told([*with_cause("rain", 1), *with_cause("storm", 1)], Topics(merged={"storm": "rain"}))
    assert [(one.cause, one.finished) for one in merged.causes] == [("rain", 2)]
    assert told([]).first_three.share is None


def test_the_cost_of_a_cause_is_of_accepted_amounts_and_never_added_over_currencies() -> None:
    paid, other, refused = offer(20.0, "EUR"), offer(5.5, "USD"), offer(99.0, "EUR", "refused")
    found = told([
        *with_cause("rain", 2, paid, other, refused, offer(None, "EUR"), offer(7.0, "EUR", None)),
        *with_cause("Rain", 1, paid, state="abandoned"), *with_cause("strike", 1, offer(90.0, "EUR")),
        *with_cause(None, 1, offer(3.0, "EUR"), offer(2.0, None)),
    ]).costs  # fmt: skip
    assert [(one.cause, one.currency, one.offers, one.value) for one in found] == [
        ("strike", "EUR", 1, 90.0), ("rain", "EUR", 3, 60.0), (None, "EUR", 1, 3.0), ("rain", "USD", 2, 11.0),
    ]  # fmt: skip


def test_costs_and_causes_are_those_of_the_remedies_and_of_the_list_of_causes() -> None:
    made = list(calls(200, seed=9, days=80))
    found, connection = told(made), index(made)
    remedies = statistics(connection, Filters(), NOW).remedies
    assert sum(one.value for one in found.costs) == sum(one.value for one in remedies) > 0
    assert {one.cause: one.calls for one in found.causes} == {
        one.cause: one.calls for one in causes(connection, Filters(), Topics())
    }
