"""`recovery scenarios schema`: print the JSON Schema of a scenario file, for editors."""

from __future__ import annotations

import typer

from recoverycli.commands.common.context import Setup
from recoverycli.commands.common.help_text import help_with_examples
from recoverycli.commands.common.options import AsJson

HELP = help_with_examples(
    "Print the JSON Schema of a scenario file, for editors.", "recovery scenarios schema > scenario.schema.json"
)


def command(context: typer.Context, as_json: AsJson = False) -> None:
    """Print the JSON Schema of a scenario file, for editors."""
    from recoverycli.content.schema import schema_text
    from recoverycli.training.scenarios.schema import scenario_schema

    setup: Setup = context.obj
    if as_json:
        setup.output.as_json(scenario_schema())
    else:
        setup.output.text(schema_text(scenario_schema()).rstrip())
