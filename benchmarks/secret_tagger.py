"""Fit the tagger of secrets to the labelled sentences, and write its weights into the package.

It learns from all tests/redaction/secrets-*.tsv, the other labelled lines of the tests, and sentences of the sets of
the reader of sentences, which hold no secrets. With `--without tuned-16 tuned-17` nothing is written: a tagger that has
not seen these lists is counted on them, at several thresholds, and so are the rules alone. `--all` names what is
misread. A list is counted honestly once, before rules or features are tuned on it. `make learn` installs what it
needs.
"""

from __future__ import annotations

import argparse
import functools
import re
import sys
import tempfile
from array import array
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import msgspec
import pycrfsuite
from benchmarks.word_classes import word_classes
from tests.privacy.measuring import ALWAYS, Line, labelled, listed, lists, measured, table, together
from tests.redaction.test_redact import LOOK_ALIKES
from tests.wording.reading_sets import APOLOGY, BACKFIRES, OWN_WORDS, sentences

from recoverycli.redaction.cards.numbers import KEPT
from recoverycli.redaction.learned.features import Lexicon, features
from recoverycli.redaction.learned.find import THRESHOLD, LearnedReading, is_read, secrets_of
from recoverycli.redaction.learned.model import LABELS, WEIGHTS, TaggerWeights, model_of
from recoverycli.redaction.learned.tokens import tokens

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from recoverycli.redaction.learned.tokens import NoteToken
    from recoverycli.redaction.rules import SensitiveSpan

ROOT = Path(__file__).resolve().parent.parent
_TEXTS = (
    "tests/wording/reading/*.tsv",
    "frameworks/**/*",
    "phrases/**/*",
    "scenarios/**/*",
    "issues/**/*",
    "wording/**/*",
    "docs/guide/*.md",
)
_COMMON = (3, 8, 40)  # from how many times on a word is known, common, very common
_SEEN_OFTEN = 3  # times that a word is compared by itself
_GROUPS = 3  # groups of four digits, noted apart, that are a card
_TIMES_ALIKE = 3
_ONE_IN = 2  # of the sentences about other things
_LEAST = 0.05  # smaller weights are left out
_SETTINGS = {"c1": 0.3, "c2": 0.1, "max_iterations": 70, "feature.possible_transitions": True, "feature.minfreq": 2}


def known_words() -> list[list[str]]:
    """Return the words of the project's own texts, by how common they are. A password is rarely one of them."""
    counts: Counter[str] = Counter()
    for text in own_texts():
        counts.update(re.findall(r"(?<![^\W\d_])[a-z][a-z']+(?![^\W_])", text.replace("\u2019", "'")))
    known, common, very = _COMMON
    return [
        [],
        sorted(word for word, count in counts.items() if known <= count < common),
        sorted(word for word, count in counts.items() if common <= count < very),
        sorted(word for word, count in counts.items() if very <= count),
    ]


def own_texts() -> Iterator[str]:
    """Yield the texts of the project, without their comments."""
    for pattern in _TEXTS:
        for file in sorted(ROOT.glob(pattern)):
            if file.is_file():
                yield "\n".join(row for row in file.read_text("utf-8").splitlines() if row[:1] != "#")


@functools.cache
def classes_of_use() -> tuple[tuple[str, ...], tuple[int, ...]]:
    """Return the classes of the words of the project's texts, and the group of each."""
    return word_classes(own_texts())


def fit(lines: Sequence[Line], known: list[list[str]]) -> tuple[Any, Lexicon]:
    """Return the fitted tagger, and what is known of words."""
    sizes = {word: size for size, words in enumerate(known) for word in words}
    counts = Counter(
        token.word
        for line in lines
        for token in tokens(line.text)
        if not any(secret.start < token.end and token.start < secret.end for secret in line.secrets)
    )
    vocabulary = {word for word, count in counts.items() if count >= _SEEN_OFTEN and word.strip()}
    classes, groups = classes_of_use()
    lexicon = Lexicon(
        vocabulary, sizes, {word: place for place, words in enumerate(classes) for word in words.split(" ")}, groups
    )
    trainer = pycrfsuite.Trainer(algorithm="lbfgs", verbose=False)
    trainer.set_params(_SETTINGS)
    for line in lines:
        words = tokens(line.text)
        if words:
            trainer.append(told(words, lexicon), [_label(line, word.start, word.end) for word in words])
    with tempfile.TemporaryDirectory() as folder:
        file = f"{folder}/weights.crfsuite"
        trainer.train(file)
        tagger = pycrfsuite.Tagger()
        tagger.open(file)
    return tagger, lexicon


