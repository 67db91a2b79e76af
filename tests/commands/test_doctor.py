"""`recovery doctor`: what is stored where, which problems there are, and what it may repair."""

from __future__ import annotations

import hashlib
import json
import os
from datetime import timedelta
from pathlib import Path, PureWindowsPath
from typing import TYPE_CHECKING, Any

import msgspec
import pytest

from recoverycli.pages.lines import page_lines
from recoverycli.paths import is_in_profile, is_redirected
from recoverycli.redaction.attestation import rules_version
from recoverycli.store.calls.archive import Archive
from recoverycli.store.index.index import Index
from recoverycli.store.journal.writer import Journal
from recoverycli.store.maintenance.check import Examination, examine
from recoverycli.store.maintenance.repair import repair
from recoverycli.terminal.views.doctor import Checkup, doctor_page
from recoverycli.times.clock import file_time_ns
from tests.content import LITTLE, started
from tests.platforms import has_mode, needs_links, needs_modes
from tests.review.calls import NOW, a_call

if TYPE_CHECKING:
    from tests.commands.recovery import Recovery


def nothing(_done: int, _total: int) -> None:
    pass


@pytest.fixture
def home(tmp_path: Path) -> Path:
    archive = Archive(tmp_path / "data")
    for day in range(3):
        path = archive.write(a_call(tail=f"aa0{day}", at=NOW - timedelta(days=day + 1)))
        # Long enough ago that the index trusts the time of the folder.
        os.utime(path.parent, ns=(10**18, 10**18))
    with Index(archive.home) as index:
        index.ask(lambda _: None)
    return archive.home


def file_time() -> float:
    return file_time_ns() / 1e9


def look(home: Path) -> Examination:
    return examine(home, file_time(), nothing)


def state(home: Path) -> dict[str, Any]:
    return {
        str(path): (path.lstat().st_mode, hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else "")
        for path in sorted(home.rglob("*"))
    }


def call(home: Path, tail: str) -> Path:
    (path,) = (home / "sessions").rglob(f"*-{tail}.json")
    return path


def test_a_store_that_is_well_is_well(home: Path) -> None:
    found = look(home)
    assert (found.fixable, found.needs_a_person) == (False, False)
    assert (found.index.state, found.index.calls) == ("up to date", 3)
    sizes = sum(path.stat().st_size for path in (home / "sessions").rglob("*.json"))
    assert {kind.name: (kind.files, kind.bytes) for kind in found.kinds}["sessions"] == (3, sizes)


def test_looking_changes_and_makes_nothing(home: Path, tmp_path: Path) -> None:
    made, _ = Journal.create(home, lambda: started(LITTLE, NOW))
    made.close()
    call(home, "aa00").chmod(0o644)
    (home / "index.sqlite3").write_bytes(b"\0" * 5000)
    before = state(home)
    look(home)
    assert state(home) == before
    assert not look(tmp_path / "nowhere").exists
    assert not (tmp_path / "nowhere").exists()


@needs_modes
def test_what_others_may_look_into_is_named_and_made_private(home: Path) -> None:
    call(home, "aa00").chmod(0o640)
    call(home, "aa01").parent.chmod(0o755)
    found = look(home)
    assert set(found.too_open.first) == {str(call(home, "aa00")), str(call(home, "aa01").parent)}
    assert repair(home, file_time(), nothing, index=False).private == 2
    assert has_mode(call(home, "aa00"), 0o600)
    assert has_mode(call(home, "aa01").parent, 0o700)
    assert look(home).too_open.count == 0


@needs_modes
def test_a_folder_with_files_of_others_keeps_its_permissions(home: Path) -> None:
    (home / "letter.txt").write_text("not ours", encoding="utf-8")
    home.chmod(0o755)
    repair(home, file_time(), nothing, index=False)
    assert has_mode(home, 0o755)
    assert look(home).foreign == (str(home / "letter.txt"),)
    assert (home / "letter.txt").exists()


def test_what_was_left_behind_goes_after_an_hour_and_nothing_younger(home: Path) -> None:
    day = call(home, "aa00").parent
    old, young = day / ".a.json.0a0b0c0d.tmp", day / ".b.json.0a0b0c0d.tmp"
    for path in (old, young):
        path.write_text("half", encoding="utf-8")
    os.utime(old, (file_time() - 4000,) * 2)
    assert look(home).leftovers.first == (str(old),)
    assert repair(home, file_time(), nothing, index=False).removed == 1
    assert (old.exists(), young.exists()) == (False, True)


