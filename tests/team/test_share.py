"""What leaves a desk is what somebody decided on, field by field; a new field stays."""

from __future__ import annotations

from pathlib import Path
from typing import Any, get_args, get_type_hints

import msgspec
import pytest

from recoverycli.session.transcript import model as ts
from recoverycli.session.transcript.model import Call, decode, encode
from recoverycli.session.transcript.roleplay import TranscriptHint, TranscriptRoleplay, TranscriptTurn
from recoverycli.store.calls.transcript_file import Stored
from recoverycli.team import share as sharing
from recoverycli.team.share import DECISIONS, shared_bytes
from tests.review.calls import NOW, a_call, amendment


def parts_of(hint: Any) -> set[type[msgspec.Struct]]:
    """Every struct that a value of that type may hold."""
    if isinstance(hint, type) and issubclass(hint, msgspec.Struct):
        return {hint}.union(*map(parts_of, get_type_hints(hint).values()))
    return set().union(*map(parts_of, get_args(hint)))


PARTS = sorted(parts_of(Call), key=lambda part: part.__name__)


def test_all_parts_of_a_transcript_are_found() -> None:
    assert {Call, ts.TranscriptStep, ts.TranscriptPhrase, TranscriptRoleplay, TranscriptTurn} <= set(PARTS)


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.__name__)
def test_each_field_of_a_transcript_has_a_decision_on_leaving_the_desk(part: type[msgspec.Struct]) -> None:
    assert set(DECISIONS[part]) == set(part.__struct_fields__)


def stored(call: Call) -> Stored:
    raw = encode(call)
    return Stored(Path(f"{call.id}.json"), decode(raw), raw)


def test_a_field_that_nobody_decided_on_stays_at_the_desk(monkeypatch: pytest.MonkeyPatch) -> None:
    undecided = {name: kind for name, kind in DECISIONS[Call].items() if name not in {"outcome", "seconds"}}
    without: dict[type[msgspec.Struct], dict[str, sharing.Leaves]] = {**DECISIONS}
    without[Call] = undecided
    monkeypatch.setattr(sharing, "DECISIONS", without)
    leaving = decode(shared_bytes(stored(a_call(outcome="resolved")), "numbers")).call
    assert (leaving.outcome, leaving.seconds) == (None, 0.0)


def test_numbers_hold_no_text_of_a_role_play_or_a_call_and_no_person() -> None:
    turn = TranscriptTurn(NOW, "a", "Ana shouts", "b", "I see, Ana", "Ana waited", 0, 1, "upset", 4, 50)
    play = TranscriptRoleplay("d", "hard", False, None, None, "Bye, Ana", (TranscriptHint(NOW, "a"),), (turn,))
    call = a_call(
        summary="Ana waited", agent="Ana", customer=ts.TranscriptCustomer("Ana", "Ana-1"), root_cause="Ana's form"
    )
    leaving = shared_bytes(stored(msgspec.structs.replace(call, roleplay=play)), "numbers")
    assert b"Ana" not in leaving
    assert decode(leaving).call.roleplay is None
    without_names = decode(shared_bytes(stored(msgspec.structs.replace(call, roleplay=play)), "no-names")).call
    assert without_names.roleplay is not None
    assert without_names.roleplay.turns[0].points == 50


def test_numbers_hold_what_was_corrected_but_for_words_of_people() -> None:
    changes = (amendment("outcome", "resolved"), amendment("ours", new=True), amendment("issue", "Ana"))
    leaving = decode(shared_bytes(stored(a_call(amendments=changes)), "numbers")).call
    assert [one.field for one in leaving.amendments] == ["outcome", "ours"]


def test_every_setting_of_what_is_shared_is_an_allow_list() -> None:
    from recoverycli.settings.model import Share

    assert {*sharing._LEAVES, "all"} == set(get_args(Share))
