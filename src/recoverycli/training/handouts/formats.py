"""What a handout can be: its formats, the paper it is printed on, and what is to be said of one that was made."""

from __future__ import annotations

from typing import Literal, NamedTuple, get_args

Format = Literal["pdf", "html", "md"]
Paper = Literal["a4", "letter"]
FORMATS: tuple[Format, ...] = get_args(Format)
PAPERS: tuple[Paper, ...] = get_args(Paper)


class Sheets(NamedTuple):
    """A handout as bytes. `pages` is None if the reader's program decides; `wanted` is how many it should take.

    `lost` are the letters that no font at hand has, `left_out` the names of what the paper has no room for.
    """

    data: bytes
    pages: int | None = None
    wanted: int = 1
    lost: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
