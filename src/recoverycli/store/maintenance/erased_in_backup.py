"""People in a backup who were erased since: the erasures that it knows of, their calls, and mentions in others."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, NamedTuple

from recoverycli.store.calls.transcript_file import BIGGEST
from recoverycli.store.erased_record import NOBODY, decode_record
from recoverycli.store.layout import ERASED_PEOPLE, id_of
from recoverycli.store.maintenance.restore import members

if TYPE_CHECKING:
    from pathlib import Path

    from recoverycli.store.erased_record import ErasedRecord
    from recoverycli.store.maintenance.erasures import Erasures


class ErasedInBackup(NamedTuple):
    """The ids of the calls of erased people, and how many other files mention them."""

    calls: frozenset[str] = frozenset()
    mentioning: int = 0


class WithoutErased:
    """Leaves the calls of erased people out of a restore, and masks mentions of them; counts the files left out."""

    def __init__(self, erasures: Erasures, calls: frozenset[str]) -> None:
        self.left_out = 0
        self._erasures = erasures
        self._calls = calls

    def __call__(self, name: str, data: bytes) -> bytes | None:
        """Return the data to restore; None for a file of such a call."""
        if id_of(name) in self._calls:
            self.left_out += 1
            return None
        return self._erasures.mask(name, data).data


def record_in_backup(archive: Path) -> ErasedRecord:
    """Return the erasures that a backup knows of, which come first there; none if there is no valid record.

    Raises StoreProblem if the backup cannot be read.
    """
    with members(archive) as files:
        name, file = next(files, (None, None))
        if file is not None and name == ERASED_PEOPLE:
            with contextlib.suppress(ValueError):  # the restore refuses it by name
                return decode_record(file.read())
    return NOBODY


def erased_in_backup(archive: Path, erasures: Erasures) -> ErasedInBackup:
    """Search a backup. Raises StoreProblem if it cannot be read."""
    calls: set[str] = set()
    mentioning: set[str] = set()
    if not erasures:
        return ErasedInBackup()
    with members(archive) as files:
        for name, file in files:
            data = file.read(BIGGEST + 1)
            call_id = id_of(name)
            if call_id and erasures.is_theirs(name, data):
                calls.add(call_id)
            elif erasures.mask(name, data).places:
                mentioning.add(name)
    return ErasedInBackup(frozenset(calls), sum(id_of(name) not in calls for name in mentioning))
