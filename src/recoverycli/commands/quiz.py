"""`recovery quiz`: answer questions about a framework and words to avoid."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from recoverycli.commands.common import completion_values
from recoverycli.commands.common.context import Setup
from recoverycli.commands.common.help_text import help_with_examples
from recoverycli.commands.common.options import AsJson, InFramework
from recoverycli.errors import NotFound, UsageProblem
from recoverycli.times.clock import now

if TYPE_CHECKING:
    from collections.abc import Sequence

    from recoverycli.frameworks.model import Framework
    from recoverycli.training.quiz.questions import QuizQuestion
    from recoverycli.wording.matcher import Matcher

HELP = help_with_examples(
    "Answer questions about a framework and words to avoid.\n\nWithout a framework, the quiz asks what is due "
    "today. Answer by number; Enter skips a question, q quits. From a pipe, each line of input is an answer. "
    "Only you see the results.",
    "recovery quiz",
    "recovery quiz learn --seed 1",
    "recovery quiz learn --step apologize",
    "recovery quiz learn --seed 1 --print --key > quiz.txt",
)
# Few enough that a seed is easy to type again.
_SEEDS = 10_000
_LONGEST_SEED = 18
# Questions per due step.
_EACH = 2


class _Round(NamedTuple):
    """The questions, the command that repeats them, and a notice."""

    questions: tuple[QuizQuestion, ...]
    title: str
    again: str
    seed: int
    notice: str = ""


def command(
    context: typer.Context,
    framework: InFramework = None,
    *,
    seed: Annotated[
        str | None, typer.Option("--seed", metavar="N", help="Seed; the same number asks the same questions.")
    ] = None,
    questions: Annotated[
        int, typer.Option("--questions", "-n", min=1, max=100, metavar="N", help="Maximum number of questions.")
    ] = 8,
    step: Annotated[
        str | None,
        typer.Option("--step", metavar="ID", help="Ask only about this step.", autocompletion=completion_values.steps),
    ] = None,
    on_paper: Annotated[bool, typer.Option("--print", help="Print the questions without asking them.")] = False,
    key: Annotated[bool, typer.Option("--key", help="Include the answers, in print and in JSON.")] = False,
    as_json: AsJson = False,
) -> None:
    """Answer questions about a framework and words to avoid."""
    setup: Setup = context.obj
    chosen = secrets.randbelow(_SEEDS - 1) + 1 if seed is None else _seed(seed)
    only_due = framework is None and seed is None and step is None
    asked = _due_questions(setup, chosen, questions) if only_due else None
    if asked is None:
        asked = _of_one(setup, framework or setup.settings.framework, chosen, questions, step)
    if as_json:
        setup.output.as_json(
            {"seed": asked.seed, "again": asked.again or None, "questions": _plainly(asked.questions, key=key)}
        )
        return
    if on_paper or key:
        from recoverycli.terminal.views.training.quiz import paper_lines

        for line in paper_lines(asked.questions, ": ".join(filter(None, (asked.title, asked.again))), key=key):
            setup.output.text(line)
        return
    _ask(setup, asked)


def _seed(typed: str) -> int:
    if not typed.isdecimal() or len(typed) > _LONGEST_SEED:
        raise UsageProblem(f"the seed {typed[:40]} is not a whole number", hint="For example: recovery quiz --seed 1")
    return int(typed)


def _ask(setup: Setup, asked: _Round) -> None:
    from recoverycli.store.drill_answers import DrillAnswer, append_answer
    from recoverycli.terminal.quiz import ask_all
    from recoverycli.terminal.views.training.quiz import result_page
    from recoverycli.training.quiz.result import result

    def keep(question: QuizQuestion, right: bool) -> None:
        answer = DrillAnswer(now(), question.framework, question.step, question.kind, right, question.digest)
        append_answer(setup.home, answer)

    if asked.notice:
        setup.output.text(asked.notice)
    answered = ask_all(setup.output, asked.questions, keep)
    setup.output.text("")
    setup.output.show(result_page(result(answered, len(asked.questions)), asked.again))


def _of_one(setup: Setup, framework_id: str, seed: int, count: int, step: str | None, notice: str = "") -> _Round:
    """Questions about one framework, or about one step of it."""
    from recoverycli.commands.common.phrases import named_list
    from recoverycli.training.quiz.quiz import quiz as made

    library = setup.library(complete=True)
    framework = library.load(framework_id).content
    setup.warn(library.faults)
    steps = named_list("step", [step] if step is not None else [], [one.id for one in framework.steps])
    found = made(framework, _wording(setup), seed, count, steps)
    if not found:
        hint = f"Look at its steps: recovery frameworks show {framework.id}"
        raise NotFound(f"there is nothing to ask about {step or framework.name}", hint=hint)
    of_step = f" --step {steps[0]}" if steps else ""
    again = f"recovery quiz {framework.id}{of_step} --seed {seed}{f' -n {count}' if count != 8 else ''}"
    return _Round(found, framework.name, again, seed, notice)


def _due_questions(setup: Setup, seed: int, count: int) -> _Round | None:
    """Questions about what is due now, in order; None without earlier answers."""
    from recoverycli.commands.progress import read_progress
    from recoverycli.training.drills.schedule import format_due

    library = setup.library(complete=True)
    found = read_progress(setup, library, now())
    cards = [card for card in found.cards if card.framework in found.frameworks]
    due = [card for card in cards if card.is_due(found.today)]
    if not due:
        if not cards:
            return None
        ahead = min(cards, key=lambda card: card.due)
        ahead_on = format_due(ahead, found.today).removeprefix("due ")
        notice = f"Nothing is due today; the next is {ahead_on}. A few anyway:"
        return _of_one(setup, setup.settings.framework, seed, count, None, notice)
    matcher = _wording(setup)
    questions: list[QuizQuestion] = []
    for framework_id in dict.fromkeys(card.framework for card in due):
        steps = [card.step for card in due if card.framework == framework_id]
        room = min(_EACH * len(steps), count - len(questions))
        questions += _about(found.frameworks[framework_id], matcher, seed, room, steps)
    if not questions:
        return None
    notice = f"{len(due)} {'step is' if len(due) == 1 else 'steps are'} due today."
    return _Round(tuple(questions), "Due today", "", seed, notice)


def _about(
    framework: Framework, matcher: Matcher, seed: int, room: int, steps: Sequence[str | None]
) -> tuple[QuizQuestion, ...]:
    """Up to the limit of questions, earlier steps first."""
    from recoverycli.training.quiz.quiz import quiz as made

    return made(framework, matcher, seed, room, steps[:room]) if room > 0 else ()


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
            "options": question.options,
        }
        if key:
            facts |= {"step": question.step, "answer": question.answer, "because": question.because}
        told.append(facts)
    return told
