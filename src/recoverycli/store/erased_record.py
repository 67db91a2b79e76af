"""Who was erased from this data folder, without names: a restore of an older backup leaves them out again.

The record has a salted hash of each name and reference, and when it was erased. A known name can be checked against it,
but a name can only be found by trying. Backups contain the record, so that a restore elsewhere knows of the erasures.
"""

from __future__ import annotations

import hashlib
import os
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Literal

import msgspec

from recoverycli.session.person import ERASED, Person, PersonQuery
from recoverycli.store.files import make_folder, read_own, refusal, replace_file
from recoverycli.store.layout import ERASED_PEOPLE
from recoverycli.text.tokens import Token, tokens

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

Kind = Literal["name", "ref", "also"]
_SALT = 16  # bytes, one for the data folder
# More words than any name has; each length is looked for at each word of a text.
_LONGEST = 1000


class ErasedWords(msgspec.Struct, frozen=True):
    """The hash of a name or a reference of so many words. `also`: it names the person whatever their reference is."""

    kind: Kind
    words: Annotated[int, msgspec.Meta(ge=1, le=_LONGEST)]
    mark: str


class ErasedPerson(msgspec.Struct, frozen=True, omit_defaults=True):
    """A person who was erased: when, and the hashes of what names them.

    `salt` is that of another data folder, from whose backup this comes; empty for that of the record.
    """

    at: Annotated[datetime, msgspec.Meta(tz=True)]
    known: tuple[ErasedWords, ...]
    salt: str = ""


class ErasedRecord(msgspec.Struct, frozen=True):
    """Everybody who was erased; `salt` is in hexadecimal digits."""

    salt: str
    people: tuple[ErasedPerson, ...] = ()


NOBODY = ErasedRecord("")


DAMAGED = "it is not a valid record of erasures, so who was erased before is not recognised in backups and imports"


def read_record(home: Path, tell: Callable[[str], None] = lambda _problem: None) -> ErasedRecord:
    """Return the record; an empty one with a new salt, if there is none or it is damaged, which `tell` is told.

    Raises StoreProblem.
    """
    try:
        return decode_record(read_own(home / ERASED_PEOPLE))
    except FileNotFoundError:
        pass
    except ValueError:
        tell(f"{home / ERASED_PEOPLE}: {DAMAGED}")
    except OSError as refused:
        raise refusal(home / ERASED_PEOPLE, refused) from refused
    return ErasedRecord(os.urandom(_SALT).hex())


def decode_record(data: bytes) -> ErasedRecord:
    """Return the record of erasures in a file. Raises ValueError if it is none."""
    try:
        record = msgspec.json.decode(data, type=ErasedRecord)
    except RecursionError as broken:
        raise ValueError("it is nested too deeply") from broken
    for salt in (record.salt, *(person.salt for person in record.people)):
        bytes.fromhex(salt)
    return record


def merge_records(own: ErasedRecord, other: ErasedRecord) -> ErasedRecord:
    """Return the record with the people of another one, such as that of a backup; `own` itself if it has them all."""
    if not own.people:
        return other if other.people else own
    there = {_with_salt(person, own) for person in own.people}
    missing = [person for one in other.people if (person := _with_salt(one, other)) not in there]
    return msgspec.structs.replace(own, people=(*own.people, *dict.fromkeys(missing))) if missing else own


def note_erased(home: Path, person: Person, at: datetime) -> None:
    """Add a person to the record. Raises StoreProblem before anything is erased."""
    record = read_record(home)
    marks = _Marks(record.salt)
    told: list[tuple[Kind, PersonQuery]] = [("also", query) for query in person.also]
    told += [("name", person.name)] if person.name else []
    told += [("ref", person.ref)] if person.ref else []
    known = tuple(
        ErasedWords(kind, len(words), marks.of(words))
        for kind, query in told
        if 0 < len(words := _words(query.words)) <= _LONGEST
    )
    record = msgspec.structs.replace(record, people=(*record.people, ErasedPerson(at, known)))
    write_record(home, record, kept="Nothing was erased.")


def write_record(home: Path, record: ErasedRecord, *, kept: str) -> None:
    """Replace the record. Raises StoreProblem with `kept`."""
    try:
        make_folder(home, home)
        replace_file(home / ERASED_PEOPLE, msgspec.json.format(msgspec.json.encode(record), indent=1) + b"\n")
    except OSError as refused:
        raise refusal(home / ERASED_PEOPLE, refused, kept=kept) from refused


class ErasedPeople:
    """Recognises the people of a record in texts of a time before they were erased."""

    def __init__(self, record: ErasedRecord, before: datetime) -> None:
        """`before` is when the texts were written, aware: an erasure does not concern what came after it."""
        self._people = [_with_salt(person, record) for person in record.people if person.at >= before]
        self._marks = {salt: _Marks(salt) for salt in dict.fromkeys(person.salt for person in self._people)}
        self._known = {(person.salt, one.words, one.mark) for person in self._people for one in person.known}
        self._lengths = sorted({(words, salt) for salt, words, _ in self._known}, reverse=True)

    def __bool__(self) -> bool:
        return bool(self._known)

    def is_customer(self, name: str | None, ref: str | None) -> bool:
        """Whether a customer was erased: by the reference, else by the whole name."""
        named, referred = (_words(words) if words and words != ERASED else () for words in (name, ref))
        return any(
            _is_one(person, self._mark(person.salt, named), self._mark(person.salt, referred))
            for person in self._people
        )

    def mask(self, text: str) -> tuple[str, int]:
        """Return the text without the people, and the number of mentions."""
        found = list(tokens(text)) if self._known else []
        spans: list[tuple[int, int]] = []
        place = 0
        while place < len(found):
            length = self._length_at(found, place)
            if length:
                spans.append((found[place].start, found[place + length - 1].end))
            place += max(length, 1)
        for start, end in reversed(spans):
            text = f"{text[:start]}{ERASED}{text[end:]}"
        return text, len(spans)

    def _mark(self, salt: str, words: tuple[str, ...]) -> str | None:
        return self._marks[salt].of(words) if words else None

    def _length_at(self, found: list[Token], place: int) -> int:
        for length, salt in self._lengths:
            words = tuple(token.text for token in found[place : place + length])
            if len(words) == length and (salt, length, self._marks[salt].of(words)) in self._known:
                return length
        return 0


class _Marks:
    """Hashes of words, each computed once."""

    def __init__(self, salt: str) -> None:
        self._salt = bytes.fromhex(salt)
        self._computed: dict[tuple[str, ...], str] = {}

    def of(self, words: tuple[str, ...]) -> str:
        """Return the hash of the words."""
        mark = self._computed.get(words)
        if mark is None:
            told = " ".join(words).encode("utf-8", "surrogatepass")
            mark = self._computed[words] = hashlib.sha256(self._salt + told).hexdigest()
        return mark


def _with_salt(person: ErasedPerson, record: ErasedRecord) -> ErasedPerson:
    return person if person.salt else msgspec.structs.replace(person, salt=record.salt)


def _words(text: str) -> tuple[str, ...]:
    return tuple(token.text for token in tokens(text))


def _is_one(person: ErasedPerson, name: str | None, ref: str | None) -> bool:
    known = {kind: {one.mark for one in person.known if one.kind == kind} for kind in ("name", "ref", "also")}
    if ({name, ref} & known["also"]) or ref in known["ref"]:
        return True
    # The reference decides where both have one.
    return name in known["name"] and not (known["ref"] and ref is not None)
