"""How a data folder is: every fault is named, nothing is changed by looking, and mending loses nothing."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from recoverycli.session import events as ev
from recoverycli.store.calls.archive import Archive
from recoverycli.store.index.index import Index
from recoverycli.store.journal.writer import Journal
from recoverycli.store.locks import lock_path
from recoverycli.store.maintenance.check import Examination, Fault, JournalState, Sample, examine
from recoverycli.store.maintenance.place import place_faults
from recoverycli.store.maintenance.repair import RepairResult, repair
from tests.content import LITTLE, started
from tests.platforms import WINDOWS, needs_modes
from tests.review.calls import a_call

if TYPE_CHECKING:
    from tests.conftest import Clock

NOW = 2_000_000_000.0
HOUR = 3600.0


def nothing(_done: int, _total: int) -> None:
    pass


def look(home: Path) -> Examination:
    return examine(home, NOW, nothing)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Two calls of one day, and an index that knows them."""
    home = tmp_path / "data"
    archive = Archive(home)
    archive.write(a_call(tail="aa01"))
    archive.write(a_call(tail="aa02"))
    with Index(home, nothing) as index:
        index.rebuild()
    return home


def the_call(home: Path, tail: str) -> Path:
    (path,) = (home / "sessions").rglob(f"*{tail}.json")
    return path


