"""The score of a call: every line has its evidence, what cannot be told does not count, critical items stand apart."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
import pytest

from recoverycli.content.library import Source
from recoverycli.frameworks.library import FrameworkLibrary
from recoverycli.paths import built_in_folder
from recoverycli.review.scoring.calibration import calibration, compare
from recoverycli.review.scoring.reader import read_scorecard
from recoverycli.review.scoring.scorecard import Score, score, total
from recoverycli.session.transcript.model import TranscriptOffer, TranscriptPhrase, TranscriptSaid
from recoverycli.store.calls.reviews import Assessment, Review
from tests.review.calls import NOW, a_call, amendment, promise
from tests.synthetic import calls
from tests.wording.wordings import MATCHER

if TYPE_CHECKING:
    from recoverycli.review.scoring.model import Scorecard
    from recoverycli.wording.matcher import Matcher

DEFAULT = (built_in_folder("scorecards") / "default.yaml").read_bytes()


@pytest.fixture(scope="module")
def matcher() -> Matcher:
    return MATCHER


@pytest.fixture(scope="module")
def card() -> Scorecard:
    found = read_scorecard(DEFAULT, "default.yaml")
    assert found.content is not None, found.problems
    return found.content


def saying(*words: str, read_out: int = 0, **more: Any) -> Any:
    """A call in which that was said in its first step, and some phrases were read out."""
    call = a_call(**more)
    said = [TranscriptSaid(call.started_at, text) for text in words]
    phrase = TranscriptPhrase("1", "built-in")
    said += [TranscriptSaid(call.started_at, "I see.", phrase) for _ in range(read_out)]
    first, *others = call.steps
    return msgspec.structs.replace(call, steps=(msgspec.structs.replace(first, said=tuple(said)), *others))


def points(found: Score) -> dict[str, float | None]:
    return {line.id: line.points for line in found.lines}


def test_the_built_in_scorecard_has_a_reason_for_everything_and_weights_that_are_shares(card: Scorecard) -> None:
    assert sum(one.weight for one in card.criteria) == 100
    assert all(one.because for one in card.criteria)
    assert all(one.because for one in card.critical)
    assert {one.kind for one in card.critical} == {"customer", "business", "compliance"}


def test_what_the_transcript_cannot_show_does_not_count(card: Scorecard, matcher: Matcher) -> None:
    found = score(a_call(), card, matcher)
    assert {name for name, given in points(found).items() if given is None} == {
        "required", "wording", "apology", "own-words", "alternatives", "promise-dated",
    }  # fmt: skip
    assert found.total == 0
    assert total({}, card) is None


def test_a_step_left_out_with_a_reason_is_worth_half_and_is_named(card: Scorecard, matcher: Matcher) -> None:
    call = a_call()
    steps = [msgspec.structs.replace(step, status="done") for step in call.steps]
    steps[0] = msgspec.structs.replace(steps[0], status="skipped", skipped_because="no time")
    found = score(msgspec.structs.replace(call, steps=tuple(steps)), card, matcher)
    assert points(found)["steps"] == pytest.approx((len(steps) - 0.5) / len(steps), abs=0.01)
    (line,) = [line for line in found.lines if line.id == "steps"]
    assert any("no time" in one.text for one in line.evidence)


def test_words_that_backfire_are_quoted_and_blame_fails_the_call_for_the_customer(
    card: Scorecard, matcher: Matcher
) -> None:
    found = score(saying("You should have read the terms.", "Please calm down."), card, matcher)
    (line,) = [line for line in found.lines if line.id == "wording"]
    assert line.points == 0.5
    assert any("calm down" in one.text.casefold() for one in line.evidence)
    assert found.failed == ("customer",)
    before = score(saying("You should have read the terms."), card, matcher)
    assert (
        before.total
        == score(saying("You should have read the terms."), msgspec.structs.replace(card, critical=()), matcher).total
    )


def test_a_whole_apology_is_worth_more_than_half_of_one(card: Scorecard, matcher: Matcher) -> None:
    half = points(score(saying("I am sorry."), card, matcher))["apology"]
    whole = points(
        score(
            saying("I am sorry. That was our mistake. It happened because we lost it. I will send a new one today."),
            card,
            matcher,
        )
    )["apology"]
    assert half is not None
    assert whole is not None
    assert 0 < half < 0.5 < whole


def test_own_words_count_from_three_on(card: Scorecard, matcher: Matcher) -> None:
    assert points(score(saying("One.", read_out=1), card, matcher))["own-words"] is None
    assert points(score(saying("One.", read_out=3), card, matcher))["own-words"] == 0.5
    assert points(score(saying("One.", "Two.", read_out=2), card, matcher))["own-words"] == 1.0


def test_what_was_corrected_counts(card: Scorecard, matcher: Matcher) -> None:
    assert points(score(a_call(), card, matcher))["outcome"] == 0.0
    right = a_call(amendments=(amendment("outcome", "resolved"),))
    assert points(score(right, card, matcher))["outcome"] == 1.0


def test_promises_remedies_and_critical_items(card: Scorecard, matcher: Matcher) -> None:
    beyond = TranscriptOffer(NOW, "upgrade", 500.0, "EUR", within_authority=False)
    call = a_call(promise(1, "soon"), promise(2, "a call", NOW), offers=(beyond,), redactions=1)
    found = score(call, card, matcher)
    assert points(found)["promise-dated"] == 0.5
    assert points(found)["alternatives"] == 0.5
    assert set(found.failed) == {"business", "compliance"}
    assert score(
        msgspec.structs.replace(call, offers=(msgspec.structs.replace(beyond, needs="team lead"),)), card, matcher
    ).failed == ("compliance",)


def test_a_long_step_is_a_hint_and_costs_nothing(card: Scorecard, matcher: Matcher) -> None:
    library = FrameworkLibrary((Source(built_in_folder("frameworks"), "built-in"),))
    (call,) = calls(1, seed=8)
    slow = msgspec.structs.replace(
        call, steps=tuple(msgspec.structs.replace(step, seconds=3000.0) for step in call.steps)
    )
    quick = score(call, card, matcher, lambda name: library.load(name).content)
    found = score(slow, card, matcher, lambda name: library.load(name).content)
    assert found.hints
    assert found.total == quick.total


def test_every_synthetic_call_has_a_score_with_evidence(card: Scorecard, matcher: Matcher) -> None:
    for call in calls(40, seed=3):
        found = score(call, card, matcher)
        assert found.total is not None
        assert 0 <= found.total <= 100
        assert all(line.evidence for line in found.lines if line.points is not None)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (b"id: steps", b"id: stps", "`steps`"),
        (b"weight: 20", b"weight: 200", "100"),
        (b"kind: customer", b"kind: custmer", "`customer`"),
        (b"schema: 1", b"schema: 2", "written for a newer version"),
        (b"id: required", b"id: steps", "twice"),
        (b"weight: 20", b"wieght: 20", "`weight`"),
    ],
)
def test_a_fault_of_a_scorecard_is_named_with_its_place(old: bytes, new: bytes, told: str) -> None:
    problems = read_scorecard(DEFAULT.replace(old, new, 1), "mine.yaml").problems
    assert all(problem.line > 1 for problem in problems)
    assert any(told in problem.as_line() for problem in problems)


def test_what_three_think_of_a_call_is_side_by_side_with_how_many_calls_are_behind(
    card: Scorecard, matcher: Matcher
) -> None:
    found = score(a_call(), card, matcher)
    review = Review(found.call, assessments=(
        Assessment(NOW, "self", "default", {"steps": "no"}), Assessment(NOW, "self", "default", {"steps": "yes"}),
        Assessment(NOW, "reviewer", "default", {"steps": "no", "outcome": "na"}),
    ))  # fmt: skip
    one = compare(found, review, card)
    assert (one.automatic, one.own, one.reviewer) == (0, 100, 0)
    assert [(diff.criterion, diff.automatic, diff.own, diff.reviewer) for diff in one.differences] == [
        ("Steps of the framework", 0.0, 1.0, 0.0)
    ]
    together = calibration([one, compare(found, Review(found.call), card)])
    assert [(average.of, average.mean, average.calls) for average in together.averages] == [
        ("automatic", 0.0, 2), ("own", 100.0, 1), ("reviewer", 0.0, 1),
    ]  # fmt: skip
