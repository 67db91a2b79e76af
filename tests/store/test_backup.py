"""A backup: everything as it is, checked before anything is put back, and nothing written over."""

from __future__ import annotations

import errno
import gzip
import hashlib
import io
import os
import subprocess
import sys
import tarfile
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import msgspec
import pytest

from recoverycli.errors import StoreProblem
from recoverycli.store.calls.archive import Archive
from recoverycli.store.maintenance.backup import MANIFEST, back_up, is_member, line
from recoverycli.store.maintenance.restore import check_archive, restore
from tests.platforms import has_mode, needs_limits, needs_links
from tests.review.calls import NOW, a_call

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

BROKEN = "sessions/2026/11/23/20261123T100000-little-zz99.json"


def nothing(_done: int, _total: int) -> None:
    pass


@pytest.fixture
def home(tmp_path: Path) -> Path:
    archive = Archive(tmp_path / "data")
    for day in range(3):
        archive.write(a_call(tail=f"aa0{day}", at=NOW - timedelta(days=day + 1)))
    for name, data in {
        BROKEN: b"\0\xffnot json",
        "sessions/2026/11/23/20261123T100001-little-zz98.json": b'{"schema": 99, "new": [1.5e300, "\\u00e9"]}',
        "live/20261124T100000-little-cc01.jsonl": b'{"schema":1,"id":"x"}\n{"torn',
        "live/20261124T100000-little-cc01.lock": b"",
        "live/20261124T100000-little-cc01.unread": b"what",
        "practice/2026/11/23/20261123T120000-little-pp01.json": b"{}",
        "reviews/20261123T120000-little-aa00.json": b'{"call":"x","later":true}',
        "sessions/2026/11/23/.20261123T100000-little-zz99.json.0a0b.tmp": b"unfinished",
        "index.sqlite3": b"a cache",
    }.items():
        (home_file := archive.home / name).parent.mkdir(parents=True, exist_ok=True)
        home_file.write_bytes(data)
    return archive.home


def contents(home: Path) -> dict[str, str]:
    """What a backup has to hold, with the hashes."""
    return {
        path.relative_to(home).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(home.rglob("*"))
        if path.is_file() and path.parent != home and not path.name.startswith(".") and path.suffix != ".lock"
    }


def packed(target: Path, members: Sequence[tuple[tarfile.TarInfo, bytes]], manifest: bytes | None = None) -> Path:
    """An archive by somebody else, with a manifest that fits unless another is given."""
    lines = b"".join(line(entry.name, hashlib.sha256(data).hexdigest()) for entry, data in members)
    told = lines if manifest is None else manifest
    with tarfile.open(target, "w:gz") as tar:
        for entry, data in [*members, (tarfile.TarInfo(MANIFEST), told)]:
            entry.size = len(data) if entry.type == tarfile.REGTYPE else 0
            tar.addfile(entry, io.BytesIO(data))
    return target


def member(name: str, kind: bytes = tarfile.REGTYPE, link: str = "") -> tarfile.TarInfo:
    entry = tarfile.TarInfo(name)
    entry.type, entry.linkname = kind, link
    return entry


def test_what_comes_back_is_what_went_in_also_what_cannot_be_read(home: Path, tmp_path: Path) -> None:
    target = tmp_path / "b.tar.gz"
    before = contents(home)
    saved = back_up(home, target, nothing)
    assert saved.left_out == ()
    assert sum(saved.counts.values()) == len(before)
    other = tmp_path / "other"
    restored = restore(target, other, NOW, nothing)
    assert contents(other) == before
    assert (restored.restored, restored.there, restored.differ) == (len(before), 0, ())
    assert BROKEN in before


def test_everything_that_is_restored_is_private(home: Path, tmp_path: Path) -> None:
    back_up(home, tmp_path / "b.tar.gz", nothing)
    assert has_mode(tmp_path / "b.tar.gz", 0o600)
    restore(tmp_path / "b.tar.gz", tmp_path / "other", NOW, nothing)
    for path in (tmp_path / "other").rglob("*"):
        assert has_mode(path, 0o700 if path.is_dir() else 0o600)


