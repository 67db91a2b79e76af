"""The right to erasure: a person's calls are deleted, and mentions in other calls are masked.

Afterwards the name is in no byte of the stored data: transcripts, practice, reviews, open calls and their leftovers,
the index and its free pages (it is rebuilt), file names. Unchanged but reported are longer names of other customers
("Ana Lopez" when Ana is erased), texts of a company's framework, and files that the tool did not create.
"""

from __future__ import annotations

import contextlib
import os
from typing import TYPE_CHECKING, Any, NamedTuple

from recoverycli.errors import CallBusy
from recoverycli.store.erased_record import note_erased
from recoverycli.store.files import flush_folder, refusal, replace_file
from recoverycli.store.index.file import remove_index
from recoverycli.store.index.index import Index
from recoverycli.store.journal.closed import remove_closed
from recoverycli.store.layout import PRACTICE_LINES, REVIEWS, is_unfinished
from recoverycli.store.locks import ANSWERS_LOCK, LOCK, REVIEWS_LOCK, hold_folder, hold_journal, lock_path
from recoverycli.store.outbox import note_change, note_erasure
from recoverycli.store.privacy.own_files import mask_own_file, own_texts
from recoverycli.store.privacy.remove import remove_files, remove_review
from recoverycli.store.privacy.rewrite import RewriteResult, rewrite, rewrite_lines, rewrite_text
from recoverycli.store.privacy.survey import CallToErase, Kind, Survey, customer_of, name_words, survey
from recoverycli.system.disk import rename, unlink

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from pathlib import Path

    from recoverycli.session.person import Person
    from recoverycli.store.privacy.survey import Report

_KEPT = "What was erased before is deleted; the rest was not changed. Run the same command again to continue."
# The field of the amendment that records an erasure; its new value is the number of places.
ERASED_FIELD = "erased"


def is_same_but_for_erasures(stored: dict[str, Any], other: dict[str, Any]) -> bool:
    """Whether a stored transcript is the other one with traces of erasures, or without."""
    if stored == other:
        return True
    amendments = stored.get("amendments")
    if not isinstance(amendments, list):
        return False
    kept = [one for one in amendments if not isinstance(one, dict) or one.get("field") != ERASED_FIELD]
    return {**stored, "amendments": kept} == {"amendments": [], **other}


class ErasureResult(NamedTuple):
    """What was erased: calls by kind, files in which mentions were masked, and in how many places.

    `left` are own files of the agent that the person is still in: masking would have broken them.
    """

    calls: int
    practice: int
    open_calls: int
    files: int
    places: int
    left: tuple[Path, ...]


def erase(
    home: Path, person: Person, at: datetime, report: Report, *, mentions: bool = True, own: Sequence[Path] = ()
) -> ErasureResult:
    """Erase the person, also in the agent's own files.

    `at` is the time, for the trace in calls that stay. Raises CallBusy, with nothing done, if a process has a call of
    theirs open, and StoreProblem if a file cannot be changed; the next attempt continues from there.
    """
    before = survey(home, person, report, mentions=mentions, own=own)
    if before.busy:
        raise busy_problem(before.busy)
    note_erased(home, person, at)
    note_erasure(home, person, at)
    try:
        # They hold the same words, and what was taken back besides; nobody reopens a call of somebody who is erased.
        remove_closed(home)
    except OSError as refused:
        raise refusal(home, refused, kept=_KEPT) from refused
    if before.is_empty:
        return ErasureResult(0, 0, 0, 0, 0, ())
    try:
        # First: the index is a cache and must not contain the name, whatever happens next.
        remove_index(home, kept=_KEPT)
        counts = _erase_calls(home, before)
        places = sum(_mask(path, person, at) for path in before.mentioning)
        masked = {path: mask_own_file(path, person) for path in before.own}
    except OSError as refused:
        raise refusal(home, refused, kept=_KEPT) from refused
    with Index(home, report) as index:
        index.rebuild()
    files = len(before.mentioning) + sum(map(bool, masked.values()))
    places += sum(masked.values())
    left = tuple(path for path, text in own_texts(before.own) if person.spans(text))
    return ErasureResult(counts["call"], counts["practice"], counts["open call"], files, places, left)


