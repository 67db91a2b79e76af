"""Shared by `frameworks new` and `scenarios new`: the id, the target folder, and writing the file."""

from __future__ import annotations

import contextlib
import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from recoverycli import paths
from recoverycli.commands.common.export_target import ready, write_export
from recoverycli.content.library import SUFFIXES
from recoverycli.content.messages import as_texts
from recoverycli.errors import ContentProblem, UsageProblem, unknown
from recoverycli.store.files import make_folder, refusal

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from recoverycli.commands.common.context import Setup
    from recoverycli.content.nodes import Problem

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_LONGEST_ID = 60


class ContentKind(NamedTuple):
    """A kind of content: its name, its folder and command group, an example of an id, and the known ids."""

    name: str
    group: str
    example: str
    known: Sequence[str]

    @property
    def hint(self) -> str:
        """An example of the command."""
        return f"For example: recovery {self.group} new {self.example}"


class Target(NamedTuple):
    """The id and the file; `own` says that the file is in the folder that is searched by default."""

    id: str
    file: Path
    own: bool


def target(setup: Setup, kind: ContentKind, wanted: str | None, output: Path | None, *, yes: bool) -> Target:
    """Return what will be written and where, before the questions.

    Raises UsageProblem for an invalid id and, unless `yes`, for an existing file and an id that this one would replace.
    """
    id_ = _check_id(setup, kind, wanted or (output.stem if output else None))
    folder = _folder(setup, kind)
    if output is None:
        file = next(
            (path for suffix in SUFFIXES if (path := folder / f"{id_}{suffix}").exists()), folder / f"{id_}.yaml"
        )
    else:
        file = output.expanduser().absolute()
        if file.suffix not in SUFFIXES:
            raise UsageProblem(
                f"the name of {file.name} does not end in .yaml", hint=f"For example: --output {id_}.yaml"
            )
        if file.stem != id_:
            raise UsageProblem(f"the id is {id_}, but the file is {file.name}", hint="The file name must be the id.")
        ready(str(file), overwrite=yes)
    if file.exists() and not yes:
        raise UsageProblem(f"{file} already exists", kept="It was not changed.", hint="Overwrite it with --yes.")
    own = file.parent == folder
    if own and not yes and not file.exists() and id_ in kind.known:
        raise UsageProblem(
            f"{kind.name} {id_} already exists, and yours would replace it",
            hint="Choose another id, or add --yes to replace it.",
        )
    return Target(id_, file, own)


@contextlib.contextmanager
def report_if_cancelled(setup: Setup, file: Path) -> Iterator[None]:
    """Report that nothing was written if the user cancels."""
    try:
        yield
    except KeyboardInterrupt:
        there = "was not changed" if file.exists() else "was not written"
        setup.output.tell(f"\nCancelled: {file} {there}.")
        raise


def find_id(name: str, kind: ContentKind) -> str:
    """Return the id to start from. Raises UsageProblem with the closest one if it does not exist."""
    if name in kind.known:
        return name
    raise unknown(kind.name, name, kind.known)


def refuse_faults(problems: Sequence[Problem]) -> None:
    """Raise ContentProblem if the file would not be valid."""
    if problems:
        raise ContentProblem(
            f"the file would not be valid:\n{as_texts(problems)}",
            hint="Correct these problems and try again.",
            kept="No file was written.",
        )


def write(setup: Setup, where: Target, text: str, schema: tuple[str, str] | None = None) -> None:
    """Write the file, and the schema for editors (name and text) next to it if it does not exist.

    Files in a project have the permissions of its folder; others are private.
    """
    if where.own:
        make_folder(where.file.parent, where.file.parent.parent)
    write_export(ready(str(where.file), overwrite=True), text.encode())
    written = [where.file]
    if where.own and schema is not None and not (beside := where.file.with_name(schema[0])).exists():
        write_export(beside, schema[1].encode())
        written.append(beside)
    if setup.project is not None and where.file.is_relative_to(setup.project):
        _check_project_files(setup.project, [where.file.parent, *written])


def _check_project_files(project: Path, files: Sequence[Path]) -> None:
    open_to = project.stat().st_mode & 0o777
    for path in files:
        try:
            path.chmod(open_to if path.is_dir() else open_to & 0o666)
        except OSError as refused:
            raise refusal(path, refused, kept="The file was written, but only you can read it.") from refused


def _check_id(setup: Setup, kind: ContentKind, wanted: str | None) -> str:
    from recoverycli.terminal.ask.questions import ask_text

    while True:
        found = wanted or ask_text(setup.output, "Id (lowercase letters, digits and dashes):", "")
        if _ID.fullmatch(found) and len(found) <= _LONGEST_ID:
            return found
        slug = "-".join(re.findall(r"[a-z0-9]+", found.lower()))[:_LONGEST_ID].strip("-")
        if wanted or not setup.look.interactive:
            if not found:
                raise UsageProblem("an id is required", hint=kind.hint)
            raise UsageProblem(
                f"{found[:60]} is not a valid id",
                hint=f"Lowercase letters, digits and dashes, such as {slug or kind.example}",
            )
        setup.output.text(f"Lowercase letters, digits and dashes, such as {slug or kind.example}")


def _folder(setup: Setup, kind: ContentKind) -> Path:
    """The folder that is searched by default: that of --frameworks, the project's, or the user's."""
    if kind.group == "frameworks" and setup.options.frameworks:
        return Path(setup.options.frameworks).expanduser().absolute()
    return (setup.project or paths.config_home(os.environ)) / kind.group
