"""The settings: each with its value, what it is for, and where the value comes from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from recoverycli.terminal.views.pages import safe

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import RenderableType

    from recoverycli.settings.model import Shown


def settings_text(settings: Sequence[Shown]) -> list[str]:
    """Return a line a setting that reads well aloud."""
    return [f"{one.name}: {_value(one.value)} (from {one.source}). {one.about}" for one in settings]


def settings_screen(settings: Sequence[Shown]) -> RenderableType:
    """Return the settings as a page: name and value, below them what it is for and where it comes from."""
    from rich.table import Table
    from rich.text import Text

    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(style="accent", no_wrap=True)
    table.add_column(overflow="fold")
    for one in settings:
        value = Text(safe(_value(one.value)), style="strong" if one.source != "default" else "")
        whence = Text("" if one.source == "default" else f"  from {safe(one.source)}", style="not bold quiet")
        table.add_row(Text(one.name), value + whence)
        table.add_row(Text(""), Text(one.about, style="quiet"))
    return table


def _value(value: Any) -> str:
    if value is None or value in ((), []):
        return "none"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list | tuple):
        return "; ".join(one if isinstance(one, str) else _remedy(one) for one in value)
    return str(value)


def _remedy(remedy: dict[str, Any]) -> str:
    limits = (
        f"{key} {value:g}" if isinstance(value, float) else f"{key} {value}"
        for key, value in remedy.items()
        if key not in {"name", "kind"} and value is not None
    )
    return f"{remedy['name']} ({', '.join((remedy['kind'], *limits))})"
