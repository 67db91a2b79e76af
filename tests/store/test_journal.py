"""The journal: what was confirmed stays, whatever happens to the file's end."""

from __future__ import annotations

import shutil
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from recoverycli.errors import CallBusy, StoreProblem
from recoverycli.session import events as ev
from recoverycli.store.journal.reader import CallGone, live_folder, read_journal
from recoverycli.store.journal.writer import Journal
from recoverycli.store.locks import acquire, lock_path
from tests.content import LITTLE, started
from tests.platforms import has_mode, needs_modes, needs_to_delete_open_files

if TYPE_CHECKING:
    from tests.conftest import Clock


@pytest.fixture
def journal(tmp_path: Path, clock: Clock) -> Journal:
    made, _ = Journal.create(tmp_path, lambda: started(LITTLE, clock()))
    return made


def nobody(_read: object) -> int | None:
    return None


def test_nothing_is_on_the_disk_before_the_call_begins(tmp_path: Path) -> None:
    assert list(tmp_path.iterdir()) == []


@needs_modes
def test_folders_and_files_are_private(journal: Journal, tmp_path: Path) -> None:
    assert has_mode(live_folder(tmp_path), 0o700)
    assert has_mode(journal.path, 0o600)


def test_an_event_is_on_the_disk_when_append_returns(journal: Journal, clock: Clock) -> None:
    note = ev.Noted(at=clock(), text="Charged twice")
    journal.append(note)
    assert read_journal(journal.path).events[-1] == note


def test_an_id_that_is_taken_is_not_used_again(tmp_path: Path, clock: Clock) -> None:
    first, event = Journal.create(tmp_path, lambda: started(LITTLE, clock()))
    ids = iter([event, event, started(LITTLE, clock())])
    second, other = Journal.create(tmp_path, lambda: next(ids))
    assert second.path != first.path
    assert other.id != event.id


def test_a_torn_last_line_is_stored_aside_and_the_rest_continues(journal: Journal, clock: Clock) -> None:
    journal.append(ev.Noted(at=clock(), text="kept"))
    journal.close()
    with journal.path.open("ab") as file:
        file.write(b'{"event":"noted","at":"2026-')
    again, read = Journal.reopen(journal.path, nobody)
    assert read.torn == b'{"event":"noted","at":"2026-'
    again.append(ev.Noted(at=clock(), text="and on"))
    again.close()
    notes = [event.text for event in read_journal(journal.path).events if isinstance(event, ev.Noted)]
    assert notes == ["kept", "and on"]
    assert journal.path.with_suffix(".unread").read_bytes() == read.torn + b"\n"


def test_a_line_that_cannot_be_read_is_put_aside_once_however_often_the_call_is_gone_on_with(journal: Journal) -> None:
    journal.close()
    found = []
    for damage in (b"first\nsecond\n", b"", b"first\nthird\nfour", b""):
        with journal.path.open("ab") as file:
            file.write(damage)
        again, _ = Journal.reopen(journal.path, nobody)
        found.append(again.unread)
        again.close()
    assert found == [2, 0, 2, 0]
    assert journal.path.with_suffix(".unread").read_text(encoding="utf-8") == "first\nsecond\nthird\nfour\n"


def test_a_line_of_zeros_in_the_middle_costs_nothing_else(journal: Journal, clock: Clock) -> None:
    journal.append(ev.Noted(at=clock(), text="before"))
    with journal.path.open("ab") as file:
        file.write(b"\0" * 40 + b"\n")
    journal.append(ev.Noted(at=clock(), text="after"))
    read = read_journal(journal.path)
    assert [event.text for event in read.events if isinstance(event, ev.Noted)] == ["before", "after"]
    assert read.bad == (b"\0" * 40,)


