"""Facts about quizzes: the same seed asks the same, nothing comes twice, and one answer alone is right."""

from __future__ import annotations

import os
import subprocess
import sys
from random import Random
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from recoverycli.frameworks.phrasing import fill
from recoverycli.training.quiz.questions import QuizQuestion, read_answer, shuffle
from recoverycli.training.quiz.quiz import choices, quiz
from recoverycli.training.quiz.step_questions import step_questions
from recoverycli.training.quiz.word_questions import word_questions
from recoverycli.wording.matcher import Signs
from tests.cases import for_each
from tests.content import framework as made
from tests.content import phrase
from tests.examples import examples
from tests.training.built_in import FRAMEWORKS, framework, matcher

if TYPE_CHECKING:
    from recoverycli.frameworks.model import Framework

SIGNS = [(one.id, sign) for one in matcher().wording.intents for sign in one.signs]
frameworks = st.sampled_from(FRAMEWORKS).map(framework)
seeds = st.integers(0, 10**9)


def bare(text: str) -> str:
    return "".join(letter for letter in text.casefold() if letter.isalnum())


@examples(5, at_random=15)
@given(frameworks, seeds)
def test_the_same_seed_asks_the_same_questions_and_nothing_comes_twice(content: Framework, seed: int) -> None:
    asked = quiz(content, matcher(), seed, 30)
    assert asked == quiz(content, matcher(), seed, 30)
    assert len(asked) == 30
    assert len({question.digest for question in asked}) == len(asked)
    sentences = [bare(question.sentence) for question in asked if question.sentence]
    assert len(set(sentences)) == len(sentences)
    assert [one.difficulty for one in asked] == sorted(one.difficulty for one in asked)


@examples(5, at_random=15)
@given(frameworks, seeds)
def test_one_answer_alone_is_right(content: Framework, seed: int) -> None:
    for question in quiz(content, matcher(), seed, 12):
        assert len({bare(option) for option in question.options}) == len(question.options) >= 2
        if question.kind == "order":
            assert sorted(question.answer) == list(range(1, len(question.options) + 1))
            order = [step.name for step in content.steps if step.name in question.options]
            assert [question.options[number - 1] for number in question.answer] == order
            assert list(question.options) != order
        else:
            (right,) = question.answer
            others = [line for number, line in enumerate(question.options, start=1) if number != right]
            proved(content, question, question.options[right - 1], others)


def proved(content: Framework, question: QuizQuestion, right: str, others: list[str]) -> None:
    """Look at the content anew: the right option is right, and no other is."""
    steps = {step.name: step for step in content.steps}
    bad = matcher().findings
    avoided = {avoid.say for step in content.steps for avoid in step.avoid}
    match question.kind:
        case "goal":
            assert [name for name, step in steps.items() if step.goal == question.sentence] == [right]
        case "step":
            said_in = [
                name for name, step in steps.items() if question.sentence in {fill(one.say, {}) for one in step.phrases}
            ]
            assert said_in == [right]
            own = {steps[right].intent, *steps[right].also}
            assert not any(own & {steps[name].intent, *steps[name].also} for name in others)
        case "why":
            (pattern,) = {found.pattern.id: found.pattern for found in bad(question.sentence)}.values()
            assert pattern.because == right
        case "better":
            assert not bad(right)
            assert all(bad(line) or line in avoided for line in [*others, question.sentence])
        case "spot":
            assert bad(right)
            assert not any(map(bad, others))
        case "missing":
            names = {part.id: part.name for part in matcher().wording.parts}
            there = {names[part] for part in matcher().parts(question.sentence)}
            assert right not in there
            assert there == set(others)
        case "finish":
            assert not bad(f"{question.sentence} {right}")
            assert all(bad(line) for line in others)
            assert set(matcher().parts(right)) - set(matcher().parts(question.sentence))


@for_each("framework_id", FRAMEWORKS)
def test_every_step_of_every_framework_can_be_asked_about(framework_id: str) -> None:
    content = framework(framework_id)
    waiting = {step.id for step in content.steps}
    # Questions about words take much longer to make, and few steps have no other ones.
    for possible in (step_questions(content, matcher(), Signs(SIGNS)), word_questions(content, matcher())):
        for one in possible:
            if not waiting:
                return
            if one.step in waiting and one.make(Random(1)) is not None:
                waiting.remove(one.step)
    assert waiting == set()


def test_a_quiz_about_a_step_asks_about_no_other() -> None:
    for step in framework("learn").steps:
        asked = quiz(framework("learn"), matcher(), 1, 5, [step.id])
        assert {question.step for question in asked} == {step.id}


def test_a_quiz_is_mixed_of_many_kinds_and_all_steps() -> None:
    asked = quiz(framework("learn"), matcher(), 1, 20)
    assert len({question.kind for question in asked}) >= 7
    assert {question.step for question in asked} >= {"listen", "empathize", "apologize", "resolve", "notify"}


