"""Folders and zones that cannot be used: each is named in one line, with what to do, and is no fault of the tool."""

from __future__ import annotations

import ctypes
from typing import TYPE_CHECKING

from tests.platforms import AS_ROOT, needs_modes, needs_zones

if TYPE_CHECKING:
    from pathlib import Path

    from tests.commands.recovery import Recovery

_PR_CAPBSET_DROP, _CAP_DAC_OVERRIDE, _CAP_DAC_READ_SEARCH = 24, 1, 2
LONG = "x" * 300


def as_anybody() -> None:
    """Let permissions count for root too, from the next program on."""
    if AS_ROOT:
        for right in (_CAP_DAC_OVERRIDE, _CAP_DAC_READ_SEARCH):
            ctypes.CDLL(None).prctl(_PR_CAPBSET_DROP, right, 0, 0, 0)


@needs_modes
def test_a_data_folder_where_nothing_may_be_looked_up_is_named_in_a_line(recovery: Recovery, tmp_path: Path) -> None:
    theirs = tmp_path / "theirs"
    theirs.mkdir(mode=0)
    for words in (("log", "list"), ("start", "learn"), ("doctor",)):
        done = recovery(*words, before=as_anybody, environ={"RECOVERY_HOME": str(theirs / "data")})
        assert (done.returncode, done.stdout) == (1, ""), done
        assert done.stderr == (
            f"recovery: {theirs / 'data'}: permission denied\n"
            "Check the folder's permissions, or choose another with --data-dir or RECOVERY_HOME.\n"
        )


@needs_modes
def test_a_call_starts_without_settings_that_may_not_be_read(recovery: Recovery, tmp_path: Path) -> None:
    theirs = tmp_path / "theirs"
    theirs.mkdir(mode=0)
    environ = {"RECOVERY_CONFIG_HOME": str(theirs)}
    done = recovery("start", "learn", stdin="/end resolved\n", before=as_anybody, environ=environ)
    assert done.returncode == 0, done
    assert done.stderr.splitlines()[0] == (
        f"warning: {theirs / 'settings.toml'}: cannot be read (Permission denied); its settings are ignored"
    )
    assert list(recovery.data.glob("sessions/*/*/*/*.json"))


@needs_modes
def test_a_path_that_is_too_long_is_named_in_a_line(recovery: Recovery, tmp_path: Path) -> None:
    for words in (("log", "list"), ("start", "learn"), ("doctor",), ("config", "show"), ("quiz",)):
        done = recovery("--data-dir", str(tmp_path / LONG), *words)
        assert (done.returncode, done.stdout) == (1, ""), done
        assert done.stderr == (
            f"recovery: {tmp_path / LONG}: the name is too long\n"
            "Choose a shorter one, or a folder with a shorter path.\n"
        )
    # Each name is short enough, all of them together are not.
    deep = tmp_path / "/".join(["y" * 200] * 30)
    done = recovery("--data-dir", str(deep), "log", "list")
    assert done.returncode == 1
    assert done.stderr.startswith(f"recovery: {deep}: the name is too long\n")
    done = recovery("--config", str(tmp_path / LONG), "log", "list")
    assert done.returncode == 0
    assert done.stderr == (
        f"warning: {tmp_path / LONG}: cannot be read (File name too long); its settings are ignored\n"
    )


@needs_zones
def test_a_command_warns_of_it_in_a_line_and_does_its_work(recovery: Recovery) -> None:
    done = recovery("log", "list", environ={"TZ": "Nowhere/Land"})
    assert (done.returncode, done.stdout) == (0, "No calls are stored yet. Start one: recovery start\n")
    assert done.stderr == (
        "warning: TZ=Nowhere/Land names no time zone of this computer, so times are in UTC; "
        "set TZ to yours, for example Europe/Berlin, or unset it\n"
    )
