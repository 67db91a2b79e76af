"""What a search for secrets says of itself: what was looked for, by which rules. Nothing found is not nothing there."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import TYPE_CHECKING

from recoverycli.version import __version__

if TYPE_CHECKING:
    from recoverycli.redaction.rules import Rules

_FILES = {".py", ".msgpack"}


@functools.cache
def rules_version(folder: Path = Path(__file__).parent) -> str:
    """Return the version of the rules: that of the tool, and a digest of the rules and weights as they are here."""
    from hashlib import blake2b

    digest = blake2b(digest_size=4)
    for file in sorted(path for path in folder.rglob("*") if path.suffix in _FILES):
        digest.update(file.relative_to(folder).as_posix().encode() + b"\0" + file.read_bytes())
    return f"{__version__}-{digest.hexdigest()}"


def describe_search(rules: Rules) -> str:
    """Say what these rules look for, and their version."""
    kinds = ", ".join(("card numbers", "codes", "passwords", *sorted(rules.chosen)))
    return f"{kinds}, by the masking rules {rules_version()}"
