"""The settings: value, source and purpose of each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from recoverycli.pages.page import Cell, Column, Table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from recoverycli.pages.page import Page
    from recoverycli.settings.model import SettingInForce


_COLUMNS = (
    Column("name"),
    Column("value"),
    Column("source", role="quiet"),
    Column("about", "body", "quiet", before=". "),
)


def settings_page(settings: Sequence[SettingInForce]) -> Page:
    """Return the settings as a page."""
    return (Table(_COLUMNS, tuple(map(_cells, settings)), stacked=10_000),)


def _cells(setting: SettingInForce) -> tuple[Cell, ...]:
    value = Cell(_value(setting.value), role="" if setting.source == "default" else "strong")
    return Cell(setting.name), value, Cell(f"from {setting.source}"), Cell(setting.about)


def _value(value: Any) -> str:
    if value is None or value in ((), [], {}):
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
