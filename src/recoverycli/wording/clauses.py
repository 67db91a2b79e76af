"""A text as clauses, each with its subject and its tense, and whether it asks. Pure: no screen, no file, no clock.

A clause ends at a comma or another mark inside a sentence, before a conjunction such as "but" or "because", and before
"and", "or", "so", "then", "when" or "until" if a subject follows. NegEx (Chapman, Bridewell, Hanbury, Cooper and
Buchanan 2001, Journal of Biomedical Informatics 34) and ConText (Harkema, Dowling, Thornblade and Chapman 2009, Journal
of Biomedical Informatics 42) end the scope of a cue at terms such as "but". The list is our own.
docs/decisions/0012 says what we changed.
"""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from recoverycli.wording.model import Person, Tense
    from recoverycli.wording.phrases import TokenizedText

_MARK = re.compile(r"[,;:!?()\u2013\u2014\u2026\"\u201c\u201d\u00ab\u00bb]|\s-+\s|--|\n\s*\n")
_OPENERS = frozenset(
    ["but", "because", "although", "though", "however", "yet", "whereas", "while", "unless", "if", "whether", "since"]
)
_OPENERS_BEFORE_SUBJECT = frozenset(["and", "or", "so", "then", "when", "until"])
_PERSONS: dict[str, Person] = {
    "i": "I", "we": "we", "you": "you", "he": "they", "she": "they", "they": "they", "it": "it",
    "this": "it", "that": "it", "there": "it", "somebody": "they", "someone": "they", "nobody": "they",
}  # fmt: skip
_AUXILIARIES = frozenset(
    ["am", "is", "are", "was", "were", "do", "does", "did", "have", "has", "had", "can", "could", "will", "would",
     "shall", "should", "may", "might", "must"]
)  # fmt: skip
# What may precede the auxiliary of a question.
_BEFORE_AUXILIARY = frozenset(["and", "so", "but", "what", "why", "how", "when", "where", "who", "which"])
_TENSES: dict[str, Tense] = {
    "will": "future", "shall": "future",
    **dict.fromkeys(("was", "were", "did", "had", "has"), "past"),
    **dict.fromkeys(("am", "is", "are", "do", "does", "can", "must"), "present"),
}  # fmt: skip
_MODALS_AND_HAVE = frozenset(["could", "would", "should", "might", "may", "'d", "have"])
_PAST = frozenset(
    ["lost", "sent", "made", "took", "went", "told", "said", "got", "gave", "forgot", "broke", "wrote", "left", "came",
     "found", "kept", "knew", "saw", "paid", "brought", "thought", "felt", "meant", "ran", "held", "caught", "sold",
     "understood", "spoke", "let", "put", "swore", "began", "chose", "bought"]
)  # fmt: skip


class Clause(NamedTuple):
    """A part of a sentence: its first word and the one after its last, its subject, its tense, whether it asks."""

    begin: int
    end: int
    person: Person | None
    tense: Tense
    question: bool


def clauses(typed: str, text: TokenizedText) -> tuple[Clause, ...]:
    """Return the clauses of a text in order; `text` are the words of `typed`. Every word is in one of them."""
    edges = [at for at in range(len(text.words)) if _begins(typed, text, at)]
    return tuple(_clause(typed, text, begin, end) for begin, end in itertools.pairwise((*edges, len(text.words))))


def clause_ends(typed: str, text: TokenizedText) -> list[int]:
    """Return for each word of a text the one after the last of its clause."""
    return [clause.end for clause in clauses(typed, text) for _ in range(clause.begin, clause.end)]


def _begins(typed: str, text: TokenizedText, at: int) -> bool:
    if text.first[at] == at:
        return True
    word, after = text.words[at], at + 1
    if word in _OPENERS:
        return True
    if word in _OPENERS_BEFORE_SUBJECT and after < text.last[at] and text.words[after] in _PERSONS:
        return True
    # "never, ever"
    return word != "ever" and _MARK.search(typed, text.ends[at - 1], text.starts[at]) is not None


def _clause(typed: str, text: TokenizedText, begin: int, end: int) -> Clause:
    words = text.words[begin:end]
    subject = next((at for at, word in enumerate(words) if word in _PERSONS), None)
    person = None if subject is None else _PERSONS[words[subject]]
    return Clause(begin, end, person, _tense(words, subject), _asks(typed, text, begin, end))


def _tense(words: list[str], subject: int | None) -> Tense:
    """Return the tense by the first auxiliary that shows one, else by the verb after the subject."""
    for at, word in enumerate(words):
        following = words[at + 1 : at + 3]
        if following == ["going", "to"]:
            return "future"
        if word in _TENSES:
            return _TENSES[word]
        if word in _MODALS_AND_HAVE:
            # "we could have called", "we have not called": done or not, it is over.
            return "past" if word == "have" or "have" in following else "present"
    after = words[subject + 1 : subject + 3] if subject is not None else words[:1]
    return "past" if any(word.endswith("ed") or word in _PAST for word in after) else "present"


def _asks(typed: str, text: TokenizedText, begin: int, end: int) -> bool:
    """Whether a question mark follows, or the words have the order of a question: "are you", "why did we"."""
    following = text.starts[end] if end < len(text.words) else len(typed)
    if "?" in typed[text.ends[end - 1] : following]:
        return True
    words = text.words[begin : min(begin + 4, end)]
    if words and words[0] in _BEFORE_AUXILIARY:
        words = words[1:]
    if len(words) > 1 and words[1] == "not":
        words = [words[0], *words[2:]]
    return len(words) > 1 and words[0] in _AUXILIARIES and words[1] in _PERSONS
