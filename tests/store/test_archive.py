"""The archive: transcripts are written whole, read with patience, and never rewritten."""

from __future__ import annotations

import stat
from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING

import msgspec
import pytest

from recoverycli.errors import NotFound, StoreProblem
from recoverycli.session import events as ev
from recoverycli.session.account import account
from recoverycli.session.state import fold
from recoverycli.session.transcript import Call, encode
from recoverycli.store.archive import Archive
from tests.content import LITTLE, started

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
    assert archive.listing().calls == ()
    assert not archive.home.exists()
    with pytest.raises(NotFound, match="no finished call yet"):
        archive.read("last")


def test_a_transcript_lies_under_its_day_private_and_alone(archive: Archive) -> None:
    call = a_call()
    path = archive.write(call)
    assert path == archive.home / "sessions" / "2026" / "11" / "23" / f"{call.id}.json"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [stat.S_IMODE(folder.stat().st_mode) for folder in path.parents[:4]] == [0o700] * 4
    assert [file.name for file in path.parent.iterdir()] == [path.name]


def test_a_transcript_that_is_there_is_never_written_over(archive: Archive) -> None:
    call = a_call()
    path = archive.write(call)
    archive.write(msgspec.structs.replace(call, summary="another"))
    assert path.read_bytes() == encode(call)


def test_the_list_is_newest_first_and_stops_at_its_limit(archive: Archive) -> None:
    calls = [a_call(days) for days in (3, 0, 40, 400)]
    for call in calls:
        archive.write(call)
    newest_first = sorted((call.id for call in calls), reverse=True)
    assert [row.id for row in archive.listing().calls] == newest_first
    assert [row.id for row in archive.listing(2).calls] == newest_first[:2]


def test_a_call_is_found_by_last_by_place_by_id_and_by_a_part_of_it(archive: Archive) -> None:
    old, new = a_call(5), a_call(0)
    archive.write(old)
    archive.write(new)
    for wanted, call in (
        ("last", new),
        ("-1", new),
        ("-2", old),
        (old.id, old),
        (old.id[:13], old),
        (new.id[-4:], new),
    ):
        assert archive.read(wanted).transcript.call == call
    for wanted in ("-3", "nothing", "little", "", "../../etc/passwd"):
        with pytest.raises(NotFound):
            archive.read(wanted)


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
    listing = archive.listing()
    assert [row.id for row in listing.calls] == [good.stem]
    assert [skipped.path for skipped in listing.skipped] == [bad]
    assert bad.read_bytes() == content
    assert archive.read("last").path == good
    with pytest.raises(StoreProblem, match="abcd"):
        archive.read("20261123T100000-little-abcd")


def test_a_foreign_file_a_folder_and_a_dangling_link_are_skipped(archive: Archive) -> None:
    good = archive.write(a_call())
    (good.parent / "notes.txt").write_text("mine")
    (good.parent / "20261123T100001-little-aaaa.json").mkdir()
    (good.parent / "20261123T100002-little-bbbb.json").symlink_to(good.parent / "nowhere")
    (good.parent / f".{good.stem}.12.tmp").write_text("half")
    listing = archive.listing()
    assert [row.id for row in listing.calls] == [good.stem]
    assert {skipped.path.name for skipped in listing.skipped} == {"notes.txt", "20261123T100002-little-bbbb.json"}


def test_a_transcript_of_a_newer_schema_is_refused_clearly(archive: Archive) -> None:
    path = archive.write(a_call())
    newer = path.read_bytes().replace(b'"schema": 1', b'"schema": 2')
    path.write_bytes(newer)
    with pytest.raises(StoreProblem, match="newer version of recovery"):
        archive.read(path.stem)
    assert path.read_bytes() == newer
