"""Safe repairs: permissions, leftovers, the index."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, NamedTuple

from recoverycli.store.files import FOLDER_MODE, flush_folder, refusal
from recoverycli.store.index.index import Index
from recoverycli.store.maintenance.check import leftovers, readable_by_others
from recoverycli.system.disk import FILE_MODE, unlink

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Report = Callable[[int, int], None]


class RepairResult(NamedTuple):
    """What was repaired; `refused` lists what could not be, and why."""

    private: int
    removed: int
    indexed: bool
    refused: tuple[str, ...]


def repair(home: Path, now: float, report: Report, *, index: bool) -> RepairResult:
    """Make files and folders private, remove what was left behind, and build the index again where `index` says so.

    Raises StoreProblem if the index cannot be built.
    """
    refused: list[str] = []
    private = sum(_make_private(path, refused) for path in [*readable_by_others(home)])
    removed = sum(_remove(path, refused) for path in [*leftovers(home, now)])
    if index:
        with Index(home, report) as built:
            built.rebuild()
    return RepairResult(private, removed, index, tuple(refused))


def _make_private(path: Path, refused: list[str]) -> bool:
    try:
        path.chmod(FOLDER_MODE if path.is_dir() else FILE_MODE)
    except FileNotFoundError:
        return False
    except OSError as fault:
        refused.append(refusal(path, fault).message)
        return False
    return True


def _remove(path: Path, refused: list[str]) -> bool:
    try:
        unlink(path)
    except FileNotFoundError:
        return False
    except OSError as fault:
        refused.append(refusal(path, fault).message)
        return False
    with contextlib.suppress(OSError):
        flush_folder(path.parent)
    return True
