"""What is asked back in the prompt: one answer, or Enter, and the call goes on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from recoverycli.live.call import LiveCall
from tests.conftest import loaded
from tests.content import BRANCHING, CAREFUL, LITTLE, OTHER, framework, phrase, started, the_call
from tests.live.test_call import walk

if TYPE_CHECKING:
    from pathlib import Path

    from recoverycli.frameworks.model import Framework
    from recoverycli.live.environment import CallEnvironment
    from recoverycli.session.transcript.model import Call
    from tests.conftest import Clock


def looking(*items: dict[str, object]) -> Framework:
    """A framework whose first step asks if a thing was found; with those items on its checklist."""
    return framework(
        "found",
        [
            {
                "id": "look",
                "intent": "assess",
                "checklist": [*items],
                "capture": [{"id": "found", "ask": "Is it there?", "kind": "yes-no"}],
                "paths": [{"when": {"found": "yes"}, "to": "close"}, {"to": "search"}],
            },
            {"id": "close", "intent": "thank", "paths": [{"to": "wrap-up"}]},
            {"id": "search", "intent": "solve", "by_path": True, "paths": [{"to": "close"}]},
        ],
    )


FOUND = looking()
FOUND_CAREFULLY = looking({"id": "notice", "text": "Read the notice", "required": True})


class Desk:
    """A call that can be asked back, or a script that cannot."""

    def __init__(self, world: CallEnvironment, clock: Clock, tmp_path: Path) -> None:
        self._world, self._clock, self._folder = world, clock, tmp_path

    def __call__(self, of: Framework, *, asks: bool = True) -> LiveCall:
        known = {one.id: one for one in (BRANCHING, CAREFUL, LITTLE, OTHER, of)}
        world = self._world._replace(asks=asks, load=lambda wanted: loaded(known[wanted], self._folder))
        return LiveCall.start(world, lambda: started(of, self._clock()))

    def kept(self) -> Call:
        return the_call(self._world.home)


@pytest.fixture
def desk(world: CallEnvironment, clock: Clock, tmp_path: Path) -> Desk:
    return Desk(world, clock, tmp_path)


def walked(call: Call) -> list[str]:
    return [step.id for step in call.steps]


@pytest.mark.parametrize(
    ("answer", "steps"),
    [
        ("1", ["check", "refund", "thank"]),
        ("pending", ["check", "talk", "explain", "date", "thank"]),
        ("o", ["check", "talk", "thank"]),
    ],
)
def test_enter_on_a_branch_asks_and_the_answer_leads_on(desk: Desk, answer: str, steps: list[str]) -> None:
    call = desk(BRANCHING)
    asked = call.hear("")
    assert asked.question is not None
    assert asked.question.text == "What does it show?"
    assert asked.question.options == ("two", "pending", "one")
    walk(call, answer, *[""] * len(steps))
    kept = desk.kept()
    assert walked(kept) == steps
    assert kept.steps[0].captured["charges"] in {"two", "pending", "one"}


def test_the_transcript_names_the_path_that_was_taken(desk: Desk) -> None:
    walk(desk(BRANCHING), "", "two", "", "", "")
    answer = desk.kept().steps[0].answers[0]
    assert (answer.question, answer.answer, answer.to) == ("What does it show?", "two", "refund")


def test_enter_without_an_answer_stays_on_the_branch_however_often(desk: Desk) -> None:
    call = desk(BRANCHING)
    reply = walk(call, "", "", "", "", "", "")
    assert (reply.text, call.session.place.step) == ("still here", "check")
    assert call.session.steps[0].status == "open"
    assert not call.session.complete


def test_a_branch_that_waits_for_its_answer_is_not_skipped_and_can_be_left_by_name(desk: Desk) -> None:
    call = desk(BRANCHING)
    reply = call.hear("/skip")
    assert (reply.kind, reply.text) == ("refused", "the way on depends on an answer · try /goto STEP")
    call.hear("/goto thank")
    assert call.session.place.step == "thank"


def test_a_script_stays_on_a_branch_and_is_told_what_it_depends_on(desk: Desk) -> None:
    call = desk(BRANCHING, asks=False)
    for _ in range(3):
        reply = call.hear("")
    assert reply.kind == "refused"
    assert reply.text == ("the way on depends on: What does it show? (two, pending, one) · try /set charges VALUE")
    assert call.session.place.step == "check"
    assert call.end_of_input().left.how == "paused"  # type: ignore[union-attr]


def test_a_word_that_is_not_an_answer_stays_in_the_prompt_with_the_question(desk: Desk) -> None:
    call = desk(BRANCHING)
    refused = walk(call, "", "purple")
    assert (refused.kind, refused.draft) == ("refused", "purple")
    assert refused.question is not None
    assert call.hear("two").kind == "moved"


def test_a_sentence_that_is_not_an_answer_becomes_a_note_and_the_question_stays(desk: Desk) -> None:
    call = desk(BRANCHING)
    noted = walk(call, "", "she found three of them yesterday")
    assert noted.text == "noted: she found three of them yesterday · u undoes"
    assert noted.question is not None
    assert call.hear("two").kind == "moved"
    assert [note.text for note in call.session.steps[0].notes] == ["she found three of them yesterday"]


def test_a_sentence_that_begins_with_the_answer_is_a_note_and_answers(desk: Desk) -> None:
    call = desk(BRANCHING)
    moved = walk(call, "", "two, both from Tuesday")
    assert moved.text == "noted: two, both from Tuesday · u undoes"
    assert call.session.place.step == "refund"
    assert [note.text for note in call.session.steps[0].notes] == ["two, both from Tuesday"]


def test_no_with_a_reason_answers_no_and_stores_the_reason(desk: Desk) -> None:
    call = desk(FOUND)
    walk(call, "", "no she looked in the shed")
    assert call.session.place.step == "search"
    assert [note.text for note in call.session.steps[0].notes] == ["no she looked in the shed"]


def test_n_answers_no_where_that_is_an_answer_and_shows_the_notes_elsewhere(desk: Desk) -> None:
    call = desk(CAREFUL)
    assert walk(call, "", "n").show == "notes"
    found = desk(FOUND)
    walk(found, "", "n")
    assert found.session.values["found"] == "no"
    branching = desk(BRANCHING)
    shown = walk(branching, "", "n")
    assert (shown.show, shown.question is not None) == ("notes", True)


def test_a_sentence_that_begins_with_a_number_chooses_nothing(desk: Desk) -> None:
    call = desk(BRANCHING)
    assert walk(call, "", "2 days ago there was one").question is not None
    assert call.session.place.step == "check"


@pytest.mark.parametrize("line", ["m", "?", "/nonsense", "/copy 1"])
def test_a_line_that_records_nothing_leaves_the_question_open(desk: Desk, line: str) -> None:
    call = desk(BRANCHING)
    assert walk(call, "", line).question is not None
    assert call.hear("two").kind == "moved"


def test_a_known_value_is_not_asked_for(desk: Desk) -> None:
    call = desk(BRANCHING, asks=True)
    assert walk(call, "/set charges pending", "").kind == "moved"
    assert call.session.place.step == "explain"


@pytest.mark.parametrize("word", ["y", "yes", "n", "no"])
def test_yes_and_no_never_leave_a_step(desk: Desk, word: str) -> None:
    call = desk(CAREFUL)
    walk(call, "", word)
    assert call.session.place.step == "record"


def test_what_decides_the_way_is_asked_before_what_is_required(desk: Desk) -> None:
    call = desk(FOUND_CAREFULLY)
    first = call.hear("")
    second = call.hear("yes")
    assert (first.question and first.question.text) == "Is it there?"
    assert (second.question and second.question.text) == "Not yet: Read the notice. Stay or leave anyway?"
    assert call.session.place.step == "look"
    call.hear("leave")
    assert call.session.place.step == "close"


def test_enter_confirms_an_earlier_answer_and_completes_the_step(desk: Desk) -> None:
    call = desk(BRANCHING)
    walk(call, "", "two", "b", "", "")
    assert call.session.steps[0].status == "done"


def test_a_command_drops_the_question(desk: Desk) -> None:
    call = desk(BRANCHING)
    walk(call, "", "/mood angry")
    assert call.session.mood == "angry"
    assert call.session.place.step == "check"


def test_a_script_is_never_asked_and_takes_the_path_of_its_values(desk: Desk) -> None:
    call = desk(BRANCHING, asks=False)
    walk(call, "/set charges pending", "", "", "", "", "", "")
    assert [step.id for step in desk.kept().steps if step.visits] == ["check", "talk", "explain", "date", "thank"]


def test_back_and_undo_follow_the_path(desk: Desk) -> None:
    call = desk(BRANCHING)
    walk(call, "", "pending", "", "b")
    assert call.session.place.step == "explain"
    walk(call, "", "")
    assert call.session.place.step == "talk"
    walk(call, "u", "u")
    assert call.session.place.step == "explain"


def test_a_branch_asks_again_on_return_and_enter_keeps_the_answer(desk: Desk) -> None:
    call = desk(BRANCHING)
    walk(call, "", "two", "/goto check")
    asked = call.hear("")
    assert asked.question is not None
    assert asked.question.enter == "Enter keeps: two"
    call.hear("")
    assert call.session.place.step == "refund"


def test_a_phrase_with_a_gap_asks_for_its_value_in_the_same_prompt(desk: Desk) -> None:
    call = desk(CAREFUL)
    asked = call.hear("1")
    assert asked.question is not None
    assert asked.question.text == "order number?"
    assert call.hear("A-1042").text.startswith('said: "About A-1042: I see it."')
    assert call.session.values["order_number"] == "A-1042"


def test_a_phrase_with_two_gaps_asks_for_both(desk: Desk) -> None:
    call = desk(
        framework(
            "two",
            [{"id": "a", "intent": "solve", "phrases": [phrase("I can {fix} by {day}.")]}],
            placeholders=["fix", "day"],
        )
    )
    first = call.hear("1")
    second = call.hear("replace it")
    assert (first.question and first.question.text, second.question and second.question.text) == ("fix?", "day?")
    assert call.hear("friday").text.startswith('said: "I can replace it by friday."')
    assert call.hear("1").text.startswith('said: "I can replace it by friday."')


def test_a_phrase_whose_gap_is_passed_over_is_not_said(desk: Desk) -> None:
    call = desk(CAREFUL)
    assert walk(call, "1", "").text == "not said: the order number is missing"
    assert call.session.latest.said == ()
    assert call.hear("/set order_number A-1042").kind == "recorded"


def test_a_required_item_is_asked_for_once_and_does_not_block(desk: Desk) -> None:
    call = desk(CAREFUL)
    asked = call.hear("")
    assert asked.question is not None
    assert asked.question.text == "Not yet: Read the recording notice. Stay or leave anyway?"
    assert asked.question.options == ("stay", "leave")
    assert call.hear("").text == "still here"
    assert call.session.place.step == "record"
    assert call.hear("").kind == "moved"
    assert call.session.place.step == "go-on"


def test_going_back_leaves_a_required_item_for_later_and_asks_nothing(desk: Desk) -> None:
    notice = {"id": "notice", "text": "Read the recording notice", "required": True}
    steps: list[dict[str, object]] = [{"id": id_, "intent": "listen"} for id_ in ("one", "two", "three", "four")]
    steps[1]["checklist"] = [notice]
    call = desk(framework("later", steps))
    call.hear("")
    assert call.hear("b").kind == "moved"
    assert call.session.place.step == "one"
    call.hear("")
    asked = call.hear("/goto four")
    assert asked.question is not None
    assert asked.question.text == "Not yet: Read the recording notice. Stay or leave anyway?"
    call.hear("leave")
    assert call.session.place.step == "four"


def test_leaving_anyway_is_recorded_with_what_was_left_open(desk: Desk) -> None:
    walk(desk(CAREFUL), "", "l", "", "")
    step = desk.kept().steps[0]
    assert step.left_open == ("notice",)
    assert [(one.question, one.answer) for one in step.answers] == [
        ("Not yet: Read the recording notice. Stay or leave anyway?", "leave")
    ]


def test_a_required_item_that_is_done_asks_nothing(desk: Desk) -> None:
    call = desk(CAREFUL)
    assert walk(call, "/tick 1", "").kind == "moved"


def test_a_script_leaves_a_required_item_and_is_informed(desk: Desk) -> None:
    reply = desk(CAREFUL, asks=False).hear("")
    assert (reply.kind, reply.text) == ("moved", "left open: Read the recording notice")


def test_a_killed_call_resumes_at_the_question(desk: Desk, world: CallEnvironment) -> None:
    call = desk(BRANCHING)
    call.hear("")
    call.close()
    again = LiveCall.resume(world, world.home / "live" / f"{call.session.id}.jsonl")
    assert again.session.place.step == "check"
