"""The context of every command: settings, output and folders."""

from __future__ import annotations

import functools
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from recoverycli import paths
from recoverycli.commands.common.project_folder import find_project, may_use
from recoverycli.settings.load import resolve
from recoverycli.settings.team_content import read_published
from recoverycli.store.files import refuse_unreachable
from recoverycli.system.programs import quote_word
from recoverycli.team.after_call import failed_push
from recoverycli.terminal.console import decide
from recoverycli.terminal.output import Output
from recoverycli.times.unknown_zone import unknown_zone

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from recoverycli.content.library import Source
    from recoverycli.content.nodes import Problem
    from recoverycli.frameworks.dialogues.library import DialogueLibrary
    from recoverycli.frameworks.library import FrameworkLibrary
    from recoverycli.frameworks.shared.families import IssueFamilies
    from recoverycli.frameworks.shared.phrases import SharedPhrases
    from recoverycli.redaction.rules import Rules
    from recoverycli.settings.model import Settings
    from recoverycli.store.calls.archive import Archive
    from recoverycli.training.scenarios.library import ScenarioLibrary


class GlobalOptions(msgspec.Struct, frozen=True):
    """The global options."""

    plain: bool = False
    no_color: bool = False
    no_input: bool = False
    no_pager: bool = False
    data_dir: str | None = None
    config: str | None = None
    frameworks: str | None = None

    @property
    def words(self) -> list[str]:
        """The options as words of a command line."""
        return [
            *(option for name, option in FLAGS.items() if getattr(self, name)),
            *(f"{option}={value}" for name, option in VALUES.items() if (value := getattr(self, name))),
        ]


def _options(default: object) -> dict[str, str]:
    """Return the options with that default, by the name of their field."""
    fields = zip(GlobalOptions.__struct_fields__, GlobalOptions.__struct_defaults__, strict=True)
    return {name: f"--{name.replace('_', '-')}" for name, value in fields if value is default}


FLAGS, VALUES = _options(default=False), _options(default=None)


