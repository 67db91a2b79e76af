"""What `make run` does: your own call on a terminal, the example call everywhere else."""

import os
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
HOME = HERE.parent / ".run"
CALL = ["start", "learn", "--customer", "A. Customer", "--channel", "phone", "--issue", "billing"]


def main() -> int:
    """Walk a call through the real `recovery` and return its exit code."""
    recovery = [sys.executable, "-m", "recoverycli"]
    environ = {**os.environ, "RECOVERY_HOME": os.environ.get("RECOVERY_HOME") or str(HOME)}
    if sys.stdin.isatty() and sys.stdout.isatty():
        return subprocess.run([*recovery, "start"], env=environ, check=False).returncode
    with (HERE / "first-call.txt").open("rb") as lines:
        return subprocess.run([*recovery, *CALL], env=environ, stdin=lines, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
