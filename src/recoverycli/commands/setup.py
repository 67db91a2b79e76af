"""What every command is given: the settings in force, the output, and where things are."""

from __future__ import annotations

import os
import shlex
import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from recoverycli import locations
from recoverycli.settings import Settings, resolve
from recoverycli.terminal.console import decide
from recoverycli.terminal.output import Output

if TYPE_CHECKING:
    from collections.abc import Iterable

    from recoverycli.framework.library import Library
    from recoverycli.framework.yaml_nodes import Problem
    from recoverycli.live.call import Surroundings
    from recoverycli.store.archive import Archive


class GlobalOptions(msgspec.Struct, frozen=True):
    """The options that every command knows."""

    plain: bool = False
    no_color: bool = False
    no_input: bool = False
    no_pager: bool = False
    data_dir: str | None = None
    config: str | None = None
    frameworks: str | None = None


class Setup:
    """The world of one command. Environment, clock and folders are chosen here and nowhere else."""

    def __init__(self, options: GlobalOptions) -> None:
        environ = os.environ
        self._options = options
        self._project = _project()
        project_file = self._project / locations.SETTINGS_FILE if self._project else None
        flags = {"plain": options.plain or None, "color": False if options.no_color else None}
        resolved = resolve(environ, locations.settings_file(environ, options.config), project_file, flags)
        self.settings: Settings = resolved.settings
        self.sources = resolved.sources
        self.look = decide(
            environ,
            plain=resolved.settings.plain,
            no_color=not resolved.settings.color,
            no_input=options.no_input,
            stdin=sys.stdin,
            stdout=sys.stdout,
        )
        self.output = Output(self.look, sys.stdout, sys.stderr, None if options.no_pager else _page)
        for problem in resolved.problems:
            self.output.tell(f"warning: {problem}")

    @property
    def home(self) -> Path:
        """The folder of all data."""
        return locations.data_home(os.environ, self._options.data_dir)

    def library(self) -> Library:
        """The frameworks in their search order."""
        from recoverycli.framework.library import Library, Source

        sources: list[Source] = []
        if self._options.frameworks:
            sources.append(Source(Path(self._options.frameworks).expanduser().absolute(), "flag"))
        if self._project is not None:
            sources.append(Source(self._project / "frameworks", "project"))
        sources.append(Source(locations.config_home(os.environ) / "frameworks", "personal"))
        sources.append(Source(locations.built_in_frameworks(), "built-in"))
        return Library(tuple(sources))

    def warn(self, problems: Iterable[Problem]) -> None:
        """Name each broken framework file once, with the place of its first fault."""
        by_file: dict[str, list[Problem]] = {}
        for problem in problems:
            by_file.setdefault(problem.file, []).append(problem)
        for first, *others in by_file.values():
            check = f" (and {len(others)} more: recovery frameworks validate {shlex.quote(first.file)})"
            self.output.tell(f"warning: {first.as_line()}{check if others else ''}")

    def archive(self) -> Archive:
        """The finished calls."""
        from recoverycli.store.archive import Archive

        return Archive(self.home)

    def surroundings(self, library: Library) -> Surroundings:
        """What a call in progress needs of the world."""
        from recoverycli.live.call import Surroundings

        return Surroundings(self.home, now, library.load, _read_date)


def _page(text: str) -> bool:
    from recoverycli.terminal.paging import page

    return page(text, os.environ)


def _project() -> Path | None:
    try:
        return locations.project_folder(Path.cwd())
    except OSError:  # the current folder is gone
        return None


def _read_date(words: str, moment: datetime) -> datetime | None:
    # Its patterns take longer to compile than a step to draw: they wait until a date is typed.
    from recoverycli.live.dates import read_date

    return read_date(words, moment)


def now() -> datetime:
    """The moment, with the offset of local time."""
    return datetime.now().astimezone()
