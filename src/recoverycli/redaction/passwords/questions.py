"""Answers to security questions, told by the question: "first car - she says Datsun Cherry - accepted"."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

from recoverycli.redaction.passwords.words import OUTCOMES, SAID_OF_IT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from recoverycli.redaction.reading.pieces import Piece

    Span = tuple[int, int]

_FIRST: Final = frozenset({"first", "1st", "childhood", "favourite", "favorite", "fav"})
_OF_PEOPLE: Final = frozenset({
    "pet", "car", "school", "teacher", "job", "street", "film", "movie", "food", "colour", "color", "book", "band",
    "singer", "team", "city", "place", "hero", "nickname", "friend", "dog", "cat", "holiday", "subject", "author",
})  # fmt: skip
_ANIMALS: Final = frozenset({"dog's", "dogs", "cat's", "cats", "pet's", "pets"})
_MEMORABLE: Final = frozenset({"word", "place", "name"})
_SAYING: Final = frozenset({"says", "said", "answered", "replied", "gave"})
_WHO: Final = frozenset({"she", "he", "they", "cust", "customer", "cx", "caller"})
_POINTERS: Final = frozenset({":", "=", "-", "\u2013", "is", "was"})
_MOST_LEADING: Final = 5  # pieces between a question and its answer


def question_answers(text: str, line: list[Piece]) -> Iterator[Span]:
    """Yield the answers that follow their question. A person may stand between, and "Q"."""
    for place in range(len(line)):
        after = _question_end(line, place)
        start = _answer_start(text, line, after) if after else -1
        found = _answer_pattern().match(text, start) if start >= 0 else None
        if found and _is_answer(found[0]):
            yield found.span()
            other = _other_pattern().match(text, found.end())
            if other and _is_answer(other["answer"]):
                yield other.span("answer")


def _question_end(line: list[Piece], place: int) -> int:
    """Return the place after a security question; 0 if there is none."""
    word, following, third = (line[at].text if at < len(line) else "" for at in (place, place + 1, place + 2))
    if word in _FIRST and following.removesuffix("'s") in _OF_PEOPLE:
        return place + 2 + (third == "name")
    if word in {"best", "oldest"} and following in {"friend", "friend's", "friends"} and third == "name":
        return place + 3
    if (word in _ANIMALS and following == "name") or (word == "memorable" and following in _MEMORABLE):
        return place + 2
    if word in {"mother's", "mothers", "mother"} and following == "maiden":
        return place + 2 + (third == "name")
    return 0


def _answer_start(text: str, line: list[Piece], at: int) -> int:
    """Return where in the text an answer may start after its question; -1 if nothing leads to it."""
    pointed = line[at - 2].text == "memorable"
    for place in range(at, min(at + _MOST_LEADING, len(line))):
        word = line[place].text
        if word in _POINTERS or word in _SAYING:
            pointed = True
        elif word == "a" and line[min(place + 1, len(line) - 1)].text not in _POINTERS:
            return -1
        elif word not in _WHO and word not in {"q", "a", ")", "?", '"'}:
            return line[place].start if pointed and text[line[place].start].isupper() else -1
    return -1


def _is_answer(words: str) -> bool:
    """Whether words in capitals are an answer, and not said of it."""
    return not ({word.lower() for word in re.split(r"[\s-]", words)} & (SAID_OF_IT | OUTCOMES))


@cache
def _answer_pattern() -> re.Pattern[str]:
    """Up to three words in capitals before the end of a clause or a verdict."""
    name = r"[A-Z][\w'\u2019]{1,30}"
    verdict = r"but|and|so|then|accepted|confirmed|matched|verified|correct|passed|ok|added|set|wrong|failed|pass"
    return re.compile(rf"{name}(?:[ -]{name}){{0,2}}(?=[.,;:!?)\"]|\s*\Z|[\r\n]|\s[-\u2013/]\s|\s(?:{verdict})(?!\w))")


@cache
def _other_pattern() -> re.Pattern[str]:
    """A second answer in the same sentence: "but system wants old one, Rusty"."""
    return re.compile(
        r"[^.!?\r\n\ue000]{0,60}?\s(?:old|new|other|previous|right|correct)\sone,?\s(?:is\s|was\s)?"
        r"(?P<answer>[A-Z][\w'\u2019]{1,30})(?=[.,;:!?)\"]|\s*\Z|[\r\n])"
    )
