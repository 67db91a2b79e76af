"""What is counted follows from the stored transcript, in the database itself, as at a desk."""

from __future__ import annotations

import random
import sys
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
import psycopg
import pytest

from recoverycli.session.transcript import model as ts
from recoverycli.session.transcript.model import decode, encode
from recoverycli.store.index.columns import PARTS, IndexedCall
from recoverycli.store.index.values import values_of
from recoverycli.team import storage
from recoverycli.text.tokens import fold_case, word_key
from tests.review.calls import NOW, a_call, amendment, promise, task
from tests.synthetic import calls
from tests.team.test_calls import ODD

if TYPE_CHECKING:
    from collections.abc import Iterator

    from recoverycli.session.transcript.model import Call
    from recoverycli.team.connection import Database
    from tests.team.floor import Floor

KEPT = Path(__file__).parents[1] / "golden" / "kept"
_STEPS = (
    "SELECT k.framework, k.id, k.name, k.intent, k.phase, status, visits, seconds, own, read_out FROM step"
    " JOIN step_kind k ON k.key = kind WHERE step.call = %s ORDER BY place"
)


def odd_calls() -> Iterator[Call]:
    """Calls with amendments that fit and that do not, in every field that is counted."""
    later = NOW.replace(day=28)
    offer = {"at": NOW.isoformat(), "remedy": "A  Straße ½", "value": 12.5, "within_authority": False}
    changes = (
        amendment("outcome", "resolved"), amendment("outcome", "no such outcome"), amendment("issue", ODD[2]),
        amendment("issue", 7), amendment("root_cause", "a\0b"), amendment("summary", None), amendment("mood", "angry"),
        amendment("mood", "merry"), amendment("customer.name", "\u2003Ünal ǅ\u2003"), amendment("customer.ref", "R-1"),
        amendment("promises.p1.due", later.isoformat()), amendment("promises.p1.due", "soon"),
        amendment("promises.p2.due", None), amendment("promises.p1.done_at", "2026-11-25T10:00:00.5Z"),
        amendment("promises.p1.satisfied", True), amendment("promises.p2.satisfied", "yes"),
        amendment("promises.p2.done_at", 5), amendment("offers.1", offer), amendment("offers.2", {"remedy": "no time"}),
        amendment("offers.1", {**offer, "remedy": "again", "answer": "accepted"}), amendment("offers.3", None),
        amendment("promises.1", {"id": "p3", "at": NOW.isoformat(), "what": "ring", "due": later.isoformat()}),
        amendment("promises.p3.done_at", later.isoformat()), amendment("tasks.t1.done_at", later.isoformat()),
        amendment("notes.1", {"at": NOW.isoformat(), "text": "x"}), amendment("ours", "maybe"),
        amendment("ours", new=False), amendment("repeated", new=True), amendment("severity", "severe"),
        amendment("severity", "awful"), amendment("outcome", "escalated"), amendment("customer.name", "[erased]"),
    )  # fmt: skip
    bound = (promise(1, "call", NOW), promise(2, "write"))
    whole = a_call(*bound, tail="aaaa", agent="Zoë\0", tasks=(task(1, "file", NOW),), amendments=changes)
    yield whole
    for number in range(len(changes)):
        some = random.Random(number).sample(changes, 9)
        yield msgspec.structs.replace(whole, id=f"{whole.id[:-4]}b{number:03}", amendments=tuple(some))
    step = whole.steps[0]
    card = msgspec.structs.replace(step, framework="Card", id="c")
    off = msgspec.structs.replace(step, id="off", off_way=True)
    yield msgspec.structs.replace(
        whole, id=f"{whole.id[:-4]}cccc", amendments=(), state="abandoned", steps=(*whole.steps, card, off, card),
        cards=(
            ts.TranscriptCard("Card", None, NOW), ts.TranscriptCard(step.framework, None, NOW),
            ts.TranscriptCard("unopened", NOW, None),
        ),
        ours=True, repeated=False, severity="minor",
        escalations=(ts.TranscriptEscalation(NOW, "a lead", "asked for", None),),
        switches=(ts.TranscriptSwitch(NOW, "little", "CARD"), ts.TranscriptSwitch(NOW, "card", "Little")),
        offers=(ts.TranscriptOffer(NOW, "ﬁne", None, None, None), ts.TranscriptOffer(NOW, "x", -3, "EUR", True)),
        moods=(ts.TranscriptMood(NOW, "upset"), ts.TranscriptMood(NOW, "calm"), ts.TranscriptMood(NOW, "upset")),
    )  # fmt: skip


def rows_at_the_desk(call: Call, owner: str) -> dict[str, list[tuple[Any, ...]]]:
    """What a desk counts of a call, in the values that a database holds; the agent with the role beside it."""
    values = values_of(call)
    agent = owner if call.agent is None else f"{call.agent} ({owner})"
    counted = values.call._replace(agent=agent, agent_folded=fold_case(agent))
    rows: dict[str, list[tuple[Any, ...]]] = {
        "call": [tuple(counted)],
        "step": [(*kind, *rest) for kind, *rest in values.steps],
        "offer": [tuple(one) for one in values.offers],
        "commitment": [tuple(one) for one in values.commitments],
    }
    return {name: [tuple(map(_plain, row)) for row in found] for name, found in rows.items()}


