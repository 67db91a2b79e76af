"""The kinds of files that frameworks are made of: recognised by their keys, and read by the reader of their kind."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from recoverycli.content.nodes import Problem, compose

if TYPE_CHECKING:
    from recoverycli.content.reader import ContentRead
    from recoverycli.frameworks.dialogues.model import Dialogue
    from recoverycli.frameworks.library import FrameworkLibrary
    from recoverycli.frameworks.model import Framework, IssueFamily
    from recoverycli.frameworks.shared.families import FamilyFile
    from recoverycli.frameworks.shared.phrases import SharedFile

FileKind = Literal["framework", "phrases", "families", "dialogue"]
_WORDING = frozenset(["patterns", "lists", "parts", "intents", "acts", "occasions", "triggers", "off"])

# A key of a file that cannot be parsed.
_KEY_LINE = re.compile(rb"^(?:> ?)?([a-z]+)\s*:", re.MULTILINE)


def is_wording(data: bytes, file: str) -> bool:
    """Whether a file holds wording (`recoverycli.wording`), by its keys."""
    keys = _keys(data, file)
    return "steps" not in keys and not keys.isdisjoint(_WORDING)


def file_kind(data: bytes, file: str) -> FileKind:
    """Return what a file holds, by its keys; whatever holds none of the others is taken for a framework."""
    keys = _keys(data, file)
    if "families" in keys:
        return "families"
    if "exchanges" in keys:
        return "dialogue"
    return "phrases" if "phrases" in keys and "steps" not in keys else "framework"


def read_as(
    kind: FileKind, data: bytes, file: str, library: FrameworkLibrary, families: tuple[IssueFamily, ...]
) -> ContentRead[Framework] | ContentRead[SharedFile] | ContentRead[FamilyFile] | ContentRead[Dialogue]:
    """Read a file of that kind with every check, those against the known `families` among them. Never raises."""
    match kind:
        case "families":
            from recoverycli.frameworks.shared.families import read_families

            return read_families(data, file)
        case "phrases":
            from recoverycli.frameworks.shared.phrases import read_shared

            return read_shared(data, file, families)
        case "dialogue":
            from recoverycli.frameworks.dialogues.reader import read_dialogue

            return read_dialogue(data, file, library)
        case "framework":
            return library.validate(data, file, families)


def _keys(data: bytes, file: str) -> set[str]:
    root = compose(data, file, "framework")
    if isinstance(root, Problem):
        return {key.decode() for key in _KEY_LINE.findall(data)}
    if root.id != "mapping":
        return set()
    return {key.value for key, _ in root.value if key.id == "scalar"}
