"""Calls that go for good: with their reviews and leftovers, whole, and nothing else with them."""

from __future__ import annotations

import hashlib
import threading
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from recoverycli.session.filters import Filters
from recoverycli.store.calls.amend import Change, amend
from recoverycli.store.calls.archive import Archive
from recoverycli.store.calls.reviews import Assessment, Reviews
from recoverycli.store.index.index import Index
from recoverycli.store.index.rows import page
from recoverycli.store.locks import hold_folder
from recoverycli.store.privacy.remove import calls_with_open_promises, remove_calls
from tests.platforms import needs_modes
from tests.review.calls import NOW, a_call, promise

if TYPE_CHECKING:
    from pathlib import Path

FIRST, SECOND = NOW - timedelta(days=3), NOW - timedelta(days=400)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    archive = Archive(tmp_path / "data")
    for at, tail in ((FIRST, "aa01"), (FIRST, "aa02"), (SECOND, "aa03")):
        archive.write(a_call(tail=tail, at=at))
    return archive.home


def paths(home: Path) -> dict[str, Path]:
    return {path.stem[-4:]: path for path in (home / "sessions").rglob("2*.json")}


def hashes(home: Path) -> dict[str, str]:
    return {
        str(path): hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(home.rglob("*")) if path.is_file()
    }


def test_a_call_goes_with_its_review_and_the_others_stay_as_they_are(home: Path) -> None:
    before = paths(home)
    reviews = Reviews(home)
    for tail in ("aa01", "aa02"):
        reviews.add(before[tail].stem, Assessment(NOW, "self", "default", {}))
    left = before["aa01"].with_name(f".{before['aa01'].name}.0a0b0c0d.tmp")
    left.write_text("half of it", encoding="utf-8")
    kept = {path: digest for path, digest in hashes(home).items() if "aa01" not in path}
    assert [*remove_calls(home, [before["aa01"].stem])] == [before["aa01"].stem]
    assert {path: digest for path, digest in hashes(home).items() if not path.endswith(".lock")} == {
        path: digest for path, digest in kept.items() if not path.endswith(".lock")
    }


def test_folders_that_are_empty_then_go_too(home: Path) -> None:
    before = paths(home)
    list(remove_calls(home, [before["aa03"].stem]))
    assert not before["aa03"].parents[2].exists()
    assert before["aa01"].exists()
    list(remove_calls(home, [before["aa01"].stem, before["aa02"].stem]))
    assert [*(home / "sessions").iterdir()] == []


def test_the_folder_of_a_day_stays_while_a_call_of_that_day_is_open(home: Path) -> None:
    path = paths(home)["aa03"]
    (home / "live").mkdir()
    (home / "live" / f"{SECOND:%Y%m%d}T235900-learn-zzzz.jsonl").write_text("{}", encoding="utf-8")
    list(remove_calls(home, [path.stem]))
    assert not path.exists()
    assert path.parent.is_dir()


def test_what_is_not_there_is_skipped(home: Path) -> None:
    before = hashes(home)
    assert [*remove_calls(home, ["20200101T000000-learn-aaaa"])] == []
    assert hashes(home) == before


def test_an_amendment_at_the_same_time_does_not_bring_a_call_back(home: Path) -> None:
    path = paths(home)["aa03"]
    done = threading.Event()

    def delete() -> None:
        list(remove_calls(home, [path.stem]))
        done.set()

    with hold_folder(path.parent):
        thread = threading.Thread(target=delete)
        thread.start()
        assert not done.wait(0.2)
        assert path.exists()
    thread.join()
    assert not path.exists()
    with pytest.raises(Exception, match=path.parent.name):
        amend(path, NOW, lambda _: (Change("outcome", None, "resolved"),))
    assert not path.exists()


def test_a_folder_that_another_window_takes_away_meanwhile_is_no_fault(home: Path, tmp_path: Path) -> None:
    path = paths(home)["aa03"]
    gone: list[str] = ["not yet"]

    def delete() -> None:
        gone[:] = remove_calls(home, [path.stem])

    with hold_folder(path.parent):
        thread = threading.Thread(target=delete)
        thread.start()
        thread.join(0.2)
        path.parent.rename(tmp_path / "taken away at once")
    thread.join()
    assert gone == []
    assert not path.parent.exists()


def test_the_index_no_longer_knows_it(home: Path) -> None:
    with Index(home) as index:
        assert len(index.ask(lambda connection: page(connection, Filters(), NOW)).rows) == 3
    list(remove_calls(home, [paths(home)["aa03"].stem]))
    with Index(home) as index:
        rows = index.ask(lambda connection: page(connection, Filters(), NOW)).rows
    assert sorted(row.id[-4:] for row in rows) == ["aa01", "aa02"]


def test_an_interrupted_removal_leaves_complete_calls(home: Path) -> None:
    before = paths(home)
    going = remove_calls(home, [before["aa01"].stem, before["aa02"].stem])
    assert next(going) == before["aa01"].stem
    del going
    assert sorted(paths(home)) == ["aa02", "aa03"]
    with Index(home) as index:
        assert index.skipped == ()


@needs_modes
@pytest.mark.not_as_root
def test_a_folder_that_may_not_be_written_is_named(home: Path) -> None:
    path = paths(home)["aa03"]
    path.parent.chmod(0o500)
    with pytest.raises(Exception, match=str(path.parent)):
        list(remove_calls(home, [path.stem]))
    path.parent.chmod(0o700)
    assert path.exists()


def test_a_call_with_a_promise_that_is_not_kept_is_distinguished(tmp_path: Path) -> None:
    archive = Archive(tmp_path / "data")
    bound = archive.write(a_call(promise(1, "a call"), tail="aa01", at=FIRST))
    kept = archive.write(a_call(promise(1, "a call"), tail="aa02", at=FIRST))
    archive.write(a_call(tail="aa03", at=FIRST))
    amend(kept, NOW, lambda _: (Change("promises.p1.done_at", None, NOW.isoformat()),))
    with Index(archive.home) as index:
        assert index.ask(lambda connection: calls_with_open_promises(connection, Filters())) == {bound.stem}
        until = Filters(until=SECOND)
        assert index.ask(lambda connection: calls_with_open_promises(connection, until)) == set()
