"""`recovery frameworks new`: create a framework."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from recoverycli.commands.common import completion_values, draft_file
from recoverycli.commands.common.context import Setup
from recoverycli.commands.common.help_text import help_with_examples
from recoverycli.commands.common.options import NewFile, NewId
from recoverycli.content.draft import LONGEST_ANSWER
from recoverycli.errors import UsageProblem
from recoverycli.frameworks.draft import AvoidDraft, FrameworkDraft, StepDraft, VariantDraft
from recoverycli.frameworks.model import INTENTS
from recoverycli.system.programs import quote_word

if TYPE_CHECKING:
    from collections.abc import Callable

    from recoverycli.commands.common.draft_file import Target
    from recoverycli.frameworks.model import Framework, Intent
    from recoverycli.terminal.ask.interview import Answers, Interview

HELP = help_with_examples(
    "Create a framework.\n\nOn a terminal, the command asks questions and writes a valid file. Elsewhere it "
    "writes a draft in which a comment explains every field.",
    "recovery frameworks new our-way",
    "recovery frameworks new our-learn --from learn",
    "recovery frameworks new learn-hotel --extends learn --output learn-hotel.yaml",
)
_MOST_PHRASES = 3
_NONE = "no more steps"


def command(
    context: typer.Context,
    framework: NewId = None,
    *,
    example: Annotated[
        str | None,
        typer.Option(
            "--from",
            metavar="ID",
            help="Start from a copy of this framework.",
            autocompletion=completion_values.frameworks,
        ),
    ] = None,
    base: Annotated[
        str | None,
        typer.Option(
            "--extends",
            metavar="ID",
            help="Extend this framework and change some steps.",
            autocompletion=completion_values.frameworks,
        ),
    ] = None,
    output: NewFile = None,
    yes: Annotated[
        bool, typer.Option("--yes", "-y", help="Overwrite a file, or shadow an existing framework.")
    ] = False,
) -> None:
    """Create a framework."""
    from recoverycli.content.schema import schema_text
    from recoverycli.frameworks.draft import SCHEMA_FILE
    from recoverycli.frameworks.schema import framework_schema

    setup: Setup = context.obj
    if example is not None and base is not None:
        raise UsageProblem(
            "choose --from or --extends, not both",
            hint="--from copies a framework; --extends changes some of its steps",
        )
    kind = draft_file.ContentKind("framework", "frameworks", "our-way", setup.library().ids())
    for named in filter(None, (example, base)):
        draft_file.find_id(named, kind)
    where = draft_file.target(setup, kind, framework, output, yes=yes)
    with draft_file.report_if_cancelled(setup, where.file):
        text = _text(setup, where, example, base)
        _refuse_faults(setup, where, text)
        draft_file.write(setup, where, text, (SCHEMA_FILE, schema_text(framework_schema())))
    for line in _onward(setup, where):
        setup.output.text(line)


def _text(setup: Setup, where: Target, example: str | None, base: str | None) -> str:
    from recoverycli.content.draft import copy_file
    from recoverycli.frameworks.draft import SCHEMA_FILE, as_yaml, variant_as_yaml

    name = where.id.replace("-", " ").capitalize()
    if example is not None:
        loaded = setup.library().load(example)
        text = loaded.path.read_text(encoding="utf-8-sig")
        old = loaded.content.name
        named = _ask(setup, lambda asked: _ask_name(asked, old)) if setup.look.interactive else old
        return copy_file(text, where.id, SCHEMA_FILE, named if named != old else None)
    if base is not None:
        content = setup.library().load(base).content
        variant = VariantDraft(where.id, f"{content.name} ({name})")
        if setup.look.interactive:
            variant = _ask(setup, lambda asked: _ask_variant(asked, variant, content))
        return variant_as_yaml(variant, content)
    draft = FrameworkDraft(where.id, name)
    if not setup.look.interactive:
        return as_yaml(draft)
    return as_yaml(_ask(setup, lambda asked: _ask_framework(asked, draft)))


def _ask(setup: Setup, questions: Callable[[Interview], Answers]) -> Answers:
    from recoverycli.terminal.ask.interview import HOW_TO_GO_BACK, Interview

    setup.output.text(
        f"Enter accepts the value in brackets, or leaves a line to fill in later. {HOW_TO_GO_BACK} Ctrl-C cancels."
    )
    return Interview(setup.output).ask(questions)


def _refuse_faults(setup: Setup, where: Target, text: str) -> None:
    read = setup.library().beside(where.file).read(text.encode(), str(where.file))
    draft_file.refuse_faults(read.problems)


def _onward(setup: Setup, where: Target) -> list[str]:
    file = quote_word(str(where.file))
    used = f"{where.id}" if where.own else f"{where.id} --frameworks {quote_word(str(where.file.parent))}"
    whose = " Everyone who works in this project can use it." if where.own and setup.project is not None else ""
    lines = [
        f"Written: {where.file}{whose}",
        "Add your own words, then:",
        f"  recovery frameworks validate {file}",
        f"  recovery frameworks lint {file}",
        f"  recovery frameworks show {used}",
        f"  recovery start {used}",
    ]
    if not where.own:
        lines.append(
            "For checks in your editor: recovery frameworks schema > framework.schema.json, in the same folder."
        )
    return lines


def _ask_name(asked: Interview, default: str) -> str:
    """Ask for the name."""
    return _words(asked, "Name:", default)


def _ask_framework(asked: Interview, draft: FrameworkDraft) -> FrameworkDraft:
    """Ask for a whole framework. Raises KeyboardInterrupt if the user cancels."""
    named = _ask_name(asked, draft.name)
    summary = _words(asked, "What it is for, in one sentence:")
    steps: list[StepDraft] = []
    while step := _step(asked, len(steps) + 1):
        steps.append(step)
    letters = ", ".join(step.name for step in steps)
    expands_to = _words(asked, "What it expands to:", letters) if steps else ""
    return draft._replace(name=named, summary=summary, steps=tuple(steps), expands_to=expands_to)


def _ask_variant(asked: Interview, draft: VariantDraft, base: Framework) -> VariantDraft:
    """Ask what is different from the extended framework. Raises KeyboardInterrupt if the user cancels."""
    named = _ask_name(asked, draft.name)
    summary = _words(asked, "What is different about it, in one sentence:")
    speaking = [step.id for step in base.steps if step.phase != "organisation"]
    changed: dict[str, tuple[str, ...]] = {}
    while left := [id_ for id_ in speaking if id_ not in changed]:
        chosen = asked.one("Which step do you want to say in your own words?", (_NONE, *left), _NONE)
        if chosen == _NONE:
            break
        changed[chosen] = _phrases(asked, chosen)
    return draft._replace(name=named, summary=summary, phrases=tuple(changed.items()))


def _step(asked: Interview, number: int) -> StepDraft | None:
    done = "Enter alone: no more steps" if number > 1 else "Enter alone: two examples to fill in"
    called = _words(asked, f"Step {number}, its name ({done}):")
    if not called:
        return None
    intent = asked.one(f"What does {called} do for the customer?", INTENTS, _likely(called))
    step = StepDraft(
        called,
        next(one for one in INTENTS if one == intent),
        _words(asked, "What has to be true before you go on?"),
        _phrases(asked, called),
        ask=_words(asked, "One question to ask the customer:"),
    )
    bad = _words(asked, "Words to avoid in this step:")
    if not bad:
        return step
    because = _words(asked, "What do they do to the customer?")
    instead = _words(asked, "What is better to say?")
    return step._replace(avoid=(AvoidDraft(bad, because, instead),))


def _phrases(asked: Interview, called: str) -> tuple[str, ...]:
    """Ask for phrases until an empty one."""
    said: list[str] = []
    for number in range(1, _MOST_PHRASES + 1):
        hint = " {customer} becomes the name." if number == 1 else ""
        words = _words(asked, f"What do you say in {called}? Phrase {number} of {_MOST_PHRASES}.{hint}")
        if not words:
            break
        said.append(words)
    return tuple(said)


def _likely(called: str) -> Intent:
    """The likely intent of a step with that name."""
    from recoverycli.errors import nearest

    near = nearest(called, INTENTS)
    return next((one for one in INTENTS if one == near), "listen")


def _words(asked: Interview, question: str, default: str = "") -> str:
    from recoverycli.redaction.redact import redact

    return redact(asked.text(question, default, LONGEST_ANSWER))[0]
