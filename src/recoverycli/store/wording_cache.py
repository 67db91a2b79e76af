"""The compiled wording in a file, so that a call need not compile it: a cache, which can be deleted at any time.

What it was made from is a digest in front, and so is what is in the file: a damaged file is the same as none.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
from typing import TYPE_CHECKING

from recoverycli.store.files import open_own, read_own
from recoverycli.store.layout import WORDING_CACHE, WORDING_CACHE_UNFINISHED

if TYPE_CHECKING:
    from pathlib import Path

_DIGEST = hashlib.sha256().digest_size


def read_cache(home: Path, made_from: bytes) -> bytes | None:
    """Return what is in the cache; None if it was made from something else, is damaged or does not exist."""
    try:
        data = read_own(home / WORDING_CACHE)
    except OSError:
        return None
    kept = data[2 * _DIGEST :]
    whole = data.startswith(made_from) and data[_DIGEST : 2 * _DIGEST] == hashlib.sha256(kept).digest()
    return kept if whole else None


def write_cache(home: Path, made_from: bytes, kept: bytes) -> None:
    """Keep what was made; without a data folder, or where it cannot be written, nothing is kept.

    Nothing is flushed to the disk: what a power cut leaves of it is damaged, and made again.
    """
    unfinished = home / WORDING_CACHE_UNFINISHED
    try:
        with os.fdopen(open_own(unfinished, os.O_CREAT | os.O_WRONLY | os.O_TRUNC), "wb") as file:
            file.writelines((made_from, hashlib.sha256(kept).digest(), kept))
        # One try: no call waits for a file that another program has open.
        unfinished.replace(home / WORDING_CACHE)
    except OSError:
        with contextlib.suppress(OSError):
            unfinished.unlink()
