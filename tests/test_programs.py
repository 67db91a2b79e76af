"""Other programs are found without the current folder, and get an environment that leads none of them there."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from recoverycli.programs import child_environ, find_program, own_command


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder, which holds programs named like those that are asked for."""
    for name in ("less", "less.exe", "vi", "initdb"):
        program = tmp_path / name
        program.write_bytes(Path(sys.executable).read_bytes()[:1000])
        program.chmod(0o755)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("path", ["", ".", os.pathsep, f".{os.pathsep}bin", "./"])
@pytest.mark.parametrize("name", ["less", "vi", "./less", "../less", f"bin{os.sep}less"])
def test_a_program_of_the_current_folder_is_not_found(here: Path, path: str, name: str) -> None:
    assert find_program(name, {"PATH": path}) is None


def test_a_program_is_found_in_the_folders_of_path_and_by_its_whole_path(here: Path) -> None:
    elsewhere = {"PATH": os.pathsep.join((".", str(here / "nowhere"), str(here)))}
    found = find_program("less", elsewhere)
    assert found is not None
    assert Path(found).parent == here
    assert find_program(found, {"PATH": ""}) == found


def test_a_file_that_cannot_be_run_is_no_program(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    assert find_program("folder", {"PATH": str(tmp_path)}) is None


def test_a_child_gets_no_list_of_folders_that_means_the_current_one() -> None:
    whole = str(Path(sys.executable).parent)
    given = {
        "PATH": os.pathsep.join(("", ".", whole)), "PYTHONPATH": ".", "LD_LIBRARY_PATH": os.pathsep,
        "LD_PRELOAD": "here.so", "PYTHONSTARTUP": "here.py", "TZ": "Europe/Berlin", "RECOVERY_HOME": "calls",
    }  # fmt: skip
    assert child_environ(given) == {"PATH": whole, "TZ": "Europe/Berlin", "RECOVERY_HOME": "calls"}


def test_our_own_command_loads_the_installed_tool_in_a_folder_that_imitates_it(tmp_path: Path) -> None:
    (tmp_path / "recoverycli.py").write_text("raise SystemExit(99)\n")
    done = subprocess.run(
        own_command(["--version"]), cwd=tmp_path, env=child_environ(os.environ), capture_output=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.startswith(b"recovery ")


def test_the_module_loads_nothing_else_from_the_current_folder(tmp_path: Path) -> None:
    for name in ("typer", "msgspec", "rich", "questionary", "yaml"):
        (tmp_path / f"{name}.py").write_text("raise SystemExit(99)\n")
    environ = {**os.environ, "RECOVERY_HOME": str(tmp_path / "data"), "RECOVERY_CONFIG_HOME": str(tmp_path)}
    command = [sys.executable, "-m", "recoverycli", "log", "list"]
    done = subprocess.run(command, cwd=tmp_path, env=environ, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
