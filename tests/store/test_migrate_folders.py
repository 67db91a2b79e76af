"""Calls and settings that an earlier version kept in one folder: moved apart, and nothing of them is lost."""

from __future__ import annotations

import itertools
import multiprocessing
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import platformdirs
import pytest

from recoverycli.commands.common.context import find_folders
from recoverycli.live.call import LiveCall
from recoverycli.session import events as ev
from recoverycli.store.calls.archive import Archive
from recoverycli.store.index.index import Index
from recoverycli.store.journal.reader import read_journal
from recoverycli.store.locks import acquire, lock_path
from recoverycli.store.maintenance.migrate_folders import move_data, move_settings
from tests.content import LITTLE, started
from tests.platforms import needs_links
from tests.review.calls import a_call

if TYPE_CHECKING:
    from recoverycli.live.environment import CallEnvironment
    from tests.conftest import Clock

# A process on a platform that has one folder for data and settings.
ONE_FOLDER = """
import pathlib, sys
import platformdirs
platformdirs.user_data_path = platformdirs.user_config_path = lambda *_, **__: pathlib.Path(sys.argv[1])
from recoverycli.__main__ import run
sys.exit(run(sys.argv[2:]))
"""
Files = dict[str, bytes]


@pytest.fixture
def before(tmp_path: Path, world: CallEnvironment, clock: Clock) -> Path:
    """The one folder as an earlier version left it: two calls, a paused one, answers, settings, a framework."""
    call = LiveCall.start(world, lambda: started(LITTLE, clock()))
    call.hear("charged twice")
    call.close()
    for name in ("one", "two"):
        done = LiveCall.start(world, lambda: started(LITTLE, clock()))
        done.hear(f"call {name}")
        done.hear("/end resolved")
    with Index(world.home) as index:
        index.ask(lambda _: None)
    before = tmp_path / "shared"
    world.home.rename(before)
    for name, text in (
        ("practice/answers.jsonl", '{"right":1}\n'),
        ("reviews/one.json", "{}"),
        ("team/desk.json", "{}"),
        ("settings.toml", 'agent = "Sam"\n'),
        ("phrases.yaml", "schema: 1\n"),
        ("frameworks/ours.yaml", "schema: 1\n"),
        ("mine.txt", "not of the tool"),
    ):
        path = before / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return before


def kept(folder: Path) -> Files:
    """What lies in a folder and is worth something, by its path below it."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and not path.name.endswith(".lock") and "index" not in path.name
    }


def apart(files: Files) -> Files:
    """The same files, each where it belongs."""
    folders = {"live": "data/", "sessions": "data/", "practice": "data/", "reviews": "data/", "team": "data/"}
    own = {"settings.toml": "config/", "phrases.yaml": "config/", "frameworks": "config/"}
    return {(folders | own).get(name.split("/")[0], "") + name: data for name, data in files.items()}


def test_calls_and_settings_are_moved_into_folders_of_their_own(before: Path) -> None:
    files = kept(before)
    assert move_data(before, before / "data") == (before / "data", ())
    assert move_settings(before, before / "config") == ()
    assert kept(before) == apart(files)
    assert {path.name for path in before.iterdir()} <= {"data", "config", "mine.txt", ".moving.lock"}


def test_what_was_moved_is_listed_and_gone_on_with(before: Path, world: CallEnvironment) -> None:
    home, _ = move_data(before, before / "data")
    with Index(home) as index:
        assert index.ask(lambda connection: connection.execute("SELECT count(*) FROM call").fetchone()) == (2,)
    journal = next((home / "live").glob("*.jsonl"))
    call = LiveCall.resume(world._replace(home=home), journal)
    call.close()
    assert [event.text for event in read_journal(journal).events if isinstance(event, ev.Noted)] == ["charged twice"]


def test_an_interrupted_move_loses_nothing_and_continues(before: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = kept(before)
    steps = 0
    for stop in range(1, 100):
        with monkeypatch.context() as killed:
            _stopped_at(stop, killed)
            try:
                move_data(before, before / "data")
                move_settings(before, before / "config")
                break
            except KeyboardInterrupt:
                steps = stop
        assert set(kept(before).values()) == set(files.values())
    assert steps > 10
    assert kept(before) == apart(files)


def test_two_windows_that_start_at_once_move_everything_once(before: Path) -> None:
    files = kept(before)
    start = multiprocessing.get_context("spawn")
    both = [start.Process(target=_moves, args=(before,)) for _ in range(2)]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert [one.exitcode for one in both] == [0, 0]
    assert kept(before) == apart(files)


def test_while_a_call_is_open_in_another_window_the_folder_of_before_is_used(before: Path) -> None:
    files = kept(before)
    journal = next((before / "live").glob("*.jsonl"))
    window = acquire(lock_path(journal))
    assert window is not None
    assert move_data(before, before / "data") == (before, ())
    assert kept(before) == files
    window.release()
    assert move_data(before, before / "data") == (before / "data", ())


def test_a_folder_that_cannot_be_changed_is_used_where_it_is(before: Path) -> None:
    files = kept(before)
    (before / ".moving.lock").mkdir()
    home, left = move_data(before, before / "data")
    assert (home, [line.partition(": ")[0] for line in left]) == (before, [str(before)])
    assert len(list(Archive(home).each())) == 2
    assert kept(before) == files


def test_what_an_earlier_version_writes_afterwards_is_moved_as_well(before: Path) -> None:
    home, _ = move_data(before, before / "data")
    later = a_call(tail="zz99")
    Archive(before).write(later)
    (before / "practice").mkdir()
    (before / "practice" / "answers.jsonl").write_text('{"right":1}\n{"right":2}\n', encoding="utf-8")
    assert move_data(before, home) == (home, ())
    assert Archive(home).read(later.id).transcript.call.id == later.id
    assert (home / "practice" / "answers.jsonl").read_bytes().splitlines() == [b'{"right":1}', b'{"right":2}']


def test_nothing_is_overwritten_and_what_stays_is_named(before: Path) -> None:
    home, _ = move_data(before, before / "data")
    move_settings(before, before / "config")
    (before / "reviews").mkdir()
    (before / "reviews" / "one.json").write_text('{"other": 1}', encoding="utf-8")
    (before / "settings.toml").write_text('agent = "Kim"\n', encoding="utf-8")
    _, left = move_data(before, home)
    left += move_settings(before, before / "config")
    assert [line.split(": it stays there")[0] for line in left] == [
        str(before / "reviews" / "one.json"), str(before / "settings.toml"),
    ]  # fmt: skip
    assert (home / "reviews" / "one.json").read_text(encoding="utf-8") == "{}"
    assert (before / "reviews" / "one.json").read_text(encoding="utf-8") == '{"other": 1}'
    assert (before / "config" / "settings.toml").read_text(encoding="utf-8") == 'agent = "Sam"\n'


@needs_links
def test_a_link_to_settings_elsewhere_leads_there_still(before: Path, tmp_path: Path) -> None:
    (tmp_path / "dotfiles").mkdir()
    (before / "settings.toml").rename(tmp_path / "dotfiles" / "settings.toml")
    (before / "settings.toml").symlink_to(Path("../dotfiles/settings.toml"))
    assert move_settings(before, before / "config") == ()
    assert (before / "config" / "settings.toml").read_text(encoding="utf-8") == 'agent = "Sam"\n'
    assert (tmp_path / "dotfiles" / "settings.toml").exists()


@pytest.fixture
def shared(before: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The platform's one folder is the one of before."""
    for name in ("user_data_path", "user_config_path"):
        monkeypatch.setattr(platformdirs, name, lambda *_words, **_named: before)
    return before


