"""The fitted models that come with the tool."""

from __future__ import annotations

import functools
from pathlib import Path

import msgspec

from recoverycli.wording.learned.model import LearnedModel, Weights

# What answers in own words do, and words that backfire.
ACTS, BACKFIRES = "acts", "backfires"
# Labels of an answer as a whole, beside its acts: any harm at all, and nothing but good.
HARM, GOOD = "harm", "good"


def weights_file(name: str) -> Path:
    """Return where the weights of a model are."""
    return Path(__file__).with_name(f"{name}.msgpack")


@functools.cache
def load_model(name: str) -> LearnedModel:
    """Load a fitted model, once."""
    return LearnedModel(msgspec.msgpack.decode(weights_file(name).read_bytes(), type=Weights))
