"""`recovery frameworks schema`: print the JSON Schema of a framework file, for editors."""

from __future__ import annotations

import typer

from recoverycli.commands.common.context import Setup
from recoverycli.commands.common.help_text import help_with_examples
from recoverycli.commands.common.options import AsJson

HELP = help_with_examples(
    "Print the JSON Schema of a framework file, for editors.",
    "recovery frameworks schema > framework.schema.json",
)


def command(context: typer.Context, as_json: AsJson = False) -> None:
    """Print the JSON Schema of a framework file, for editors."""
    from recoverycli.content.schema import schema_text
    from recoverycli.frameworks.schema import framework_schema

    setup: Setup = context.obj
    if as_json:
        setup.output.as_json(framework_schema())
    else:
        setup.output.text(schema_text(framework_schema()).rstrip())
