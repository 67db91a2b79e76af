"""The score of a call: every line has its evidence, what cannot be told does not count, critical items stand apart."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
import pytest

from recoverycli.content.library import Source
from recoverycli.frameworks.library import FrameworkLibrary
from recoverycli.paths import built_in_folder
from recoverycli.redaction.attestation import rules_version
from recoverycli.review.scoring.measures import MEASURES
from recoverycli.review.scoring.reader import read_scorecard
from recoverycli.review.scoring.score import FEWEST, Measurement, Score, Total, does_not_apply, not_shown
from recoverycli.review.scoring.scorecard import score, total
from recoverycli.session.transcript.model import TranscriptOffer, TranscriptPhrase, TranscriptSaid
from recoverycli.terminal.views.log.score import score_page
from tests.review.calls import NOW, a_call, amendment, promise
from tests.synthetic import calls
from tests.wording.wordings import MATCHER

if TYPE_CHECKING:
    from recoverycli.review.scoring.model import Scorecard
    from recoverycli.review.scoring.score import CriticalLine
    from recoverycli.session.transcript.model import Call
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
    assert {line.id for line in found.lines if line.state == "not-shown"} == {"wording", "own-words"}
    assert {line.id for line in found.lines if line.state == "does-not-apply"} == {"required", "promise-dated"}
    # Of the weights that apply, 75, the two take 25.
    assert (found.total, found.coverage) == (0, 66)


def test_below_half_of_the_card_there_is_no_score_only_the_list(card: Scorecard) -> None:
    found = dict.fromkeys(MEASURES, not_shown())
    assert total(found, card) == Total(None, 0)
    found |= {"steps": Measurement(1.0), "wording": Measurement(0.5), "apology": Measurement(0.0, shown=0.9)}
    assert total(found, card) == Total(None, 48)
    found["apology"] = Measurement(0.0)
    assert total(found, card) == Total(55, 50)
    assert total(found, card).text() == "55 of 100, on 50 % of the card"
    assert total(dict.fromkeys(MEASURES, does_not_apply()), card) == Total(None, 0)


def test_a_step_left_out_with_a_reason_is_worth_half_and_is_named(card: Scorecard, matcher: Matcher) -> None:
    call = a_call()
    steps = [msgspec.structs.replace(step, status="done", ticked=("restated",)) for step in call.steps]
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


def test_each_line_in_own_words_adds_a_third_and_what_was_read_out_costs_nothing(
    card: Scorecard, matcher: Matcher
) -> None:
    for own, read_out, given in ((0, 5, (None, 0.0)), (1, 1, (1.0, 0.333)), (1, 9, (1.0, 0.333)), (4, 2, (1.0, 1.0))):
        found = score(saying(*["One."] * own, read_out=read_out), card, matcher)
        assert [(line.points, line.shown) for line in found.lines if line.id == "own-words"] == [given]


def test_what_backfires_in_a_phrase_that_was_read_out_is_a_hint(card: Scorecard, matcher: Matcher) -> None:
    said = TranscriptSaid(NOW, "You should have read the terms.", TranscriptPhrase("1", "project"))
    call = saying("I see.")
    (first, *others) = call.steps
    steps = (msgspec.structs.replace(first, said=(*first.said, said)), *others)
    found = score(msgspec.structs.replace(call, steps=steps), card, matcher)
    assert points(found)["wording"] == 1.0
    assert any("read out" in one.text for one in found.hints)


def test_nothing_that_backfires_is_listed_under_what_went_well(card: Scorecard, matcher: Matcher) -> None:
    words = "That was our mistake. You should have read the terms."
    found = score(saying(words, "I am sorry that you waited.", "Tell me more.", ours=True), card, matcher)
    (wording,) = [line for line in found.lines if line.id == "wording"]
    assert wording.points == 0.75
    assert not wording.went_well
    shown = next(str(one) for one in score_page(found) if getattr(one, "title", "") == "What went well")
    assert "Tell me more." in shown
    assert "should have read" not in shown
    (apology,) = [line for line in found.lines if line.id == "apology"]
    assert not any("should have read" in one.text for one in apology.evidence)
    assert any(one.text.startswith("Responsibility") for one in apology.evidence)


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


def test_the_compliance_line_is_judged_by_the_rules_of_today_and_finds_nothing_at_most(
    card: Scorecard, matcher: Matcher
) -> None:
    def line(call: Call) -> CriticalLine:
        return next(one for one in score(call, card, matcher).critical if one.id == "card-data")

    clean = line(saying("I am sorry."))
    assert clean.passed
    assert [one.text for one in clean.evidence] == [f"no finding by the masking rules {rules_version()}"]
    # As an older version stored it: the count of that day is 0.
    kept = line(saying("So it is four five three nine, five two six oh, one eight one five, nine oh eight three."))
    assert not kept.passed
    assert [one.text for one in kept.evidence] == [
        f"the masking rules {rules_version()} find 1 in what is stored: recovery log scrub"
    ]


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
        assert found.total is None or 0 <= found.total <= 100
        assert (found.total is None) == (call.state == "abandoned" or found.coverage < FEWEST)
        assert all(line.evidence for line in found.lines if line.state != "does-not-apply")


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
