"""Pages of PDF: the one module that knows typst. Texts of people are passed as data, never as source."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from recoverycli.text.safe import escape

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from typst import Compiler, Fonts, PDFStandard

    from recoverycli.training.handouts.formats import Paper

_TEMPLATES = Path(__file__).parent / "templates"
# A standard that asks for a title, a language, tags for screen readers, and a glyph for every letter.
_ACCESSIBLE: PDFStandard = "ua-1"
_APOSTROPHE = re.compile(r"(?<=\w)'(?=\w)")
_QUOTED = re.compile(r'(?<![^\s(])"([^"]+)"(?![^\s.,;:!?)])')
_LONG_WORD = re.compile(r"\S{24}(?=\S)")
# In points: a smaller difference is not visible.
_STEP = 0.25
_MAY_BREAK = "\u200b"


class PdfSource(NamedTuple):
    """What is to be typeset: a template of ours, data that holds words of people, and the size of letters in points.

    `lost` are the characters that no font has.
    """

    template: str
    data: Any
    paper: Paper
    size: float
    fonts: Fonts
    lost: tuple[str, ...]

    def of(self, data: Any) -> PdfSource:
        """Return the same with other data, which has no words that were not in the first."""
        return self._replace(data=_safe(data))


def pdf_source(template: str, data: Any, paper: Paper, size: float) -> PdfSource:
    """Return what is to be typeset, with fonts for its words.

    Pages use the fonts of typst, so that they look the same on every machine. The fonts of the machine are searched
    only for missing characters.
    """
    safe = _safe(data)
    words = tuple(dict.fromkeys(word for text in _texts(safe) for word in text.split() if not word.isascii()))
    fonts = _fonts(machine=False)
    lost = _missing_letters(words, fonts)
    if lost:
        fonts = _fonts(machine=True)
        lost = _missing_letters(words, fonts)
    return PdfSource(template, safe, paper, size, fonts, lost)


def pages(draft: PdfSource) -> int:
    """Return how many pages a draft takes."""
    return int(json.loads(_compiler(draft).query("<pages>", field="value", one=True)))


def largest(draft: PdfSource, smallest: float, ceiling: float, most: int) -> PdfSource | None:
    """Return the draft in the largest letters with which it takes `most` pages, in points; None if none do."""
    fits, too_large = int(smallest / _STEP), int(ceiling / _STEP) + 1
    if pages(draft._replace(size=fits * _STEP)) > most:
        return None
    while too_large - fits > 1:
        middle = (fits + too_large) // 2
        if pages(draft._replace(size=middle * _STEP)) > most:
            too_large = middle
        else:
            fits = middle
    return draft._replace(size=fits * _STEP)


def typeset(draft: PdfSource) -> bytes:
    """Return the document. The same draft gives the same bytes."""
    pdf = _compiler(draft).compile(format="pdf", pdf_standards=[] if draft.lost else _ACCESSIBLE, timestamp=0)
    return cast("bytes", pdf)


def _compiler(draft: PdfSource) -> Compiler:
    from typst import Compiler

    told = {"data": json.dumps(draft.data), "paper": draft.paper, "size": str(draft.size)}
    return Compiler(
        _TEMPLATES / draft.template, root=_TEMPLATES, font_paths=draft.fonts, ignore_system_fonts=True, sys_inputs=told
    )


@cache
def _fonts(*, machine: bool) -> Fonts:
    from typst import Fonts

    return Fonts(include_system_fonts=machine)


def _missing_letters(words: Iterable[str], fonts: Fonts) -> tuple[str, ...]:
    """The letters of these words that none of the fonts has; a whole word where its letters are there, but not it."""
    there = [word for word in words if not _is_there(word, fonts)] if not _is_there(" ".join(words), fonts) else []
    letters = (
        [letter for letter in word if not letter.isascii() and not _is_there(letter, fonts)] or [word] for word in there
    )
    return tuple(dict.fromkeys(letter for some in letters for letter in some))


def _is_there(text: str, fonts: Fonts) -> bool:
    """Whether the fonts have a glyph for everything: typst refuses an accessible document where one is missing."""
    from typst import Compiler, TypstError

    probe = Compiler(
        _TEMPLATES / "probe.typ", root=_TEMPLATES, font_paths=fonts, ignore_system_fonts=True, sys_inputs={"text": text}
    )
    try:
        probe.compile(format="pdf", pdf_standards=_ACCESSIBLE)
    except TypstError:
        return False
    return True


def _safe(value: Any) -> Any:
    """Data whose texts are one line each, without control characters, and never wider than a column."""
    if isinstance(value, str):
        line = _QUOTED.sub("\u201c\\1\u201d", _APOSTROPHE.sub("\u2019", escape(" ".join(value.split()))))
        return _LONG_WORD.sub(rf"\g<0>{_MAY_BREAK}", line)
    if isinstance(value, dict):
        return {key: _safe(item) for key, item in value.items()}
    return [_safe(item) for item in value] if isinstance(value, (list, tuple)) else value


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from _texts(item)
    elif isinstance(value, list):
        for item in value:
            yield from _texts(item)
