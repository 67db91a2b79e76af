"""A list of calls."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recoverycli.live.answers import clock
from recoverycli.terminal.console import isolated, visible

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from rich.console import RenderableType
    from rich.text import Text

    from recoverycli.store.archive import CallRow

_MAY_BE_CUT = ("customer", "issue")
_NONE_YET = "No call is kept yet. Begin one: recovery start"


def ago(moment: datetime, now: datetime) -> str:
    """Return how long ago a moment was, as people say it; the date where it was weeks ago."""
    seconds = (now - moment).total_seconds()
    if seconds < 0:
        return moment.astimezone().strftime("%Y-%m-%d %H:%M")
    for size, word in ((60, "second"), (60, "minute"), (24, "hour"), (14, "day")):
        if seconds < size:
            count = int(seconds)
            if word == "second":
                return "just now"
            return f"{count} {word}{'' if count == 1 else 's'} ago"
        seconds /= size
    return moment.astimezone().strftime("%Y-%m-%d")


def calls_text(calls: Sequence[CallRow], now: datetime) -> list[str]:
    """Return a line a call, every word of it."""
    return [_line(row, now) for row in calls] or [_NONE_YET]


def _line(row: CallRow, now: datetime) -> str:
    facts = (
        row.framework_name, row.customer and f"customer {row.customer}", row.issue and f"issue {row.issue}",
        "abandoned" if row.state == "abandoned" else f"outcome {row.outcome or 'open'}", f"length {clock(row.seconds)}",
        f"promises {row.promises}" if row.promises else "",
    )  # fmt: skip
    return f"{row.id}: {ago(row.started_at, now)}, " + ", ".join(filter(None, facts))


def _ending(row: CallRow) -> str:
    return "abandoned" if row.state == "abandoned" else row.outcome or "-"


def calls_screen(calls: Sequence[CallRow], now: datetime, width: int) -> RenderableType:
    """Return the calls as a table; narrow screens leave out what matters least."""
    from rich.table import Table
    from rich.text import Text

    if not calls:
        return Text(_NONE_YET)
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="quiet", pad_edge=False, expand=False)
    rows = [_cells(row, now, width) for row in calls]
    for name in _columns(width):
        # Names and issues may be cut; what a call is called and how it ended may not.
        needed = None if name in _MAY_BE_CUT else max(row[name].cell_len for row in rows)
        table.add_column(
            name, no_wrap=True, justify="right" if name == "length" else "left", overflow="ellipsis", min_width=needed
        )
    for row in rows:
        table.add_row(*(row[name] for name in _columns(width)))
    return table


def _cells(row: CallRow, now: datetime, width: int) -> dict[str, Text]:
    from rich.text import Text

    return {
        "when": Text(ago(row.started_at, now)),
        "call": Text(row.id if width >= 110 else row.id[-4:], style="accent"),
        "framework": Text(row.framework),
        "customer": Text(isolated(visible(row.customer or "-"))),
        "issue": Text(visible(row.issue or "-")),
        "outcome": Text(_ending(row), style="strong" if row.outcome else "quiet"),
        "length": Text(clock(row.seconds)),
    }


def _columns(width: int) -> tuple[str, ...]:
    if width < 60:
        return ("when", "call", "outcome")
    if width < 80:
        return ("when", "call", "customer", "outcome", "length")
    return ("when", "call", "framework", "customer", "issue", "outcome", "length")