class Setup:
    """The setup of one command. Environment, clock and folders are chosen only here."""

    def __init__(self, options: GlobalOptions) -> None:
        environ = os.environ
        self.options = options
        self._project, owner = find_project()
        flags = {"plain": options.plain or None, "color": False if options.no_color else None}
        self._places = find_folders(environ, options.data_dir, options.config)
        reported = list(self._places.notes)
        if zone := unknown_zone(environ):
            reported.append(
                f"TZ={zone[:60]} names no time zone of this computer, so times are in UTC; "
                "set TZ to yours, for example Europe/Berlin, or unset it"
            )
        refuse_unreachable(self.home)
        self.team = read_published(self.home, reported)
        # A project cannot change how things look.
        resolved = resolve(environ, self.settings_file, self._project_file if owner is None else None, flags, self.team)
        self.look = decide(
            environ,
            plain=resolved.settings.plain,
            no_color=not resolved.settings.color,
            no_input=options.no_input,
            theme=resolved.settings.theme,
            stdin=sys.stdin,
            stdout=sys.stdout,
            supports_sequences=_supports_sequences(),
        )
        self.output = Output(self.look, sys.stdout, sys.stderr, None if options.no_pager else _page)
        if self._project is not None and owner is not None:
            if may_use(self._project, owner, resolved.settings, self.output, self.settings_file):
                resolved = resolve(environ, self.settings_file, self._project_file, flags, self.team)
            else:
                self._project = None
        self.settings: Settings = resolved.settings
        self.sources = resolved.sources
        for problem in (*reported, *resolved.problems):
            self.output.tell(f"warning: {problem}")
        if why := failed_push(self.home):
            self.output.tell(
                f"warning: calls could not be sent to the team after the last call ({why}); "
                "send them: recovery team push"
            )

    @property
    def _project_file(self) -> Path | None:
        return self._project / paths.SETTINGS_FILE if self._project else None

    @property
    def settings_file(self) -> Path:
        """The user's settings file, which may not exist."""
        return self._places.settings_file

    @property
    def own_files(self) -> tuple[Path, ...]:
        """The files of the user's own phrases and settings, which may not exist."""
        return (paths.phrases_file(os.environ), self.settings_file)

    @property
    def rules(self) -> Rules:
        """The rules of masking, by the settings."""
        from recoverycli.redaction.rules import Rules

        return Rules(frozenset(self.settings.redact))

    def read_date(self, words: str, moment: datetime) -> datetime | tuple[datetime, ...] | None:
        """Return the moments that typed words can name, by the country and the hours of the settings; None for no date.

        Of several readings it is a tuple.
        """
        # Its patterns take longer to compile than drawing a step, so they wait until a date is typed.
        from recoverycli.times.future import read_date
        from recoverycli.times.working_time import OFFICE_HOURS, WorkingTime, read_hours

        opens, closes = read_hours(self.settings.hours) or OFFICE_HOURS[1:]
        return read_date(words, moment, WorkingTime(self.settings.country, opens, closes))

    @property
    def project(self) -> Path | None:
        """The nearest project folder upward, or None."""
        return self._project

    @property
    def home(self) -> Path:
        """The folder of all data."""
        return self._places.home

    def library(self, *, complete: bool = False) -> FrameworkLibrary:
        """The frameworks in their search order; where they are `complete`, with the phrases that they share."""
        from recoverycli.frameworks.library import FrameworkLibrary

        sources = self.search_order("frameworks", self.options.frameworks)
        return FrameworkLibrary(sources, self.shared_phrases().complete if complete else None)

    @functools.cache  # noqa: B019  # one setup a process
    def shared_phrases(self) -> SharedPhrases:
        """The phrases that all frameworks draw on."""
        from recoverycli.frameworks.shared.phrases import SharedPhrases

        return SharedPhrases(self.search_order("phrases"))

    @functools.cache  # noqa: B019  # one setup a process
    def issue_families(self) -> IssueFamilies:
        """The families of issues, by which phrases are chosen."""
        from recoverycli.frameworks.shared.families import IssueFamilies

        return IssueFamilies(self.search_order("issues"))

    def dialogues(self) -> DialogueLibrary:
        """The dialogues that `demo` shows, in their search order."""
        from recoverycli.frameworks.dialogues.library import DialogueLibrary

        return DialogueLibrary(self.search_order("dialogues"), self.library())

    def scenarios(self) -> ScenarioLibrary:
        """The scenarios in their search order."""
        from recoverycli.training.scenarios.library import ScenarioLibrary

        return ScenarioLibrary(self.search_order("scenarios"), self.library().ids())

    def search_order(self, content: str, flag: str | None = None) -> tuple[Source, ...]:
        """The folders of a kind of content, nearest first; `flag` is a folder that precedes all others."""
        from recoverycli.content.library import search_order

        return search_order(os.environ, content, flag=flag, project=self._project, team=self.team)

    def warn(self, problems: Iterable[Problem], group: str = "frameworks") -> None:
        """Report each broken file once, with the place of its first error; `group` can validate it."""
        by_file: dict[str, list[Problem]] = {}
        for problem in problems:
            by_file.setdefault(problem.file, []).append(problem)
        for first, *others in by_file.values():
            check = f" (and {len(others)} more: recovery {group} validate {quote_word(first.file)})"
            self.output.tell(f"warning: {first.as_line()}{check if others else ''}")

    def archive(self, *, practice: bool = False) -> Archive:
        """The finished calls, or practice."""
        from recoverycli.store.calls.archive import Archive

        return Archive(self.home, "practice" if practice else "call")


def _supports_sequences() -> bool:
    """Whether the terminal supports control sequences; on Windows, the mode of the console tells."""
    if sys.platform != "win32" or not sys.stdout.isatty():
        return True
    from recoverycli.system.windows_console import WindowsConsole, supports_sequences

    return supports_sequences(WindowsConsole(), sys.stdout.fileno())


def _page(text: str) -> bool:
    from recoverycli.terminal.pager import page

    return page(text, os.environ)


class UserFolders(NamedTuple):
    """The data folder, the user's settings file, and notes about them."""

    home: Path
    settings_file: Path
    notes: tuple[str, ...] = ()


def find_folders(environ: Mapping[str, str], data_dir: str | None, config: str | None) -> UserFolders:
    """Return the folders. Folders chosen by an option or the environment are not migrated."""
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
        # The settings include redaction, so they apply even if they cannot be moved.
        if file == folder / paths.SETTINGS_FILE and not file.exists() and (before / file.name).is_file():
            file = before / file.name
    return UserFolders(home, file, tuple(notes))


def _has_other_files(before: Path) -> bool:
    """Whether the shared folder contains anything besides the two known folders."""
    try:
        names = os.listdir(before)  # noqa: PTH208  # names alone
    except OSError:
        return False
    return not {*names} <= {paths.DATA_FOLDER, paths.CONFIG_FOLDER, paths.MOVING_LOCK}


def _is_set(environ: Mapping[str, str], data_dir: str | None) -> bool:
    return bool((data_dir or environ.get("RECOVERY_HOME")) and environ.get("RECOVERY_CONFIG_HOME"))
