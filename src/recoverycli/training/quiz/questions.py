"""One question of a quiz: what is asked, what can be answered, and why the right answer is right."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeVar

import msgspec

from recoverycli.wording.model import GoodAct

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from random import Random

QuestionKind = Literal[
    "order", "goal", "step", "why", "better", "spot", "missing", "finish", "next", "name", "say", "repair"
]
Item = TypeVar("Item")

_NUMBERS = re.compile(r"\d+")


class QuizQuestion(msgspec.Struct, frozen=True, kw_only=True):
    """One question. `answer` are the numbers of the right options, from 1: one, or all of them in order.

    A question without options is answered from memory: with one of `names` (`others` are those of the other steps), or
    with a sentence that does one of `wants`; `example` is a right answer. `step` is the step that it trains, None for
    the framework as a whole. `because` is shown with the right answer, `remarks` beside each option that is none;
    `difficulty` goes from 1 to 3.
    """

    framework: str
    framework_name: str
    step: str | None
    step_name: str
    kind: QuestionKind
    difficulty: int
    text: str
    sentence: str = ""
    options: tuple[str, ...] = ()
    answer: tuple[int, ...] = ()
    because: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    wants: tuple[GoodAct, ...] = ()
    example: str = ""
    hint: str = ""

    @property
    def is_typed(self) -> bool:
        """Whether it is answered from memory, not by a choice."""
        return not self.options

    @property
    def digest(self) -> str:
        """The question in a few letters, in whatever order its options stand."""
        told = msgspec.json.encode([self.framework, self.kind, self.text, self.sentence, sorted(self.options)])
        return hashlib.sha256(told).hexdigest()[:16]


class Candidate(NamedTuple):
    """A question that could be asked. Of one `source` only one is asked in a quiz; `make` returns it, or None."""

    kind: QuestionKind
    step: str | None
    difficulty: int
    source: str
    make: Callable[[Random], QuizQuestion | None]


def read_answer(question: QuizQuestion, typed: str) -> tuple[int, ...] | None:
    """Return the options that were typed, by number or in full; None if that can be no answer."""
    words = typed.strip()
    for number, option in enumerate(question.options, start=1):
        if words.casefold() == option.casefold():
            return (number,) if len(question.answer) == 1 else None
    if re.sub(r"[\d\s,;.>-]", "", words):
        return None
    numbers = [int(number[:4]) for number in _NUMBERS.findall(words)]
    if len(question.answer) == 1:
        return tuple(numbers) if len(numbers) == 1 and 1 <= numbers[0] <= len(question.options) else None
    if len(numbers) == 1 and len(words) == len(question.options):
        numbers = [int(figure) for figure in words]
    return tuple(numbers) if sorted(numbers) == list(range(1, len(question.options) + 1)) else None


def turn(question: QuizQuestion) -> QuizQuestion:
    """Return the same question with its options in another order, so that a number learnt by heart does not help."""
    count = len(question.options)
    if count < 2:
        return question
    return msgspec.structs.replace(
        question,
        options=(*question.options[1:], question.options[0]),
        remarks=(*question.remarks[1:], *question.remarks[:1]),
        answer=tuple((number - 2) % count + 1 for number in question.answer),
    )


def shuffle(items: Iterable[Item], chance: Random) -> list[Item]:
    """Return the items in an order by chance.

    Of all that a seeded generator offers, the numbers of `random()` alone are promised to stay the same.
    """
    return [item for _, _, item in sorted((chance.random(), place, item) for place, item in enumerate(items))]


def make_options(
    right: str, others: Iterable[tuple[str, str]], chance: Random
) -> tuple[tuple[str, ...], int, tuple[str, ...]]:
    """Return options in an order by chance, the number of the right one, and the remarks on the others."""
    lines = shuffle([(right, ""), *others], chance)
    options = tuple(line for line, _ in lines)
    return options, options.index(right) + 1, tuple(remark for _, remark in lines)
