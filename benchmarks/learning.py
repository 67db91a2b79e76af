"""Fit the learned reader of sentences to the labelled sentences of the tests, and write its weights into the package.

It learns from every set of tests/wording/reading, tuned and counted alike, from the examples of the wording files, and
from the sentences that agents are given, which do no harm. A set that is to be counted honestly is counted before this
runs again. `--without own-words-tuned-9` leaves files out, so that `make reading` counts them unseen; afterwards, fit
again with all of them. `make learn` installs what it needs.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec
import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

sys.path.insert(0, str(Path(__file__).parent.parent))

from benchmarks.network import Settings, fit_networks
from tests.training.bad_lines import DENIALS, REFUSALS
from tests.wording import reading_sets
from tests.wording.reading_lines import line_answered
from tests.wording.reading_sets import BAD_ACTS, GOOD_ACTS, LabelledSentence, sentences

from recoverycli.wording.learned.features import features_of
from recoverycli.wording.learned.library import ACTS, BACKFIRES, GOOD, HARM, weights_file
from recoverycli.wording.learned.model import RARITY_STEPS, Weights
from recoverycli.wording.search.phrases import words_of
from recoverycli.wording.sentences.features import read

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

ROOT = Path(__file__).parent.parent
# Features that are in one text alone are chance; of the others, those with the largest weights are kept.
LEAST_TEXTS = 2
MOST_FEATURES = {ACTS: 24_000, BACKFIRES: 16_000}
# By trial on files that were left out. A linear model reads short sentences that backfire better than networks do.
SETTINGS = Settings(networks=4, units=24, epochs=12, dropped=0.7)
# Inverse strength of the L2 penalty of the linear model.
STRENGTH = 20.0
# Classes of words that backfire that do harm in an answer as well.
HARMFUL = frozenset(
    ["dismissal", "policy-wall", "blame", "refusal", "disbelief", "threat", "calm-down", "sorry-but"]
)  # fmt: skip
# Acts that do good whatever was heard.
ANYWHERE = frozenset(["apologizes", "takes-responsibility", "thanks"])
# Before how many lines of customers an example of an act is read.
HEARD_BY = 8
# How often a harmless sentence of the tool counts: it must not be misread.
OWN_WEIGHT = 2
# Lines that no role-play may give credit for.
BAD_LINES = {"denies": DENIALS, "refuses": REFUSALS}
PARTS_AS_ACTS = {"regret": "apologizes", "responsibility": "takes-responsibility"}


class Example(NamedTuple):
    """A text, what was said before it, and the labels that are known: whether the text has them."""

    text: str
    heard: str
    known: dict[str, bool]


def main() -> None:
    """Fit both models."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--without", nargs="+", default=[], metavar="FILE", help="files to leave out")
    left_out = set(parser.parse_args().without)
    for name, labels, examples in (
        (ACTS, (*GOOD_ACTS, *BAD_ACTS, HARM, GOOD), acts_examples(left_out)),
        (BACKFIRES, reading_sets.BACKFIRES.labels, backfires_examples(left_out)),
    ):
        fitted = fit(name, list(examples), labels)
        data = msgspec.msgpack.encode(fitted)
        weights_file(name).write_bytes(data)
        print(f"{name}: {len(fitted.features)} features, {len(data)} bytes")


def acts_examples(left_out: set[str]) -> Iterator[Example]:
    """Yield the answers in own words, and what other sets tell of apologies and of harm."""
    heard = sorted({line_answered(row) for row in _rows(reading_sets.OWN_WORDS, left_out)})
    for number, row in enumerate(_rows(reading_sets.OWN_WORDS, left_out)):
        known = {act: act in row.labels for act in (*GOOD_ACTS, *BAD_ACTS)}
        harm = bool(row.labels & set(BAD_ACTS))
        known |= {HARM: harm, GOOD: bool(row.labels) and not harm}
        yield Example(row.text, line_answered(row), known)
        if row.labels and row.labels <= ANYWHERE:
            yield Example(row.text, heard[number % len(heard)], known)
    for number, row in enumerate(_rows(reading_sets.BACKFIRES, left_out)):
        if not row.labels or row.labels & HARMFUL:
            known = {HARM: True, GOOD: False} if row.labels else {HARM: False}
            yield Example(row.text, heard[number % len(heard)] if number % 2 else "", known)
    for row in _rows(reading_sets.APOLOGY, left_out):
        yield Example(row.text, "", {act: part in row.labels for part, act in PARTS_AS_ACTS.items()})
    examples = [
        (signs["act"], text) for signs in _content(ROOT / "wording" / "acts.yaml")["acts"] for text in signs["catches"]
    ]
    examples += [(act, text) for act, texts in BAD_LINES.items() for text in texts]
    for number, (act, text) in enumerate(examples):
        harm = act in BAD_ACTS
        known = {HARM: harm} if act == "harmless" else {HARM: harm, GOOD: not harm, act: True}
        # What it does, it does whatever was heard.
        places = range(number, number + HEARD_BY * 11, 11)
        yield from (Example(text, line, known) for line in ("", *(heard[place % len(heard)] for place in places)))


