"""Which causes are counted as another: a map of the person who reads the figures, which changes no transcript."""

from __future__ import annotations

import contextlib
import os
from typing import TYPE_CHECKING, Literal, Self

import msgspec

from recoverycli.errors import StoreProblem
from recoverycli.store.files import make_folder, read_own, refusal, refuse_links, replace_file
from recoverycli.store.layout import CAUSES, MERGED
from recoverycli.store.locks import hold_folder
from recoverycli.text.tokens import word_key

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_KEPT = "The map of causes was not changed."


class MergedCause(msgspec.Struct, frozen=True):
    """A cause, and the cause that its calls are counted under."""

    cause: str
    into: str


class CauseMap(msgspec.Struct, frozen=True):
    """The causes that are counted as another one, in the order of the merges. No `into` is merged itself."""

    schema: Literal[1] = 1
    merged: tuple[MergedCause, ...] = ()

    def target(self, cause: str) -> str | None:
        """Return what a cause is counted as; None for itself."""
        key = word_key(cause)
        return next((one.into for one in self.merged if word_key(one.cause) == key), None)

    def merge(self, cause: str, into: str) -> Self:
        """Return the map in which a cause, and all that was merged into it, counts as the other."""
        key = word_key(cause)
        target = self.target(into) or into
        if word_key(target) == key:
            # They are one group already: the other name leads from now on.
            target = into
        moved = {key, word_key(target)}
        others = [one for one in self.merged if word_key(one.cause) not in moved]
        kept = [MergedCause(one.cause, target) if word_key(one.into) == key else one for one in others]
        return msgspec.structs.replace(self, merged=(*kept, MergedCause(cause, target)))

    def split(self, cause: str) -> Self:
        """Return the map in which a cause counts as itself again."""
        key = word_key(cause)
        return msgspec.structs.replace(self, merged=tuple(one for one in self.merged if word_key(one.cause) != key))


def map_path(home: Path) -> Path:
    """The path of the map."""
    return home / CAUSES / MERGED


def read_cause_map(home: Path) -> CauseMap:
    """Return the map, empty if there is none. Raises StoreProblem for a file that cannot be read."""
    path = map_path(home)
    refuse_links(path, home)
    if not os.path.lexists(path):
        return CauseMap()
    try:
        return msgspec.json.decode(read_own(path), type=CauseMap)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError, ValueError) as fault:
        hint = "Move it away to start again."
        raise StoreProblem(f"{path}: it is not a map of causes", kept=_KEPT, hint=hint) from fault
    except OSError as refused:
        raise refusal(path, refused, kept=_KEPT) from refused


def merge_causes(home: Path, cause: str, into: str) -> CauseMap:
    """Count a cause as another from now on, and return the new map. Texts are masked already. Raises StoreProblem."""
    with _change(home):
        return _write(home, read_cause_map(home).merge(cause, into))


def split_cause(home: Path, cause: str) -> CauseMap:
    """Count a cause as itself again, and return the new map. Raises StoreProblem."""
    with _change(home):
        return _write(home, read_cause_map(home).split(cause))


@contextlib.contextmanager
def _change(home: Path) -> Iterator[None]:
    folder = map_path(home).parent
    make_folder(folder, home, kept=_KEPT)
    with hold_folder(folder, kept=_KEPT):
        yield


def _write(home: Path, causes: CauseMap) -> CauseMap:
    path = map_path(home)
    try:
        replace_file(path, msgspec.json.format(msgspec.json.encode(causes), indent=1) + b"\n")
    except OSError as refused:
        raise refusal(path, refused, kept=_KEPT) from refused
    return causes
