"""Ids, names and links that lead out of the store: nothing is read there, and nothing written."""

from __future__ import annotations

import gzip
import io
import json
import os
import stat
import tarfile
from typing import TYPE_CHECKING

import msgspec
import pytest

from recoverycli.errors import StoreProblem
from recoverycli.session.transcript.model import encode
from recoverycli.store.calls.archive import Archive
from recoverycli.store.maintenance.backup import MANIFEST, back_up, line
from recoverycli.store.maintenance.restore import restore
from tests.hostile.fuzzing import within
from tests.platforms import needs_bytes_in_arguments, needs_fifos, needs_links
from tests.review.calls import NOW
from tests.synthetic import calls

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.commands.recovery import Recovery

ID = "20261123T100000-learn-aaaa"
SECRET = "words-of-another"  # noqa: S105


@pytest.fixture
def outside(tmp_path: Path) -> Path:
    folder = tmp_path / "outside"
    folder.mkdir(mode=0o755)
    return folder


def state(folder: Path) -> dict[str, tuple[int, bytes]]:
    return {
        str(path.relative_to(folder)): (stat.S_IMODE(path.stat().st_mode), path.read_bytes() if path.is_file() else b"")
        for path in sorted(folder.rglob("*"))
    }


@pytest.mark.parametrize(
    "call_id",
    [
        "../../../../outside/x",
        "/etc/passwd",
        "..",
        "",
        "x\x00y",
        "20261123T100000-" + "a" * 5000 + "-aaaa",
        "20261123T100000-a/../../../../outside/x-aaaa",
        "\u0662\u0660\u0662\u0666\u0661\u0661\u0662\u0663T100000-learn-aaaa",
        "20261123T100000-\uff4cearn-aaaa",
        "20261123T100000-LEARN-aaaa",
        f"{ID}\n",
        f"{ID}/..",
    ],
    ids=lambda one: ascii(one)[:30],
)
def test_an_id_from_elsewhere_is_no_path(recovery: Recovery, outside: Path, call_id: str) -> None:
    (call,) = calls(1, seed=3)
    file = recovery.home / "one.json"
    file.write_bytes(encode(msgspec.structs.replace(call, id=call_id)))
    done = recovery("log", "import", str(file))
    assert done.returncode == 1
    assert "its id is not valid" in done.stderr
    assert state(outside) == {}
    assert not recovery.data.exists()


def _tarred(path: Path, entries: list[tuple[tarfile.TarInfo, bytes]]) -> Path:
    sums = b""
    with tarfile.open(path, "w:gz", format=tarfile.PAX_FORMAT) as tar:
        for entry, data in entries:
            entry.size = entry.size or len(data)
            tar.addfile(entry, io.BytesIO(data))
            import hashlib

            sums += line(entry.name, hashlib.sha256(data).hexdigest())
        told = tarfile.TarInfo(MANIFEST)
        told.size = len(sums)
        tar.addfile(told, io.BytesIO(sums))
    return path


def _entry(name: str, **pax: str) -> tarfile.TarInfo:
    entry = tarfile.TarInfo(name)
    entry.pax_headers = pax
    return entry


GOOD = f"sessions/2026/11/23/{ID}.json"


@pytest.mark.parametrize(
    "pax",
    [
        {"path": "../../outside/x"},
        {"path": "/etc/x"},
        {
            "GNU.sparse.major": "0",
            "GNU.sparse.minor": "1",
            "GNU.sparse.size": str(2**50),
            "GNU.sparse.map": f"0,1,{2**50 - 1},1",
        },
        {"GNU.sparse.size": str(2**50), "GNU.sparse.map": "0,2"},
        {"size": str(2**40)},
    ],
    ids=str,
)
def test_an_extended_header_neither_leads_elsewhere_nor_fills_the_disk(tmp_path: Path, pax: dict[str, str]) -> None:
    archive = _tarred(tmp_path / "b.tar.gz", [(_entry(GOOD, **pax), b"{}")])
    before = sorted(tmp_path.rglob("*"))
    with within(10), pytest.raises(StoreProblem):
        restore(archive, tmp_path / "data", NOW, lambda *_: None)
    assert sorted(tmp_path.rglob("*")) == before


def test_a_name_that_appears_twice_in_a_backup_is_written_once(tmp_path: Path) -> None:
    archive = _tarred(tmp_path / "b.tar.gz", [(_entry(GOOD), b'{"first":1}'), (_entry(GOOD), b'{"second":2}')])
    done = restore(archive, tmp_path / "data", NOW, lambda *_: None)
    assert done.differ == (GOOD,)
    assert (tmp_path / "data" / GOOD).read_bytes() == b'{"first":1}'