def test_files_that_are_no_calls_are_named_with_the_reason(home: Path) -> None:
    day = call(home, "aa00").parent
    (day / "20261123T100000-little-zz01.json").write_bytes(b"{")
    (day / "20261123T100000-little-zz02.json").write_bytes(b'{"schema": 99}')
    (day / "notes.txt").write_text("x", encoding="utf-8")
    (home / "sessions" / "stray").write_text("x", encoding="utf-8")
    (home / "reviews").mkdir(mode=0o700)
    (home / "reviews" / "20201123T100000-little-zz09.json").write_text("{}", encoding="utf-8")
    (home / "practice" / "2026").mkdir(parents=True)
    (home / "practice" / "2026" / "x.json").write_text("{}", encoding="utf-8")
    before = state(home)
    reasons = {Path(fault.path).name: fault.why for fault in look(home).faults}
    assert set(reasons) == {
        "20261123T100000-little-zz01.json", "20261123T100000-little-zz02.json", "notes.txt", "stray",
        "20201123T100000-little-zz09.json", "x.json",
    }  # fmt: skip
    assert reasons["20261123T100000-little-zz02.json"].startswith("it was written by a newer version")
    assert state(home) == before


@needs_links
def test_a_link_among_the_calls_is_named(home: Path) -> None:
    link = call(home, "aa00").with_name("20261123T100000-little-zz03.json")
    link.symlink_to("/etc/hostname")
    assert [(fault.path, fault.why) for fault in look(home).faults] == [(str(link), "it is a link")]


def test_a_file_that_was_edited_in_place_is_noticed_and_indexed_again(home: Path) -> None:
    path = call(home, "aa00")
    path.write_bytes(path.read_bytes().replace(b'"channel": null', b'"channel": "chat"'))
    found = look(home)
    assert (found.index.state, found.index.edited) == ("behind", 1)
    assert found.fixable
    repair(home, file_time(), nothing, index=True)
    os.utime(home / "index.sqlite3")
    assert look(home).index.state in {"up to date", "behind"}
    assert look(home).index.edited == 0


@pytest.mark.parametrize("data", [b"", b"\0" * 4096, b"SQLite format 3\0" + b"x" * 5000], ids=["empty", "zeros", "cut"])
def test_a_broken_index_is_no_fault_of_the_calls(home: Path, data: bytes) -> None:
    (home / "index.sqlite3").write_bytes(data)
    found = look(home)
    assert found.index.state in {"broken", "of another version"}
    assert found.index.calls == 3
    assert not found.needs_a_person
    repair(home, file_time(), nothing, index=True)
    assert look(home).index.calls == 3
    assert look(home).index.state != "broken"


def test_open_calls_are_distinguished(home: Path) -> None:
    at = NOW - timedelta(minutes=5)
    waiting, _ = Journal.create(home, lambda: started(LITTLE, at))
    waiting.close()
    (waiting.path.with_name("20261124T100000-little-zz01.jsonl")).write_text("nothing", encoding="utf-8")
    (waiting.path.with_name(f"{call(home, 'aa00').stem}.jsonl")).write_bytes(waiting.path.read_bytes())
    states = {one.id[-4:]: one.state for one in look(home).open_calls}
    assert states == {waiting.path.stem[-4:]: "waiting", "zz01": "unreadable", "aa00": "finished"}
    waiting, _ = Journal.reopen(waiting.path, lambda _: None)
    assert {one.state for one in look(home).open_calls} == {"open in another window", "unreadable", "finished"}
    waiting.close()


def test_the_command_tells_the_same_to_people_and_to_scripts(home: Path) -> None:
    (call(home, "aa00").parent / "notes.txt").write_text("x", encoding="utf-8")
    checkup = Checkup(look(home), None, "/s/settings.toml", False, "/s", (), {"Python": "3"})
    facts = checkup.as_json()
    page = "\n".join(page_lines(doctor_page(checkup)))
    assert facts["well"] is False
    assert facts["data"]["faults"][0]["path"] in page
    assert facts["data"]["home"] in page
    assert "4 files" in page
    assert f"All calls: remove sessions, index.sqlite3 in {home}; a backup first" in page.replace(", .index.lock", "")
    assert "remove the folder" not in page
    assert json.dumps(facts)


def test_the_command_finds_no_problem_in_a_new_store_and_says_what_it_did_not_look_at(recovery: Recovery) -> None:
    assert recovery("doctor").returncode == 0
    assert not recovery.data.exists()
    assert recovery("start", "learn", stdin="a note\n/end resolved\n").returncode == 0
    done = recovery("doctor")
    assert done.returncode == 0, done.stdout
    looked_at = "files, the disk, permissions, open calls, the index and the frameworks"
    assert done.stdout.startswith(f"No problems found in {looked_at}.")
    assert "Not checked: what calls say; to look for secrets in them: recovery log scrub --dry-run" in done.stdout
    assert f"masking rules {rules_version()}" in done.stdout
    assert str(recovery.data) in done.stdout
    assert str(recovery.home / "config") in done.stdout


