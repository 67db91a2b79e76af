"""A share means the same wherever it stands: the page, the groups, the report, the JSON."""

from __future__ import annotations

import html
import json
import re
from typing import TYPE_CHECKING, Any

import msgspec
import pytest

from recoverycli.commands.app import invoke
from recoverycli.review.statistics.groupings import GROUPINGS
from recoverycli.session.transcript import model as ts
from recoverycli.store.calls.archive import Archive
from tests.synthetic import END, calls

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from recoverycli.session.transcript.model import Call


@pytest.fixture
def told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., str]:
    """What a command prints, in one line: where a line of it ends is no matter here."""
    monkeypatch.setenv("RECOVERY_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("RECOVERY_CONFIG_HOME", str(tmp_path / "config"))

    def run(*argv: str) -> str:
        invoke(list(argv))
        return capsys.readouterr().out

    return run


def keep(folder: Path, made: Iterable[Call]) -> None:
    archive = Archive(folder / "data")
    for call in made:
        archive.write(call)


def nine_of_ten() -> Iterator[Call]:
    """Nine resolved, one unresolved and five abandoned calls of one agent; all began angry and ended calm."""
    for number, call in enumerate(calls(15, seed=3, days=5)):
        moods = tuple(ts.TranscriptMood(call.started_at, mood) for mood in ("angry", "calm"))
        yield msgspec.structs.replace(
            call,
            agent="Nina",
            issue="billing",
            state="finished" if number < 10 else "abandoned",
            outcome=("resolved" if number < 9 else "unresolved") if number < 10 else None,
            seconds=100.0 if number < 10 else 9000.0,
            moods=moods,
            amendments=(),
        )


def words_of(page: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())


def test_nine_resolved_one_unresolved_and_five_abandoned_are_nine_of_ten_everywhere(
    told: Callable[..., str], tmp_path: Path
) -> None:
    keep(tmp_path, nine_of_ten())
    figures = json.loads(told("log", "stats", "--json"))["figures"]
    assert [figures[name] for name in ("calls", "finished", "abandoned", "without_outcome")] == [15, 10, 5, 0]
    share = {
        "name": "resolved", "count": 9, "of": 10, "share": 0.9, "among": "finished calls with an outcome",
        "low": 0.5958, "high": 0.9821,
    }  # fmt: skip
    assert figures["outcomes"][0] == share
    assert [figures["lengths"][name] for name in ("calls", "median", "mean")] == [10, 100.0, 100.0]
    for by in ("agent", "issue"):
        (group,) = json.loads(told("log", "stats", "--json", "--by", by))["figures"]["groups"]
        assert [group[name] for name in ("calls", "finished", "abandoned", "seconds")] == [15, 10, 5, 100.0]
        assert group["resolved"] == share
        page = told("log", "stats", "--by", by)
        assert f"{group['name']}: 15 calls, 90% of 10 resolved, 100% of 10 calmer, mean 1:40 of 10, 5 abandoned" in page
    page = told("log", "stats")
    assert "10 finished, 5 abandoned" in page
    assert "90% of 10 finished calls with an outcome were resolved." in page
    assert "100% of 10 finished calls that began tense ended calmer." in page
    assert "5 of 15 calls were abandoned and are in no share or length." in page
    assert "Outcomes of 10 finished calls with an outcome" in page
    assert "resolved: 90%, 9 of 10" in page
    report = words_of(told("log", "report", "--output", "-"))
    assert "15 calls (10 finished, 5 abandoned)" in report
    assert "resolved 90 % of 10 finished calls with an outcome" in report
    assert "resolved 90 % of 10 unresolved" in report
    assert "In no share: 5 abandoned." in report
    assert "half of 10 finished calls with a length under 1:40" in report
    changed = ("log", "stats", "--changed", "2026-11-17")
    measure = json.loads(told(*changed, "--json"))["change"]["measures"][1]
    assert (measure["name"], measure["among"]) == ("resolved", "finished calls with an outcome")
    assert measure["calls_before"] + measure["calls_after"] <= 10
    for output in (page, report, told(*changed)):
        assert not re.search(r"resolved:? (60|67) ?%|60 ?% of 15|of 15 (finished|resolved)", output)


def of(one: dict[str, Any]) -> tuple[int, int]:
    return one["count"], one["of"]


def added(shares: Iterable[dict[str, Any]]) -> tuple[int, int]:
    pairs = [of(one) for one in shares]
    return sum(count for count, _ in pairs), sum(number for _, number in pairs)


def test_every_figure_is_the_same_in_the_groups_on_the_page_and_in_the_report(
    told: Callable[..., str], tmp_path: Path
) -> None:
    keep(tmp_path, calls(150, seed=4, days=40))
    whole = json.loads(told("log", "stats", "--json"))["figures"]
    outcomes = {one["name"]: of(one) for one in whole["outcomes"]}
    assert whole["abandoned"] > 1
    for by in GROUPINGS:
        figures = json.loads(told("log", "stats", "--json", "--by", by))["figures"]
        groups = figures["groups"]
        for name in ("calls", "finished", "abandoned"):
            assert sum(group[name] for group in groups) == whole[name]
        assert added(group["resolved"] for group in groups) == outcomes["resolved"]
        assert added(group["escalated"] for group in groups) == outcomes["escalated"]
        assert added(group["better"] for group in groups) == of(whole["better"])
        seconds = sum((group["seconds"] or 0) * group["finished"] for group in groups)
        assert seconds / whole["lengths"]["calls"] == pytest.approx(whole["lengths"]["mean"], abs=0.1)
    assert sum(map(sum, whole["heat"])) == whole["calls"]
    page, report = told("log", "stats"), words_of(told("log", "report", "--output", "-"))
    for name, (count, number) in outcomes.items():
        assert f"{name}: {count / number:.0%}, {count} of {number}" in page
        assert f"{name} {100 * count / number:.0f} % of {number}" in report
    kept = whole["promises"]["kept_in_time"]
    assert f"kept in time: {kept['share']:.0%}, {kept['count']} of {kept['of']} done or due" in page
    assert f"promises kept in time {100 * kept['share']:.0f} % of {kept['of']} {kept['among']}" in report
    for week in whole["weeks"]:
        assert f"{week['name']}: {week['calls']} call" in page
        assert f"{week['name']} {week['calls']} {week['abandoned']} " in report
    for issue in json.loads(told("log", "stats", "--json", "--by", "issue"))["figures"]["groups"]:
        assert f"{issue['name']} {issue['calls']} {issue['abandoned']} " in report


def test_the_sides_of_a_change_are_the_figures_of_their_days(told: Callable[..., str], tmp_path: Path) -> None:
    keep(tmp_path, calls(150, seed=4, days=60))
    change = json.loads(told("log", "stats", "--json", "--changed", "2026-10-22"))["change"]
    measures = {one["name"]: one for one in change["measures"]}
    assert change["days"] == 28
    for side in ("before", "after"):
        days = change[side]
        figures = json.loads(told("log", "stats", "--json", "--since", days["since"], "--until", days["until"]))[
            "figures"
        ]
        outcomes = {one["name"]: one for one in figures["outcomes"]}
        shares = {
            "resolved": outcomes["resolved"],
            "escalated": outcomes["escalated"],
            "ended calmer": figures["better"],
            "promises kept in time": figures["promises"]["kept_in_time"],
        }
        for name, share in shares.items():
            measure = measures[name]
            assert (measure[f"calls_{side}"], measure["among"]) == (share["of"], share["among"])
            assert measure[side] == pytest.approx(share["count"] / share["of"], abs=0.0001)
        assert measures["calls a week"][f"calls_{side}"] == figures["calls"]
        assert measures["calls a week"][side] == pytest.approx(figures["calls"] / 4)
        assert measures["mean length"][f"calls_{side}"] == figures["lengths"]["calls"]
        assert measures["mean length"][side] == pytest.approx(figures["lengths"]["mean"], abs=0.06)


def of_some_customers() -> Iterator[Call]:
    """Calls of thirty customers, each of whom calls several times, with two cards in some of them."""
    card = ts.TranscriptCard("refunds", None, END)
    for number, call in enumerate(calls(150, seed=4, days=90)):
        customer = ts.TranscriptCustomer(None, f"C-{number * 7 % 30}")
        yield msgspec.structs.replace(
            call, customer=customer, repeated=call.repeated or None, cards=(card,) if number % 3 else ()
        )


def test_contacts_issues_causes_and_cards_are_the_same_in_every_output(
    told: Callable[..., str], tmp_path: Path
) -> None:
    keep(tmp_path, of_some_customers())
    whole = json.loads(told("log", "stats", "--json"))
    demand, causes = whole["demand"], whole["causes"]
    page, report = told("log", "stats"), words_of(told("log", "report", "--output", "-"))
    for name in ("first_contact", "repeats", "ours", "handed_on"):
        share = demand[name]
        assert share["low"] < share["share"] < share["high"]
        assert f"{share['name']}: {share['share']:.0%}, {share['count']} of {share['of']} {share['among']}" in page
        assert f"{share['name']} {100 * share['share']:.0f} % of {share['of']} {share['among']}" in report
    first = demand["first_contact"]
    assert f"{first['share']:.0%} of {first['of']} {first['among']} were resolved with no further call." in page
    assert (demand["abandoned"]["count"], demand["abandoned"]["of"]) == (
        whole["figures"]["abandoned"], whole["figures"]["calls"],
    )  # fmt: skip
    assert f"abandoned {100 * demand['abandoned']['share']:.0f} % of {demand['abandoned']['of']} calls" in report
    times = demand["resolution"]
    assert f"half of {times['resolved']} cases within " in report
    assert f"time to resolution: {times['resolved']} cases: half in " in page
    assert f"other cases: {times['pending']} wait for a promise or task, {times['unresolved']} are not resolved" in page
    groups = json.loads(told("log", "stats", "--json", "--by", "issue"))["figures"]["groups"]
    assert {one["issue"]: one["calls"] for one in demand["issues"]} == {one["name"]: one["calls"] for one in groups}
    assert sum(one["repeats"]["count"] for one in demand["issues"]) == demand["repeats"]["count"]
    issue = demand["issues"][0]
    assert f"{issue['issue']}: {issue['calls']} calls; {issue['severe']['share']:.0%}, " in page
    assert {one["cause"]: one["calls"] for one in causes["causes"]} == {
        one["cause"]: one["calls"] for one in map(json.loads, told("log", "causes", "--json").splitlines())
    }
    cause = causes["causes"][2]
    assert cause["cumulative"]["count"] == causes["first_three"]["count"]
    assert f"the first 3 causes have {cause['cumulative']['share']:.0%}" in page
    assert f"{cause['cause']}: {cause['finished']} call" in page
    so_far = f"{100 * cause['cumulative']['share']:.0f} % of {cause['cumulative']['of']}"
    assert f"3. {cause['cause']} {cause['finished']} {so_far}" in report
    value = sum(one["value"] for one in whole["figures"]["remedies"])
    assert sum(one["value"] for one in causes["costs"]) == pytest.approx(value)
    (card,) = demand["cards"]
    assert f"card refunds: {card['share']:.0%}, {card['count']} of {card['of']}" in page
    weeks = [one["kept_in_time"] for one in whole["promise_trend"]["weeks"]]
    assert added(weeks) == of(whole["figures"]["promises"]["kept_in_time"])