def test_a_packed_terabyte_is_refused_by_its_header(tmp_path: Path) -> None:
    entry = _entry(GOOD)
    entry.size = 2**40
    with gzip.open(tmp_path / "b.tar.gz", "wb") as file:
        file.write(entry.tobuf(tarfile.PAX_FORMAT) + bytes(4096))
    with within(10), pytest.raises(StoreProblem, match="too large for a call"):
        restore(tmp_path / "b.tar.gz", tmp_path / "data", NOW, lambda *_: None)


def _sessions(data: Path, outside: Path) -> None:
    data.mkdir()
    (data / "sessions").symlink_to(outside)


def _live(data: Path, outside: Path) -> None:
    data.mkdir()
    (data / "live").symlink_to(outside)


def _day(data: Path, outside: Path) -> None:
    (data / "sessions" / "2026").mkdir(parents=True)
    (data / "sessions" / "2026" / "11").symlink_to(outside)


def _reviews(data: Path, outside: Path) -> None:
    data.mkdir()
    (data / "reviews").symlink_to(outside)


@needs_links
@pytest.mark.parametrize("link", [_sessions, _live, _day, _reviews], ids=lambda made: made.__name__)
def test_nothing_is_read_or_written_through_a_linked_folder(
    recovery: Recovery, outside: Path, link: Callable[[Path, Path], None]
) -> None:
    (call,) = calls(1, seed=3)
    call = msgspec.structs.replace(call, id=ID, summary=SECRET)
    for folder in (outside, outside / "23", outside / "2026" / "11" / "23"):
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{ID}.json").write_bytes(encode(call))
        (folder / f"{ID}.jsonl").write_bytes(b'{"schema":1,"id":"' + ID.encode() + b'"}\n')
    link(recovery.data, outside)
    before = state(outside)
    file = recovery.home / "one.json"
    file.write_bytes(encode(call))
    said = []
    for argv in (
        ["log", "import", str(file)],
        ["start", "learn"],
        ["log", "list"],
        ["log", "show", "last"],
        ["log", "show", ID],
        ["log", "export", "--all", "--format", "json", "--output", "-"],
        ["resume"],
        ["log", "review", ID, "--yes"],
        ["log", "amend", ID, "--summary", "x"],
        ["log", "scrub", "--yes"],
        ["log", "erase", "--customer", "x", "--yes"],
        ["log", "prune", "--older-than", "1d", "--yes"],
        ["log", "delete", ID, "--yes"],
        ["log", "reindex"],
        ["doctor", "--fix", "--yes"],
    ):
        done = recovery(*argv, stdin="a note\n/end resolved\n")
        assert "should not have" not in done.stderr, (argv, done.stderr)
        if link is not _reviews and link is not _live:
            assert SECRET not in done.stdout, argv
        said.append(done.stderr + done.stdout)
    assert state(outside) == before
    assert any("link" in one for one in said)


@needs_links
def test_a_linked_transcript_journal_leftover_index_and_lock_are_unchanged(recovery: Recovery, outside: Path) -> None:
    begun = recovery("start", "learn", stdin="a fact\n/pause\n")
    assert begun.returncode == 0
    (journal,) = (recovery.data / "live").glob("*.jsonl")
    for name in ("notes.txt", "index.sqlite3", "lock", "journal.jsonl", "call.json"):
        (outside / name).write_text(SECRET, encoding="utf-8")
        (outside / name).chmod(0o644)
    before = state(outside)
    day = recovery.data / "sessions" / "2026" / "11" / "23"
    day.mkdir(parents=True)
    (day / f"{ID}.json").symlink_to(outside / "call.json")
    (recovery.data / "live" / f"{ID}.jsonl").symlink_to(outside / "journal.jsonl")
    journal.with_suffix(".unread").symlink_to(outside / "notes.txt")
    (recovery.data / "index.sqlite3").unlink(missing_ok=True)
    (recovery.data / "index.sqlite3").symlink_to(outside / "index.sqlite3")
    (recovery.data / "reviews").mkdir()
    (recovery.data / "reviews" / f"{ID}.json").symlink_to(outside / "call.json")
    with journal.open("ab") as file:
        file.write(b'{"event":"noted","at"')
    for argv in (
        ["resume", journal.stem],
        ["resume", ID],
        ["log", "list"],
        ["log", "show", ID],
        ["log", "reviews"],
        ["doctor"],
        ["doctor", "--fix", "--yes"],
    ):
        done = recovery(*argv, stdin="another\n/pause\n")
        assert "should not have" not in done.stderr, (argv, done.stderr)
        assert SECRET not in done.stdout + done.stderr, argv
    assert state(outside) == before
    assert b"a fact" in journal.read_bytes()


