"""The reader of sentences: what a text denies, supposes, reports and asks, word by word. Pure: no screen, no file.

`read` turns a text into clauses and the flags of its words; `features` answers for a span of words, which is how
patterns demand or forbid a feature (`When`). Methods and sources: `clauses`, `negation`, `modality` and
docs/decisions/0012.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from recoverycli.wording.sentences.clauses import clauses
from recoverycli.wording.sentences.modality import hypothesis, report
from recoverycli.wording.sentences.negation import negation

if TYPE_CHECKING:
    from collections.abc import Collection

    from recoverycli.wording.model import Person, Tense, When
    from recoverycli.wording.search.phrases import TokenizedText
    from recoverycli.wording.sentences.clauses import Clause
    from recoverycli.wording.sentences.negation import Negation


class Features(NamedTuple):
    """How some words of a text are used."""

    negated: bool
    hypothetical: bool
    reported: bool
    question: bool
    person: Person | None
    tense: Tense


class TextReading(NamedTuple):
    """A text that was read: for each word its clause, and whether it is denied, supposed or reported."""

    text: TokenizedText
    clause_of: list[Clause]
    negation: Negation
    supposed: list[bool]
    reported: list[bool]

    def features(self, first: int, after: int, own: Collection[str] = ()) -> Features:
        """Return how the words from `first` up to `after` are used, by their first word.

        A cue between them denies them too, unless it is one of the words that the phrase itself has (`own`): "we lost"
        is denied in "we never lost", "we never lost" is not.
        """
        denied, cue = self.negation
        inside = any(cue[at] and self.text.words[at] not in own for at in range(first, after))
        clause = self.clause_of[first]
        asks = clause.question or self.clause_of[after - 1].question
        return Features(
            denied[first] or inside, self.supposed[first], self.reported[first], asks, clause.person, clause.tense
        )


def read(typed: str, text: TokenizedText) -> TextReading:
    """Read a text, of which `text` are the words. Never raises; the time is linear in its length."""
    parts = clauses(typed, text)
    clause_of = [clause for clause in parts for _ in range(clause.begin, clause.end)]
    return TextReading(
        text, clause_of, negation(text, parts), hypothesis(text, clause_of), report(typed, text, clause_of)
    )


def meets(when: When, found: Features) -> bool:
    """Whether words with these features are what a pattern is for."""
    flags = (
        (when.negated, found.negated),
        (when.hypothetical, found.hypothetical),
        (when.reported, found.reported),
        (when.question, found.question),
    )
    return (
        all(wanted is None or wanted == is_ for wanted, is_ in flags)
        and (not when.person or found.person in when.person)
        and (not when.tense or found.tense in when.tense)
    )
