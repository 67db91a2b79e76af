"""What a team's database does not know yet: every change of a call on a connected desk leaves its mark."""

from __future__ import annotations

import gzip
import subprocess
import sys
import tarfile
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from recoverycli.errors import StoreProblem
from recoverycli.redaction.rules import Rules
from recoverycli.session.person import Person, PersonQuery, person_of
from recoverycli.session.transcript.model import encode
from recoverycli.store.calls.amend import Change, amend
from recoverycli.store.calls.archive import Archive
from recoverycli.store.calls.reviews import Assessment, Reviews
from recoverycli.store.erased_people import digests_of, is_erased
from recoverycli.store.maintenance.backup import back_up
from recoverycli.store.maintenance.restore import restore
from recoverycli.store.outbox import (
    confirm,
    erasures,
    hold_outbox,
    is_connected,
    mark,
    note_change,
    read_mark,
    waiting_calls,
)
from recoverycli.store.privacy.erase import erase
from recoverycli.store.privacy.remove import remove_calls
from recoverycli.store.privacy.scrub import find_unmasked, scrub
from tests.platforms import KILLED
from tests.synthetic import calls

if TYPE_CHECKING:
    from pathlib import Path

    from recoverycli.session.transcript.model import Call

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


def nothing(_done: int, _total: int) -> None:
    pass


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """The data folder of a desk that is connected."""
    folder = tmp_path / "data"
    (folder / "team").mkdir(parents=True)
    (folder / "team" / "desk.json").write_text("{}", encoding="utf-8")
    return folder


@pytest.fixture
def kept(home: Path) -> Call:
    """A call that was finished, and of which the database knows already."""
    call = next(one for one in calls(9) if one.customer.name and one.summary)
    Archive(home).write(call)
    settle(home)
    return call


def settle(home: Path) -> None:
    for call_id in waiting_calls(home):
        found = read_mark(home, call_id)
        assert found is not None
        assert confirm(home, found)


def what(home: Path) -> dict[str, tuple[str, ...]]:
    marks = {call_id: read_mark(home, call_id) for call_id in waiting_calls(home)}
    return {call_id: found.what for call_id, found in marks.items() if found}


def test_a_desk_of_its_own_has_no_outbox(tmp_path: Path) -> None:
    for call in calls(2):
        path = Archive(tmp_path).write(call)
        amend(path, NOW, lambda _: [Change("outcome", None, "resolved")])
        Reviews(tmp_path).add(call.id, Assessment(NOW, "self", "ours", {}))
    list(remove_calls(tmp_path, [call.id]))
    erase(tmp_path, Person(PersonQuery("Nobody"), None), NOW, nothing)
    assert not is_connected(tmp_path)
    assert not (tmp_path / "team").exists()


def test_a_finished_call_waits_oldest_first(home: Path) -> None:
    told = [call.id for call in calls(5)]
    for call in reversed(list(calls(5))):
        Archive(home).write(call)
    assert waiting_calls(home) == sorted(told)
    assert set(what(home).values()) == {("added",)}


def test_practice_is_nobody_elses_business(home: Path) -> None:
    Archive(home, "practice").write(next(calls(1)))
    assert waiting_calls(home) == []


def test_what_was_corrected_waits(home: Path, kept: Call) -> None:
    amend(Archive(home).path(kept.id), NOW, lambda _: [Change("outcome", kept.outcome, "callback")])
    assert what(home) == {kept.id: ("amended",)}


def test_an_amendment_of_nothing_waits_for_nothing(home: Path, kept: Call) -> None:
    amend(Archive(home).path(kept.id), NOW, lambda _: [])
    assert waiting_calls(home) == []


def test_an_assessment_waits(home: Path, kept: Call) -> None:
    Reviews(home).add(kept.id, Assessment(NOW, "self", "ours", {"greeted": "yes"}))
    assert what(home) == {kept.id: ("review",)}


def test_what_happens_to_a_call_that_waits_is_added_to_its_mark(home: Path, kept: Call) -> None:
    Reviews(home).add(kept.id, Assessment(NOW, "self", "ours", {"greeted": "yes"}))
    list(remove_calls(home, [kept.id]))
    assert what(home) == {kept.id: ("review", "deleted")}


def test_a_customer_who_is_erased_is_recorded_by_hashes_alone(home: Path, kept: Call) -> None:
    name, ref = kept.customer.name, kept.customer.ref
    assert name
    assert ref
    other = next(one for one in calls(50, seed=2) if one.customer.name != name)
    path = Archive(home).write(other)
    amend(path, NOW, lambda _: [Change("summary", other.summary, f"Compared it with that of {name}.")])
    settle(home)
    erase(home, Person(PersonQuery(name), PersonQuery(ref, exact=True)), NOW, nothing)
    assert what(home) == {kept.id: ("deleted",), other.id: ("rewritten",)}
    (told,) = erasures(home)
    assert is_erased(told.marks, f"  {name.upper()} ", None)
    assert is_erased(told.marks, None, ref)
    assert not is_erased(told.marks, other.customer.name, other.customer.ref)
    assert not is_erased(told.marks, ref, name)
    for file in (home / "team").rglob("*"):
        if file.is_file():
            assert name.split()[0].encode() not in file.read_bytes()
    assert confirm(home, told)
    assert erasures(home) == []


