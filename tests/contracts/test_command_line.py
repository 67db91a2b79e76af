"""What people expect of a command line, point by point."""

from __future__ import annotations

import json
import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from recoverycli.commands.app import globals_first, module_name
from recoverycli.commands.config.group import COMMANDS as CONFIG_COMMANDS
from recoverycli.commands.followups.group import COMMANDS as FOLLOWUP_COMMANDS
from recoverycli.commands.frameworks.group import COMMANDS as FRAMEWORK_COMMANDS
from recoverycli.commands.log.group import COMMANDS as LOG_COMMANDS
from recoverycli.commands.phrases.group import COMMANDS as PHRASE_COMMANDS
from recoverycli.commands.scenarios.group import COMMANDS as SCENARIO_COMMANDS
from recoverycli.commands.team.group import COMMANDS as TEAM_COMMANDS
from recoverycli.version import __version__
from tests import present
from tests.commands.recovery import Recovery
from tests.platforms import needs_posix_shell

COMMANDS = [
    [],
    ["start"],
    ["resume"],
    ["tutorial"],
    ["demo"],
    ["practice"],
    ["quiz"],
    ["progress"],
    ["week"],
    ["check"],
    ["completion"],
    ["phrases"],
    *(["phrases", word] for word in PHRASE_COMMANDS),
    ["followups"],
    *(["followups", word] for word in FOLLOWUP_COMMANDS),
    ["config"],
    *(["config", word] for word in CONFIG_COMMANDS),
    ["doctor"],
    ["frameworks"],
    *(["frameworks", word] for word in FRAMEWORK_COMMANDS),
    ["scenarios"],
    *(["scenarios", word] for word in SCENARIO_COMMANDS),
    ["log"],
    *(["log", word] for word in LOG_COMMANDS),
    ["team"],
    *(["team", word] for word in TEAM_COMMANDS),
]


@pytest.mark.parametrize(
    ("group", "commands"),
    [
        ("config", CONFIG_COMMANDS),
        ("followups", FOLLOWUP_COMMANDS),
        ("frameworks", FRAMEWORK_COMMANDS),
        ("log", LOG_COMMANDS),
        ("phrases", PHRASE_COMMANDS),
        ("scenarios", SCENARIO_COMMANDS),
        ("team", TEAM_COMMANDS),
    ],
)
def test_each_module_of_a_group_is_named_after_its_command(group: str, commands: dict[str, str]) -> None:
    folder = Path(module_name.__code__.co_filename).parent / group
    modules = {file.stem for file in folder.glob("*.py")} - {"__init__", "group"}
    assert modules == {module_name(command) for command in commands}


@pytest.fixture
def recovery(tmp_path: Path) -> Recovery:
    return Recovery(tmp_path)


@pytest.mark.parametrize("group", ["", "log", "frameworks", "scenarios", "phrases", "followups", "team", "config"])
def test_no_summary_in_a_help_of_80_columns_is_cut(recovery: Recovery, group: str) -> None:
    shown = recovery(*group.split(), "--help", environ={"COLUMNS": "80"}).stdout
    summaries = shown.partition("Commands:\n")[2].splitlines()
    assert len(summaries) > 3
    for summary in summaries:
        assert len(summary) <= 80
        assert summary.endswith("."), summary
        assert not summary.endswith("..."), summary


@pytest.mark.parametrize("command", COMMANDS, ids=lambda words: " ".join(words) or "recovery")
@pytest.mark.parametrize("option", ["-h", "--help"])
def test_help_says_what_it_does_with_examples(recovery: Recovery, command: list[str], option: str) -> None:
    done = recovery(*command, option)
    assert done.returncode == 0, done.stderr
    assert "recovery " in done.stdout
    what, examples, options = (done.stdout.index(words) for words in ("\n\n  ", "Examples:\n    recovery ", "Options:"))
    assert what < examples < options
    assert "\x1b" not in done.stdout


def test_version_is_name_and_version_alone(recovery: Recovery) -> None:
    assert recovery("--version").stdout == f"recovery {__version__}\n"
    assert recovery("--plain", "--version").stdout == f"recovery {__version__}\n"


def test_recovery_alone_prints_help(recovery: Recovery) -> None:
    done = recovery()
    assert done.returncode == 0
    assert "start" in done.stdout
    assert "frameworks" in done.stdout


@pytest.mark.parametrize(
    ("argv", "nearest"),
    [
        (["strat"], "start"),
        (["log", "lst"], "list"),
        (["start", "lern"], "learn"),
        (["start", "--chanel", "phone"], "--channel"),
        (["start", "--channel", "fone"], "phone"),
        (["start", "--mood", "agry"], "angry"),
        (["start", "--set", "expectd=x"], "--set expected=x"),
        (["frameworks", "show", "hart"], "heart"),
    ],
)
def test_a_mistyped_word_is_answered_with_the_nearest_right_one(
    recovery: Recovery, argv: list[str], nearest: str
) -> None:
    done = recovery(*argv)
    assert done.returncode == 2
    assert nearest in done.stderr
    assert done.stdout == ""
    assert "Traceback" not in done.stderr
    assert not (recovery.home / "data").exists(), "nothing is written before a call has begun"


def test_a_needed_argument_that_is_missing_is_asked_for_with_an_example(recovery: Recovery) -> None:
    done = recovery("frameworks", "show")
    assert done.returncode == 2
    assert "For example: recovery frameworks show" in done.stderr


