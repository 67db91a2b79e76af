"""Where things are: pure functions of the environment and the platform. Nothing is created here."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import PurePath

APP = "recoverycli"
PROJECT_FOLDER = ".recovery"
# Where the platform has one folder for data and settings, each has its own within it.
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
    """The folder that the platform has for both data and settings, as Windows and macOS do; None where it has two.

    Earlier versions kept both in it, side by side.
    """
    from platformdirs import user_config_path, user_data_path

    data = user_data_path(APP, appauthor=False)
    return data if data == user_config_path(APP, appauthor=False) else None


def is_redirected(real: str) -> bool:
    """Whether a folder really lies among the files of a Python that came from the Microsoft Store.

    What that writes below AppData goes there, and goes with it when it is uninstalled. `real` is the resolved path.
    """
    parts = re.split(r"[\\/]", real.casefold())
    return "localcache" in parts and any(part.startswith("pythonsoftwarefoundation.") for part in parts)


def is_in_profile(folder: PurePath, environ: Mapping[str, str]) -> bool:
    """Whether a folder lies in the profile of the user of Windows, which others may not read unless they are let."""
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
    """The folder of what comes with the tool: `frameworks`, `wording`, `scenarios` or `scorecards`.

    In an editable install it is that of the repository.
    """
    package = Path(__file__).resolve().parent
    inside = package / "built_in" / kind
    return inside if inside.is_dir() else package.parent.parent / kind
