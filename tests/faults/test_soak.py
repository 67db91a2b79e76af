"""A short soak: what `make soak` does for ten minutes."""

from __future__ import annotations

import subprocess
import sys

from tests.forge import ROOT


def test_a_soak_test_accounts_for_every_event() -> None:
    argv = ["--calls", "12", "--seconds", "1", "--processes", "4"]
    done = subprocess.run(
        [sys.executable, str(ROOT / "benchmarks" / "soak.py"), *argv],
        capture_output=True,
        check=False,
        encoding="utf-8",
    )
    assert done.returncode == 0, done
    *_, calls, facts = done.stdout.splitlines()
    begun, finished, resumable = (int(words.split()[-1]) for words in calls.split(", "))
    assert begun == finished + resumable
    confirmed, found, lost = (int(words.split()[-1]) for words in facts.split(", "))
    assert confirmed == found > 0
    assert lost == 0
