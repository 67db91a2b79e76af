"""Marks of erased customers in the database: nobody reads them or tries a list of names, and they have limits."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

import psycopg
import pytest

from recoverycli.session.person import person_of
from recoverycli.session.transcript.model import TranscriptCustomer
from recoverycli.store.calls.archive import Archive
from recoverycli.store.erased_people import CustomerDigests, digests_of, marks_of
from recoverycli.store.outbox import note_erasure
from recoverycli.team import desk
from recoverycli.team.erasures import calls_to_erase
from recoverycli.team.push import mark_all, push
from tests.review.calls import a_call
from tests.team.floor import PEOPLE
from tests.team.test_roles import DENIED, NOVEMBER, keep

if TYPE_CHECKING:
    from pathlib import Path

    from recoverycli.team.connection import Database
    from tests.team.floor import Floor


def erase(floor: Floor, name: str, ref: str | None, role: str = "ana") -> None:
    """Tell the database of an erasure, as a push does."""
    marks = list(marks_of(person_of(name, ref)))
    floor.ask("SELECT recovery.add_erasure('d', %s)", marks, role=role)


def answered(database: Database, digests: CustomerDigests) -> list[tuple[Any, ...]]:
    """What the database answers about a customer."""
    (request,) = database.execute("SELECT ask_erased(%s)", (sorted(digests.every),)).fetchone() or ()
    return database.execute("SELECT has_ref FROM find_erased(%s)", (request,)).fetchall()


def test_a_list_of_names_cannot_be_tried_on_the_marks_of_erasures(database: Floor) -> None:
    erase(database, "Zoë Quist", None)
    erase(database, "Ada Byron", "C-1", role="rita")
    hashes = [digest for name in ("Zoë Quist", "Ada Byron") for digest in sorted(digests_of(name, None).every)]
    assert database.ask("SELECT count(*) FROM erasure_mark WHERE mark = ANY (%s)", hashes) == [(0,)]
    assert database.ask("SELECT count(*) FROM erasure_mark") == [(3,)]
    for role in PEOPLE:
        for table in ("erasure_key", "erasure_mark", "erasure_use", "erasure_request"):
            for statement in (f"SELECT FROM recovery.{table}", f"DELETE FROM recovery.{table}"):
                with pytest.raises(DENIED):
                    database.do(statement, role=role)
        with pytest.raises(DENIED):
            database.ask("SELECT recovery.erasure_mark_of(%s)", hashes[0], role=role)
    for role in ("paul", "nobody"):
        with pytest.raises(DENIED):
            erase(database, "Somebody", None, role=role)
    for role in ("ana", "ben", "rita", "paul"):
        with database.connect(role) as connection:
            assert answered(connection, digests_of("zoë  quist", None)) == [(False,)]
            assert answered(connection, digests_of("Zoë Quill", None)) == []
            assert answered(connection, digests_of("Ada Byron", "C-2")) == [(True,)]


def test_customers_are_asked_about_in_numbers_that_are_counted_whatever_is_rolled_back(database: Floor) -> None:
    erase(database, "Zoë Quist", None)
    many = "SELECT ask_erased(array_agg(sha256(n::text::bytea))) FROM generate_series(1, %s::int) AS n"
    with database.connect("ben") as ben, database.connect("ana") as ana:
        # An answer in the same transaction would not be counted.
        with pytest.raises(psycopg.DataError, match="earlier transaction"), ben.transaction():
            answered(ben, digests_of("Zoë Quist", None))
        with pytest.raises(psycopg.DataError, match="earlier transaction"), ben.transaction():
            with ben.transaction():
                (request,) = ben.execute(many.encode(), (9,)).fetchone() or ()
            ben.execute("SELECT find_erased(%s)", (request,))
        (request,) = ana.execute(many.encode(), (9,)).fetchone() or ()
        with pytest.raises(psycopg.DataError, match="earlier transaction"):
            ben.execute("SELECT find_erased(%s)", (request,))
        assert ana.execute("SELECT find_erased(%s)", (request,)).fetchall() == []
        for wrong in ([b"short"], None, [None]):
            with pytest.raises(psycopg.DataError):
                ben.execute("SELECT ask_erased(%s::bytea[])", (wrong,))
        ben.execute(many.encode(), (2000,))
        with pytest.raises(psycopg.errors.ProgramLimitExceeded, match="too many customers today"):
            answered(ben, digests_of("Zoë Quist", None))
        # A call more, and customers of a call more.
        keep(database, "ben", "of-ben")
        assert answered(ben, digests_of("Zoë Quist", None)) == [(False,)]
        with pytest.raises(psycopg.errors.ProgramLimitExceeded):
            ben.execute(many.encode(), (20,))
        # Tomorrow.
        database.do("UPDATE erasure_use SET day = day - 1")
        ben.execute(many.encode(), (2000,))


def test_marks_of_erasures_of_one_role_are_limited_and_its_calls_are_sent(database: Floor, tmp_path: Path) -> None:
    flood = (
        "SELECT add_erasure('d', array_agg('name::' || encode(sha256(n::text::bytea), 'hex')))"
        " FROM generate_series(1, %s::int) AS n"
    )
    for wrong in ("", "name:Zoë Quist", "name::00", "else::" + "0" * 64):
        with pytest.raises(psycopg.DataError):
            database.ask("SELECT add_erasure('d', %s)", [wrong], role="ana")
    database.ask(flood, 1000, role="ana")
    with pytest.raises(psycopg.errors.ProgramLimitExceeded):
        database.ask(flood, 1, role="ana")
    database.ask(flood, 1, role="ben")
    desk.change(tmp_path)
    note_erasure(tmp_path, person_of("Zoë Quist", None), NOVEMBER)
    Archive(tmp_path).write(a_call(at=NOVEMBER))
    mark_all(tmp_path)
    with database.connect("ana") as connection:
        done = push(tmp_path, connection, "d", "all", lambda _, __: None)
        assert (done.sent, done.erased) == (1, 0)
        assert [one.why for one in done.kept] == [
            "the database takes 1,000 marks of erased customers a day from each role"
        ]
        database.do("UPDATE erasure_use SET day = day - 1")
        done = push(tmp_path, connection, "d", "all", lambda _, __: None)
        assert (done.erased, done.kept) == (1, ())


def test_what_a_desk_reads_of_erasures_does_not_grow_with_their_number(database: Floor, tmp_path: Path) -> None:
    for number, name in enumerate(("Zoë Quist", "Ada Byron", "Grace Hopper")):
        Archive(tmp_path).write(
            a_call(tail=f"{number:04}", at=NOVEMBER.replace(year=2020), customer=TranscriptCustomer(name))
        )
    erase(database, "Ada Byron", None)
    database.do(
        "INSERT INTO erasure_mark (mark, has_ref, owner, desk)"
        " SELECT sha256(n::text::bytea), false, 'ana', 'd' FROM generate_series(1, 20000) AS n"
    )
    database.do("ANALYZE erasure_mark")
    with database.connect("ben") as connection:
        found = calls_to_erase(tmp_path, connection)
        assert ([one[-4:] for one in found.ids], found.unasked) == (["0001"], 0)
        # Marks that were made before with a salt of their own are known as well, with the time of an erasure.
        for at, expected in (("2000-01-01", ["0001"]), ("2100-01-01", ["0001", "0002"])):
            salted = "name:00:" + hashlib.sha256(b"\0name:grace hopper").hexdigest()
            database.do("INSERT INTO erasure (at, desk, mark) VALUES (%s, 'd', %s)", at, salted)
            assert sorted(one[-4:] for one in calls_to_erase(tmp_path, connection).ids) == expected
        # What cannot be compared today is counted, and not called unerased.
        database.do("UPDATE erasure_use SET asked = 1995 WHERE owner = 'ben'")
        assert calls_to_erase(tmp_path, connection).unasked == 3
    plan = database.ask(
        "EXPLAIN SELECT newest.at FROM generate_series(1, 9) AS n CROSS JOIN LATERAL (SELECT at FROM erasure_mark"
        " AS there WHERE there.mark = sha256(n::text::bytea) AND NOT there.has_ref ORDER BY at DESC LIMIT 1) AS newest"
    )
    assert any("using erasure_mark_at" in line for (line,) in plan)