@pytest.mark.parametrize(
    "content", [b"", b"\n", b"not a journal\n", b'{"schema": 1, "id": "x"}\n', b"\xff\xfe\n", b"[]\n"]
)
def test_a_foreign_file_is_refused_and_untouched(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "foreign.jsonl"
    path.write_bytes(content)
    with pytest.raises(StoreProblem, match="foreign"):
        Journal.reopen(path, nobody)
    assert path.read_bytes() == content


def test_a_journal_of_a_newer_version_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "newer.jsonl"
    path.write_bytes(b'{"schema": 2, "id": "x"}\n')
    with pytest.raises(StoreProblem, match="newer version") as refused:
        read_journal(path)
    assert refused.value.kept == "The file was not changed."


def test_a_call_that_is_open_elsewhere_is_refused_with_its_process(journal: Journal) -> None:
    with pytest.raises(CallBusy, match="process 4711"):
        Journal.reopen(journal.path, lambda _read: 4711)
    journal.close()
    again, _ = Journal.reopen(journal.path, nobody)
    again.close()


def test_a_call_that_is_gone_on_with_is_not_opened_a_second_time(journal: Journal) -> None:
    journal.close()
    again, _ = Journal.reopen(journal.path, nobody)
    with pytest.raises(CallBusy, match="process unknown") as refused:
        Journal.reopen(journal.path, nobody)
    assert (refused.value.kept, bool(refused.value.hint)) == ("That call was not changed.", True)
    again.close()
    Journal.reopen(journal.path, nobody)[0].close()


def test_a_call_is_held_before_its_journal_is_there(tmp_path: Path, clock: Clock) -> None:
    looking = [True]
    free: list[bool] = []

    def look(event: str, arguments: tuple[Any, ...]) -> None:
        # Told of a file before it is opened; a hook stays for good.
        if looking and event == "open" and str(arguments[0]).endswith(".jsonl"):
            held = acquire(lock_path(Path(arguments[0])))
            free.append(held is not None)
            if held is not None:
                held.release()

    sys.addaudithook(look)
    journal, _ = Journal.create(tmp_path, lambda: started(LITTLE, clock()))
    looking.clear()
    assert free == [False]
    journal.close()


@needs_to_delete_open_files
@pytest.mark.parametrize("whole", [True, False])
def test_a_journal_that_is_put_back_is_held_as_before(journal: Journal, clock: Clock, whole: bool) -> None:
    journal.path.unlink()
    if whole:
        lock_path(journal.path).unlink()
    journal.append(ev.Noted(at=clock(), text="after"))
    with pytest.raises(CallBusy):
        Journal.reopen(journal.path, nobody)
    journal.close()
    Journal.reopen(journal.path, nobody)[0].close()


def test_a_short_look_at_the_lock_does_not_stop_a_resume(journal: Journal) -> None:
    journal.close()
    looking = acquire(lock_path(journal.path))
    assert looking is not None
    threading.Timer(0.01, looking.release).start()
    Journal.reopen(journal.path, nobody)[0].close()


def test_a_finished_call_is_reported_and_leaves_no_lock_behind(journal: Journal) -> None:
    journal.remove()
    with pytest.raises(CallGone) as refused:
        Journal.reopen(journal.path, nobody)
    assert refused.value.message == f"call {journal.path.stem} is no longer open: another window finished or deleted it"
    assert (refused.value.kept, refused.value.hint) == ("Nothing was changed.", "Finished calls: recovery log list")
    assert list(journal.path.parent.iterdir()) == []
    with pytest.raises(CallGone, match=journal.path.stem):
        read_journal(journal.path)


def test_removing_leaves_nothing_behind(journal: Journal) -> None:
    journal.remove()
    assert not journal.path.exists()
    assert not lock_path(journal.path).exists()


@needs_modes
@pytest.mark.not_as_root  # for root the read-only disk is tested as a mount
def test_a_folder_without_permission_is_named(tmp_path: Path, clock: Clock) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(StoreProblem, match="permission denied"):
        Journal.create(tmp_path / "data", lambda: started(LITTLE, clock()))


def test_a_file_in_the_place_of_the_folder_is_named(tmp_path: Path, clock: Clock) -> None:
    (tmp_path / "data").write_text("mine", encoding="utf-8")
    with pytest.raises(StoreProblem, match="a file is where a folder should be") as refused:
        Journal.create(tmp_path / "data", lambda: started(LITTLE, clock()))
    assert refused.value.hint
    assert (tmp_path / "data").read_text(encoding="utf-8") == "mine"


@needs_to_delete_open_files
def test_a_journal_whose_place_was_taken_in_mid_call_is_beside_it_with_the_next_number(
    journal: Journal, clock: Clock
) -> None:
    for number in ("", ".2"):
        journal.path.unlink()
        journal.path.with_name(f"{journal.path.stem.partition('.')[0]}{number}.jsonl").write_text(
            "somebody's", encoding="utf-8"
        )
        journal.append(ev.Noted(at=clock(), text="after it was gone"))
    assert journal.path.name.endswith(".3.jsonl")
    assert [event.text for event in read_journal(journal.path).events if isinstance(event, ev.Noted)] == [
        "after it was gone", "after it was gone",
    ]  # fmt: skip


@needs_to_delete_open_files
def test_a_folder_that_was_deleted_in_mid_call_comes_back_private(journal: Journal, clock: Clock) -> None:
    shutil.rmtree(journal.path.parent)
    journal.append(ev.Noted(at=clock(), text="and on"))
    assert has_mode(journal.path.parent, 0o700)
    assert len(read_journal(journal.path).events) == 2
