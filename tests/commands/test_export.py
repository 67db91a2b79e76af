"""`log export` and `log import` as they are run: out of one store, into another, nothing lost or written over."""

from __future__ import annotations

import json
import shutil
from importlib.util import find_spec
from typing import TYPE_CHECKING

import pytest

from recoverycli.session.transcript.model import encode
from recoverycli.store.calls.archive import Archive
from tests.commands.recovery import Recovery
from tests.platforms import needs_links
from tests.synthetic import calls

if TYPE_CHECKING:
    from pathlib import Path

NUMBER = 7


@pytest.fixture
def stored(recovery: Recovery) -> Recovery:
    archive = Archive(recovery.data)
    for call in calls(NUMBER, seed=6, days=30):
        archive.write(call)
    return recovery


def documents(home: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (home / "sessions").rglob("*.json")}


def test_our_own_export_imported_into_an_empty_store_gives_equal_transcripts(stored: Recovery, tmp_path: Path) -> None:
    file = tmp_path / "calls.jsonl"
    done = stored("log", "export", "--all", "--format", "json", "--output", str(file))
    assert done.returncode == 0, done.stderr
    assert f"{NUMBER} calls written" in done.stderr
    other = Recovery(tmp_path / "other")
    taken = other("log", "import", str(file))
    assert (taken.returncode, taken.stdout) == (
        0,
        f"{NUMBER} imported, 0 already stored, 0 refused. See them: recovery log list\n",
    )
    assert documents(other.data) == documents(stored.data)
    again = other("log", "import", "-", stdin=file.read_bytes())
    assert again.stdout == f"0 imported, {NUMBER} already stored, 0 refused.\n"
    assert len(other("log", "list", "--json").stdout.splitlines()) == NUMBER


def test_a_folder_is_taken_in_with_keys_that_nobody_knows(stored: Recovery, tmp_path: Path) -> None:
    path = next((stored.data / "sessions").rglob("*.json"))
    document = {**json.loads(path.read_bytes()), "of a newer version": {"kept": True}}
    path.write_bytes(json.dumps(document).encode())
    other = Recovery(tmp_path / "other")
    assert other("log", "import", str(stored.data / "sessions")).returncode == 0
    (taken,) = [one for one in documents(other.data).values() if b"newer version" in one]
    assert json.loads(taken) == document


def test_what_is_refused_is_named_and_nothing_is_overwritten(stored: Recovery, tmp_path: Path) -> None:
    before = documents(stored.data)
    call = next(calls(NUMBER, seed=6, days=30))
    folder = tmp_path / "coming"
    folder.mkdir()
    good = encode(call)
    (folder / "differs.json").write_bytes(good.replace(b'"redactions": 0', b'"redactions": 1'))
    (folder / "broken.json").write_bytes(good[:100])
    (folder / "newer.json").write_bytes(good.replace(b'"schema": 1', b'"schema": 9'))
    (folder / "path.json").write_bytes(good.replace(call.id.encode(), b"../../../etc/passwd"))
    (folder / "far.json").write_bytes(good.replace(str(call.started_at.year).encode(), b"9999"))
    (folder / "practice.json").write_bytes(
        good.replace(b'"kind": "call"', b'"kind": "practice"').replace(call.id[-4:].encode(), b"zz99")
    )
    (folder / "empty.json").touch()
    (folder / "same.json").write_bytes(good)
    done = stored("log", "import", str(folder))
    assert done.returncode == 1
    assert done.stdout == "0 imported, 1 already stored, 7 refused.\n"
    for name in ("differs", "broken", "newer", "path", "far", "practice", "empty"):
        assert f"{name}.json" in done.stderr
    assert "Traceback" not in done.stderr
    assert documents(stored.data) == before


def test_a_dry_run_checks_and_writes_nothing(stored: Recovery, tmp_path: Path) -> None:
    other = Recovery(tmp_path / "other")
    done = other("log", "import", str(stored.data / "sessions"), "--dry-run")
    assert f"{NUMBER} would be imported" in done.stdout
    assert not other.data.exists()


