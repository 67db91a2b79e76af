"""Many calls in figures: what the index counts is what counting by hand gives."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from statistics import median
from typing import TYPE_CHECKING

import pytest

from recoverycli.frameworks.model import MOODS
from recoverycli.review.statistics.counts import statistics
from recoverycli.review.statistics.figures import FEWEST, Statistics
from recoverycli.review.statistics.groupings import GROUPINGS, WEEKDAYS
from recoverycli.review.statistics.overview import overview
from recoverycli.review.statistics.topics import Topics
from recoverycli.session.filters import Filters
from recoverycli.session.transcript.amendments import current_call
from recoverycli.session.transcript.commitments import commitments
from recoverycli.store.calls.archive import Archive
from recoverycli.store.index.index import Index
from tests.matching import matches
from tests.synthetic import END, calls

if TYPE_CHECKING:
    from pathlib import Path

    from recoverycli.session.transcript.model import Call

NOW = END + timedelta(days=1)


@pytest.fixture(scope="module")
def made() -> list[Call]:
    return [current_call(call) for call in calls(300, seed=5, days=90)]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory, made: list[Call]) -> Path:
    archive = Archive(tmp_path_factory.mktemp("store"))
    for call in made:
        archive.write(call)
    return archive.home


def figures(home: Path, wanted: Filters | None = None, by: str | None = None) -> Statistics:
    with Index(home) as index:
        return index.ask(
            lambda connection: statistics(connection, wanted or Filters(), NOW, GROUPINGS[by] if by else None)
        )


@pytest.mark.parametrize(
    "wanted", [Filters(), Filters(issue="billing"), Filters(limit=77), Filters(mood="calm", limit=5)]
)
def test_the_figures_are_those_of_counting_by_hand(home: Path, made: list[Call], wanted: Filters) -> None:
    meant = sorted((call for call in made if matches(wanted, call)), key=lambda call: call.started_at)
    meant = meant[-wanted.limit :] if wanted.limit else meant
    found = figures(home, wanted)
    finished = [call for call in meant if call.state == "finished"]
    seconds = [call.seconds for call in finished]
    assert (found.calls, found.finished) == (len(meant), len(finished))
    assert found.abandoned == len(meant) - len(finished)
    assert {one.name: one.count for one in found.outcomes} == Counter(call.outcome for call in finished if call.outcome)
    assert {one.of for one in found.outcomes} == {sum(call.outcome is not None for call in finished)}
    assert found.without_outcome == sum(call.outcome is None for call in finished)
    assert found.lengths.median == pytest.approx(median(seconds), abs=0.06)
    assert (found.since, found.until) == (f"{meant[0].started_at:%Y-%m-%d}", f"{meant[-1].started_at:%Y-%m-%d}")
    steps = [step for call in finished for step in call.steps]
    assert sum(step.calls for step in found.steps) == len(steps)
    assert sum(step.skipped.count for step in found.steps) == sum(step.status == "skipped" for step in steps)
    said = [said for step in steps for said in step.said]
    assert (found.own_words.count, found.own_words.of) == (sum(one.phrase is None for one in said), len(said))
    assert {one.remedy: one.offered for one in found.remedies} == Counter(
        o.remedy for call in meant for o in call.offers
    )
    offers = [offer for call in meant for offer in call.offers]
    assert sum(one.value for one in found.remedies) == sum(o.value or 0 for o in offers if o.answer == "accepted")
    assert sum(one.unanswered for one in found.remedies) == sum(o.value or 0 for o in offers if o.answer is None)
    assert [sum(one.accepted for one in found.remedies), sum(one.refused for one in found.remedies)] == [
        sum(o.answer == answer for o in offers) for answer in ("accepted", "refused")
    ]
    bound = [one for call in meant for one in commitments(call) if one.kind == "promise"]
    promises = found.promises
    assert promises.made == len(bound)
    standings = Counter(one.state_at(NOW) for one in bound)
    assert {name: getattr(promises, name) for name in ("kept", "late", "overdue", "open", "undated")} == {
        name: standings[name] for name in ("kept", "late", "overdue", "open", "undated")
    }
    assert promises.moved == sum(one.is_moved for one in bound)
    assert promises.undated_done == sum(one.promised is None and one.done_at is not None for one in bound)
    assert (promises.kept_in_time.count, promises.kept_in_time.of) == (
        promises.kept,
        promises.kept + promises.late + promises.overdue,
    )
    assert {(one.first, one.last): one.calls for one in found.moods} == Counter(
        (call.moods[0].mood, call.moods[-1].mood) for call in finished
    )
    assert [sum(day) for day in found.heat] == [
        sum(call.started_at.weekday() == day for call in meant) for day in range(7)
    ]
    tense = [call for call in finished if call.moods[0].mood != "calm"]
    calmer = [call for call in tense if MOODS.index(call.moods[-1].mood) < MOODS.index(call.moods[0].mood)]
    assert (found.better.count, found.better.of) == (len(calmer), len(tense))


@pytest.mark.parametrize("by", GROUPINGS)
def test_the_groups_hold_every_call_once(home: Path, by: str) -> None:
    found = figures(home, by=by)
    assert sum(group.calls for group in found.groups) == found.calls
    assert sum(group.resolved.count for group in found.groups) == next(
        o.count for o in found.outcomes if o.name == "resolved"
    )


def test_agents_are_in_the_order_of_their_names_and_weekdays_in_that_of_the_week(home: Path) -> None:
    agents = [group.name for group in figures(home, by="agent").groups]
    assert agents == sorted(agents)
    assert [group.name for group in figures(home, by="weekday").groups] == list(WEEKDAYS)


def test_of_few_calls_no_share_is_reported(home: Path) -> None:
    found = figures(home, Filters(limit=FEWEST - 1))
    assert found.outcomes
    assert {one.share for one in (*found.outcomes, found.better)} == {None}
    assert found.lengths.ninth is None


def test_an_empty_store_is_reported_in_zeros(tmp_path: Path) -> None:
    with Index(tmp_path) as index:
        found = overview(index, Filters(), NOW, Topics(), GROUPINGS["issue"], END.date())
    assert (found.figures.calls, found.headlines, found.patterns) == (0, (), ())
    assert found.change is not None
    assert {measure.low for measure in found.change.measures} == {None}
