"""A list of calls."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recoverycli.text.format import clock
from recoverycli.text.safe import escape, isolate
from recoverycli.times.wall_clock import to_local

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from rich.console import RenderableType
    from rich.text import Text

    from recoverycli.store.index.rows import CallRow

_MAY_BE_CUT = ("customer", "issue")
_UNSETTLED = ("abandoned",)
_GAP = 2
_ROOM_FOR_IDS = 110
_ROOM_FOR_NAMES = 100
_LONGEST_FRAMEWORK = 10


def format_age(moment: datetime, now: datetime) -> str:
    """Return how long ago a moment was, as people say it; the date where it was weeks ago."""
    seconds = (now - moment).total_seconds()
    if seconds < 0:
        return to_local(moment, now).strftime("%Y-%m-%d %H:%M")
    for size, word in ((60, "second"), (60, "minute"), (24, "hour"), (14, "day")):
        if seconds < size:
            count = int(seconds)
            if word == "second":
                return "just now"
            return f"{count} {word}{'' if count == 1 else 's'} ago"
        seconds /= size
    return to_local(moment, now).strftime("%Y-%m-%d")


def calls_text(calls: Sequence[CallRow], now: datetime) -> list[str]:
    """Return a line a call, every word of it."""
    return [_line(row, now) for row in calls]


def _line(row: CallRow, now: datetime) -> str:
    facts = (
        row.framework_name, row.customer and f"customer {row.customer}", row.issue and f"issue {row.issue}",
        "abandoned" if row.state == "abandoned" else f"outcome {row.outcome or 'open'}", f"length {clock(row.seconds)}",
        f"promises {row.promises}" if row.promises else "", f"overdue {row.overdue}" if row.overdue else "",
    )  # fmt: skip
    # On one line, whatever was pasted: a line is a call.
    return " ".join(f"{row.id}: {format_age(row.started_at, now)}, {', '.join(filter(None, facts))}".split())


def _ending(row: CallRow) -> str:
    return "abandoned" if row.state == "abandoned" else row.outcome or "-"


def calls_screen(calls: Sequence[CallRow], now: datetime, width: int) -> RenderableType:
    """Return the calls as a table; narrow screens leave out what matters least."""
    from rich.table import Table

    columns = _columns(width)
    names = [row.id for row in calls] if width >= _ROOM_FOR_IDS else tails([row.id for row in calls])
    rows = [_cells(row, name, now) for row, name in zip(calls, names, strict=True)]
    widths = _widths(columns, rows, width)
    table = Table(box=None, padding=(0, _GAP, 0, 0), header_style="quiet", pad_edge=False)
    for name in columns:
        table.add_column(name, no_wrap=True, justify="right" if name == "length" else "left", width=widths[name])
    for row in rows:
        table.add_row(*(_cell(name, row, widths[name]) for name in columns))
    return table


def tails(ids: Sequence[str]) -> list[str]:
    """Return the shortest end of each id that names it alone among these, as `log show` would look for it."""
    return [next(filter(_Alone(ids), (call_id[-size:] for size in range(4, len(call_id)))), call_id) for call_id in ids]


class _Alone:
    """Whether an end names one call. `last` and what begins with a dash mean a place and no id."""

    def __init__(self, ids: Sequence[str]) -> None:
        self._ids = ids

    def __call__(self, end: str) -> bool:
        return end != "last" and not end.startswith("-") and sum(end in call_id for call_id in self._ids) == 1


def _cells(row: CallRow, name: str, now: datetime) -> dict[str, str]:
    return {
        "when": format_age(row.started_at, now),
        "call": name,
        "framework": row.framework,
        "customer": escape(" ".join((row.customer or "-").split())),
        "issue": escape(" ".join((row.issue or "-").split())),
        "outcome": _ending(row),
        "length": clock(row.seconds),
    }


def _widths(columns: Sequence[str], rows: Sequence[dict[str, str]], width: int) -> dict[str, int]:
    """Names and issues are cut where there is no room; what a call is called and how it ended are not."""
    from rich.cells import cell_len

    widths = {name: max(len(name), *(cell_len(row[name]) for row in rows)) for name in columns}
    if "framework" in widths and width < _ROOM_FOR_NAMES:
        widths["framework"] = min(widths["framework"], _LONGEST_FRAMEWORK)
    room = width - _GAP * (len(columns) - 1) - sum(widths[name] for name in columns if name not in _MAY_BE_CUT)
    if "issue" in widths:
        widths["issue"] = max(5, min(widths["issue"], room // 2))
        room -= widths["issue"]
    if "customer" in widths:
        widths["customer"] = max(8, min(widths["customer"], room))
    return widths


def _cell(name: str, row: dict[str, str], width: int) -> Text:
    from rich.text import Text

    cell = Text(row[name], style={"call": "accent", "outcome": "strong"}.get(name, ""))
    if row[name] == "-" or row[name] in _UNSETTLED:
        cell.stylize("not bold quiet")
    # Cut first: an isolation whose end is cut off would reach into the next column.
    cell.truncate(width, overflow="ellipsis")
    cell.plain = isolate(cell.plain)
    return cell


def _columns(width: int) -> tuple[str, ...]:
    if width < 60:
        return ("when", "call", "outcome")
    if width < 80:
        return ("when", "call", "customer", "outcome", "length")
    return ("when", "call", "framework", "customer", "issue", "outcome", "length")
