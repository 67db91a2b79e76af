"""A text as clauses, each with its subject and its tense, and whether it asks. Pure: no screen, no file, no clock.

A clause ends at a comma or another mark inside a sentence, before a conjunction such as "but" or "because", and before
"and", "or", "so", "then", "when" or "until" if a subject follows. It goes on after a remark between commas ("it was
not, as you say, our mistake"), in a list ("we never lost, opened or sold it") and in "not because of".

NegEx (Chapman, Bridewell, Hanbury, Cooper and Buchanan 2001, Journal of Biomedical Informatics 34) and ConText
(Harkema, Dowling, Thornblade and Chapman 2009, Journal of Biomedical Informatics 42) end the scope of a cue at terms
such as "but". The list is our own.
docs/decisions/0012 says what we changed.
"""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING, NamedTuple

from recoverycli.wording.sentences.cues import find

if TYPE_CHECKING:
    from recoverycli.wording.model import Person, Tense
    from recoverycli.wording.search.phrases import TokenizedText

_MARK = re.compile(r"[,;:!?()\u2013\u2014\u2026\"\u201c\u201d\u00ab\u00bb]|\s-+\s|--|\n\s*\n")
_OPENERS = frozenset(
    ["but", "because", "although", "though", "however", "yet", "whereas", "while", "unless", "if", "whether", "since"]
)
REASONS = frozenset(["because", "since"])
_DENIALS = frozenset(["not", "never"])
# They begin a clause after a remark too: "I'm sorry, sir, but ...".
_NEVER_INSIDE = _OPENERS | {"without"}
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
# "Is your driver late": an auxiliary that no command begins with, before a noun.
_ASKING = frozenset(["is", "are", "was", "were", "does", "did", "has", "can", "could", "will", "would"])
_DETERMINERS = frozenset(
    ["the", "a", "an", "your", "our", "my", "his", "her", "their", "any", "anyone", "anybody", "everything", "these",
     "those"]
)  # fmt: skip
_SUBJECTS = _DETERMINERS | _PERSONS.keys()
_QUESTIONS = (
    "^ how come",
    "^ why is it",
    "^ what/which/how time/day/size/number/part/often/long/much/many do/did/are/were/can/will/would/have I/we/you",
)
# "It was our mistake, wasn't it?", "You lost it, right?"
_TAGS = frozenset(["right", "correct", "yes", "no", "or", "not", "true", "okay", "ok"])
_LONGEST_TAG = 3
# Remarks that may stand between commas inside a clause.
_REMARKS = (
    "as I/we/you/he/she/they (have/had/already) say/said/says/know/knows/told/mentioned/wrote/see/put (me/us/you/it)",
    "I am afraid/sure/sorry",
    "I/we think/believe/fear/hope/admit/suppose/guess",
    "you know/see",
    "of course",
    "in fact",
    "in short",
    "for sure",
    "for once",
    "at all",
    "by the way",
    "to be honest/clear/fair/frank",
    "in any way",
    "in any case",
    "under any circumstances",
    "by any means",
    "believe me",
    "let me say",
    "sadly/unfortunately/honestly/frankly/clearly/obviously/sir/madam/please/really/indeed/apparently/however/therefore",
)
_LONGEST_LISTED = 3
# They begin a question where the sentence ends with its mark: "What happens if it rains?"
_QUESTION_WORDS = frozenset(["what", "how", "who", "where", "why"])
_TENSES: dict[str, Tense] = {
    "will": "future", "shall": "future",
    **dict.fromkeys(("was", "were", "did", "had", "has"), "past"),
    **dict.fromkeys(("am", "is", "are", "do", "does", "can", "must"), "present"),
}  # fmt: skip
_MODALS_AND_HAVE = frozenset(["could", "would", "should", "might", "may", "'d", "have"])
_PAST = frozenset(
    ["lost", "sent", "made", "took", "went", "told", "said", "got", "gave", "forgot", "broke", "wrote", "left", "came",
     "found", "kept", "knew", "saw", "paid", "brought", "thought", "felt", "meant", "ran", "held", "caught", "sold",
     "understood", "spoke", "let", "put", "swore", "began", "chose", "bought", "fell", "threw", "built", "dealt",
     "drove", "flew", "froze", "hid", "lent", "met", "rang", "shook", "shut", "sank", "slept", "spent", "stole",
     "hit", "stuck", "taught", "tore", "wore", "won", "burst", "cut", "slipped", "blew", "grew", "stood", "became"]
)  # fmt: skip
_NO_PAST = frozenset(
    ["need", "feed", "indeed", "hundred", "bed", "red", "proceed", "exceed", "speed", "seed", "shed", "succeed"]
)
_BEFORE_MONTH = frozenset(["in", "and", "of", "since", "until", "by", "on", "to", "from", "last", "next"])
# How far the verb of a clause is from its beginning where no pronoun stands before it.
_NOUN_PHRASE = 6


class Clause(NamedTuple):
    """A part of a sentence: its first word and the one after its last, its subject, its tense, whether it asks."""

    begin: int
    end: int
    person: Person | None
    tense: Tense
    question: bool


def clauses(typed: str, text: TokenizedText) -> tuple[Clause, ...]:
    """Return the clauses of a text in order; `text` are the words of `typed`. Every word is in one of them."""
    inside = _inside_clauses(typed, text)
    edges = [at for at in range(len(text.words)) if at not in inside and _begins(typed, text, at)]
    found = [_clause(typed, text, begin, end) for begin, end in itertools.pairwise((*edges, len(text.words)))]
    asking = {begin for begin, _ in find(_QUESTIONS, text)}
    found = [clause._replace(question=True) if clause.begin in asking else clause for clause in found]
    for at, (clause, tag) in enumerate(itertools.pairwise(found)):
        if tag.question and _is_tag(text, tag):
            found[at] = clause._replace(question=True)
    return tuple(found)


