"""Groups of commands: a module for each command, named after it. Only the one that was asked for is loaded."""

from __future__ import annotations

import keyword
from importlib import import_module
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from collections.abc import Mapping


def make_group(package: str, help_: str, panels: Mapping[str, str], only: str | None) -> typer.Typer:
    """Return the group with the command `only`, or with all commands where it has none of that name.

    `panels` gives the panel of each command in the help. The module of a command has a HELP and a `command`.
    """
    app = typer.Typer(help=help_, no_args_is_help=True)
    for name in (only,) if only is not None and only in panels else panels:
        found = import_module(f"{package}.{module_name(name)}")
        app.command(
            name, help=found.HELP, rich_help_panel=panels[name], context_settings=getattr(found, "CONTEXT", None)
        )(found.command)
    return app


def module_name(command: str) -> str:
    """Return the name of the module of a command: the command itself, `import_` for a word of Python's own."""
    return f"{command}_" if keyword.iskeyword(command) else command
