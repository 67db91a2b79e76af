"""`recovery config show`: show every setting, its value and its source."""

from __future__ import annotations

import msgspec
import typer

from recoverycli.commands.common.context import Setup
from recoverycli.commands.common.help_text import help_with_examples
from recoverycli.commands.common.options import AsJson
from recoverycli.settings.model import DOCUMENTED, SettingInForce

HELP = help_with_examples(
    "Show every setting, its value and its source.",
    "recovery config show",
    "recovery config show --json",
)


def command(context: typer.Context, as_json: AsJson = False) -> None:
    """Show every setting, its value and its source."""
    setup: Setup = context.obj
    settings = settings_in_force(setup)
    if as_json:
        for setting in settings:
            setup.output.as_json(setting)
        return
    from recoverycli.terminal.views.config import settings_page

    setup.output.show(settings_page(settings))


def settings_in_force(setup: Setup) -> tuple[SettingInForce, ...]:
    """The settings in use, in the order of their documentation. Each contact and pattern is a setting of its own."""
    values = msgspec.to_builtins(setup.settings)
    found: list[SettingInForce] = []
    for name, about in DOCUMENTED.items():
        if name in {"contacts", "patterns"} and values[name]:
            named = ((f"{name}.{key}", value) for key, value in sorted(values[name].items()))
            found += (SettingInForce(one, value, setup.sources[one], about) for one, value in named)
        else:
            found.append(SettingInForce(name, values[name], setup.sources[name], about))
    return tuple(found)
