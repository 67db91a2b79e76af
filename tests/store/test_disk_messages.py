"""A disk that reports an error while something is written: which file it was, what was kept, and that it was."""

from __future__ import annotations

import errno
import os
from datetime import UTC, datetime
from typing import TYPE_CHECKING, NoReturn

import pytest

from recoverycli.errors import StoreProblem
from recoverycli.session import events as ev
from recoverycli.session.person import Person, PersonQuery
from recoverycli.session.transcript.model import TranscriptCustomer
from recoverycli.store.calls.amend import Change, amend
from recoverycli.store.calls.archive import Archive
from recoverycli.store.calls.reviews import Assessment, Reviews
from recoverycli.store.drill_answers import DrillAnswer, answers_path, append_answer, read_answers
from recoverycli.store.files import make_folder
from recoverycli.store.journal.reader import read_journal
from recoverycli.store.journal.writer import Journal
from recoverycli.store.maintenance.backup import back_up
from recoverycli.store.maintenance.restore import restore
from recoverycli.store.outbox import (
    OutboxEntry,
    confirm,
    erasures,
    hold_outbox,
    mark,
    note_erasure,
    read_mark,
    waiting_calls,
)
from recoverycli.store.privacy.erase import erase
from recoverycli.store.privacy.scrub import find_unmasked, scrub
from tests.content import LITTLE, started
from tests.platforms import needs_links, needs_to_delete_open_files, not_under_wine
from tests.review.calls import NOW, a_call

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.conftest import Clock

AT = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
BREAKS = "the disk reports an error"
MEND = "Check the disk; choose another folder with --data-dir meanwhile."
CARD = "4111 1111 1111 1111"
CALL = a_call(summary=f"paid with {CARD}", customer=TranscriptCustomer("Quill", None))


def nothing(_done: int, _total: int) -> None:
    pass


@pytest.fixture
def home(tmp_path: Path) -> Path:
    Archive(tmp_path / "data").write(CALL)
    return tmp_path / "data"


@pytest.fixture
def path(home: Path) -> Path:
    return Archive(home).path(CALL.id)


@pytest.fixture
def desk(home: Path) -> Path:
    """The data folder of a desk that belongs to a team."""
    (home / "team").mkdir()
    (home / "team" / "desk.json").write_text("{}", encoding="utf-8")
    return home