def told(words: Sequence[NoteToken], lexicon: Lexicon) -> list[list[str]]:
    """Return the features of each word as they are fitted."""
    read = zip(words, features(words, lexicon), strict=True)
    return [[word.kind + feature for feature in one] for word, one in read]


def train(lines: Sequence[Line], known: list[list[str]]) -> TaggerWeights:
    """Return the weights as they are stored."""
    tagger, lexicon = fit(lines, known)
    info = tagger.info()
    rows: dict[str, dict[str, float]] = {}
    for (feature, label), weight in info.state_features.items():
        rows.setdefault(feature, {})[label] = weight
    weights = {
        feature: [row.get(label, 0) - row.get("O", 0) for label in LABELS[1:]] for feature, row in sorted(rows.items())
    }
    weights = {feature: row for feature, row in weights.items() if max(map(abs, row)) >= _LEAST}
    scale = max(abs(weight) for row in weights.values() for weight in row) / 127
    return TaggerWeights(
        tuple(" ".join(words) for words in known),
        *classes_of_use(),
        " ".join(sorted(lexicon.vocabulary)),
        tuple(tuple(round(info.transitions.get((one, other), 0), 3) for other in LABELS) for one in LABELS),
        scale,
        tuple(weights),
        array("b", [round(weight / scale) for row in weights.values() for weight in row]).tobytes(),
    )


def count_unseen(names: Sequence[str], thresholds: Sequence[float], *, misread: bool) -> None:
    """Print how the rules alone, and with a tagger that has not seen these lists, do on them."""
    files = {file.stem.removeprefix("secrets-"): list(listed(file)) for file in (*lists("tuned"), *lists("counted"))}
    seen = [line for name, lines in files.items() if name not in names for line in lines]
    model = model_of(train([*seen, *_our_lines(), *ordinary()], known_words()))
    unseen = [line for name in names for line in files[name]]
    for threshold in thresholds:
        found = functools.partial(secrets_of, model=lambda: model, threshold=threshold)
        figures = measured(unseen, by_choice=False, learned=found if threshold else lambda _: LearnedReading())
        print(f"{f'tagger at {threshold}' if threshold else 'rules alone'}\n{table([*figures, together(figures)])}\n")
        if misread and threshold == THRESHOLD:
            for one in figures:
                for name, which in (("missed", one.missed), ("without need", one.wrong)):
                    print("".join(f"{one.kind} {name} {line}\n" for line in which))


def _label(line: Line, start: int, end: int) -> str:
    groups = sum(_is_group(line, secret) for secret in line.secrets)
    for secret in line.secrets:
        if secret.start < end and start < secret.end:
            if secret.kind != "card":
                return "P" if secret.kind == "password" else "N"
            digits = sum(map(str.isdecimal, line.text[secret.start : secret.end]))
            is_code = 0 < digits <= KEPT and (groups < _GROUPS or not _is_group(line, secret))
            return "N" if is_code else "C"
    return "O"


def _is_group(line: Line, secret: SensitiveSpan) -> bool:
    """Whether it may be one of the printed groups of a card."""
    return (
        secret.kind == "card" and line.text[secret.start : secret.end].isdecimal() and secret.end - secret.start == KEPT
    )


def ordinary() -> list[Line]:
    """Return sentences about other things, from the sets of the reader of sentences, that the tagger would read."""
    texts = dict.fromkeys(row.text for one in (OWN_WORDS, BACKFIRES, APOLOGY) for row in sentences(*one.files))
    return [Line(0, text, (), "", "") for text in texts if is_read(tokens(text))][::_ONE_IN]


def _our_lines() -> list[Line]:
    """Return the other labelled lines of the tests. Their look-alikes count several times: none may be harmed."""
    lines = [
        line._replace(secrets=tuple(secret for secret in line.secrets if secret.kind in ALWAYS)) for line in labelled()
    ]
    alike = [Line(0, text, (), "", "") for text in LOOK_ALIKES] + [line for line in lines if not line.secrets]
    return lines + alike * _TIMES_ALIKE


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--without", nargs="+", metavar="LIST", help="count these lists unseen, for example tuned-16")
    parser.add_argument("--all", action="store_true", help="name what is misread in them")
    options = parser.parse_args()
    if options.without:
        count_unseen(options.without, (0, 0.3, 0.5, 0.6, 0.7, 0.8, 0.9), misread=options.all)
        sys.exit()
    lines = [line for file in (*lists("tuned"), *lists("counted")) for line in listed(file)]
    data = msgspec.msgpack.encode(train([*lines, *_our_lines(), *ordinary()], known_words()))
    WEIGHTS.write_bytes(data)
    print(f"{len(lines)} sentences, {len(data):,} bytes in {WEIGHTS.relative_to(ROOT)}")
