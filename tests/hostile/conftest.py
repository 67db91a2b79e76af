"""At the end of `make fuzz`: how many examples ran for each target, and what was found."""

from __future__ import annotations

import os
from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest

from tests.commands.recovery import Recovery
from tests.hostile.fuzzing import RAN

if TYPE_CHECKING:
    from pathlib import Path

_OF_WORKERS: Counter[str] = Counter()


@pytest.fixture
def recovery(tmp_path: Path) -> Recovery:
    return Recovery(tmp_path)


def pytest_sessionfinish(session: pytest.Session) -> None:
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["fuzzed"] = dict(RAN)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    _OF_WORKERS.update(getattr(node, "workeroutput", {}).get("fuzzed", {}))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if not os.environ.get("FUZZ_EXAMPLES"):
        return
    ran = _OF_WORKERS + RAN
    found = terminalreporter.stats.get("failed", [])
    for name, number in sorted(ran.items()):
        terminalreporter.write_line(f"{number:>9,}  {name}")
    terminalreporter.write_line(f"{ran.total():>9,}  examples in all, {len(found)} targets with a fault")
    for report in found:
        terminalreporter.write_line(f"           {report.nodeid}")
