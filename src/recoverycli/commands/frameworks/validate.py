"""`recovery frameworks validate`: validate files of frameworks, phrases, families of issues, dialogues and wording."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import msgspec
import typer

from recoverycli import paths
from recoverycli.commands.common import validation
from recoverycli.commands.common.context import Setup
from recoverycli.commands.common.help_text import help_with_examples
from recoverycli.commands.common.options import AsJson

if TYPE_CHECKING:
    from recoverycli.frameworks.kinds import FileKind

FAMILIES, PHRASES, DIALOGUES, WORDING = "issues", "phrases", "dialogues", "wording"
HELP = help_with_examples(
    "Validate files of frameworks, phrases, dialogues and wording.\n\nThe kind of a file is recognised. "
    "Every error is shown with its line and, where possible, the line to write instead. Warnings say what is valid and "
    "probably not meant.",
    "recovery frameworks validate my-framework.yaml",
    "recovery frameworks validate .recovery/phrases/listen.yaml .recovery/issues/ours.yaml",
    "recovery frameworks validate .recovery/frameworks/*.yaml --json",
)
_PARTS: dict[FileKind, tuple[str, str]] = {
    "framework": ("step", "steps"),
    "phrases": ("phrase", "phrases"),
    "families": ("family", "families"),
    "dialogue": ("exchange", "exchanges"),
}


def command(
    context: typer.Context,
    files: Annotated[list[Path] | None, typer.Argument(metavar="FILE...", help="Files to check.")] = None,
    as_json: AsJson = False,
) -> None:
    """Validate files of frameworks, phrases, families, dialogues and wording."""
    setup: Setup = context.obj
    validation.validate_files(
        setup,
        "framework",
        files,
        lambda file: _validate(setup, file),
        as_json=as_json,
        folders=(PHRASES, FAMILIES, DIALOGUES, WORDING),
    )


def _validate(setup: Setup, file: Path) -> validation.ValidatedFile:
    from recoverycli.content.cautions import cautions
    from recoverycli.content.library import Source
    from recoverycli.content.nodes import Problem
    from recoverycli.content.reader import ContentRead, file_bytes
    from recoverycli.frameworks.kinds import file_kind, is_wording, read_as
    from recoverycli.frameworks.shared.families import IssueFamilies

    data = file_bytes(file)
    if isinstance(data, Problem):
        return validation.ValidatedFile(ContentRead(None, (data,)), 0, *_PARTS["framework"])
    if is_wording(data, str(file)):
        return _validate_wording(setup, data, file)
    # A file outside of the search order belongs with the folders beside its own.
    beside = Source(file.absolute().parent.parent / FAMILIES, "flag")
    families = IssueFamilies((beside, *setup.search_order(FAMILIES))).all()
    kind = file_kind(data, str(file))
    read = read_as(kind, data, str(file), setup.library().beside(file), families)
    # In files of a company, lint reports them.
    if read.content is not None and file.resolve().parent in map(paths.built_in_folder, ("frameworks", PHRASES)):
        from recoverycli.frameworks.fallbacks import fallback_problems

        read = msgspec.structs.replace(read, problems=fallback_problems(read.content, data, str(file)))
    one, several = _PARTS[kind]
    count = len(getattr(read.content, several)) if read.content is not None else 0
    return validation.ValidatedFile(read, count, one, several, cautions(data, str(file)))


def _validate_wording(setup: Setup, data: bytes, file: Path) -> validation.ValidatedFile:
    from recoverycli.content.cautions import cautions
    from recoverycli.live.cards import CallCards
    from recoverycli.wording.files.library import validate
    from recoverycli.wording.files.lists import entries_of

    read = validate(data, file, setup.search_order(WORDING), CallCards(setup.library()).ids)
    count = len(entries_of(read.content.file)) if read.content is not None else 0
    return validation.ValidatedFile(read, count, "entry", "entries", cautions(data, str(file)))
