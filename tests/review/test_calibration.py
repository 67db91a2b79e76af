"""What the scorecard, the agent and several reviewers think of the same calls, and how far they agree."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
import pytest

from recoverycli.review.scoring.agreement import FEWEST_CALLS, krippendorff_alpha
from recoverycli.review.scoring.calibration import JudgedCall, calibration, compare
from recoverycli.review.scoring.reader import read_scorecard
from recoverycli.review.scoring.scorecard import score
from recoverycli.store.calls.reviews import Assessment, Dispute, Review
from recoverycli.terminal.views.log.reviews import reviews_page
from recoverycli.terminal.views.log.score import score_page
from tests.review.calls import NOW, a_call
from tests.wording.wordings import MATCHER

if TYPE_CHECKING:
    from recoverycli.review.scoring.model import Scorecard
    from recoverycli.store.calls.review_words import Answer

FOUR_CRITERIA = b"""
schema: 1
id: four
name: Four
criteria:
  - {id: steps, name: Steps, weight: 30}
  - {id: wording, name: Words, weight: 10}
  - {id: cause, name: Cause, weight: 10}
  - {id: summary, name: Summary, weight: 0}
critical: [{id: authority, kind: business, name: Within authority}]
"""


@pytest.fixture(scope="module")
def card() -> Scorecard:
    read = read_scorecard(FOUR_CRITERIA, "four.yaml").content
    assert read is not None
    return read


def reviewer(name: str, **answers: Answer) -> Assessment:
    return Assessment(NOW, "reviewer", "four", {**answers}, name)


def own(**answers: Answer) -> Assessment:
    return Assessment(NOW, "self", "four", {**answers}, "Noor")


def judged(card: Scorecard, *assessments: Assessment, tail: str = "ab1d") -> JudgedCall:
    call = a_call(tail=tail)
    review = Review(call.id, assessments=assessments)
    return compare(score(call, card, MATCHER, review=review), review, card)


def test_each_person_stands_beside_the_others_with_a_date_and_agents_are_not_named(card: Scorecard) -> None:
    one = judged(
        card, reviewer("Kim", steps="no", cause="yes"), own(steps="yes"), reviewer("Lee", steps="partly", cause="na")
    )
    assert [(person.judge, person.by) for person in one.judgements] == [
        ("automatic", None), ("own", None), ("reviewer", "Kim"), ("reviewer", "Lee"),
    ]  # fmt: skip
    assert [person.points.get("steps") for person in one.judgements] == [0.0, 1.0, 0.0, 0.5]
    assert [person.at for person in one.judgements] == [None, NOW, NOW, NOW]
    assert [person.total for person in one.judgements][1:] == [100, 25, 50]
    assert "Steps" in [difference.criterion for difference in one.differences]
    page = str(reviews_page(calibration([one], card)))
    assert "scorecard 0%, agent 100%, Kim 0%, Lee 50%" in page
    assert "Noor" not in page


def test_means_are_over_the_criteria_that_both_judged_in_the_calls_that_both_judged(card: Scorecard) -> None:
    both = judged(card, own(steps="yes", wording="yes"), reviewer("Kim", steps="no", cause="yes"), tail="aaaa")
    one = judged(card, own(steps="no"), tail="bbbb")
    two = judged(card, reviewer("Kim", steps="yes"), reviewer("Lee", steps="no"), own(steps="partly"), tail="cccc")
    means = {mean.of: mean for mean in calibration([both, one, two], card).averages}
    shared = means["own", "reviewer"]
    assert (shared.means, shared.calls, shared.answers) == ((75.0, 25.0), 2, 2), "Kim and Lee count as their mean"
    assert means["automatic", "own"].calls == 3
    gone = msgspec.structs.replace(two, state="abandoned")
    assert {mean.of: mean.calls for mean in calibration([both, one, gone], card).averages}["own", "reviewer"] == 1


def test_agreement_of_reviewers_has_its_statistic_and_numbers_for_each_criterion(card: Scorecard) -> None:
    names = [f"aa{number:02}" for number in range(FEWEST_CALLS)]
    same: list[JudgedCall] = [
        judged(card, *(reviewer(who, steps=("yes", "no")[place % 2], cause="yes") for who in ("Kim", "Lee")), tail=tail)
        for place, tail in enumerate(names)
    ]
    alone = judged(card, reviewer("Kim", steps="no"), own(steps="yes"), tail="zzzz")
    found = calibration([*same, alone], card)
    assert [(one.criterion, one.calls, one.pairs, one.same, one.alpha) for one in found.agreement] == [
        ("Steps", 10, 10, 10, 1.0), ("Cause", 10, 10, 10, None),
    ]  # fmt: skip
    assert found.gaps == ()
    assert "alpha 1.00" in str(reviews_page(found))
    (steps, _) = calibration(same[1:], card).agreement
    assert steps.alpha is None, "too few calls"
    three = judged(card, *(reviewer(who, steps=word) for who, word in (("A", "yes"), ("B", "yes"), ("C", "no"))))  # type: ignore[arg-type]  # the words of the pair
    assert [(one.pairs, one.same) for one in calibration([three], card).agreement] == [(3, 1)]
    assert calibration([alone], card).agreement == (), "the agent is no reviewer"


def test_alpha_is_that_of_the_published_example() -> None:
    # Krippendorff 2011, "Computing Krippendorff's Alpha-Reliability", example C: interval data, four observers.
    columns = ["111", "2232", "3333", "3333", "2222", "1234", "4444", "1121", "2222", "555", "11", "3"]
    units = [[float(value) for value in column] for column in columns if len(column) > 1]
    assert krippendorff_alpha(units) == 0.849


def test_the_calls_with_the_widest_gap_come_first_and_other_critical_verdicts_before_them(card: Scorecard) -> None:
    calls = [
        judged(card, reviewer("Kim", steps="yes"), reviewer("Lee", steps="yes"), tail="aaaa"),
        judged(
            card, reviewer("Kim", wording="yes", steps="no"), reviewer("Lee", wording="no", steps="no"), tail="bbbb"
        ),
        judged(card, reviewer("Kim", steps="yes", cause="no"), reviewer("Lee", steps="no", cause="yes"), tail="cccc"),
        judged(card, reviewer("Kim", authority="yes"), reviewer("Lee", authority="no"), tail="dddd"),
    ]
    gaps = calibration(calls, card).gaps
    assert [(gap.call[-4:], gap.points, gap.criteria, gap.critical) for gap in gaps] == [
        ("dddd", None, 0, ("Within authority",)), ("cccc", 100, 2, ()), ("bbbb", 25, 2, ()),
    ]  # fmt: skip
    assert gaps[1].differ == ("Steps", "Cause"), "differences in both directions do not cancel"
    assert gaps[1].between == ("Kim", "Lee")


def test_the_score_of_a_call_tells_who_reviewed_it_and_what_is_disputed(card: Scorecard) -> None:
    call = a_call()
    review = Review(call.id, 1, (own(steps="yes"), reviewer("Kim", steps="no")), (Dispute(NOW, "she had to leave"),))
    page = str(score_page(score(call, card, MATCHER, review=review)))
    for words in ("Self-review", "Kim, ", "Disputed", "she had to leave", "recovery log reviews"):
        assert words in page
    assert "Noor" not in page
    assert "Reviews" not in str(score_page(score(call, card, MATCHER)))
