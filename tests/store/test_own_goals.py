"""Goals and notes of one's own: private, masked by every means that masks calls, and in every backup."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from recoverycli.session.person import Person, PersonQuery
from recoverycli.store.calls.archive import Archive
from recoverycli.store.maintenance.backup import back_up
from recoverycli.store.maintenance.check import examine
from recoverycli.store.maintenance.restore import restore
from recoverycli.store.own_goals import OwnGoal, append_goal, read_goals
from recoverycli.store.privacy.erase import erase
from recoverycli.store.privacy.scrub import find_unmasked, scrub
from tests.platforms import has_mode

if TYPE_CHECKING:
    from pathlib import Path

NOW = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)


def goal(text: str, minutes: int = 0) -> OwnGoal:
    return OwnGoal(NOW + timedelta(minutes=minutes), date(2026, 11, 23), date(2026, 11, 29), goal=text)


def nothing(_done: int, _total: int) -> None:
    pass


def test_a_goal_comes_back_as_it_was_and_is_private_and_no_role_play(tmp_path: Path) -> None:
    assert read_goals(tmp_path / "data").entries == ()
    assert not (tmp_path / "data").exists(), "reading makes nothing"
    append_goal(tmp_path, goal("Ask first"))
    append_goal(tmp_path, goal("", 1))
    read = read_goals(tmp_path)
    assert read.entries == (goal("Ask first"), goal("", 1))
    assert has_mode(read.path, 0o600)
    assert list(Archive(tmp_path, "practice").each()) == []
    assert examine(tmp_path, 0.0, nothing).faults == ()


def test_a_damaged_line_is_reported_and_stays(tmp_path: Path) -> None:
    append_goal(tmp_path, goal("Ask first"))
    path = read_goals(tmp_path).path
    path.open("ab").write(b'{"at":"2026-11-2')
    append_goal(tmp_path, goal("Then explain"))
    assert [one.goal for one in read_goals(tmp_path).entries] == ["Ask first", "Then explain"]
    (fault,) = examine(tmp_path, 0.0, nothing).faults
    assert fault.path == str(path)
    assert "not a valid goal, ignored: line 2" in fault.why


def test_a_backup_holds_the_goals_and_adds_those_that_are_missing(tmp_path: Path) -> None:
    home, other, archive = tmp_path / "data", tmp_path / "other", tmp_path / "backup.tar.gz"
    append_goal(home, goal("Ask first"))
    append_goal(home, goal("Then explain"))
    back_up(home, archive, nothing)
    append_goal(other, goal("Then explain"))
    append_goal(other, goal("Call back"))
    assert restore(archive, other, NOW, nothing) == (1, 0, (), ())
    assert {one.goal for one in read_goals(other).entries} == {"Ask first", "Then explain", "Call back"}


def test_erasing_a_customer_masks_them_in_goals(tmp_path: Path) -> None:
    append_goal(tmp_path, goal("Stay calm when Ana Lopez calls"))
    erase(tmp_path, Person(PersonQuery("Ana Lopez"), None), NOW, nothing)
    (left,) = read_goals(tmp_path).entries
    assert left.goal is not None
    assert left.goal.startswith("Stay calm when ")
    assert b"Lopez" not in read_goals(tmp_path).path.read_bytes()
    assert left.since == date(2026, 11, 23)


def test_scrub_masks_goals_by_the_rules_of_today(tmp_path: Path) -> None:
    append_goal(tmp_path, goal("Never read 4111 1111 1111 1111 aloud"))
    found = list(find_unmasked(tmp_path, nothing))
    assert [one.path.name for one in found] == ["goals.jsonl"]
    assert scrub(tmp_path, found, nothing) == 1
    assert [one.goal for one in read_goals(tmp_path).entries] == ["Never read **** **** **** 1111 aloud"]