def test_a_command_finds_what_was_moved(shared: Path) -> None:
    found = find_folders({}, None, None)
    assert (found.home, found.settings_file) == (shared / "data", shared / "config" / "settings.toml")
    assert found.notes == ()
    assert found.settings_file.read_text(encoding="utf-8") == 'agent = "Sam"\n'
    assert len(list(Archive(found.home).each())) == 2


def test_a_folder_that_was_chosen_is_unchanged(shared: Path, tmp_path: Path) -> None:
    files = kept(shared)
    chosen = {"RECOVERY_HOME": str(shared), "RECOVERY_CONFIG_HOME": str(shared)}
    assert find_folders(chosen, None, None) == (shared, shared / "settings.toml", ())
    assert kept(shared) == files
    assert find_folders({}, str(tmp_path / "mine"), None).home == tmp_path / "mine"
    assert (shared / "sessions").is_dir()


def test_settings_that_cannot_be_moved_hold_where_they_are(shared: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    really = os.link if os.name != "nt" else os.rename

    def refused(source: Any, target: Any, **named: Any) -> None:
        if Path(source).name == "settings.toml":
            raise PermissionError(13, "an editor has it open", str(source))
        really(source, target, **named)

    monkeypatch.setattr(os, really.__name__, refused)
    monkeypatch.setattr(os, "rename", refused)
    found = find_folders({}, None, None)
    assert found.settings_file == shared / "settings.toml"
    assert [note.partition(":")[0] for note in found.notes if "settings.toml" in note]


def test_the_command_line_moves_before_it_lists(shared: Path) -> None:
    environ = {name: value for name, value in os.environ.items() if not name.startswith(("COV", "RECOVERY_"))}
    done = subprocess.run(
        [sys.executable, "-c", ONE_FOLDER, str(shared), "log", "list", "--json"],
        env=environ, capture_output=True, check=True, input=b"",
    )  # fmt: skip
    assert len(done.stdout.splitlines()) == 2
    assert (shared / "data" / "sessions").is_dir()
    assert done.stderr == b""


def _stopped_at(stop: int, patch: pytest.MonkeyPatch) -> None:
    """End the process at that step of the disk, before it is done."""
    steps = itertools.count(1)

    def ending(really: Any) -> Any:
        def step(*words: Any, **named: Any) -> Any:
            if next(steps) == stop:
                raise KeyboardInterrupt
            return really(*words, **named)

        return step

    for name in ("rename", "replace", "link", "unlink", "mkdir", "rmdir"):
        patch.setattr(os, name, ending(getattr(os, name)))


def _moves(before: Path) -> None:
    _, left = move_data(before, before / "data")
    left += move_settings(before, before / "config")
    sys.exit(len(left))
