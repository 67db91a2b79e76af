"""A dialogue file -> the dialogue, or every problem of the file at once."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from recoverycli.content.reader import ContentRead, read_content
from recoverycli.errors import nearest
from recoverycli.frameworks.dialogues.model import Dialogue
from recoverycli.frameworks.dialogues.rules import misfits

if TYPE_CHECKING:
    from recoverycli.content.checker import Check
    from recoverycli.content.nodes import Node
    from recoverycli.frameworks.library import FrameworkLibrary


def read_dialogue(data: bytes, file: str, frameworks: FrameworkLibrary) -> ContentRead[Dialogue]:
    """Read the bytes of a dialogue file. Never raises; the dialogue has to fit its framework."""
    return read_content(data, file, "dialogue", functools.partial(_build, frameworks=frameworks))


def _build(root: Node, check: Check, frameworks: FrameworkLibrary) -> Dialogue | None:
    dialogue = check.content(root, Dialogue, check.id_of_file)
    if dialogue is None:
        return None
    loaded = frameworks.find(dialogue.framework, [])
    if loaded is None:
        ids = frameworks.ids()
        found = f"there is no framework `{dialogue.framework}` that can be read"
        check.fault_at(("framework",), found, f"there are: {', '.join(ids)}", nearest(dialogue.framework, ids))
        return None
    for one in misfits(dialogue, loaded.content):
        check.fault_at(*one)
    return dialogue
