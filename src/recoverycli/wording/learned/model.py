"""A small neural network that says what a text does: a score for each label. Pure.

One hidden layer of rectified linear units over weighted counts of features (tf-idf, each text of length one).
`make learn` fits the weights to the labelled sentences of the tests; docs/decisions/0014 has the method, its sources
and its limits.
"""

from __future__ import annotations

import math
from collections import Counter
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterable


class Weights(msgspec.Struct, frozen=True, array_like=True):
    """A fitted network as it is stored.

    `rarities` are the idf of each feature in steps of 1/16, one byte each. `weights` lead to the hidden units: those of
    each feature for all units in turn, a signed byte each; times the scale of its unit that is what was fitted.
    `thresholds` are the biases of the units, `outputs` the weights of all units for each label, `biases` those of the
    labels. `known` are the ids of the patterns or acts whose examples were there when the network was fitted.
    """

    labels: tuple[str, ...]
    scales: tuple[float, ...]
    thresholds: tuple[float, ...]
    outputs: tuple[tuple[float, ...], ...]
    biases: tuple[float, ...]
    features: tuple[str, ...]
    rarities: bytes
    weights: bytes
    known: tuple[str, ...]


RARITY_STEPS = 16


class LearnedModel:
    """A fitted network, ready to be asked."""

    def __init__(self, fitted: Weights) -> None:
        self.known = frozenset(fitted.known)
        self._fitted = fitted
        self._place = {feature: place for place, feature in enumerate(fitted.features)}
        self._weights = memoryview(fitted.weights).cast("b")

    def scores(self, features: Iterable[str]) -> dict[str, float]:
        """Return the log-odds of each label for a text with these features. Unknown ones do not count."""
        fitted, place, size = self._fitted, self._place, len(self._fitted.scales)
        counts = Counter(at for feature in features if (at := place.get(feature)) is not None)
        sums, length = [0.0] * size, 0.0
        for at, count in counts.items():
            value = (1 + math.log(count)) * fitted.rarities[at] / RARITY_STEPS
            length += value * value
            for unit, weight in enumerate(self._weights[at * size : (at + 1) * size]):
                sums[unit] += value * weight
        norm = math.sqrt(length) or 1.0
        hidden = [
            max(0.0, threshold + scale * total / norm)
            for threshold, scale, total in zip(fitted.thresholds, fitted.scales, sums, strict=True)
        ]
        return {
            label: bias + sum(unit * weight for unit, weight in zip(hidden, outputs, strict=True))
            for label, bias, outputs in zip(fitted.labels, fitted.biases, fitted.outputs, strict=True)
        }

    def likelihoods(self, features: Iterable[str]) -> dict[str, float]:
        """Return the likelihood of each label, 0 to 1."""
        return {label: likelihood(score) for label, score in self.scores(features).items()}


def likelihood(score: float) -> float:
    """Return the likelihood, 0 to 1, that belongs to log-odds."""
    return 1 / (1 + math.exp(-score))
