"""Build the weights of the tagger of secrets from the labelled sentences, or tell how it does on unseen ones.

`make weights` writes src/recoverycli/redaction/learned/weights.json. With `--left-out` nothing is written: for each
list, the tagger is trained on the lists of all other authors and counted on this one; `--beside` counts it together
with the rules, `--all` names what is misread. The rules were tuned on the lists, so what they find there says little of
other sentences; what the tagger finds alone is an honest sign. Needs python-crfsuite, the dependency group `tagger`.
"""

from __future__ import annotations

import json
import re
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import pycrfsuite
from tests.privacy.measuring import ALWAYS, Line, labelled, listed, lists
from tests.redaction.test_redact import LOOK_ALIKES

from recoverycli.redaction.learned import model as learned
from recoverycli.redaction.learned.classes import CUES
from recoverycli.redaction.learned.features import features
from recoverycli.redaction.learned.find import THRESHOLD, likely_secrets
from recoverycli.redaction.learned.model import LABELS, SCALE, Model
from recoverycli.redaction.learned.tokens import tokens
from recoverycli.redaction.redact import findings

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from recoverycli.redaction.rules import SensitiveSpan

ROOT = Path(__file__).resolve().parent.parent
# Lists by one author: the tagger is never counted on sentences by somebody whose other sentences it has seen.
AUTHORS = (
    {"tuned", "tuned-4", "tuned-5", "tuned-8", "tuned-9"},
    {"tuned-6", "tuned-7"},
)
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
_TIMES_ALIKE = 3
_LEAST = 3  # of SCALE: smaller weights are left out
_SETTINGS = {"c1": 0.3, "c2": 0.1, "max_iterations": 100, "feature.possible_transitions": True, "feature.minfreq": 2}


def known_words() -> list[list[str]]:
    """Return the words of the project's own texts, by how common they are. A password is rarely one of them."""
    counts: Counter[str] = Counter()
    for pattern in _TEXTS:
        for file in sorted(ROOT.glob(pattern)):
            if file.is_file():
                text = "\n".join(row for row in file.read_text("utf-8").splitlines() if row[:1] != "#")
                counts.update(re.findall(r"(?<![^\W\d_])[a-z][a-z']+(?![^\W_])", text.replace("\u2019", "'")))
    known, common, very = _COMMON
    return [
        [],
        sorted(word for word, count in counts.items() if known <= count < common),
        sorted(word for word, count in counts.items() if common <= count < very),
        sorted(word for word, count in counts.items() if very <= count),
    ]


def train(lines: Sequence[Line], known: list[list[str]]) -> dict[str, object]:
    """Return the weights as they are stored."""
    sizes = {word: size for size, words in enumerate(known) for word in words}
    counts = Counter(
        token.word
        for line in lines
        for token in tokens(line.text)
        if not any(secret.start < token.end and token.start < secret.end for secret in line.secrets)
    )
    vocabulary = {word for word, count in counts.items() if count >= _SEEN_OFTEN and word.strip()}
    trainer = pycrfsuite.Trainer(algorithm="lbfgs", verbose=False)
    trainer.set_params(_SETTINGS)
    for line in lines:
        words = tokens(line.text)
        if words:
            read = zip(words, features(words, vocabulary, sizes), strict=True)
            told = [[word.kind + feature for feature in one] for word, one in read]
            trainer.append(told, [_label(line, word.start, word.end) for word in words])
    with tempfile.TemporaryDirectory() as folder:
        file = f"{folder}/weights.crfsuite"
        trainer.train(file)
        tagger = pycrfsuite.Tagger()
        tagger.open(file)
        info = tagger.info()
    rows: dict[str, dict[str, float]] = {}
    for (feature, label), weight in info.state_features.items():
        rows.setdefault(feature, {})[label] = weight
    weights = {}
    for feature, row in sorted(rows.items()):
        by_label = [round(SCALE * (row.get(label, 0) - row.get("O", 0))) for label in LABELS[1:]]
        if max(map(abs, by_label)) >= _LEAST:
            weights[feature] = by_label
    transitions = [[round(SCALE * info.transitions.get((one, other), 0)) for other in LABELS] for one in LABELS]
    return {
        "known": [" ".join(words) for words in known],
        "vocabulary": " ".join(sorted(vocabulary)),
        "transitions": transitions,
        "weights": weights,
    }


class Counts(NamedTuple):
    """Secrets that are there and found, and what was found and is wrong."""

    there: int = 0
    hit: int = 0
    found: int = 0
    wrong: int = 0

    def __add__(self, other: object) -> Counts:
        return Counts(*(one + by for one, by in zip(self, other, strict=True)))

    def __str__(self) -> str:
        return f"{self.hit / max(1, self.there):7.1%}{1 - self.wrong / max(1, self.found):10.1%}"


