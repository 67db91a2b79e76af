"""What is installed is whole: a wheel made from the sdist starts a call in an empty environment, from any folder."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

import pytest

from tests.platforms import WINDOWS

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment that holds the wheel and nothing of the repository; its libraries are those of the tests."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(folder / "dist"), str(ROOT)]
    subprocess.run(build, check=True, capture_output=True)
    (wheel,) = (folder / "dist").glob("*.whl")
    environment = folder / "environment"
    venv.create(environment, with_pip=False)
    if WINDOWS and not (programs(environment) / "python.exe").exists():
        pytest.skip("this Python has no launcher, so that it makes no environments")
    pip = [sys.executable, "-m", "pip", "--python", str(environment), "install", "--quiet", "--no-index", "--no-deps"]
    subprocess.run([*pip, str(wheel)], check=True, capture_output=True)
    return environment


def programs(environment: Path) -> Path:
    return environment / ("Scripts" if WINDOWS else "bin")


def recovery(
    environment: Path, *argv: str, home: Path, stdin: str = "", module: bool = False
) -> subprocess.CompletedProcess[str]:
    script = (
        [str(programs(environment) / "python"), "-m", "recoverycli"]
        if module
        else [str(programs(environment) / "recovery")]
    )
    # Folders named here are searched without their .pth files, so the editable install of the tests stays out.
    environ = {
        **os.environ,
        "PYTHONPATH": sysconfig.get_path("purelib"),
        "RECOVERY_HOME": str(home / "data"),
        "RECOVERY_CONFIG_HOME": str(home / "config"),
    }
    return subprocess.run(
        [*script, *argv],
        input=stdin,
        capture_output=True,
        env=environ,
        cwd=home,
        check=False,
        encoding="utf-8",
    )


def test_the_wheel_starts_a_call_from_any_folder(installed: Path, tmp_path: Path) -> None:
    done = recovery(installed, "start", "learn", home=tmp_path, stdin="a note\n/end resolved\n")
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1].endswith(".json")


def test_the_wheel_carries_all_frameworks_and_is_not_the_repository(installed: Path, tmp_path: Path) -> None:
    done = recovery(installed, "frameworks", "list", "--json", home=tmp_path, module=True)
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert len(lines) == len(list((ROOT / "frameworks").glob("*.yaml")))
    assert all(str(installed) in line for line in lines)


def test_the_wheel_knows_the_words_that_backfire(installed: Path, tmp_path: Path) -> None:
    done = recovery(installed, "check", "Please calm down.", home=tmp_path)
    assert done.returncode == 1, done.stderr
    assert "calm down" in done.stdout


def test_the_wheel_makes_handouts_of_every_kind(installed: Path, tmp_path: Path) -> None:
    for name, begins in (("last.pdf", b"%PDF"), ("last.html", b"<!doctype html>"), ("last.md", b"# LAST")):
        done = recovery(installed, "frameworks", "handout", "last", "--output", name, home=tmp_path)
        assert done.returncode == 0, done.stderr
        assert (tmp_path / name).read_bytes().lstrip().startswith(begins)


@pytest.mark.parametrize(
    "asked",
    [
        ("frameworks", "new", "our-way"),
        ("frameworks", "new", "ours", "--extends", "learn"),
        ("scenarios", "new", "late"),
    ],
)
def test_the_wheel_carries_the_templates_of_new_files(installed: Path, tmp_path: Path, asked: tuple[str, ...]) -> None:
    done = recovery(installed, *asked, "--output", f"{asked[2]}.yaml", home=tmp_path)
    assert done.returncode == 0, done.stderr
    assert recovery(installed, asked[0], "validate", f"{asked[2]}.yaml", home=tmp_path).returncode == 0


def test_the_wheel_carries_the_dialogues(installed: Path, tmp_path: Path) -> None:
    done = recovery(installed, "demo", "learn", "--side-by-side", home=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "handled badly" in done.stdout


def test_the_wheel_carries_what_makes_the_database_of_a_team(installed: Path, tmp_path: Path) -> None:
    done = recovery(installed, "team", "status", "--json", home=tmp_path)
    assert done.returncode == 0, done.stderr
    assert '"schema_wanted":0' not in done.stdout
    assert '"schema_wanted":' in done.stdout
