"""What is in an answer that was typed: words that were looked for and found, each with its place. Nothing is guessed.

It knows words, not meanings. If the words do not show which answer of the scenario is closest, it says so, and the user
chooses.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal, NamedTuple

from recoverycli.text.number_words import with_digits
from recoverycli.wording.acts.reader import ActReader
from recoverycli.wording.matcher import Sign, Signs

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from recoverycli.session.grammar.meanings import DateReader
    from recoverycli.training.scenarios.model import ScenarioReply
    from recoverycli.wording.acts.reader import ActMark
    from recoverycli.wording.matcher import Matcher

MarkKind = Literal["intent", "apology", "question", "options", "promise", "backfires"]

# What a sign of the scenario's own counts against an intent in common, and a word in common against both.
_SIGN, _INTENT, _WORD = 4, 2, 1
_ENOUGH = 4
_MOST_PENALTY = 2
_MOST_WORDS_IN_COMMON = 3
_OPTIONS = Signs(
    ("options", words)
    for words in (
        "two/three ways/options/choices/things",
        "either ... or",
        "would you rather/prefer",
        "which would you",
        "which is/one easier/better/best",
        "do you prefer",
        "or would you",
        "or ... instead",
    )
)
_QUESTION = re.compile(r"[^.!?\n]*\?")
_WILL = re.compile(r"\b(?:I|we|you)(?:['\u2019]ll| will)(?! have to)\b|\bI promise\b", re.IGNORECASE)
_SENTENCE = re.compile(r"[^.!?\n]+(?:[.!?](?=\S)[^.!?\n]+)*")
_BEFORE_A_DATE = re.compile(r"\b(?:by|before|until|on|at|in|within|today|tonight|tomorrow|this)\b", re.IGNORECASE)
_LONGEST_DATE = 6
_LETTERS = re.compile(r"[^\W\d_]{4,}")


class Highlight(NamedTuple):
    """Words of the answer: from where to where (in characters), what kind of thing they are, and which."""

    start: int
    end: int
    kind: MarkKind
    label: str


class Reading(NamedTuple):
    """What was found: `credits` are what the answer does well, `charges` what it does wrong.

    `nearest` is the answer of the scenario that comes nearest, None if words do not tell or the answer is charged.
    """

    text: str
    marks: tuple[Highlight, ...]
    intents: frozenset[str]
    penalty: int
    nearest: ScenarioReply | None
    credits: tuple[ActMark, ...] = ()
    charges: tuple[ActMark, ...] = ()


class OwnWordsReader:
    """Reads typed answers. Build it once: the phrases are compiled then."""

    def __init__(self, matcher: Matcher, read_date: DateReader) -> None:
        self._matcher = matcher
        self._read_date = read_date
        self._acts = ActReader(matcher)
        wording = matcher.wording
        self._names: dict[str, str] = {one.id: one.name for one in wording.intents}
        self._intents = Signs((one.id, sign) for one in wording.intents for sign in one.signs)

    def read(
        self,
        text: str,
        choices: Sequence[ScenarioReply],
        now: datetime,
        channel: str | None = None,
        heard: str = "",
    ) -> Reading:
        """Return what is in the text, and which of the choices it comes nearest to.

        `now` is aware. `heard` is what the customer said last.
        """
        backfires = self._matcher.findings(text, channel)
        spoilt = [(found.start, found.end) for found in backfires]
        signs = [sign for sign in self._intents.find(text) if not _inside(sign, spoilt)]
        marks = [Highlight(sign.start, sign.end, "intent", self._names.get(sign.means, sign.means)) for sign in signs]
        parts = self._matcher.part_findings(text)
        marks += [Highlight(found.start, found.end, "apology", found.part.name) for found in parts]
        marks += [Highlight(*found.span(), "question", "question") for found in _QUESTION.finditer(text)]
        marks += [Highlight(sign.start, sign.end, "options", "a choice") for sign in _OPTIONS.find(text)]
        marks += [Highlight(*span, "promise", "a promise with a time") for span in self._promises(text, now)]
        marks += [Highlight(found.start, found.end, "backfires", found.pattern.because) for found in backfires]
        intents = frozenset(sign.means for sign in signs)
        penalty = min(_MOST_PENALTY, len(backfires))
        acts = self._acts.read(text, heard, channel)
        wrong = any(mark.act != "ignores-question" for mark in acts.charges)
        nearest = None if wrong else _nearest(text, intents, choices, doubtful=bool(penalty) or not acts.credits)
        return Reading(text, tuple(sorted(marks)), intents, penalty, nearest, acts.credits, acts.charges)

    def _promises(self, text: str, now: datetime) -> Iterator[tuple[int, int]]:
        """Where a sentence says what will be done, and by when."""
        for sentence in _SENTENCE.finditer(text):
            said, begins = sentence.group(), sentence.start()
            will = _WILL.search(said)
            if will is None:
                continue
            for before in _BEFORE_A_DATE.finditer(said, will.end()):
                if (length := self._date_length(said[before.start() :], now)) is not None:
                    yield begins + will.start(), begins + before.start() + length
                    break

    def _date_length(self, words: str, now: datetime) -> int | None:
        """How many characters of the words, from their beginning, are a date; the most that are one."""
        ends = [found.end() for found in re.finditer(r"\S+", words)][:_LONGEST_DATE]
        for end in reversed(ends):
            piece = with_digits(words[:end].rstrip(",;:"))
            bare = re.sub(r"^(?:by|before|until|at|on)\s+", "", piece, flags=re.IGNORECASE)
            hour = f"{bare}:00" if bare.isdecimal() else bare
            if self._read_date(piece, now) or self._read_date(hour, now):
                return len(words[:end].rstrip(",;:"))
        return None


def _inside(sign: Sign, spans: list[tuple[int, int]]) -> bool:
    return any(start < sign.end and sign.start < end for start, end in spans)


def _nearest(
    text: str, intents: frozenset[str], choices: Sequence[ScenarioReply], *, doubtful: bool
) -> ScenarioReply | None:
    """The one choice that shares the most with the text; None if that is too little, or two are level.

    A doubtful text is no good answer: rather ask than praise.
    """
    if not choices:
        return None
    words = _content(text)
    scores = [
        _SIGN * len({sign.means for sign in Signs((sign, sign) for sign in reply.signs).find(text)})
        + _INTENT * len(intents & set(reply.intents))
        + _WORD * min(_MOST_WORDS_IN_COMMON, len(words & _content(reply.say)))
        for reply in choices
    ]
    best = max(scores)
    leading = [reply for reply, score in zip(choices, scores, strict=True) if score == best]
    surely = best >= _ENOUGH and len(leading) == 1 and not (doubtful and leading[0].effect > 0)
    return leading[0] if surely else None


def _content(text: str) -> set[str]:
    return {word.casefold() for word in _LETTERS.findall(text)} - _COMMON


_COMMON = frozenset(
    {
        "about", "been", "could", "from", "have", "here", "into", "just", "know", "like", "more", "much", "need",
        "over", "right", "some", "sorry", "tell", "than", "that", "them", "then", "there", "they",
        "this", "very", "want",
        "what", "when", "where", "which", "will", "with", "would", "your", "yours",
    }
)  # fmt: skip
