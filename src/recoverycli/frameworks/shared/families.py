"""The families of issues: what people complain about, and the words by which a family is found.

A folder holds any number of files. A family with the id of one in a later folder adds its words to it; its name,
questions and captures take the place of those there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Literal

import msgspec
from msgspec.structs import replace

from recoverycli.content.library import yaml_files
from recoverycli.content.model import ContentNode
from recoverycli.content.reader import ContentRead, convert_built_in, read_content, read_file
from recoverycli.frameworks.model import CALL_FACTS, IssueFamily

if TYPE_CHECKING:
    from collections.abc import Iterator

    from recoverycli.content.checker import Check, Path
    from recoverycli.content.library import Source
    from recoverycli.content.nodes import Node, Problem

# Longest first: "wrong person" is a matter of privacy, whatever "person" alone would be.
_MOST_WORDS = 4
# More is a form to fill in while somebody is upset.
MOST_QUESTIONS, MOST_CAPTURES = 2, 4


class FamilyFile(ContentNode, frozen=True, kw_only=True):
    """A file of families of issues."""

    schema: Literal[1]
    families: Annotated[tuple[IssueFamily, ...], msgspec.Meta(min_length=1)]


class IssueFamilies:
    """The families of the search order, read when one is first asked for; `problems` are those of skipped files."""

    def __init__(self, sources: tuple[Source, ...]) -> None:
        self._sources = sources
        self._by_id: dict[str, IssueFamily] | None = None
        self._words: dict[str, str] = {}
        self.problems: list[Problem] = []

    def find(self, issue: str | None) -> IssueFamily | None:
        """Return the family that an issue belongs to, or None: by the longest of its words that is known.

        It comes without its words, as a call stores it.
        """
        if not issue:
            return None
        known = self._families()
        words = _words_in(issue)
        for length in range(min(_MOST_WORDS, len(words)), 0, -1):
            for start in range(len(words) - length + 1):
                family = self._words.get(" ".join(words[start : start + length]))
                if family is not None:
                    return known[family]
        return None

    def all(self) -> tuple[IssueFamily, ...]:
        """Return every family without its words, the nearest first."""
        return tuple(self._families().values())

    def _families(self) -> dict[str, IssueFamily]:
        if self._by_id is None:
            self._by_id = {}
            for family in self._read():
                nearer, plain = self._by_id.get(family.id), replace(family, words=())
                self._by_id[family.id] = plain if nearer is None else _merge(nearer, plain)
                for word in (family.id, family.name, *family.words):
                    self._words.setdefault(" ".join(_words_in(word)), family.id)
        return self._by_id

    def _read(self) -> Iterator[IssueFamily]:
        for source in self._sources:
            for path in yaml_files(source.folder, self.problems):
                if source.kind == "built-in":
                    yield from convert_built_in(path.read_bytes(), FamilyFile).families
                    continue
                read = read_file(path, read_families)
                self.problems += read.problems
                yield from read.content.families if read.content is not None else ()


def read_families(data: bytes, file: str) -> ContentRead[FamilyFile]:
    """Read the bytes of a file of families. Never raises."""
    return read_content(data, file, "list of families", _build)


def _words_in(text: str) -> list[str]:
    """The words of a text in lower case, without punctuation."""
    plain = text.casefold().replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")
    return "".join(letter if letter.isalnum() or letter in "'-" else " " for letter in plain).split()


def _merge(nearer: IssueFamily, other: IssueFamily) -> IssueFamily:
    return replace(
        nearer, ask=nearer.ask or other.ask, capture=nearer.capture or other.capture, at=nearer.at or other.at
    )


def _build(root: Node, check: Check) -> FamilyFile | None:
    def rules(plain: dict[str, Any]) -> None:
        families = check.items(plain, "families")
        if plain.get("families") == []:
            check.fault_at(("families",), "`families` is empty", "at least one family")
        for path, family in families:
            _check_family(family, path, check)

    return check.content(root, FamilyFile, rules)


def _check_family(family: dict[str, Any], path: Path, check: Check) -> None:
    for group, most in (("ask", MOST_QUESTIONS), ("capture", MOST_CAPTURES)):
        count = len(family.get(group) or ())
        if count > most:
            check.fault_at((*path, group), f"`{group}` has {count} entries", f"at most {most}")
    for number, word in enumerate(family.get("words") or ()):
        if isinstance(word, str) and len(_words_in(word)) not in range(1, _MOST_WORDS + 1):
            check.fault_at((*path, "words", number), f"`{word[:60]}` is never found", f"1 to {_MOST_WORDS} words")
    captures = [one for one in family.get("capture") or () if isinstance(one, dict)]
    check.each_once("capture id", (((*path, "capture", n, "id"), str(one.get("id"))) for n, one in enumerate(captures)))
    for number, one in enumerate(captures):
        place = (*path, "capture", number)
        if one.get("id") in CALL_FACTS:
            check.fault_at((*place, "id"), f"`{one['id']}` is a fact of every call", "choose another id")
        if one.get("kind") == "choice" and not one.get("choices"):
            check.fault_at(place, "a capture of kind choice has no choices", "list them under `choices`")
        if one.get("kind", "text") != "choice" and one.get("choices"):
            kind = one.get("kind", "text")
            check.fault_at((*place, "choices"), f"kind {kind} has no choices", "kind: choice")
