"""What the tagger knows of each word: the word, and the words around it.

A feature is a text. It has other weights for each kind of word, so that "after PIN" says more of figures than of
letters.
"""

from __future__ import annotations

from bisect import bisect
from typing import TYPE_CHECKING, Final, NamedTuple

from recoverycli.redaction.learned.tokens import ENDS, FIGURES, LETTERS, NUMBER_WORD, SIGN

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from recoverycli.redaction.learned.tokens import NoteToken

_BESIDE: Final = (-4, -3, -2, -1, 1, 2, 3)
_NEXT_TO: Final = (-2, -1, 1, 2)
# How many words before and after a word tell of it.
_BEFORE: Final = 12
_AFTER: Final = 8
_NOUNS: Final = frozenset(
    {"CODE", "COD", "OPEN", "SECU", "PW", "SECRET", "ANS", "OTHER", "USER", "UNIT", "CUR", "CARD"}
)
_OF_LINE: Final = frozenset({"CODE", "COD", "OPEN", "SECU", "PW", "SECRET", "ANS", "CARD"})
_UNTOLD: Final = frozenset({"-", "S", "#N"})
_PAUSES: Final = ENDS | frozenset(":-,")
_QUOTES: Final = frozenset({'"', "\u201c", "\u201d"})
_EDGE: Final = "#E"
_MOST_DIGITS: Final = 20
_CARD_DIGITS: Final = range(12, 20)
_SIZES_OF_LINES: Final = (1, 3, 5, 8, 12, 16, 20)  # digits of a line, in classes


class Lexicon(NamedTuple):
    """What is known of words: which are compared by themselves, how common they are in the project's own texts,
    their class of words that are used alike, and the group of each of these classes."""

    vocabulary: AbstractSet[str]
    known: Mapping[str, int]
    classes: Mapping[str, int]
    groups: Sequence[int]


def features(line: Sequence[NoteToken], lexicon: Lexicon) -> list[list[str]]:
    """Return the features of each word of a line. Linear in its length."""
    reading = _Reading(line, lexicon)
    return [reading.features(place) for place in range(len(line))]


class _Reading:
    """A line and what is counted of it once."""

    def __init__(self, line: Sequence[NoteToken], lexicon: Lexicon) -> None:
        self._line = line
        self._words = [_EDGE, *(_form_to_compare(token, lexicon.vocabulary) for token in line)]
        self._common = [_how_common(token, lexicon.known) for token in line]
        self._classes = [_class_of_use(token, lexicon) for token in line]
        self._of_line = ["L" + name for name in sorted({token.name for token in line} & _OF_LINE)]
        self._digits, self._forms = _digits_of_runs(line)
        self._size = f"T{bisect(_SIZES_OF_LINES, sum(token.digits for token in line))}"
        self._told = [_as_told(token, word) for token, word in zip(line, self._words[1:], strict=True)]
        self._sentence, self._quoted = [0], [False]
        for token in line:
            self._sentence.append(self._sentence[-1] + (token.word in ENDS))
            self._quoted.append(self._quoted[-1] != (token.word in _QUOTES))

    def features(self, place: int) -> list[str]:
        """Return what is known of a word."""
        return [
            *self._own(place), *self._of_line, *self._uses(place), *self._beside(place),
            *self._pairs(place), *self._within(place), *self._nearest(place),
        ]  # fmt: skip

    def _word(self, place: int) -> str:
        return self._words[place + 1] if 0 <= place < len(self._line) else _EDGE

    def _name(self, place: int) -> str:
        return self._line[place].name if 0 <= place < len(self._line) else _EDGE

    def _own(self, place: int) -> list[str]:
        token = self._line[place]
        kind = token.kind
        found = ["b", f"sh={token.shape}", f"c={token.name}", f"ln={min(len(token.word), 10)}"]
        if kind in {LETTERS, SIGN}:
            found.append(f"w={self._words[place + 1]}")
        if kind == LETTERS:
            found += (f"k={self._common[place]}", f"ks={self._common[place]}{token.shape}")
            if place and self._line[place - 1].end == token.start:
                found.append("att")
        elif kind in {FIGURES, NUMBER_WORD}:
            found += (f"run={self._digits[place]}", self._size, *self._forms[place])
        if self._quoted[place]:
            found.append("inq")
        starts = place == 0 or self._line[place - 1].word in _PAUSES
        if starts and (place == len(self._line) - 1 or self._line[place + 1].word in _PAUSES):
            found.append("lone")
        return found

    def _beside(self, place: int) -> list[str]:
        found: list[str] = []
        for by in _BESIDE:
            at = place + by
            if 0 <= at < len(self._line):
                token = self._line[at]
                found += (f"{by}={self._words[at + 1]}", f"{by}c={token.name}")
                if -2 <= by <= 2:
                    found.append(f"{by}k={self._common[at]}")
                    if by in {-1, 1}:
                        found.append(f"{by}s={token.shape}")
            elif at in {-1, len(self._line)}:
                found.append(f"{by}={_EDGE}")
        return found

    def _uses(self, place: int) -> list[str]:
        """Return how the word and its neighbours are used."""
        use, group = self._classes[place]
        found = [f"q={use}", f"Q={group}"] if use else []
        for by in _NEXT_TO:
            at = place + by
            if 0 <= at < len(self._line):
                use, group = self._classes[at]
                if use:
                    found += (f"{by}q={use}", f"{by}Q={group}")
        return found

    def _pairs(self, place: int) -> list[str]:
        token = self._line[place]
        word, name = self._word(place - 1), self._name(place - 1)
        found = [
            f"B2={self._word(place - 2)}_{word}",
            f"F2={self._word(place + 1)}_{self._word(place + 2)}",
            f"A={name}_{self._name(place + 1)}",
            f"CB={self._name(place - 2)}_{name}",
            f"CF={self._name(place + 1)}_{self._name(place + 2)}",
            f"sC={token.shape}_{name}",
        ]
        if token.kind == LETTERS:
            found += (f"kC={self._common[place]}_{name}", f"kW={self._common[place]}_{word}")
        elif token.kind in {FIGURES, NUMBER_WORD}:
            found += (f"rC={self._digits[place]}_{name}", f"rW={self._digits[place]}_{word}")
        return found

    def _within(self, place: int) -> set[str]:
        """Return what is told by the words of the window, each once; "~" marks those of another sentence."""
        found: set[str] = set()
        sentences, told = self._sentence, self._told
        sentence = sentences[place]
        for at in range(max(0, place - _BEFORE), min(len(self._line), place + _AFTER + 1)):
            if at != place:
                column = (0 if at < place else 2) + (sentences[at] != sentence)
                found.update(told[at][column])
        return found

    def _nearest(self, place: int) -> list[str]:
        token = self._line[place]
        found: list[str] = []
        for at in range(place - 1, max(-1, place - _BEFORE - 1), -1):
            name = self._line[at].name
            if name in _NOUNS:
                looks = self._common[place] if token.kind == LETTERS else str(self._digits[place])
                found += (f"near={name}", f"nearS={name}_{token.shape}", f"nearK={name}_{looks}")
                found.append(f"nearD={name}_{min(place - at, 6)}")
                break
        for at in range(place + 1, min(len(self._line), place + _AFTER)):
            name = self._line[at].name
            if name in _NOUNS:
                found += (f"next={name}", f"nextD={name}_{min(at - place, 4)}")
                break
        return found


