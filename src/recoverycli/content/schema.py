"""JSON Schemas that are generated from structs."""

from __future__ import annotations

from inspect import cleandoc
from typing import Any

import msgspec


def schema_text(schema: dict[str, Any]) -> str:
    """Return a schema as it stands in a file of its own."""
    return msgspec.json.format(msgspec.json.encode(schema), indent=2).decode() + "\n"


def dedent(schema: Any) -> Any:
    """Return a schema whose descriptions have no indentation: docstrings keep theirs before Python 3.13.

    What is read as it is written may be a number as well.
    """
    match schema:
        case {"as-written": True, **more}:
            return {**more, "type": ["string", "number"]}
        case dict():
            return {
                key: cleandoc(value) if key == "description" and isinstance(value, str) else dedent(value)
                for key, value in schema.items()
            }
        case list() | tuple():
            return [dedent(value) for value in schema]
        case _:
            return schema
