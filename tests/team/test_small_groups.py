"""What is told of single people over a whole floor: nothing of fewer than five calls, and no order among them."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING

import msgspec
import pytest

from recoverycli.session.transcript import model as ts
from recoverycli.store.calls.archive import Archive
from tests.commands.recovery import Recovery
from tests.review.calls import NOW, a_call
from tests.team.loading import load

if TYPE_CHECKING:
    from pathlib import Path

    from tests.team.floor import Floor

NUMBERS = {"Bea Lind": 6, "Ines Ott": 4, "Omar Reis": 7, "Uwe Holm": 5}


@pytest.fixture
def rita(tmp_path: Path, database: Floor) -> Recovery:
    """A reviewer's desk: four calls of one agent and five, six, seven of others, here and in the database.

    From the sixth on, calls of an agent are about another issue, without a cause, and with a card.
    """
    made = [
        msgspec.structs.replace(
            a_call(tail=f"{agent[:1].lower()}a{number:02}", at=NOW - timedelta(days=number)),
            agent=agent,
            issue="late parcel" if number < 6 else "rude staff",
            root_cause="rain" if number < 6 else None,
            cards=() if number < 6 else (ts.TranscriptCard("refunds", None, NOW),),
        )
        for agent, count in NUMBERS.items()
        for number in range(1, count + 1)
    ]
    archive = Archive(tmp_path / "data")
    for call in made:
        archive.write(call)
    with database.connect("ana") as connection:
        load(connection, made)
    desk = Recovery(tmp_path)
    assert desk("team", "connect", database.dsn("rita")).returncode == 0
    return desk


def groups(recovery: Recovery, *words: str) -> tuple[dict[str, int], str]:
    done = recovery("log", "stats", "--json", "--by", "agent", *words)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)["figures"]["groups"]
    return {group["name"]: group["calls"] for group in found}, done.stderr


def test_a_group_of_fewer_than_five_is_left_out_and_that_is_said(rita: Recovery) -> None:
    found, told = groups(rita, "--team")
    assert found == {f"{name} (ana)": count for name, count in NUMBERS.items() if count >= 5}
    assert told == "1 group is not shown: fewer than 5 calls of an agent are too few for figures\n"
    drawn = rita("log", "stats", "--team", "--by", "agent")
    assert "Ines Ott" not in drawn.stdout
    assert "Omar Reis" in drawn.stdout


def test_at_the_desk_itself_nothing_is_left_out(rita: Recovery) -> None:
    assert groups(rita) == (NUMBERS, "")


def test_groups_by_something_else_are_reported_of_one_agent_with_enough_calls_only(rita: Recovery) -> None:
    done = rita("log", "stats", "--team", "--json", "--by", "weekday", "--agent", "Omar Reis")
    assert json.loads(done.stdout)["figures"]["groups"] == []
    # Seven weekdays, an issue and a card.
    assert "9 groups are not shown" in done.stderr
    every = rita("log", "stats", "--team", "--json", "--by", "framework")
    assert [group["calls"] for group in json.loads(every.stdout)["figures"]["groups"]] == [22]
    assert every.stderr == ""


def test_of_one_agent_no_issue_cause_or_card_of_fewer_than_five_calls_is_told(rita: Recovery) -> None:
    def parts(*words: str) -> tuple[dict[str, int], dict[str, int], dict[str, int]]:
        found = json.loads(rita("log", "stats", "--team", "--json", *words).stdout)
        demand, causes = found["demand"], found["causes"]["causes"]
        return (
            {one["issue"]: one["calls"] for one in demand["issues"]},
            {one["name"]: one["count"] for one in demand["cards"]},
            {one["cause"]: one["calls"] for one in causes},
        )

    assert parts() == ({"late parcel": 19, "rude staff": 3}, {"refunds": 3}, {"rain": 19})
    assert parts("--agent", "Omar Reis") == ({"late parcel": 5}, {}, {"rain": 5})


@pytest.mark.parametrize("words", [("stats",), ("stats", "--json"), ("report", "--output", "page.html")], ids=" ".join)
def test_figures_of_so_few_calls_of_one_agent_are_refused(
    rita: Recovery, tmp_path: Path, words: tuple[str, ...]
) -> None:
    refused = rita("log", *words, "--team", "--agent", "ines", cwd=tmp_path)
    assert refused.returncode == 1
    assert refused.stdout == ""
    assert "fewer than 5 calls match" in refused.stderr
    assert not (tmp_path / "page.html").exists()
    assert rita("log", *words, "--team", "--agent", "omar", cwd=tmp_path).returncode == 0


def test_the_calls_themselves_are_listed(rita: Recovery) -> None:
    assert rita("log", "list", "--team", "--agent", "ines", "--json").stdout.count("\n") == 4


def test_people_are_listed_by_their_names_and_by_nothing_that_they_did(rita: Recovery) -> None:
    found, _ = groups(rita, "--team")
    assert list(found) == ["Bea Lind (ana)", "Omar Reis (ana)", "Uwe Holm (ana)"]
