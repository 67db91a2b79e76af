"""The JSON Schema of a framework file, generated from the structs, for editors."""

from __future__ import annotations

from typing import Any

import msgspec

from recoverycli.content.schema import dedent
from recoverycli.frameworks.reader import CompleteFile, variant_file


def framework_schema() -> dict[str, Any]:
    """Return the JSON Schema of a framework file: with or without `extends`."""
    (whole, variant), parts = msgspec.json.schema_components(
        [CompleteFile, variant_file()], ref_template="#/$defs/{name}"
    )
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "recoverycli framework",
        "description": "A service-recovery framework: its steps, sample phrasings, and words to avoid.",
        "if": {"required": ["extends"]},
        "then": variant,
        "else": whole,
        "$defs": dedent(parts),
    }