def _how_common(token: NoteToken, known: Mapping[str, int]) -> str:
    """Return how common a word is in the project's own texts: 3 to 1, or "u" for none of their words."""
    if token.kind != LETTERS:
        return ""
    return str(known.get(token.word) or known.get(token.word.removesuffix("'s")) or "u")


def _as_told(token: NoteToken, word: str) -> tuple[tuple[str, ...], ...]:
    """Return what a word tells of those after it and before it, in its sentence and in another."""
    named = () if token.name in _UNTOLD else (token.name,)
    told = (*named, f"w{word}") if token.kind == LETTERS else named
    return tuple(tuple(side + one for one in told) for side in ("<", "<~", ">", ">~"))


def _form_to_compare(token: NoteToken, vocabulary: AbstractSet[str]) -> str:
    """Return a word as it is compared: by its looks, unless it is one of the words that were seen often."""
    match token.kind:
        case "N":
            return f"#{token.shape}"
        case "W":
            return "#w"
        case "M":
            return "#m"
    if token.kind == SIGN or token.word in vocabulary:
        return token.word
    return f"?{token.word[-2:] if token.shape == 'low' else token.shape}"


def _class_of_use(token: NoteToken, lexicon: Lexicon) -> tuple[str, str]:
    """Return the class of a word and its group, "u" for a word that is in none, and nothing for other tokens."""
    if token.kind != LETTERS:
        return "", ""
    use = lexicon.classes.get(token.word, lexicon.classes.get(token.word.removesuffix("'s"), -1))
    return ("u", "u") if use < 0 else (str(use), str(lexicon.groups[use]))


def _digits_of_runs(line: Sequence[NoteToken]) -> tuple[list[int], list[tuple[str, ...]]]:
    """Return for each word how many digits the numbers around it have that stand side by side, and how they look."""
    counts = [0] * len(line)
    forms: list[tuple[str, ...]] = [()] * len(line)
    start = total = 0
    for place, token in enumerate([*line, None]):
        if token and token.kind in {FIGURES, NUMBER_WORD}:
            total += token.digits
            continue
        joins = token and total and token.word in {"-", ","} and place + 1 < len(line)
        if joins and line[place + 1].kind in {FIGURES, NUMBER_WORD}:
            continue
        counts[start:place] = [min(total, _MOST_DIGITS)] * (place - start)
        if total:
            form = _form_of_run([one for one in line[start:place] if one.digits], total)
            forms[start:place] = [form] * (place - start)
        start, total = place + 1, 0
    return counts, forms


def _form_of_run(run: Sequence[NoteToken], total: int) -> tuple[str, ...]:
    """Return how a row of numbers looks: the sizes of its groups, and how a long one begins."""
    groups = "".join(str(min(one.digits, 9)) for one in run[:6])
    if total not in _CARD_DIGITS:
        return (f"G={groups}",)
    first = run[0].word
    return f"G={groups}", f"I={first[0]}", f"II={first[:2]}"
