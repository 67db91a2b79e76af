"""Facts about questions from memory: names are matched generously, sentences are read, and doubt counts for nobody."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recoverycli.training.drills.support import LADDER
from recoverycli.training.quiz.judgement import judge
from recoverycli.training.quiz.questions import QuizQuestion, turn
from recoverycli.training.quiz.quiz import quiz
from recoverycli.training.quiz.sentences import SentenceReader
from recoverycli.training.quiz.step_names import read_name
from tests.training.built_in import FRAMEWORKS, framework, matcher

if TYPE_CHECKING:
    from recoverycli.training.drills.support import Support
    from recoverycli.training.quiz.questions import QuestionKind
    from recoverycli.wording.model import GoodAct

CHOOSE_WITH_HINTS, CHOOSE, WORDS_WITH_HINTS, WORDS = LADDER
CUSTOMERS = ("The parcel has not come. My son is four tomorrow.", "You charged me twice. I want my money back.")
SEVEN = ("Acknowledge the issue", "Apologize sincerely", "Assess the situation", "Offer a solution", "Follow up")


@cache
def reader() -> SentenceReader:
    return SentenceReader(matcher())


@cache
def asked(framework_id: str, support: Support = WORDS, count: int = 8, *steps: str | None) -> tuple[QuizQuestion, ...]:
    content = framework(framework_id)
    return quiz(content, matcher(), 1, count, steps, support=lambda _: support, customers=lambda: CUSTOMERS)


def verdict(question: QuizQuestion, typed: str) -> str:
    judged = judge(question, typed, reader())
    assert judged is not None
    return judged.verdict


def typed_question(kind: QuestionKind, *wants: GoodAct, sentence: str = CUSTOMERS[0]) -> QuizQuestion:
    return QuizQuestion(
        framework="learn", framework_name="LEARN", step="listen", step_name="Listen", kind=kind, difficulty=3,
        text="?", sentence=sentence, wants=wants, example="!",
    )  # fmt: skip


def named_question(*names: str) -> QuizQuestion:
    return QuizQuestion(
        framework="learn", framework_name="LEARN", step=None, step_name="", kind="next", difficulty=2, text="?",
        names=names, others=("Listen", "Notify"), example=names[0],
    )  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("follow up", "Follow up"), ("UP FOLLOW", "Follow up"), ("Follow-up", "Follow up"), ("folow up", "Follow up"),
        ("follows up", "Follow up"), ("apologise sincerely", "Apologize sincerely"),
        ("offer solutions", "Offer a solution"),
        ("a solution: offer!", "Offer a solution"), ("âcknowledge thé issue", "Acknowledge the issue"),
        ("acknowledge", "Acknowledge the issue"), ("aknowledge the isue", "Acknowledge the issue"),
        ("the asses situation", "Assess the situation"), ("asess the situation", "Assess the situation"),
        ("", None), ("the", None), ("listen", None), ("follow it up please now", None), ("apologize the issue", None),
        ("aces situation", None),
    ],
)  # fmt: skip
def test_a_step_is_named_in_whatever_way_people_write_it(typed: str, meant: str | None) -> None:
    assert read_name(typed, SEVEN) == meant


def test_a_name_that_could_be_two_steps_is_none_and_the_same_name_comes_before_one_like_it() -> None:
    assert read_name("hear", ("Heart", "Hears")) is not None
    assert read_name("heart", ("Heart", "Hears")) == "Heart"
    assert read_name("say", ("Say sorry", "Say no")) is None
    assert read_name("check", ("Check", "Check identity")) == "Check"


@given(st.text(max_size=60))
def test_whatever_is_typed_has_a_verdict(typed: str) -> None:
    for question in (named_question("Empathize", "empathize"), typed_question("say", "apologizes")):
        assert judge(question, typed, reader()) is not None


@pytest.mark.parametrize("typed", ["", "  ", "?", " ? ", "don't know", "I don’t know.", "dont know", "no idea"])
def test_not_knowing_is_an_answer_of_its_own_to_every_question(typed: str) -> None:
    choice = asked("learn", CHOOSE)[0]
    for question in (choice, named_question("Empathize"), typed_question("say", "apologizes")):
        assert verdict(question, typed) == "unknown"


def test_a_step_has_its_name_or_its_purpose_and_another_step_is_named_as_such() -> None:
    question = named_question("Resolve", "solve")
    assert [verdict(question, typed) for typed in ("resolve", "Solve", "listen", "walk")] == [
        "right", "right", "wrong", "wrong",
    ]  # fmt: skip
    judged = judge(question, "listn", reader())
    assert judged is not None
    assert judged.remarks == ("Listen is another step of LEARN.",)


@pytest.mark.parametrize(
    ("act", "right", "wrong", "unclear"),
    [
        ("apologizes", "I'm sorry that it has not come.", "I'm sorry if you were upset.", "The sky is blue."),
        ("asks", "What happened yesterday?", "Why didn't you call sooner?", "We have a shop in town."),
        ("commits", "I'll call you back before five.", "Someone will be in touch.", "I hear you."),
        ("offers", "I'll send a new one tonight.", "There's nothing I can do.", "Good morning."),
        ("thanks", "Thank you for telling me.", "Calm down.", "What happened yesterday?"),
        ("takes-responsibility", "This was our mistake.", "You must have read it wrong.", "Tomorrow is Monday."),
        (
            "acknowledges",
            "So nothing has come, and your son is four tomorrow.",
            "That's not my department.",
            "Good evening, how nice.",
        ),
    ],
)
def test_a_sentence_is_right_if_it_is_read_to_do_what_was_asked_wrong_if_it_backfires_and_else_not_counted(
    act: GoodAct, right: str, wrong: str, unclear: str
) -> None:
    question = typed_question("say", act)
    assert [verdict(question, typed) for typed in (right, wrong, unclear)] == ["right", "wrong", "unclear"]
    for typed in (right, wrong):
        judged = judge(question, typed, reader())
        assert judged is not None
        assert any(line.startswith('"') for line in judged.remarks), "it quotes the words that it found"
    doubt = judge(question, unclear, reader())
    assert doubt is not None
    assert not doubt.counts
    assert doubt.remarks[0].startswith("It looks for ")


def test_a_repair_must_lose_what_backfires_and_do_what_the_step_is_for() -> None:
    question = typed_question("repair", "asks", "acknowledges", sentence="Calm down")
    assert verdict(question, "Calm down. What happened?") == "wrong"
    assert verdict(question, "Please tell me what happened.") == "right"
    assert verdict(question, "It is late.") == "unclear"


def test_every_question_from_memory_reads_its_own_example_as_right_and_what_is_to_be_repaired_as_wrong() -> None:
    kinds = set()
    for framework_id in FRAMEWORKS:
        for question in asked(framework_id, WORDS, 8):
            assert question.is_typed, (framework_id, question.step)
            assert verdict(question, question.example) == "right", (framework_id, question)
            if question.kind == "repair":
                assert verdict(question, question.sentence) == "wrong", (framework_id, question)
            kinds.add(question.kind)
    assert kinds == {"next", "name", "say", "repair"}


def test_every_step_can_be_asked_about_from_memory() -> None:
    for framework_id in ("learn", "seven-step"):
        for step in framework(framework_id).steps:
            questions = asked(framework_id, WORDS, 1, step.id)
            assert [question.step for question in questions] == [step.id], (framework_id, step.id)
            assert questions[0].is_typed


def test_what_comes_next_is_only_asked_where_no_answer_decides_it() -> None:
    steps = framework("double-charge").steps
    for question in asked("double-charge", WORDS, 30, None):
        (place,) = [number for number, step in enumerate(steps) if step.name == question.example]
        assert not steps[place].by_path
        assert place == 0 or not steps[place - 1].by_path


def test_support_decides_whether_to_choose_and_whether_with_a_hint() -> None:
    for support in LADDER:
        questions = asked("learn", support)
        assert len(questions) == 8
        assert {question.is_typed for question in questions} == {support.own_words}
        assert all(bool(question.hint) == support.hints for question in questions), support.name


def test_support_is_that_of_each_step() -> None:
    content = framework("learn")
    left = {"listen": WORDS, "notify": WORDS_WITH_HINTS}
    questions = quiz(
        content, matcher(), 1, 20, support=lambda step: left.get(step or "", CHOOSE), customers=lambda: CUSTOMERS
    )
    for question in questions:
        support = left.get(question.step or "", CHOOSE)
        assert (question.is_typed, bool(question.hint)) == (support.own_words, support.hints), question


def test_a_question_that_comes_again_has_its_options_elsewhere_and_the_same_answer() -> None:
    for question in asked("learn", CHOOSE, 20):
        turned = turn(question)
        assert turned.options != question.options
        assert turned.digest == question.digest
        for before, after in zip(question.answer, turned.answer, strict=True):
            assert question.options[before - 1] == turned.options[after - 1]
        if question.remarks:
            remarks = dict(zip(question.options, question.remarks, strict=True))
            assert remarks == dict(zip(turned.options, turned.remarks, strict=True))