def test_others_can_check_the_sums(home: Path, tmp_path: Path) -> None:
    back_up(home, tmp_path / "b.tar.gz", nothing)
    with tarfile.open(tmp_path / "b.tar.gz") as tar:
        told = tar.extractfile(MANIFEST)
        assert told is not None
        lines = [one.split("  ", 1) for one in told.read().decode().splitlines()]
        sums = {name: digest for digest, name in lines}
    assert sums == contents(home)


def test_what_is_there_already_is_distinguished_from_what_differs_and_stays(home: Path, tmp_path: Path) -> None:
    back_up(home, tmp_path / "b.tar.gz", nothing)
    changed, gone, also_gone = sorted((home / "sessions").rglob("*-aa0*.json"))
    changed.write_bytes(b"amended since")
    gone.unlink()
    also_gone.unlink()
    restored = restore(tmp_path / "b.tar.gz", home, NOW, nothing)
    assert restored.restored == 2
    assert restored.differ == (changed.relative_to(home).as_posix(),)
    assert changed.read_bytes() == b"amended since"
    assert gone.exists()


def test_an_open_call_comes_back_though_others_of_its_day_are_finished(home: Path, tmp_path: Path) -> None:
    journal = home / "live" / "20261123T100005-little-dd01.jsonl"
    journal.write_bytes(b"{}\n")
    back_up(home, tmp_path / "b.tar.gz", nothing)
    journal.unlink()
    assert restore(tmp_path / "b.tar.gz", home, NOW, nothing).restored == 1
    assert journal.read_bytes() == b"{}\n"


def test_a_look_counts_what_is_in_it_by_its_folder(home: Path, tmp_path: Path) -> None:
    saved = back_up(home, tmp_path / "b.tar.gz", nothing)
    looked = check_archive(tmp_path / "b.tar.gz", tmp_path)
    assert looked.counts == {"live": 2, "sessions": 5, "practice": 1, "reviews": 1, "causes": 0, "erased.json": 0}
    assert saved.size == looked.size == sum((home / name).stat().st_size for name in contents(home))


def test_a_second_time_everything_is_there_already(home: Path, tmp_path: Path) -> None:
    back_up(home, tmp_path / "b.tar.gz", nothing)
    told: list[tuple[int, int]] = []
    again = restore(tmp_path / "b.tar.gz", home, NOW, lambda done, total: told.append((done, total)))
    assert (again.restored, again.there, again.differ) == (0, 9, ())
    assert told == [(done, 9) for done in range(1, 10)]


def test_a_call_with_numbers_or_times_that_no_call_has_is_refused_and_the_others_come_back(tmp_path: Path) -> None:
    data = tmp_path / "data"
    archive = Archive(data)
    day = timedelta(days=1)
    ahead = datetime(2200, 1, 1, 9, tzinfo=UTC)
    impossible = {
        "its seconds cannot be -5": a_call(tail="aa01", seconds=-5.0),
        "its id is dated in the future": a_call(tail="aa02", at=ahead),
        "it is dated in the future: started_at is 2200-01-01": a_call(tail="aa03", started_at=ahead),
        "it ends on 2026-11-20, before it begins on 2026-11-23": a_call(tail="aa04", ended_at=NOW - 4 * day),
    }
    for call in (*impossible.values(), a_call(tail="bb01")):
        archive.write(call)
    (data / "live").mkdir()
    begun = {"event": "started", "at": NOW.isoformat()}
    for tail, events in {
        "cc01": [begun], "cc02": [begun, {"event": "noted", "at": ahead.isoformat()}, {"no": "time"}],
    }.items():  # fmt: skip
        lines = b"".join(msgspec.json.encode(event) + b"\n" for event in events)
        (data / "live" / f"20261124T100000-little-{tail}.jsonl").write_bytes(lines + b"torn")
    back_up(data, tmp_path / "b.tar.gz", nothing)
    restored = restore(tmp_path / "b.tar.gz", tmp_path / "other", NOW, nothing)
    refused = {one.why: one.name for one in restored.refused}
    journal = "live/20261124T100000-little-cc02.jsonl"
    assert refused.pop("it is dated in the future: at is 2200-01-01") == journal
    assert refused == {why: archive.path(call.id).relative_to(data).as_posix() for why, call in impossible.items()}
    assert sorted(path.stem[-4:] for path in (tmp_path / "other").rglob("2*") if path.is_file()) == ["bb01", "cc01"]
    there = restore(tmp_path / "b.tar.gz", data, NOW, nothing)
    assert (there.restored, there.there, there.refused) == (0, 7, ()), "nothing is said of files that are there"


