"""JSON: the stored documents, each with the values of today under `current`. Several are a line each (JSON Lines)."""

from __future__ import annotations

from itertools import chain, islice
from typing import TYPE_CHECKING

import msgspec

from recoverycli.session.transcript.current import with_current

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from recoverycli.review.exporters.formats import Exported


def pieces(calls: Iterable[Exported]) -> Iterator[str]:
    """Return the documents; `log import` reads them, and leaves `current` out."""
    rest = (with_current(exported.document, exported.stored) for exported in calls)
    first = list(islice(rest, 2))
    if len(first) == 1:
        yield msgspec.json.format(msgspec.json.encode(first[0]), indent=1).decode() + "\n"
        return
    for document in chain(first, rest):
        yield msgspec.json.encode(document).decode() + "\n"
