"""`recovery progress`: show your training progress and what to repeat next."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from recoverycli.commands.common.context import Setup
from recoverycli.commands.common.help_text import help_with_examples
from recoverycli.commands.common.options import AsJson, Overwrite
from recoverycli.errors import ContentProblem, UsageProblem
from recoverycli.times.clock import now

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, datetime
    from pathlib import Path

    from recoverycli.frameworks.library import FrameworkLibrary
    from recoverycli.frameworks.model import Framework
    from recoverycli.review.exporters.cells import Cell
    from recoverycli.session.transcript.model import Call
    from recoverycli.store.drill_answers import DrillAnswer
    from recoverycli.training.drills.progress import Progress, SupportLeft
    from recoverycli.training.drills.schedule import StepMemory

HELP = help_with_examples(
    "Show your training progress and what to repeat next.\n\nThis includes how likely you are to remember each "
    "step, when it comes up again, and the scores of your role-plays. Only you see it unless you export it: "
    "a .csv for a spreadsheet, or a .json with everything.",
    "recovery progress",
    "recovery progress --export progress.csv",
    "recovery progress --export progress.json --no-names",
)
_HEAD = (
    "learner", "what", "framework", "name", "tries", "missed", "recall", "stability days", "score", "ending", "last",
    "due", "support", "difficulty", "given", "hints", "seconds",
)  # fmt: skip
_SUFFIXES = (".csv", ".json")


def command(
    context: typer.Context,
    *,
    export: Annotated[
        str | None, typer.Option("--export", metavar="FILE", help="Export to a .csv or .json file.")
    ] = None,
    no_names: Annotated[bool, typer.Option("--no-names", help="Leave your name out.")] = False,
    yes: Overwrite = False,
    as_json: AsJson = False,
) -> None:
    """Show your training progress and what to repeat next."""
    setup: Setup = context.obj
    target = None if export is None else _target(export, yes=yes)
    found = _progress(setup, named=not no_names)
    if target is not None:
        _write(target, found)
        setup.output.tell(f"Written for your trainer: {target}")
    elif as_json:
        setup.output.as_json(found)
    else:
        from recoverycli.terminal.views.training.progress import progress_page

        setup.output.show(progress_page(found))


def _progress(setup: Setup, *, named: bool) -> Progress:
    from recoverycli.training.drills.progress import progress as made

    moment = now()
    found = read_progress(setup, setup.library(), moment)
    counted = [answer.right for answer in found.answers if not answer.again]
    learner = setup.settings.agent if named else None
    return made(
        found.cards,
        found.frameworks,
        found.role_plays,
        found.support,
        (len(counted), sum(counted)),
        (moment, found.today),
        learner or None,
    )


def _target(export: str, *, yes: bool) -> Path:
    from recoverycli.commands.common.export_target import ready

    target = ready(export, overwrite=yes)
    if target is None or target.suffix.casefold() not in _SUFFIXES:
        raise UsageProblem(
            f"{export} does not end in .csv or .json", hint="For example: recovery progress --export me.csv"
        )
    return target


def _write(target: Path, found: Progress) -> None:
    import msgspec

    from recoverycli.commands.common.export_target import write_export
    from recoverycli.review.exporters.cells import table

    if target.suffix.casefold() == ".json":
        write_export(target, msgspec.json.format(msgspec.json.encode(found), indent=1) + b"\n")
    else:
        write_export(target, "".join(table(_HEAD, _rows(found))).encode())


def _rows(found: Progress) -> Iterator[tuple[Cell, ...]]:
    none = (None, None, None, None)
    for step in found.steps:
        yield (
            found.learner, "step", step.framework, step.step or "order", step.tries, step.missed, step.recall,
            step.stability, None, None, step.last_at,
            None if step.due is None else step.due.isoformat(), step.support, *none,
        )  # fmt: skip
    for one in found.frameworks:
        yield (
            found.learner, "framework", one.framework, one.framework, *none, None,
            None if one.reached_on is None else f"reached on {one.reached_on}", None, None, one.support, *none,
        )  # fmt: skip
    for play in found.plays:
        yield (
            found.learner, "role-play", play.framework, play.scenario, *none, play.score, play.ending,
            play.at, None, None, play.difficulty, None, None, None,
        )  # fmt: skip
        for answer in play.answers:
            yield (
                found.learner, "answer", play.framework, f"{play.scenario}/{answer.node}", *none, answer.points, None,
                play.at, None, None, play.difficulty, answer.given, answer.hints, answer.seconds,
            )  # fmt: skip


class LearnerRecord(NamedTuple):
    """The facts, role-plays newest first, what to repeat, in order, the frameworks, and the support that is left.

    `today` is the day of training.
    """

    today: date
    answers: tuple[DrillAnswer, ...]
    role_plays: tuple[Call, ...]
    cards: tuple[StepMemory, ...]
    frameworks: dict[str, Framework]
    support: SupportLeft


def read_progress(setup: Setup, library: FrameworkLibrary, moment: datetime) -> LearnerRecord:
    """Read all results; unreadable ones are reported and skipped. Raises StoreProblem."""
    from recoverycli.store.calls.transcript_file import Skipped
    from recoverycli.store.drill_answers import read_answers
    from recoverycli.training.drills.days import training_day
    from recoverycli.training.drills.progress import SupportLeft
    from recoverycli.training.drills.schedule import known_steps, reviews
    from recoverycli.training.drills.support import answer_support, framework_support, play_results

    begins = setup.settings.day_begins
    today = training_day(moment, begins)
    read = read_answers(setup.home)
    for line in read.damaged[:5]:
        setup.output.tell(f"warning: {read.path}:{line}: this is not a valid answer; it is ignored")
    if len(read.damaged) > 5:
        setup.output.tell(f"warning: {read.path}: {len(read.damaged) - 5} more lines are ignored")
    plays: list[Call] = []
    for one in setup.archive(practice=True).each():
        if isinstance(one, Skipped):
            setup.output.tell(f"warning: {one.path}: {one.why}; it was skipped")
        else:
            plays.append(one.transcript.call)
    cards = known_steps(reviews(read.answers, plays, begins), today)
    results = play_results(plays, begins)
    played = dict.fromkeys(one.framework for one in results)
    frameworks = _frameworks(library, [*(card.framework for card in cards), *played])
    support = SupportLeft(
        answer_support(read.answers, begins),
        {one: framework_support([each for each in results if each.framework == one]) for one in played},
    )
    return LearnerRecord(today, read.answers, tuple(plays), cards, frameworks, support)


def _frameworks(library: FrameworkLibrary, ids: list[str]) -> dict[str, Framework]:
    """The frameworks that still exist."""
    found: dict[str, Framework] = {}
    for framework_id in dict.fromkeys(ids):
        try:
            found[framework_id] = library.load(framework_id).content
        except (UsageProblem, ContentProblem):
            continue
    return found
