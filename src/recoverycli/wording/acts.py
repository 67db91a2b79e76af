"""What an answer does for the customer, and what it does wrong, with the words that show it. Pure."""

from __future__ import annotations

from typing import Literal, NamedTuple

GoodAct = Literal[
    "acknowledges", "asks", "apologizes", "takes-responsibility", "explains", "offers", "commits", "thanks"
]
BadAct = Literal["denies", "refuses", "blames", "threatens", "dismisses", "mocks", "ignores-question"]


class ActMark(NamedTuple):
    """Words of an answer: from where to where (in characters), and what they do."""

    start: int
    end: int
    act: GoodAct | BadAct
