"""Calls that were found by words: each in a line, with the sentence that holds them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recoverycli.terminal.views.log.calls import format_age, tails
from recoverycli.text.safe import escape, isolate

if TYPE_CHECKING:
    from datetime import datetime

    from rich.console import RenderableType
    from rich.text import Text

    from recoverycli.review.search import FoundCall, FoundCalls
    from recoverycli.session.query import SearchHit
    from recoverycli.store.index.rows import CallRow

_NONE = "No call holds that"
_HINT = "A beginning finds more (refun*), so do fewer words."


def found_text(found: FoundCalls, typed: str, now: datetime) -> list[str]:
    """Return a line a call, what was looked for between asterisks."""
    if not found.calls:
        return [f"{_NONE}: {typed}", _HINT]
    return [_line(call, now) for call in found.calls]


def found_screen(found: FoundCalls, typed: str, now: datetime) -> RenderableType:
    """Return the calls two or three lines each, what was looked for in bold and between asterisks."""
    from rich.console import Group
    from rich.padding import Padding
    from rich.text import Text

    if not found.calls:
        return Text(f"{_NONE}: {escape(typed)}\n{_HINT}")
    names = tails([call.row.id for call in found.calls])
    parts: list[RenderableType] = []
    for name, call in zip(names, found.calls, strict=True):
        head = Text(name, style="accent").append(f"  {format_age(call.row.started_at, now)}", style="not bold")
        head.append(f"  {isolate(escape(', '.join(_facts(call.row))))}", style="not bold quiet")
        parts.append(head)
        if call.found:
            parts.append(Padding(_mark(call.found), (0, 0, 0, 4)))
    return Group(*parts)


def _line(call: FoundCall, now: datetime) -> str:
    head = f"{call.row.id}: {format_age(call.row.started_at, now)}, {', '.join(_facts(call.row))}"
    # On one line, whatever was pasted: a line is a call.
    return " ".join(f"{head}; {call.found.field}: {_with_marks(call.found)}".split() if call.found else head.split())


def _facts(row: CallRow) -> list[str]:
    ending = "abandoned" if row.state == "abandoned" else row.outcome or "open"
    return [" ".join(fact.split()) for fact in (row.framework_name, row.customer, row.issue, ending) if fact]


def _mark(found: SearchHit) -> Text:
    from rich.text import Text

    text, at = Text(f"{found.field}: ", style="quiet"), 0
    for start, end in found.marks:
        text.append(escape(found.text[at:start]), style="not bold default")
        text.append(f"*{escape(found.text[start:end])}*", style="strong")
        at = end
    return text.append(escape(found.text[at:]), style="default")


def _with_marks(found: SearchHit) -> str:
    text, at = "", 0
    for start, end in found.marks:
        text += f"{found.text[at:start]}*{found.text[start:end]}*"
        at = end
    return text + found.text[at:]