@needs_links
def test_a_linked_lock_empties_no_file(recovery: Recovery, outside: Path) -> None:
    recovery("start", "learn", stdin="a fact\n/pause\n")
    (journal,) = (recovery.data / "live").glob("*.jsonl")
    (outside / "mine").write_text(SECRET, encoding="utf-8")
    before = state(outside)
    lock = journal.with_suffix(".lock")
    lock.unlink(missing_ok=True)
    lock.symlink_to(outside / "mine")
    done = recovery("resume", stdin="/pause\n")
    assert "should not have" not in done.stderr, done.stderr
    assert state(outside) == before


@needs_links
def test_a_backup_holds_nothing_from_outside(tmp_path: Path, outside: Path) -> None:
    (outside / f"{ID}.json").write_text(SECRET, encoding="utf-8")
    _sessions(tmp_path / "data", outside)
    saved = back_up(tmp_path / "data", tmp_path / "b.tar.gz", lambda *_: None)
    assert saved.left_out == (tmp_path / "data" / "sessions",)
    assert SECRET.encode() not in gzip.decompress((tmp_path / "b.tar.gz").read_bytes())


def test_a_journal_with_the_id_of_another_call_costs_neither(recovery: Recovery) -> None:
    recovery("start", "learn", stdin="the first\n/end resolved\n")
    first = recovery.last()
    recovery("start", "learn", stdin="the second\n/pause\n")
    (journal,) = (recovery.data / "live").glob("*.jsonl")
    journal.write_bytes(journal.read_bytes().replace(journal.stem.encode(), first["id"].encode()))
    done = recovery("resume", journal.stem, stdin="/end resolved\n")
    assert done.returncode == 1
    assert "it contains the call" in done.stderr
    assert b"the second" in journal.read_bytes()
    assert recovery.last() == first


@pytest.mark.parametrize(
    "wanted", ["../../outside/x", "/etc/passwd", "..", "a/b", "learn\n", "x" * 300], ids=lambda one: ascii(one)[:20]
)
@pytest.mark.parametrize(
    "argv",
    [["frameworks", "show"], ["scenarios", "show"], ["start"], ["practice"], ["log", "show"], ["resume"]],
    ids=" ".join,
)
def test_an_id_on_the_command_line_is_no_path(recovery: Recovery, outside: Path, argv: list[str], wanted: str) -> None:
    (outside / "x.yaml").write_bytes(b"schema: 1\nid: x\nname: " + SECRET.encode() + b"\n")
    done = recovery(*argv, "--frameworks", str(outside.parent / "data"), wanted)
    assert done.returncode in {1, 2}
    assert SECRET not in done.stdout + done.stderr
    assert (
        "there is no" in done.stderr
        or "no open" in done.stderr
        or "no call" in done.stderr
        or "no finished" in done.stderr
    )


def test_a_framework_extends_no_path(recovery: Recovery, outside: Path) -> None:
    (outside / "x.yaml").write_text(f"schema: 1\nid: x\nname: {SECRET}\n", encoding="utf-8")
    folder = recovery.home / "config" / "frameworks"
    folder.mkdir(parents=True)
    (folder / "mine.yaml").write_text("schema: 1\nid: mine\nname: Mine\nextends: ../../outside/x\n", encoding="utf-8")
    done = recovery("frameworks", "validate", str(folder / "mine.yaml"))
    assert done.returncode == 1
    assert "is not a name" in done.stdout + done.stderr
    assert SECRET not in done.stdout + done.stderr


@needs_fifos
@pytest.mark.parametrize(
    "place",
    [
        "data/live/20261123T100000-learn-aaaa.jsonl",
        "data/reviews/20261123T100000-learn-aaaa.json",
        "data/sessions/2026/11/23/20261123T100000-learn-aaaa.json",
        "config/phrases.yaml",
        "config/settings.toml",
        "config/frameworks/zz.yaml",
        "config/scenarios/zz.yaml",
        "config/scorecard.yaml",
        ".recovery/settings.toml",
        ".recovery/frameworks/zz.yaml",
        "one.json",
    ],
)
def test_no_pipe_is_waited_for(recovery: Recovery, place: str) -> None:
    path = recovery.home / place
    path.parent.mkdir(parents=True, exist_ok=True)
    os.mkfifo(path)
    commands = {
        "data": ["doctor", "resume", "log reviews", "log list", "start learn"],
        "config": ["phrases list", "config show", "frameworks list", "scenarios list"],
        ".recovery": ["frameworks list", "config show"],
        "one.json": ["log import one.json"],
    }
    for words in commands[place.partition("/")[0]]:
        with within(30):
            done = recovery(*words.split(), stdin="/end resolved\n", cwd=recovery.home)
        assert "should not have" not in done.stderr, done.stderr


