"""Calls as a dataset:

`year=2026/month=11/part-00000.parquet`, by start time in UTC. A dataset is built in a temporary folder and renamed, so
readers find the whole old or the whole new one. Memory holds a few row groups of at most GROUP calls.
"""

from __future__ import annotations

import contextlib
import os
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, Literal

import msgspec

from recoverycli.errors import RecoveryError, StoreProblem, UsageProblem
from recoverycli.store.files import FOLDER_MODE, flush_folder, refusal, replace_file
from recoverycli.system.disk import flush, is_link, open_binary, remove_tree, rename
from recoverycli.team.dataset.columns import SCHEMA_VERSION, schema
from recoverycli.team.dataset.rows import row

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from recoverycli.session.transcript.model import Transcript

# Starts with a character that makes engines skip the file.
MARK = "_recovery.json"
GROUP = 4_096
_BATCH = 256
# At the end of a month, calls of several time zones alternate between two months.
_OPEN = 2


class Made(msgspec.Struct, frozen=True):
    """The marker file of a dataset: its creator, and every file that belongs to it."""

    calls: int
    files: tuple[str, ...]
    with_text: bool
    schema_version: int = SCHEMA_VERSION
    dataset: Literal["recoverycli calls"] = "recoverycli calls"


def ready(target: Path) -> bool:
    """Whether a dataset of ours already exists; called before any work is done.

    Raises UsageProblem if something else is there, and RecoveryError if pyarrow is not installed.
    """
    if find_spec("pyarrow") is None:
        raise RecoveryError("Parquet needs pyarrow, which is not installed", hint='pip install "recoverycli[team]"')
    if not target.parent.is_dir():
        raise UsageProblem(f"there is no folder {target.parent}", hint="Create it first, or choose another.")
    _restore(target)
    if not os.path.lexists(target):
        return False
    stranger = _is_foreign(target)
    if stranger:
        raise UsageProblem(
            f"{target} {stranger}", kept="Nothing was changed.", hint="Choose a new folder with --output."
        )
    return any(target.iterdir())


def write_dataset(target: Path, transcripts: Iterable[Transcript], *, with_text: bool = False) -> Made:
    """Write the calls without practice, and replace what `ready` found.

    They must be sorted by start, oldest first. Raises StoreProblem for errors of the disk; nothing is replaced then.
    """
    aside = target.with_name(f".{target.name[:100]}.{os.urandom(4).hex()}.tmp")
    try:
        aside.mkdir(mode=FOLDER_MODE)
        with contextlib.closing(_Writer(aside, with_text=with_text)) as writer:
            for transcript in transcripts:
                if transcript.call.kind == "call":
                    writer.add(row(transcript.call, with_text=with_text))
        made = Made(writer.calls, tuple(writer.files), with_text)
        replace_file(aside / MARK, msgspec.json.format(msgspec.json.encode(made), indent=1) + b"\n")
        _swap(aside, target)
    except OSError as refused:
        told = refusal(target, refused)
        raise StoreProblem(
            told.message, hint="Choose another folder with --output.", kept="Nothing was written there."
        ) from refused
    finally:
        with contextlib.suppress(OSError):
            remove_tree(aside)
    return made


class _Writer:
    """The files that are being written, one per month."""

    def __init__(self, folder: Path, *, with_text: bool) -> None:
        import pyarrow.parquet as pq

        self._pq = pq
        self._folder = folder
        self._schema = schema(with_text=with_text)
        self._months: dict[str, _Month] = {}
        self.calls = 0
        self.files: list[str] = []

    def add(self, made: dict[str, Any]) -> None:
        """Add a row."""
        name = f"year={made['started'].year}/month={made['started'].month}"
        month = self._months.get(name)
        if month is None:
            if len(self._months) >= _OPEN:
                self._months.pop(next(iter(self._months))).close()
            month = self._months[name] = self._begin(name)
        month.add(made)
        self.calls += 1

    def close(self) -> None:
        """Finish every file, without hiding an earlier error."""
        months, self._months = self._months, {}
        for month in months.values():
            month.close()

    def _begin(self, name: str) -> _Month:
        folder = self._folder / name
        for one in (folder.parent, folder):
            one.mkdir(mode=FOLDER_MODE, exist_ok=True)
        file = f"{name}/part-{len(self.files):05d}.parquet"
        self.files.append(file)
        return _Month(self._folder / file, self._schema, self._pq)


class _Month:
    """A file: rows are converted to columns in batches, and batches to row groups."""

    def __init__(self, path: Path, columns: Any, pq: Any) -> None:
        self._descriptor = open_binary(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY)
        self._file = os.fdopen(self._descriptor, "wb")
        self._schema = columns
        self._writer = pq.ParquetWriter(self._file, columns, compression="zstd")
        self._rows: list[dict[str, Any]] = []
        self._batches: list[Any] = []

    def add(self, made: dict[str, Any]) -> None:
        self._rows.append(made)
        if len(self._rows) == _BATCH:
            self._convert()
            if len(self._batches) * _BATCH >= GROUP:
                self._flush()

    def close(self) -> None:
        with self._file:
            self._convert()
            self._flush()
            self._writer.close()
            self._file.flush()
            flush(self._descriptor)

    def _convert(self) -> None:
        import pyarrow as pa

        if self._rows:
            self._batches.append(pa.RecordBatch.from_pylist(self._rows, schema=self._schema))
            self._rows = []

    def _flush(self) -> None:
        import pyarrow as pa

        if self._batches:
            table = pa.Table.from_batches(self._batches, schema=self._schema).unify_dictionaries()
            self._writer.write_table(table, row_group_size=GROUP)
            self._batches = []


def _is_foreign(target: Path) -> str:
    """Why an existing target must not be replaced; empty if it can be."""
    if is_link(target) or not target.is_dir():
        return "is not a folder"
    there = {path.relative_to(target).as_posix() for path in target.rglob("*") if is_link(path) or not path.is_dir()}
    if not there:
        return "" if not any(target.iterdir()) else "contains folders that this export did not write"
    try:
        made = msgspec.json.decode((target / MARK).read_bytes(), type=Made)
    except (OSError, msgspec.MsgspecError):
        return "contains files that this export did not write"
    others = sorted(there - {MARK, *made.files})
    return f"contains {others[0]}, which this export did not write" if others else ""


def _swap(aside: Path, target: Path) -> None:
    """Replace the old folder by the new one; the old one is restored if that fails."""
    before = _backup_path(target)
    if target.is_dir():
        rename(target, before)
    try:
        rename(aside, target)
    except OSError:
        if before.is_dir():
            rename(before, target)
        raise
    flush_folder(target.parent)
    with contextlib.suppress(OSError):
        remove_tree(before)


def _restore(target: Path) -> None:
    """Restore a dataset that a killed export was about to replace."""
    before = _backup_path(target)
    if before.is_dir() and (before / MARK).is_file() and not _is_foreign(before):
        if os.path.lexists(target):
            remove_tree(before)
        else:
            rename(before, target)


def _backup_path(target: Path) -> Path:
    return target.with_name(f".{target.name[:100]}.before")
