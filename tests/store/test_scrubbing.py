"""What an older version let through is masked by the rules of this one, in files that stay whole."""

from __future__ import annotations

import stat
from typing import TYPE_CHECKING

import pytest

from recoverycli.store.archive import Archive
from recoverycli.store.scrubbing import Unmasked, scrub, unmasked
from tests.review.calls import a_call

if TYPE_CHECKING:
    from pathlib import Path

CARD = "4111 1111 1111 1111"


def nothing(_done: int, _total: int) -> None:
    pass


@pytest.fixture
def leaky(tmp_path: Path) -> Path:
    """A store of a version that knew no cards: two in one call, none in another."""
    archive = Archive(tmp_path)
    archive.write(a_call(tail="aa01", summary=f"paid with {CARD}, pin 4829", redactions=3))
    archive.write(a_call(tail="aa02", summary="a late parcel"))
    return tmp_path


def test_only_the_files_with_secrets_are_named_and_looking_changes_nothing(leaky: Path) -> None:
    before = {path: path.read_bytes() for path in leaky.rglob("*.json")}
    looked: list[tuple[int, int]] = []
    (found,) = unmasked(leaky, lambda done, total: looked.append((done, total)))
    assert (found.path.stem[-4:], found.places) == ("aa01", 2)
    assert looked == [(1, 2), (2, 2)]
    assert {path: path.read_bytes() for path in leaky.rglob("*.json")} == before


def test_scrubbing_masks_and_counts_and_leaves_the_rest_as_it_is(leaky: Path) -> None:
    done: list[tuple[int, int]] = []
    found = list(unmasked(leaky, nothing))
    assert scrub(found, lambda at, total: done.append((at, total))) == 2
    assert done == [(1, 1)]
    call = Archive(leaky).read(found[0].path.stem).transcript.call
    assert call.summary == "paid with **** **** **** 1111, pin ****"
    assert call.redactions == 5
    assert stat.S_IMODE(found[0].path.stat().st_mode) == 0o600
    assert not any(CARD.encode() in path.read_bytes() for path in leaky.rglob("*") if path.is_file())
    assert list(unmasked(leaky, nothing)) == []


def test_practice_and_reviews_are_looked_through_too(tmp_path: Path) -> None:
    for folder in ("practice/2026/11/23", "reviews"):
        (tmp_path / folder).mkdir(parents=True)
        (tmp_path / folder / "20261123T090000-little-aa01.json").write_text(f'{{"schema": 1, "note": "{CARD}"}}')
    found = list(unmasked(tmp_path, nothing))
    assert {one.path.relative_to(tmp_path).parts[0] for one in found} == {"practice", "reviews"}
    assert scrub(found, nothing) == 2
    assert not any(CARD in path.read_text() for path in tmp_path.rglob("*.json"))


def test_what_is_not_ours_is_not_touched(leaky: Path) -> None:
    day = next(leaky.rglob("*.json")).parent
    (day / "mine.txt").write_text(CARD)
    (day / ".hidden.json").write_text(f'"{CARD}"')
    (leaky.parent / "outside.json").write_text(f'"{CARD}"')
    (day / "link.json").symlink_to(leaky.parent / "outside.json")
    scrub(list(unmasked(leaky, nothing)), nothing)
    kept = (day / "mine.txt", day / ".hidden.json", leaky.parent / "outside.json")
    assert all(CARD in path.read_text() for path in kept)
    assert (day / "link.json").is_symlink()


def test_a_call_that_went_meanwhile_is_passed_over(leaky: Path) -> None:
    found = list(unmasked(leaky, nothing))
    found[0].path.unlink()
    assert scrub([*found, Unmasked(leaky / "sessions" / "gone.json", 1)], nothing) == 0
    assert not found[0].path.exists()
