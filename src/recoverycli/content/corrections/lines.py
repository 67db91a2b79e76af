"""Lines of a YAML file as an author writes them, and the changes that may correction them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

KEY = r"[A-Za-z_][A-Za-z0-9_-]*"
# Spaces that are none for YAML, and signs without width.
ODD_SPACE = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
NO_WIDTH = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
QUOTES = "\"'\u201c\u201d\u201e\u201f\u2018\u2019\u201a\u201b\u00ab\u00bb\u2039\u203a`\u00b4\u300c\u300d"
TYPOGRAPHIC = QUOTES[2:]
_PARTS = re.compile(rf"(\s*)((?:-\s+)*)((?:{KEY}\s*:(?=\s|$))?)(\s*)(.*?)\s*$", re.DOTALL)
_ENDED = r"(?=[\s.,;:!?\u2026)]|$)"


class Correction(NamedTuple):
    """Lines to write in place of so many `replaced` from `at` on (from 0), and why.

    `found` and `allowed` are the words of the message; without them, those of the checker stand.
    """

    at: int
    lines: tuple[str, ...]
    found: str = ""
    allowed: str = ""
    column: int = 0
    replaced: int = 1
    # What it costs, in halves of a fault: what hides words from the file is the last thing to do.
    cost: int = 0
    # Whether it is the nearest valid word in place of an unknown one.
    is_word: bool = False


class Parts(NamedTuple):
    """The parts of a line; together they are the line."""

    indent: str
    dash: str
    key: str
    gap: str
    value: str

    @property
    def head(self) -> str:
        """All before the value."""
        return self.indent + self.dash + self.key + self.gap

    @property
    def name(self) -> str:
        """The key without its colon."""
        return self.key.rstrip(": \t")


def parts(line: str) -> Parts:
    """Return the parts of a line."""
    found = _PARTS.match(line)
    return Parts(*found.groups()) if found is not None else Parts("", "", "", "", line)


def indent_of(line: str) -> int:
    """The number of characters before the first that is no space."""
    return len(line) - len(line.lstrip())


def is_blank(line: str) -> bool:
    """Whether a line has no content: nothing, or a comment."""
    return not line.strip() or line.lstrip().startswith("#")


def before(lines: Sequence[str], at: int, most: int) -> list[int]:
    """The numbers of up to `most` lines with content before a line, the nearest first."""
    return [number for number in range(min(at, len(lines)) - 1, -1, -1) if not is_blank(lines[number])][:most]


def block_end(lines: Sequence[str], at: int) -> int:
    """The number of the line after a line and all that is indented below it."""
    deep, end = indent_of(lines[at]), at + 1
    while end < len(lines) and (not lines[end].strip() or indent_of(lines[end]) > deep):
        end += 1
    while not lines[end - 1].strip():
        end -= 1
    return end


def in_quotes(words: str) -> str:
    """Return a text in the quotes that need the fewest changes to it."""
    if '"' not in words and "\\" not in words:
        return f'"{words}"'
    if "'" not in words:
        return f"'{words}'"
    escaped = words.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def without_quotes(value: str) -> str:
    """Return the text that an author meant, without the quotes of any kind that are around all of it."""
    opened, inner = value[:1], value[1:]
    if not opened or opened not in QUOTES or not inner:
        return value
    closed = inner[-1]
    if closed in QUOTES:
        core = inner[:-1]
        # `"No" and "never"`: these quotes are part of the text.
        if opened == '"' and re.match(rf'[^"]*\S"{_ENDED}', core):
            return value
        if opened in TYPOGRAPHIC:
            return core.strip()
        return core.replace("''", "'") if opened == "'" else core.replace('\\"', '"')
    if opened in "\"'" and re.search(rf"{opened}{_ENDED}", inner):
        return value
    return inner
