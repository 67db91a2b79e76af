"""To whom a folder belongs: this user, or another one by name; a link belongs to both ends."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from recoverycli.system.owners import other_owner
from tests.platforms import WINDOWS

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.skipif(WINDOWS, reason="Windows has accounts in place of numbers")
def test_a_folder_of_another_user_is_theirs_and_one_of_the_user_of_sudo_is_not(tmp_path: Path) -> None:
    mine = os.geteuid()
    assert other_owner(tmp_path, {}) is None
    assert other_owner(tmp_path, {}, mine + 1) is not None
    # Only root can be somebody else by sudo: anybody can set the variable.
    assert other_owner(tmp_path, {"SUDO_UID": str(mine)}, 0) is None
    assert other_owner(tmp_path, {"SUDO_UID": str(mine)}, mine + 1) is not None
    with pytest.raises(FileNotFoundError):
        other_owner(tmp_path / "nowhere", {})


@pytest.mark.needs_root
def test_a_link_is_of_another_user_if_either_end_is(tmp_path: Path) -> None:
    (tmp_path / "theirs").mkdir()
    os.chown(tmp_path / "theirs", 54321, -1)
    for name, target in (("to theirs", "theirs"), ("of theirs", ".")):
        (tmp_path / name).symlink_to(target)
    os.chown(tmp_path / "of theirs", 54321, -1, follow_symlinks=False)
    owners = [other_owner(tmp_path / name, {}) for name in ("theirs", "to theirs", "of theirs", ".")]
    assert owners == ["the user 54321"] * 3 + [None]


@pytest.mark.skipif(not WINDOWS, reason="these are accounts of Windows")
def test_on_windows_what_this_user_makes_is_theirs(tmp_path: Path) -> None:
    assert other_owner(tmp_path, {}) is None
    with pytest.raises(FileNotFoundError):
        other_owner(tmp_path / "nowhere", {})
