"""A framework as a page of PDF: as large as there is room for, and rather with less on it than too small to read."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from recoverycli.training.fitting import CEILING, ROOMS, trimmed
from recoverycli.training.typesetting import drafted, largest, typeset

if TYPE_CHECKING:
    from recoverycli.training.handout import Handout
    from recoverycli.training.typesetting import Draft, Paper, Typeset

_TEMPLATE = "handout.typ"
# In points, where one page is not enough for it whatever is left out: then nothing is.
_ON_SEVERAL = 9.5


class Fitted(NamedTuple):
    """A handout as it fits on a page, and its draft."""

    handout: Handout
    draft: Draft


def fitted(handout: Handout, paper: Paper) -> Fitted:
    """Return the handout with as much on it as a page holds; all of it where no page can hold even the least."""
    whole = drafted(_TEMPLATE, handout, paper, _ON_SEVERAL)
    for room in ROOMS:
        kept = trimmed(handout, room)
        draft = largest(whole.of(kept), room.smallest, CEILING, most=1)
        if draft is not None:
            return Fitted(kept, draft)
    return Fitted(handout, whole)


def handout_pdf(handout: Handout, paper: Paper) -> Typeset:
    """Return the page."""
    return typeset(fitted(handout, paper).draft)
