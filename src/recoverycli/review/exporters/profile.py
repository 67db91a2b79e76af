"""The note for the customer's profile: what a colleague needs to know at the next call."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recoverycli.live.profile_note import profile_note
from recoverycli.text.safe import escape

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from recoverycli.review.exporters.formats import Exported


def pieces(calls: Iterable[Exported]) -> Iterator[str]:
    """Return the notes, an empty line between two."""
    for number, exported in enumerate(calls):
        yield ("\n" if number else "") + escape(profile_note(exported.call)) + "\n"
