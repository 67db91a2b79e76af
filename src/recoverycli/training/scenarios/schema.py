"""The JSON Schema of a scenario file, generated from the structs, for editors."""

from __future__ import annotations

from typing import Any

import msgspec

from recoverycli.content.schema import dedent
from recoverycli.training.scenarios.model import Scenario


def scenario_schema() -> dict[str, Any]:
    """Return the JSON Schema of a scenario file."""
    schema = dedent(msgspec.json.schema(Scenario))
    described = {"title": "recoverycli scenario", "description": "A role-play: who, what happened, what can be said."}
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **described, **schema}