@pytest.fixture
def breaks(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """What is called when the disk is to fail at every flush from then on."""

    def fails(_descriptor: int) -> NoReturn:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    return lambda: monkeypatch.setattr(os, "fsync", fails)


def told(doing: Callable[[], object]) -> tuple[str, str, str]:
    with pytest.raises(StoreProblem) as fault:
        doing()
    return fault.value.message, fault.value.kept, fault.value.hint


def files(home: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in home.rglob("*") if path.is_file() and path.suffix != ".lock"}


def test_an_amendment_leaves_the_transcript_as_it_was(path: Path, breaks: Callable[[], None]) -> None:
    before = path.read_bytes()
    breaks()
    change = Change("outcome", None, "callback")
    assert told(lambda: amend(path, AT, lambda _: [change])) == (
        f"{path}: {BREAKS}",
        "The transcript was not changed.",
        MEND,
    )
    assert path.read_bytes() == before


def test_what_is_amended_may_be_gone_or_unreadable(path: Path) -> None:
    path.write_text("{", encoding="utf-8")
    message, kept, hint = told(lambda: amend(path, AT, lambda _: []))
    assert message.startswith(f"{path}: ")
    assert (kept, hint) == ("The transcript was not changed.", "Other calls: recovery log list")
    path.unlink()
    assert told(lambda: amend(path, AT, lambda _: [])) == (
        f"{path.name} no longer exists: another window deleted it",
        "Nothing was written.",
        "Other calls: recovery log list",
    )
    path.mkdir()
    assert told(lambda: amend(path, AT, lambda _: []))[:2] == (
        f"{path}: Is a directory", "The transcript was not changed.",
    )  # fmt: skip


def test_an_assessment_that_cannot_be_stored(home: Path, breaks: Callable[[], None]) -> None:
    reviews = Reviews(home)
    make_folder(reviews.folder, home)
    breaks()
    assert told(lambda: reviews.add(CALL.id, Assessment(AT, "self", "default", {}))) == (
        f"{reviews.path(CALL.id)}: {BREAKS}", "The reviews were not changed.", MEND,
    )  # fmt: skip
    assert list(reviews.each()) == []


@needs_links
def test_assessments_whose_folder_is_a_link_are_not_written(home: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (home / "reviews").symlink_to(tmp_path / "elsewhere")
    message, _, _ = told(lambda: Reviews(home).add(CALL.id, Assessment(AT, "self", "default", {})))
    assert message == f"{home / 'reviews'}: it is a link, and links are not followed"
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_an_answer_of_practice_that_cannot_be_stored(home: Path, breaks: Callable[[], None]) -> None:
    answer = DrillAnswer(AT, "learn", "listen", "step", right=True, digest="0" * 16)
    append_answer(home, answer)
    kept = answers_path(home).read_bytes()
    breaks()
    assert told(lambda: append_answer(home, answer)) == (
        f"{answers_path(home)}: {BREAKS}", "Everything before this answer is stored.", MEND,
    )  # fmt: skip
    assert answers_path(home).read_bytes() == kept


def test_answers_that_cannot_be_read(home: Path) -> None:
    answers_path(home).mkdir(parents=True)
    assert told(lambda: read_answers(home))[0] == f"{answers_path(home)}: Is a directory"


def test_a_backup_that_could_not_be_written_leaves_the_one_before(
    home: Path, tmp_path: Path, breaks: Callable[[], None]
) -> None:
    target = tmp_path / "b.tar.gz"
    target.write_text("the one before", encoding="utf-8")
    breaks()
    assert told(lambda: back_up(home, target, nothing)) == (
        f"{target}: {BREAKS}", "No backup was written; an existing file was not changed.", MEND,
    )  # fmt: skip
    assert target.read_text(encoding="utf-8") == "the one before"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["b.tar.gz", "data"]


def test_a_restore_says_what_is_there_already(home: Path, tmp_path: Path, breaks: Callable[[], None]) -> None:
    back_up(home, tmp_path / "b.tar.gz", nothing)
    other = tmp_path / "other"
    target = Archive(other).path(CALL.id)
    make_folder(target.parent, other)
    breaks()
    assert told(lambda: restore(tmp_path / "b.tar.gz", other, NOW, nothing)) == (
        f"{target}: {BREAKS}", "Files restored before this are complete.", MEND,
    )  # fmt: skip
    assert files(other) == {}


def test_masking_says_what_is_masked_already(home: Path, path: Path, breaks: Callable[[], None]) -> None:
    found = list(find_unmasked(home, nothing))
    before = path.read_bytes()
    breaks()
    assert told(lambda: scrub(home, found, nothing)) == (
        f"{path}: {BREAKS}", "What was masked before is masked; the rest was not changed.", MEND,
    )  # fmt: skip
    assert path.read_bytes() == before


def test_masking_and_erasing_stop_where_the_index_cannot_be_deleted(home: Path, path: Path) -> None:
    before = path.read_bytes()
    (home / "index.sqlite3").mkdir()
    assert told(lambda: scrub(home, list(find_unmasked(home, nothing)), nothing))[:2] == (
        f"{home / 'index.sqlite3'}: Is a directory", "What was masked before is masked; the rest was not changed.",
    )  # fmt: skip
    assert told(lambda: erase(home, Person(PersonQuery("Quill"), None), AT, nothing))[:2] == (
        f"{home / 'index.sqlite3'}: Is a directory",
        "What was erased before is deleted; the rest was not changed. Run the same command again to continue.",
    )  # fmt: skip
    assert path.read_bytes() == before


def test_a_call_that_could_not_begin_leaves_nothing(tmp_path: Path, clock: Clock, breaks: Callable[[], None]) -> None:
    make_folder(tmp_path / "live", tmp_path)
    breaks()
    assert told(lambda: Journal.create(tmp_path, lambda: started(LITTLE, clock()))) == (
        f"{tmp_path / 'live'}: {BREAKS}", "The call was not started.", MEND,
    )  # fmt: skip
    assert list((tmp_path / "live").iterdir()) == []


def test_a_line_that_cannot_be_stored_is_not_in_the_call(
    tmp_path: Path, clock: Clock, breaks: Callable[[], None]
) -> None:
    journal, _ = Journal.create(tmp_path, lambda: started(LITTLE, clock()))
    before = journal.path.read_bytes()
    breaks()
    note = ev.Noted(at=clock(), text="a note")
    assert told(lambda: journal.append(note)) == (
        f"{journal.path}: {BREAKS}", "Everything before this line is stored.", MEND,
    )  # fmt: skip
    assert journal.path.read_bytes() == before
    journal.close()


@needs_to_delete_open_files
def test_a_line_that_cannot_be_stored_where_the_journal_is_gone_as_well(
    tmp_path: Path, clock: Clock, breaks: Callable[[], None]
) -> None:
    journal, _ = Journal.create(tmp_path, lambda: started(LITTLE, clock()))
    breaks()
    journal.path.unlink()
    note = ev.Noted(at=clock(), text="a note")
    assert told(lambda: journal.append(note)) == (
        f"the journal was deleted during the call and cannot be restored: {journal.path}: {BREAKS}",
        "What was confirmed remains available while this window is open.",
        MEND,
    )
    assert not journal.path.exists()
    journal.close()


@needs_to_delete_open_files
def test_a_journal_in_whose_place_something_else_is_continues_beside_it(tmp_path: Path, clock: Clock) -> None:
    journal, begun = Journal.create(tmp_path, lambda: started(LITTLE, clock()))
    for taken in (f"{begun.id}.jsonl", f"{begun.id}.2.jsonl"):
        (tmp_path / "live" / taken).unlink(missing_ok=True)
        (tmp_path / "live" / taken).write_text("of somebody else", encoding="utf-8")
    journal.append(ev.Noted(at=clock(), text="a note"))
    assert journal.path == tmp_path / "live" / f"{begun.id}.3.jsonl"
    journal.close()
    assert [type(event).__name__ for event in read_journal(journal.path).events] == ["Started", "Noted"]
    assert (tmp_path / "live" / f"{begun.id}.2.jsonl").read_text(encoding="utf-8") == "of somebody else"


def test_a_call_cannot_be_gone_on_with_where_its_lock_cannot_be_made(tmp_path: Path, clock: Clock) -> None:
    journal, begun = Journal.create(tmp_path, lambda: started(LITTLE, clock()))
    journal.close()
    lock = journal.path.with_name(f"{begun.id}.lock")
    lock.unlink(missing_ok=True)
    lock.mkdir()
    message, kept, _ = told(lambda: Journal.reopen(journal.path, lambda _read: None))
    assert message == f"{lock}: Is a directory"
    assert kept == "Everything of the call so far is stored."


def test_a_mark_that_cannot_be_stored_changes_nothing(desk: Path, path: Path, breaks: Callable[[], None]) -> None:
    outbox = desk / "team" / "outbox"
    with hold_outbox(desk):
        mark(desk, CALL.id, "added")
    before = path.read_bytes()
    breaks()
    waits = outbox / f"{CALL.id}.json"
    kept = waits.read_bytes()
    refused = (f"{waits}: {BREAKS}", "Nothing was changed.", MEND)
    assert told(lambda: amend(path, AT, lambda _: [Change("outcome", None, "callback")])) == refused
    assert (path.read_bytes(), waits.read_bytes()) == (before, kept)


def test_marks_that_cannot_be_read_or_taken_out_are_named(desk: Path) -> None:
    outbox = desk / "team" / "outbox"
    waits = outbox / f"{CALL.id}.json"
    waits.mkdir(parents=True)
    assert waiting_calls(desk) == [CALL.id]
    message, kept, _ = told(lambda: read_mark(desk, CALL.id))
    assert message.startswith(f"{waits}: ")
    assert kept == "Nothing was changed."
    waits.rmdir()
    with hold_outbox(desk):
        mark(desk, CALL.id, "amended")
        found = read_mark(desk, CALL.id)
    assert isinstance(found, OutboxEntry)
    assert len(bytes.fromhex(found.turn)) == 8
    assert confirm(desk, found)
    assert waiting_calls(desk) == []


def test_an_erasure_that_no_longer_says_of_whom_still_waits(desk: Path) -> None:
    note_erasure(desk, Person(PersonQuery("Quill"), None), AT)
    (waits,) = (desk / "team" / "outbox").glob("erasure-*.json")
    (found,) = erasures(desk)
    assert found.at == AT
    waits.write_text("{", encoding="utf-8")
    assert told(lambda: erasures(desk)) == (
        f"{waits}: it no longer contains who was erased",
        "What waits to be sent is stored.",
        "Erase that customer again, then delete this file.",
    )
    waits.unlink()
    waits.mkdir()
    assert told(lambda: erasures(desk))[0].startswith(f"{waits}: ")
    assert told(lambda: confirm(desk, found))[:2] == (
        f"{waits}: Is a directory", "It was sent, and will be sent again.",
    )  # fmt: skip


@not_under_wine
def test_an_outbox_that_is_no_folder_is_named(desk: Path) -> None:
    (desk / "team" / "outbox").write_text("", encoding="utf-8")
    message, _, hint = told(lambda: waiting_calls(desk))
    assert message == f"{desk / 'team' / 'outbox'}: a file is where a folder should be"
    assert hint == "Move that file away, or choose a folder with --data-dir."
