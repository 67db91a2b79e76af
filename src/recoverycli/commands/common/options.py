"""Options that mean the same wherever they stand."""

from typing import Annotated

import typer

from recoverycli.commands.common import completion_values

Practised = Annotated[bool, typer.Option("--practice", help="Use practice instead of calls.")]
Team = Annotated[bool, typer.Option("--team", help="Use calls from the team's database.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON, for scripts.")]
FrameworkId = Annotated[
    str | None,
    typer.Argument(
        metavar="ID", help="The framework; see: recovery frameworks list", autocompletion=completion_values.frameworks
    ),
]
CallIds = Annotated[
    list[str] | None,
    typer.Argument(metavar="[ID...]", help="The calls' ids; or use filters.", autocompletion=completion_values.calls),
]
