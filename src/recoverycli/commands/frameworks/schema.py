"""`recovery frameworks schema`: print the JSON Schema of a framework file and what belongs to it."""

from __future__ import annotations

from typing import Annotated

import typer

from recoverycli.commands.common.context import Setup
from recoverycli.commands.common.help_text import help_with_examples
from recoverycli.commands.common.options import AsJson
from recoverycli.errors import known_word

KINDS = ("framework", "phrases", "families", "dialogue", "wording")
HELP = help_with_examples(
    "Print the JSON Schema of a framework file, for editors.\n\nOr that of phrases, families, a dialogue or wording.",
    "recovery frameworks schema > framework.schema.json",
    "recovery frameworks schema phrases > phrases.schema.json",
)


def command(
    context: typer.Context,
    kind: Annotated[
        str, typer.Argument(metavar="[KIND]", help=f"{', '.join(KINDS)}.", autocompletion=lambda: [*KINDS])
    ] = "framework",
    as_json: AsJson = False,
) -> None:
    """Print the JSON Schema of a framework file, for editors."""
    from recoverycli.content.schema import schema_text
    from recoverycli.frameworks.schema import SCHEMAS
    from recoverycli.wording.files.schema import wording_schema

    setup: Setup = context.obj
    schema = {**SCHEMAS, "wording": wording_schema}[known_word("kind", kind, KINDS)]()
    if as_json:
        setup.output.as_json(schema)
    else:
        setup.output.text(schema_text(schema).rstrip())
