"""Amend a stored transcript: amendments are added, earlier values stay.

This is the only way to change an archived transcript. Two windows can amend a call at the same time, an error leaves
the file unchanged, and an unreadable file is never written.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from recoverycli.errors import StoreProblem
from recoverycli.session.transcript.model import Transcript, Unreadable, decode, encode_document
from recoverycli.store.files import refusal, replace_file
from recoverycli.store.locks import hold_folder
from recoverycli.store.outbox import note_change

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime
    from pathlib import Path

    from recoverycli.session.transcript.model import Call

_UNTOUCHED = "The transcript was not changed."


class Change(NamedTuple):
    """A field, its value today and its new value, both as in JSON."""

    field: str
    old: Any
    new: Any


def amend(path: Path, at: datetime, decide: Callable[[Call], Sequence[Change]], by: str | None = None) -> Transcript:
    """Add the changes that `decide` finds to the transcript at `path`, and return the result.

    `decide` sees the call as it is on the disk while no other window can change it; if it finds nothing to change,
    nothing is written; if it raises, the file is unchanged. `at` is aware, `by` is who makes the changes. Raises
    StoreProblem if the file cannot be read, or not be written whole.
    """
    target = path.resolve()
    with hold_folder(target.parent, kept=_UNTOUCHED):
        transcript = _read(target)
        changes = decide(transcript.call)
        if not changes:
            return transcript
        maker = {} if by is None else {"by": by}
        amendments = [
            *transcript.document.get("amendments", ()),
            *({"at": at.isoformat(timespec="microseconds"), **change._asdict(), **maker} for change in changes),
        ]
        document = {**transcript.document, "amendments": amendments}
        amended, data = _encode_checked(target, Transcript(document, transcript.call))
        try:
            with note_change(target, "amended"):
                replace_file(target, data)
        except OSError as refused:
            raise refusal(target, refused, kept=_UNTOUCHED) from refused
    return amended


def _read(target: Path) -> Transcript:
    try:
        return decode(target.read_bytes())
    except FileNotFoundError as gone:
        raise StoreProblem(
            f"{target.name} no longer exists: another window deleted it",
            kept="Nothing was written.",
            hint="Other calls: recovery log list",
        ) from gone
    except OSError as refused:
        raise refusal(target, refused, kept=_UNTOUCHED) from refused
    except Unreadable as why:
        raise StoreProblem(f"{target}: {why}", kept=_UNTOUCHED, hint="Other calls: recovery log list") from why


def _encode_checked(target: Path, wanted: Transcript) -> tuple[Transcript, bytes]:
    """Return the transcript as it will be read and its bytes, after checking that no key is lost."""
    try:
        data = encode_document(wanted)
        read = decode(data)
    except (OverflowError, ValueError, TypeError) as wrong:
        raise StoreProblem(f"{target}: it cannot be amended ({wrong})", kept=_UNTOUCHED) from wrong
    if read.document != wanted.document:
        raise StoreProblem(f"{target}: it contains data that an amendment would lose", kept=_UNTOUCHED)
    return read, data
