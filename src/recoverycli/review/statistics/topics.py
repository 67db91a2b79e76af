"""What counts as the same issue or the same cause, and its name in every output.

Two spellings are the same if their words are: case, accents, spaces and punctuation do not matter. A cause may be
merged into another, and an issue belongs to at most one family. A group has the name that most of its calls use.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Literal, NamedTuple

from recoverycli.text.tokens import word_key

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

Topic = Literal["issue", "cause", "family"]
# The name of the group of issues that no family knows.
OTHER_ISSUES = "other issues"


def _no_family(_issue: str) -> None:
    """No families."""


class Topics(NamedTuple):
    """How issues and causes are grouped.

    `family` returns the name of the family of an issue; `merged` holds the name of the cause that a cause is counted
    as, by the cause's `word_key`.
    """

    family: Callable[[str], str | None] = _no_family
    merged: Mapping[str, str] = MappingProxyType({})

    def matter(self, issue: str | None) -> str | None:
        """Return what two calls of one customer have in common that are about the same: the family, else the words."""
        if issue is None:
            return None
        key = word_key(issue)
        return self.family(key) or self.family(issue) or key

    def names(self, topic: Topic, counts: Mapping[str, int]) -> dict[str, str]:
        """Return the name of the group of each spelling. `counts` are the calls with each spelling."""
        keys = {spelling: word_key(spelling) for spelling in counts}
        if topic == "family":
            families = self._families(keys)
            return {spelling: families[key] for spelling, key in keys.items()}
        merged = self.merged if topic == "cause" else {}
        names = _most_frequent(keys, counts)
        return {
            spelling: names.get(word_key(merged[key]), merged[key]) if key in merged else names[key]
            for spelling, key in keys.items()
        }

    def _families(self, keys: Mapping[str, str]) -> dict[str, str]:
        """The family by key: that of the plain words, else of the first spelling that has one ("check-in")."""
        found = {key: self.family(key) for key in dict.fromkeys(keys.values())}
        for spelling, key in sorted(keys.items()):
            found[key] = found[key] or self.family(spelling)
        return {key: family or OTHER_ISSUES for key, family in found.items()}


def _most_frequent(keys: Mapping[str, str], counts: Mapping[str, int]) -> dict[str, str]:
    """The spelling of most calls by key; of equal ones the first in the alphabet. Spaces are no spelling."""
    calls: dict[str, dict[str, int]] = {}
    for spelling, key in keys.items():
        of_key, shown = calls.setdefault(key, {}), " ".join(spelling.split())
        of_key[shown] = of_key.get(shown, 0) + counts[spelling]
    return {key: min(of_key, key=lambda one: (-of_key[one], one)) for key, of_key in calls.items()}
