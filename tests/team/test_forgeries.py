"""An agent with a SQL client of their own: nobody's figures become others, and nobody has to wait for them."""

from __future__ import annotations

import contextlib
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import TYPE_CHECKING

import msgspec
import psycopg
import pytest

from recoverycli.session.transcript.model import encode
from recoverycli.store.calls.archive import Archive
from recoverycli.team import storage
from recoverycli.team.calls import TeamCalls, begin
from recoverycli.team.migrate import _LOCK, migrate, migrations
from recoverycli.team.push import mark_all, push
from tests.review.calls import NOW, a_call
from tests.synthetic import calls
from tests.team.test_derived import rows_at_the_desk, rows_in_the_database
from tests.team.test_roles import DENIED, NOVEMBER, keep, micros, review, transcript

if TYPE_CHECKING:
    from pathlib import Path

    from recoverycli.session.transcript.model import Call
    from recoverycli.team.connection import Database
    from tests.team.floor import Floor

DESKS = 20
EACH = 3
# What somebody with SQL may try on the figures of others and on their own.
ATTEMPTS = (
    "UPDATE recovery.call SET agent = 'Ben', agent_folded = 'ben'", "UPDATE recovery.call SET owner = 'ben'",
    "UPDATE recovery.call SET outcome = 'resolved'", "UPDATE recovery.call SET seconds = 1",
    "UPDATE recovery.call SET verified = true, share = 'all'", "UPDATE recovery.known SET owner = 'ben'",
    "UPDATE recovery.commitment SET done = due", "UPDATE recovery.step SET status = 0, seconds = 1",
    "INSERT INTO recovery.offer (call, place, started, value) SELECT key, 9, started, 1e9 FROM recovery.known",
    "INSERT INTO recovery.amendment (call, place, at, field) SELECT id, 9, 'now', 'outcome' FROM recovery.known",
    "INSERT INTO recovery.call SELECT * FROM recovery.call", "DELETE FROM recovery.known", "TRUNCATE recovery.known",
    "SELECT recovery.remove_call(id) FROM recovery.known WHERE owner <> current_user",
    "SELECT recovery.renew(call) FROM recovery.call", "SELECT recovery.with_figures(call) FROM recovery.call",
    "CREATE TRIGGER mine BEFORE INSERT ON recovery.call FOR EACH ROW EXECUTE FUNCTION recovery.remove_months_rows()",
    "ALTER TABLE recovery.call ALTER outcome SET DEFAULT 'resolved'", "SET ROLE postgres",
    "SET SESSION AUTHORIZATION ben", "SET session_replication_role = replica",
)  # fmt: skip


def try_all(database: Database) -> None:
    """Try everything; whether it is refused or does nothing shows in the figures."""
    for statement in ATTEMPTS:
        with contextlib.suppress(psycopg.Error), database.transaction():
            database.execute(statement.encode())


def test_a_name_cannot_be_written_and_the_role_stands_beside_the_one_that_was_typed(database: Floor) -> None:
    keep(database, "ben", "of-ben")
    for column in ("agent", "owner"):
        with pytest.raises(DENIED):
            database.do(f"UPDATE recovery.call SET {column} = 'Ben'", role="ana")
    with database.connect("ana") as connection:
        assert storage.add(connection, transcript("of-ana", agent="Ben Adler"), "d")
        assert storage.add(connection, transcript("unnamed"), "d")
    found = database.ask("SELECT id, agent, agent_folded, owner FROM call ORDER BY id", role="rita")
    assert found == [
        ("of-ana", "Ben Adler (ana)", "ben adler (ana)", "ana"), ("of-ben", "ben", "ben", "ben"),
        ("unnamed", "ana", "ana", "ana"),
    ]  # fmt: skip


def test_an_outcome_cannot_be_written_but_by_an_amendment_of_ones_own_call(database: Floor) -> None:
    keep(database, "ana", "of-ana")
    for statement in (
        "UPDATE recovery.call SET outcome = 'escalated'",
        "UPDATE recovery.call SET document = jsonb_set(document, '{outcome}', '\"escalated\"')",
        "INSERT INTO recovery.amendment (call, place, at, field, new) VALUES ('of-ana', 9, 'now', 'outcome', '1')",
    ):
        with pytest.raises(DENIED):
            database.do(statement, role="ana")
    changes = '[{"at": "2025-11-25T10:00:00Z", "field": "outcome", "old": "resolved", "new": "escalated"}]'
    for place in (0, 2):
        with pytest.raises(psycopg.DataError, match="its amendments are others"):
            database.ask("SELECT amend_call('of-ana', %s, %s, '', 0)", place, changes, role="ana")
    assert database.ask("SELECT amend_call('of-ana', 1, %s, '', 0)", changes, role="ana") == [(True,)]
    assert database.ask("SELECT outcome FROM call") == [("escalated",)]
    assert database.ask("SELECT field, owner FROM amendment ORDER BY place") == [("issue", "ana"), ("outcome", "ana")]


