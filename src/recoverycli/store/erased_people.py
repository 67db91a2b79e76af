"""Erased customers, reported to other desks without their names: a salted hash of name and reference.

A known name can be checked against it, but a name can only be found by trying.
"""

from __future__ import annotations

import hashlib
import os
from typing import TYPE_CHECKING

from recoverycli.session.person import ERASED, PersonQuery

if TYPE_CHECKING:
    from collections.abc import Iterable

    from recoverycli.session.person import Person

_SALT = 16  # bytes, new for each person and each erasure


def marks_of(person: Person) -> tuple[str, ...]:
    """Return a mark for the name, one for the reference, and one for each other name or reference, as far as known."""
    told = (("name", person.name), ("ref", person.ref), *(("also", query) for query in person.also))
    return tuple(_mark(kind, wanted.plain, os.urandom(_SALT)) for kind, wanted in told if wanted is not None)


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
    digest = hashlib.sha256(salt + f"{kind}:{words}".encode("utf-8", "surrogatepass")).hexdigest()
    return f"{kind}:{salt.hex()}:{digest}"
