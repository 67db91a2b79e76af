"""The clauses of an answer that say something: what the customer said, what is denied, and what nobody can tell."""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING

from recoverycli.wording.search.phrases import words_of
from recoverycli.wording.sentences.features import read

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from recoverycli.wording.model import BadAct, Tense
    from recoverycli.wording.sentences.clauses import Clause
    from recoverycli.wording.sentences.features import TextReading

_FINITE = frozenset(
    ["am", "is", "are", "was", "were", "do", "does", "did", "have", "has", "had", "can", "could", "will", "would",
     "shall", "should", "may", "might", "must", "says", "say", "works", "shows", "comes", "goes", "takes", "needs",
     "gets", "stays", "means", "happens", "lies", "makes", "costs", "looks", "knows", "wants", "left", "came", "went",
     "took", "said", "told", "made", "got", "gave", "saw", "knew", "found", "brought", "lost", "sent", "kept", "ran",
     "broke", "wrote", "thought", "put", "drove", "rang", "fell", "stood", "sat", "held", "paid", "spoke", "read",
     "remains", "stands", "applies", "runs", "counts", "starts", "ends", "closes", "opens", "keeps", "leaves",
     "depends", "includes", "allows", "requires", "covers", "pays", "charges", "follows", "finds", "begins", "belongs",
     "tells", "gives", "wait", "carry", "work", "keep", "take", "need", "show", "go", "come", "belong"]
)  # fmt: skip
# Where one stands before a claim, nothing is claimed yet: "until the reading is right".
_OPEN = frozenset(["until", "till", "before", "whether", "if"])
# Regular forms of common verbs, to compare "the van drove past" with "I saw it drive past".
_REGULAR = {
    "drove": "drive", "came": "come", "took": "take", "saw": "see", "wrote": "write", "written": "write",
    "stood": "stand", "lost": "lose", "rang": "ring", "rung": "ring", "broke": "break", "broken": "break",
    "paid": "pay", "bought": "buy", "brought": "bring", "sent": "send", "slept": "sleep", "sat": "sit", "left": "leave",
    "heard": "hear", "felt": "feel", "kept": "keep", "sold": "sell", "found": "find", "worn": "wear", "eaten": "eat",
    "driven": "drive", "taken": "take", "seen": "see",
}  # fmt: skip
# What may stand before the subject of a clause, and begins no clause that depends on another.
_BEFORE_SUBJECT = frozenset(
    ["and", "but", "so", "then", "yes", "well", "now", "please", "also", "or", "however", "today", "tonight", "oh",
     "here", "still", "maybe", "perhaps", "ok", "okay", "right", "sure", "sir", "madam"]
)  # fmt: skip
_DEPENDENT = frozenset(
    ["because", "since", "that", "who", "which", "when", "if", "until", "while", "where", "as", "what", "how", "why",
     "whether", "though", "although", "unless", "for", "to", "with", "after", "before"]
)  # fmt: skip
_COMMON = frozenset(
    ["a", "an", "the", "and", "or", "but", "so", "is", "are", "was", "were", "am", "be", "been", "it", "this", "that",
     "these", "those", "i", "we", "you", "he", "she", "they", "my", "our", "your", "his", "her", "their", "me", "us",
     "him", "them", "to", "of", "in", "on", "at", "for", "with", "from", "by", "up", "out", "off", "do", "does", "did",
     "have", "has", "had", "can", "could", "will", "would", "shall", "should", "may", "might", "must", "not", "no",
     "yes", "what", "how", "when", "where", "who", "why", "which", "if", "as", "then", "than", "there", "here", "now",
     "all", "just", "only", "very", "too", "also", "again", "about", "into", "get", "got", "want", "say", "said", "ok",
     "tell", "told", "know", "see", "think", "please", "sorry", "thank", "thanks", "hello", "one", "any", "some"]
)  # fmt: skip
_SENTENCE_WORDS = _COMMON - {"yes", "no", "not", "please", "sorry", "thank", "thanks", "hello", "ok"}
_BUT = frozenset(["but", "however", "though", "although", "yet", "still", "only", "unfortunately", "sadly", "anyway"])
# "It was moved only once" says less than the customer did.
_LESS = frozenset(["only", "merely", "accurate", "correct"])
_NO = frozenset(["no", "nope", "nah"])
_ENDINGS = re.compile(r"(?:ings?|ed|es|s|er|ly)$")
_SOMEBODY = frozenset(["i", "we", "you", "he", "she", "they"])
_ADVICE = frozenset(["can", "could", "may", "might", "must", "should", "would", "will"])
_POINTING = frozenset(["it", "that", "this"])
_NOTHING = frozenset(["no", "nothing", "nobody", "none", "neither"])
# Where a clause begins with one, its words need no verb that is known.
_BEGINNINGS = _NOTHING | {"the", "our", "my", "your", "his", "her", "their"}
_BE = frozenset(["am", "is", "are", "was", "were"])
_OF_REFUSAL = frozenset(
    ["able", "possible", "taken", "given", "done", "offered", "something", "a", "in", "our", "allowed", "on", "for"]
)
_ENOUGH_SHARED = 2
# "sir", "Mrs Customer": who is spoken to.
_LONGEST_ADDRESS = 2
_MODALS = frozenset(["will", "must", "can", "could", "should", "gotta", "need", "may", "not"])
_LATER = frozenset(["will", "would", "can", "could", "shall", "there"])
# Words that limit what a clause gives, or oblige somebody.
_LIMITING = frozenset(["only", "all", "could", "must", "need", "have", "should", "once", "unless", "what", "if"])
# What who says no does.
_NO_HELP = frozenset(
    ["going", "charging", "closing", "saying", "telling", "seeing", "showing", "reading", "following", "keeping",
     "ending", "cancelling", "have", "need", "be", "say", "charge", "close", "end", "remind", "repeat", "point", "stop",
     "leave", "tell", "keep", "follow", "stay", "ask", "see", "continue", "explain", "pass"]
)  # fmt: skip
_SHORTEST_STEM = 3


