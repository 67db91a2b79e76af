"""The wording of a call: from the cache where nothing has changed, else from its files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recoverycli.store.wording_cache import read_cache, write_cache
from recoverycli.wording.compiled import compile_for_call, decode, encode
from recoverycli.wording.files.library import fingerprint, load

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    from recoverycli.content.library import Source
    from recoverycli.wording.compiled import CallTables


def load_for_call(home: Path, sources: tuple[Source, ...], cards: Collection[str]) -> CallTables:
    """Load the compiled wording of the folders; what was compiled is kept in `home` for the next call."""
    made_from = fingerprint(sources, cards)
    kept = read_cache(home, made_from) if made_from is not None else None
    found = decode(kept) if kept is not None else None
    if found is not None:
        return found
    loaded = load(sources, cards)
    tables = compile_for_call(loaded.wording, loaded.problems)
    # A file may have changed meanwhile.
    if made_from is not None and fingerprint(sources, cards) == made_from:
        write_cache(home, made_from, encode(tables))
    return tables
