"""`recovery quiz`: answer questions about a framework and words to avoid."""

from __future__ import annotations

import secrets
from functools import cache
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from recoverycli.commands.common import completion_values
from recoverycli.commands.common.context import Setup
from recoverycli.commands.common.help_text import help_with_examples
from recoverycli.commands.common.options import AsJson, InFramework
from recoverycli.errors import NotFound, UsageProblem
from recoverycli.times.clock import now

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from recoverycli.frameworks.library import FrameworkLibrary
    from recoverycli.frameworks.model import Framework
    from recoverycli.training.drills.support import Support
    from recoverycli.training.quiz.questions import QuizQuestion
    from recoverycli.training.quiz.result import AnsweredQuestion
    from recoverycli.training.quiz.rounds import Material
    from recoverycli.wording.matcher import Matcher

HELP = help_with_examples(
    "Answer questions about a framework and words to avoid.\n\nWithout a framework, the quiz asks what is due "
    "today. At first you choose an answer by number; with good results you type it from memory. Enter or ? says that "
    "you do not know, q quits; what you miss comes again. From a pipe, each line of input is an answer. Only you see "
    "the results.",
    "recovery quiz",
    "recovery quiz learn --step apologize",
    "recovery quiz learn --own-words --hints",
    "recovery quiz learn --class --big",
    "recovery quiz learn --seed 1 --print --key > quiz.txt",
)
# Few enough that a seed is easy to type again.
_SEEDS = 10_000
_LONGEST_SEED = 18
_USUAL = 8


class _Round(NamedTuple):
    """The questions, the command that repeats them, a notice, and why the answers do not count, if they do not."""

    questions: tuple[QuizQuestion, ...]
    title: str
    again: str
    seed: int
    notice: str = ""
    uncounted: str = ""


class _Wish(NamedTuple):
    """What was asked for on the command line; `support` is None for that of the results."""

    framework: str | None
    seed: int
    most: int
    step: str | None
    support: Support | None
    uncounted: str

    @property
    def options(self) -> str:
        """The options that repeat it, besides the seed."""
        words = (
            f"--step {self.step}" if self.step else "",
            "--own-words" if self.support is not None and self.support.own_words else "",
            "--hints" if self.support is not None and self.support.hints else "",
            f"-n {self.most}" if self.most != _USUAL else "",
        )
        return "".join(f" {one}" for one in words if one)


def command(
    context: typer.Context,
    framework: InFramework = None,
    *,
    seed: Annotated[
        str | None,
        typer.Option("--seed", metavar="N", help="The same number asks the same questions; the answers do not count."),
    ] = None,
    questions: Annotated[
        int, typer.Option("--questions", "-n", min=1, max=100, metavar="N", help="Maximum number of questions.")
    ] = _USUAL,
    step: Annotated[
        str | None,
        typer.Option("--step", metavar="ID", help="Ask only about this step.", autocompletion=completion_values.steps),
    ] = None,
    own_words: Annotated[bool, typer.Option("--own-words", help="Type the answers from memory.")] = False,
    hints: Annotated[bool, typer.Option("--hints", help="Show a hint with every question.")] = False,
    for_class: Annotated[
        bool, typer.Option("--class", help="A quiz with a class: the answers do not count as yours.")
    ] = False,
    big: Annotated[bool, typer.Option("--big", help="One question at a time, for a projector.")] = False,
    on_paper: Annotated[bool, typer.Option("--print", help="Print the questions without asking them.")] = False,
    key: Annotated[bool, typer.Option("--key", help="Include the answers, in print and in JSON.")] = False,
    as_json: AsJson = False,
) -> None:
    """Answer questions about a framework and words to avoid."""
    setup: Setup = context.obj
    chosen = secrets.randbelow(_SEEDS - 1) + 1 if seed is None else _seed(seed)
    uncounted = _FOR_CLASS if for_class else _SEEDED if seed is not None else ""
    wish = _Wish(framework, chosen, questions, step, _support(own_words, hints, uncounted), uncounted)
    asked = choose_questions(setup, wish)
    if as_json:
        setup.output.as_json(
            {
                "seed": asked.seed,
                "again": asked.again or None,
                "counts": not asked.uncounted,
                "questions": _plainly(asked.questions, key=key),
            }
        )
        return
    if on_paper or key:
        from recoverycli.terminal.views.training.quiz import paper_lines

        for line in paper_lines(asked.questions, ": ".join(filter(None, (asked.title, asked.again))), key=key):
            setup.output.text(line)
        return
    _ask(setup, asked, big=big)


_FOR_CLASS = "This quiz is for a class: it does not count, and nothing is stored."
_SEEDED = "With --seed, a quiz does not count: nothing is stored."


def _support(own_words: bool, hints: bool, uncounted: str) -> Support | None:
    """The support of the options; where answers count and no option is given, results decide."""
    from recoverycli.training.drills.support import LADDER

    if not (own_words or hints or uncounted):
        return None
    return next(one for one in LADDER if (one.own_words, one.hints) == (own_words, hints))


def _seed(typed: str) -> int:
    if not typed.isdecimal() or len(typed) > _LONGEST_SEED:
        raise UsageProblem(f"the seed {typed[:40]} is not a whole number", hint="For example: recovery quiz --seed 1")
    return int(typed)


