"""What a transcript says about each criterion, and where it says too little to tell."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import msgspec
import pytest

from recoverycli.paths import built_in_folder
from recoverycli.review.scoring.reader import read_scorecard
from recoverycli.review.scoring.scorecard import score
from recoverycli.session.transcript.model import (
    Call,
    TranscriptNote,
    TranscriptOffer,
    TranscriptSaid,
    TranscriptSwitch,
    TranscriptVisit,
)
from tests.content import framework, phrase
from tests.review.calls import NOW, a_call, promise
from tests.wording.wordings import MATCHER

if TYPE_CHECKING:
    from recoverycli.frameworks.model import Framework
    from recoverycli.review.scoring.model import Scorecard
    from recoverycli.review.scoring.score import Score, ScoreLine

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
            "not asked for, the fault is not ours: Explanation, Responsibility, Promise to change, Offer of repair",
        ),
        (None, "not asked for, whose fault it was is not recorded: Explanation, Responsibility, Promise to change"),
    ],
)
def test_the_score_says_which_parts_do_not_apply_and_why(ours: bool | None, words: str) -> None:
    found = line(scored(with_steps(a_call(ours=ours), apologize={"status": "done", **says("I am sorry.")})), "apology")
    assert words in [one.text for one in found.evidence]
    assert not any(one.kind == "missing" and "Responsibility" in one.text for one in found.evidence)


def test_an_apology_that_the_framework_asks_for_and_nobody_recorded_is_missing() -> None:
    elsewhere = with_steps(a_call(), listen=says("Go on, please."), apologize={"status": "done"})
    assert line(scored(elsewhere), "apology").points == 0
    declined = with_steps(a_call(), apologize={"status": "skipped", "skipped_because": "the fault is not ours"})
    assert line(scored(declined), "apology").state == "does-not-apply"
    whole = with_steps(declined, listen=says("I am sorry that you waited. I will send you a new one today."))
    assert line(scored(whole), "apology").points == 1


def test_a_recorded_offer_or_promise_offers_repair() -> None:
    for call in (a_call(offers=(TranscriptOffer(NOW, "refund"),)), a_call(promise(1, "a new one", NOW))):
        found = line(scored(with_steps(call, apologize={"status": "done", **says("I am sorry.")})), "apology")
        assert found.points == 1
        assert any(one.text.startswith("Offer of repair: recorded as") for one in found.evidence)


def test_a_remedy_is_asked_for_by_the_framework_and_the_fault_and_what_was_accepted_is_enough() -> None:
    refund, cake = TranscriptOffer(NOW, "refund"), TranscriptOffer(NOW, "a cake")
    for offers, asked, unasked in (
        ((), 0, None),
        ((refund,), 0.5, None),
        ((refund, refund), 0.5, None),
        ((refund, cake), 1, 1),
        ((msgspec.structs.replace(refund, answer="accepted"),), 1, 1),
    ):
        assert line(scored(a_call(offers=offers)), "alternatives").points == asked
        assert line(scored(a_call(offers=offers, ours=False)), "alternatives").points == unasked


def test_a_step_that_was_passed_with_enter_alone_is_not_shown() -> None:
    at = a_call().started_at
    done = {"status": "done", "visits": (TranscriptVisit(at, at),)}
    call = with_steps(a_call(), listen=done, apologize=done, solve=done)
    found = line(scored(call), "steps")
    assert (found.state, found.points, found.shown) == ("not-shown", None, 0)
    assert "with nothing recorded: Listen, Apologize, Solve" in found.evidence[0].text
    for shown in (
        with_steps(call, solve={"captured": {"order": "A-1"}}),
        msgspec.structs.replace(call, ours=False),
        with_steps(call, listen={"notes": (TranscriptNote(at, "parcel late"),)}),
    ):
        assert (line(scored(shown), "steps").points, line(scored(shown), "steps").shown) == (1, 0.333)
    offered = msgspec.structs.replace(call, offers=(TranscriptOffer(at, "refund"),))
    assert line(scored(offered), "steps").shown == 1


def test_the_last_step_left_by_the_end_counts_as_taken_when_something_was_said_in_it() -> None:
    at = a_call().started_at
    visits = {"visits": (TranscriptVisit(at, at),)}
    later = {"visits": (TranscriptVisit(at, at + timedelta(minutes=1)),)}
    call = with_steps(a_call(), listen={**visits, **says("I see.")}, apologize=later)
    assert line(scored(call), "steps").points == 0
    taken = with_steps(call, apologize=says("I am sorry."))
    assert line(scored(taken), "steps").points == pytest.approx(1 / 3, abs=0.001)


def test_words_that_the_next_line_repairs_do_not_backfire() -> None:
    alone = scored(with_steps(a_call(), listen=says("I don't know.", "Goodbye.")))
    mended = scored(with_steps(a_call(), listen=says("I don't know.", "I will find out for you.")))
    assert line(alone, "wording").points == 0.75
    assert line(mended, "wording").points == 1


def test_a_call_that_broke_off_has_no_score_but_the_list() -> None:
    call = with_steps(a_call(state="abandoned"), listen={"status": "done", **says("I see.")})
    found = scored(call)
    assert (found.state, found.total) == ("abandoned", None)
    assert found.text() == "no score, the call was abandoned"
    assert line(found, "steps").points == 1
    assert {line(found, name).state for name in ("outcome", "cause", "summary")} == {"does-not-apply"}
    assert line(scored(msgspec.structs.replace(call, state="finished")), "steps").points == pytest.approx(
        1 / 3, abs=0.001
    )


def test_steps_of_a_framework_that_was_left_are_not_held_against_the_call() -> None:
    call = with_steps(a_call(), listen={"status": "done", **says("I see.")})
    heard = msgspec.structs.replace(call.steps[0], framework="other", id="hear", name="Hear")
    moved = msgspec.structs.replace(
        call, steps=(*call.steps, heard), switches=(TranscriptSwitch(NOW, "little", "other"),)
    )
    assert line(scored(moved), "steps").points == 1
    # What the switch took over as done counts where it was done.
    taken_over = msgspec.structs.replace(heard, said=(), visits=())
    assert line(scored(msgspec.structs.replace(moved, steps=(*call.steps, taken_over))), "steps").shown == 1
    back = msgspec.structs.replace(moved, switches=(*moved.switches, TranscriptSwitch(NOW, "other", "little")))
    assert line(scored(back), "steps").points == 0.5


def test_what_is_required_is_reported_by_the_framework_and_unknown_without_it() -> None:
    call = with_steps(a_call(), listen={"status": "done", "ticked": ("nod", "notice"), "left_open": ("order",)})
    found = line(scored(call, FIRM), "required")
    assert found.points == 0.5
    assert any("order" in one.text for one in found.evidence)
    assert line(scored(call), "required").points is None
