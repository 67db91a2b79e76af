"""The database is brought up to date: twice, by two at once, all or nothing."""

from __future__ import annotations

import json
import threading
from typing import TYPE_CHECKING

import psycopg
import pytest

from recoverycli.errors import TeamProblem
from recoverycli.team.migrate import Migration, migrate, migrations, newest_version, version
from recoverycli.team.trial import OWNER

if TYPE_CHECKING:
    from tests.team.floor import Floor


def test_migrations_are_numbered_from_one_without_a_gap() -> None:
    numbers = [step.number for step in migrations()]
    assert numbers == list(range(1, len(numbers) + 1))
    assert newest_version() == numbers[-1]


def test_a_database_is_made_ready_once_and_a_second_time_changes_nothing(empty: Floor) -> None:
    with empty.connect(OWNER) as database:
        assert version(database) == 0
        assert [step.number for step in migrate(database, migrations())] == [step.number for step in migrations()]
        assert migrate(database, migrations()) == []
        assert version(database) == newest_version()


def test_two_that_make_it_ready_at_once_do_it_after_each_other(empty: Floor) -> None:
    ran: list[int] = []
    begin = threading.Barrier(4)

    def make_ready() -> None:
        with empty.connect(OWNER) as database:
            begin.wait()
            ran.append(len(migrate(database, migrations())))

    threads = [threading.Thread(target=make_ready) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(ran) == [0, 0, 0, len(migrations())]


def test_a_step_that_fails_takes_those_before_it_back(empty: Floor) -> None:
    broken = Migration(newest_version() + 1, "broken", "CREATE TABLE recovery.half (); SELECT no_such_function()")
    with empty.connect(OWNER) as database:
        with pytest.raises(psycopg.errors.UndefinedFunction):
            migrate(database, [*migrations(), broken])
        assert version(database) == 0
        assert database.execute("SELECT to_regnamespace('recovery')").fetchone() == (None,)


def test_a_database_of_a_newer_version_is_unchanged(database: Floor) -> None:
    database.do("INSERT INTO migration (number, name, done_by) VALUES (9000, 'later', 'recovery 99')")
    with database.connect(OWNER) as connection, pytest.raises(TeamProblem, match="newer version"):
        migrate(connection, migrations())


def test_promises_that_were_moved_before_are_judged_by_the_date_of_the_call(empty: Floor) -> None:
    document = json.dumps({"promises": [{"id": "p1", "due": "1970-01-01T01:00:01+01:00"}, {"id": "p2", "due": None}]})
    before = [step for step in migrations() if step.number < 7]
    with empty.connect(OWNER) as database:
        migrate(database, before)
        database.execute("INSERT INTO recovery.known (id, started, desk, digest) VALUES ('a', 0, 'd', 'x')")
        database.execute(
            "INSERT INTO recovery.call (key, id, started, desk, share, digest, raw, document)"
            " SELECT key, 'a', 0, 'd', 'all', 'x', '', %s FROM recovery.known",
            (document,),
        )
        for place, (kind, item, due) in enumerate((("promise", "p1", 9), ("promise", "p2", 9), ("task", "t1", 9))):
            database.execute(
                "INSERT INTO recovery.commitment (call, place, kind, item, due, started)"
                " SELECT key, %s, %s, %s, %s, 0 FROM recovery.known",
                (place, kind, item, due),
            )
        migrate(database, migrations())
        found = database.execute("SELECT item, promised FROM recovery.commitment ORDER BY item").fetchall()
    assert found == [("p1", 1_000_000), ("p2", None), ("t1", 9)]
