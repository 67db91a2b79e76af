"""JSON: the stored documents. One is written unchanged, several as one line each (JSON Lines)."""

from __future__ import annotations

from itertools import chain, islice
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from recoverycli.review.exporters.formats import Exported


def pieces(calls: Iterable[Exported]) -> Iterator[str]:
    """Return the documents; `log import` reads them unchanged."""
    rest = iter(calls)
    first = list(islice(rest, 2))
    if len(first) == 1:
        yield first[0].raw.decode()
        return
    for exported in chain(first, rest):
        yield msgspec.json.encode(exported.document).decode() + "\n"
