"""The content that a company published and this desk pulled: one pointer file names the current folder."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from recoverycli.system.disk import read_written

if TYPE_CHECKING:
    from pathlib import Path

TEAM_FOLDER, CONTENT_FOLDER, POINTER = "team", "content", "current"
REMEDIES_FILE = "remedies.toml"
_LONGEST = 80
_NAME = re.compile(r"(?P<version>[1-9][0-9]{0,8})-[a-z0-9]{4}")


class PublishedContent(NamedTuple):
    """A version of the company's content, and its folder at this desk."""

    version: int
    folder: Path

    @property
    def name(self) -> str:
        """The version for users."""
        return f"team {self.version}"


def content_folder(home: Path) -> Path:
    """The folder of pulled content, which may not exist."""
    return home / TEAM_FOLDER / CONTENT_FOLDER


def read_published(home: Path, problems: list[str]) -> PublishedContent | None:
    """Return what is in force at this desk; None, after one look, where nothing was ever pulled.

    The pointer can only name a folder next to itself. Its problems are added to `problems`.
    """
    pointer = content_folder(home) / POINTER
    try:
        named = read_written(pointer, _LONGEST).decode("ascii", "replace").strip()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as refused:
        problems.append(f"{pointer}: cannot be read ({refused.strerror}); what the team published is ignored")
        return None
    found = _NAME.fullmatch(named)
    folder = pointer.with_name(named) if found else None
    if found is None or folder is None or not folder.is_dir():
        problems.append(f"{pointer}: its version is not at this desk; download it: recovery team pull")
        return None
    return PublishedContent(int(found["version"]), folder)