def test_seconds_cannot_be_written_and_are_those_of_the_transcript(database: Floor) -> None:
    keep(database, "ana", "of-ana")
    for table in ("call", "step"):
        with pytest.raises(DENIED):
            database.do(f"UPDATE recovery.{table} SET seconds = 1", role="ana")
    with database.connect("ana") as connection:
        for seconds in (-5.0, 1e308, 3e6):
            with pytest.raises(psycopg.DataError, match="seconds is out of bounds"):
                storage.add(connection, transcript("forged", seconds=seconds), "d")
    assert database.ask("SELECT id, seconds = (document ->> 'seconds')::float FROM call") == [("of-ana", True)]


def test_figures_without_the_words_are_marked_and_carry_the_role(database: Floor) -> None:
    with database.connect("ana") as connection:
        storage.make_room(connection, [transcript("x")], set())
        for share in ("all", "no-names", "numbers"):
            assert storage.add(connection, transcript(share)._replace(share=share), "d")
        with pytest.raises(psycopg.DataError):
            storage.add(connection, transcript("else")._replace(share="everything"), "d")
    found = database.ask("SELECT share, verified, agent FROM call ORDER BY id", role="rita")
    assert found == [("all", True, "ana"), ("no-names", True, "ana"), ("numbers", False, "ana")]


def test_an_agent_is_no_reviewer(database: Floor) -> None:
    keep(database, "ana", "of-ana")
    with pytest.raises(DENIED):
        database.do("UPDATE recovery.review SET by_reviewer = true", role="ana")
    with pytest.raises(DENIED, match="a reviewer assesses with that right"):
        database.ask("SELECT put_review('of-ana', %s)", review("of-ana", "reviewer"), role="ana")
    # One from before this was checked counts as little.
    database.do("UPDATE review SET raw = %s, document = %s", review("of-ana", "reviewer"), "{}")
    with database.connect("rita") as connection:
        (found,) = TeamCalls(connection).reviews()
        assert not isinstance(found, Exception)
        assert found.assessments == ()


def test_months_are_few_whatever_is_asked_for(database: Floor) -> None:
    keep(database, "ben", "of-ben")
    with database.connect("ana") as connection, pytest.raises(psycopg.DataError, match="takes no calls of 2093-11"):
        for year in range(2000, 2100):
            for month in range(1, 13):
                connection.execute("SELECT make_month(%s)", (micros(NOVEMBER.replace(year=year, month=month)),))
        storage.add(connection, transcript("late", NOVEMBER.replace(year=2093)), "d")
    # Ten years and what is near, and two years anywhere.
    ((months,),) = database.ask("SELECT count(*) FROM pg_inherits WHERE inhparent = 'recovery.call'::regclass")
    assert months <= 121 + 3 + 24 + 2
    # The months of today are there for others.
    ((now,),) = database.ask("SELECT extract(epoch FROM now())::bigint * 1000000")
    assert database.ask("SELECT recovery.has_month(%s)", now) == [(True,)]


def test_locks_of_one_agent_hold_up_nobody(database: Floor) -> None:
    keep(database, "ana", "of-ana")
    with database.connect("ana") as ana, database.connect("ben") as ben, database.connect("postgres") as owner:
        for table in ("known", "call", "step_kind", "review", "content", "migration", "erasure"):
            with pytest.raises(DENIED), ana.transaction():
                ana.execute(f"LOCK TABLE recovery.{table} IN ROW EXCLUSIVE MODE".encode())
        for name in ("recovery.make_month", "recovery.content"):
            ana.execute("SELECT pg_advisory_lock(hashtextextended(%s, 0))", (name,))
        ana.execute("SELECT pg_advisory_lock(%s)", (_LOCK,))
        with ana.transaction():
            # A call of hers that does not end, with a month of its own.
            ana.execute("SELECT make_month(%s)", (micros(NOVEMBER.replace(month=9)),))
            assert storage.add(ana, transcript("unfinished", NOVEMBER.replace(month=9)), "d")
            ben.execute("SET lock_timeout = '1ms'")
            owner.execute("SET lock_timeout = '1ms'")
            assert storage.add(ben, transcript("of-ben"), "d")
            assert storage.remove(ben, "of-ben")
            owner.execute("INSERT INTO content (format, digest, manifest, files) VALUES (1, 'x', '{}', '')")
            assert migrate(owner, migrations()) == []
            # A month that is missing is made by the next push; only its calls wait.
            storage.make_room(ben, [transcript("other", NOVEMBER.replace(month=8))], set())
            with pytest.raises(psycopg.DataError, match="takes no calls of 2025-08"):
                storage.add(ben, transcript("other", NOVEMBER.replace(month=8)), "d")
        storage.make_room(ben, [transcript("other", NOVEMBER.replace(month=8))], set())
        assert storage.add(ben, transcript("other", NOVEMBER.replace(month=8)), "d")


