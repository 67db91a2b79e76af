"""The erasures that a data folder knows of, applied to files that come back: from a backup, or by an import."""

from __future__ import annotations

import contextlib
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import msgspec

from recoverycli.store.erased_record import ErasedPeople, ErasedRecord
from recoverycli.store.layout import LIVE, PRACTICE, PRACTICE_LINES, SESSIONS, each_file, is_plain
from recoverycli.store.privacy.rewrite import rewrite, rewrite_lines
from recoverycli.store.privacy.survey import newest_customer

if TYPE_CHECKING:
    from pathlib import Path

    from recoverycli.store.privacy.rewrite import RewriteResult

_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


class Erasures:
    """The erasures of a record, for each file that comes back."""

    def __init__(self, record: ErasedRecord) -> None:
        self._record = record
        # By how many of the erasures came after the moment.
        self._after: dict[int, ErasedPeople] = {}

    def __bool__(self) -> bool:
        return bool(self._record.people)

    def is_theirs(self, name: str, data: bytes) -> bool:
        """Whether the file is a call of somebody who was erased."""
        document = _document(name, data)
        return document is not None and self.is_customer(document)

    def is_customer(self, document: dict[str, Any]) -> bool:
        """Whether a transcript is of somebody who was erased."""
        return self._people(document).is_customer(*newest_customer(document))

    def mask_transcript(self, document: dict[str, Any]) -> RewriteResult:
        """Return a transcript without mentions of people who were erased."""
        return rewrite(msgspec.json.encode(document), self._people(document).mask)

    def mask(self, name: str, data: bytes) -> RewriteResult:
        """Return the file without mentions of people who were erased."""
        people = self._people(_document(name, data))
        return rewrite_lines(data, people.mask) if name.endswith((".jsonl", ".unread")) else rewrite(data, people.mask)

    def _people(self, document: dict[str, Any] | None) -> ErasedPeople:
        began = _moment(document.get("started_at") or document.get("at")) if document else _LONG_AGO
        number = sum(person.at >= began for person in self._record.people)
        if number not in self._after:
            self._after[number] = ErasedPeople(self._record, began)
        return self._after[number]


def stored_calls_of_erased(home: Path, erasures: Erasures) -> list[str]:
    """Return the ids of the stored calls, open calls and practice of people who were erased elsewhere since."""
    found = []
    for path in (path for folder in (SESSIONS, PRACTICE, LIVE) for path in each_file(home / folder)):
        if path.suffix in {".json", ".jsonl"} and path.name not in PRACTICE_LINES and is_plain(path):
            with contextlib.suppress(FileNotFoundError):
                if erasures.is_theirs(path.name, path.read_bytes()):
                    found.append(path.stem)
    return found


def _document(name: str, data: bytes) -> dict[str, Any] | None:
    """The transcript in a file; of a journal, the facts of its customer."""
    if name.endswith(PRACTICE_LINES):
        return None
    lines = data.split(b"\n") if name.endswith(".jsonl") else [data]
    found: dict[str, Any] = {}
    for line in lines:
        try:
            document = msgspec.json.decode(line)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            continue
        if not isinstance(document, dict):
            continue
        match document.get("event"):
            case None:
                found = document
            case "started":
                told = {"name": document.get("customer"), "ref": document.get("ref")}
                found = {"customer": told, "started_at": document.get("at")}
            case "customer-named" if "customer" in found:
                found["customer"]["name"] = document.get("name")
            case "reference-given" if "customer" in found:
                found["customer"]["ref"] = document.get("ref")
    return found or None


def _moment(words: Any) -> datetime:
    try:
        moment = datetime.fromisoformat(words)
    except (TypeError, ValueError):
        return _LONG_AGO
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
