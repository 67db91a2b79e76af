"""A call is named by its id, a part of it, or its place from the end."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from recoverycli.errors import NotFound
from recoverycli.store.call_names import find_id, find_practice_id
from recoverycli.store.calls.archive import Archive
from recoverycli.store.index.index import Index
from tests.review.calls import NOW, a_call

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

TAILS = ["aa01", "aa02", "bb03", "bb04"]  # the newest first


@pytest.fixture(params=["calls", "practice"])
def name(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[str], str]:
    """Names one of four calls, or of four practices: the words are the same."""
    archive = Archive(tmp_path)
    for days, tail in enumerate(TAILS):
        archive.write(a_call(tail=tail, at=NOW - timedelta(days=days)))
    if request.param == "practice":
        return lambda wanted: find_practice_id(archive, wanted)[-4:]

    def of_calls(wanted: str) -> str:
        with Index(tmp_path) as index:
            return find_id(index, wanted)[-4:]

    return of_calls


@pytest.mark.parametrize(
    ("wanted", "tail"),
    [
        ("last", "aa01"),
        ("-1", "aa01"),
        ("-2", "aa02"),
        ("-4", "bb04"),
        ("aa02", "aa02"),
        ("b03", "bb03"),
        ("b04", "bb04"),
    ],
)
def test_a_place_or_a_unique_part_names_one(name: Callable[[str], str], wanted: str, tail: str) -> None:
    assert name(wanted) == tail


def test_a_whole_id_names_its_call(name: Callable[[str], str]) -> None:
    assert name(a_call(tail="bb03", at=NOW - timedelta(days=2)).id) == "bb03"


@pytest.mark.parametrize("wanted", ["bb", "little", "aa0"])
def test_a_part_of_several_is_refused_with_some_of_them(name: Callable[[str], str], wanted: str) -> None:
    with pytest.raises(NotFound, match=f"{wanted} in their ids") as refused:
        name(wanted)
    assert refused.value.message.startswith("4 " if wanted == "little" else "2 ")
    assert refused.value.message.count("-little-") <= 3
    assert refused.value.hint


@pytest.mark.parametrize("wanted", ["zz99", "", "-5", "-0", "--1", "-1x", "-9999999999999", "LAST"])
def test_what_names_none_is_refused(name: Callable[[str], str], wanted: str) -> None:
    with pytest.raises(NotFound) as refused:
        name(wanted)
    assert refused.value.hint


def test_an_empty_store_says_how_to_begin(tmp_path: Path) -> None:
    with Index(tmp_path) as index, pytest.raises(NotFound, match="no finished call yet"):
        find_id(index, "last")
    with pytest.raises(NotFound, match="no practice yet"):
        find_practice_id(Archive(tmp_path), "aa01")
