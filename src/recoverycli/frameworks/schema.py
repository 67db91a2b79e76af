"""The JSON Schemas of files of frameworks, shared phrases and families, generated from the structs, for editors."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from recoverycli.content.schema import dedent
from recoverycli.frameworks.dialogues.model import Dialogue
from recoverycli.frameworks.reader import CompleteFile, including_file, variant_file
from recoverycli.frameworks.shared.families import FamilyFile
from recoverycli.frameworks.shared.phrases import SharedFile

if TYPE_CHECKING:
    from collections.abc import Callable

_DRAFT = "https://json-schema.org/draft/2020-12/schema"


def framework_schema() -> dict[str, Any]:
    """Return the JSON Schema of a framework file: with or without `extends` and `include`."""
    (whole, variant, including), parts = msgspec.json.schema_components(
        [CompleteFile, variant_file(), including_file()], ref_template="#/$defs/{name}"
    )
    return {
        "$schema": _DRAFT,
        "title": "recoverycli framework",
        "description": "A service-recovery framework: its steps, sample phrasings, and words to avoid.",
        "if": {"required": ["extends"]},
        "then": variant,
        "else": {"if": {"required": ["include"]}, "then": including, "else": whole},
        "$defs": dedent(parts),
    }


def phrases_schema() -> dict[str, Any]:
    """Return the JSON Schema of a file of shared phrases."""
    return _schema(SharedFile, "recoverycli shared phrases", "Phrases of one intent that all frameworks share.")


def families_schema() -> dict[str, Any]:
    """Return the JSON Schema of a file of families of issues."""
    about = "Kinds of complaints: the words that lead to each, and the facts that it needs."
    return _schema(FamilyFile, "recoverycli families of issues", about)


def dialogue_schema() -> dict[str, Any]:
    """Return the JSON Schema of a dialogue file."""
    return _schema(Dialogue, "recoverycli dialogue", "A whole call for `demo`, and the same call handled badly.")


SCHEMAS: dict[str, Callable[[], dict[str, Any]]] = {
    "framework": framework_schema,
    "phrases": phrases_schema,
    "families": families_schema,
    "dialogue": dialogue_schema,
}


def _schema(type_: type[msgspec.Struct], title: str, about: str) -> dict[str, Any]:
    (whole,), parts = msgspec.json.schema_components([type_], ref_template="#/$defs/{name}")
    return {"$schema": _DRAFT, "title": title, "description": about, **whole, "$defs": dedent(parts)}
