"""Other programs are found without the current folder, and get an environment that leads none of them there."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from recoverycli.system.programs import (
    child_environ,
    find_command,
    find_program,
    own_command,
    process_args,
    quote_word,
    split_command,
)
from tests.platforms import WINDOWS


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
    (tmp_path / "recoverycli.py").write_text("raise SystemExit(99)\n", encoding="utf-8")
    done = subprocess.run(
        own_command(["--version"]), cwd=tmp_path, env=child_environ(os.environ), capture_output=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.startswith(b"recovery ")


def test_our_own_command_finds_what_this_process_found_but_in_the_current_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine, here = tmp_path / "my own packages", tmp_path / "here"
    for folder in (mine, here):
        folder.mkdir()
        monkeypatch.syspath_prepend(folder)
    monkeypatch.chdir(here)
    _, isolated, _, begin, *words = own_command(["team", "push"])
    assert (isolated, words) == ("-I", ["team", "push"])
    assert repr(str(mine)) in begin
    assert repr(str(here)) not in begin


def test_the_module_loads_nothing_else_from_the_current_folder(tmp_path: Path) -> None:
    for name in ("typer", "msgspec", "rich", "questionary", "yaml"):
        (tmp_path / f"{name}.py").write_text("raise SystemExit(99)\n", encoding="utf-8")
    environ = {**os.environ, "RECOVERY_HOME": str(tmp_path / "data"), "RECOVERY_CONFIG_HOME": str(tmp_path)}
    command = [sys.executable, "-m", "recoverycli", "log", "list"]
    done = subprocess.run(command, cwd=tmp_path, env=environ, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (r"C:\tools\code.cmd --wait", [r"C:\tools\code.cmd", "--wait"]),
        (r'"C:\Program Files\x\code.cmd" --wait', [r"C:\Program Files\x\code.cmd", "--wait"]),
        (r'x --name="a b" ""', ["x", "--name=a b", ""]),
        (r'x "\\server\share\\" end', ["x", "\\\\server\\share\\", "end"]),
        (r"x \"said\" a\b", ["x", '"said"', r"a\b"]),
        ("  x \t y\\ ", ["x", "y\\"]),
        ("", []),
    ],
)
def test_a_command_line_on_windows_keeps_its_backslashes_and_loses_its_quotes(line: str, words: list[str]) -> None:
    assert split_command(line, windows=True) == words


@pytest.mark.parametrize("windows", [True, False])
def test_a_quote_that_is_not_closed_is_refused(windows: bool) -> None:
    with pytest.raises(ValueError, match=r".*"):
        split_command('x "y', windows=windows)


def a_program(path: Path) -> Path:
    """Make a program that can be found, not run."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"")
    path.chmod(0o755)
    return path


@pytest.mark.parametrize("windows", [True, False])
def test_the_path_of_a_program_may_hold_spaces_with_quotes_and_without(tmp_path: Path, windows: bool) -> None:
    if WINDOWS and not windows:
        pytest.skip("a path of Windows is no word of a POSIX shell")
    editor = a_program(tmp_path / "Program Files" / "it's" / "code.cmd")
    whole = str(editor)
    assert find_command(whole, {}, windows=windows) == [whole]
    assert find_command(f"{whole} --wait", {}, windows=windows) == [whole, "--wait"]
    assert find_command(f'"{whole}" --wait "a b"', {}, windows=windows) == [whole, "--wait", "a b"]
    assert find_command(f"{tmp_path} --wait", {}, windows=windows) is None
    assert find_command(" ", {}, windows=windows) is None


def test_a_word_is_quoted_for_the_shell_of_the_platform() -> None:
    assert quote_word(r"C:\a b\c.yaml", windows=True) == r'"C:\a b\c.yaml"'
    assert quote_word(r"C:\a\c-1.yaml", windows=True) == r"C:\a\c-1.yaml"
    assert quote_word("a b", windows=False) == "'a b'"


def test_a_program_is_started_without_a_shell_and_a_batch_file_by_that_of_the_system() -> None:
    environ = {"SystemRoot": r"D:\Windows", "COMSPEC": "evil.exe"}
    assert process_args(["/x/vi", "a b"], environ, windows=False) == ["/x/vi", "a b"]
    assert process_args([r"C:\x\vi.exe", "a b"], environ, windows=True) == [r"C:\x\vi.exe", "a b"]
    line = process_args([r"C:\a b\Code.CMD", "5", "C:\\d\\"], environ, windows=True)
    assert line == r'"D:\Windows\System32\cmd.exe" /e:ON /v:OFF /d /s /c ""C:\a b\Code.CMD" "5" "C:\d\\""'


@pytest.mark.parametrize("word", ['a" & calc & "', "a\nb", "a\0", "%PATH%"])
def test_a_batch_file_is_given_nothing_that_leaves_its_quotes(word: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        process_args([r"C:\x\code.cmd", word], {}, windows=True)


@pytest.mark.skipif(not WINDOWS, reason="only Windows has batch files")
@pytest.mark.parametrize("word", ["a b", "x & exit 9 &", "^caret", "(a)", "é", "a,b;c=d", "!x!", "C:\\"])
def test_a_batch_file_gets_its_words_as_they_are(tmp_path: Path, word: str) -> None:
    shown = tmp_path / "shown.py"
    shown.write_text("import sys; sys.stdout.buffer.write('|'.join(sys.argv[1:]).encode())", encoding="utf-8")
    batch = tmp_path / "an editor.cmd"
    batch.write_text(f'@"{sys.executable}" "{shown}" %*\n', encoding="utf-8")
    command = find_command(f"{batch} --wait", os.environ)
    assert command is not None
    done = subprocess.run(process_args([*command, word], os.environ), capture_output=True, check=False)
    assert (done.returncode, done.stdout.decode()) == (0, f"--wait|{word}")
