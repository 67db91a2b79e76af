"""The lists of what phrases should not say: wording files that only lint reads, so that no call waits for them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, get_args

from recoverycli.wording.files.library import FOLDER as WORDING
from recoverycli.wording.files.library import load
from recoverycli.wording.matcher import Matcher
from recoverycli.wording.model import Kind, Wording

if TYPE_CHECKING:
    from collections.abc import Mapping

    from recoverycli.content.library import Source
    from recoverycli.content.nodes import Problem

FOLDER = f"{WORDING}/lint"


class Lists(NamedTuple):
    """What finds the patterns of each kind, and the problems of unreadable files."""

    by_kind: Mapping[Kind, Matcher]
    problems: tuple[Problem, ...]


def read_lists(sources: tuple[Source, ...]) -> Lists:
    """Read the lists of the folders, which are given nearest first."""
    loaded = load(sources)
    kinds: tuple[Kind, ...] = get_args(Kind)
    patterns = loaded.wording.patterns
    by_kind = {kind: Matcher(Wording(tuple(one for one in patterns if one.kind == kind))) for kind in kinds}
    return Lists(by_kind, loaded.problems)
