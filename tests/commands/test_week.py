"""`recovery week`, as it is run."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from recoverycli.times import clock
from tests import present

if TYPE_CHECKING:
    from pathlib import Path

    from tests.commands.recovery import Recovery

CALM_DOWN = "/said Please calm down, madam.\n/promise a call in 2 hours\n\n\n/cause a wrong label\n/end resolved\n"
WORK = """\
/said Tell me what happened with the parcel.

/ours yes
/said I see why that cost you the evening.

/said I am sorry that you waited. That was our mistake, two labels were swapped.

/offer refund 20
/accept

1
/cause a wrong label
/summary Refund promised.
/end resolved
"""
WEEK = timedelta(days=7)


def called(recovery: Recovery, *lines: str, agent: str = "") -> None:
    for one in lines:
        environ = {"RECOVERY_AGENT": agent} if agent else {}
        done = recovery("start", "learn", "--customer", "Noor", stdin=one, environ=environ)
        assert done.returncode == 0, done.stderr


def week(recovery: Recovery, *argv: str, **environ: str) -> dict[str, Any]:
    done = recovery("week", *argv, "--json", environ=environ)
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_a_store_without_calls_says_so_and_looking_makes_no_goal(recovery: Recovery) -> None:
    done = recovery("week")
    assert done.stdout.startswith(
        "Your week, 23 to 29 November 2026: no calls\nThe week before: recovery week --last\n"
    )
    assert "--last" not in recovery("week", "--last").stdout
    assert not (recovery.data / "practice").exists()


def test_the_page_holds_scores_words_apology_promises_a_replay_and_a_drill(recovery: Recovery) -> None:
    called(recovery, CALM_DOWN, WORK, "\n" * 6, "a note\n/abandon\n")
    found, page = week(recovery), recovery("week").stdout
    assert (found["calls"], found["finished"], found["abandoned"]) == (4, 3, 1)
    # The scores are those of `log score`, over the calls that have one.
    scores = [json.loads(recovery("log", "score", name, "--json").stdout) for name in ("-4", "-3", "-2")]
    totals = [one["total"] for one in scores if one["total"] is not None]
    now = found["scores"][-1]
    assert (now["scored"], now["finished"], now["mean"]) == (2, 3, sum(totals) / 2)
    assert [one["finished"] for one in found["scores"]] == [0, 0, 0, 3]
    assert f"23 to 29 Nov: {now['mean']:.0f} on {now['coverage']:.0f} % of the card, 2 of 3 calls" in page
    assert "No score for 1 call; nothing shows: " in page
    bare = {line["name"] for line in scores[2]["lines"] if line["state"] == "not-shown"}
    assert {one["name"] for one in found["not_shown"]} == bare
    (words,) = found["backfired"]
    assert (words["words"], words["times"], words["calls"], words["of"]) == ("calm down", 1, 1, 2)
    assert '"calm down": Please calm down, madam.' in page
    assert f"Instead: {words['instead']}" in page
    # One of two calls with words lacks regret; the one with Enter alone shows nothing of its apology.
    regret = next(one for one in found["missing_parts"] if one["name"] == "Regret")
    assert (regret["count"], regret["of"], regret["share"]) == (1, 2, None)
    assert "Regret in 1 of 2" in page
    assert "%" not in page.partition("To work on")[2].partition("Next")[0], "no share in percent of so few"
    assert found["replay"]["call"] == scores[0]["call"]
    replay = found["replay"]["command"].split()[1:]
    assert "Please calm down, madam." in recovery(*replay, "--json").stdout
    drill = found["drill"]["command"].split()[1:]
    assert drill == ["quiz", "learn", "--step", "apologize"]
    assert recovery(*drill, "--print").returncode == 0
    for command in (found["replay"]["command"], found["drill"]["command"]):
        assert command in page


def test_promises_are_judged_as_in_log_stats_by_what_was_promised(recovery: Recovery) -> None:
    called(recovery, CALM_DOWN, CALM_DOWN)
    with present.at(clock.now() + timedelta(hours=3)):
        (first, second) = (json.loads(line) for line in recovery("followups", "list", "--json").stdout.splitlines())
        assert recovery("followups", "snooze", first["id"], "tomorrow 9am").returncode == 0
        assert recovery("followups", "done", first["id"]).returncode == 0
        assert recovery("followups", "done", second["id"]).returncode == 0
        promises = week(recovery)["promises"]
        stats = json.loads(recovery("log", "stats", "--since", "2026-11-23", "--json").stdout)
        assert promises == stats["figures"]["promises"]
        assert (promises["kept_in_time"]["count"], promises["kept_in_time"]["of"]) == (0, 2)
        assert "Promises, 2 made: 0 of 2 kept in time" in recovery("week").stdout


def test_the_page_of_the_next_week_comes_back_to_the_goal(recovery: Recovery) -> None:
    done = recovery("week", "--goal", "Never read 4111 1111 1111 1111 aloud", "--note", "Three calls about a depot")
    assert done.stderr.startswith("Saved for 23 to 29 November 2026; the next page comes back to it.")
    assert "masked" in done.stderr
    stored = (recovery.data / "practice" / "goals.jsonl").read_text(encoding="utf-8")
    assert "4111 1111" not in stored
    assert "Goal, for this week: Never read **** **** **** 1111 aloud" in done.stdout
    with present.at(clock.now() + WEEK):
        page = recovery("week").stdout
        assert "Goal, for 23 to 29 Nov: Never read **** **** **** 1111 aloud" in page
        assert "Note, for 23 to 29 Nov: Three calls about a depot" in page
        assert "A goal to come back to: recovery week --goal" in page
        last = week(recovery, "--last")
        assert (last["earlier"], last["own"][0]["note"]) == (None, "Three calls about a depot")
    # A new text takes the place of the one before, an empty one takes it away; the note stays.
    recovery("week", "--goal", "Ask first")
    assert [one["goal"] for one in week(recovery)["own"]] == ["Ask first"]
    recovery("week", "--goal", "")
    assert [(one["goal"], one["note"]) for one in week(recovery)["own"]] == [("", "Three calls about a depot")]


def test_months_and_days_are_compared_with_those_before_them(recovery: Recovery) -> None:
    called(recovery, CALM_DOWN)
    spans = [(one["since"], one["until"]) for one in week(recovery, "--month")["scores"]]
    assert spans[0] == ("2026-08-01", "2026-08-31")
    assert spans[-1] == ("2026-11-01", "2026-11-30")
    assert recovery("week", "--month").stdout.startswith("Your month, November 2026: 1 call\n")
    spans = [(one["since"], one["until"]) for one in week(recovery, "--since", "24 november")["scores"]]
    assert spans[-2:] == [("2026-11-22", "2026-11-23"), ("2026-11-24", "2026-11-25")]
    with present.at(clock.now() + WEEK):
        assert week(recovery)["calls"] == 0
        assert week(recovery, "--last")["calls"] == 1
        assert week(recovery)["scores"][-2]["scored"] == 1


def test_only_the_calls_of_the_name_in_the_settings_count_and_the_others_are_counted_apart(recovery: Recovery) -> None:
    called(recovery, WORK, agent="Ana")
    called(recovery, CALM_DOWN, CALM_DOWN)
    found = week(recovery, RECOVERY_AGENT="Ana")
    assert (found["calls"], found["others"], found["backfired"]) == (1, 2, [])
    page = recovery("week", environ={"RECOVERY_AGENT": "Ana"}).stdout
    assert "Not among them: 2 calls recorded under another name or none" in page


def test_the_page_as_html_holds_the_same_and_obeys_nothing_in_it(recovery: Recovery, tmp_path: Path) -> None:
    called(recovery, CALM_DOWN)
    file = tmp_path / "week.html"
    done = recovery("week", "--html", str(file), "--note", "<script>alert(1)</script>")
    assert done.stderr.endswith(f"Written: {file}\n")
    html = file.read_text(encoding="utf-8")
    assert "<script" not in html
    assert "&lt;script&gt;" in html
    assert "Please calm down, madam." in html
    assert week(recovery)["drill"]["command"] in html
    assert "http" not in html
    again = recovery("week", "--html", str(file))
    assert again.returncode == 2
    assert "Overwrite it with --yes" in again.stderr
    assert recovery("week", "--html", "-").stdout == html


@pytest.mark.parametrize(
    "argv",
    [
        ["--until", "today"],
        ["--month", "--since", "2026-11-01"],
        ["--last", "--since", "2026-11-01"],
        ["--since", "2026-11-20", "--until", "2026-11-10"],
        ["--since", "soon"],
    ],
)
def test_days_that_cannot_be_are_refused_and_nothing_is_stored(recovery: Recovery, argv: list[str]) -> None:
    done = recovery("week", *argv, "--goal", "Ask first")
    assert done.returncode == 2
    assert "--since" in done.stderr
    assert not (recovery.data / "practice").exists()
