"""Move data of earlier versions, which used one folder, to separate folders for calls and settings.

Files are renamed one after another and never overwritten; an interrupted move continues at the next command. What
cannot be moved stays and is reported. An existing file with the same name and content counts as moved.
"""

from __future__ import annotations

import contextlib
import os
from typing import TYPE_CHECKING

from recoverycli.errors import StoreProblem
from recoverycli.paths import MOVING_LOCK
from recoverycli.store.files import make_folder, reason_in_words
from recoverycli.store.layout import (
    CACHE_FILES,
    FOLDERS,
    LIVE,
    PRACTICE,
    PRACTICE_LINES,
    SETTINGS,
    TEAM,
    is_lock,
)  # fmt: skip
from recoverycli.store.locks import acquire, hold_journal, is_open_elsewhere
from recoverycli.store.practice_lines import append_lines
from recoverycli.system.disk import is_link, rename, rename_new, rmdir, unlink

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

DATA = (*FOLDERS, TEAM)
# A running database knows the path of its folder.
_RUNNING = (TEAM, "trial", "pg", "postmaster.pid")
_PATIENCE = 30.0  # seconds, for another window that is moving them


def move_data(before: Path, home: Path) -> tuple[Path, tuple[str, ...]]:
    """Move the calls from `before` to `home`; return the data folder to use, and what stayed and why.

    While a call is open in `before`, or it cannot be changed, and `home` is empty, `before` is used.
    """
    left: list[str] = []
    with _lock(before, left) as alone:
        if not alone:
            return (home if home.exists() else before), tuple(left)
        there = [name for name in DATA if os.path.lexists(before / name)]
        if there and not home.exists():
            if _is_in_use(before):
                return before, ()
            try:
                make_folder(home, home)
            except StoreProblem as refused:
                return before, (f"{refused.message}; the calls stay in {before}",)
        for name in there:
            if name == LIVE:
                _move_open_calls(before, home, left)
            else:
                _move(before / name, home / name, home, left)
        for name in CACHE_FILES:
            with contextlib.suppress(OSError):
                (before / name).unlink(missing_ok=True)
    return home, tuple(left)


def move_settings(before: Path, config: Path) -> tuple[str, ...]:
    """Move settings, phrases and frameworks from `before` to `config`; return what stayed and why."""
    left: list[str] = []
    with _lock(before, left) as alone:
        there = [name for name in SETTINGS if os.path.lexists(before / name)] if alone else []
        if there:
            try:
                make_folder(config, config)
            except StoreProblem as refused:
                return (f"{refused.message}; the settings stay in {before}",)
        for name in there:
            _move(before / name, config / name, config, left)
    return tuple(left)


@contextlib.contextmanager
def _lock(before: Path, left: list[str]) -> Iterator[bool]:
    """Lock the move against other windows; False if that failed."""
    lock = None
    with contextlib.suppress(OSError):
        lock = acquire(before / MOVING_LOCK, _PATIENCE)
    if lock is None:
        left.append(f"{before}: another window is moving its contents, or it cannot be changed")
    try:
        yield lock is not None
    finally:
        if lock is not None:
            lock.release()


def _is_in_use(before: Path) -> bool:
    return before.joinpath(*_RUNNING).exists() or any(map(is_open_elsewhere, _journals(before)))


def _journals(before: Path) -> Sequence[Path]:
    return sorted((before / LIVE).glob("*.jsonl"))


def _move_open_calls(before: Path, home: Path, left: list[str]) -> None:
    """Move the open calls, except those that another process has open."""
    busy = set()
    for journal in _journals(before):
        try:
            with hold_journal(journal) as free:
                if free:
                    # Unreadable lines go first: a call is found by its journal.
                    for path in (journal.with_suffix(".unread"), journal):
                        if os.path.lexists(path):
                            _move(path, home / LIVE / path.name, home, left)
                    continue
        except StoreProblem as refused:
            left.append(refused.message)
        else:
            left.append(f"{journal}: it is open in another window; it will be moved once it is finished there")
        busy.add(journal.stem)
    for path in sorted((before / LIVE).iterdir()):
        if path.stem not in busy:
            _move(path, home / LIVE / path.name, home, left)
    _remove_empty(before / LIVE)


def _move(source: Path, target: Path, home: Path, left: list[str]) -> None:
    """Move a file or a folder; existing files are never overwritten."""
    try:
        if is_link(source):
            _move_link(source, target)
        elif source.is_dir():
            _move_folder(source, target, home, left)
        elif is_lock(source):
            unlink(source, missing_ok=True)
        else:
            _move_file(source, target, home)
    except FileNotFoundError:
        # Another process finished or removed it meanwhile.
        return
    except OSError as refused:
        left.append(f"{source}: {reason_in_words(refused)}; it stays there")
    except StoreProblem as refused:
        left.append(f"{source}: it stays there ({refused.message})")


def _move_folder(source: Path, target: Path, home: Path, left: list[str]) -> None:
    if not os.path.lexists(target):
        make_folder(target.parent, home)
        # If a file in it is open on Windows, the others are moved.
        with contextlib.suppress(PermissionError, FileExistsError):
            rename(source, target)
            return
    make_folder(target, home)
    for entry in sorted(source.iterdir()):
        _move(entry, target / entry.name, home, left)
    _remove_empty(source)


def _move_file(source: Path, target: Path, home: Path) -> None:
    make_folder(target.parent, home)
    if rename_new(source, target):
        return
    data = source.read_bytes()
    if target.is_file() and target.read_bytes() == data:
        unlink(source)
    elif target.parent == home / PRACTICE and target.name in PRACTICE_LINES:
        there = set(target.read_bytes().split(b"\n"))
        append_lines(home, target.name, [line for line in data.split(b"\n") if line.strip() and line not in there])
        unlink(source)
    else:
        raise StoreProblem(f"{target} already exists")


def _move_link(source: Path, target: Path) -> None:
    """Create a link with the same target, which may be relative."""
    if os.path.lexists(target):
        raise StoreProblem(f"{target} already exists")
    target.symlink_to(source.parent / source.readlink())
    unlink(source)


def _remove_empty(folder: Path) -> None:
    """Remove a folder that is empty."""
    with contextlib.suppress(OSError):
        rmdir(folder)
