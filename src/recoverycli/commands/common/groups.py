"""Groups of commands, one command a module, of which only the one that was asked for is loaded."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from collections.abc import Mapping


def grouped(package: str, help_: str, commands: Mapping[str, tuple[str, str]], only: str | None) -> typer.Typer:
    """Return the group with the one command that is wanted, or whole where it has none of that name.

    `commands` gives for each the module within `package`, with a HELP and a `command`, and its panel in the help.
    """
    app = typer.Typer(help=help_, no_args_is_help=True)
    for name in (only,) if only is not None and only in commands else commands:
        module, panel = commands[name]
        found = import_module(f"{package}.{module}")
        app.command(name, help=found.HELP, rich_help_panel=panel, context_settings=getattr(found, "CONTEXT", None))(
            found.command
        )
    return app