def _ask(setup: Setup, asked: _Round, *, big: bool = False) -> None:
    from recoverycli.store.drill_answers import DrillAnswer, append_answer
    from recoverycli.terminal.quiz import ask_all
    from recoverycli.terminal.views.training.quiz import result_page
    from recoverycli.training.quiz.judgement import judge
    from recoverycli.training.quiz.result import result
    from recoverycli.training.quiz.sentences import SentenceReader

    reader = SentenceReader(_wording(setup))

    def keep(answered: AnsweredQuestion) -> None:
        if asked.uncounted:
            return
        question = answered.question
        answer = DrillAnswer(
            now(),
            question.framework,
            question.step,
            question.kind,
            answered.verdict == "right",
            question.digest,
            known=answered.verdict != "unknown",
            hinted=bool(question.hint),
            again=answered.again,
        )
        append_answer(setup.home, answer)

    for line in filter(None, (asked.notice, asked.uncounted)):
        setup.output.text(line)
    answered = ask_all(setup.output, asked.questions, lambda one, typed: judge(one, typed, reader), keep, big=big)
    setup.output.text("")
    setup.output.show(result_page(result(answered, len(asked.questions)), asked.again, asked.uncounted))


def choose_questions(setup: Setup, wish: _Wish) -> _Round:
    """Return the questions: what is due, or about one framework or step."""
    library = setup.library(complete=True)
    if wish.framework is None and wish.step is None and not wish.uncounted:
        due = _due(setup, library, wish)
        if due is not None:
            return due
    return _of_one(setup, library, wish)


def _of_one(setup: Setup, library: FrameworkLibrary, wish: _Wish, notice: str = "") -> _Round:
    """Questions about one framework, or about one step of it."""
    from recoverycli.commands.common.phrases import named_list
    from recoverycli.commands.progress import read_progress
    from recoverycli.training.quiz.rounds import ask_about

    framework = library.load(wish.framework or setup.settings.framework).content
    setup.warn(library.faults)
    steps = named_list("step", [wish.step] if wish.step is not None else [], [one.id for one in framework.steps])
    found = {} if wish.support is not None else read_progress(setup, library, now()).support.quiz
    material = _material(setup, {framework.id: framework}, found, wish)
    made = ask_about(material, framework, wish.seed, wish.most, steps)
    if not made:
        hint = f"Look at its steps: recovery frameworks show {framework.id}"
        raise NotFound(f"there is nothing to ask about {wish.step or framework.name}", hint=hint)
    # What results decide is not the same when it is asked again.
    again = f"recovery quiz {framework.id}{wish.options} --seed {wish.seed}" if wish.support is not None else ""
    return _Round(made, framework.name, again, wish.seed, notice, wish.uncounted)


def _due(setup: Setup, library: FrameworkLibrary, wish: _Wish) -> _Round | None:
    """Questions about what is due today, in order, and about what is new; None without earlier answers."""
    from recoverycli.commands.progress import read_progress
    from recoverycli.text.format import plural
    from recoverycli.training.drills.schedule import format_due
    from recoverycli.training.quiz.rounds import due_questions

    found = read_progress(setup, library, now())
    cards = [card for card in found.cards if card.framework in found.frameworks]
    if not cards:
        return None
    due = [card for card in cards if card.is_due(found.today)]
    material = _material(setup, found.frameworks, found.support.quiz, wish)
    questions = due_questions(material, cards, found.today, wish.seed, wish.most)
    if not questions:
        ahead_on = format_due(min(cards, key=lambda card: card.due), found.today).removeprefix("due ")
        notice = f"Nothing is due today; the next is {ahead_on}. A few anyway:"
        return _of_one(setup, library, wish, notice)
    asked = {(one.framework, one.step) for one in questions}
    new = len(asked - {(card.framework, card.step) for card in cards})
    is_due = f"{plural(len(due), 'step')} {'is' if len(due) == 1 else 'are'} due today"
    is_new = f"{plural(new, 'step')} {'is' if new == 1 else 'are'} new" if new else ""
    notice = ", ".join(filter(None, (is_due if due else "Nothing is due today", is_new)))
    return _Round(questions, "Due today", "", wish.seed, f"{notice}.", wish.uncounted)


def _material(
    setup: Setup, frameworks: Mapping[str, Framework], found: Mapping[tuple[str, str | None], Support], wish: _Wish
) -> Material:
    from recoverycli.training.quiz.rounds import Material, support_by_results

    by_results = support_by_results(found)
    fixed = wish.support
    support = by_results if fixed is None else lambda _framework, _step: fixed
    return Material(frameworks, _wording(setup), lambda: _customers(setup), support)


@cache
def _customers(setup: Setup) -> tuple[str, ...]:
    """What the customers of scenarios say first."""
    from recoverycli.training.scenarios.draw import draw
    from recoverycli.training.scenarios.model import first_wording

    drawn = [draw(one.content) for one in setup.scenarios().listing().entries]
    return tuple(first_wording(one.node(one.start).says) for one in drawn)


@cache
def _wording(setup: Setup) -> Matcher:
    from recoverycli.commands.common.start_call import WordingLoader

    wording = WordingLoader(setup)
    matcher = wording()
    setup.warn(wording.problems)
    return matcher


def _plainly(questions: Sequence[QuizQuestion], *, key: bool) -> list[dict[str, object]]:
    """The questions for scripts. The answers are included only with the key."""
    told = []
    for number, question in enumerate(questions, start=1):
        facts: dict[str, object] = {
            "number": number,
            "framework": question.framework,
            "kind": question.kind,
            "difficulty": question.difficulty,
            "text": question.text,
            "sentence": question.sentence or None,
            "hint": question.hint or None,
            "options": question.options,
        }
        if key:
            answer = question.answer if question.options else question.example
            facts |= {"step": question.step, "answer": answer, "because": question.because}
        told.append(facts)
    return told
