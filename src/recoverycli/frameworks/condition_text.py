"""Conditions as people read them: "the amount is under 50 and the receipt is known". Pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from recoverycli.frameworks.conditions import ValueTest, name_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from recoverycli.frameworks.conditions import AllOf, Wanted, When

_BOUNDS = {
    "under": "under",
    "over": "over",
    "at_least": "at least",
    "at_most": "at most",
    "before": "before",
    "after": "after",
}
# Names such as `verified`, `has_picture` and `late_because` are no nouns; an article before them reads wrong.
_NO_NOUN = re.compile(
    r"\w*[^e]ed|bought|broken|built|due|given|kept|known|left|lost|met|paid|said|seen|sent|sold|taken|told"
    r"|about|after|again|all|are|at|back|because|before|by|can|did|does|every|for|from|has|have|how|in|is|less|many|more"
    r"|much|no|not|of|on|own|since|to|too|was|what|when|where|who|why|will|with"
)
_PLURAL = re.compile(r"\w*[^aisu]s")


def condition_text(when: When) -> str:
    """Return a condition as a clause that stands after "if"; empty for one that always holds."""
    return ", or ".join(map(_all_text, (when,) if isinstance(when, dict) else when))


def answer_text(when: When) -> str:
    """Return a condition on one value as an answer to its question: `under 50`."""
    maps = (when,) if isinstance(when, dict) else when
    return ", or ".join(value_text(wanted) for one in maps for wanted in one.values())


def value_text(wanted: Wanted) -> str:
    """Return what a value has to be."""
    if isinstance(wanted, str):
        return wanted
    return _any_text(wanted) if isinstance(wanted, tuple) else " and ".join(_test_texts(wanted))


def _all_text(one: AllOf) -> str:
    return " and ".join(f"{_subject(name)} {value_text(wanted)}" for name, wanted in one.items())


def _subject(name: str) -> str:
    words = name_words(name).split()
    article = [] if any(map(_NO_NOUN.fullmatch, words)) else ["the"]
    return " ".join([*article, *words, "are" if _PLURAL.fullmatch(words[-1]) else "is"])


def _any_text(values: tuple[str, ...]) -> str:
    return " or ".join((", ".join(values[:-1]), values[-1])) if len(values) > 1 else "".join(values)


def _none_text(values: tuple[str, ...]) -> str:
    return f"neither {' nor '.join(values)}" if len(values) > 1 else f"not {''.join(values)}"


def _test_texts(test: ValueTest) -> Iterator[str]:
    if test.differs is not None:
        yield _none_text((test.differs,) if isinstance(test.differs, str) else test.differs)
    for name, words in _BOUNDS.items():
        if (bound := getattr(test, name)) is not None:
            yield f"{words} {bound}"
    if test.between is not None:
        yield f"between {' and '.join(test.between)}"
    if test.within is not None:
        yield f"at most {test.within} ago"
    if test.older is not None:
        yield f"more than {test.older} ago"
    if test.known is not None:
        yield "known" if test.known else "not known"
