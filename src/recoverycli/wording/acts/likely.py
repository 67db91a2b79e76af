"""Weighs what phrases found in an answer against the learned reader.

Phrases know words and cannot know every way to say a thing; the model has seen many ways and cannot say why. A credit
stands if the answer is not likely to do harm, and a charge unless harm is very unlikely. What the model alone finds is
credited if harm is unlikely, and charged if it is likely. docs/decisions/0014 has the figures behind the limits.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, get_args

from recoverycli.wording.learned.features import features_of
from recoverycli.wording.learned.library import ACTS, HARM, load_model
from recoverycli.wording.model import BadAct, GoodAct
from recoverycli.wording.search.phrases import words_of
from recoverycli.wording.sentences.features import read
from recoverycli.wording.sentences.language import shows_no_english

if TYPE_CHECKING:
    from collections.abc import Iterator

    from recoverycli.wording.sentences.features import TextReading

# Likelihoods of harm: below the first a charge is a chance match, below the second what the model finds is credited,
# from the third on phrases earn no credit, from the last on the model charges.
HARMLESS, SAFE, DOUBTFUL, HARMFUL = 0.1, 0.2, 0.5, 0.6
# From these likelihoods on an act is found: a good one where harm is unlikely, a bad one where it is likely.
GOOD_ENOUGH, BAD_ENOUGH = 0.3, 0.6
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
    likely = load_model(ACTS).likelihoods(features_of(reading, heard))
    harm = likely[HARM]
    charges = found.charges if insists or harm >= HARMLESS else ()
    credited = found.credits if harm < DOUBTFUL else ()
    if not charges and harm < SAFE:
        known = {mark.act for mark in credited}
        more = [act for act in _GOOD if likely[act] >= GOOD_ENOUGH and act not in known]
        credited = tuple(sorted((*credited, *_marks(more, typed, reading, heard))))
    elif not charges and not credited and harm >= HARMFUL:
        wrong = [act for act in _BAD if likely[act] >= BAD_ENOUGH and (act != "ignores-question" or "?" in heard)]
        charges = tuple(_marks(wrong, typed, reading, heard))
    return AnswerActs(credited if not charges else (), charges)


def _marks(acts: list[GoodAct] | list[BadAct], typed: str, reading: TextReading, heard: str) -> Iterator[ActMark]:
    """Yield for each act the sentence that is the most likely to do it."""
    text = reading.text
    sentences = dict.fromkeys(zip(text.first, text.last, strict=True)) if acts else {}
    spans = [(text.starts[first], text.ends[last - 1]) for first, last in sentences]
    alone = {span: _likelihoods(typed[slice(*span)], heard) for span in spans}
    for act in acts:
        here = {span: likely[act] for span, likely in alone.items()}
        yield ActMark(*max(spans, key=here.__getitem__), act)


def _likelihoods(sentence: str, heard: str) -> dict[str, float]:
    return load_model(ACTS).likelihoods(features_of(read(sentence, words_of(sentence)), heard))
