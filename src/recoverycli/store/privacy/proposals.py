"""What perhaps belongs to a person who is to be erased: doubtful customers, and variants of the name in texts."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from recoverycli.session.name_variants import NameVariants
from recoverycli.session.person import PersonQuery
from recoverycli.text.format import excerpt

if TYPE_CHECKING:
    from pathlib import Path

    from recoverycli.session.person import Person


class ErasureProposal(NamedTuple):
    """Words that perhaps name the person: why, in how many calls as the customer, in how many places of texts, and the
    first of them with its file.
    """

    words: str
    why: str
    calls: int
    places: int
    path: Path
    example: str


class Proposals:
    """Collects what is doubtful about a person."""

    def __init__(self, person: Person) -> None:
        self._person = person
        self._variants = NameVariants(person)
        self._found: dict[str, ErasureProposal] = {}

    def may_be_in(self, text: str) -> bool:
        """Whether a close look is worthwhile."""
        return self._variants.may_be_in(text)

    def add_customer(self, path: Path, name: str | None, ref: str | None) -> None:
        """Add the customer of a call, if it is doubtful whether they are the person."""
        why = self._person.compare(name, ref)
        if why is None or why == "same":
            return
        words = (ref if why == "same name, another reference" else name) or ref or ""
        self._add(ErasureProposal(words, why, 1, 0, path, ", ".join(filter(None, (name, ref)))))

    def add_text(self, path: Path, text: str, name: str | None = None, ref: str | None = None) -> None:
        """Add the variants in a text of a call with that customer; what is another customer's name is none."""
        others = self._others(name, ref)
        for one in self._variants.find(text, others):
            self._add(ErasureProposal(one.words, one.why, 0, 1, path, excerpt(text, one.start, one.end)))

    @property
    def found(self) -> tuple[ErasureProposal, ...]:
        """What was found: the most likely first, which has calls of its own or most words."""
        order = sorted(
            self._found.values(), key=lambda one: (-one.calls, -len(one.words.split()), -one.places, one.words)
        )
        return tuple(order)

    def _others(self, name: str | None, ref: str | None) -> tuple[PersonQuery, ...]:
        if self._person.compare(name, ref) is not None:
            return ()
        return tuple(PersonQuery(words) for words in (name, ref) if words)

    def _add(self, one: ErasureProposal) -> None:
        key = PersonQuery(one.words).plain
        before = self._found.get(key)
        if before is None:
            self._found[key] = one
        else:
            self._found[key] = before._replace(calls=before.calls + one.calls, places=before.places + one.places)
