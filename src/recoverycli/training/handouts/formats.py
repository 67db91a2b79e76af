"""The formats and paper sizes of handouts, and the result of making one."""

from __future__ import annotations

from typing import Literal, NamedTuple, get_args

Format = Literal["pdf", "html", "md"]
Paper = Literal["a4", "letter"]
FORMATS: tuple[Format, ...] = get_args(Format)
PAPERS: tuple[Paper, ...] = get_args(Paper)


class Sheets(NamedTuple):
    """A handout as bytes. `pages` is None if the reader's program decides; `wanted` is how many it should take.

    `lost` are the characters that no font has, `left_out` the names of omitted parts.
    """

    data: bytes
    pages: int | None = None
    wanted: int = 1
    lost: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
