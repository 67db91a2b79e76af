"""Codes and passwords that a learned tagger finds by the words around them."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple

from recoverycli.redaction.learned.cards import cards_of, is_date, is_other_number, pieces_of
from recoverycli.redaction.learned.classes import CLASSES, CUES
from recoverycli.redaction.learned.model import LABELS, shipped_model
from recoverycli.redaction.learned.tokens import FIGURES, LETTERS, MIXED, NUMBER_WORD, SIGN, tokens
from recoverycli.redaction.rules import SensitiveSpan

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from recoverycli.redaction.learned.cards import CardPiece
    from recoverycli.redaction.learned.model import Chances, Model
    from recoverycli.redaction.learned.tokens import NoteToken

THRESHOLD: Final = 0.8
_LONGEST: Final = 10_000  # characters; a longer line is a pasted document, which the rules alone read
_CODE: Final = LABELS.index("N")
_PASSWORD: Final = LABELS.index("P")
_CARD: Final = LABELS.index("C")
_SURE: Final = 0.93
_LIKELY_CARD: Final = 0.35  # how likely a card must be: few other numbers look like one
_BESIDE_LIKELY: Final = 0.25  # how likely the words beside a likely one must be to belong to it
_OTHER_CODES: Final = frozenset({"parcel", "tumbler", "branch", "call", "conduct"})  # whose codes are no secrets
_PARTS_OF_CARDS: Final = frozenset({"half", "first", "1st", "second", "2nd", "starts", "begins", "beginning"})
_POSSIBLE: Final = 0.01  # how likely a word must be a secret for the rules to be believed
_FEWEST_DIGITS: Final = 3
_TOO_FEW: Final = 2  # digits of a code in a line that names none
_NEAR_MASK: Final = 2  # words after a mask: what stands there may be the digits of a card that are kept
_WORDS: Final = 1  # known words of a line with a code or a password
_WORDS_OF_CODES: Final = 3  # the same, of a code in a line that names no secret: "It's 4471."
_WORDS_BESIDE_LETTERS: Final = 2  # the same, of a code with letters
_LONG: Final = 9  # digits from which on a number is no code, but may be a card, which the rules tell
_LONG_WITH_LETTER: Final = 7
_LEAST_DIGITS: Final = 2  # of a line without a word for secrets: "one" alone is in many
_CURRENCIES: Final = frozenset("\u20ac$\u00a3\u00a5\u20b9")
_LAST_SIGNS: Final = frozenset("#$%&*^~+")  # directly after a code or password they belong to it


class LearnedReading(NamedTuple):
    """What the tagger says of a text: what it takes for secrets, in order, and where a secret is possible at all.

    `possible` is None of a text that it does not read.
    """

    found: tuple[SensitiveSpan, ...] = ()
    possible: tuple[tuple[int, int], ...] | None = None

    def doubts(self, start: int, end: int) -> bool:
        """Whether none of the words there is likely to be a part of a secret."""
        return self.possible is not None and not any(one < end and start < other for one, other in self.possible)


def learned_secrets(text: str) -> LearnedReading:
    """Return what the tagger of the package says of a text. Linear in its length."""
    return secrets_of(text, shipped_model, THRESHOLD)


def secrets_of(text: str, model: Callable[[], Model], threshold: float) -> LearnedReading:
    """Return what a model says of a text; it is asked for where the text can hold a secret."""
    if len(text) > _LONGEST:
        return LearnedReading()
    line = tokens(text)
    return _read_line(text, line, model(), threshold) if is_read(line) else LearnedReading()


def is_read(line: list[NoteToken]) -> bool:
    """Whether a line can hold a secret: it has two digits, also in words, or letters with a digit among them, or a
    word for secrets or what they open."""
    return sum(token.digits for token in line) >= _LEAST_DIGITS or any(
        token.name in CUES or (token.kind == MIXED and token.shape != "measure") for token in line
    )


def _read_line(text: str, line: list[NoteToken], model: Model, threshold: float) -> LearnedReading:
    probabilities = model.probabilities(line)
    possible = tuple(
        (token.start, token.end)
        for token, chances in zip(line, probabilities, strict=True)
        if 1 - chances[0] >= _POSSIBLE or token.is_masked
    )
    found: list[SensitiveSpan] = []
    pieces: list[CardPiece] = []
    named = any(token.name == "CODE" for token in line)
    words = sum(token.kind == LETTERS and len(token.word) > 1 and token.word in model.lexicon.known for token in line)
    worded = any(token.name in CUES for token in line)
    carded = any(token.name == "CARD" or token.word in _PARTS_OF_CARDS for token in line)
    elsewhere = not _OTHER_CODES.isdisjoint(token.word for token in line)
    # Beside the stars of a card stand the four digits that are kept.
    starred = any(token.is_masked and token.kind == FIGURES for token in line)
    places = {token.start: place for place, token in enumerate(line)}
    for run, kind, sure in _runs(line, probabilities, threshold):
        if kind == "card" and len(run) < len(line) and not is_other_number(line, places[run[0].start]):
            pieces += pieces_of(text, run, likely=sure >= threshold)
        if kind == "card" or len(run) == len(line) or words < _WORDS:
            continue
        if kind == "code" and words < _WORDS_BESIDE_LETTERS and any(token.kind in {LETTERS, MIXED} for token in run):
            continue
        if kind == "code" and words < _WORDS_OF_CODES and not worded:
            continue
        few = kind == "code" and not named and sum(token.digits for token in run) <= _TOO_FEW
        if few or (kind == "code" and (elsewhere or starred)) or sure < _least_of(run, model):
            continue
        found += _secret(text, run, kind)
    return LearnedReading(
        tuple(sorted([*found, *cards_of(pieces, whole=starred or words < _WORDS, named=carded)])), possible
    )


def _runs(
    line: list[NoteToken], probabilities: list[Chances], threshold: float
) -> Iterator[tuple[list[NoteToken], str, float]]:
    """Yield the words side by side one of which is likely, what they are, and the highest probability among them."""
    run: list[NoteToken] = []
    kind, sure, since_mask = "", 0.0, _NEAR_MASK
    for token, chances in zip(line, probabilities, strict=True):
        kept = since_mask < _NEAR_MASK
        which = "" if token.is_masked or kept else _kind_of(chances)
        # What stands between two cards belongs to none.
        least = threshold if which == "card" and not token.digits else min(_BESIDE_LIKELY, threshold)
        which = which if 1 - chances[0] >= least else ""
        if run and which != kind:
            if sure >= _least_of_kind(kind, threshold):
                yield run, kind, sure
            run, sure = [], 0.0
        kind, since_mask = which, 0 if token.is_masked else since_mask + (not (kept and token.digits))
        if which:
            run.append(token)
            sure = max(sure, 1 - chances[0])
    if run and sure >= _least_of_kind(kind, threshold):
        yield run, kind, sure


def _least_of_kind(kind: str, threshold: float) -> float:
    return min(threshold, _LIKELY_CARD) if kind == "card" else threshold


def _kind_of(chances: Chances) -> str:
    """Return the likeliest kind."""
    if chances[_PASSWORD] >= chances[_CODE] + chances[_CARD]:
        return "password"
    return "code" if chances[_CODE] >= chances[_CARD] else "card"


def _least_of(run: list[NoteToken], model: Model) -> float:
    """Return how likely words must be a secret: a common word or a time of day by itself must be very likely."""
    first = run[0]
    common = first.shape == "clock" or (first.kind == LETTERS and first.word in model.lexicon.known)
    return _SURE if len(run) == 1 and common else 0.0


def _secret(text: str, run: list[NoteToken], kind: str) -> list[SensitiveSpan]:
    """Return the words as one secret, or nothing if they cannot be one."""
    while run and run[-1].kind == SIGN and run[-1].word not in {"!", *_LAST_SIGNS}:
        run.pop()
    while run and run[0].kind == SIGN:
        run.pop(0)
    if not run or _is_something_else(text, run):
        return []
    end = run[-1].end
    while text[end : end + 1] in _LAST_SIGNS:
        end += 1
    return [SensitiveSpan(run[0].start, end, kind)]


def _is_something_else(text: str, run: list[NoteToken]) -> bool:
    """Whether the words are an amount, a telephone number, a place in a row of digits, an address or a call's id."""
    before = text[max(0, run[0].start - 2) : run[0].start].rstrip()
    if before[-1:] in _CURRENCIES or (before[-1:] == "*" and text[run[-1].end : run[-1].end + 1] == "#"):
        return True
    if len(run) == 1 and (run[0].shape == "measure" or (run[0].kind == MIXED and _is_number(run[0]))):
        return True
    if (
        is_date(text[run[0].start : run[-1].end])
        or any(token.word == "/" for token in run)
        or (len(run) == 1 and run[0].name in {"UNIT", "DATE"})
    ):
        return True
    if all(token.kind in {FIGURES, NUMBER_WORD, SIGN} for token in run):
        return not _FEWEST_DIGITS <= sum(token.digits for token in run) < _LONG
    return any(
        _call_id_pattern().fullmatch(token.word) or ("@" in token.word and "." in token.word.partition("@")[2])
        for token in run
    )


@cache
def _call_id_pattern() -> re.Pattern[str]:
    return re.compile(r"[0-9]{8}t[0-9]{6}-[a-z0-9-]+")


def _is_number(token: NoteToken) -> bool:
    """Whether a word is a long number with a letter too many, or has the name of its code in it ("cvc24111"): the rules
    mask the digits of such words alone."""
    letters = re.findall(r"[^\W\d_]+", token.word)
    if token.digits >= _LONG_WITH_LETTER and sum(map(len, letters)) == 1:
        return True
    return any(word == "code" or CLASSES.get(word) == "CODE" for word in letters)
