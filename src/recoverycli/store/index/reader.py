"""Read the files of days for the index, with several processes if there are many."""

from __future__ import annotations

import marshal
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from recoverycli.session.transcript.model import Call
from recoverycli.store.calls.folders import files
from recoverycli.store.calls.transcript_file import read_call
from recoverycli.store.files import status
from recoverycli.store.index.columns import IndexedCall, IndexedCommitment, IndexedOffer, IndexedStep, StepKind
from recoverycli.store.index.tables import IndexedFile
from recoverycli.store.index.values import Values, values_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from concurrent.futures import Future

    _Row = tuple[Any, ...]

# Fewer are read faster than processes start.
_MANY_DAYS = 60
# Windows waits for at most 63 handles, and the pool uses two of them.
_MOST_WORKERS = 61
# Days that are read before they are written; more would need more memory.
_AHEAD = 3


class SkippedFile(NamedTuple):
    """A file that was skipped: its name, size, time (nanoseconds), why, and whether it may be readable later."""

    name: str
    size: int
    changed: int
    why: str
    again: bool


class DayRead(NamedTuple):
    """The files of a day, read."""

    calls: list[IndexedFile]
    skipped: list[SkippedFile]


def read_files(day: Path, entries: Iterable[os.DirEntry[str]]) -> DayRead:
    """Read some files of a day."""
    calls: list[IndexedFile] = []
    skipped: list[SkippedFile] = []
    folder = str(day)
    for entry in entries:
        found = status(entry)
        if found is None:
            continue
        read = read_call(folder, entry.name, found)
        size, changed = found.st_size, found.st_mtime_ns
        if isinstance(read, Call) and read.kind != "call":
            skipped.append(SkippedFile(entry.name, size, changed, "it is practice, not a call", again=False))
        elif isinstance(read, Call):
            calls.append(IndexedFile(entry.name, size, changed, values_of(read)))
        else:
            skipped.append(SkippedFile(entry.name, size, changed, read.why, read.passing))
    return DayRead(calls, skipped)


def read_days(days: Sequence[Path]) -> Iterator[DayRead]:
    """Read all files of some days, in order."""
    if len(days) < _MANY_DAYS or (os.cpu_count() or 1) < 2:
        yield from (read_files(day, files(day)) for day in days)
        return
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool
    from multiprocessing import get_context

    context = get_context(start_method())
    workers = min(os.cpu_count() or 1, _MOST_WORKERS)
    done = 0
    try:
        with ProcessPoolExecutor(workers, context, initializer=_settle) as pool:
            running: list[Future[bytes]] = [pool.submit(_pack, day) for day in days[: workers * _AHEAD]]
            for _ in days:
                packed = running.pop(0).result()
                if (following := done + workers * _AHEAD) < len(days):
                    running.append(pool.submit(_pack, days[following]))
                done += 1
                yield _unpack(packed)
    except (BrokenProcessPool, PermissionError):
        # A process was killed or could not start: the rest is read here.
        yield from (read_files(day, files(day)) for day in days[done:])


def start_method() -> Literal["fork", "spawn"]:
    """Return how processes are begun here: by a fork, which is the faster, where nothing else may hold a lock in it.

    A fork copies one thread alone; on macOS the system's own libraries have threads as well. Those that no Python code
    began (an engine's, a driver's) count too, so the system is asked for the number of all.
    """
    return "fork" if sys.platform == "linux" and _threads() == 1 else "spawn"


def _threads() -> int:
    try:
        return sum(1 for _ in Path("/proc/self/task").iterdir())
    except OSError:
        return 0


def _pack(day: Path) -> bytes:
    """Plain values travel between processes in a tenth of the time, each kind of steps once for a day."""
    read = read_files(day, files(day))
    kinds: dict[StepKind, int] = {}
    calls = [(one.name, one.size, one.changed, _bare(one.values, kinds)) for one in read.calls]
    return marshal.dumps((calls, [*map(tuple, kinds)], [*map(tuple, read.skipped)]))


def _unpack(packed: bytes) -> DayRead:
    # They come from a process of our own.
    calls, kinds, skipped = marshal.loads(packed)  # noqa: S302
    known = [*map(StepKind._make, kinds)]
    taken = [IndexedFile(name, size, changed, _values(known, *values)) for name, size, changed, values in calls]
    return DayRead(taken, [*map(SkippedFile._make, skipped)])


def _bare(values: Values, kinds: dict[StepKind, int]) -> tuple[Any, ...]:
    """Return the rows as tuples: marshal knows no others."""
    steps = [(kinds.setdefault(step[0], len(kinds)), *step[1:]) for step in values.steps]
    return tuple(values.call), steps, [*map(tuple, values.offers)], [*map(tuple, values.commitments)], values.words


def _values(
    kinds: list[StepKind],
    call: _Row,
    steps: list[_Row],
    offers: list[_Row],
    commitments: list[_Row],
    words: list[str | None],
) -> Values:
    return Values(
        IndexedCall._make(call),
        [IndexedStep._make((kinds[step[0]], *step[1:])) for step in steps],
        [*map(IndexedOffer._make, offers)],
        [*map(IndexedCommitment._make, commitments)],
        words,
    )


def _settle() -> None:
    import gc
    import signal

    # Ctrl-C is for the process that asked. What is read is let go of at once: to look for cycles in it takes as long.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.disable()