def test_what_has_no_apology_is_not_asked_about_one() -> None:
    assert not {"missing", "finish"} & {one.kind for one in choices(framework("latte"), matcher())}
    assert {"missing", "finish"} <= {one.kind for one in choices(framework("heart"), matcher())}


def test_a_phrase_that_is_in_two_steps_or_serves_another_is_not_asked() -> None:
    content = made(
        "own",
        [
            {"id": "hear", "intent": "listen", "phrases": [phrase("Is that it?"), phrase("I have all day.")]},
            {"id": "sorry", "intent": "apologize", "phrases": [phrase("Is that it, {customer|then}?")]},
            {"id": "do", "intent": "solve", "phrases": [phrase("I'm sorry, it leaves now."), phrase("Is that it?")]},
        ],
    )
    asked = quiz(content, matcher(), 3, 100)
    said = {question.sentence for question in asked if question.kind == "step"}
    assert said == {"I have all day.", "Is that it, then?"}


def test_a_sorry_in_another_step_is_not_asked_also_where_none_is_named_after_it() -> None:
    sorry = [phrase(f"I'm sorry about the {what}.") for what in ("wait", "price", "noise")]
    content = made(
        "own",
        [
            {
                "id": "hear",
                "intent": "listen",
                "phrases": [sorry[0], phrase("What happened then?"), phrase("And now?")],
            },
            {"id": "mend", "intent": "solve", "phrases": [*sorry[1:], phrase("What would help you?")]},
            {"id": "thank", "intent": "thank"},
        ],
    )
    listen = content.steps[0]
    assert any("regret" in matcher().parts(one.say) for one in listen.phrases)
    asked = [one for one in quiz(content, matcher(), 1, 100, [listen.id]) if one.kind == "step"]
    assert asked
    assert not any("regret" in matcher().parts(question.sentence) for question in asked)


def test_a_step_that_serves_the_same_is_never_offered_beside_the_right_one() -> None:
    content = made(
        "own",
        [
            {"id": "ask", "intent": "assess"},
            {"id": "check", "intent": "solve", "also": ["assess"]},
            {"id": "thank", "intent": "thank"},
        ],
    )
    for question in quiz(content, matcher(), 1, 100):
        if question.kind in {"step", "goal"}:
            (right,) = question.answer
            others = set(question.options) - {question.options[right - 1]}
            assert others == {"Thank"} or question.options[right - 1] == "Thank"


def test_a_quiz_depends_on_no_order_of_hashes() -> None:
    code = (
        "from tests.training.built_in import framework, matcher\n"
        "from recoverycli.training.quiz.quiz import quiz\n"
        "for asked in quiz(framework('double-charge'), matcher(), 1, 20):\n"
        "    print(asked.digest, asked.options, asked.answer)\n"
    )

    def printed(seed: str) -> str:
        environ = {**os.environ, "PYTHONHASHSEED": seed}
        return subprocess.run(
            [sys.executable, "-c", code], capture_output=True, env=environ, check=True, encoding="utf-8"
        ).stdout

    assert printed("0") == printed("1") == printed("4711") != ""


def test_what_chance_makes_of_a_seed_is_the_same_everywhere() -> None:
    assert shuffle("abcdefgh", Random(1)) == ["a", "d", "f", "e", "g", "c", "h", "b"]


@for_each(
    "typed, meant",
    [
        ("2", (2,)),
        (" 2. ", (2,)),
        ("two", None),
        ("4", None),
        ("0", None),
        ("1 2", None),
        ("EMPATHIZE", (2,)),
        ("²", None),
    ],
)
def test_an_answer_is_a_number_or_the_words_themselves(typed: str, meant: tuple[int, ...] | None) -> None:
    assert read_answer(question_of("Listen", "Empathize", "Notify"), typed) == meant


@for_each(
    "typed, meant",
    [
        ("3 1 2", (3, 1, 2)), ("3,1,2", (3, 1, 2)), ("312", (3, 1, 2)), ("3 > 1 > 2", (3, 1, 2)), ("1 2", None),
        ("1 1 2", None), ("Listen", None), ("1 2 4", None),
    ],
)  # fmt: skip
def test_an_order_is_all_numbers_each_once(typed: str, meant: tuple[int, ...] | None) -> None:
    asked = question_of("Listen", "Empathize", "Notify", answer=(1, 2, 3))
    assert read_answer(asked, typed) == meant


def question_of(*options: str, answer: tuple[int, ...] = (1,)) -> QuizQuestion:
    return QuizQuestion(
        framework="learn",
        framework_name="LEARN",
        step=None,
        step_name="",
        kind="order" if len(answer) > 1 else "step",
        difficulty=1,
        text="?",
        options=options,
        answer=answer,
    )


@given(st.text(max_size=40))
def test_whatever_is_typed_is_an_answer_or_none(typed: str) -> None:
    for answer in ((1,), (1, 2, 3)):
        given_ = read_answer(question_of("Listen", "Empathize", "Notify", answer=answer), typed)
        assert given_ is None or set(given_) <= {1, 2, 3}
