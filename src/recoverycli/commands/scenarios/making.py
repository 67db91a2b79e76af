"""`recovery scenarios new`: a scenario of one's own, from questions, another one, or a call that was taken."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from recoverycli import locations
from recoverycli.commands import completing
from recoverycli.commands.examples import described
from recoverycli.commands.exporting import put, ready
from recoverycli.commands.setup import Setup
from recoverycli.errors import ContentProblem, UsageProblem
from recoverycli.store.files import make_folder
from recoverycli.training.scenario import DIFFICULTIES

if TYPE_CHECKING:
    from recoverycli.training.scenario_draft import Draft

HELP = described(
    "Write a role-play of your own: it asks its way to a valid file, or begins with another one or with a past call, "
    "of which every name and number is taken out.",
    "recovery scenarios new lost-luggage",
    "recovery scenarios new my-parcel --from late-parcel",
    "recovery scenarios new from-tuesday --from-call last",
)
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def command(
    context: typer.Context,
    scenario: Annotated[str | None, typer.Argument(metavar="[ID]", help="Small letters, digits and dashes.")] = None,
    *,
    example: Annotated[
        str | None,
        typer.Option("--from", metavar="ID", help="Begin with that one.", autocompletion=completing.scenarios),
    ] = None,
    call: Annotated[
        str | None,
        typer.Option("--from-call", metavar="ID", help="Begin with a past call.", autocompletion=completing.calls),
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write it there; named after its id.")
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Write over a file that is there.")] = False,
) -> None:
    """Write a role-play of your own."""
    setup: Setup = context.obj
    if example is not None and call is not None:
        raise UsageProblem("--from and --from-call: one of them", hint="For example: recovery scenarios new a --from b")
    wanted = _id(setup, scenario or (output.stem if output else None))
    if output is not None and output.stem != wanted:
        raise UsageProblem(f"the id is {wanted} and the file {output.name}", hint="A file is named after its id.")
    target = output.expanduser().absolute() if output is not None else _folder(setup) / f"{wanted}.yaml"
    if target.exists() and not yes:
        raise UsageProblem(f"{target} is there already", kept="It is as it was.", hint="Write over it with --yes.")
    text = _copied(setup, example, wanted) if example is not None else _drafted(setup, call, wanted)
    _sound(text, target, setup)
    if output is None:
        make_folder(target.parent, target.parent)
    put(ready(str(target), overwrite=True), text.encode())
    setup.output.text(f"Written: {target}")
    setup.output.text(f"Fill it with life, then: recovery scenarios validate {target}")


def _id(setup: Setup, wanted: str | None) -> str:
    from recoverycli.terminal.asking import ask_text

    found = wanted or ask_text(setup.output, "An id for it, in small letters, digits and dashes:", "")
    if not found:
        raise UsageProblem("which id?", hint="For example: recovery scenarios new lost-luggage")
    if not _ID.fullmatch(found) or len(found) > 60:
        raise UsageProblem(f"{found[:60]} is no id", hint="Small letters, digits and dashes, such as lost-luggage")
    return found


def _folder(setup: Setup) -> Path:
    """Where it is found by itself: in the project, else among the user's own."""
    return (setup.project or locations.config_home(os.environ)) / "scenarios"


def _copied(setup: Setup, example: str, wanted: str) -> str:
    loaded = setup.scenarios().load(example)
    text = Path(loaded.path).read_text(encoding="utf-8-sig")
    return re.sub(rf"(?m)^id: *{re.escape(example)}\b", f"id: {wanted}", text, count=1)


def _drafted(setup: Setup, call: str | None, wanted: str) -> str:
    from recoverycli.training.scenario_draft import Draft, as_yaml, from_call

    if call is not None:
        from recoverycli.commands.kept import find

        return as_yaml(from_call(find(setup, call).transcript.call, wanted))
    draft = Draft(wanted, wanted.replace("-", " ").capitalize())
    return as_yaml(_asked(setup, draft) if setup.look.interactive else draft)


def _asked(setup: Setup, draft: Draft) -> Draft:
    """Ask for what a scenario lives by; Enter leaves what stands there."""
    from typing import get_args

    from recoverycli.framework.model import CHANNELS, MOODS
    from recoverycli.terminal.asking import ask_text
    from recoverycli.terminal.choosing import choose
    from recoverycli.training.scenario import Industry
    from recoverycli.training.scenario_draft import Exchange

    def words(question: str, default: str) -> str:
        return ask_text(setup.output, question, default)

    def one_of(question: str, default: str, options: tuple[str, ...]) -> str:
        chosen = choose(setup.output, question, options)
        return chosen if chosen in options else default

    draft = draft._replace(
        name=words("A name for it:", draft.name),
        summary=words("What it is about, in a sentence:", draft.summary),
        industry=one_of("Where does it happen?", draft.industry, get_args(Industry)),
        difficulty=one_of("How difficult?", draft.difficulty, DIFFICULTIES),
        who=words("Who is the customer?", draft.who),
        happened=words("What happened to them?", draft.happened),
        feels=words("How do they feel?", draft.feels),
        wants=words("What do they want?", draft.wants),
        unsaid=words("What do they not say unless somebody asks?", draft.unsaid),
    )
    channel = one_of("How do they talk to you?", draft.channel, CHANNELS)
    mood = one_of("In which mood do they begin?", draft.mood, MOODS)
    first = Exchange(
        words("What do they say first?", "What the customer says first."),
        words("What would be a good answer?", "An answer that lets them tell it."),
        ("listen",),
        words("And what would make it worse?", "One that cuts them off."),
    )
    known_channel = next(one for one in CHANNELS if one == channel)
    known_mood = next(one for one in MOODS if one == mood)
    return draft._replace(channel=known_channel, mood=known_mood, exchanges=(first,))


def _sound(text: str, target: Path, setup: Setup) -> None:
    """Raise ContentProblem where the file would not be valid: nothing is written then."""
    from recoverycli.training.scenario_reader import read_scenario

    read = read_scenario(text.encode(), str(target), setup.library().ids())
    if read.problems:
        lines = "\n".join(problem.as_line() for problem in read.problems)
        raise ContentProblem(f"it would not be valid:\n{lines}", hint="Try again.", kept="No file was written.")
