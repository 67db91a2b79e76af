"""`recovery scenarios new`: create a role-play."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from recoverycli.commands.common import completion_values, draft_file
from recoverycli.commands.common.context import Setup
from recoverycli.commands.common.help_text import help_with_examples
from recoverycli.commands.common.options import NewFile, NewId, Overwrite
from recoverycli.content.draft import LONGEST_ANSWER, copy_file
from recoverycli.content.schema import schema_text
from recoverycli.errors import UsageProblem
from recoverycli.system.programs import quote_word
from recoverycli.training.scenarios.draft import SCHEMA_FILE
from recoverycli.training.scenarios.model import DIFFICULTIES
from recoverycli.training.scenarios.reader import read_scenario
from recoverycli.training.scenarios.schema import scenario_schema

if TYPE_CHECKING:
    from recoverycli.terminal.ask.interview import Interview
    from recoverycli.training.scenarios.draft import ScenarioDraft

HELP = help_with_examples(
    "Create a role-play.\n\nOn a terminal, the command asks questions and writes a valid file. You can also "
    "start from another role-play, or from a past call with every name and number removed.",
    "recovery scenarios new lost-luggage",
    "recovery scenarios new my-parcel --from late-parcel",
    "recovery scenarios new from-tuesday --from-call last",
)


def command(
    context: typer.Context,
    scenario: NewId = None,
    *,
    example: Annotated[
        str | None,
        typer.Option(
            "--from", metavar="ID", help="Start from this role-play.", autocompletion=completion_values.scenarios
        ),
    ] = None,
    call: Annotated[
        str | None,
        typer.Option(
            "--from-call", metavar="ID", help="Start from a past call.", autocompletion=completion_values.calls
        ),
    ] = None,
    output: NewFile = None,
    yes: Overwrite = False,
) -> None:
    """Create a role-play."""
    setup: Setup = context.obj
    if example is not None and call is not None:
        raise UsageProblem(
            "choose --from or --from-call, not both", hint="For example: recovery scenarios new a --from b"
        )
    kind = draft_file.ContentKind("scenario", "scenarios", "lost-luggage", setup.scenarios().ids())
    if example is not None:
        draft_file.find_id(example, kind)
    where = draft_file.target(setup, kind, scenario, output, yes=yes)
    with draft_file.report_if_cancelled(setup, where.file):
        text = _copy_example(setup, example, where.id) if example is not None else _draft(setup, call, where.id)
        draft_file.refuse_faults(read_scenario(text.encode(), str(where.file), setup.library().ids()).problems)
        draft_file.write(setup, where, text, (SCHEMA_FILE, schema_text(scenario_schema())))
    file = quote_word(str(where.file))
    setup.output.text(f"Written: {where.file}")
    if call is not None:
        setup.output.text(
            "Customer details and everything that looks like a name or a number were removed. A name at the start of a "
            "sentence, or in lowercase, can remain: read the file before you share it."
        )
    setup.output.text("Add your own words, then:")
    setup.output.text(f"  recovery scenarios validate {file}")
    if where.own:
        setup.output.text(f"  recovery practice {where.id}")


def _copy_example(setup: Setup, example: str, wanted: str) -> str:
    text = setup.scenarios().load(example).path.read_text(encoding="utf-8-sig")
    return copy_file(text, wanted, SCHEMA_FILE)


def _draft(setup: Setup, call: str | None, wanted: str) -> str:
    from recoverycli.training.scenarios.draft import ScenarioDraft, as_yaml, from_call

    if call is not None:
        from recoverycli.commands.common.calls import find_call
        from recoverycli.session.transcript.amendments import current_call

        draft = from_call(current_call(find_call(setup, call).transcript.call), wanted)
        # The framework of a past call may no longer exist.
        known = draft.framework in setup.library().ids()
        return as_yaml(draft if known else draft._replace(framework=setup.settings.framework))
    draft = ScenarioDraft(wanted, wanted.replace("-", " ").capitalize())
    if not setup.look.interactive:
        return as_yaml(draft)
    from recoverycli.terminal.ask.interview import HOW_TO_GO_BACK, Interview

    setup.output.text(f"Enter accepts the value in brackets. {HOW_TO_GO_BACK} Ctrl-C cancels.")
    return as_yaml(Interview(setup.output).ask(lambda asked: _ask_details(asked, draft)))


def _ask_details(asked: Interview, draft: ScenarioDraft) -> ScenarioDraft:
    """Ask for the details of a scenario; Enter keeps the shown value."""
    from typing import get_args

    from recoverycli.frameworks.model import CHANNELS, MOODS
    from recoverycli.redaction.redact import redact
    from recoverycli.training.scenarios.draft import Exchange
    from recoverycli.training.scenarios.model import Industry

    def words(question: str, default: str) -> str:
        return redact(asked.text(question, default, LONGEST_ANSWER))[0]

    def one_of(question: str, default: str, options: tuple[str, ...]) -> str:
        return asked.one(question, options, default)

    draft = draft._replace(
        name=words("Name:", draft.name),
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
