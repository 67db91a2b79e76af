"""The weights of the tagger, and the probabilities that follow from them.

A linear-chain conditional random field: each feature of a word and each pair of neighbouring labels has a weight, and
the forward-backward algorithm (Rabiner 1989) gives the probability of every label.
"""

from __future__ import annotations

from functools import cache
from math import exp
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

import msgspec

from recoverycli.redaction.learned.features import Lexicon, features
from recoverycli.redaction.learned.tokens import KINDS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from recoverycli.redaction.learned.tokens import NoteToken

LABELS: Final = ("O", "N", "P", "C")  # nothing, a code, a password, part of a card
WEIGHTS: Final = Path(__file__).with_name("secrets.msgpack")

# Whole numbers, of the labels but the first.
WeightsOfFeature = tuple[int, int, int]
Chances = tuple[float, float, float, float]  # of the labels
_ANY: Final = (1.0, 1.0, 1.0, 1.0)


class TaggerWeights(msgspec.Struct, frozen=True, array_like=True):
    """A fitted model as it is stored.

    `known` are the words of the project's own texts, by how common they are, and `vocabulary` those that are compared
    by themselves, with a space between. `weights` are a signed byte for each feature and each label but the first,
    which has 0; times the scale they are what was fitted. `transitions` are the weights of pairs of labels.
    """

    known: tuple[str, ...]
    classes: tuple[str, ...]
    groups: tuple[int, ...]
    vocabulary: str
    transitions: tuple[tuple[float, ...], ...]
    scale: float
    features: tuple[str, ...]
    weights: bytes


class Model(NamedTuple):
    """A fitted model, ready to read lines: the features of each kind of word have weights of their own."""

    lexicon: Lexicon
    weights: Mapping[str, Mapping[str, WeightsOfFeature]]
    scale: float
    transitions: tuple[tuple[float, ...], ...]

    def probabilities(self, line: Sequence[NoteToken]) -> list[Chances]:
        """Return the probability of each label for each word."""
        read = features(line, self.lexicon)
        own = [_potentials(one, self.weights[token.kind], self.scale) for token, one in zip(line, read, strict=True)]
        into, out_of = tuple(zip(*self.transitions, strict=True)), self.transitions
        forward: list[Chances] = []
        arrived = _ANY
        for potentials in own:
            forward.append(_both(arrived, potentials))
            arrived = _through(forward[-1], into)
        found, arrived = [], _ANY
        for reached, potentials in zip(reversed(forward), reversed(own), strict=True):
            found.append(_both(reached, arrived))
            arrived = _through(_both(arrived, potentials), out_of)
        return found[::-1]


@cache
def shipped_model() -> Model:
    """Read the weights that the package ships, once. `make learn` fits them."""
    return model_of(msgspec.msgpack.decode(WEIGHTS.read_bytes(), type=TaggerWeights))


def model_of(stored: TaggerWeights) -> Model:
    """Return the model that is stored in this way."""
    known = {word: size for size, words in enumerate(stored.known) for word in words.split(" ")}
    weights: dict[str, dict[str, WeightsOfFeature]] = {kind: {} for kind in KINDS}
    signed = memoryview(stored.weights).cast("b").tolist()
    for feature, row in zip(stored.features, zip(signed[::3], signed[1::3], signed[2::3], strict=True), strict=True):
        weights[feature[0]][feature[1:]] = row
    transitions = tuple(tuple(map(exp, row)) for row in stored.transitions)
    classes = {word: place for place, words in enumerate(stored.classes) for word in words.split(" ")}
    lexicon = Lexicon(frozenset(stored.vocabulary.split(" ")), known, classes, stored.groups)
    return Model(lexicon, weights, stored.scale, transitions)


def _potentials(features: Sequence[str], weights: Mapping[str, WeightsOfFeature], scale: float) -> Chances:
    """Return how much the features of a word speak for each label."""
    code = password = card = 0
    for feature in features:
        if feature in weights:
            for_code, for_password, for_card = weights[feature]
            code += for_code
            password += for_password
            card += for_card
    most = max(0, code, password, card)
    return exp(-scale * most), exp(scale * (code - most)), exp(scale * (password - most)), exp(scale * (card - most))


def _through(chances: Chances, transitions: Sequence[Sequence[float]]) -> Chances:
    """Return what arrives at each label from all labels beside it."""
    one, two, three, four = chances
    first, second, third, fourth = [
        one * by_one + two * by_two + three * by_three + four * by_four
        for by_one, by_two, by_three, by_four in transitions
    ]
    return first, second, third, fourth


def _both(one: Chances, other: Chances) -> Chances:
    """Return the products, with a sum of 1, so that no product of many becomes too small for a float."""
    first, second, third, fourth = one[0] * other[0], one[1] * other[1], one[2] * other[2], one[3] * other[3]
    total = first + second + third + fourth
    return first / total, second / total, third / total, fourth / total
