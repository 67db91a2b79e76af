"""In a folder that imitates programs, those that a command starts are the ones of the system."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.hostile.unpacked import Unpacked
from tests.terminal.screen import Terminal

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_pager_editor_and_clipboard_are_never_programs_of_the_current_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    unpacked = Unpacked(tmp_path / "unpacked", tmp_path / "traces")
    monkeypatch.chdir(unpacked.folder)

    def window(command: str, editor: str = "cat") -> Terminal:
        desktop = {"DISPLAY": ":0", "WAYLAND_DISPLAY": "wayland-0"}
        programs = {"PATH": unpacked.path, "PAGER": "cat", "EDITOR": editor}
        return Terminal(tmp_path, *command.split(), columns=80, lines=24, forged=True, **desktop, **programs)

    for command in ("frameworks show learn", "config edit"):
        shown = window(command)
        assert shown.end() == 0, shown.text
    call = window("start learn")
    call.expect_prompt()
    call.say("/copy 1")
    call.expect("to the terminal's clipboard")
    call.say("/end resolved")
    assert call.end() == 0
    # Where there is no other, there is none: a name, and a path to the folder itself.
    for editor in ("code --wait", "./code"):
        refused = window("config edit --plain", editor)
        assert refused.end() == 2
        assert b"was not found" in refused.raw
    assert unpacked.traces == ""
