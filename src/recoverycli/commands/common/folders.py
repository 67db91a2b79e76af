"""Where data and settings lie for a command; what an earlier version kept in one folder is moved apart first."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NamedTuple

from recoverycli import paths

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


class UserFolders(NamedTuple):
    """The data folder, the user's settings file, and what the user has to know of them."""

    home: Path
    settings_file: Path
    notes: tuple[str, ...] = ()


def find_folders(environ: Mapping[str, str], data_dir: str | None, config: str | None) -> UserFolders:
    """Return where things are. Folders that were chosen by an option or the environment are left alone."""
    home, file = paths.data_home(environ, data_dir), paths.settings_file(environ, config)
    folder = paths.config_home(environ)
    if _is_set(environ, data_dir):
        return UserFolders(home, file)
    before = paths.shared_folder()
    if before is None or not _has_other_files(before):
        return UserFolders(home, file)
    from recoverycli.store.maintenance.migrate_folders import move_data, move_settings

    notes: list[str] = []
    if home == before / paths.DATA_FOLDER:
        home, left = move_data(before, home)
        notes += left
    if folder == before / paths.CONFIG_FOLDER:
        notes += move_settings(before, folder)
        # Redaction is among the settings: where they cannot be moved they hold all the same.
        if file == folder / paths.SETTINGS_FILE and not file.exists() and (before / file.name).is_file():
            file = before / file.name
    return UserFolders(home, file, tuple(notes))


def _has_other_files(before: Path) -> bool:
    """Whether something lies in the shared folder beside the two that have their place in it."""
    try:
        names = os.listdir(before)  # noqa: PTH208  # names alone
    except OSError:
        return False
    return not {*names} <= {paths.DATA_FOLDER, paths.CONFIG_FOLDER, paths.MOVING_LOCK}


def _is_set(environ: Mapping[str, str], data_dir: str | None) -> bool:
    return bool((data_dir or environ.get("RECOVERY_HOME")) and environ.get("RECOVERY_CONFIG_HOME"))
