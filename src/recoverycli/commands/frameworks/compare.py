"""`recovery frameworks compare`: compare frameworks by the purpose of their steps."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from recoverycli.commands.common import completion_values
from recoverycli.commands.common.context import Setup
from recoverycli.commands.common.export_target import STANDARD_OUTPUT, ready, write_export
from recoverycli.commands.common.help_text import help_with_examples
from recoverycli.commands.common.options import AsJson, Overwrite
from recoverycli.errors import UsageProblem

if TYPE_CHECKING:
    from recoverycli.training.comparison import Comparison

HELP = help_with_examples(
    "Compare frameworks by the purpose of their steps.\n\nThis shows what only one of them has, what each "
    "leaves out, and when to use which.",
    "recovery frameworks compare learn latte heart",
    "recovery frameworks compare learn last --html --output compared.html",
)
_FEWEST = 2


def command(
    context: typer.Context,
    frameworks: Annotated[
        list[str] | None,
        typer.Argument(metavar="A B [C...]", help="The frameworks.", autocompletion=completion_values.frameworks),
    ] = None,
    *,
    as_html: Annotated[bool, typer.Option("--html", help="Write a self-contained HTML page.")] = False,
    output: Annotated[
        str, typer.Option("--output", "-o", metavar="FILE|-", help="The output file, - for standard output.")
    ] = STANDARD_OUTPUT,
    yes: Overwrite = False,
    as_json: AsJson = False,
) -> None:
    """Compare frameworks by the purpose of their steps."""
    from recoverycli.training.comparison import compare

    setup: Setup = context.obj
    if output != STANDARD_OUTPUT and not as_html:
        raise UsageProblem("--output needs --html", hint="recovery frameworks compare learn last --html -o FILE")
    wanted = list(dict.fromkeys(frameworks or ()))
    if len(wanted) < _FEWEST:
        raise UsageProblem(
            "at least two frameworks are required", hint="For example: recovery frameworks compare learn last"
        )
    library = setup.library(complete=True)
    target = ready(output, overwrite=yes)
    compared = compare([library.load(name).content for name in wanted])
    setup.warn(library.faults)
    if as_json:
        setup.output.as_json(complete(compared))
    elif as_html:
        from recoverycli.training.handouts.html import comparison_page as web_page

        write_export(target, web_page(compared).encode())
    else:
        from recoverycli.terminal.views.frameworks.comparison import comparison_page

        setup.output.show(comparison_page(compared))


def complete(compared: Comparison) -> dict[str, Any]:
    """The comparison as an object for JSON."""
    return {
        "frameworks": [side._asdict() for side in compared.sides],
        "intents": [
            {
                "intent": line.intent,
                "steps": {side.id: cell._asdict() for side, cell in zip(compared.sides, line.cells, strict=True)},
            }
            for line in compared.lines
        ],
        "shared": compared.shared,
    }
