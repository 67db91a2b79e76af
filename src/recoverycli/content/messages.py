"""Problems of a file as an author reads them: the line of the file, a mark below the place, the lines to write."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from recoverycli.content.nodes import Problem

# Characters of a line that a message shows.
_SHOWN = 72
_WIDE, _NO_WIDTH = frozenset("WF"), frozenset({"Mn", "Me", "Cf"})


def as_texts(problems: Iterable[Problem]) -> str:
    """Return the problems, each in some lines."""
    return "\n".join(map(as_text, problems))


def as_text(problem: Problem) -> str:
    """Return a problem with its line of the file, a mark below the place, and the lines to write, ready to copy."""
    told = [problem.as_line()]
    if problem.source.strip():
        told += _with_mark(problem.source, problem.column - 1)
    if problem.correction is not None:
        several = f"these {problem.lines} lines" if problem.lines > 1 else "this line"
        told += ["Write:", *problem.correction] if problem.correction else [f"Remove {several}."]
    return "\n".join(told)


def _with_mark(source: str, place: int) -> tuple[str, str]:
    """A line and a mark below a place in it. Of a long line the part around it is shown, tabs as arrows."""
    start = max(0, min(place - _SHOWN * 2 // 3, len(source) - _SHOWN))
    lead = "..." if start else ""
    shown = lead + source[start : start + _SHOWN].replace("\t", "\u2192")
    more = "..." if start + _SHOWN < len(source) else ""
    return shown + more, " " * _width(shown[: len(lead) + place - start]) + "^"


def _width(text: str) -> int:
    """The columns that a text takes on a terminal."""
    return sum(
        0 if unicodedata.category(sign) in _NO_WIDTH else 2 if unicodedata.east_asian_width(sign) in _WIDE else 1
        for sign in text
    )
