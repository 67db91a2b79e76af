"""The index: a cache that answers for the files, whatever was done to them or to it."""

from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
import subprocess
import sys
import threading
from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from recoverycli.errors import NotFound, StoreProblem
from recoverycli.session.filters import Filters
from recoverycli.session.query import read_search
from recoverycli.session.transcript.model import (
    TranscriptAmendment,
    TranscriptCard,
    TranscriptCustomer,
    TranscriptMood,
    TranscriptNote,
    TranscriptOffer,
    encode,
)  # fmt: skip
from recoverycli.store.call_names import find_id
from recoverycli.store.calls.archive import Archive
from recoverycli.store.calls.transcript_file import read_call
from recoverycli.store.index.index import Index
from recoverycli.store.index.rows import count, page
from recoverycli.store.index.search import search
from tests.matching import matches
from tests.platforms import KILLED, needs_limits
from tests.review.calls import a_call, promise

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from recoverycli.session.transcript.model import Call

BERLIN = timezone(timedelta(hours=1))
NOW = datetime(2026, 11, 24, 12, 0, tzinfo=BERLIN)


def a_note(call: Call, text: str) -> Call:
    first, *others = call.steps
    return msgspec.structs.replace(
        call, steps=(msgspec.structs.replace(first, notes=(TranscriptNote(call.started_at, text),)), *others)
    )


def the_calls() -> list[Call]:
    """Calls of some days: another issue, customer, mood, remedy and ending each."""
    days = [NOW - timedelta(days=days, minutes=days) for days in (0, 1, 1, 5, 40, 400)]
    return [
        a_call(tail="aa00", at=days[0], issue="billing", customer=TranscriptCustomer("Ana Müller", "C-1")),
        a_call(
            promise(1, "a call", NOW - timedelta(hours=1)), tail="aa01", at=days[1], outcome="resolved",
            ours=True, repeated=False, severity="minor", cards=(TranscriptCard("threat", NOW, NOW),),
        ),
        a_call(
            tail="aa02", at=days[2] + timedelta(microseconds=5), channel="phone", agent="A. Agent", state="abandoned",
            issue="Late-parcel!", ours=False, repeated=True, cards=(TranscriptCard("threat", NOW),),
        ),
        a_call(tail="aa03", at=days[3], moods=(TranscriptMood(days[3], "angry"), TranscriptMood(days[3], "calm"))),
        a_call(tail="aa04", at=days[4], offers=(TranscriptOffer(days[4], "Refund", 20.0, "EUR"),), outcome="escalated"),
        a_call(tail="aa05", at=days[5], amendments=(
            TranscriptAmendment(NOW, "outcome", None, "callback"), TranscriptAmendment(NOW, "severity", None, "minor"),
            TranscriptAmendment(NOW, "ours", None, new=True), TranscriptAmendment(NOW, "issue", None, "late  Parcel"),
            TranscriptAmendment(NOW, "customer.name", None, "ana-muller"),
        )),
    ]  # fmt: skip


@pytest.fixture
def home(tmp_path: Path) -> Path:
    archive = Archive(tmp_path / "data")
    for call in the_calls():
        archive.write(call)
    return archive.home


def ids(home: Path, wanted: Filters | None = None) -> list[str]:
    with Index(home) as index:
        return [row.id[-4:] for row in index.ask(lambda connection: page(connection, wanted or Filters(), NOW)).rows]


def hashes(home: Path) -> dict[str, str]:
    return {str(path): hashlib.sha256(path.read_bytes()).hexdigest() for path in (home / "sessions").rglob("*.json")}


ALL = ["aa00", "aa02", "aa01", "aa03", "aa04", "aa05"]


def test_calls_of_the_same_second_are_distinguished_by_microseconds(home: Path) -> None:
    assert ids(home) == ALL


def _deleted(path: Path) -> None:
    path.unlink()


