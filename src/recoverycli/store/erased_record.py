"""Who was erased from this data folder, without names: a restore of an older backup leaves them out again.

The record has a salted hash of each name and reference, and when it was erased. A known name can be checked against it,
but a name can only be found by trying.
"""

from __future__ import annotations

import hashlib
import os
from datetime import datetime
from typing import TYPE_CHECKING, Literal

import msgspec

from recoverycli.session.person import ERASED, Person, PersonQuery
from recoverycli.store.files import make_folder, read_own, refusal, replace_file
from recoverycli.store.layout import ERASED_PEOPLE
from recoverycli.text.tokens import Token, tokens

if TYPE_CHECKING:
    from pathlib import Path

Kind = Literal["name", "ref", "also"]
_SALT = 16  # bytes, one for the data folder


class ErasedWords(msgspec.Struct, frozen=True):
    """The hash of a name or a reference of so many words. `also`: it names the person whatever their reference is."""

    kind: Kind
    words: int
    mark: str


class ErasedPerson(msgspec.Struct, frozen=True):
    """A person who was erased: when, and the hashes of what names them."""

    at: datetime
    known: tuple[ErasedWords, ...]


class ErasedRecord(msgspec.Struct, frozen=True):
    """Everybody who was erased; `salt` is in hexadecimal digits."""

    salt: str
    people: tuple[ErasedPerson, ...] = ()


def read_record(home: Path) -> ErasedRecord:
    """Return the record; an empty one with a new salt, if there is none or it is damaged. Raises StoreProblem."""
    try:
        record = msgspec.json.decode(read_own(home / ERASED_PEOPLE), type=ErasedRecord)
        bytes.fromhex(record.salt)
    except (FileNotFoundError, msgspec.MsgspecError, UnicodeDecodeError, ValueError):
        return ErasedRecord(os.urandom(_SALT).hex())
    except OSError as refused:
        raise refusal(home / ERASED_PEOPLE, refused) from refused
    return record


def note_erased(home: Path, person: Person, at: datetime) -> None:
    """Add a person to the record. Raises StoreProblem before anything is erased."""
    record = read_record(home)
    marks = _Marks(record.salt)
    told: list[tuple[Kind, PersonQuery]] = [("also", query) for query in person.also]
    told += [("name", person.name)] if person.name else []
    told += [("ref", person.ref)] if person.ref else []
    known = tuple(
        ErasedWords(kind, len(words), marks.of(words)) for kind, query in told if (words := _words(query.words))
    )
    record = msgspec.structs.replace(record, people=(*record.people, ErasedPerson(at, known)))
    try:
        make_folder(home, home)
        replace_file(home / ERASED_PEOPLE, msgspec.json.format(msgspec.json.encode(record), indent=1) + b"\n")
    except OSError as refused:
        raise refusal(home / ERASED_PEOPLE, refused, kept="Nothing was erased.") from refused


class ErasedPeople:
    """Recognises the people of a record in texts of a time before they were erased."""

    def __init__(self, record: ErasedRecord, before: datetime) -> None:
        """`before` is when the texts were written, aware: an erasure does not concern what came after it."""
        self._people = [person for person in record.people if person.at >= before]
        self._marks = _Marks(record.salt)
        self._known = {(one.words, one.mark) for person in self._people for one in person.known}
        self._lengths = sorted({words for words, _ in self._known}, reverse=True)

    def __bool__(self) -> bool:
        return bool(self._known)

    def is_customer(self, name: str | None, ref: str | None) -> bool:
        """Whether a customer was erased: by the reference, else by the whole name."""
        told = {
            kind: self._marks.of(_words(words))
            for kind, words in (("name", name), ("ref", ref))
            if words and words != ERASED and _words(words)
        }
        return any(_is_one(person, told.get("name"), told.get("ref")) for person in self._people)

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

    def _length_at(self, found: list[Token], place: int) -> int:
        for length in self._lengths:
            words = tuple(token.text for token in found[place : place + length])
            if len(words) == length and (length, self._marks.of(words)) in self._known:
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


def _words(text: str) -> tuple[str, ...]:
    return tuple(token.text for token in tokens(text))


def _is_one(person: ErasedPerson, name: str | None, ref: str | None) -> bool:
    known = {kind: {one.mark for one in person.known if one.kind == kind} for kind in ("name", "ref", "also")}
    if ({name, ref} & known["also"]) or ref in known["ref"]:
        return True
    # The reference decides where both have one.
    return name in known["name"] and not (known["ref"] and ref is not None)
