"""How a call looks: what stands above the prompt, what is told in lines, and what stands below the prompt."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from recoverycli.session.model import Session
    from recoverycli.terminal.styled_text import Text
    from recoverycli.terminal.views.call.screen import View
    from recoverycli.terminal.views.call.toolbar import Spans


class Face(NamedTuple):
    """`lines` draws for a width and a height, `told` returns lines that read well aloud, `bar` is a line of spans."""

    lines: Callable[[Session, View, int, int], list[Text]]
    told: Callable[[Session], list[str]]
    bar: Callable[[Session, datetime, int], Spans]
