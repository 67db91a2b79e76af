"""Codes and passwords that a learned tagger finds by the words around them."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

from recoverycli.redaction.learned.classes import CLASSES, CUES
from recoverycli.redaction.learned.model import LABELS, shipped_model
from recoverycli.redaction.learned.tokens import FIGURES, LETTERS, MIXED, NUMBER_WORD, SIGN, tokens
from recoverycli.redaction.rules import SensitiveSpan

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from recoverycli.redaction.learned.model import Model
    from recoverycli.redaction.learned.tokens import NoteToken

THRESHOLD: Final = 0.8
_LONGEST: Final = 10_000  # characters; a longer line is a pasted document, which the rules alone read
_CODE: Final = LABELS.index("N")
_PASSWORD: Final = LABELS.index("P")
_CARD: Final = LABELS.index("C")
_SURE: Final = 0.93
_OTHER_CODES: Final = frozenset({"parcel", "tumbler", "branch", "call", "conduct"})  # whose codes are no secrets
_FEWEST_DIGITS: Final = 3
_NEAR_MASK: Final = 2  # words after a mask: what stands there may be the digits of a card that are kept
_WORDS: Final = 3  # known words of a line that names no secret
_GROUP: Final = 4  # digits of a group of a card: several may be a part of one, which the rules tell
_LONG: Final = 9  # digits from which on a number is no code, but may be a card, which the rules tell
_LEAST_DIGITS: Final = 2  # of a line without a word for secrets: "one" alone is in many
_CURRENCIES: Final = frozenset("\u20ac$\u00a3\u00a5\u20b9")
_LAST_SIGNS: Final = frozenset("#$%&*^~+")  # directly after a code or password they belong to it


def learned_secrets(text: str) -> list[SensitiveSpan]:
    """Return the codes and passwords that are likely ones, in order. Linear in the length."""
    return secrets_of(text, shipped_model, THRESHOLD)


def secrets_of(text: str, model: Callable[[], Model], threshold: float) -> list[SensitiveSpan]:
    """Return what a model takes for a secret; it is asked for where the text can hold one."""
    if len(text) > _LONGEST:
        return []
    line = tokens(text)
    return likely_secrets(text, line, model(), threshold) if is_read(line) else []


def is_read(line: list[NoteToken]) -> bool:
    """Whether a line can hold a secret: it has two digits, also in words, or a word for secrets or what they open."""
    return sum(token.digits for token in line) >= _LEAST_DIGITS or any(token.name in CUES for token in line)


def likely_secrets(text: str, line: list[NoteToken], model: Model, threshold: float) -> list[SensitiveSpan]:
    """Return what a model takes for a secret with at least that probability."""
    found: list[SensitiveSpan] = []
    named = any(token.name == "CODE" for token in line)
    words = sum(token.kind == LETTERS and len(token.word) > 1 and token.word in model.known for token in line)
    worded = any(token.name in CUES for token in line)
    elsewhere = not _OTHER_CODES.isdisjoint(token.word for token in line)
    # Beside the stars of a card stand the four digits that are kept.
    starred = any(token.is_masked and token.kind == FIGURES for token in line)
    for run, kind, sure in _runs(line, model, threshold):
        if len(run) == len(line) or words < (2 if worded else _WORDS):
            continue
        few = kind == "code" and not named and sum(token.digits for token in run) <= _FEWEST_DIGITS
        if few or (kind == "code" and (elsewhere or starred)) or sure < _least_of(run, model):
            continue
        found += _secret(text, run, kind)
    return found


def _runs(line: list[NoteToken], model: Model, threshold: float) -> Iterator[tuple[list[NoteToken], str, float]]:
    """Yield the likely words that stand side by side, what they are, and the highest probability among them."""
    run: list[NoteToken] = []
    kind, sure, since_mask = "", 0.0, _NEAR_MASK
    for token, chances in zip(line, model.probabilities(line), strict=True):
        kept = since_mask < _NEAR_MASK
        likely = 1 - chances[0] >= threshold and not (token.is_masked or kept)
        which = ("password" if chances[_PASSWORD] >= chances[_CODE] + chances[_CARD] else "code") if likely else ""
        if run and which != kind:
            yield run, kind, sure
            run, sure = [], 0.0
        kind, since_mask = which, 0 if token.is_masked else since_mask + (not (kept and token.digits))
        if which:
            run.append(token)
            sure = max(sure, 1 - chances[0])
    if run:
        yield run, kind, sure


def _least_of(run: list[NoteToken], model: Model) -> float:
    """Return how likely words must be a secret: a common word by itself must be very likely."""
    return _SURE if len(run) == 1 and run[0].kind == LETTERS and run[0].word in model.known else 0.0


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
    if len(run) == 1 and (run[0].shape == "measure" or (run[0].kind == MIXED and _names_code(run[0].word))):
        return True
    if any(token.word == "/" for token in run) or (len(run) == 1 and run[0].name in {"UNIT", "DATE"}):
        return True
    if len(run) > 1 and all(token.kind == FIGURES and token.digits == _GROUP for token in run):
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


def _names_code(word: str) -> bool:
    """Whether a word has the name of its code in it ("cvc24111"): the rules mask the digits of such words alone."""
    return any(letters == "code" or CLASSES.get(letters) == "CODE" for letters in re.findall(r"[^\W\d_]+", word))
