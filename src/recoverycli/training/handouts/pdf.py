"""A framework as a page of PDF: as large as it fits, and shortened rather than too small to read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from recoverycli.training.handouts.formats import Sheets
from recoverycli.training.handouts.page_fit import CEILING, ROOMS, TrimmedHandout, trim
from recoverycli.training.handouts.typesetting import largest, pages, pdf_source, typeset

if TYPE_CHECKING:
    from recoverycli.training.handouts.formats import Paper
    from recoverycli.training.handouts.handout import Handout
    from recoverycli.training.handouts.typesetting import PdfSource

_TEMPLATE = "handout.typ"
# In points, if even the shortest form needs more than one page: then nothing is omitted.
_ON_SEVERAL = 9.5


class FittedHandout(NamedTuple):
    """A handout as it fits on a page, what is not on it, and its draft."""

    handout: Handout
    left_out: tuple[str, ...]
    draft: PdfSource


def fit_page(handout: Handout, paper: Paper) -> FittedHandout:
    """Return the handout with as much on it as a page holds; all of it where no page holds even the least."""
    whole = pdf_source(_TEMPLATE, _data(TrimmedHandout(handout)), paper, _ON_SEVERAL)
    for room in ROOMS:
        kept = trim(handout, room)
        draft = largest(whole.of(_data(kept)), room.smallest, CEILING, most=1)
        if draft is not None:
            return FittedHandout(*kept, draft)
    return FittedHandout(handout, (), whole)


def handout_pdf(handout: Handout, paper: Paper) -> Sheets:
    """Return the page, and the names of what is not on it."""
    fit = fit_page(handout, paper)
    return Sheets(typeset(fit.draft), pages(fit.draft), 1, fit.draft.lost, fit.left_out)


def _data(kept: TrimmedHandout) -> dict[str, Any]:
    return {**msgspec.to_builtins(kept.handout), "left_out": kept.left_out}