def test_global_options_may_stand_anywhere() -> None:
    assert globals_first(["log", "list", "--plain", "--data-dir", "x"]) == ["--plain", "--data-dir", "x", "log", "list"]
    assert globals_first(["start", "--data-dir=x", "--", "--plain"]) == ["--data-dir=x", "start", "--", "--plain"]
    assert globals_first(["log", "--data-dir"]) == ["--data-dir", "log"]


def test_data_dir_and_recovery_home_move_all_data(recovery: Recovery, tmp_path: Path) -> None:
    recovery("start", "learn", "--data-dir", str(tmp_path / "there"), stdin="/end resolved\n")
    assert list((tmp_path / "there").rglob("*.json"))
    assert not (recovery.home / "data").exists()


def test_a_fault_with_json_is_one_object(recovery: Recovery) -> None:
    done = recovery("log", "show", "nothing", "--json")
    assert done.returncode == 1
    assert done.stdout == ""
    assert json.loads(done.stderr)["error"] == "not-found"


def test_nothing_is_ever_written_into_the_current_folder(recovery: Recovery, tmp_path: Path) -> None:
    here = tmp_path / "here"
    here.mkdir()
    recovery("start", "learn", stdin="a note\n/end resolved\n", cwd=here)
    recovery("log", "list", cwd=here)
    recovery("frameworks", "list", cwd=here)
    assert list(here.iterdir()) == []


def test_settings_come_from_flag_environment_project_and_user_in_that_order(recovery: Recovery, tmp_path: Path) -> None:
    here = tmp_path / "here"
    (here / ".recovery").mkdir(parents=True)
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / "settings.toml").write_text('channel = "phone"\nframework = "last"\n', encoding="utf-8")
    (here / ".recovery" / "settings.toml").write_text('channel = "chat"\n', encoding="utf-8")

    def channel(*argv: str, **environ: str) -> tuple[str, str]:
        done = recovery("start", *argv, stdin="/end resolved\n", cwd=here, environ=environ)
        shown = json.loads(Path(done.stdout.splitlines()[-1].removeprefix("Transcript: ")).read_bytes())
        return shown["channel"], shown["framework"]["id"]

    assert channel() == ("chat", "last")
    assert channel(RECOVERY_CHANNEL="email") == ("email", "last")
    assert channel("--channel", "social", RECOVERY_CHANNEL="x", RECOVERY_FRAMEWORK="heart") == ("social", "heart")


def test_a_broken_settings_file_is_a_warning_and_no_more(recovery: Recovery, tmp_path: Path) -> None:
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / "settings.toml").write_text('agnet = "x"\nplain = "perhaps"\n', encoding="utf-8")
    done = recovery("log", "list")
    assert done.returncode == 0
    assert "did you mean agent?" in done.stderr
    assert "plain must be true or false" in done.stderr


@needs_posix_shell
def test_a_closed_pipe_ends_quietly(recovery: Recovery, tmp_path: Path) -> None:
    command = f"{shlex.join(present.command('frameworks', 'schema'))} | head -n 1"
    done = subprocess.run(
        ["bash", "-c", f"set -o pipefail; {command}"], capture_output=True, check=False, encoding="utf-8"
    )
    assert done.stderr == ""
    assert done.returncode == 0


@needs_posix_shell
@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
def test_a_stream_that_is_closed_is_no_fault(recovery: Recovery, closed: str) -> None:
    command = f"{shlex.join(present.command('log', 'list'))} {closed}"
    done = subprocess.run(
        ["bash", "-c", command], capture_output=True, env=recovery.environ(), check=False, encoding="utf-8"
    )
    assert done.returncode == 0
    assert done.stderr == ""


@needs_posix_shell
def test_output_that_cannot_be_written_is_one_line(recovery: Recovery) -> None:
    command = f"{shlex.join(present.command('frameworks', 'schema'))} > /dev/full"
    done = subprocess.run(
        ["bash", "-c", command], capture_output=True, env=recovery.environ(), check=False, encoding="utf-8"
    )
    assert done.returncode == 1
    assert done.stderr == "recovery: the output could not be written (No space left on device)\n"


@needs_posix_shell
def test_a_current_folder_that_is_gone_is_no_fault(recovery: Recovery, tmp_path: Path) -> None:
    (tmp_path / "gone").mkdir()
    command = f"cd {tmp_path / 'gone'} && rmdir {tmp_path / 'gone'} && {shlex.join(present.command('log', 'list'))}"
    done = subprocess.run(
        ["bash", "-c", command], capture_output=True, env=recovery.environ(), check=False, encoding="utf-8"
    )
    assert done.returncode == 0, done.stderr


def test_an_unexpected_fault_leaves_a_report_without_anybodys_words(recovery: Recovery, tmp_path: Path) -> None:
    code = (
        "import sys, recoverycli.commands.app as app\n"
        "def invoke(argv): raise RuntimeError('the customer said 4111')\n"
        "app.invoke = invoke\n"
        "from recoverycli.__main__ import run\n"
        "sys.exit(run(['log', 'list']))\n"
    )
    environ = {**os.environ, "TMPDIR": str(tmp_path)}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, env=environ, check=False, encoding="utf-8")
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    (report,) = tmp_path.glob("recovery-report-*.txt")
    assert str(report) in done.stderr
    assert "RuntimeError" in report.read_text(encoding="utf-8")
    assert "4111" not in report.read_text(encoding="utf-8") + done.stderr
