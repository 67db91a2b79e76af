"""A run of the tests ends with what was not run because something is missing, and the command that brings it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAGES = """
import pytest

@pytest.mark.needs_browser
@pytest.mark.parametrize("page", [1, 2])
def test_a_page(page): ...

def test_a_line(): ...
"""


def run(folder: Path, *options: str, browser: str = "") -> tuple[int, list[str]]:
    """Run these tests by a pytest of its own; its exit code and its lines. An empty `browser` is none."""
    (folder / "test_pages.py").write_text(PAGES, encoding="utf-8")
    paths = os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH")]))
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "tests.needs", "-p", "no:cacheprovider", *options, str(folder)],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": paths, "RECOVERY_BROWSER": browser, "PYTEST_ADDOPTS": ""},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    return done.returncode, [line for line in done.stdout.splitlines() if line]


@pytest.mark.parametrize("workers", ["0", "2"])
def test_what_was_not_run_stands_in_the_last_lines_with_what_brings_it(tmp_path: Path, workers: str) -> None:
    code, lines = run(tmp_path, "-n", workers)
    assert code == 0
    assert "not run here" in lines[-3]
    assert lines[-2].startswith("2 tests: no browser to open pages in. To run: sudo make browser")
    assert "1 passed, 2 skipped" in lines[-1]


def test_a_run_that_requires_a_browser_fails_without_one(tmp_path: Path) -> None:
    assert run(tmp_path, "--require-browser")[0] == pytest.ExitCode.TESTS_FAILED
    assert run(tmp_path, "--require-browser", browser="named")[0] == pytest.ExitCode.OK


def test_a_run_of_everything_says_nothing_of_it(tmp_path: Path) -> None:
    code, lines = run(tmp_path, browser="named")
    assert code == 0
    assert not any("not run here" in line for line in lines)
