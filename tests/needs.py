"""What a test needs that a machine or a user may lack. A run ends with what was not run for it, and what brings it.

The needs are marks: `@pytest.mark.needs_browser`. What a whole platform lacks is in `tests.platforms`.

With `--slow-part COMMIT` one of PARTS of the slow tests runs beside the others; commit after commit goes through all.
"""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

from tests.platforms import AS_ROOT

if TYPE_CHECKING:
    from collections.abc import Callable

_NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome", "microsoft-edge", "msedge")
# Where Chrome and Edge are installed without being on PATH.
_PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
)


PARTS = 12


class Need(NamedTuple):
    """Why a test is skipped where it is missing, and what to do about that."""

    missing: Callable[[], bool]
    reason: str
    remedy: str


@cache
def browser() -> str | None:
    """Return the program to open pages with: the one that RECOVERY_BROWSER names, else the first that is installed.

    An empty RECOVERY_BROWSER means none.
    """
    if (named := os.environ.get("RECOVERY_BROWSER")) is not None:
        return named or None
    found = next((found for name in _NAMES if (found := shutil.which(name))), None)
    return found or next((place for place in _PLACES if Path(place).is_file()), None)


def with_own_mounts(script: str) -> list[str]:
    """Return the command that runs a shell script whose mounts nobody else sees."""
    as_root = () if AS_ROOT else ("--user", "--map-root-user")
    return ["unshare", *as_root, "--mount", "sh", "-c", script]


@cache
def _mounts_nothing() -> bool:
    if shutil.which("unshare") is None:
        return True
    # Python may lie where only root looks, whose rights in a namespace of its own end there.
    tried = with_own_mounts(f"mount -t tmpfs none /mnt && {shlex.quote(sys.executable)} -c pass")
    return subprocess.run(tried, capture_output=True, check=False).returncode != 0


NEEDS = {
    "needs_browser": Need(
        missing=lambda: browser() is None,
        reason="no browser to open pages in",
        remedy="sudo make browser (installs Debian's Chromium), or install Chrome, Chromium or Edge, "
        "or name one in RECOVERY_BROWSER",
    ),
    "needs_own_mounts": Need(
        missing=_mounts_nothing,
        reason="this user may not mount a disk for the test, or not run this Python beside it",
        remedy="sudo make test (on Linux)",
    ),
    "needs_openssl": Need(
        missing=lambda: shutil.which("openssl") is None,
        reason="no openssl to sign a certificate with",
        remedy="install openssl",
    ),
    "needs_root": Need(
        missing=lambda: not AS_ROOT,
        reason="only root gives a folder to another user",
        remedy="sudo make test (on Linux)",
    ),
    "not_as_root": Need(
        missing=lambda: AS_ROOT,
        reason="root may write everywhere",
        remedy="make test-ordinary-user",
    ),
}


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--require-browser", action="store_true", help="fail where tests were skipped because there is no browser"
    )
    parser.addoption(
        "--slow-part", metavar="COMMIT", help=f"leave out all slow tests but one in {PARTS}, which the commit chooses"
    )


def pytest_configure(config: pytest.Config) -> None:
    for name, need in NEEDS.items():
        config.addinivalue_line("markers", f"{name}: skipped where it holds that: {need.reason}")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    commit = config.getoption("--slow-part")
    if commit is not None:
        chosen = int(commit, 16) % PARTS
        slow = [item for item in items if item.get_closest_marker("slow") is not None]
        left_out = {id(item) for number, item in enumerate(slow) if number % PARTS != chosen}
        config.hook.pytest_deselected(items=[item for item in items if id(item) in left_out])
        items[:] = [item for item in items if id(item) not in left_out]
    for item in items:
        for name, need in NEEDS.items():
            if item.get_closest_marker(name) is not None and need.missing():
                item.add_marker(pytest.mark.skip(reason=need.reason))


def pytest_sessionfinish(session: pytest.Session) -> None:
    required = session.config.getoption("--require-browser")
    if required and NEEDS["needs_browser"] in _not_run(session.config) and session.exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> object:
    """Say it last, below the list of what failed."""
    result = yield
    not_run = _not_run(terminalreporter.config)
    if not_run:
        terminalreporter.section("not run here", yellow=True)
        for need, count in not_run.items():
            terminalreporter.line(f"{count} {'test' if count == 1 else 'tests'}: {need.reason}. To run: {need.remedy}")
    return result


def _not_run(config: pytest.Config) -> dict[Need, int]:
    """Return how many tests were skipped for what, the processes of xdist included."""
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    skipped = reporter.stats.get("skipped", ()) if reporter is not None else ()
    reasons = [report.longrepr[2].removeprefix("Skipped: ") for report in skipped if isinstance(report.longrepr, tuple)]
    return {need: count for need in NEEDS.values() if (count := reasons.count(need.reason))}
