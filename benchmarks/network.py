"""Fits small neural networks to sparse features of texts, where some labels of a text may be unknown.

Several networks with one hidden layer each are fitted from different beginnings and averaged, which errs less than one
of their size. Their average is a network too: the hidden units of all, side by side. Gradients by Adam (Kingma and Ba,
2015); while it is fitted, a share of a text's features is left out at random (dropout, Srivastava et al., 2014).
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

BATCH = 64
RATE = 0.003
LAST_RATE = 0.1  # of the rate, at the end
_MEAN, _SPREAD, _TINY = 0.9, 0.999, 1e-8


class Settings(NamedTuple):
    """How many networks are averaged, how many units each has, how often each text is seen, which share is dropped."""

    networks: int
    units: int
    epochs: int
    dropped: float


class Network(NamedTuple):
    """Features x units, units, units x labels, labels; the hidden units are rectified linear ones."""

    weights: np.ndarray
    thresholds: np.ndarray
    outputs: np.ndarray
    biases: np.ndarray


def fit_network(texts: Any, has: np.ndarray, known: np.ndarray, settings: Settings, seed: int) -> Network:
    """Fit one network of those that are averaged.

    `texts` is a sparse matrix, texts x features; `has` and `known` are texts x labels, each 0 or 1: whether a text has
    a label, and whether that is known.
    """
    random = np.random.default_rng(seed)
    count, size = texts.shape
    units, epochs, dropped = settings.units, settings.epochs, settings.dropped
    network = Network(
        random.normal(0, 0.1, (size, units)).astype(np.float32),
        np.zeros(units, np.float32),
        random.normal(0, units**-0.5, (units, has.shape[1])).astype(np.float32),
        np.full(has.shape[1], -2, np.float32),
    )
    means = [np.zeros_like(part) for part in network]
    spreads = [np.zeros_like(part) for part in network]
    steps = epochs * (count // BATCH)
    step = 0
    for _ in range(epochs):
        order = random.permutation(count)
        for begin in range(0, count - BATCH + 1, BATCH):
            chosen = order[begin : begin + BATCH]
            some = texts[chosen]
            some.data = some.data * (random.random(len(some.data)) >= dropped) / np.float32(1 - dropped)
            step += 1
            rate = RATE * (1 - (step - 1) / steps * (1 - LAST_RATE))
            rate *= np.sqrt(1 - _SPREAD**step) / (1 - _MEAN**step)
            touched, gradients = _gradients(network, some, has[chosen], known[chosen])
            for part, mean, spread, gradient, rows in zip(
                network, means, spreads, gradients, (touched, ..., ..., ...), strict=True
            ):
                mean[rows] = _MEAN * mean[rows] + (1 - _MEAN) * gradient
                spread[rows] = _SPREAD * spread[rows] + (1 - _SPREAD) * gradient * gradient
                part[rows] -= rate * mean[rows] / (np.sqrt(spread[rows]) + _TINY)
    return network


def _gradients(network: Network, some: Any, has: np.ndarray, known: np.ndarray) -> tuple[np.ndarray, list[np.ndarray]]:
    """Return which features the texts have, and the gradients: those of the weights for these features alone."""
    hidden = np.maximum(some @ network.weights + network.thresholds, 0)
    errors = (1 / (1 + np.exp(-(hidden @ network.outputs + network.biases))) - has) * known
    errors = (errors / len(has)).astype(np.float32)
    back = errors @ network.outputs.T
    back[hidden <= 0] = 0
    touched = np.unique(some.indices)
    return touched, [some.T.tocsr()[touched] @ back, back.sum(0), hidden.T @ errors, errors.sum(0)]


def fit_networks(texts: Any, has: np.ndarray, known: np.ndarray, settings: Settings) -> Network:
    """Fit several networks; return the one whose scores are the averages of theirs."""
    networks = [fit_network(texts, has, known, settings, seed) for seed in range(settings.networks)]
    return Network(
        np.hstack([one.weights for one in networks]),
        np.concatenate([one.thresholds for one in networks]),
        np.vstack([one.outputs for one in networks]) / len(networks),
        np.mean([one.biases for one in networks], axis=0),
    )
