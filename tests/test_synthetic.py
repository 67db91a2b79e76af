"""The calls that never happened are as good as real ones."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema

from recoverycli.session.transcript import decode, encode
from recoverycli.store.transcripts import ID
from tests.synthetic import calls

SCHEMA = Path(__file__).parent.parent / "docs" / "schema" / "transcript.schema.json"


def test_every_call_is_a_transcript_of_its_own() -> None:
    schema = json.loads(SCHEMA.read_bytes())
    made = list(calls(60, seed=3))
    for call in made:
        assert decode(encode(call)).call == call
        assert ID.fullmatch(call.id)
        jsonschema.validate(json.loads(encode(call)), schema)
    assert len({call.id for call in made}) == 60


def test_a_seed_gives_the_same_calls_and_another_gives_others() -> None:
    assert list(calls(5, seed=1)) == list(calls(5, seed=1)) != list(calls(5, seed=2))