def _cut(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


def _zeros(path: Path) -> None:
    path.write_bytes(b"\0" * path.stat().st_size)


def _zeros_within(path: Path) -> None:
    data = path.read_bytes()
    path.write_bytes(data[:4096] + b"\0" * (len(data) - 4096))


def _empty(path: Path) -> None:
    path.write_bytes(b"")


def _a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()
    (path / "in the way").touch()


def _another_schema(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA user_version = 999")


def _no_tables(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("DROP TABLE call")


HARM = [_deleted, _cut, _zeros, _zeros_within, _empty, _a_folder, _another_schema, _no_tables]


@pytest.mark.parametrize("harm", HARM)
def test_the_list_is_right_whatever_was_done_to_the_index(home: Path, harm: Callable[[Path], None]) -> None:
    before = hashes(home)
    assert ids(home) == ALL
    harm(home / "index.sqlite3")
    assert ids(home) == ALL
    assert ids(home) == ALL
    assert hashes(home) == before


@pytest.mark.parametrize("kind", ["IMMEDIATE", "EXCLUSIVE"])
def test_a_lock_that_another_holds_is_done_without_and_said(home: Path, kind: str) -> None:
    assert ids(home) == ALL
    holder = sqlite3.connect(home / "index.sqlite3", isolation_level=None)
    holder.execute(f"BEGIN {kind}")
    new = a_call(tail="zz99", at=NOW + timedelta(minutes=1))
    Archive(home).write(new)
    with Index(home) as index:
        rows = index.ask(lambda connection: page(connection, Filters(), NOW)).rows
        assert [row.id[-4:] for row in rows] == ["zz99", *ALL]
        assert "slower" in index.notice
        assert "\n" not in index.notice
    holder.close()
    assert ids(home) == ["zz99", *ALL]
    with Index(home) as index:
        index.ask(lambda connection: count(connection, Filters()))
        assert index.notice == ""


def test_a_process_that_was_killed_while_it_wrote_leaves_nothing_in_the_way(home: Path) -> None:
    assert ids(home) == ALL
    script = (
        "import os, sqlite3, sys\n"
        "c = sqlite3.connect(sys.argv[1], isolation_level=None)\n"
        "c.execute('PRAGMA cache_size = 1')\n"
        "c.execute('BEGIN EXCLUSIVE')\n"
        "c.execute('UPDATE call SET issue = hex(zeroblob(3000))')\n"
        "os.kill(os.getpid(), 9)\n"
    )
    assert subprocess.run([sys.executable, "-c", script, str(home / "index.sqlite3")], check=False).returncode == KILLED
    (home / ".index.tmp").write_bytes(b"half of an index")
    assert ids(home, Filters(issue="0000")) == []
    assert ids(home) == ALL
    (home / "index.sqlite3").unlink()
    assert ids(home) == ALL
    assert not (home / ".index.tmp").exists()


def test_what_is_done_to_the_files_by_hand_is_noticed(home: Path, tmp_path: Path) -> None:
    assert ids(home) == ALL
    (path,) = (home / "sessions").rglob("*-aa03.json")
    away = tmp_path / "away.json"
    path.rename(away)
    assert ids(home) == [name for name in ALL if name != "aa03"]
    away.rename(path)
    assert ids(home) == ALL
    renamed = path.with_name(path.name.replace("aa03", "bb03"))
    renamed.write_bytes(path.read_bytes().replace(b"-aa03", b"-bb03"))
    path.unlink()
    assert ids(home) == [name.replace("aa03", "bb03") for name in ALL]
    renamed.write_bytes(b"{}")
    with Index(home) as index:
        index.look_again("/".join(renamed.parts[-4:-1]))
        assert [skipped.path for skipped in index.skipped] == [renamed]
    shutil.rmtree(home / "sessions" / "2025")
    assert ids(home) == ["aa00", "aa02", "aa01", "aa04"]


def test_a_file_edited_in_place_is_noticed_when_its_day_is_looked_at(home: Path) -> None:
    assert ids(home, Filters(issue="hotel")) == []
    (path,) = (home / "sessions").rglob("*-aa00.json")
    with path.open("r+b") as file:
        data = file.read().replace(b'"billing"', b'"hotel"')
        file.seek(0)
        file.truncate()
        file.write(data)
    with Index(home) as index:
        index.look_again("/".join(path.parts[-4:-1]))
    assert ids(home, Filters(issue="hotel")) == ["aa00"]


def test_reading_makes_nothing_where_there_is_nothing(tmp_path: Path) -> None:
    assert ids(tmp_path / "nowhere") == []
    assert not (tmp_path / "nowhere").exists()


@needs_limits
def test_a_disk_without_room_leaves_the_old_index_and_no_half_file(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert ids(home) == ALL
    index_file = home / "index.sqlite3"
    with sqlite3.connect(index_file) as connection:
        connection.execute("PRAGMA user_version = 999")
    old = index_file.read_bytes()
    script = (
        "import resource, sys, pathlib\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (8192, 8192))\n"
        "import signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "from recoverycli.store.index.index import Index\n"
        "with Index(pathlib.Path(sys.argv[1])) as index:\n"
        "    print(index.ask(lambda c: c.execute('SELECT count(*) FROM call').fetchone()[0]), index.notice)\n"
    )
    done = subprocess.run([sys.executable, "-c", script, str(home)], capture_output=True, check=False, encoding="utf-8")
    assert done.stdout.startswith("6 the index of past calls cannot be written"), done.stderr
    assert index_file.read_bytes() == old
    assert not (home / ".index.tmp").exists()
    assert ids(home) == ALL


def test_two_at_once_are_safe(home: Path) -> None:
    answers: list[list[str]] = []
    for _ in range(3):
        (home / "index.sqlite3").unlink(missing_ok=True)
        threads = [threading.Thread(target=lambda: answers.append(ids(home))) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert answers == [ALL] * 12


def test_the_index_that_cannot_be_built_says_what_is_stored(home: Path) -> None:
    (home / "index.sqlite3").mkdir()
    with Index(home) as index, pytest.raises(StoreProblem, match="cannot be written"):
        index.rebuild()


# Most filters are left out, so that some calls match.
WORDS = st.sampled_from(
    ["billing", " BILL", "ana", "müller", "c-1", "A. agent", "x", "", "|", "%", "learn", "LITTLE", "late parcel"]
)
WORDS_OR_NONE = st.none() | st.none() | WORDS


@given(
    since=st.none() | st.sampled_from([NOW - timedelta(days=days) for days in (0, 1, 6, 500)]),
    framework=WORDS_OR_NONE, issue=WORDS_OR_NONE, agent=WORDS_OR_NONE, customer=WORDS_OR_NONE,
    outcome=st.sampled_from([None, "open", "resolved", "callback", "escalated"]),
    channel=st.sampled_from([None, "phone", "chat"]), mood=st.sampled_from([None, "angry", "calm"]),
    remedy=st.sampled_from([None, "refund", " REFUND ", "voucher"]), overdue=st.booleans(),
    card=st.sampled_from([None, "Threat", "bereaved"]), severity=st.sampled_from([None, "minor", "severe"]),
    ours=st.sampled_from([None, True, False]), repeated=st.sampled_from([None, True, False]), abandoned=st.booleans(),
)  # fmt: skip
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], max_examples=150)
def test_the_index_means_the_same_calls_by_a_filter_as_the_filter_does(
    home: Path, since: datetime | None, overdue: bool, **words: Any
) -> None:
    wanted = Filters(since=since, overdue_at=NOW if overdue else None, **words)
    meant = {call.id[-4:] for call in the_calls() if matches(wanted, call)}
    assert set(ids(home, wanted)) == meant


def test_pages_follow_each_other_without_gap_or_double(home: Path) -> None:
    with Index(home) as index:
        found, after = [], None
        while True:
            one = index.ask(lambda connection: page(connection, Filters(), NOW, after, 2))  # noqa: B023
            found += [row.id[-4:] for row in one.rows]
            after = one.after
            if after is None:
                break
    assert found == ALL


def test_a_call_is_named_by_last_by_place_by_id_and_by_a_part_of_it(home: Path) -> None:
    with Index(home) as index:
        names = {"last": "aa00", "-1": "aa00", "-2": "aa02", "aa03": "aa03", "20251020T": "aa05"}
        assert {wanted: find_id(index, wanted)[-4:] for wanted in names} == names
        assert find_id(index, find_id(index, "aa03"))[-4:] == "aa03"
        for wanted in ("-7", "nothing", "little", "", "../../etc/passwd", "%"):
            with pytest.raises(NotFound):
                find_id(index, wanted)


NOTES = {
    "aa00": "Charged twice for the hotel.",
    "aa01": "They were charged twice. At the café, workers waited.",
    "aa02": "返金を求めています",
    "aa03": "The worker was polite about the refund",
    "aa04": "환불을 요청했습니다 ภาษาไทย",
}


@pytest.fixture
def noted(tmp_path: Path) -> Path:
    archive = Archive(tmp_path / "data")
    for number, (tail, note) in enumerate(NOTES.items()):
        summary = "a refund was paid" if tail == "aa01" else None
        archive.write(a_note(a_call(tail=tail, at=NOW - timedelta(days=number), summary=summary), note))
    return archive.home


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ('"charged twice" -hotel', {"aa01"}),
        ('"twice charged"', set()),
        ("CHARGED", {"aa00", "aa01"}),
        ("cafe", {"aa01"}),
        ("café", {"aa01"}),
        ("返金", {"aa02"}),
        ("金", {"aa02"}),
        ("환불", {"aa04"}),
        ("ภาษา", {"aa04"}),
        ("work*", {"aa01", "aa03"}),
        ("worker", {"aa03"}),
        ("note:refund", {"aa03"}),
        ("summary:refund", {"aa01"}),
        ("refund", {"aa01", "aa03"}),
        ("hotel OR polite", {"aa00", "aa03"}),
        ("NOT charged", {"aa02", "aa03", "aa04"}),
        ("-charged", {"aa02", "aa03", "aa04"}),
        ("charged AND (", {"aa00", "aa01"}),
        ("refund:polite", set()),
    ],
)
def test_calls_are_found_by_their_words(noted: Path, typed: str, found: set[str]) -> None:
    with Index(noted) as index:
        hits = index.ask(lambda connection: search(connection, read_search(typed), Filters(), NOW))
    assert {hit.row.id[-4:] for hit in hits.hits} == found
    assert hits.total == len(found)


def test_all_hits_can_be_requested(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    day = NOW - timedelta(days=2)
    for number in range(1_200):
        at = day + timedelta(seconds=number)
        archive.write_bytes((call := a_note(a_call(tail=f"{number:04d}", at=at), "the same word")).id, encode(call))
    with Index(tmp_path) as index:
        for limit, expected in ((None, 1_200), (1_100, 1_100), (20, 20)):
            wanted = Filters(limit=limit)
            hits = index.ask(lambda connection: search(connection, read_search("same"), wanted, NOW))  # noqa: B023
            assert (len(hits.hits), hits.total) == (expected, 1_200)


@given(typed=st.text(max_size=40) | st.text(alphabet="ab\" *-:()ANDORT^{}+'\\%_返é½", max_size=30))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], max_examples=300)
def test_nothing_that_is_typed_is_a_syntax_error(noted: Path, typed: str) -> None:
    with Index(noted) as index:
        hits = index.ask(lambda connection: search(connection, read_search(typed), Filters(limit=2), NOW))
        assert index.notice == ""
    assert len(hits.hits) <= 2


def test_every_word_of_every_call_is_found_by_itself(noted: Path) -> None:
    with Index(noted) as index:
        for path in (noted / "sessions").rglob("*.json"):
            call = read_call(str(path.parent), path.name)
            for word in NOTES[path.stem[-4:]].split():
                hits = index.ask(lambda connection: search(connection, read_search(word), Filters(), NOW))  # noqa: B023
                assert path.stem in {hit.row.id for hit in hits.hits}, (word, call)