def test_a_line_of_a_hundred_megabytes_is_refused(recovery: Recovery) -> None:
    (call,) = calls(1, seed=3)
    small = msgspec.json.encode(json.loads(encode(call)))
    file = recovery.home / "calls.jsonl"
    with file.open("wb") as out:
        out.write(small + b"\n" + small + b"\n" + b'{"schema":1,"x":"' + b"x" * 100_000_000 + b'"}\n')
    done = recovery("log", "import", str(file))
    assert done.returncode == 1
    assert "line 3 is too large for a call" in done.stderr
    assert done.stdout.startswith("1 imported, 1 already stored, 1 refused.")


@pytest.mark.parametrize(
    "text",
    [
        b'{"schema":1,"x":' + b"[" * 100_000 + b"]" * 100_000 + b"}",
        b'{"schema":1,"seconds":1e999}',
        b'{"schema":' + b"9" * 5000 + b"}",
        b'{"schema":NaN}',
        b'{"schema":1,"id":"\\ud800"}',
        b"[" * 200_000,
        b'{"schema":true}',
        b"\xff\xfe{\x00",
        b'{"schema":-1}',
        b"null",
        b"",
    ],
    ids=lambda one: ascii(one[:24]),
)
def test_json_that_is_too_deep_too_large_or_none_is_refused(recovery: Recovery, text: bytes) -> None:
    file = recovery.home / "one.json"
    file.write_bytes(text)
    done = recovery("log", "import", str(file))
    assert done.returncode == 1
    assert "refused:" in done.stderr
    assert "should not have" not in done.stderr


@pytest.mark.parametrize("megabytes", [1, pytest.param(10, marks=pytest.mark.slow)])
def test_a_pasted_line_of_megabytes_is_stored_whole(recovery: Recovery, megabytes: int) -> None:
    with within(120):
        done = recovery("start", "learn", stdin=b"x" * (megabytes * 1_000_000) + b"\n/end resolved\n")
    assert done.returncode == 0, done.stderr
    notes = [note["text"] for step in recovery.last()["steps"] for note in step["notes"]]
    assert sum(map(len, notes)) == megabytes * 1_000_000


BOMB = b"a: &a [x, x, x, x, x, x, x, x, x]\n" + b"".join(
    b"%c: &%c [%s]\n" % (97 + n, 97 + n, b", ".join([b"*%c" % (96 + n)] * 9)) for n in range(1, 9)
)


@pytest.mark.parametrize(
    "text",
    [
        BOMB,
        b"a: &a [*a]\n",
        b"x: " + b"[" * 100_000,
        b"{" * 50_000,
        b"- " * 50_000,
        b"schema: 1\n" * 200_000,
        b"id: !!python/object/apply:os.system [touch x]\n",
        b"x: " + b"9" * 100_000,
        b"schema: 1e999\n",
        b"id: \xed\xa0\x80\n",
        b"id: x\x00y\n",
    ],
    ids=lambda one: ascii(one[:20]),
)
@pytest.mark.parametrize("kind", ["frameworks", "scenarios"])
def test_a_yaml_bomb_is_reported_and_never_goes_off(recovery: Recovery, kind: str, text: bytes) -> None:
    file = recovery.home / "bomb.yaml"
    file.write_bytes(text)
    with within(30):
        done = recovery(kind, "validate", str(file))
    assert done.returncode == 1
    assert "bomb.yaml:" in done.stdout + done.stderr
    assert "should not have" not in done.stderr


@pytest.mark.parametrize(
    "word",
    [
        pytest.param(b"\xff", marks=needs_bytes_in_arguments),
        b"\xed\xa0\x80",
        "\x9b31m\u202e".encode(),
        b"x" * 5000,
        b"9" * 5000,
    ],
)
@pytest.mark.parametrize(
    "argv",
    [
        ["log", "show"],
        ["log", "search"],
        ["log", "list", "--agent"],
        ["log", "list", "--since"],
        ["followups", "done"],
        ["log", "import"],
        ["log", "restore"],
        ["log", "list", "--limit"],
    ],
    ids=" ".join,
)
def test_any_word_of_the_command_line_is_answered(recovery: Recovery, argv: list[str], word: bytes) -> None:
    Archive(recovery.data).write(next(iter(calls(1, seed=3))))
    for more in ([], ["--json"]):
        if more and argv[1] == "restore":
            continue
        done = recovery(*argv, os.fsdecode(word), *more)
        assert done.returncode in {0, 1, 2}
        assert "should not have" not in done.stderr
        assert "\x9b" not in done.stdout + done.stderr
        assert "\u202e" not in done.stdout + done.stderr