def test_a_dry_run_writes_nothing(home: Path, tmp_path: Path) -> None:
    back_up(home, tmp_path / "b.tar.gz", nothing)
    found = restore(tmp_path / "b.tar.gz", tmp_path / "other", NOW, nothing, dry_run=True)
    assert found.restored == len(contents(home))
    assert not (tmp_path / "other").exists()


def test_a_call_that_was_finished_since_is_not_open_once_more(home: Path, tmp_path: Path) -> None:
    back_up(home, tmp_path / "b.tar.gz", nothing)
    journal = home / "live" / "20261124T100000-little-cc01.jsonl"
    journal.unlink()
    finished = home / "sessions" / "2026" / "11" / "24" / "20261124T100000-little-cc01.json"
    finished.parent.mkdir(parents=True, exist_ok=True)
    finished.write_text("{}", encoding="utf-8")
    restore(tmp_path / "b.tar.gz", home, NOW, nothing)
    assert not journal.exists()


@pytest.mark.parametrize(
    "entry",
    [
        member("../escaped.json"), member("/etc/escaped.json"), member("sessions/../../escaped.json"),
        member("sessions/2026/./x.json"), member("elsewhere/x.json"), member("sessions"),
        member("sessions/2026/.hidden"),
        member("sessions\\..\\x.json"), member("sessions/C:x.json"), member("sessions/2026/x.json "),
        member("sessions/2026/11/23/link.json", tarfile.SYMTYPE, "/etc/passwd"),
        member("sessions/2026/11/23/link.json", tarfile.LNKTYPE, "/etc/passwd"),
        member("sessions/2026/11/23", tarfile.DIRTYPE), member("sessions/2026/fifo", tarfile.FIFOTYPE),
        member("sessions/2026/device", tarfile.CHRTYPE), member("sessions/" + "a/" * 20 + "x"),
        member("sessions/" + "a" * 1200),
    ],
    ids=lambda entry: entry.name[:40].replace("\\", "|"),
)  # fmt: skip
def test_a_name_that_leads_elsewhere_is_refused_before_anything_is_written(
    tmp_path: Path, entry: tarfile.TarInfo
) -> None:
    good = member("sessions/2026/11/23/20261123T100000-little-aaaa.json")
    archive = packed(tmp_path / "b.tar.gz", [(good, b"{}"), (entry, b"x")])
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(StoreProblem, match="does not belong"):
        restore(archive, tmp_path / "data", NOW, nothing)
    assert sorted(tmp_path.rglob("*")) == before


def test_bytes_that_are_not_what_the_checksum_says_are_refused(home: Path, tmp_path: Path) -> None:
    good = member("sessions/2026/11/23/20261123T100000-little-aaaa.json")
    archive = packed(tmp_path / "b.tar.gz", [(good, b"{}")], line(good.name, "0" * 64))
    with pytest.raises(StoreProblem, match="checksum"):
        restore(archive, tmp_path / "other", NOW, nothing)
    assert not (tmp_path / "other").exists()


@pytest.mark.parametrize("cut", [0, 1, 100, 600, -1, -9, -600])
def test_an_archive_that_was_cut_off_is_refused(home: Path, tmp_path: Path, cut: int) -> None:
    back_up(home, tmp_path / "b.tar.gz", nothing)
    whole = (tmp_path / "b.tar.gz").read_bytes()
    (tmp_path / "b.tar.gz").write_bytes(whole[:cut])
    with pytest.raises(StoreProblem) as refused:
        restore(tmp_path / "b.tar.gz", tmp_path / "other", NOW, nothing)
    assert refused.value.kept == "Nothing was restored."
    assert not (tmp_path / "other").exists()


