"""People in a backup who were erased after it was made: their calls, and mentions of them in others."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from recoverycli.store.calls.transcript_file import BIGGEST
from recoverycli.store.erased_record import ErasedPeople, ErasedRecord
from recoverycli.store.layout import ID, PRACTICE_LINES
from recoverycli.store.maintenance.restore import members
from recoverycli.store.privacy.rewrite import rewrite, rewrite_lines
from recoverycli.store.privacy.survey import newest_customer

if TYPE_CHECKING:
    from pathlib import Path

    from recoverycli.store.privacy.rewrite import RewriteResult

_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


class ErasedInBackup(NamedTuple):
    """The ids of the calls of erased people, and how many other files mention them."""

    calls: frozenset[str] = frozenset()
    mentioning: int = 0


class Erasures:
    """The erasures of a data folder, for each file of a backup."""

    def __init__(self, record: ErasedRecord) -> None:
        self._record = record
        self._of_moment: dict[datetime, ErasedPeople] = {}

    def __bool__(self) -> bool:
        return bool(self._record.people)

    def is_theirs(self, name: str, data: bytes) -> bool:
        """Whether the file is a call of somebody who was erased."""
        document = _document(name, data)
        return document is not None and self._people(document).is_customer(*newest_customer(document))

    def mask(self, name: str, data: bytes) -> RewriteResult:
        """Return the file without mentions of people who were erased."""
        people = self._people(_document(name, data))
        return rewrite_lines(data, people.mask) if name.endswith((".jsonl", ".unread")) else rewrite(data, people.mask)

    def _people(self, document: dict[str, Any] | None) -> ErasedPeople:
        began = _moment(document.get("started_at") or document.get("at")) if document else _LONG_AGO
        if began not in self._of_moment:
            self._of_moment[began] = ErasedPeople(self._record, began)
        return self._of_moment[began]


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


def id_of(name: str) -> str:
    """Return the id of the call that a file of a backup belongs to; empty if it belongs to none."""
    stem = name.rpartition("/")[2].partition(".")[0]
    return stem if ID.fullmatch(stem) else ""


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