def _inside_clauses(typed: str, text: TokenizedText) -> set[int]:
    """Return the words that stand after a comma in a clause that goes on: remarks, and the words after them."""
    inside: set[int] = set()
    for begin, end in find(_REMARKS, text):
        if text.first[begin] < begin and end < text.last[begin] and _has_comma(typed, text, begin):
            inside |= {begin, end} if _has_comma(typed, text, end) and text.words[end] not in _NEVER_INSIDE else set()
    for at in range(1, len(text.words)):
        if text.first[at] < at and _has_comma(typed, text, at) and _is_listed(typed, text, at):
            inside.add(at)
    return inside


def _has_comma(typed: str, text: TokenizedText, at: int) -> bool:
    return typed[text.ends[at - 1] : text.starts[at]].strip() == ","


def _is_listed(typed: str, text: TokenizedText, at: int) -> bool:
    """Whether "or" follows within a few words that are no clause: "lost, opened or sold"."""
    for word in range(at, min(at + _LONGEST_LISTED + 1, text.last[at])):
        if text.words[word] in {"or", "nor"}:
            return word > at and text.words[min(word + 1, text.last[at] - 1)] not in _PERSONS
        if text.words[word] in _PERSONS or text.words[word] in _OPENERS or (word > at and _has_mark(typed, text, word)):
            return False
    return False


def _has_mark(typed: str, text: TokenizedText, at: int) -> bool:
    return _MARK.search(typed, text.ends[at - 1], text.starts[at]) is not None


def clause_ends(typed: str, text: TokenizedText) -> list[int]:
    """Return for each word of a text the one after the last of its clause."""
    return [clause.end for clause in clauses(typed, text) for _ in range(clause.begin, clause.end)]


def _begins(typed: str, text: TokenizedText, at: int) -> bool:
    if text.first[at] == at:
        return True
    word, after = text.words[at], at + 1
    if word == "yet" and (after == text.last[at] or text.words[after] in _OPENERS or _has_mark(typed, text, after)):
        # "I don't know it yet"
        return False
    if word in _OPENERS:
        return word not in REASONS or text.words[at - 1] not in _DENIALS
    if word in _OPENERS_BEFORE_SUBJECT and after < text.last[at] and text.words[after] in _PERSONS:
        return True
    # "never, ever"
    return word != "ever" and _has_mark(typed, text, at)


def _is_tag(text: TokenizedText, clause: Clause) -> bool:
    words = text.words[clause.begin : clause.end]
    if text.first[clause.begin] == clause.begin or len(words) > _LONGEST_TAG:
        return False
    return words[0] in _TAGS or (words[0] in _AUXILIARIES and words[-1] in _PERSONS)


def _clause(typed: str, text: TokenizedText, begin: int, end: int) -> Clause:
    words = text.words[begin:end]
    subject = next((at for at, word in enumerate(words) if _is_subject(words, at)), None)
    person = None if subject is None else _PERSONS[words[subject]]
    return Clause(begin, end, person, _tense(words, subject), _asks(typed, text, begin, end))


def _is_subject(words: list[str], at: int) -> bool:
    """Whether a word is a pronoun that may be a subject: "that" before another one is not."""
    if words[at] not in _PERSONS:
        return False
    return words[at] != "that" or at + 1 == len(words) or words[at + 1] not in _SUBJECTS


def _tense(words: list[str], subject: int | None) -> Tense:
    """Return the tense by the first auxiliary that shows one, else by the verb after the subject."""
    for at, word in enumerate(words):
        following = words[at + 1 : at + 3]
        if following == ["going", "to"]:
            return "future"
        if word in _TENSES:
            return _TENSES[word]
        if word in _MODALS_AND_HAVE and not _is_month(words, at):
            # "we could have called", "we have not called", "we could not call": done or not, it is over.
            over = word == "have" or "have" in following or (word == "could" and following[:1] == ["not"])
            return "past" if over else "present"
        if 0 < at <= _NOUN_PHRASE and _is_past(word) and _AUXILIARIES.isdisjoint(following):
            return "past"
    after = words[subject + 1 : subject + 3] if subject is not None else words[:1]
    return "past" if any(map(_is_past, after)) else "present"


def _is_past(word: str) -> bool:
    return word in _PAST or (word.endswith("ed") and word not in _NO_PAST)


def _is_month(words: list[str], at: int) -> bool:
    """Whether "may" is the month."""
    return words[at] == "may" and (at + 1 == len(words) or words[at - 1] in _BEFORE_MONTH)


def _asks(typed: str, text: TokenizedText, begin: int, end: int) -> bool:
    """Whether a question mark follows, or the words have the order of a question: "are you", "why did we"."""
    if _question_mark(typed, text, end):
        return True
    words = text.words[begin : min(begin + 4, end)]
    if words[0] in _QUESTION_WORDS and _question_mark(typed, text, text.last[begin]):
        return True
    if words and words[0] in _BEFORE_AUXILIARY:
        words = words[1:]
    if len(words) > 1 and words[1] == "not":
        words = [words[0], *words[2:]]
    if len(words) < 2:
        return False
    return (words[0] in _AUXILIARIES and words[1] in _PERSONS) or (words[0] in _ASKING and words[1] in _DETERMINERS)


def _question_mark(typed: str, text: TokenizedText, after: int) -> bool:
    """Whether a question mark stands before the word `after`."""
    following = text.starts[after] if after < len(text.words) else len(typed)
    return "?" in typed[text.ends[after - 1] : following]