class Statements:
    """The clauses of an answer to `heard`."""

    def __init__(self, reading: TextReading, heard: str) -> None:
        self._reading = reading
        self._words = reading.text.words
        self._clauses = tuple(dict.fromkeys(reading.clause_of))
        text = words_of(heard)
        said = read(heard, text)
        # What the customer said, clause by clause, and whether it denies something.
        self._heard = [
            (_stems(text.words[one.begin : one.end]), any(said.negation.cue[one.begin : one.end]))
            for one in dict.fromkeys(said.clause_of)
        ]
        self._heard += [
            (before, True)
            for (before, denied), (stems, is_) in itertools.pairwise(self._heard) if not denied and is_ and not stems
        ]  # fmt: skip
        self._heard_words = frozenset(text.words)
        self._heard_stems = _stems(text.words)

    def says_something(self, at: int) -> bool:
        """Whether the clause of a word has a verb: "our fault, refund" says nothing."""
        clause = self._reading.clause_of[at]
        return any(_is_verb(word) for word in self._words[clause.begin : clause.end])

    def is_still_open(self, at: int) -> bool:
        """Whether the clause of a word has "until", "if" or the like before it."""
        return not _OPEN.isdisjoint(self._words[self._reading.clause_of[at].begin : at])

    def begins_with_no(self) -> bool:
        """Whether the answer says no first: "No, you ordered the pasta"."""
        return bool(self._words) and self._words[0] in _NO

    def has_content(self, at: int) -> bool:
        """Whether the clause of a word is about something: "because it does" is about nothing."""
        return bool(self._stems(self._reading.clause_of[at]))

    def echoes(self) -> Iterator[tuple[int, int]]:
        """Yield the clauses that say back what the customer said."""
        for clause in self._clauses:
            held_against = self._words[clause.begin] in _BUT or clause.question or self._reading.reported[clause.begin]
            if not held_against and self._says_back(clause):
                yield clause.begin, clause.end

    def _says_back(self, clause: Clause) -> bool:
        """Whether a clause says what the customer said, and does not say the opposite."""
        stems = self._stems(clause)
        if _SENTENCE_WORDS.isdisjoint(self._words[clause.begin : clause.end]):
            # "van phone delivered" is no sentence.
            return False
        if len(stems & self._heard_stems) < _ENOUGH_SHARED or self._contradicts(clause, stems):
            return False
        if self._subject(clause) in {"you", ""}:
            # "You can take the cheese off" is advice.
            return _ADVICE.isdisjoint(self._words[clause.begin : clause.end])
        # "It happens again" may be about something else.
        return stems <= self._heard_stems and (self._words[clause.begin] not in _POINTING or self.agrees(clause.begin))

    def _contradicts(self, clause: Clause, stems: frozenset[str]) -> bool:
        """Whether a clause denies what the customer did not, or says what the customer denied."""
        cues = [at for at in range(clause.begin, clause.end) if self._reading.negation.cue[at]]
        if cues:
            return any(self._words[at] not in self._heard_words for at in cues)
        if _LESS.intersection(self._words[clause.begin : clause.end]) - self._heard_words:
            return True
        shared = {
            denied: max((len(stems & said) for said, is_ in self._heard if is_ == denied), default=0)
            for denied in (False, True)
        }
        return shared[True] > 0 and shared[True] >= shared[False]

    def denials(self, known: set[int]) -> list[int]:
        """Return the words that deny something not of the customer ("you never"), outside of words that are known."""
        cues, denials = self._reading.negation.cue, []
        for clause in self._clauses:
            if self.agrees(clause.begin):
                continue
            about = ""
            for at in range(clause.begin, clause.end):
                if self._words[at] in _SOMEBODY:
                    about = self._words[at]
                if cues[at] and at not in known and about != "you":
                    denials.append(at)
        return denials

    def agrees(self, at: int) -> bool:
        """Whether the clause of a word denies what the customer denies: "it was not delivered"."""
        clause = self._reading.clause_of[at]
        cues = [word for word in range(clause.begin, clause.end) if self._reading.negation.cue[word]]
        stems = self._stems(clause)
        if not cues or not stems or clause.question or self._contradicts(clause, stems):
            return False
        return any(is_ and (stems <= said or len(stems & said) >= _ENOUGH_SHARED) for said, is_ in self._heard)

    def claims(self, denials: Iterable[int]) -> Iterator[tuple[int, int, BadAct]]:
        """Yield the clauses in which words that deny something say no, or that it is not so."""
        for clause in dict.fromkeys(self._reading.clause_of[at] for at in denials):
            words = self._words[clause.begin : clause.end]
            about = self._subject(clause, of_nothing=True)
            said = about in {"us", "other"} and "without" not in words
            if not said or clause.question or self._reading.supposed[clause.begin]:
                continue
            if _is_about_doing(words, about, clause.tense):
                yield clause.begin, clause.end, "refuses"
            else:
                yield clause.begin, clause.end, "denies"

    def unread(self, known: set[int]) -> int:
        """Return the first word of the last clause that says something outside of words that are known, -1 if none."""
        return max((clause.begin for clause in self._clauses if self._is_unread(clause, known)), default=-1)

    def speaks_of_later(self, clause: Clause) -> bool:
        """Whether a clause says what will be, or what there is: "I'm sorry there would be no plan B"."""
        words = self._words[clause.begin : clause.end]
        return "you" not in words and not _LATER.isdisjoint(words)

    def contrast(self, known: set[int]) -> int:
        """Return the first word of the last clause that sets something against the rest, -1 if none."""
        return max(
            (
                one.begin for one in self._clauses
                if self._words[one.begin] in _BUT and not one.question and known.isdisjoint(range(one.begin, one.end))
            ),
            default=-1,
        )  # fmt: skip

    def _is_unread(self, clause: Clause, known: set[int]) -> bool:
        words = range(clause.begin, clause.end)
        if not known.isdisjoint(words) or clause.question:
            return False
        if self._words[clause.begin] in _BUT:
            return True
        subject = self._subject(clause)
        if self._is_about_helping(clause):
            return False
        if subject == "":
            alone = self._reading.text.first[clause.begin] == clause.begin
            return alone and len(words) > _LONGEST_ADDRESS and not self._words_in_common(clause)
        stems, common = self._stems(clause), self._words_in_common(clause)
        if subject == "us" and not stems and self._is_plain(clause):
            # "I mean that" and "we did that to you" are about nothing else.
            return False
        # "The plane was full" shares a word with what the customer said, and says something else.
        if common and (subject != "other" or 2 * len(common) > len(stems)) and not self._contradicts(clause, stems):
            return False
        return subject != "you" or bool(_MODALS.intersection(self._words[at] for at in words))

    def _is_plain(self, clause: Clause) -> bool:
        """Whether a clause has no word that denies, limits or obliges."""
        return _LIMITING.isdisjoint(self._words[clause.begin : clause.end]) and not any(
            self._reading.negation.cue[clause.begin : clause.end]
        )

    def _is_about_helping(self, clause: Clause) -> bool:
        """Whether a clause tells what the speaker does next: "let me look", "I'm opening it", "I'll ask him"."""
        words = [word for word in self._words[clause.begin : clause.end] if word not in _BEFORE_SUBJECT]
        if not self._is_plain(clause) or len(words) <= _LONGEST_ADDRESS:
            return False
        doer, does, what = words[:3]
        if doer == "let":
            return does in {"me", "us"}
        busy = does in {"am", "are"} and what.endswith("ing") and what not in _NO_HELP
        return doer in {"i", "we"} and (busy or (does == "will" and what not in _NO_HELP))

    def _words_in_common(self, clause: Clause) -> frozenset[str]:
        return self._stems(clause) & self._heard_stems

    def _stems(self, clause: Clause) -> frozenset[str]:
        return _stems(self._words[clause.begin : clause.end])

    def _subject(self, clause: Clause, *, of_nothing: bool = False) -> str:
        """Return "you", "us", "other", or nothing where the words are no sentence or depend on another.

        With `of_nothing`, "no refunds from us" is about something else, and so is "the van never stops".
        """
        words = self._words[clause.begin : clause.end]
        at = next((at for at, word in enumerate(words) if word not in _BEFORE_SUBJECT), len(words))
        if at == len(words) or words[at] in _DEPENDENT - {"that"}:
            return ""
        if words[at] == "you":
            return "you"
        if words[at] in {"i", "we"}:
            return "us"
        sentence = any(map(_is_verb, words[at + 1 :])) or (
            of_nothing and words[at] in _BEGINNINGS and len(words) > at + 2
        )
        return "other" if sentence else ""


def _is_about_doing(words: list[str], about: str, tense: Tense) -> bool:
    """Whether a denial is a refusal: of what will be done, or what is done as a rule."""
    if tense == "future" or (words[0] in _NOTHING and tense == "present"):
        return True
    after = words[words.index("not") + 1 :] if "not" in words else words
    done = any(word.endswith("ing") or word in _OF_REFUSAL for word in after[:3])
    return tense == "present" and (done or (about == "us" and not _BE.intersection(words)))


def _is_verb(word: str) -> bool:
    return word in _FINITE or word.endswith("ed")


def _stems(words: Iterable[str]) -> frozenset[str]:
    regular = (_REGULAR.get(word, word) for word in words if word not in _COMMON)
    found = (word if word.isdecimal() else _ENDINGS.sub("", word).rstrip("e") for word in regular)
    return frozenset(stem for stem in found if len(stem) >= _SHORTEST_STEM)
