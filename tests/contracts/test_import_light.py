"""Start-up is a feature: what each light command must not import."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

HEAVY = {
    "asyncio", "dateutil", "filelock", "humanize", "jinja2", "phonenumbers", "prompt_toolkit",
    "psycopg", "pyarrow", "pydantic", "questionary", "rich", "sqlite3", "stdnum", "tomlkit", "typer", "yaml",
}  # fmt: skip
LIST = """
import sys
from recoverycli.__main__ import run
code = run(sys.argv[1:])
sys.stderr.write("\\n".join(sorted({name.partition(".")[0] for name in sys.modules})))
sys.exit(code)
"""


def imported(*argv: str, home: Path, stdin: str = "") -> set[str]:
    """The heavy packages that a command has imported when it ends."""
    # Coverage brings libraries of its own into every process.
    plain = {key: value for key, value in os.environ.items() if not key.startswith("COV")}
    environ = {**plain, "RECOVERY_HOME": str(home), "RECOVERY_CONFIG_HOME": str(home / "config")}
    done = subprocess.run(
        [sys.executable, "-c", LIST, *argv], input=stdin, capture_output=True, text=True, env=environ, check=True
    )
    return set(done.stderr.split()) & HEAVY


@pytest.mark.parametrize(
    ("argv", "allowed"),
    [
        (["--version"], set()),
        (["--help"], {"typer"}),
        (["log", "list", "--json"], {"typer"}),
        (["frameworks", "schema", "--json"], {"typer"}),
        (["frameworks", "show", "learn", "--json"], {"typer", "yaml"}),
    ],
)
def test_a_light_command_imports_nothing_heavy(argv: list[str], allowed: set[str], tmp_path: Path) -> None:
    assert imported(*argv, home=tmp_path) <= allowed


def test_a_call_by_pipe_draws_and_asks_nothing(tmp_path: Path) -> None:
    lock = {"filelock", "asyncio", "sqlite3"}
    assert imported("start", "learn", home=tmp_path, stdin="a note\n/end\n") <= {"typer", "yaml"} | lock
