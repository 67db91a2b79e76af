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
    """Return a mark for the name and one for the reference, for each that is known."""
    told = (("name", person.name), ("ref", person.ref))
    return tuple(_mark(kind, wanted.plain, os.urandom(_SALT)) for kind, wanted in told if wanted is not None)


def is_erased(marks: Iterable[str], name: str | None, ref: str | None) -> bool:
    """Whether a customer of that name and reference was erased. Invalid marks match nobody."""
    known = {
        kind: PersonQuery(words, exact=kind == "ref").plain
        for kind, words in (("name", name), ("ref", ref))
        if words and words != ERASED
    }
    return any(_matches(one, known) for one in marks)


def _matches(told: str, known: dict[str, str]) -> bool:
    kind, _, rest = told.partition(":")
    salt, _, _ = rest.partition(":")
    try:
        return kind in known and _mark(kind, known[kind], bytes.fromhex(salt)) == told
    except ValueError:
        return False


def _mark(kind: str, words: str, salt: bytes) -> str:
    digest = hashlib.sha256(salt + f"{kind}:{words}".encode("utf-8", "surrogatepass")).hexdigest()
    return f"{kind}:{salt.hex()}:{digest}"
