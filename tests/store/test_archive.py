"""The archive: transcripts are written whole, read with patience, and never rewritten."""

from __future__ import annotations

import os
from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING

import msgspec
import pytest

from recoverycli.errors import StoreProblem
from recoverycli.session import events as ev
from recoverycli.session.state import fold
from recoverycli.session.transcript.account import account
from recoverycli.session.transcript.model import Call, encode
from recoverycli.store.calls.archive import Archive
from recoverycli.store.calls.transcript_file import Skipped, Stored
from tests.content import LITTLE, started
from tests.platforms import has_mode, needs_fifos, needs_links

if TYPE_CHECKING:
    from pathlib import Path

DAY = datetime(2026, 11, 23, 9, 0, tzinfo=timezone(timedelta(hours=1)))


def a_call(days_ago: int = 0, **more: object) -> Call:
    at = DAY - timedelta(days=days_ago)
    session = fold((started(LITTLE, at, **more), ev.Finished(at=at + timedelta(minutes=4))))
    assert session is not None
    return account(session, at)


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return Archive(tmp_path / "data")


def test_an_empty_store_is_an_empty_list_and_nothing_is_made(archive: Archive) -> None:
    assert list(archive.each()) == []
    assert not archive.home.exists()


def test_a_transcript_is_under_its_day_private_and_alone(archive: Archive) -> None:
    call = a_call()
    path = archive.write(call)
    assert path == archive.home / "sessions" / "2026" / "11" / "23" / f"{call.id}.json"
    assert has_mode(path, 0o600)
    assert all(has_mode(folder, 0o700) for folder in path.parents[:4])
    assert [file.name for file in path.parent.iterdir()] == [path.name]


def test_a_transcript_that_is_there_is_never_overwritten(archive: Archive) -> None:
    call = a_call()
    path = archive.write(call)
    archive.write(msgspec.structs.replace(call, summary="another"))
    assert path.read_bytes() == encode(call)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"\0" * 100,
        b"[1]",
        b'{"schema": 1}',
        b"\xff\xfe",
        b'{"schema": "x"}',
        b"[" * 5000,
        b'{"schema": true}',
    ],
)
def test_a_broken_file_is_skipped_with_its_name_and_untouched(archive: Archive, content: bytes) -> None:
    good = archive.write(a_call())
    bad = good.with_name("20261123T100000-little-abcd.json")
    bad.write_bytes(content)
    assert [(read.path, type(read)) for read in archive.each()] == [(bad, Skipped), (good, Stored)]
    assert bad.read_bytes() == content
    with pytest.raises(StoreProblem, match="abcd"):
        archive.read("20261123T100000-little-abcd")


def test_what_is_no_transcript_is_skipped_with_the_reason(archive: Archive) -> None:
    good = archive.write(a_call())
    day, data = good.parent, good.read_bytes()
    (day / "notes.txt").write_text("mine", encoding="utf-8")
    (day / "20261123T100001-little-aaaa.json").mkdir()
    (day / "20261122T100004-little-dddd.json").write_bytes(data)
    (day / "20261123T100005-little-eeee.json").write_bytes(data.replace(good.stem.encode(), b"../../etc/passwd"))
    for year in (b"0001", b"9999"):
        (day / f"20261123T100006-little-{year.decode()}.json").write_bytes(
            data.replace(b'"2026-11', b'"' + year + b"-11")
        )
    with (day / "20261123T100008-little-gggg.json").open("wb") as huge:
        huge.truncate(100 * 1024 * 1024)
    (day / f".{good.stem}.12.tmp").write_text("half", encoding="utf-8")
    (archive.folder / "20261123T100009-little-hhhh.json").write_bytes(data)
    reasons = {read.path.name: read.why for read in archive.each() if isinstance(read, Skipped)}
    assert reasons == {
        "notes.txt": "its name is not a call id",
        "20261123T100001-little-aaaa.json": "it is a folder",
        "20261122T100004-little-dddd.json": "it is in the folder of another day",
        "20261123T100005-little-eeee.json": "its id differs from its file name",
        "20261123T100006-little-0001.json": "it holds a date of the year 1",
        "20261123T100006-little-9999.json": "it holds a date of the year 9999",
        "20261123T100008-little-gggg.json": "it is too large for a call",
        "20261123T100009-little-hhhh.json": "it is outside the folder of a day",
    }
    assert [read.path for read in archive.each() if isinstance(read, Stored)] == [good]


@needs_links
def test_a_link_is_skipped_wherever_it_leads(archive: Archive, tmp_path: Path) -> None:
    good = archive.write(a_call())
    day = good.parent
    (day / "20261123T100002-little-bbbb.json").symlink_to(day / "nowhere")
    (tmp_path / "outside.json").write_bytes(good.read_bytes())
    (day / "20261123T100003-little-cccc.json").symlink_to(tmp_path / "outside.json")
    (archive.folder / "2025").symlink_to(tmp_path)
    reasons = {read.path.name: read.why for read in archive.each() if isinstance(read, Skipped)}
    assert reasons == dict.fromkeys(
        ("20261123T100002-little-bbbb.json", "20261123T100003-little-cccc.json", "2025"), "it is a link"
    )
    assert [read.path for read in archive.each() if isinstance(read, Stored)] == [good]


@needs_fifos
def test_a_named_pipe_is_skipped_and_not_waited_for(archive: Archive) -> None:
    pipe = archive.write(a_call()).with_name("20261123T100007-little-ffff.json")
    os.mkfifo(pipe)
    assert [(read.path, read.why) for read in archive.each() if isinstance(read, Skipped)] == [
        (pipe, "it is not a file")
    ]


def test_a_transcript_of_a_newer_schema_is_refused_clearly(archive: Archive) -> None:
    path = archive.write(a_call())
    newer = path.read_bytes().replace(b'"schema": 1', b'"schema": 2')
    path.write_bytes(newer)
    with pytest.raises(StoreProblem, match="newer version of recovery"):
        archive.read(path.stem)
    assert path.read_bytes() == newer
