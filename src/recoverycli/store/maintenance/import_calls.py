"""Import transcripts: each is checked and stored, and never overwrites one."""

from __future__ import annotations

import contextlib
import io
import itertools
import os
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Literal, NamedTuple

import msgspec

from recoverycli.redaction.documents import add_redactions, word_masker
from recoverycli.redaction.rules import DEFAULT
from recoverycli.session.transcript.current import without_current
from recoverycli.session.transcript.model import Transcript, Unreadable, decode, encode_document
from recoverycli.session.transcript.plausible import SLACK, why_implausible
from recoverycli.store.calls.archive import Archive
from recoverycli.store.calls.transcript_file import BIGGEST, Stored, read_stored
from recoverycli.store.files import refusal, refuse_links
from recoverycli.store.layout import ID
from recoverycli.store.privacy.rewrite import rewrite
from recoverycli.system.disk import is_link
from recoverycli.text.decoding import Utf8, legacy_encodings

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from recoverycli.redaction.rules import Rules

    # An open file, such as a copy of standard input, has no name.
    Source = Path | IO[bytes]

# JSON Lines have no size limit; they are read line by line.
_LINES = 1024 * 1024


class ImportedCall(NamedTuple):
    """The result for a transcript: its source, its id if it was read, and why it was refused."""

    source: str
    how: Literal["imported", "there already", "refused"]
    call_id: str = ""
    why: str = ""


def import_calls(
    home: Path, sources: Iterable[Source], now: datetime, rules: Rules = DEFAULT, *, dry_run: bool = False
) -> Iterator[ImportedCall]:
    """Import files and folders.

    Raises StoreProblem if the store cannot be written. `rules` mask what must not be stored. No call may be dated after
    `now` (aware). With `dry_run`, everything is checked and nothing is written.
    """
    archive = Archive(home)
    refuse_links(archive.folder, home)
    coming: set[str] = set()
    for path in _files(sources):
        for source, data in _documents(path):
            if isinstance(data, bytes):
                yield _one(archive, source, data, coming, now, rules, dry_run=dry_run)
            else:
                yield data


def _one(
    archive: Archive, source: str, data: bytes, coming: set[str], now: datetime, rules: Rules, *, dry_run: bool
) -> ImportedCall:
    try:
        raw, data = _stored_part(decode(data), data)
        transcript = _mask(raw, data, rules)
    except Unreadable as why:
        return ImportedCall(source, "refused", why=str(why))
    call_id = transcript.call.id
    named = ID.fullmatch(call_id)
    if named is None:
        return ImportedCall(source, "refused", call_id[:80], "its id is not valid")
    if transcript.call.kind != "call":
        return ImportedCall(source, "refused", call_id, "it is practice, not a call")
    if "".join(named.groups()) > f"{now + SLACK:%Y%m%d}":
        return ImportedCall(source, "refused", call_id, "its id is dated in the future")
    if why_not := why_implausible(transcript.call, now):
        return ImportedCall(source, "refused", call_id, why_not)
    before = read_stored(archive.path(call_id))
    if isinstance(before, Stored):
        if before.transcript.document in (transcript.document, raw.document):
            return ImportedCall(source, "there already", call_id)
        differ = _where(before.transcript, transcript)
        return ImportedCall(source, "refused", call_id, f"a different call with that id exists{differ}")
    if archive.path(call_id).exists():
        return ImportedCall(source, "refused", call_id, f"the existing file was not changed: {before.why}")
    if call_id in coming:
        return ImportedCall(source, "there already", call_id)
    coming.add(call_id)
    if not dry_run:
        archive.write_bytes(call_id, encode_document(transcript))
    return ImportedCall(source, "imported", call_id)


def _stored_part(read: Transcript, data: bytes) -> tuple[Transcript, bytes]:
    """Return a transcript and its bytes without the values of today, which an export adds."""
    document = without_current(read.document)
    if document == read.document:
        return read, data
    return Transcript(document, read.call), msgspec.json.encode(document)


def _mask(raw: Transcript, data: bytes, rules: Rules) -> Transcript:
    """Return the masked transcript. Raises Unreadable if the result would not be a transcript."""
    fresh = rewrite(data, word_masker(raw.document, rules), add_redactions)
    return decode(fresh.data) if fresh.places else raw


def _where(before: Transcript, after: Transcript) -> str:
    keys = sorted({*before.document, *after.document})
    differ = [key for key in keys if before.document.get(key) != after.document.get(key)]
    return f" ({', '.join(differ[:4])})" if differ else ""


def _files(sources: Iterable[Source]) -> Iterator[Source]:
    for source in sources:
        if isinstance(source, Path) and source.is_dir() and not is_link(source):
            try:
                inside = sorted(source.iterdir())
            except OSError as refused:
                raise refusal(source, refused) from refused
            yield from _files(path for path in inside if not path.name.startswith("."))
        else:
            yield source


def _documents(source: Source) -> Iterator[tuple[str, bytes | ImportedCall]]:
    """The transcripts of a file: one, an array, or one per line."""
    name = str(source) if isinstance(source, Path) else "standard input"
    try:
        # Checked before opening: opening a pipe waits for the other end.
        if isinstance(source, Path) and not source.is_file():
            yield name, ImportedCall(name, "refused", why="it is not a file")
            return
        with source.open("rb") if isinstance(source, Path) else contextlib.nullcontext(source) as file:
            yield from _documents_in(name, io.BufferedReader(Utf8(file, legacy_encodings)))
    except OSError as refused:
        yield name, ImportedCall(name, "refused", why=f"it cannot be read ({refused.strerror})")


def _documents_in(name: str, file: IO[bytes]) -> Iterator[tuple[str, bytes | ImportedCall]]:
    first = file.readline(_LINES)
    whole = _json(first)
    if isinstance(whole, dict):
        further = _further_lines(name, file)
        second = next(further, None)
        if second is None:
            yield name, first
            return
        yield f"{name}, line 1", first
        yield second
        yield from further
        return
    if os.fstat(file.fileno()).st_size > BIGGEST:
        yield name, ImportedCall(name, "refused", why="it is too large for a call")
        return
    data = first + file.read()
    found = _json(data)
    if isinstance(found, list) and found:
        for number, document in enumerate(found, start=1):
            yield f"{name}, entry {number}", msgspec.json.encode(document)
    else:
        yield name, data


def _further_lines(name: str, file: IO[bytes]) -> Iterator[tuple[str, bytes | ImportedCall]]:
    """The non-blank lines after the first, up to one that is too large."""
    for number in itertools.count(2):
        line = file.readline(BIGGEST + 1)
        if len(line) > BIGGEST:
            yield name, ImportedCall(name, "refused", why=f"line {number} is too large for a call")
            return
        if line.strip():
            yield f"{name}, line {number}", line
        elif not line:
            return


def _json(data: bytes) -> Any:
    try:
        return msgspec.json.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None
