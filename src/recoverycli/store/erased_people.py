"""Erased customers, reported to other desks without their names: a hash of name and reference.

The team's database stores a hash under a key that no desk has, because a name is found from a plain one by trying.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, NamedTuple

from recoverycli.session.person import ERASED, PersonQuery

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from recoverycli.session.person import Person

# Marks of before have a salt of their own, which stands in them.
_UNSALTED = b""


class CustomerDigests(NamedTuple):
    """The hashes by which the database knows a customer, by what they are hashes of; whether there is a reference."""

    also: frozenset[bytes]
    ref: frozenset[bytes]
    name: frozenset[bytes]
    has_ref: bool

    @property
    def every(self) -> frozenset[bytes]:
        """All of them."""
        return self.also | self.ref | self.name

    def erased_at(self, found: Mapping[bytes, Mapping[bool, datetime]]) -> datetime | None:
        """Return when the customer was last erased, by the rule of `is_erased`; None if never.

        `found` is when each hash was last erased, by whether that erasure has a reference.
        """
        sure = [at for digest in self.also | self.ref for at in found.get(digest, {}).values()]
        by_name = [
            at
            for digest in self.name
            for erasure_has_ref, at in found.get(digest, {}).items()
            if not (erasure_has_ref and self.has_ref)
        ]
        return max((*sure, *by_name), default=None)


def marks_of(person: Person) -> tuple[str, ...]:
    """Return a mark for the name, one for the reference, and one for each other name or reference, as far as known."""
    told = (("name", person.name), ("ref", person.ref), *(("also", query) for query in person.also))
    return tuple(_mark(kind, wanted.plain, _UNSALTED) for kind, wanted in told if wanted is not None)


def digests_of(name: str | None, ref: str | None) -> CustomerDigests:
    """Return the hashes by which the database knows a customer of that name and reference."""
    named = {words for words in (name, ref) if words and words != ERASED}
    return CustomerDigests(
        also=frozenset(_digest("also", form, _UNSALTED) for words in named for form in _forms(words)),
        ref=frozenset([_digest("ref", PersonQuery(ref, exact=True).plain, _UNSALTED)] if ref in named and ref else []),
        name=frozenset([_digest("name", PersonQuery(name).plain, _UNSALTED)] if name in named and name else []),
        has_ref=bool(ref),
    )


def is_erased(marks: Iterable[str], name: str | None, ref: str | None) -> bool:
    """Whether a customer of that name and reference was erased, by the marks of one erasure.

    The reference decides where the erasure and the customer have one. Invalid marks match nobody.
    """
    marks = tuple(marks)
    named = {words for words in (name, ref) if words and words != ERASED}
    if any(_matches(one, "also", form) for one in marks for words in named for form in _forms(words)):
        return True
    if ref and ref in named and any(_matches(one, "ref", PersonQuery(ref, exact=True).plain) for one in marks):
        return True
    has_ref = any(one.startswith("ref:") for one in marks)
    return name in named and not (has_ref and ref) and any(
        _matches(one, "name", PersonQuery(name).plain) for one in marks if name
    )  # fmt: skip


def _forms(words: str) -> set[str]:
    return {PersonQuery(words, exact=exact).plain for exact in (False, True)}


def _matches(told: str, kind: str, words: str) -> bool:
    known, _, rest = told.partition(":")
    salt, _, _ = rest.partition(":")
    try:
        return known == kind and _mark(kind, words, bytes.fromhex(salt)) == told
    except ValueError:
        return False


def _mark(kind: str, words: str, salt: bytes) -> str:
    return f"{kind}:{salt.hex()}:{_digest(kind, words, salt).hex()}"


def _digest(kind: str, words: str, salt: bytes) -> bytes:
    return hashlib.sha256(salt + f"{kind}:{words}".encode("utf-8", "surrogatepass")).digest()
