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
from recoverycli.session.transcript.plausible import why_implausible
from recoverycli.store.calls.archive import Archive
from recoverycli.store.calls.transcript_file import BIGGEST, Stored, read_stored
from recoverycli.store.erased_record import NOBODY
from recoverycli.store.files import refusal, refuse_links
from recoverycli.store.layout import ID
from recoverycli.store.maintenance.erasures import Erasures
from recoverycli.store.privacy.erase import is_same_but_for_erasures
from recoverycli.store.privacy.rewrite import rewrite
from recoverycli.system.disk import is_link
from recoverycli.text.decoding import Utf8, legacy_encodings

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from recoverycli.redaction.rules import Rules
    from recoverycli.session.transcript.model import Call

    # An open file, such as a copy of standard input, has no name.
    Source = Path | IO[bytes]

# JSON Lines have no size limit; they are read line by line.
_LINES = 1024 * 1024


Erased = Literal["", "customer", "mention"]


class ImportedCall(NamedTuple):
    """The result for a transcript: its source, its id if it was read, and why it was refused or left out.

    `erased`: its customer was erased, or it mentions somebody who was.
    """

    source: str
    how: Literal["imported", "there already", "left out", "refused"]
    call_id: str = ""
    why: str = ""
    erased: Erased = ""


def import_calls(
    home: Path,
    sources: Iterable[Source],
    now: datetime,
    rules: Rules = DEFAULT,
    erasures: Erasures | None = None,
    *,
    with_erased: bool = False,
    dry_run: bool = False,
) -> Iterator[ImportedCall]:
    """Import files and folders.

    Raises StoreProblem if the store cannot be written. `rules` mask what must not be stored. No call may be dated after
    `now` (aware). Calls of people of the `erasures` are left out, and mentions of them are masked, unless
    `with_erased`. With `dry_run`, everything is checked and nothing is written.
    """
    archive = Archive(home)
    refuse_links(archive.folder, home)
    importer = _Importer(archive, now, rules, erasures or Erasures(NOBODY), with_erased=with_erased, dry_run=dry_run)
    for path in _files(sources):
        for source, data in _documents(path):
            yield importer.take(source, data) if isinstance(data, bytes) else data


class _Importer:
    """Checks transcripts and stores them."""

    def __init__(
        self, archive: Archive, now: datetime, rules: Rules, erasures: Erasures, *, with_erased: bool, dry_run: bool
    ) -> None:
        self._archive = archive
        self._now = now
        self._rules = rules
        self._erasures = erasures
        self._with_erased = with_erased
        self._dry_run = dry_run
        self._coming: set[str] = set()

    def take(self, source: str, data: bytes) -> ImportedCall:
        """Import a transcript. Raises StoreProblem."""
        try:
            raw, data = _stored_part(decode(data), data)
            masked = _mask(raw, data, self._rules)
            transcript = self._without_erased(masked)
        except Unreadable as why:
            return ImportedCall(source, "refused", why=str(why))
        call_id = transcript.call.id
        if why_not := self._why_refused(transcript.call):
            return ImportedCall(source, "refused", call_id[:80], why_not)
        before = read_stored(self._archive.path(call_id))
        if isinstance(before, Stored):
            ways = (transcript, masked, raw)
            if any(is_same_but_for_erasures(before.transcript.document, way.document) for way in ways):
                return ImportedCall(source, "there already", call_id)
            differ = _where(before.transcript, transcript)
            return ImportedCall(source, "refused", call_id, f"a different call with that id exists{differ}")
        if self._archive.path(call_id).exists():
            return ImportedCall(source, "refused", call_id, f"the existing file was not changed: {before.why}")
        if call_id in self._coming:
            return ImportedCall(source, "there already", call_id)
        self._coming.add(call_id)
        if self._erasures.is_customer(masked.document):
            if not self._with_erased:
                return ImportedCall(source, "left out", call_id, "its customer was erased", "customer")
            erased: Erased = "customer"
        else:
            erased = "" if transcript is masked else "mention"
        if not self._dry_run:
            self._archive.write_bytes(call_id, encode_document(masked if self._with_erased else transcript))
        return ImportedCall(source, "imported", call_id, erased=erased)

    def _why_refused(self, call: Call) -> str:
        if ID.fullmatch(call.id) is None:
            return "its id is not valid"
        if call.kind != "call":
            return "it is practice, not a call"
        return why_implausible(call, self._now)

    def _without_erased(self, masked: Transcript) -> Transcript:
        """Return the transcript without mentions of erased people; itself if there are none. Raises Unreadable."""
        if not self._erasures:
            return masked
        fresh = self._erasures.mask_transcript(masked.document)
        return decode(fresh.data) if fresh.places else masked


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
            if not isinstance(source, Path) and file.seekable():
                file.seek(0)
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
