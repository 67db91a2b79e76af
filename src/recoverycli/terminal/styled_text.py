"""Words with styles, as many columns as they take on a terminal, cut and wrapped to fit: what live screens are made of.

Screens of a call are drawn without Rich, which takes longer to load than the step takes to read, parse and draw
(docs/decisions/0006). Pages that are read go on using it, and can hold a `Text`.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from rich.text import Text as RichText

_WORD = re.compile(r"\s*\S+\s*")
# Beyond ASCII: letters of western Europe and the signs that screens and phrases use. Each takes one column.
_SINGLE = frozenset(map(chr, (*range(0x20, 0x7F), *range(0xA0, 0xAD), *range(0xAE, 0x180)))) | frozenset(
    "▸✓☐☑›·⏎…–—‘’“”€"  # noqa: RUF001
)
_ATTRIBUTES = {"bold": "1", "dim": "2", "italic": "3", "underline": "4", "reverse": "7"}
_RESET = "\x1b[0m"


class Run(NamedTuple):
    """Words in one style: a name of the theme, or nothing."""

    text: str
    style: str = ""


class Text(msgspec.Struct, frozen=True):
    """Runs of words in a row. A text never changes: what is done to it returns another."""

    runs: tuple[Run, ...] = ()

    @property
    def plain(self) -> str:
        """The words alone."""
        return "".join([text for text, _ in self.runs])

    @property
    def cell_len(self) -> int:
        """The columns that the words take."""
        return cells(self.plain)

    def __add__(self, other: Text) -> Text:
        """Return both in a row, each in its own style."""
        return Text(self.runs + other.runs)

    def __rich__(self) -> RichText:
        """Return the same for a page of Rich's."""
        from rich.text import Text as RichText

        return RichText.assemble(*self.runs, end="")

    def join(self, texts: Iterable[Text]) -> Text:
        """Return the texts in a row with this one between them."""
        runs: list[Run] = []
        for index, text in enumerate(texts):
            runs += self.runs if index else ()
            runs += text.runs
        return Text(tuple(runs))

    def between(self, start: int, end: int) -> Text:
        """Return the characters from `start` to before `end`."""
        kept: list[Run] = []
        place = 0
        for text, style in self.runs:
            piece = text[max(0, start - place) : max(0, end - place)]
            if piece:
                kept.append(Run(piece, style))
            place += len(text)
        return Text(tuple(kept))

    def strip(self) -> Text:
        """Return the text without space at its end."""
        return self.between(0, len(self.plain.rstrip()))

    def shorten(self, width: int) -> Text:
        """Return the text cut to `width` columns, with an ellipsis where something is missing."""
        words = self.plain
        if cells(words) <= width:
            return self
        kept = self.between(0, len(_fit(words, width - 1)))
        return kept + Text((Run("…", kept.runs[-1].style if kept.runs else ""),))

    def wrap(self, width: int) -> tuple[Text, ...]:
        """Return lines of at most `width` columns, broken between words; a word that is wider is broken where it must.

        A width of less than 2 cannot hold every letter.
        """
        lines: list[Text] = []
        place = 0
        for line in self.plain.split("\n"):
            starts = [0, *_breaks(line, width), len(line)]
            for start, end in pairwise(starts):
                lines.append(self.between(place + start, place + end).strip())
            place += len(line) + 1
        return tuple(lines)


def cells(text: str) -> int:
    """Return the columns that words take on a terminal."""
    if text.isascii() or _SINGLE.issuperset(text):
        return len(text)
    # Letter by letter, as they are cut: of all at once wcwidth lets a sign that is not seen join letters that are two.
    return sum(columns for _, columns in _letters(text))


def render(lines: Iterable[Text], styles: Mapping[str, str]) -> str:
    """Return lines as a terminal takes them. `styles` words each style as Rich does; one that it lacks is none."""
    codes = {name: sgr(definition) for name, definition in styles.items()}
    return "\n".join(["".join(_paint(line, codes)) for line in lines])


def sgr(definition: str) -> str:
    """Return what selects a style, such as `bold color(31)`, on a terminal of 256 colours."""
    codes: list[str] = []
    for word in definition.split():
        if word in _ATTRIBUTES:
            codes.append(_ATTRIBUTES[word])
        elif word.startswith("color("):
            codes.append(f"38;5;{word[6:-1]}")
        else:
            raise ValueError(f"a style of the screens has no {word!r}")
    return ";".join(codes)


def _paint(line: Text, codes: Mapping[str, str]) -> Iterator[str]:
    for text, style in line.runs:
        code = codes.get(style)
        yield f"\x1b[{code}m{text}{_RESET}" if code and text else text


def _breaks(line: str, width: int) -> list[int]:
    """Where further lines begin. Spaces stay at the end of the line before, where they are stripped."""
    starts: list[int] = []
    taken = 0
    for found in _WORD.finditer(line):
        word, start = found.group(), found.start()
        columns = cells(word.rstrip())
        if columns <= width - taken:
            taken += cells(word)
        elif columns <= width:
            starts.append(start)
            taken = cells(word)
        else:
            while word:
                piece = _fit(word, width) or word[0]
                if start:
                    starts.append(start)
                start += len(piece)
                word = word[len(piece) :]
                taken = cells(piece)
    return starts


def _fit(text: str, width: int) -> str:
    """Return as much of the beginning as `width` columns hold, no letter torn."""
    if text.isascii():
        return text[: max(0, width)]
    length = taken = 0
    for letter, columns in _letters(text):
        taken += columns
        if taken > width:
            return text[:length]
        length += len(letter)
    return text


def _letters(text: str) -> Iterator[tuple[str, int]]:
    """What a reader takes for one letter, however many code points it has, with the columns of each."""
    from wcwidth import iter_graphemes, wcswidth

    for letter in iter_graphemes(text):
        # There is no answer for control characters, which are taken out of words before they are shown.
        yield letter, max(0, wcswidth(letter))
