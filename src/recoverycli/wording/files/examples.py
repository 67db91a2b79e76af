"""The sentences of a wording file that must be found (`catches`) or must not be (`passes`), and whether they are."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from recoverycli.wording.model import ActSigns, ApologyPart, CardTrigger, Pattern, Wording

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from recoverycli.content.nodes import Problem
    from recoverycli.wording.model import File, IntentSigns


class WordingExample(NamedTuple):
    """A sentence that the words of an entry must find, or must not, and the problem to report otherwise.

    The entry is given by its list in the file and its number there.
    """

    group: str
    number: int
    sentence: str
    catches: bool
    problem: Problem


def contradictions(file: File, examples: Iterable[WordingExample], patterns: tuple[Pattern, ...]) -> Iterator[Problem]:
    """Yield the problems of the examples that their own words contradict.

    With `patterns`, those in force: words that backfire are no part of an apology.
    """
    finds: dict[tuple[str, int], Callable[[str], bool]] = {}
    for one in examples:
        entry = one.group, one.number
        if entry not in finds:
            finds[entry] = _finder(getattr(file, one.group)[one.number], patterns)
        if finds[entry](one.sentence) != one.catches:
            yield one.problem


def _finder(
    owner: Pattern | ApologyPart | IntentSigns | ActSigns | CardTrigger, patterns: tuple[Pattern, ...]
) -> Callable[[str], bool]:
    """Return whether the words of an entry alone find a text."""
    from recoverycli.wording.cards import CardTriggers
    from recoverycli.wording.guarded import GuardedPhrases
    from recoverycli.wording.matcher import Matcher, Signs
    from recoverycli.wording.search.phrases import words_of

    match owner:
        case Pattern():
            alone = Matcher(Wording(patterns=(owner,)))
            return lambda text: bool(alone.findings(text))
        case ApologyPart():
            parts = Matcher(Wording(patterns=patterns, parts=(owner,)))
            return lambda text: bool(parts.parts(text))
        case ActSigns():
            phrases = GuardedPhrases.of((owner,), (0,) if owner.loosely else ())
            return lambda text: any(phrases.find(text, words_of(text)))
        case CardTrigger():
            triggers = CardTriggers(Wording(triggers=(owner,)))
            return lambda text: triggers.suggest(text) is not None
    signs = Signs((owner.id, sign) for sign in owner.signs)
    return lambda text: bool(signs.find(text))
