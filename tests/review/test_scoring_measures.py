"""What a transcript says about each criterion, and where it says too little to tell."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
import pytest

from recoverycli.paths import built_in_folder
from recoverycli.review.scoring.reader import read_scorecard
from recoverycli.review.scoring.scorecard import Score, ScoreLine, score
from recoverycli.session.transcript.model import Call, TranscriptPhrase, TranscriptSaid, TranscriptSwitch
from tests.content import framework, phrase
from tests.review.calls import NOW, a_call
from tests.wording.wordings import MATCHER

if TYPE_CHECKING:
    from recoverycli.frameworks.model import Framework
    from recoverycli.review.scoring.model import Scorecard

FIRM = framework(
    "little",
    [
        {
            "id": "listen",
            "intent": "listen",
            "checklist": [{"id": "notice", "text": "Read it", "required": True}, {"id": "nod", "text": "Nod"}],
            "capture": [{"id": "order", "ask": "Which?", "required": True}],
            "phrases": [phrase("This call is recorded.", verbatim=True)],
        },
    ],
)


def card() -> Scorecard:
    found = read_scorecard((built_in_folder("scorecards") / "default.yaml").read_bytes(), "default.yaml")
    assert found.content is not None
    return found.content


def scored(call: Call, known: Framework | None = None) -> Score:
    return score(call, card(), MATCHER, lambda _: known)


def line(found: Score, name: str) -> ScoreLine:
    return next(one for one in found.lines if one.id == name)


def with_steps(call: Call, **changes: dict[str, Any]) -> Call:
    """The call with changes to its steps, by their ids."""
    return msgspec.structs.replace(
        call, steps=tuple(msgspec.structs.replace(step, **changes.get(step.id, {})) for step in call.steps)
    )


def says(*words: str) -> dict[str, Any]:
    return {"said": tuple(TranscriptSaid(NOW, text) for text in words)}


@pytest.mark.parametrize(
    ("words", "points"),
    [
        ("This was our mistake.", 3 / 8),
        ("I will send you a new one today.", 2 / 8),
        ("I am sorry.", 1 / 8),
        ("Please forgive us. I am sorry.", 1 / 8),
        ("I am sorry. This was our mistake. I will send you a new one today.", 6 / 8),
    ],
)
def test_responsibility_weighs_most_then_repair_and_forgiveness_nothing(words: str, points: float) -> None:
    found = scored(with_steps(a_call(ours=True), apologize={"status": "done", **says(words)}))
    assert line(found, "apology").points == points


@pytest.mark.parametrize(
    ("ours", "words", "points"),
    [
        (False, "I am sorry.", 1),
        (False, "This was our mistake.", 0),
        (False, "I am sorry. I will send you a new one today.", 1),
        (None, "I am sorry.", 1 / 3),
        (None, "I am sorry. I will send you a new one today.", 1),
        (None, "I am sorry. This was our mistake.", 4 / 6),
    ],
)
def test_parts_of_an_apology_that_do_not_apply_are_left_out(ours: bool | None, words: str, points: float) -> None:
    found = scored(with_steps(a_call(ours=ours), apologize={"status": "done", **says(words)}))
    assert line(found, "apology").points == pytest.approx(points, abs=0.001)


@pytest.mark.parametrize(
    ("ours", "words"),
    [
        (
            False,
            "does not apply, the fault is not ours: Explanation, Responsibility, Promise to change, Offer of repair",
        ),
        (None, "does not apply, whose fault it was is not recorded: Explanation, Responsibility, Promise to change"),
    ],
)
def test_the_score_says_which_parts_do_not_apply_and_why(ours: bool | None, words: str) -> None:
    found = line(scored(with_steps(a_call(ours=ours), apologize={"status": "done", **says("I am sorry.")})), "apology")
    assert words in [one.text for one in found.evidence]
    assert not any("missing" in one.text and "Responsibility" in one.text for one in found.evidence)


def test_an_apology_that_was_made_but_not_written_down_is_not_judged() -> None:
    elsewhere = with_steps(a_call(), listen=says("Go on, please."), apologize={"status": "done"})
    assert line(scored(elsewhere), "apology").points is None
    assert line(scored(with_steps(elsewhere, apologize=says("Right."))), "apology").points == 0


def test_words_that_the_next_line_repairs_do_not_backfire() -> None:
    alone = scored(with_steps(a_call(), listen=says("I don't know.", "Goodbye.")))
    mended = scored(with_steps(a_call(), listen=says("I don't know.", "I will find out for you.")))
    assert line(alone, "wording").points == 0.75
    assert line(mended, "wording").points == 1


def test_a_call_that_broke_off_is_scored_for_what_had_happened_till_then() -> None:
    call = with_steps(a_call(state="abandoned"), listen={"status": "done"})
    found = scored(call)
    assert found.state == "abandoned"
    assert line(found, "steps").points == 1
    assert {line(found, name).points for name in ("outcome", "cause", "summary")} == {None}
    assert found.total == 100
    assert line(scored(msgspec.structs.replace(call, state="finished")), "steps").points == pytest.approx(
        1 / 3, abs=0.001
    )


def test_steps_of_a_framework_that_was_left_are_not_held_against_the_call() -> None:
    call = with_steps(a_call(), listen={"status": "done"})
    heard = msgspec.structs.replace(call.steps[0], framework="other", id="hear", name="Hear", status="done")
    moved = msgspec.structs.replace(
        call, steps=(*call.steps, heard), switches=(TranscriptSwitch(NOW, "little", "other"),)
    )
    assert line(scored(moved), "steps").points == 1
    back = msgspec.structs.replace(moved, switches=(*moved.switches, TranscriptSwitch(NOW, "other", "little")))
    assert line(scored(back), "steps").points == 0.5


def test_what_is_required_is_reported_by_the_framework_and_unknown_without_it() -> None:
    call = with_steps(a_call(), listen={"status": "done", "ticked": ("nod", "notice"), "left_open": ("order",)})
    found = line(scored(call, FIRM), "required")
    assert found.points == 0.5
    assert any("order" in one.text for one in found.evidence)
    assert line(scored(call), "required").points is None


def test_what_must_be_read_word_for_word_is_no_reading_out() -> None:
    legal = TranscriptPhrase(FIRM.steps[0].phrases[0].id, "built-in")
    said = tuple(TranscriptSaid(NOW, "This call is recorded.", legal) for _ in range(3))
    own = says("One.", "Two.", "Three.")["said"]
    call = with_steps(
        a_call(), listen={"said": (*said, *own, TranscriptSaid(NOW, "Mine.", TranscriptPhrase("x", "personal")))}
    )
    assert line(scored(call, FIRM), "own-words").points == 1
    assert "4 of 4 lines" in line(scored(call, FIRM), "own-words").evidence[0].text
    assert "4 of 7 lines" in line(scored(call), "own-words").evidence[0].text