@needs_modes
def test_the_command_exits_1_until_it_is_fixed(recovery: Recovery) -> None:
    assert recovery("start", "learn", stdin="/end resolved\n").returncode == 0
    (path,) = (recovery.data / "sessions").rglob("*.json")
    path.chmod(0o644)
    before = state(recovery.data)
    done = recovery("doctor")
    assert done.returncode == 1
    assert str(path) in done.stdout
    assert state(recovery.data) == before
    assert json.loads(recovery("doctor", "--json").stdout)["data"]["too_open"]["first"] == [str(path)]
    fixed = recovery("doctor", "--fix")
    assert fixed.returncode == 0, fixed.stdout
    assert "Fixed: made private: 1 file" in fixed.stdout
    assert has_mode(path, 0o600)
    assert recovery("doctor").returncode == 0


def test_what_needs_a_person_stays_and_is_exit_code_1(recovery: Recovery) -> None:
    assert recovery("start", "learn", stdin="/end resolved\n").returncode == 0
    (path,) = (recovery.data / "sessions").rglob("*.json")
    path.write_bytes(b"{")
    done = recovery("doctor", "--fix")
    assert done.returncode == 1
    assert f"{path}: it is not complete JSON" in done.stdout
    assert path.read_bytes() == b"{"


def test_what_to_remove_is_named_and_nothing_that_is_beside_it(recovery: Recovery) -> None:
    (recovery.home / "config").mkdir(exist_ok=True)
    (recovery.home / "config" / "phrases.yaml").write_text("schema: 1\nphrases: []\n", encoding="utf-8")
    assert recovery("start", "learn", stdin="/end resolved\n").returncode == 0
    (recovery.data / "mine.txt").write_text("x", encoding="utf-8")
    told = recovery("doctor").stdout.splitlines()
    calls = next(line for line in told if line.startswith("All calls: "))
    assert calls.startswith("All calls: remove live, sessions")
    assert "mine.txt" not in calls
    assert f"Your settings: remove phrases.yaml in {recovery.home / 'config'}" in told


def test_the_folder_of_a_python_from_the_microsoft_store_is_named(home: Path) -> None:
    real = r"C:\Users\A\AppData\Local\Packages\PythonSoftwareFoundation.Python.3.11_qbz5\LocalCache\Local\recoverycli"
    assert is_redirected(real)
    assert not is_redirected(r"C:\Users\A\AppData\Local\recoverycli")
    assert not is_redirected(str(home))
    checkup = Checkup(look(home), None, "/s/settings.toml", False, "/s", (), {}, really_in=real)
    assert any(line.startswith(f"Really in: {real}") for line in page_lines(doctor_page(checkup)))


def test_a_folder_outside_the_profile_of_windows_may_be_read_by_others(home: Path) -> None:
    environ = {"USERPROFILE": r"C:\Users\Ana"}
    assert is_in_profile(PureWindowsPath(r"c:\users\ana\AppData\Local\recoverycli\data"), environ)
    assert not is_in_profile(PureWindowsPath(r"C:\Users\Public\calls"), environ)
    assert not is_in_profile(PureWindowsPath(r"\\server\floor\calls"), environ)
    checkup = Checkup(look(home), None, "/s/settings.toml", False, "/s", (), {}, may_be_read=True)
    assert any(line.startswith("Access: it is outside your user profile") for line in page_lines(doctor_page(checkup)))
    assert "Access" not in "\n".join(page_lines(doctor_page(msgspec.structs.replace(checkup, may_be_read=False))))


def test_a_setting_that_holds_a_secret_is_named_without_it(recovery: Recovery) -> None:
    file = recovery.home / "config" / "settings.toml"
    file.parent.mkdir(parents=True)
    file.write_text(
        'agent = "Ana"\ncontacts.security = "front desk, pin 4482"\n[[remedies]]\nname = "card 4539526018159083"\n',
        encoding="utf-8",
    )
    done = recovery("doctor")
    assert done.returncode == 1
    holds = (
        "holds a card number, a code or a password; take it out: recovery config edit; or mask it: recovery log scrub"
    )
    found = [line for line in done.stdout.splitlines() if "take it out" in line]
    assert found == [f"Settings: {file}: {name} {holds}" for name in ("contacts.security", "remedies")]
    assert "4482" not in done.stdout
