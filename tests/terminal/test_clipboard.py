"""The clipboard: "copied" is said of what the desktop has taken, and of nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from recoverycli.terminal.clipboard import copy, describe_copy
from tests.commands.recovery import Recovery
from tests.platforms import WINDOWS, needs_posix_shell

if TYPE_CHECKING:
    from pathlib import Path

WORDS = "Grüß Gott 😀\nzweite Zeile"
DESKTOPS: tuple[tuple[str, dict[str, str], str], ...] = (
    ("darwin", {}, "pbcopy"),
    ("linux", {"WAYLAND_DISPLAY": "wayland-0"}, "wl-copy"),
    ("linux", {"DISPLAY": ":0"}, "xclip"),
    ("linux", {"DISPLAY": ":0"}, "xsel"),
    ("linux", {"DISPLAY": "localhost:10.0", "SSH_CONNECTION": "desk"}, "xclip"),
)


def a_program(folder: Path, name: str, script: str = 'cat > "$0.got"') -> Path:
    """Make a program that writes down what it is given."""
    program = folder / name
    program.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    program.chmod(0o755)
    return folder / f"{name}.got"


@needs_posix_shell
@pytest.mark.parametrize(("platform", "environ", "name"), DESKTOPS)
def test_the_program_of_the_desktop_is_given_the_words(
    tmp_path: Path, platform: str, environ: dict[str, str], name: str
) -> None:
    got = a_program(tmp_path, name)
    sent: list[str] = []
    path = {"PATH": f"{tmp_path}:/usr/bin:/bin"}
    assert copy(WORDS, {**environ, **path}, sent.append, platform=platform) == "copied"
    assert (got.read_text(encoding="utf-8"), sent) == (WORDS, [])


@needs_posix_shell
@pytest.mark.parametrize(
    ("platform", "environ"),
    [
        ("linux", {}),
        ("darwin", {"SSH_CONNECTION": "desk"}),
        ("linux", {"DISPLAY": ":0", "failing": "1"}),
        ("freebsd14", {"WAYLAND_DISPLAY": "wayland-0", "failing": "1"}),
    ],
)
def test_the_terminal_is_asked_where_the_desktop_takes_nothing(
    tmp_path: Path, platform: str, environ: dict[str, str]
) -> None:
    if "failing" in environ:
        for name in ("xclip", "wl-copy"):
            a_program(tmp_path, name, "exit 1")
    else:
        a_program(tmp_path, "pbcopy")
        a_program(tmp_path, "xclip")
    sent: list[str] = []
    assert copy(WORDS, {**environ, "PATH": str(tmp_path)}, sent.append, platform=platform) == "sent"
    assert sent[0].startswith("\x1b]52;c;")
    assert not list(tmp_path.glob("*.got"))


def test_nothing_is_called_copied_that_was_not() -> None:
    assert copy("x" * 100_000, {}, lambda _sequence: None, platform="linux") == "too long"
    assert copy("x", {}, None, platform="linux") == "no clipboard"
    words = {how: describe_copy(how, '"x"') for how in ("copied", "sent", "too long", "no clipboard")}
    assert [how for how, line in words.items() if line.startswith("copied")] == ["copied"]


@pytest.mark.skipif(not WINDOWS, reason="only Windows has this clipboard")
def test_windows_gives_back_what_was_copied() -> None:
    import ctypes

    assert copy(WORDS, {}, None) == "copied"
    user, kernel = ctypes.WinDLL("user32"), ctypes.WinDLL("kernel32")  # type: ignore[attr-defined,unused-ignore]
    user.GetClipboardData.restype = kernel.GlobalLock.restype = ctypes.c_void_p
    kernel.GlobalLock.argtypes = (ctypes.c_void_p,)
    assert user.OpenClipboard(None)
    try:
        assert ctypes.wstring_at(kernel.GlobalLock(user.GetClipboardData(13))) == WORDS.replace("\n", "\r\n")
    finally:
        user.CloseClipboard()


def test_a_script_is_told_that_it_has_no_clipboard(tmp_path: Path) -> None:
    done = Recovery(tmp_path)("start", "learn", stdin="/copy 1\n/escalate Billing: a double charge\n/end escalated\n")
    assert done.stdout.count("not copied, there is no clipboard here") == 1
    assert "copied: " not in done.stdout
