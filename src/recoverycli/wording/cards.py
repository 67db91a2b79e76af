"""Which card a note suggests: the words of the wording files that stand for danger. Pure: no screen, no file, no clock.

A missed emergency is worse than a needless suggestion, which is one line. What a note clearly denies ("no smell of
gas", "nobody is hurt") suggests nothing, because the agent has asked.

`wording.files.library.load(sources, cards)` reports the triggers of cards that do not exist; `cards` are all ids.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from recoverycli.wording.guarded import GuardedPhrases
from recoverycli.wording.search.phrases import words_of

if TYPE_CHECKING:
    from collections.abc import Collection

    from recoverycli.wording.guarded import GuardedTables
    from recoverycli.wording.model import Wording
    from recoverycli.wording.search.phrases import TokenizedText

# Of several cards the first in these is suggested. A company's own card comes between: its words are the more precise.
DANGER_TO_LIFE = ("self-harm", "health", "child", "threat")
OTHER_HARM = ("fraud", "privacy", "discrimination", "bereavement", "legal", "vulnerable")

_DENIALS = frozenset(["no", "not", "nobody", "none", "never", "without", "neither", "nothing"])
# What may stand between a denial and what it denies: "no (more) (signs of a) smell of gas".
_BETWEEN = frozenset(
    ["one", "anyone", "is", "was", "are", "were", "been", "be", "got", "has", "had", "a", "an", "any", "the", "sign",
     "signs", "of", "more", "further", "longer", "other", "real"]
)  # fmt: skip
_MOST_BETWEEN = 4
_BREAK = re.compile(r"[^\w\s'\u2019]")


class CardSuggestion(NamedTuple):
    """The card to suggest, the words that suggest it, as typed, and the trigger that found them."""

    card: str
    words: str
    trigger: str


class CardTriggers:
    """Finds the card that a text suggests. Build it once: it compiles the phrases."""

    def __init__(self, wording: Wording, tables: GuardedTables | None = None) -> None:
        """With `tables`, which were compiled before, the wording needs no phrases."""
        self._triggers = wording.triggers
        self._phrases = GuardedPhrases(tables) if tables is not None else GuardedPhrases.of(wording.triggers)

    def suggest(self, text: str, cards: Collection[str] | None = None) -> CardSuggestion | None:
        """Return the card of the greatest danger in the text, and of its matches the longest; None if there is none.

        With `cards`, only these are suggested: those that exist, are not switched off, and were not suggested before.
        """
        words = words_of(text)
        found = [
            (_danger(self._triggers[number].card), words.starts[first] - words.ends[after - 1], first, number, after)
            for number, first, after in self._phrases.find(text, words, self._among(cards))
            if not _is_denied(text, words, first)
        ]
        if not found:
            return None
        _, _, first, number, after = min(found)
        trigger = self._triggers[number]
        return CardSuggestion(trigger.card, text[words.starts[first] : words.ends[after - 1]], trigger.id)

    def _among(self, cards: Collection[str] | None) -> frozenset[int] | None:
        if cards is None:
            return None
        return frozenset(number for number, trigger in enumerate(self._triggers) if trigger.card in cards)


def _danger(card: str) -> int:
    """Return the place of a card in the order of danger, 0 for the greatest."""
    order = (*DANGER_TO_LIFE, None, *OTHER_HARM)
    return order.index(card) if card in order else order.index(None)


def _is_denied(text: str, words: TokenizedText, first: int) -> bool:
    """Whether the words just before, in the same part of the sentence, deny what begins at `first`."""
    for before in range(first - 1, max(words.first[first], first - 2 - _MOST_BETWEEN) - 1, -1):
        if _BREAK.search(text, words.ends[before], words.starts[before + 1]):
            return False
        if words.words[before] in _DENIALS:
            return True
        if words.words[before] not in _BETWEEN:
            return False
    return False
