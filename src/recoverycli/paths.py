"""The paths of files and folders: pure functions of the environment and the platform. Nothing is created here."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import PurePath

APP = "recoverycli"
PROJECT_FOLDER = ".recovery"
# If the platform has one folder for data and settings, each gets a subfolder.
DATA_FOLDER, CONFIG_FOLDER, MOVING_LOCK = "data", "config", ".moving.lock"
SETTINGS_FILE = "settings.toml"
PHRASES_FILE = "phrases.yaml"
SCORECARD_FILE = "scorecard.yaml"


def data_home(environ: Mapping[str, str], flag: str | None = None) -> Path:
    """The folder of all data: `--data-dir`, else RECOVERY_HOME, else the platform's folder for user data."""
    chosen = flag or environ.get("RECOVERY_HOME")
    if chosen:
        return Path(chosen).expanduser().absolute()
    from platformdirs import user_data_path

    shared = shared_folder()
    return shared / DATA_FOLDER if shared is not None else user_data_path(APP, appauthor=False)


def config_home(environ: Mapping[str, str]) -> Path:
    """The folder of the user's own settings and frameworks: RECOVERY_CONFIG_HOME, else the platform's."""
    chosen = environ.get("RECOVERY_CONFIG_HOME")
    if chosen:
        return Path(chosen).expanduser().absolute()
    from platformdirs import user_config_path

    shared = shared_folder()
    return shared / CONFIG_FOLDER if shared is not None else user_config_path(APP, appauthor=False)


def shared_folder() -> Path | None:
    """The folder for both data and settings on Windows and macOS; None on platforms with two.

    Earlier versions stored both in it, side by side.
    """
    from platformdirs import user_config_path, user_data_path

    data = user_data_path(APP, appauthor=False)
    return data if data == user_config_path(APP, appauthor=False) else None


def is_redirected(real: str) -> bool:
    """Whether a folder is redirected by a Python from the Microsoft Store.

    Windows redirects what such a Python writes below AppData, and deletes it when Python is uninstalled. `real` is the
    resolved path.
    """
    parts = re.split(r"[\\/]", real.casefold())
    return "localcache" in parts and any(part.startswith("pythonsoftwarefoundation.") for part in parts)


def is_in_profile(folder: PurePath, environ: Mapping[str, str]) -> bool:
    """Whether a folder is in the user's Windows profile, which others cannot read by default."""
    profile = environ.get("USERPROFILE")
    return profile is not None and folder.is_relative_to(profile)


def settings_file(environ: Mapping[str, str], flag: str | None = None) -> Path:
    """The user's settings file: `--config`, else RECOVERY_CONFIG, else the one in the user's config folder."""
    chosen = flag or environ.get("RECOVERY_CONFIG")
    return Path(chosen).expanduser().absolute() if chosen else config_home(environ) / SETTINGS_FILE


def phrases_file(environ: Mapping[str, str]) -> Path:
    """The file of the user's own phrases, beside their settings."""
    return config_home(environ) / PHRASES_FILE


def project_folder(start: Path) -> Path | None:
    """The nearest `.recovery` folder from `start` upward, or None."""
    for folder in (start, *start.parents):
        candidate = folder / PROJECT_FOLDER
        if candidate.is_dir():
            return candidate
    return None


def built_in_folder(kind: str) -> Path:
    """The folder of built-in content of a kind, such as `frameworks`, `phrases` or `scorecards`.

    In an editable install it is in the repository.
    """
    package = Path(__file__).resolve().parent
    inside = package / "built_in" / kind
    return inside if inside.is_dir() else package.parent.parent / kind