def test_a_file_that_is_there_is_not_overwritten_without_a_word(stored: Recovery, tmp_path: Path) -> None:
    file = tmp_path / "call.md"
    file.write_text("mine", encoding="utf-8")
    done = stored("log", "export", "last", "--format", "md", "--output", str(file))
    assert done.returncode == 2
    assert "--yes" in done.stderr
    assert file.read_text(encoding="utf-8") == "mine"
    assert stored("log", "export", "last", "--format", "md", "--output", str(file), "--yes").returncode == 0
    assert file.read_text(encoding="utf-8").startswith("# ")


def test_one_file_a_call_goes_into_a_folder(stored: Recovery, tmp_path: Path) -> None:
    letters = tmp_path / "letters"
    assert stored("log", "export", "--all", "--format", "letter", "--output", str(letters / "x")).returncode == 2
    letters.mkdir()
    assert stored("log", "export", "--all", "--format", "letter", "--output", str(letters)).returncode == 0
    assert {path.stem for path in letters.iterdir()} == {name.removesuffix(".json") for name in documents(stored.data)}


def test_a_disk_without_room_leaves_no_half_file(stored: Recovery, tmp_path: Path) -> None:
    file = tmp_path / "calls.jsonl"

    def small() -> None:
        import resource

        resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))

    stored("log", "list")
    done = stored("log", "export", "--all", "--format", "json", "--output", str(file), before=small)
    assert done.returncode == 1
    assert "No file was written" in done.stderr
    assert list(tmp_path.glob("*calls*")) == []


@pytest.mark.parametrize(
    ("argv", "words"),
    [
        (("--format", "htm", "last"), "html"),
        (("--format", "md"), "--all"),
        (("--format", "md", "last", "--since", "yesterday"), "by filters, not both"),
        (("--format", "md", "--since", "someday"), "not a date"),
        (("--formt", "md", "last"), "--formt"),
    ],
)
def test_a_wrong_word_is_refused_before_anything_is_written(
    stored: Recovery, argv: tuple[str, ...], words: str
) -> None:
    done = stored("log", "export", *argv)
    assert done.returncode == 2
    assert words in done.stderr
    assert done.stdout == ""


@needs_links
def test_a_link_that_leads_nowhere_is_not_imported(stored: Recovery, tmp_path: Path) -> None:
    folder = tmp_path / "coming"
    folder.mkdir()
    (folder / "nowhere.json").symlink_to(tmp_path / "nowhere")
    done = stored("log", "import", str(folder))
    assert (done.returncode, done.stdout) == (1, "0 imported, 0 already stored, 1 refused.\n")
    assert "nowhere.json" in done.stderr


def test_a_filter_that_means_no_call_says_so(stored: Recovery) -> None:
    done = stored("log", "export", "--customer", "nobody at all")
    assert done.returncode == 1
    assert "no calls match" in done.stderr


def test_a_store_that_is_gone_imports_nothing(recovery: Recovery, tmp_path: Path) -> None:
    done = recovery("log", "import", str(tmp_path / "nothing.json"))
    assert done.returncode == 2
    assert "there is no" in done.stderr
    shutil.rmtree(recovery.data, ignore_errors=True)


@pytest.mark.parametrize(
    "words",
    [
        "log export --all --format json",
        "log report",
        pytest.param(
            "log export --all --format parquet",
            marks=pytest.mark.skipif(find_spec("pyarrow") is None, reason="pyarrow is not installed"),
        ),
    ],
)
def test_what_is_there_is_overwritten_by_yes_alone_and_no_other_option_is_offered(
    stored: Recovery, tmp_path: Path, words: str
) -> None:
    file = tmp_path / "made"
    assert stored(*words.split(), "--output", str(file)).returncode == 0
    refused = stored(*words.split(), "--output", str(file))
    assert refused.returncode == 2
    assert "Nothing was changed.\nAdd --yes to do it.\n" in refused.stderr
    assert stored(*words.split(), "--output", str(file), "--yes").returncode == 0