def _plain(value: Any) -> Any:
    return value.replace("\0", "\ufffd") if isinstance(value, str) else int(value) if isinstance(value, bool) else value


def _quoted(column: str) -> str:
    return f'"{column}"'


def rows_in_the_database(database: Database, call_id: str) -> dict[str, list[tuple[Any, ...]]]:
    (key,) = database.execute("SELECT key FROM known WHERE id = %s", (call_id,)).fetchone() or (None,)
    queries = {
        name: "SELECT {} FROM {} WHERE call = %s ORDER BY place".format(
            ", ".join(map('"{}"'.format, table._fields)), name
        )
        for name, table in PARTS.items()
    }
    queries["step"] = _STEPS
    queries["call"] = f"SELECT {', '.join(IndexedCall._fields)} FROM call WHERE key = %s"
    return {name: database.execute(query.encode(), (key,)).fetchall() for name, query in queries.items()}


def test_the_database_counts_what_a_desk_counts(database: Floor) -> None:
    kept = [path.read_bytes() for path in sorted(KEPT.glob("*/data/sessions/**/*.json"))]
    assert len(kept) > 3
    with database.connect("ana") as connection:
        for raw in (*kept, *map(encode, odd_calls()), *map(encode, calls(60, 3, days=60))):
            one = storage.prepare(raw, "all")
            storage.make_room(connection, [one], set())
            assert storage.add(connection, one, "desk")
            there = rows_in_the_database(connection, one.id)
            assert there == rows_at_the_desk(decode(raw).call, "ana"), one.id


def test_amendments_that_come_later_count_as_those_of_the_transcript(database: Floor) -> None:
    with database.connect("ana") as connection:
        for call in odd_calls():
            whole = storage.prepare(encode(call), "all")
            first = storage.prepare(encode(msgspec.structs.replace(call, amendments=call.amendments[:3])), "all")
            storage.make_room(connection, [first], set())
            assert storage.add(connection, first, "desk")
            assert storage.amend(connection, whole, min(3, len(call.amendments)))
            assert rows_in_the_database(connection, call.id) == rows_at_the_desk(call, "ana"), call.id


def test_texts_lose_their_case_as_at_a_desk(database: Floor) -> None:
    # What every version of Python knows alike.
    old = unicodedata.ucd_3_2_0
    signs = [sign for sign in map(chr, range(1, sys.maxunicode + 1)) if old.category(sign) not in {"Cn", "Cs"}]
    texts = [*ODD, "", "  Ä\u00a0", "I\u0307", *("".join(signs[first : first + 50]) for first in range(0, 20_000, 50))]
    with database.connect("postgres") as connection:
        folded = connection.execute(
            "SELECT recovery.fold_case(one) FROM unnest(%s::text[]) AS one", (texts,)
        ).fetchall()
    assert folded == [(fold_case(text),) for text in texts]


def test_texts_have_the_keys_that_they_have_at_a_desk(database: Floor) -> None:
    old = unicodedata.ucd_3_2_0
    signs = [sign for sign in map(chr, range(1, sys.maxunicode + 1)) if old.category(sign) not in {"Cn", "Cs"}]
    draw = random.Random(5)
    mixed = ["".join(draw.choices(signs[:9_000], k=9)) for _ in range(400)]
    apart = [" ".join(signs[first : first + 100]) for first in range(0, 30_000, 100)]
    texts = [*ODD, "", " -- ", "Late-Parcel!", "Late parcel", *mixed, *apart]
    with database.connect("postgres") as connection:
        keys = connection.execute("SELECT recovery.word_key(one) FROM unnest(%s::text[]) AS one", (texts,)).fetchall()
    assert keys == [(word_key(text),) for text in texts]


IMPOSSIBLE: tuple[dict[str, Any], ...] = (
    {"seconds": -5}, {"seconds": 1e308}, {"seconds": "NaN"}, {"seconds": "12"}, {"outcome": "the best of all"},
    {"started_at": "yesterday"}, {"schema": 2}, {"agent": {"name": "x"}}, {"id": None}, {"steps": {}},
    {"offers": [{"remedy": "x", "value": 1e300}]}, {"moods": [{"mood": "so Angry!"}]}, {"promises": 1000000},
    {"ours": "yes"},
)  # fmt: skip


def test_a_transcript_with_impossible_numbers_is_refused(database: Floor) -> None:
    whole = storage.prepare(encode(a_call()), "all")
    with database.connect("ana") as connection:
        storage.make_room(connection, [whole], set())
        for change in IMPOSSIBLE:
            document = {**whole.document, **change}
            with pytest.raises(psycopg.DataError):
                storage.add(connection, whole._replace(raw=msgspec.json.encode(document)), "desk")
        assert connection.execute("SELECT count(*) FROM known").fetchone() == (0,)
