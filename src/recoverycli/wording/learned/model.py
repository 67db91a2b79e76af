"""A linear model or a small neural network that says what a text does: a score for each label. Pure.

Both read weighted counts of features (tf-idf, each text of length one): the linear model is logistic regression, the
network has one hidden layer of rectified linear units. `make learn` fits them to the labelled sentences of the tests;
docs/decisions/0014 has the method, its sources and its limits.
"""

from __future__ import annotations

import math
from collections import Counter
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterable


class Weights(msgspec.Struct, frozen=True, array_like=True):
    """A fitted model as it is stored.

    `rarities` are the idf of each feature in steps of 1/16, one byte each. `weights` lead to the units: those of each
    feature for all units in turn, a signed byte each; times the scale of its unit that is what was fitted. `biases` are
    those of the units. The units of a linear model are the labels. Those of a network are hidden, and `outputs` has for
    each label a bias and the weights of all units. `known` are the ids of the patterns or acts whose examples were
    there when the model was fitted.
    """

    labels: tuple[str, ...]
    scales: tuple[float, ...]
    biases: tuple[float, ...]
    outputs: tuple[tuple[float, ...], ...] | None
    features: tuple[str, ...]
    rarities: bytes
    weights: bytes
    known: tuple[str, ...]


RARITY_STEPS = 16


class LearnedModel:
    """A fitted model, ready to be asked."""

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
        units = [
            bias + scale * total / norm for bias, scale, total in zip(fitted.biases, fitted.scales, sums, strict=True)
        ]
        if fitted.outputs is None:
            return dict(zip(fitted.labels, units, strict=True))
        hidden = [1.0, *(max(0.0, unit) for unit in units)]
        return {
            label: sum(unit * weight for unit, weight in zip(hidden, weights, strict=True))
            for label, weights in zip(fitted.labels, fitted.outputs, strict=True)
        }

    def likelihoods(self, features: Iterable[str]) -> dict[str, float]:
        """Return the likelihood of each label, 0 to 1."""
        return {label: likelihood(score) for label, score in self.scores(features).items()}


def likelihood(score: float) -> float:
    """Return the likelihood, 0 to 1, that belongs to log-odds."""
    return 1 / (1 + math.exp(-score))
