"""Weighs what phrases found in an answer against the learned reader.

Phrases know words and cannot know every way to say a thing; the network has seen many ways and cannot say why. Whether
an answer gets credit at all is decided by how much likelier it is to do nothing but good than to do harm; what phrases
found moves that. docs/decisions/0014 has the figures behind the limits.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, get_args

from recoverycli.wording.learned.features import features_of
from recoverycli.wording.learned.library import ACTS, GOOD, HARM, load_model
from recoverycli.wording.learned.model import likelihood
from recoverycli.wording.model import BadAct, GoodAct
from recoverycli.wording.search.phrases import words_of
from recoverycli.wording.sentences.features import read
from recoverycli.wording.sentences.language import shows_no_english

if TYPE_CHECKING:
    from collections.abc import Iterator

    from recoverycli.wording.sentences.features import TextReading

# From this sum of log-odds on an answer gets credit: those of nothing but good and of the likeliest good act, less
# those of harm. What phrases credited or charged adds this to it.
WORTH, CREDITED, CHARGED = 6.0, 4.0, -5.0
# Likelihoods of harm: below the first a charge by phrases is a chance match, from the second on the network charges.
HARMLESS, HARMFUL = 0.04, 0.6
# From these likelihoods on an act is found: a good one in an answer that gets credit, a bad one where harm is likely.
GOOD_ENOUGH, BAD_ENOUGH = 0.5, 0.6
_GOOD: tuple[GoodAct, ...] = get_args(GoodAct)
_BAD: tuple[BadAct, ...] = get_args(BadAct)


class ActMark(NamedTuple):
    """Words of an answer: from where to where (in characters), and what they do."""

    start: int
    end: int
    act: GoodAct | BadAct


class AnswerActs(NamedTuple):
    """What an answer does well and what it does wrong, in the order of its words."""

    credits: tuple[ActMark, ...]
    charges: tuple[ActMark, ...]


def weigh(found: AnswerActs, typed: str, reading: TextReading, heard: str, *, insists: bool) -> AnswerActs:
    """Return what an answer does, given what phrases `found`; with `insists` their charges stand in any case.

    The model was fitted to answers: words that answer nothing that was `heard` are left to the phrases.
    """
    if not heard or not reading.text.words or shows_no_english(reading.text):
        return found
    scores = load_model(ACTS).scores(features_of(reading, heard))
    best = max(_GOOD, key=scores.__getitem__)
    worth = scores[GOOD] + scores[best] - scores[HARM]
    worth += CHARGED if found.charges else CREDITED if found.credits else 0
    likely = {label: likelihood(score) for label, score in scores.items()}
    if worth >= WORTH and not (insists and found.charges):
        known = {mark.act for mark in found.credits}
        more = [act for act in _GOOD if likely[act] >= GOOD_ENOUGH and act not in known]
        if not known and not more:
            more = [best]
        return AnswerActs(tuple(sorted((*found.credits, *_marks(more, typed, reading, heard)))), ())
    charges = found.charges if insists or likely[HARM] >= HARMLESS else ()
    if not charges and likely[HARM] >= HARMFUL:
        wrong = [act for act in _BAD if likely[act] >= BAD_ENOUGH and (act != "ignores-question" or "?" in heard)]
        charges = tuple(_marks(wrong, typed, reading, heard))
    return AnswerActs((), charges)


def _marks(acts: list[GoodAct] | list[BadAct], typed: str, reading: TextReading, heard: str) -> Iterator[ActMark]:
    """Yield for each act the sentence that is the most likely to do it."""
    text = reading.text
    sentences = dict.fromkeys(zip(text.first, text.last, strict=True)) if acts else {}
    spans = [(text.starts[first], text.ends[last - 1]) for first, last in sentences]
    alone = {span: _scores(typed[slice(*span)], heard) for span in spans}
    for act in acts:
        here = {span: scores[act] for span, scores in alone.items()}
        yield ActMark(*max(spans, key=here.__getitem__), act)


def _scores(sentence: str, heard: str) -> dict[str, float]:
    return load_model(ACTS).scores(features_of(read(sentence, words_of(sentence)), heard))