def test_kinds_of_steps_of_one_role_are_limited(database: Floor) -> None:
    flood = (
        "SELECT add_kinds(jsonb_agg(jsonb_build_object('framework', 'f', 'id', n::text, 'name', 'n',"
        " 'intent', 'listen', 'phase', 'live'))) FROM generate_series(%s::int, %s::int) AS n"
    )
    database.ask(flood, 1, 5000, role="ana")
    with pytest.raises(psycopg.errors.ProgramLimitExceeded):
        database.ask(flood, 5001, 5001, role="ana")
    database.ask(flood, 5001, 5001, role="ben")
    assert database.ask("SELECT owner, count(*) FROM step_kind GROUP BY 1 ORDER BY 1") == [("ana", 5000), ("ben", 1)]


def test_twenty_desks_give_the_figures_of_their_transcripts_whatever_was_tried(database: Floor, tmp_path: Path) -> None:
    roles = [f"desk_{number:02}" for number in range(DESKS)]
    made: dict[str, list[Call]] = {role: [] for role in roles}
    for number, call in enumerate(calls(DESKS * EACH, 5, days=40)):
        made[roles[number % DESKS]].append(call)
    for role in roles:
        database.do(f"CREATE ROLE {role} LOGIN IN ROLE recovery_agent")

    def send(role: str) -> int:
        home = tmp_path / role
        for call in made[role]:
            Archive(home).write(call)
        mark_all(home)
        with database.connect(role) as connection:
            try_all(connection)
            done = push(home, connection, role, "all", lambda _, __: None)
            try_all(connection)
        return done.sent

    try:
        with ThreadPoolExecutor(4) as pool:
            assert sum(pool.map(send, roles)) == DESKS * EACH
        with database.connect("rita") as connection:
            for role, pushed in made.items():
                for call in pushed:
                    assert rows_in_the_database(connection, call.id) == rows_at_the_desk(call, role)
            assert connection.execute("SELECT count(*) FROM call").fetchone() == (DESKS * EACH,)
    finally:
        for role in roles:
            database.do(f"DROP ROLE {role}")


def test_calls_from_before_are_counted_anew_by_the_upgrade(empty: Floor) -> None:
    honest, forged = a_call(tail="aaaa", outcome="resolved"), a_call(tail="bbbb", at=NOW - timedelta(hours=2))
    steps = migrations()
    with empty.connect("postgres") as owner:
        migrate(owner, steps[:4])
        owner.execute("SELECT recovery.make_month(%s)", (micros(NOW),))
        for call in (honest, forged, msgspec.structs.replace(forged, id="torn")):
            started = micros(call.started_at)
            key = owner.execute(
                "INSERT INTO recovery.known (id, started, owner, desk, digest) VALUES (%s, %s, 'ana', 'd', 'x')"
                " RETURNING key", (call.id, started),
            ).fetchone()  # fmt: skip
            assert key is not None
            raw = b"{}" if call.id == "torn" else encode(call)
            owner.execute(
                "INSERT INTO recovery.call (key, id, started, owner, agent, outcome, seconds, desk, share, digest, raw,"
                " document) VALUES (%s, %s, %s, 'ana', 'Ben', 'partly-resolved', 1, 'd', 'all', 'x', %s, '{}')",
                (key[0], call.id, started, raw),
            )
        migrate(owner, steps)
        for call in (honest, forged):
            assert rows_in_the_database(owner, call.id) == rows_at_the_desk(call, "ana")
        found = owner.execute("SELECT id, verified FROM recovery.call WHERE NOT verified").fetchall()
        assert found == [("torn", False)]
        assert begin(owner) is not None
