"""The words that frameworks list under `avoid`, as patterns. Pure: no screen, no file, no clock."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from recoverycli.wording.model import Pattern
from recoverycli.wording.search.phrases import words_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from recoverycli.frameworks.model import Avoid, Framework, Step
    from recoverycli.wording.matcher import Finding


def avoided_words(step: Step) -> tuple[Pattern, ...]:
    """Return a pattern for each entry of `avoid` that has words."""
    phrases = ((number, one, _phrase(one)) for number, one in enumerate(step.avoid, start=1))
    return tuple(
        Pattern(id=f"avoid-{number}", kind="tone", say=(say,), because=one.because, instead=one.instead)
        for number, one, say in phrases
        if say
    )


def avoided_in(frameworks: Iterable[Framework]) -> dict[str, tuple[str, Pattern]]:
    """Return what frameworks list under `avoid`: by the id of the pattern, the framework's id and the pattern."""
    found = {}
    for framework in frameworks:
        for step in framework.steps:
            for pattern in avoided_words(step):
                own = msgspec.structs.replace(pattern, id=f"{framework.id}-{step.id}-{pattern.id}")
                found[own.id] = (framework.id, own)
    return found


def own_first(avoided: Sequence[Finding], others: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return findings in text order; what overlaps words to avoid is left out, for theirs is the better replacement."""
    apart = (one for one in others if all(one.end <= own.start or own.end <= one.start for own in avoided))
    return tuple(sorted((*avoided, *apart), key=lambda finding: finding.start))


def _phrase(avoid: Avoid) -> str:
    """Return the longest sentence as a phrase. A question must end there: "Who did this?" is not "Who did this room?"

    Empty if there are no words.
    """
    text = words_of(avoid.say)
    sentences = {(first, last) for first, last in zip(text.first, text.last, strict=True)}
    if not sentences:
        return ""
    first, last = max(sentences, key=lambda span: (span[1] - span[0], span))
    places = dict.fromkeys(zip(text.starts[first:last], text.ends[first:last], strict=True))
    words = " ".join(avoid.say[start:end].replace("_", " ") for start, end in places)
    after = text.starts[last] if last < len(text.words) else len(avoid.say)
    return f"{words} $" if "?" in avoid.say[text.ends[last - 1] : after] else words
