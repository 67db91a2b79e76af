"""Markdown: the page of a call. What people wrote is text in it and never markup."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from recoverycli.review.story import call_page
from recoverycli.text.safe import escape
from recoverycli.times.wall_clock import offset_mark

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from recoverycli.pages.page import Row
    from recoverycli.review.exporters.formats import Exported

_ANYWHERE = re.compile(r"[\\`*_\[\]<>&|~#]")
# What begins a list, a heading or a rule does so at the beginning of a line alone.
_AT_FIRST = re.compile(r"(?m)^(\s*)([-+=]|\d+(?=[.)]))")


def pieces(calls: Iterable[Exported]) -> Iterator[str]:
    """Return a heading a call, with a rule between two."""
    for number, exported in enumerate(calls):
        call = exported.call
        lines = ["", "---", ""] if number else []
        at = f"{call.started_at:%Y-%m-%d %H:%M}{offset_mark(call.started_at)}"
        lines.append(f"# {escape_text(call.customer.name or 'A call')}, {at}")
        for section in call_page(call):
            lines.append("")
            if section.title:
                aside = f" ({escape_text(section.aside)})" if section.aside else ""
                lines += [f"## {escape_text(section.title)}{aside}", ""]
            lines += [_item(row) for row in section.rows]
        yield "\n".join(lines) + "\n"


def escape_text(text: str) -> str:
    """Return words of people so that Markdown shows them as they are."""
    return _AT_FIRST.sub(r"\1\\\2", _ANYWHERE.sub(r"\\\g<0>", escape(text)))


def _item(row: Row) -> str:
    at = f"{row.at} " if row.at else ""
    note = f" ({escape_text(row.note)})" if row.note else ""
    # Further lines belong to the item: two spaces break the line, two more keep it inside.
    words = escape_text(row.text.rstrip("\n")).replace("\n", "  \n  ")
    return f"- {at}**{escape_text(row.label)}:** {words}{note}"
