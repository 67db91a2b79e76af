"""The project folder, and whether it is used: one that belongs to another user is asked about first, as git does."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from recoverycli import paths
from recoverycli.system.owners import other_owner
from recoverycli.system.programs import quote_word

if TYPE_CHECKING:
    from recoverycli.settings.model import Settings
    from recoverycli.terminal.output import Output

_TRUSTED, _IGNORED = "projects.trusted", "projects.ignored"


def find_project() -> tuple[Path | None, str | None]:
    """Return the nearest project folder upward, or None, and the other user to whom it belongs, if any."""
    try:
        folder = paths.project_folder(Path.cwd())
        return folder, other_owner(folder, os.environ) if folder is not None else None
    except OSError:  # the current folder no longer exists
        return None, None


def may_use(folder: Path, owner: str, settings: Settings, output: Output, settings_file: Path) -> bool:
    """Whether the project folder of another user is used: the settings decide, else the user, whose answer is kept."""
    if _is_among(folder, settings.projects_trusted):
        return True
    if _is_among(folder, settings.projects_ignored):
        return False
    if not output.look.interactive:
        output.tell(f"warning: {folder} belongs to {owner} and is not used; to use it: {_command(_TRUSTED, folder)}")
        return False
    from recoverycli.errors import RecoveryError
    from recoverycli.settings.write import write
    from recoverycli.terminal.ask.questions import ask_yes

    output.text(f"{folder} belongs to {owner}. It can change the frameworks, phrases and settings that you see.")
    agreed = ask_yes(output, "Use it?")
    name, before = (_TRUSTED, settings.projects_trusted) if agreed else (_IGNORED, settings.projects_ignored)
    try:
        write(settings_file, {name: [*before, os.path.realpath(folder)]})
        output.text(f"It is {'used' if agreed else 'not used'} from now on. To change that: recovery config edit")
    except RecoveryError as fault:
        output.tell(f"warning: your answer could not be stored: {fault.message}")
    return agreed


def _is_among(folder: Path, listed: tuple[str, ...]) -> bool:
    """Whether a project folder, or the folder in which it lies, is among these."""
    real = {os.path.realpath(folder), os.path.realpath(folder.parent)}
    return any(os.path.realpath(one) in real for one in listed)


def _command(name: str, folder: Path) -> str:
    return f"recovery config set {name} {quote_word(str(folder))}"
