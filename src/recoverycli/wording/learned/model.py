"""A linear model of what a text does: one likelihood for each label. Pure.

It is logistic regression over weighted counts of features (tf-idf, each text of length one). `make learn` fits the
weights to the labelled sentences of the tests; docs/decisions/0014 has the method, its sources and its limits.
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

    `rarities` are the idf of each feature in steps of 1/16, one byte each. `weights` are those of each feature for all
    labels in turn, a signed byte each; times the scale of its label that is what was fitted. `biases` are those of the
    labels. `known` are the ids of the patterns or acts whose examples were there when the model was fitted.
    """

    labels: tuple[str, ...]
    scales: tuple[float, ...]
    biases: tuple[float, ...]
    features: tuple[str, ...]
    rarities: bytes
    weights: bytes
    known: tuple[str, ...]


RARITY_STEPS = 16


class LearnedModel:
    """A fitted model, ready to be asked."""

    def __init__(self, fitted: Weights) -> None:
        self.labels = fitted.labels
        self.known = frozenset(fitted.known)
        self._fitted = fitted
        self._place = {feature: place for place, feature in enumerate(fitted.features)}
        self._weights = memoryview(fitted.weights).cast("b")

    def likelihoods(self, features: Iterable[str]) -> dict[str, float]:
        """Return the likelihood of each label, 0 to 1, for a text with these features. Unknown ones do not count."""
        place, size = self._place, len(self.labels)
        counts = Counter(at for feature in features if (at := place.get(feature)) is not None)
        sums, length = [0.0] * size, 0.0
        for at, count in counts.items():
            value = (1 + math.log(count)) * self._fitted.rarities[at] / RARITY_STEPS
            length += value * value
            for label, weight in enumerate(self._weights[at * size : (at + 1) * size]):
                sums[label] += value * weight
        norm = math.sqrt(length) or 1.0
        return {
            label: _logistic(bias + scale * total / norm)
            for label, bias, scale, total in zip(
                self.labels, self._fitted.biases, self._fitted.scales, sums, strict=True
            )
        }


def _logistic(value: float) -> float:
    return 1 / (1 + math.exp(-value))