def test_every_flipped_byte_is_noticed_or_changes_nothing(home: Path, tmp_path: Path) -> None:
    back_up(home, tmp_path / "b.tar.gz", nothing)
    whole = (tmp_path / "b.tar.gz").read_bytes()
    for place in range(10, len(whole), 97):
        broken = bytearray(whole)
        broken[place] ^= 0x55
        (tmp_path / "c.tar.gz").write_bytes(broken)
        with pytest.raises(StoreProblem):
            check_archive(tmp_path / "c.tar.gz", tmp_path / "other")


def test_what_is_added_to_a_backup_is_refused(home: Path, tmp_path: Path) -> None:
    back_up(home, tmp_path / "b.tar.gz", nothing)
    plain = gzip.decompress((tmp_path / "b.tar.gz").read_bytes())
    (tmp_path / "b.tar").write_bytes(plain)
    with tarfile.open(tmp_path / "b.tar", "a") as tar:
        entry = member("sessions/2026/11/23/20261123T100000-little-bbbb.json")
        entry.size = 2
        tar.addfile(entry, io.BytesIO(b"{}"))
    (tmp_path / "b.tar.gz").write_bytes(gzip.compress((tmp_path / "b.tar").read_bytes()))
    with pytest.raises(StoreProblem, match="added"):
        restore(tmp_path / "b.tar.gz", tmp_path / "other", NOW, nothing)


def test_a_header_of_gigabytes_does_not_fill_the_memory(tmp_path: Path) -> None:
    entry = member("sessions/x", b"x")
    entry.size = 3 * 2**30
    head = entry.tobuf(tarfile.USTAR_FORMAT)
    with gzip.open(tmp_path / "b.tar.gz", "wb", 9) as file:
        file.write(head)
        for _ in range(8):
            file.write(bytes(2**20))
    with pytest.raises(StoreProblem, match="damaged"):
        restore(tmp_path / "b.tar.gz", tmp_path / "other", NOW, nothing)


@needs_limits
def test_a_full_disk_leaves_no_half_backup(home: Path, tmp_path: Path) -> None:
    target = tmp_path / "b.tar.gz"
    target.write_bytes(b"the old one")
    code = (
        "import resource, signal, sys\n"
        "from pathlib import Path\n"
        "from recoverycli.errors import StoreProblem\n"
        "from recoverycli.store.maintenance.backup import back_up\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (500, 500))\n"
        "try:\n    back_up(Path(sys.argv[1]), Path(sys.argv[2]), lambda *_: None)\n"
        "except StoreProblem as full:\n    print(full.message, full.kept)\n"
    )
    done = subprocess.run([sys.executable, "-c", code, home, target], capture_output=True, check=True, encoding="utf-8")
    assert "No backup was written" in done.stdout
    assert os.strerror(errno.EFBIG).lower() in done.stdout.lower() or "limit on file sizes" in done.stdout
    assert target.read_bytes() == b"the old one"
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["b.tar.gz"]


@needs_links
def test_links_are_left_out_and_named(home: Path, tmp_path: Path) -> None:
    link = home / "sessions" / "2026" / "11" / "23" / "20261123T100000-little-link.json"
    link.symlink_to("/etc/hostname")
    saved = back_up(home, tmp_path / "b.tar.gz", nothing)
    assert saved.left_out == (link,)


def test_the_same_files_make_the_same_backup(home: Path, tmp_path: Path) -> None:
    for name in ("b.tar.gz", "c.tar.gz"):
        back_up(home, tmp_path / name, nothing)
    assert (tmp_path / "b.tar.gz").read_bytes() == (tmp_path / "c.tar.gz").read_bytes()


def test_names_of_ours_belong_into_a_backup() -> None:
    assert is_member("sessions/2026/11/23/20261123T100000-little-aaaa.json")
    assert is_member("live/20261123T100000-little-aaaa.jsonl")
    assert not is_member("live/\x00.jsonl")