def test_a_customer_of_whom_this_desk_has_nothing_is_recorded_too(home: Path) -> None:
    erase(home, Person(PersonQuery("Grace Hopper"), None), NOW, nothing)
    (told,) = erasures(home)
    assert is_erased(told.marks, "grace  hopper", None)


def test_an_erasure_by_reference_spares_another_customer_of_the_same_name(home: Path) -> None:
    erase(home, person_of("Grace Hopper", "C-1", ["G. Hopper", "g.hopper@x.com"]), NOW, nothing)
    (told,) = erasures(home)
    customers = [("Grace Hopper", None), ("Grace Hopper", "c-1"), ("Grace Hopper", "C-2"), ("Ada", "C-1"),
                 ("g hopper", "C-2"), ("Ada", "g.hopper@x.com"), ("Grace", None)]  # fmt: skip
    expected = [True, True, False, True, True, True, False]
    assert [is_erased(told.marks, *one) for one in customers] == expected
    # By the hashes that the database is asked about, as well.
    found = {bytes.fromhex(one.rpartition(":")[2]): {True: NOW} for one in told.marks}
    assert [digests_of(*one).erased_at(found) == NOW for one in customers] == expected


@pytest.mark.parametrize("broken", ["", "name", "name:zz:00", "name:00:00", "else:00:11", "name:é:1"])
def test_a_mark_that_is_none_means_nobody(broken: str) -> None:
    assert not is_erased([broken], "Grace Hopper", "C-1")


def test_what_is_scrubbed_waits(home: Path, kept: Call) -> None:
    path = Archive(home).path(kept.id)
    amend(path, NOW, lambda _: [Change("summary", kept.summary, "Write to grace@example.org.")])
    settle(home)
    rules = Rules(frozenset({"email"}))
    scrub(home, list(find_unmasked(home, nothing, rules)), nothing, rules)
    assert what(home) == {kept.id: ("rewritten",)}


def test_what_is_put_back_from_a_backup_waits(home: Path, kept: Call, tmp_path: Path) -> None:
    Reviews(home).add(kept.id, Assessment(NOW, "self", "ours", {"greeted": "yes"}))
    saved = tmp_path / "saved.tar.gz"
    back_up(home, saved, nothing)
    with gzip.open(saved) as packed, tarfile.open(fileobj=packed) as tar:
        assert not [name for name in tar.getnames() if name.startswith("team")]
    list(remove_calls(home, [kept.id]))
    settle(home)
    restore(saved, home, NOW, nothing)
    assert what(home) == {kept.id: ("review", "added")}


def test_a_mark_made_meanwhile_is_not_taken_out(home: Path, kept: Call) -> None:
    amend(Archive(home).path(kept.id), NOW, lambda _: [Change("outcome", kept.outcome, "callback")])
    seen = read_mark(home, kept.id)
    assert seen is not None
    amend(Archive(home).path(kept.id), NOW, lambda _: [Change("outcome", "callback", "resolved")])
    assert not confirm(home, seen)
    assert waiting_calls(home) == [kept.id]


def test_a_mark_of_which_a_power_cut_left_the_name_alone_still_counts(home: Path, kept: Call) -> None:
    with hold_outbox(home):
        mark(home, kept.id, "amended")
    (home / "team" / "outbox" / f"{kept.id}.json").write_bytes(b"\0" * 40)
    seen = read_mark(home, kept.id)
    assert seen is not None
    assert confirm(home, seen)


@pytest.mark.parametrize("changed", [False, True])
def test_who_is_killed_between_mark_and_change_leaves_the_mark(home: Path, kept: Call, changed: bool) -> None:
    path = Archive(home).path(kept.id)
    script = (
        "import os, sys, pathlib\nfrom recoverycli.store.outbox import note_change\npath = pathlib.Path(sys.argv[1])\n"
        "with note_change(path, 'deleted'):\n"
        f"    path.unlink() if {changed} else None\n    os.kill(os.getpid(), 9)\n"
    )
    done = subprocess.run([sys.executable, "-c", script, str(path)], check=False)
    assert done.returncode == KILLED
    assert what(home) == {kept.id: ("deleted",)}
    # And nobody has to wait for the dead.
    with hold_outbox(home):
        assert path.exists() is not changed


def test_what_cannot_be_remembered_is_not_done(home: Path, kept: Call) -> None:
    outbox = home / "team" / "outbox"
    for left in outbox.iterdir():
        left.unlink()
    outbox.rmdir()
    outbox.write_text("in the way", encoding="utf-8")
    with pytest.raises(StoreProblem, match="a file is where a folder should be") as told:
        list(remove_calls(home, [kept.id]))
    assert told.value.kept == "Nothing was changed."
    assert Archive(home).path(kept.id).read_bytes() == encode(kept)


def test_a_file_that_is_no_call_is_no_call_of_the_team(home: Path) -> None:
    for path in (home / "live" / "x.json", home / "sessions" / "notes.json", home / "elsewhere.txt"):
        with note_change(path, "added"):
            pass
    assert waiting_calls(home) == []