def backfires_examples(left_out: set[str]) -> Iterator[Example]:
    """Yield the labelled sentences, the examples of the wording files, and harmless phrases."""
    classes = reading_sets.BACKFIRES.labels
    for row in _rows(reading_sets.BACKFIRES, left_out):
        yield Example(row.text, "", {one: one in row.labels for one in classes})
    for file in sorted((ROOT / "wording").glob("*.yaml")):
        for pattern in _content(file).get("patterns", ()):
            if pattern["kind"] in classes and "catches" in pattern:
                yield from (Example(text, "", {pattern["kind"]: True}) for text in pattern["catches"])
    for text in dict.fromkeys(_harmless_texts()):
        yield from [Example(text, "", dict.fromkeys(classes, False))] * OWN_WEIGHT


def _rows(labelled: reading_sets.LabelledSet, left_out: set[str]) -> list[LabelledSentence]:
    return sentences(*(file for file in labelled.files if file.stem not in left_out))


def _ids(name: str) -> Iterator[str]:
    """Yield the ids of the patterns or the acts of the tool."""
    for file in sorted((ROOT / "wording").glob("*.yaml")):
        yield from (one["id"] for one in _content(file).get("patterns" if name == BACKFIRES else "acts", ()))


def _harmless_texts() -> Iterator[str]:
    """Yield the phrases and questions that agents are given, and the sentences that the patterns leave alone."""
    for file in sorted((ROOT / "wording").glob("*.yaml")):
        content = _content(file)
        for pattern in content.get("patterns", ()):
            yield from (*pattern.get("passes", ()), pattern["instead"])
        for part in content.get("parts", ()):
            yield from (offer["say"] for offer in part.get("phrases", ()))
    for file in sorted((ROOT / "phrases").glob("*.yaml")):
        yield from (phrase["say"] for phrase in _content(file)["phrases"])
    for file in sorted((ROOT / "frameworks").glob("*.yaml")):
        for step in _content(file)["steps"]:
            yield from step.get("ask", ())
            yield from (phrase["say"] for phrase in step.get("phrases", ()))
            yield from (avoid["instead"] for avoid in step.get("avoid", ()))


def _content(file: Path) -> Any:
    import yaml

    return yaml.safe_load(file.read_bytes())


def fit(name: str, examples: Sequence[Example], labels: tuple[str, ...]) -> Weights:
    """Fit a model twice: to find the features that matter, and to these alone."""
    texts = [list(features_of(read(one.text, words_of(one.text)), one.heard)) for one in examples]
    has = np.array([[one.known.get(label, False) for label in labels] for one in examples], np.float32)
    known = np.array([[label in one.known for label in labels] for one in examples], np.float32)
    fit_units = _fit_networks if name == ACTS else _fit_linear
    counted = _vectorizer().fit(texts)
    importance = np.linalg.norm(fit_units(counted.transform(texts), has, known).weights, axis=1)
    names = counted.get_feature_names_out()
    kept = sorted(names[place] for place in np.argsort(-importance, kind="stable")[: MOST_FEATURES[name]])
    again = _vectorizer(kept).fit(texts)
    fitted = fit_units(again.transform(texts), has, known)
    scales = np.abs(fitted.weights).max(axis=0) / 127
    return Weights(
        labels,
        tuple(map(float, scales)),
        tuple(map(float, fitted.biases)),
        None if fitted.outputs is None else tuple(tuple(map(float, row)) for row in fitted.outputs),
        tuple(kept),
        np.clip(np.rint(again.idf_ * RARITY_STEPS), 0, 255).astype(np.uint8).tobytes(),
        np.rint(fitted.weights / scales).astype(np.int8).tobytes(),
        tuple(_ids(name)),
    )


class Units(NamedTuple):
    """Features x units, units, and for a network labels x (1 + units)."""

    weights: np.ndarray
    biases: np.ndarray
    outputs: np.ndarray | None


def _fit_networks(texts: Any, has: np.ndarray, known: np.ndarray) -> Units:
    network = fit_networks(texts, has, known, SETTINGS)
    return Units(network.weights, network.thresholds, np.column_stack([network.biases, network.outputs.T]))


def _fit_linear(texts: Any, has: np.ndarray, known: np.ndarray) -> Units:
    fitted = [
        LogisticRegression(C=STRENGTH, solver="liblinear", random_state=0).fit(texts[there], labels[there])
        for labels, there in zip(has.T, known.T.astype(bool), strict=True)
    ]
    return Units(np.column_stack([one.coef_[0] for one in fitted]), np.hstack([one.intercept_ for one in fitted]), None)


def _vectorizer(vocabulary: Sequence[str] | None = None) -> TfidfVectorizer:
    least = LEAST_TEXTS if vocabulary is None else 1
    return TfidfVectorizer(
        analyzer=list, vocabulary=vocabulary, min_df=least, sublinear_tf=True, lowercase=False, dtype=np.float32
    )


if __name__ == "__main__":
    main()