def old(path: Path, age: float) -> Path:
    """Make a file that nobody has written to for so many seconds."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        path.touch(0o600)
    os.utime(path, (NOW - age, NOW - age))
    return path


def test_a_folder_that_is_not_there_is_no_fault_and_is_not_made(tmp_path: Path) -> None:
    seen = look(tmp_path / "data")
    assert (seen.exists, seen.fixable, seen.needs_a_person) == (False, False, False)
    assert not (tmp_path / "data").exists()


def test_a_sound_store_is_sound(home: Path) -> None:
    seen = look(home)
    assert (seen.exists, seen.fixable, seen.needs_a_person) == (True, False, False)
    assert (seen.index.state, seen.index.calls, seen.index.why) == ("up to date", 2, "")
    assert seen.index.bytes == (home / "index.sqlite3").stat().st_size
    assert (seen.too_open, seen.leftovers, seen.set_aside, seen.foreign) == (Sample(), Sample(), Sample(), ())
    assert (seen.index.edited, seen.index.unknown, seen.index.gone) == (0, 0, 0)


def test_each_kind_is_counted_with_its_bytes(home: Path) -> None:
    kinds = {kind.name: kind for kind in look(home).kinds}
    size = sum(path.stat().st_size for path in (home / "sessions").rglob("*.json"))
    assert (kinds["sessions"].files, kinds["sessions"].bytes) == (2, size)
    assert (kinds["reviews"].files, kinds["reviews"].bytes) == (0, 0)


@needs_modes
@pytest.mark.parametrize(("mode", "told"), [(0o644, 1), (0o640, 1), (0o602, 1), (0o600, 0), (0o400, 0)])
def test_what_others_may_read_or_write_is_named(home: Path, mode: int, told: int) -> None:
    path = the_call(home, "aa01")
    path.chmod(mode)
    seen = look(home)
    assert seen.too_open == Sample(told, (str(path),) * told)
    assert seen.fixable == bool(told)


@needs_modes
def test_a_folder_that_others_may_enter_is_named_unless_more_than_ours_is_in_it(home: Path) -> None:
    home.chmod(0o755)
    assert look(home).too_open == Sample(1, (str(home),))
    (home / "mine.txt").write_text("mine", encoding="utf-8")
    seen = look(home)
    assert (seen.too_open.count, seen.foreign) == (0, (str(home / "mine.txt"),))


def test_a_call_that_cannot_be_read_is_named_with_the_reason_and_untouched(home: Path) -> None:
    broken = the_call(home, "aa01")
    broken.write_bytes(b"half a ca")
    seen = look(home)
    ((path, why),) = ((fault.path, fault.why) for fault in seen.faults)
    assert path == str(broken)
    assert why
    assert (seen.fault_count, seen.needs_a_person) == (1, True)
    assert seen.index.calls == 1
    assert broken.read_bytes() == b"half a ca"


def test_practice_among_calls_and_a_call_among_practice_are_named(home: Path) -> None:
    day = home / "practice" / "2026" / "11" / "23"
    day.mkdir(parents=True)
    moved = the_call(home, "aa01").rename(day / the_call(home, "aa01").name)
    (day / ".hidden.json").write_text("{", encoding="utf-8")
    assert look(home).faults == (Fault(str(moved), "it is a call, not practice"),)


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("notes.json", "{}", "its name is not a call id"),
        ("CALL.txt", "{}", "its name is not a call id"),
        ("CALL.json", "{half", "it is not complete JSON"),
        ("CALL.json", "[]", "it is not complete JSON"),
        ("20200101T000000-little-zz99.json", "{}", "its call no longer exists"),
    ],
)
def test_assessments_that_belong_to_nothing_are_named(home: Path, name: str, content: str, why: str) -> None:
    (home / "reviews").mkdir(0o700)
    path = home / "reviews" / name.replace("CALL", the_call(home, "aa01").stem)
    path.write_text(content, encoding="utf-8")
    assert look(home).faults == (Fault(str(path), why),)


def test_assessments_of_a_call_that_is_there_are_no_fault(home: Path) -> None:
    (home / "reviews").mkdir(0o700)
    (home / "reviews" / the_call(home, "aa01").name).write_text("{}", encoding="utf-8")
    assert look(home).faults == ()


def test_no_more_than_twenty_are_listed_and_all_are_counted(home: Path) -> None:
    (home / "reviews").mkdir(0o700)
    for number in range(21):
        (home / "reviews" / f"{number}.json").write_text("{}", encoding="utf-8")
    seen = look(home)
    assert (len(seen.faults), seen.fault_count) == (20, 21)
    too_open = (0, 0) if WINDOWS else (20, 21)
    assert (len(seen.too_open.first), seen.too_open.count) == too_open


def test_an_open_call_waits_or_is_open_elsewhere(home: Path, clock: Clock) -> None:
    journal, event = Journal.create(home, lambda: started(LITTLE, clock()))
    assert look(home).open_calls == (JournalState(event.id, "open in another window"),)
    journal.close()
    assert look(home).open_calls == (JournalState(event.id, "waiting"),)
    assert not look(home).needs_a_person


def test_a_journal_that_is_archived_already_and_one_that_cannot_be_read_need_a_person(home: Path) -> None:
    live = home / "live"
    live.mkdir(0o700)
    done = the_call(home, "aa01").stem
    (live / f"{done}.jsonl").write_text(f'{{"schema":1,"id":"{done}"}}\n{{}}\n', encoding="utf-8")
    assert look(home).open_calls == (JournalState(done, "finished"),)
    assert look(home).needs_a_person
    (live / f"{done}.jsonl").rename(live / "20200101T000000-little-zz99.jsonl")
    (unreadable,) = look(home).open_calls
    assert (unreadable.id, unreadable.state) == ("20200101T000000-little-zz99", "unreadable")
    assert unreadable.why
    assert str(live) not in unreadable.why
    assert look(home).needs_a_person


@pytest.mark.parametrize(("age", "told"), [(2 * HOUR, 1), (HOUR + 1, 1), (HOUR, 0), (HOUR - 1, 0), (-HOUR, 0)])
def test_what_a_write_left_behind_is_named_after_an_hour(home: Path, age: float, told: int) -> None:
    left = old(the_call(home, "aa01").with_name(".20261123T120000-little-aa03.json.0a1b2c3d.tmp"), age)
    assert look(home).leftovers == Sample(told, (str(left),) * told)
    assert look(home).fixable == bool(told)


@pytest.mark.skipif(WINDOWS, reason="Windows deletes a lock that is released, so that no look finds one")
def test_the_lock_of_a_call_that_is_over_is_left_behind_and_that_of_an_open_one_is_not(home: Path) -> None:
    journal = home / "live" / "20200101T000000-little-zz99.jsonl"
    lock = old(lock_path(journal), 2 * HOUR)
    assert look(home).leftovers.first == (str(lock),)
    journal.write_text('{"schema":1,"id":"20200101T000000-little-zz99"}\n{}\n', encoding="utf-8")
    assert look(home).leftovers.count == 0


def test_what_a_journal_could_not_read_is_counted_and_stored(home: Path) -> None:
    aside = old(home / "live" / "20200101T000000-little-zz99.unread", 9 * HOUR)
    seen = look(home)
    assert (seen.set_aside, seen.leftovers.count) == (Sample(1, (str(aside),)), 0)


def test_an_index_that_is_missing_or_behind_repairs_itself(home: Path) -> None:
    Archive(home).write(a_call(tail="aa03"))
    the_call(home, "aa01").unlink()
    seen = look(home).index
    assert (seen.state, seen.calls, seen.unknown, seen.gone, seen.edited) == ("behind", 2, 1, 1, 0)
    assert not seen.needs_rebuild
    (home / "index.sqlite3").unlink()
    seen = look(home).index
    assert (seen.state, seen.calls, seen.bytes, seen.unknown, seen.gone) == ("missing", 2, 0, 0, 0)
    assert not seen.needs_rebuild
    assert not (home / "index.sqlite3").exists()


def test_a_call_that_was_edited_in_place_is_noticed(home: Path) -> None:
    path = the_call(home, "aa01")
    os.utime(path.parent, (1e9, 1e9))
    with Index(home, nothing) as index:
        index.rebuild()
    path.write_bytes(path.read_bytes() + b"\n")
    seen = look(home)
    assert (seen.index.state, seen.index.edited, seen.index.unknown, seen.index.calls) == ("behind", 1, 0, 2)
    assert seen.fixable


def test_a_broken_index_and_one_of_another_version_are_distinguished(home: Path) -> None:
    path = home / "index.sqlite3"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA user_version = 999")
    seen = look(home).index
    assert (seen.state, seen.version, seen.needs_rebuild) == ("of another version", 999, False)
    path.write_bytes(b"\x00no index" * 900)
    seen = look(home).index
    assert (seen.state, seen.version, seen.needs_rebuild, seen.calls) == ("broken", None, True, 2)
    assert seen.why


def test_every_day_that_was_looked_at_is_reported(home: Path) -> None:
    seen: list[tuple[int, int]] = []
    examine(home, NOW, lambda done, total: seen.append((done, total)))
    assert seen == [(1, 1)]


def test_a_repair_makes_private_removes_leftovers_and_keeps_every_call(home: Path) -> None:
    calls = {path: path.read_bytes() for path in (home / "sessions").rglob("*.json")}
    the_call(home, "aa01").chmod(0o644)
    the_call(home, "aa01").parent.chmod(0o755)
    left = old(the_call(home, "aa02").with_name(".20261123T120000-little-aa03.json.0a1b2c3d.tmp"), 2 * HOUR)
    (home / "index.sqlite3").write_bytes(b"\x00no index" * 900)
    assert repair(home, NOW, nothing, index=True) == RepairResult(0 if WINDOWS else 2, 1, True, ())
    assert not left.exists()
    assert {path: path.read_bytes() for path in (home / "sessions").rglob("*.json")} == calls
    seen = look(home)
    assert (seen.fixable, seen.index.state, seen.index.calls) == (False, "up to date", 2)
    assert repair(home, NOW, nothing, index=False) == RepairResult(0, 0, False, ())


def test_an_event_is_in_the_journal_that_waits(home: Path, clock: Clock) -> None:
    journal, event = Journal.create(home, lambda: started(LITTLE, clock()))
    journal.append(ev.Noted(at=clock(), text="charged twice"))
    journal.close()
    repair(home, NOW, nothing, index=True)
    assert look(home).open_calls == (JournalState(event.id, "waiting"),)


def test_every_fault_is_named_whatever_is_before_it(home: Path) -> None:
    for name in ("reviews", "practice"):
        (home / name).mkdir(mode=0o700)
        for file in (".a.lock", "b.txt", "c.txt"):
            (home / name / file).touch(0o600)
    reasons = [Path(fault.path).name for fault in look(home).faults]
    assert reasons == ["b.txt", "c.txt", "b.txt", "c.txt"]


def test_open_calls_are_listed_though_others_files_lie_before_them(home: Path, clock: Clock) -> None:
    made = [Journal.create(home, lambda: started(LITTLE, clock())) for _ in range(2)]
    for journal, _ in made:
        journal.close()
    (home / "live" / "00000000T000000-none-aaaa.unread").touch(0o600)
    (home / "live" / "00000000T000000-none-bbbb.jsonl").touch(0o600)
    assert len(look(home).open_calls) == 2


def test_a_folder_in_the_place_of_a_lock_does_not_make_a_call_look_open(home: Path, clock: Clock) -> None:
    journal, _ = Journal.create(home, lambda: started(LITTLE, clock()))
    journal.close()
    lock_path(journal.path).unlink(missing_ok=True)
    lock_path(journal.path).mkdir()
    assert [call.state for call in look(home).open_calls] == ["waiting"]


def test_a_call_that_is_dated_ahead_is_named(home: Path) -> None:
    ahead = Archive(home).write(a_call(at=datetime(2200, 1, 1, tzinfo=UTC)))
    found = examine(home, NOW, nothing, latest=date(2199, 12, 31))
    assert found.ahead == Sample(1, (str(ahead),))
    assert found.needs_a_person
    assert examine(home, NOW, nothing, latest=date(2200, 1, 1)).ahead == Sample()


@needs_modes
def test_a_folder_above_in_which_everybody_may_write_is_named(home: Path) -> None:
    assert [*place_faults(home, {})] == []
    home.parent.chmod(0o777)
    ((path, why),) = place_faults(home, {})
    assert (path, why) == (home.parent, f"every user may rename what is in it; protect it: chmod o-w {home.parent}")
    # With the sticky bit, as in /tmp, nobody can.
    home.parent.chmod(0o1777)
    assert [*place_faults(home, {})] == []


@pytest.mark.needs_root
def test_files_and_a_folder_of_another_user_are_named(home: Path) -> None:
    for tail in ("aa01", "aa02"):
        os.chown(the_call(home, tail), 65_500, -1)
    ((path, why),) = place_faults(home, {})
    assert path == home
    assert why.startswith(f"another user owns 2 files, such as {the_call(home, 'aa01')}, so a change may be refused")
    os.chown(home, 65_500, -1)
    ((path, why),) = place_faults(home, {})
    assert (path, why) == (home, "it belongs to the user 65500, who can read and change all of it")
    assert [*place_faults(home, {"SUDO_UID": "65500"})] == []
