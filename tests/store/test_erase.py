"""The right to be forgotten: afterwards the name is in no byte, and what was said of others is still there."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import unicodedata
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from recoverycli.errors import CallBusy, StoreProblem
from recoverycli.session import events as ev
from recoverycli.session.filters import Filters
from recoverycli.session.person import ERASED, Person, PersonQuery
from recoverycli.session.transcript.model import Call, TranscriptAmendment, TranscriptCustomer, TranscriptNote, decode
from recoverycli.store.calls.archive import Archive
from recoverycli.store.calls.reviews import Assessment, Reviews
from recoverycli.store.index.index import Index
from recoverycli.store.index.rows import page
from recoverycli.store.journal.reader import read_journal
from recoverycli.store.journal.writer import Journal
from recoverycli.store.privacy.erase import erase
from recoverycli.store.privacy.survey import survey
from recoverycli.store.similar_names import near_names
from recoverycli.system import disk
from tests.content import LITTLE, started
from tests.platforms import needs_links
from tests.review.calls import NOW, a_call, promise

if TYPE_CHECKING:
    from pathlib import Path

NAME, REF = "Zoë Quist-Brandt", "ZQ-7781"
WHO = Person(PersonQuery(NAME), None)


def nothing(_done: int, _total: int) -> None:
    pass


def noted(call: Call, *texts: str) -> Call:
    first, *others = call.steps
    notes = tuple(TranscriptNote(call.started_at, text) for text in texts)
    return msgspec.structs.replace(call, steps=(msgspec.structs.replace(first, notes=notes), *others))


def theirs(tail: str = "aa01", name: str = NAME, **more: Any) -> Call:
    return noted(
        a_call(tail=tail, customer=TranscriptCustomer(name, REF), summary=f"{name} rang", **more), f"for {name}"
    )


def forms(words: str) -> set[bytes]:
    """Every way in which a file may spell it, in small letters."""
    found = set[bytes]()
    for composed in (unicodedata.normalize(form, words) for form in ("NFC", "NFD")):
        found |= {composed.casefold().encode(), json.dumps(composed.casefold())[1:-1].encode()}
        found |= {json.dumps(composed.upper())[1:-1].lower().encode(), composed.encode("utf-16-le").lower()}
    return found


def traces(home: Path, words: str = NAME) -> list[str]:
    """The files of a folder that hold the words, in their bytes or in their names."""
    found = []
    for path in sorted(home.rglob("*")):
        data = path.read_bytes() if path.is_file() else b""
        text = unicodedata.normalize("NFC", data.decode("utf-8", "ignore")).casefold()
        whole = (
            data.lower() + b"\n" + text.encode() + b"\n" + unicodedata.normalize("NFC", path.name).casefold().encode()
        )
        if any(form in whole for form in forms(words)):
            found.append(path.name)
    return found


def journal(home: Path, name: str, *notes: str) -> Journal:
    begun = started(LITTLE, NOW - timedelta(minutes=5))
    made, event = Journal.create(
        home, lambda: msgspec.structs.replace(begun, id=f"{begun.id[:-4]}{os.urandom(2).hex()}")
    )
    made.append(ev.CustomerNamed(at=event.at, name=name))
    for note in notes:
        made.append(ev.Noted(at=event.at, text=note))
    return made


@pytest.fixture
def home(tmp_path: Path) -> Path:
    archive = Archive(tmp_path / "data")
    archive.write(theirs())
    archive.write(theirs("aa02", unicodedata.normalize("NFD", NAME.upper())))
    archive.write(theirs("aa03", "zoe  quist brandt"))
    archive.write(noted(a_call(promise(1, "a call"), tail="bb01", customer=TranscriptCustomer("Other", "O-1")),
                        f"spoke to {NAME}'s neighbour", "nothing of that"))  # fmt: skip
    archive.write(noted(a_call(tail="bb02", customer=TranscriptCustomer("Other")), "of nobody"))
    return archive.home


def by_tail(home: Path, tail: str) -> Path:
    (path,) = (home / "sessions").rglob(f"*-{tail}.json")
    return path


def test_the_name_is_in_no_byte_and_no_file_name(home: Path) -> None:
    with Index(home) as index:
        assert index.ask(lambda connection: len(page(connection, Filters(), NOW).rows)) == 5
    practised = msgspec.structs.replace(theirs("cc01"), kind="practice")
    Archive(home / "elsewhere").write(practised)
    (home / "elsewhere" / "sessions").rename(home / "practice")
    (home / "elsewhere").rmdir()
    reviews = Reviews(home)
    reviews.add(by_tail(home, "aa01").stem, Assessment(NOW, "self", "default", {}, note=f"{NAME} was kind"))
    reviews.add(by_tail(home, "bb01").stem, Assessment(NOW, "reviewer", "default", {"a": "yes"}, note=f"like {NAME}"))
    own = journal(home, NAME, "hello")
    own.close()
    own.path.with_suffix(".unread").write_text(f"torn {NAME}", encoding="utf-8")
    journal(home, "Other", f"{NAME} is waiting").close()
    (journal_file,) = (path for path in (home / "live").glob("*.jsonl") if b"is waiting" in path.read_bytes())
    journal_file.with_suffix(".unread").write_text(
        f'{{"event": "noted", "text": "{NAME.upper()}\n\\u005aoë Quist-Brandt', encoding="utf-8"
    )
    day = by_tail(home, "bb02").parent
    (day / f".{by_tail(home, 'bb02').name}.0a1b2c3d.tmp").write_text(f"half a call of {NAME}", encoding="utf-8")
    (day / "20261123T100000-little-zz99.json").write_bytes(
        json.dumps({"x": NAME}).encode()[:-1] + b"\xff\xfe " + json.dumps(unicodedata.normalize("NFD", NAME)).encode()
    )
    (day / f"{NAME}.json").write_text("its name is not a call id", encoding="utf-8")
    assert len(traces(home)) >= 10, "the test itself finds it"

    erased = erase(home, WHO, NOW, nothing)

    assert traces(home) == []
    assert (erased.calls, erased.practice, erased.open_calls) == (3, 1, 1)
    with Index(home) as index:
        rows = index.ask(lambda connection: page(connection, Filters(), NOW)).rows
        assert sorted(row.id[-4:] for row in rows) == ["bb01", "bb02"]
    assert traces(home) == []
    review = reviews.read(by_tail(home, "bb01").stem)
    assert [(one.answers, one.note) for one in review.assessments] == [({"a": "yes"}, f"like {ERASED}")]


def test_no_word_of_the_name_is_left_in_the_pages_of_the_index(home: Path) -> None:
    with Index(home) as index:
        index.ask(lambda _: None)
    assert b"quist" in (home / "index.sqlite3").read_bytes().lower()
    erase(home, WHO, NOW, nothing)
    assert b"quist" not in (home / "index.sqlite3").read_bytes().lower()


def test_a_call_that_mentions_the_name_stays_a_call_with_all_else(home: Path) -> None:
    path = by_tail(home, "bb01")
    before = json.loads(path.read_bytes())
    erase(home, WHO, NOW, nothing)
    call = decode(path.read_bytes()).call
    assert [note.text for note in call.steps[0].notes] == [f"spoke to {ERASED}'s neighbour", "nothing of that"]
    assert call.amendments == (TranscriptAmendment(NOW, "erased", None, 1),)
    after = json.loads(path.read_bytes())
    after.pop("amendments")
    before.pop("amendments")
    after["steps"][0]["notes"] = before["steps"][0]["notes"]
    assert after == before


def test_other_calls_are_as_they_were_byte_by_byte(home: Path) -> None:
    path = by_tail(home, "bb02")
    before = hashlib.sha256(path.read_bytes()).hexdigest()
    erase(home, WHO, NOW, nothing)
    assert hashlib.sha256(path.read_bytes()).hexdigest() == before


def test_only_calls_leaves_mentions(home: Path) -> None:
    before = by_tail(home, "bb01").read_bytes()
    erase(home, WHO, NOW, nothing, mentions=False)
    assert by_tail(home, "bb01").read_bytes() == before
    assert not [*(home / "sessions").rglob("*-aa0*.json")]


def test_looking_changes_nothing(home: Path) -> None:
    journal(home, NAME).close()
    with Index(home) as index:
        index.ask(lambda _: None)
    before = {str(path): (path.stat().st_mtime_ns, path.is_file() and path.read_bytes()) for path in home.rglob("*")}
    found = survey(home, WHO, nothing)
    assert (len(found.going), found.places, len(found.mentioning)) == (4, 1, 1)
    assert NAME in found.examples[0].words
    assert {
        str(path): (path.stat().st_mtime_ns, path.is_file() and path.read_bytes()) for path in home.rglob("*")
    } == before


def test_the_reference_alone_finds_the_calls_and_no_longer_one(home: Path) -> None:
    Archive(home).write(
        noted(a_call(tail="bb03", customer=TranscriptCustomer("Third", f"{REF}-2")), f"see {REF}-2, {REF}")
    )
    erase(home, Person(None, PersonQuery(REF.lower(), exact=True)), NOW, nothing)
    call = decode(by_tail(home, "bb03").read_bytes()).call
    assert call.customer.ref == f"{REF}-2"
    assert call.steps[0].notes[0].text == f"see {REF}-2, {ERASED}"
    assert sorted(path.stem[-4:] for path in (home / "sessions").rglob("2*.json")) == ["bb01", "bb02", "bb03"]


def test_a_longer_name_of_somebody_else_stays_theirs(tmp_path: Path) -> None:
    archive = Archive(tmp_path / "data")
    lopez = TranscriptCustomer("Ana Lopez")
    archive.write(noted(a_call(tail="aa01", customer=lopez), "Ana Lopez rang, and Ana too", "Analog"))
    archive.write(a_call(tail="aa02", customer=TranscriptCustomer("ana")))
    erase(archive.home, Person(PersonQuery("Ana"), None), NOW, nothing)
    (left,) = (tmp_path / "data" / "sessions").rglob("2*.json")
    call = decode(left.read_bytes()).call
    assert call.customer == lopez
    assert [note.text for note in call.steps[0].notes] == [f"Ana Lopez rang, and {ERASED} too", "Analog"]


def test_a_name_that_is_a_word_of_the_tool_breaks_no_call(tmp_path: Path) -> None:
    archive = Archive(tmp_path / "data")
    made = noted(
        a_call(promise(1, "a call", NOW), tail="bb01", outcome="resolved", channel="phone"), "phone Little back"
    )
    path = archive.write(made)
    for name in ("Little", "Resolved", "Phone", "done", "p1", "listen", "2026", "finished"):
        erase(archive.home, Person(PersonQuery(name), None), NOW, nothing)
    call = decode(path.read_bytes()).call
    assert (call.id, call.framework, call.outcome, call.channel) == (made.id, made.framework, "resolved", "phone")
    assert [one.id for one in call.promises] == ["p1"]
    assert call.promises[0].due == NOW
    assert call.steps[0].notes[0].text == f"{ERASED} {ERASED} back"


def test_a_call_in_another_window_is_named_and_nothing_is_done(home: Path) -> None:
    open_one = journal(home, NAME, "hello")
    before = {str(path): path.read_bytes() for path in home.rglob("*") if path.is_file()}
    with pytest.raises(CallBusy, match=open_one.path.stem) as refused:
        erase(home, WHO, NOW, nothing)
    assert NAME not in str(refused.value)
    assert {str(path): path.read_bytes() for path in home.rglob("*") if path.is_file()} == before
    open_one.close()
    erase(home, WHO, NOW, nothing)
    assert traces(home) == []


def test_a_journal_that_mentions_the_name_can_be_gone_on_with(home: Path) -> None:
    made = journal(home, "Other", f"{NAME} waits", "more")
    made.close()
    before = read_journal(made.path)
    erase(home, WHO, NOW, nothing)
    after = read_journal(made.path)
    assert after.bad == ()
    assert len(after.events) == len(before.events)
    assert [event.text for event in after.events if isinstance(event, ev.Noted)] == [f"{ERASED} waits", "more"]
    assert after.events[0] == before.events[0]


def test_what_the_tool_did_not_make_is_named_and_unchanged(home: Path) -> None:
    (home / "mine.txt").write_text(f"a letter to {NAME}", encoding="utf-8")
    (home / "other.txt").write_text("nobody", encoding="utf-8")
    found = survey(home, WHO, nothing)
    assert [path.name for path in found.beyond] == ["mine.txt"]
    erase(home, WHO, NOW, nothing)
    assert traces(home) == ["mine.txt"]


@needs_links
def test_links_out_of_the_store_are_not_followed(home: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "letter.json").write_text(NAME, encoding="utf-8")
    (home / "sessions" / "2020").symlink_to(outside)
    (by_tail(home, "bb02").parent / "20261123T110000-little-aaaa.json").symlink_to(outside / "letter.json")
    erase(home, WHO, NOW, nothing)
    assert (outside / "letter.json").read_text(encoding="utf-8") == NAME


def test_who_is_asked_for_in_part_is_shown_the_whole_names(home: Path) -> None:
    assert survey(home, Person(PersonQuery("Zoë"), None), nothing).going == ()
    with Index(home) as index:
        assert NAME in index.ask(lambda connection: near_names(connection, "Zoe"))
        assert NAME in index.ask(lambda connection: near_names(connection, "Zoe Kwist-Brandt"))


@given(st.text(max_size=30), st.text(max_size=30), st.sampled_from([NAME, "田中", "O'Neil", "Σίσυφος", "ana"]))
def test_what_is_masked_holds_the_name_no_more_and_stays_as_it_is(before: str, after: str, name: str) -> None:
    person = Person(PersonQuery(name), None)
    masked, count = person.mask(f"{before} {name} {after}")
    assert count >= 1
    assert person.mask(masked) == (masked, 0)


def test_each_call_that_would_go_is_reported_with_its_kind_and_whose_it_is(home: Path) -> None:
    practised = Archive(home).write(msgspec.structs.replace(theirs("cc01"), kind="practice"))
    (home / "practice").mkdir()
    practised.rename(home / "practice" / practised.name)
    journal(home, NAME).close()
    going = survey(home, WHO, nothing).going
    assert sorted((one.kind, one.ref) for one in going if one.customer == NAME) == [
        ("call", REF), ("open call", None), ("practice", REF),
    ]  # fmt: skip


def test_no_more_than_five_examples_are_shown_and_every_mention_is_counted(home: Path) -> None:
    for number in range(6):
        Archive(home).write(noted(a_call(tail=f"dd0{number}"), f"{NAME} and {NAME}", "and nobody"))
    found = survey(home, WHO, nothing)
    assert (len(found.mentioning), found.places, len(found.examples)) == (7, 13, 5)
    erased = erase(home, WHO, NOW, nothing)
    assert (erased.files, erased.places) == (7, 13)


def test_mentions_that_are_left_hide_no_call_that_comes_after_them(home: Path) -> None:
    Archive(home).write(theirs("ee01", at=NOW + timedelta(days=300)))
    assert len(survey(home, WHO, nothing, mentions=False).going) == 4


def test_progress_is_reported_to_the_end(home: Path) -> None:
    told: list[tuple[int, int]] = []
    survey(home, WHO, lambda done, total: told.append((done, total)))
    assert told[-1][0] == told[-1][1] == len(told)


def test_nothing_is_erased_as_long_as_another_program_has_the_index_open(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = Archive(tmp_path).write(a_call(customer=TranscriptCustomer("Quill", None)))
    with Index(tmp_path) as index:
        index.ask(lambda _: None)
    before = path.read_bytes()

    def in_use(_path: Path) -> None:
        fault = PermissionError(errno.EACCES, "The process cannot access the file", str(_path))
        fault.winerror = 32  # type: ignore[attr-defined]
        raise fault

    with monkeypatch.context() as windows:
        windows.setattr(os, "unlink", in_use)
        windows.setattr(disk, "_PATIENCE", 0.0)
        with pytest.raises(StoreProblem, match=r"index\.sqlite3: another program has it open"):
            erase(tmp_path, Person(PersonQuery("Quill"), None), NOW, lambda _done, _total: None)
    assert path.read_bytes() == before
    erase(tmp_path, Person(PersonQuery("Quill"), None), NOW, lambda _done, _total: None)
    assert not path.exists()
