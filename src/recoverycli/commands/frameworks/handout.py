"""`recovery frameworks handout`: make a one-page handout of a framework."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

import typer

from recoverycli.commands.common.confirm import word_or_choice
from recoverycli.commands.common.context import Setup
from recoverycli.commands.common.export_target import InFormat, OnPaper, ToFile, hand_out, read_options
from recoverycli.commands.common.help_text import help_with_examples
from recoverycli.commands.common.options import AsJson, FrameworkId, Overwrite

if TYPE_CHECKING:
    from recoverycli.training.handouts.formats import Format, Paper, Sheets
    from recoverycli.training.handouts.handout import Handout

HELP = help_with_examples(
    "Make a one-page handout of a framework.\n\nIt shows the steps, their goals, what to ask and say, words "
    "to avoid, and what to note.",
    "recovery frameworks handout aware --output aware.pdf",
    "recovery frameworks handout learn --paper letter -o learn.pdf",
    "recovery frameworks handout heart --format md",
)


def command(
    context: typer.Context,
    framework: FrameworkId = None,
    *,
    format_: InFormat = None,
    paper: OnPaper = None,
    output: ToFile = None,
    yes: Overwrite = False,
    as_json: AsJson = False,
) -> None:
    """Make a one-page handout of a framework."""
    from recoverycli.training.handouts.handout import handout

    setup: Setup = context.obj
    library = setup.library(complete=True)
    framework = word_or_choice(
        setup, framework, "framework", library.ids(), "recovery frameworks handout aware -o aware.pdf"
    )
    loaded = library.load(framework)
    setup.warn(library.faults)
    page = handout(loaded.content, library.called_by(loaded.content))
    if as_json:
        setup.output.as_json(page)
        return
    asked = read_options(format_, paper, output, name=page.id, yes=yes)
    hand_out(setup, asked, _make_sheets(page, asked.format, asked.paper))


def _make_sheets(page: Handout, format_: Format, paper: Paper) -> Sheets:
    from recoverycli.training.handouts.formats import Sheets

    match format_:
        case "pdf":
            from recoverycli.training.handouts.pdf import handout_pdf

            return handout_pdf(page, paper)
        case "html":
            from recoverycli.training.handouts.html import handout_page

            return Sheets(handout_page(page, paper).encode())
        case "md":
            from recoverycli.training.handouts.markdown import handout_markdown

            return Sheets(handout_markdown(page).encode())
        case _:
            assert_never(format_)
