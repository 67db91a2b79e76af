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

sys.path.insert(0, str(Path(__file__).parent.parent))

from benchmarks.network import Settings, averaged, fit_network
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
MOST_FEATURES = 24_000
# By trial on files that were left out.
SETTINGS = {ACTS: Settings(3, 8, 10, 0.5), BACKFIRES: Settings(1, 32, 20, 0.3)}
# Classes of words that backfire that do harm in an answer as well.
HARMFUL = frozenset(
    ["dismissal", "policy-wall", "blame", "refusal", "disbelief", "threat", "calm-down", "sorry-but"]
)  # fmt: skip
# How often an example of the tool's own counts: it must not be misread.
OWN_WEIGHT = 2
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
        fitted = fit(list(examples), labels, SETTINGS[name], tuple(_ids(name)))
        data = msgspec.msgpack.encode(fitted)
        weights_file(name).write_bytes(data)
        print(f"{name}: {len(fitted.features)} features, {len(data)} bytes")


def acts_examples(left_out: set[str]) -> Iterator[Example]:
    """Yield the answers in own words, and what other sets tell of apologies and of harm."""
    for row in _rows(reading_sets.OWN_WORDS, left_out):
        known = {act: act in row.labels for act in (*GOOD_ACTS, *BAD_ACTS)}
        harm = bool(row.labels & set(BAD_ACTS))
        yield Example(row.text, line_answered(row), known | {HARM: harm, GOOD: bool(row.labels) and not harm})
    for row in _rows(reading_sets.BACKFIRES, left_out):
        if not row.labels or row.labels & HARMFUL:
            yield Example(row.text, "", {HARM: bool(row.labels)})
    for row in _rows(reading_sets.APOLOGY, left_out):
        yield Example(row.text, "", {act: part in row.labels for part, act in PARTS_AS_ACTS.items()})
    for signs in _content(ROOT / "wording" / "acts.yaml")["acts"]:
        known = {HARM: signs["act"] in BAD_ACTS} | ({} if signs["act"] == "harmless" else {signs["act"]: True})
        yield from [Example(text, "", known) for text in signs["catches"]] * OWN_WEIGHT


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


def fit(examples: Sequence[Example], labels: tuple[str, ...], settings: Settings, known: tuple[str, ...]) -> Weights:
    """Fit the networks, after a first one has found the features that matter."""
    texts = [list(features_of(read(one.text, words_of(one.text)), one.heard)) for one in examples]
    has = np.array([[one.known.get(label, False) for label in labels] for one in examples], np.float32)
    is_known = np.array([[label in one.known for label in labels] for one in examples], np.float32)
    counted = _vectorizer().fit(texts)
    first = fit_network(counted.transform(texts), has, is_known, settings, 0)
    names = counted.get_feature_names_out()
    importance = np.linalg.norm(first.weights, axis=1)
    kept = sorted(names[place] for place in np.argsort(-importance, kind="stable")[:MOST_FEATURES])
    again = _vectorizer(kept).fit(texts)
    matrix = again.transform(texts)
    networks = [fit_network(matrix, has, is_known, settings, seed) for seed in range(settings.networks)]
    weights, thresholds, outputs, biases = averaged(networks)
    scales = np.abs(weights).max(axis=0) / 127
    return Weights(
        labels,
        tuple(map(float, scales)),
        tuple(map(float, thresholds)),
        tuple(tuple(map(float, row)) for row in outputs.T),
        tuple(map(float, biases)),
        tuple(kept),
        np.clip(np.rint(again.idf_ * RARITY_STEPS), 0, 255).astype(np.uint8).tobytes(),
        np.rint(weights / scales).astype(np.int8).tobytes(),
        known,
    )


def _vectorizer(vocabulary: Sequence[str] | None = None) -> TfidfVectorizer:
    least = LEAST_TEXTS if vocabulary is None else 1
    return TfidfVectorizer(
        analyzer=list, vocabulary=vocabulary, min_df=least, sublinear_tf=True, lowercase=False, dtype=np.float32
    )


if __name__ == "__main__":
    main()
