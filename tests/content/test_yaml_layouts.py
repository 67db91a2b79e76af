"""A file of phrases keeps its layout when a phrase is added, changed or removed. Decision 11 has the same table."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

import pytest
from msgspec import convert
from msgspec.structs import replace

from recoverycli.phrases.model import PersonalPhrase
from recoverycli.store.phrasebook import Phrasebook
from tests.content.yaml_layouts import LAYOUTS, NEW, OTHER, Operation, outcome

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("operation", get_args(Operation))
@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_change_leaves_every_other_byte_of_the_file_as_it_was(
    tmp_path: Path, layout: str, operation: Operation
) -> None:
    text = LAYOUTS[layout]
    book = Phrasebook(tmp_path / "phrases.yaml")
    book.path.write_bytes(text.encode())
    (_, second, _), problems = book.read()
    assert problems == ()
    match operation:
        case "append":
            book.add(convert(NEW, PersonalPhrase))
        case "change":
            book.replace(second.id, replace(second, say=OTHER, channels=("chat",)))
        case "remove":
            assert book.remove(second.id) == second
    new = book.path.read_bytes().decode()
    assert outcome(text, new, operation) == "exact", new


ONE, THREE = "  - {say: One., intent: listen}\n", "  - {say: Three., intent: solve}\n"
HEAD = "schema: 1  # of the file\nphrases:\n"


@pytest.mark.parametrize(
    ("new", "told"),
    [
        (HEAD + ONE + THREE, "exact"),
        (HEAD + ONE + THREE.replace("  - {", "  -   { "), "reformatted"),
        (HEAD.replace("  # of the file", "") + ONE + THREE, "comment lost"),
        (HEAD + ONE, "wrong"),
        ("phrases: [", "wrong"),
        (None, "refused"),
    ],
)
def test_the_table_tells_what_a_change_did_to_a_file(new: str | None, told: str) -> None:
    assert outcome(f"{HEAD}{ONE}  - {{say: Two., intent: thank}}\n{THREE}", new, "remove") == told
