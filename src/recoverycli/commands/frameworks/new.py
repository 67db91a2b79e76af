"""`recovery frameworks new`: a framework of one's own, from questions, another one, or what another one says."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from recoverycli.commands.common import completion_values, draft_file
from recoverycli.commands.common.context import Setup
from recoverycli.commands.common.help_text import help_with_examples
from recoverycli.errors import UsageProblem
from recoverycli.system.programs import quote_word

if TYPE_CHECKING:
    from recoverycli.commands.common.draft_file import Target

HELP = help_with_examples(
    "Create a framework.\n\nOn a terminal, the command asks questions and writes a valid file. Elsewhere it "
    "writes a draft in which a comment explains every field.",
    "recovery frameworks new our-way",
    "recovery frameworks new our-learn --from learn",
    "recovery frameworks new learn-hotel --extends learn --output learn-hotel.yaml",
)


def command(
    context: typer.Context,
    framework: Annotated[str | None, typer.Argument(metavar="[ID]", help="Small letters, digits and dashes.")] = None,
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
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="The output file; it is named after the id.")
    ] = None,
    yes: Annotated[
        bool, typer.Option("--yes", "-y", help="Overwrite a file, or shadow an existing framework.")
    ] = False,
) -> None:
    """Write a framework of your own."""
    from recoverycli.content.schema import schema_text
    from recoverycli.frameworks.draft import SCHEMA_FILE
    from recoverycli.frameworks.schema import framework_schema

    setup: Setup = context.obj
    if example is not None and base is not None:
        raise UsageProblem("--from and --extends: one of them", hint="--from copies all of it, --extends takes it over")
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
    from recoverycli.commands.common import framework_interview
    from recoverycli.content.yaml_text import under_another_id
    from recoverycli.frameworks.draft import SCHEMA_FILE, FrameworkDraft, VariantDraft, as_yaml, variant_as_yaml

    name = where.id.replace("-", " ").capitalize()
    if example is not None:
        loaded = setup.library().load(example)
        text = loaded.path.read_text(encoding="utf-8-sig")
        asked = framework_interview.name(setup, loaded.content.name) if setup.look.interactive else loaded.content.name
        return under_another_id(text, where.id, SCHEMA_FILE, asked if asked != loaded.content.name else None)
    if base is not None:
        content = setup.library().load(base).content
        variant = VariantDraft(where.id, f"{content.name} ({name})")
        return variant_as_yaml(
            framework_interview.variant(setup, variant, content) if setup.look.interactive else variant, content
        )
    draft = FrameworkDraft(where.id, name)
    return as_yaml(framework_interview.framework(setup, draft) if setup.look.interactive else draft)


def _refuse_faults(setup: Setup, where: Target, text: str) -> None:
    from recoverycli.commands.frameworks.validate import library_beside

    read = library_beside(where.file, setup.library()).read(text.encode(), str(where.file))
    draft_file.refuse_faults(read.problems)


def _onward(setup: Setup, where: Target) -> list[str]:
    file = quote_word(str(where.file))
    used = f"{where.id}" if where.own else f"{where.id} --frameworks {quote_word(str(where.file.parent))}"
    whose = " Everyone who works in this project can use it." if where.own and setup.project is not None else ""
    lines = [
        f"Written: {where.file}{whose}",
        "Put your words into it, then:",
        f"  recovery frameworks validate {file}",
        f"  recovery frameworks lint {file}",
        f"  recovery frameworks show {used}",
        f"  recovery start {used}",
    ]
    if not where.own:
        lines.append("Editors check it while you type: recovery frameworks schema > framework.schema.json beside it.")
    return lines
