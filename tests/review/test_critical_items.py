"""What fails a call whatever its total: sentences in both directions, and what a reviewer answers."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from recoverycli.paths import built_in_folder
from recoverycli.review.scoring.calibration import calibration, compare
from recoverycli.review.scoring.reader import read_scorecard
from recoverycli.review.scoring.scorecard import score
from recoverycli.session.transcript.model import TranscriptPhrase, TranscriptSaid
from recoverycli.store.calls.reviews import Assessment, Review
from recoverycli.terminal.views.log.reviews import reviews_page
from recoverycli.terminal.views.log.score import score_page
from tests.review.calls import NOW, a_call
from tests.wording.wordings import MATCHER

if TYPE_CHECKING:
    from recoverycli.review.scoring.score import CriticalLine, Score
    from recoverycli.store.calls.review_words import Answer

CARD = read_scorecard((built_in_folder("scorecards") / "default.yaml").read_bytes(), "default.yaml").content
SENTENCES = [
    tuple(line.split("\t"))
    for line in (Path(__file__).parent / "critical-sentences.tsv").read_text("utf-8").splitlines()
    if not line.startswith("#")
]
OF_WORDS = ("blame", "insult", "disclosure", "false-promise")
# What is known to be judged wrong, so that a change of the wording shows here.
MISSED = {
    "You left it in the rain.",
    "It's on you that the payment bounced.",
    "You have no brain, do you?",
    "Your wife booked a second room under her name.",
    "It's impossible that it fails again.",
    "You have my word, it arrives on Monday.",
    "You'll get every cent back, that's a fact.",
}
WRONGLY_FAILED = {"Whoever told you it's your fault was wrong."}


def scored(*words: str, phrase: TranscriptPhrase | None = None, review: Review | None = None) -> Score:
    assert CARD is not None
    first, *others = a_call().steps
    said = tuple(TranscriptSaid(NOW, text, phrase) for text in words)
    steps = (msgspec.structs.replace(first, said=said), *others)
    return score(msgspec.structs.replace(a_call(), steps=steps), CARD, MATCHER, review=review)


def failed(found: Score) -> set[str]:
    return {line.id for line in found.critical if not line.passed}


def item(found: Score, name: str) -> CriticalLine:
    return next(line for line in found.critical if line.id == name)


def answered(**answers: Answer) -> Review:
    given = {name.replace("_", "-"): answer for name, answer in answers.items()}
    return Review("x", assessments=(Assessment(NOW, "reviewer", "default", given),))


def test_sentences_fail_a_call_for_what_is_said_in_them_and_their_neighbours_do_not() -> None:
    failing = [(kind, text) for kind, text in SENTENCES if kind != "-"]
    passing = [text for kind, text in SENTENCES if kind == "-"]
    assert min(len(failing), len(passing)) >= 60
    assert {kind for kind, _ in failing} == set(OF_WORDS)
    assert {text for kind, text in failing if kind not in failed(scored(text))} == MISSED
    assert {text for text in passing if failed(scored(text))} == WRONGLY_FAILED


def test_words_that_are_denied_reported_or_asked_fail_nothing_in_any_of_the_sentences() -> None:
    for _, text in SENTENCES:
        if text in WRONGLY_FAILED:
            continue
        assert not failed(scored(f"The driver told you: “{text}”")) & set(OF_WORDS), text


def test_what_fails_is_quoted_with_its_kind_and_the_kinds_are_apart() -> None:
    found = scored("You are an idiot.", "His phone number is 0171 555 0100.", "It will definitely arrive tomorrow.")
    assert found.failed == ("customer", "business", "compliance")
    assert [one.text for one in item(found, "insult").evidence] == ['"You are an idiot"']
    assert "No insult: not kept" in str(score_page(found))


def test_what_was_read_out_and_a_call_without_words_fail_no_item_of_words() -> None:
    assert failed(scored("You are an idiot.", phrase=TranscriptPhrase("1", "project"))) == set()
    assert not {line.id for line in scored().critical} & set(OF_WORDS)


def test_a_reviewer_s_answer_decides_in_both_directions_and_is_named() -> None:
    line = item(scored("You are an idiot.", review=answered(insult="yes")), "insult")
    assert (line.passed, line.automatic, line.reviewer) == (True, False, True)
    found = scored("I see.", review=answered(false_promise="no", insult="na"))
    assert failed(found) == {"false-promise"}
    assert item(found, "insult").reviewer is None
    assert "No promise that nobody can keep: not kept, says a reviewer" in str(score_page(found))
    # An item that does not apply to the call, and was answered all the same.
    assert failed(scored(review=answered(authority="no"))) == {"authority"}


def test_a_verdict_on_a_critical_item_that_differs_is_shown_side_by_side() -> None:
    assert CARD is not None
    review = answered(insult="yes")
    both = compare(scored("You are an idiot.", review=review), review, CARD)
    assert [one.criterion for one in both.differences] == ["No insult"]
    assert [one.points["insult"] for one in both.judgements] == [0.0, 1.0]
    assert both.failed == ()
    assert [one.coverage for one in both.judgements][1] is None, "no criterion was answered"
    assert "scorecard 0%, reviewer 100%" in str(reviews_page(calibration([both], CARD)))
