"""What own words agree and refuse: the remedies whose signs stand in what they offer, promise or refuse."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from recoverycli.training.scenarios.facts import Agreement
from recoverycli.training.scenarios.play import agreement_of
from recoverycli.training.scenarios.reactions import HARMFUL, SETTLING, intents_of
from recoverycli.wording.matcher import Signs

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from recoverycli.training.roleplay.own_words import Reading
    from recoverycli.training.scenarios.model import ScenarioRemedy, ScenarioReply

_SENTENCE = re.compile(r"[^.!?\n]+(?:[.!?](?=\S)[^.!?\n]+)*")
_CLAUSE_END = re.compile(r"[,;:]\s|\s(?:but|however|though)\s", re.IGNORECASE)
# A refusal beside a way out is no charge of the reader, but agrees nothing.
_NEGATION = re.compile(r"n['\u2019]t\b|\b(?:not|no|never|cannot|unable|nor|instead of|rather than)\b", re.IGNORECASE)
_Does = Literal["agrees", "refuses"]


def agreement(reading: Reading, remedies: Sequence[ScenarioRemedy], reply: ScenarioReply | None) -> Agreement:
    """Return what own words settle; `reply` is the one that they count as.

    A remedy is agreed where an offer or a promise has its signs, refused where a refusal has them. Of several that are
    offered to choose from the customer takes the first of the file. Words that count as a reply and serve it settle
    what the reply does.
    """
    acts = {mark.act for mark in (*reading.credits, *reading.charges)}
    named: dict[str, _Does] = dict(_mentions(reading, remedies))
    agreed = [remedy.id for remedy in remedies if named.get(remedy.id) == "agrees"]
    if any(mark.kind == "options" for mark in reading.marks):
        agreed = agreed[:1]
    refused = [id_ for id_, does in named.items() if does == "refuses"]
    if reply is None or acts & HARMFUL or not intents_of(acts) & set(reply.intents):
        return Agreement(tuple(agreed), tuple(refused))
    scripted = agreement_of(reply)
    more = scripted.agrees if acts & SETTLING and not named else ()
    promises = scripted.promises if "commits" in acts else ()
    return Agreement((*agreed, *more), (*refused, *(scripted.refuses if not named else ())), promises)


def _mentions(reading: Reading, remedies: Sequence[ScenarioRemedy]) -> Iterator[tuple[str, _Does]]:
    """Each remedy that is named, and what its clause does; a clause that says neither goes with the one before it."""
    found = Signs((remedy.id, sign) for remedy in remedies for sign in remedy.signs).find(reading.text)
    for sentence in _SENTENCE.finditer(reading.text):
        does: _Does | None = None
        for start, end in _clauses(sentence[0], sentence.start()):
            does = _does(reading, start, end) or ("refuses" if _NEGATION.search(reading.text, start, end) else does)
            if does is not None:
                yield from ((sign.means, does) for sign in found if start <= sign.start < end)


def _clauses(sentence: str, begins: int) -> Iterator[tuple[int, int]]:
    start = 0
    for cut in _CLAUSE_END.finditer(sentence):
        yield begins + start, begins + cut.end()
        start = cut.end()
    yield begins + start, begins + len(sentence)


def _does(reading: Reading, start: int, end: int) -> _Does | None:
    """What a clause does to what it names; a refusal counts before an offer."""

    def overlaps(first: int, after: int) -> bool:
        return first < end and start < after

    if any(mark.act in {"refuses", "denies"} and overlaps(mark.start, mark.end) for mark in reading.charges):
        return "refuses"
    if any(mark.act in SETTLING and overlaps(mark.start, mark.end) for mark in reading.credits):
        return "agrees"
    return None
