"""Start-up is a feature: what each light command must not import."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.platforms import needs_pty

if TYPE_CHECKING:
    from pathlib import Path

HEAVY = {
    "asyncio", "dateutil", "filelock", "holidays", "humanize", "jinja2", "phonenumbers", "prompt_toolkit",
    "psycopg", "pyarrow", "pydantic", "questionary", "rich", "sqlite3", "stdnum", "tomlkit", "typer", "yaml",
}  # fmt: skip
LIST = """
import sys
from recoverycli.__main__ import run
code = run(sys.argv[1:])
sys.stderr.write("\\n".join(sorted({name.partition(".")[0] for name in sys.modules})))
sys.exit(code)
"""
# The same on a terminal: what was there when the prompt was asked for, and what was there at the end.
DRAWN = """
import os, sys
def tell(moment):
    with open(os.path.join(os.environ["TOLD"], moment), "w") as file:
        file.write("\\n".join({name.partition(".")[0] for name in sys.modules}))
PROMPTS = "recoverycli.terminal.call.prompt"
sys.addaudithook(lambda event, words: tell("painted") if event == "import" and words[0] == PROMPTS else None)
from recoverycli.__main__ import run
code = run(sys.argv[1:])
tell("ended")
sys.exit(code)
"""


def surroundings(home: Path) -> dict[str, str]:
    """The environment of a process of its own: coverage would bring its libraries along."""
    plain = {key: value for key, value in os.environ.items() if not key.startswith("COV")}
    return {**plain, "RECOVERY_HOME": str(home), "RECOVERY_CONFIG_HOME": str(home / "config")}


def imported(*argv: str, home: Path, stdin: str = "", heavy: set[str] = HEAVY) -> set[str]:
    """Which of the heavy packages a command has imported when it ends."""
    command = [sys.executable, "-c", LIST, *argv]
    done = subprocess.run(
        command, input=stdin, capture_output=True, env=surroundings(home), check=True, encoding="utf-8"
    )
    return set(done.stderr.split()) & heavy


@pytest.mark.parametrize(
    ("argv", "allowed"),
    [
        (["--version"], set()),
        (["--help"], {"typer"}),
        (["log", "list", "--json"], {"typer", "sqlite3"}),
        (["frameworks", "schema", "--json"], {"typer"}),
        (["frameworks", "show", "learn", "--json"], {"typer", "yaml"}),
    ],
)
def test_a_light_command_imports_nothing_heavy(argv: list[str], allowed: set[str], tmp_path: Path) -> None:
    assert imported(*argv, home=tmp_path) <= allowed


def test_the_version_is_printed_without_typing_and_patterns(tmp_path: Path) -> None:
    assert imported("--version", home=tmp_path, heavy={"typing", "re", "enum", "pathlib"}) == set()


@pytest.mark.parametrize(
    "argv", [["log", "stats"], ["frameworks", "list"], ["frameworks", "show", "learn"], ["config", "show"], ["doctor"]]
)
def test_a_page_in_a_pipe_is_printed_without_the_libraries_that_draw(argv: list[str], tmp_path: Path) -> None:
    assert not imported(*argv, home=tmp_path) & {"rich", "prompt_toolkit", "questionary"}


def test_what_a_team_published_is_read_without_the_driver_of_its_database(tmp_path: Path) -> None:
    folder = tmp_path / "team" / "content" / "3-a1b2" / "frameworks"
    folder.mkdir(parents=True)
    (tmp_path / "team" / "content" / "current").write_text("3-a1b2\n", encoding="utf-8")
    (folder / "ours.yaml").write_text("schema: 1\nid: ours\nextends: learn\nname: Ours\n", encoding="utf-8")
    assert imported("frameworks", "show", "ours", "--json", home=tmp_path) <= {"typer", "yaml"}
    assert imported("frameworks", "list", "--json", home=tmp_path) <= {"typer", "yaml"}


def test_a_call_by_pipe_draws_and_asks_nothing(tmp_path: Path) -> None:
    lock = {"filelock", "asyncio", "sqlite3"}
    assert imported("start", "learn", home=tmp_path, stdin="a note\n/end\n") <= {"typer", "yaml"} | lock


@needs_pty
def test_a_call_on_a_terminal_paints_its_first_step_before_the_prompt_is_loaded_and_never_loads_rich(
    tmp_path: Path,
) -> None:
    environ = {**surroundings(tmp_path), "TERM": "xterm-256color", "TOLD": str(tmp_path)}
    import pexpect

    terminal: pexpect.spawn[str] = pexpect.spawn(
        "env",
        [sys.executable, "-c", DRAWN, "start", "learn"],
        env=environ,
        dimensions=(24, 80),
        encoding="utf-8",
        timeout=20,
    )
    terminal.expect("LEARN")
    terminal.expect("undo")
    terminal.send("/end resolved\r")
    terminal.expect("u opens it again")
    terminal.send("q\r")
    terminal.expect(pexpect.EOF)
    terminal.close()
    assert terminal.exitstatus == 0
    painted, ended = (
        set((tmp_path / moment).read_text(encoding="utf-8").split()) & HEAVY for moment in ("painted", "ended")
    )
    assert painted <= {"typer", "yaml"}
    assert "questionary" in ended
    assert "rich" not in ended
