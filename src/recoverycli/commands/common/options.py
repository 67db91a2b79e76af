"""Options that mean the same wherever they stand."""

from __future__ import annotations

from typing import Annotated

import typer

Practised = Annotated[bool, typer.Option("--practice", help="Use practice instead of calls.")]
Team = Annotated[bool, typer.Option("--team", help="Use calls from the team's database.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON, for scripts.")]
