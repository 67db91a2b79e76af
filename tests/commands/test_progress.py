"""`recovery progress`, as it is run."""

from __future__ import annotations

import csv
import io
import json
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from recoverycli.store.drill_answers import DrillAnswer, append_answer
from recoverycli.times import clock
from tests.terminal.screen import Terminal
from tests.training.played import typed

if TYPE_CHECKING:
    from pathlib import Path

    from tests.commands.recovery import Recovery


BEST = typed(6, "hear-him-out", "take-it-on", "two-ways")


def learnt(home: Path) -> None:
    """A fortnight: listen is known, apologize was missed."""
    for step, right, days in (
        ("listen", True, 14), ("listen", True, 13.99), ("listen", True, 10), ("apologize", False, 3),
    ):  # fmt: skip
        append_answer(home, DrillAnswer(clock.now() - timedelta(days=days), "learn", step, "step", right, "0"))


def test_nothing_known_says_how_to_begin_and_makes_nothing(recovery: Recovery) -> None:
    done = recovery("progress")
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("No results yet.\nStart with a few questions: recovery quiz\n")
    assert not recovery.data.exists()


def test_it_tells_each_step_what_is_due_and_that_only_you_see_it(recovery: Recovery) -> None:
    learnt(recovery.data)
    recovery("practice", "late-parcel", "--seed", "6", stdin=BEST)
    append_answer(recovery.data, DrillAnswer(clock.now(), "learn", "apologize", "missing", False, "0"))
    told = recovery("progress").stdout
    assert told.startswith("Nothing is due. Next: Apologize of LEARN, due tomorrow\n")
    assert "3 of 5 answers right, 1 role-play" in told
    assert "Apologize: 100%, 2 of 3 tries missed, due tomorrow" in told
    assert "100, late-parcel, recovered" in told
    assert told.rstrip().splitlines()[-1].startswith("Only you see this, unless")


def test_the_value_is_the_one_that_is_drawn(recovery: Recovery) -> None:
    learnt(recovery.data)
    value = json.loads(recovery("progress", "--json").stdout)
    told = recovery("progress").stdout
    steps = {step["step"]: step for step in value["steps"]}
    assert list(steps) == ["listen", "empathize", "apologize", "resolve", "notify"]
    assert (value["answers"], value["right"]) == (4, 3)
    listen = steps["listen"]
    assert (listen["tries"], listen["missed"]) == (3, 0)
    assert f"Listen: {listen['recall']:.0%}, 3 tries, " in told
    assert (steps["apologize"]["due"], steps["apologize"]["is_due"]) == ("2026-11-23", True)
    assert steps["notify"]["tries"] == 0
    assert "Notify: not asked yet" in told


def test_it_is_written_for_the_trainer_as_a_table_and_whole(recovery: Recovery, tmp_path: Path) -> None:
    learnt(recovery.data)
    recovery("practice", "late-parcel", "--seed", "6", stdin=BEST)
    environ = {"RECOVERY_AGENT": "=Ana"}
    table, whole = tmp_path / "me.csv", tmp_path / "me.json"
    assert recovery("progress", "--export", str(table), environ=environ).returncode == 0
    rows = list(csv.DictReader(io.StringIO(table.read_text(encoding="utf-8-sig"))))
    assert {row["learner"] for row in rows} == {"'=Ana"}
    assert [row["name"] for row in rows if row["what"] == "role-play"] == ["late-parcel"]
    answers = [row for row in rows if row["what"] == "answer"]
    assert [row["name"].partition("/")[2] for row in answers] == ["opening", "story", "options"]
    assert {(row["difficulty"], row["given"], row["hints"]) for row in answers} == {("easy", "picked", "0")}
    assert all(float(row["seconds"]) >= 0 for row in answers)
    assert next(row for row in rows if row["name"] == "listen")["missed"] == "0"
    done = recovery("progress", "--export", str(whole), "--no-names", environ=environ)
    assert done.stderr == f"Written for your trainer: {whole}\n"
    value = json.loads(whole.read_bytes())
    assert (value["learner"], value["schema"], len(value["plays"])) == (None, 2, 1)
    assert "Ana" not in whole.read_text(encoding="utf-8")


def test_a_file_is_not_overwritten_without_a_word(recovery: Recovery, tmp_path: Path) -> None:
    learnt(recovery.data)
    there = tmp_path / "me.csv"
    there.write_text("mine", encoding="utf-8")
    refused = recovery("progress", "--export", str(there))
    assert (refused.returncode, there.read_text(encoding="utf-8")) == (2, "mine")
    assert "Overwrite it with --yes." in refused.stderr
    assert recovery("progress", "--export", str(there), "--yes").returncode == 0
    assert there.read_text(encoding="utf-8-sig").startswith("learner,what")


@pytest.mark.parametrize("name", ["me.xlsx", "me", "-", "nowhere/me.csv"])
def test_a_file_that_it_cannot_write_is_reported_before_any_work(recovery: Recovery, tmp_path: Path, name: str) -> None:
    done = recovery("progress", "--export", name, cwd=tmp_path)
    assert done.returncode == 2
    assert "For example" in done.stderr or "there is no folder" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_framework_that_is_gone_is_reported_by_its_ids(recovery: Recovery) -> None:
    append_answer(recovery.data, DrillAnswer(clock.now(), "gone", "first", "goal", True, "0"))
    done = recovery("progress")
    assert done.returncode == 0, done.stderr
    assert "gone: likely to be remembered today" in done.stdout
    assert "first: 100%, 1 try" in done.stdout
    assert "Question 1 of 8" in recovery("quiz").stdout


@pytest.mark.parametrize(("columns", "lines"), [(40, 40), (80, 24), (120, 40)])
def test_on_a_terminal_it_has_bars_that_fit(tmp_path: Path, columns: int, lines: int) -> None:
    learnt(tmp_path / "data")
    terminal = Terminal(tmp_path, "progress", columns=columns, lines=lines)
    terminal.expect("Due: Apologize", "Only you see this")
    assert terminal.end() == 0
    assert all(len(line) <= columns for line in terminal.lines)
    assert "█" in next(line for line in terminal.lines if line.strip().startswith("Listen"))