def count(lines: Iterable[Line], model: Model, threshold: float, *, rules: bool) -> Counts:
    """Count what is found in the lines, by the tagger alone or beside the rules."""
    there = hit = found = wrong = 0
    for line in lines:
        spans = [(one.start, one.end) for one in _likely(line, model, threshold)]
        secrets = [one for one in line.secrets if rules or _label(line, one.start, one.end) != "C"]
        if rules:
            spans += [(one.start, one.end) for one in findings(line.text)]
        there += len(secrets)
        hit += sum(any(start <= one.start and one.end <= end for start, end in spans) for one in secrets)
        found += len(spans)
        wrong += sum(not any(start < one.end and one.start < end for one in line.secrets) for start, end in spans)
    return Counts(there, hit, found, wrong)


def left_out(thresholds: Sequence[float]) -> None:
    """Print for each list how a tagger does on it that has not seen its author."""
    files = {file.stem.removeprefix("secrets-"): list(listed(file)) for file in (*lists("tuned"), *lists("counted"))}
    known = known_words()
    print(f"{'recall, precision':16}" + "".join(f"{threshold:>19}" for threshold in thresholds))
    every: dict[float, list[Counts]] = {threshold: [] for threshold in thresholds}
    authors = [*AUTHORS, *({name} for name in files if not any(name in author for author in AUTHORS))]
    for author in authors:
        if len(sys.argv) > 2 and not author & set(sys.argv[2:]):
            continue
        seen = [line for name, lines in files.items() if name not in author for line in lines]
        model = learned.model_of(train([*seen, *_our_lines()], known))
        for name in sorted(author & set(files)):
            cells = []
            for threshold in thresholds:
                counts = count(files[name], model, threshold, rules="--beside" in sys.argv)
                every[threshold].append(counts)
                cells.append(f"{counts!s:>19}")
            print(f"{name:16}" + "".join(cells), flush=True)
            if "--all" in sys.argv:
                _print_misread(files[name], model)
    mean = (
        (sum(c.hit / c.there for c in of) / len(of), sum(1 - c.wrong / c.found for c in of) / len(of))
        for of in every.values()
    )
    print(f"{'mean of the lists':16}" + "".join(f"{recall:>9.1%}{precision:>10.1%}" for recall, precision in mean))


def _print_misread(lines: Iterable[Line], model: Model) -> None:
    for line in lines:
        spans = [(one.start, one.end) for one in _likely(line, model, THRESHOLD)]
        if "--beside" in sys.argv:
            spans += [(one.start, one.end) for one in findings(line.text)]
        for one in line.secrets:
            if not any(start <= one.start and one.end <= end for start, end in spans):
                print(f"  missed {line.text[one.start : one.end]!r} in {line.text!r}")
        for start, end in spans:
            if not any(start < one.end and one.start < end for one in line.secrets):
                print(f"  without need {line.text[start:end]!r} in {line.text!r}")


def _likely(line: Line, model: Model, threshold: float) -> list[SensitiveSpan]:
    words = tokens(line.text)
    there = not CUES.isdisjoint(word.name for word in words)
    return likely_secrets(line.text, words, model, threshold) if there else []


def _label(line: Line, start: int, end: int) -> str:
    for secret in line.secrets:
        if secret.start < end and start < secret.end:
            if secret.kind == "password":
                return "P"
            digits = sum(map(str.isdecimal, line.text[secret.start : secret.end]))
            return "N" if secret.kind == "code" or 0 < digits <= 4 else "C"
    return "O"


def _our_lines() -> list[Line]:
    """Return the other labelled lines of the tests. Their look-alikes count several times: none may be harmed."""
    lines = [
        line._replace(secrets=tuple(secret for secret in line.secrets if secret.kind in ALWAYS)) for line in labelled()
    ]
    alike = [Line(0, text, (), "", "") for text in LOOK_ALIKES] + [line for line in lines if not line.secrets]
    return lines + alike * _TIMES_ALIKE


if __name__ == "__main__":
    if "--left-out" in sys.argv:
        left_out((0.3, 0.5, 0.6, 0.7, 0.8, 0.9))
        sys.exit()
    lines = [line for file in (*lists("tuned"), *lists("counted")) for line in listed(file)]
    text = json.dumps(
        train([*lines, *_our_lines()], known_words()), ensure_ascii=False, separators=(",", ":"), indent=0
    )
    learned.WEIGHTS.write_text(text + "\n", "utf-8")
    print(f"{len(lines)} sentences, {len(text.encode()):,} bytes in {learned.WEIGHTS.relative_to(ROOT)}")
