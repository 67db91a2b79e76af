"""Sorts the words of the project's own texts into classes of words that are used alike, for the tagger of secrets.

A word is described by the words beside it: how much more often than chance each frequent word stands right before or
after it (positive pointwise mutual information, Church and Hanks 1990), in fewer dimensions by a singular value
decomposition (Levy, Goldberg and Dagan 2015). Words with near descriptions make a class, near classes a group, both by
k-means.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.cluster import KMeans
from sklearn.decomposition import TruncatedSVD

if TYPE_CHECKING:
    from collections.abc import Iterable

_LEAST = 5  # times that a word is there
_BESIDE = 1_000  # frequent words that describe others
_DIMENSIONS = 50
_CLASSES, _GROUPS = 160, 30
_WORD = re.compile(r"[a-z][a-z']*|[.,:;?!=]|[0-9]+")


def word_classes(texts: Iterable[str]) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """Return the words of each class of use, with a space between, and the group of each class."""
    lines = [_WORD.findall(line) for text in texts for line in text.casefold().replace("\u2019", "'").splitlines()]
    counts = Counter(word for line in lines for word in line)
    words = sorted(word for word, count in counts.items() if count >= _LEAST and len(word) > 1 and word[0].isalpha())
    vectors = _descriptions(lines, words, [word for word, _ in counts.most_common(_BESIDE)])
    fitted = KMeans(_CLASSES, n_init=1, random_state=0).fit(vectors)
    groups = KMeans(_GROUPS, n_init=5, random_state=0).fit(fitted.cluster_centers_).labels_
    classes = [" ".join(words[at] for at in np.flatnonzero(fitted.labels_ == one)) for one in range(_CLASSES)]
    order = sorted(range(_CLASSES), key=lambda one: (groups[one], classes[one]))
    return tuple(classes[one] for one in order), tuple(int(groups[one]) for one in order)


def _descriptions(lines: list[list[str]], words: list[str], beside: list[str]) -> np.ndarray:
    """Return for each word its direction among what stands beside it."""
    row, column = ({word: at for at, word in enumerate(some)} for some in (words, beside))
    pairs: Counter[tuple[int, int]] = Counter()
    for line in lines:
        for before, after in pairwise(line):
            if before in row and after in column:
                pairs[row[before], column[after]] += 1
            if after in row and before in column:
                pairs[row[after], len(beside) + column[before]] += 1
    places = np.array(list(pairs), dtype=np.int64)
    found = np.array(list(pairs.values()), dtype=np.float64)
    seen = csr_matrix((found, (places[:, 0], places[:, 1])), shape=(len(words), 2 * len(beside)))
    own, other = (np.asarray(seen.sum(axis)).ravel() for axis in (1, 0))
    seen.data = np.maximum(0, np.log(found * found.sum() / (own[places[:, 0]] * other[places[:, 1]])))
    vectors: np.ndarray = TruncatedSVD(_DIMENSIONS, random_state=0).fit_transform(seen)
    return vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