def busy_problem(busy: tuple[str, ...]) -> CallBusy:
    """Return the error for open calls that contain the name."""
    many = len(busy) > 1
    return CallBusy(
        f"{'calls' if many else 'call'} {', '.join(busy)} with the name "
        f"{'are' if many else 'is'} open in another window",
        kept="Nothing was erased.",
        hint="Finish or leave it there (/pause), then try again.",
    )


def _erase_calls(home: Path, before: Survey) -> dict[Kind, int]:
    counts: dict[Kind, int] = {"call": 0, "practice": 0, "open call": 0}
    days: dict[Path, list[CallToErase]] = {}
    for going in before.going:
        if going.kind == "open call":
            _remove_journal(home, going.path)
            counts["open call"] += 1
        else:
            days.setdefault(going.path.parent, []).append(going)
    for day, calls in days.items():
        # Calls that were deleted meanwhile need no work.
        for _ in remove_files(home, day, [going.path for going in calls]):
            pass
        for going in calls:
            counts[going.kind] += 1
    return counts


def _remove_journal(home: Path, path: Path) -> None:
    with contextlib.ExitStack() as stack:
        if not stack.enter_context(hold_journal(path)):
            raise busy_problem((path.stem,))
        remove_review(home, path.stem)
        unlink(path.with_suffix(".unread"), missing_ok=True)
        unlink(path, missing_ok=True)
        if os.name == "nt":
            # Windows does not delete a lock file while it is held.
            stack.close()
        unlink(lock_path(path), missing_ok=True)
    flush_folder(path.parent)


def _mask(path: Path, person: Person, at: datetime) -> int:
    """Mask the mentions in a file and in its name; return their number."""
    if is_unfinished(path):
        unlink(path, missing_ok=True)
        return 1
    with contextlib.ExitStack() as stack:
        if path.name in PRACTICE_LINES:
            stack.enter_context(hold_folder(path.parent, ANSWERS_LOCK))
        elif path.suffix == ".jsonl":
            if not stack.enter_context(hold_journal(path)):
                raise busy_problem((path.stem,))
        elif path.suffix == ".json":
            stack.enter_context(hold_folder(path.parent, REVIEWS_LOCK if path.parent.name == REVIEWS else LOCK))
        try:
            data = path.read_bytes()
        except FileNotFoundError:
            return 0
        fresh = _mask_document(path, data, person, at)
        if fresh.places:
            with note_change(path, "rewritten"):
                replace_file(path, fresh.data)
    name, places = person.mask(name_words(path))
    if places:
        rename(path, _free(path.with_name(name)))
    return fresh.places + places


def _mask_document(path: Path, data: bytes, person: Person, at: datetime) -> RewriteResult:
    longer = person.names_of_others(*customer_of(path, data))

    def change(text: str) -> tuple[str, int]:
        return person.mask(text, longer)

    def trace(document: dict[str, Any], places: int) -> dict[str, Any]:
        """Record in a transcript that words were masked, without the name."""
        if not isinstance(document.get("amendments", []), list) or "steps" not in document:
            return document
        told = {"at": at.isoformat(timespec="microseconds"), "field": ERASED_FIELD, "old": None, "new": places}
        return {**document, "amendments": [*document.get("amendments", ()), told]}

    match path.suffix:
        case ".json":
            return rewrite(data, change, trace)
        case ".jsonl" | ".unread":
            return rewrite_lines(data, change)
    return rewrite_text(data, change)


def _free(path: Path) -> Path:
    while path.exists():
        path = path.with_name(f"{path.name}_")
    return path
