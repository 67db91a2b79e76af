"""The JSON Schema of a wording file, generated from the structs, for editors."""

from __future__ import annotations

from typing import Any

import msgspec

from recoverycli.content.schema import dedent
from recoverycli.wording.model import File


def wording_schema() -> dict[str, Any]:
    """Return the JSON Schema of a wording file."""
    (whole,), parts = msgspec.json.schema_components([File], ref_template="#/$defs/{name}")
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "recoverycli wording",
        "description": "Words to find in what agents write and say, and what they mean.",
        **whole,
        "$defs": dedent(parts),
    }
