"""No role-play is passed without reading: not by the length, the place or the tone of a reply, nor by nonsense."""

from __future__ import annotations

import sys

from recoverycli.training.scenarios.choices import MOST_BLIND, MOST_LONGEST, blind_shares, lint, longest_share
from recoverycli.training.scenarios.model import wordings_of
from tests.training.played import FILES, read

NAMES = [path.stem for path in FILES]


def test_no_scenario_is_passed_without_reading() -> None:
    faults = []
    for name in NAMES:
        scenario = read(name)
        longest, shares = longest_share(scenario), blind_shares(scenario)
        figures = ", ".join(f"{how} {share:.0%}" for how, share in shares.items())
        told = f"{name}: the best reply is the longest in {longest:.0%} of the nodes; ends well: {figures}"
        sys.stdout.write(f"{told}\n")
        if longest > MOST_LONGEST or max(shares.values()) > MOST_BLIND:
            faults.append(told)
    assert faults == []


def test_lint_names_what_gives_a_choice_away() -> None:
    path = next(path for path in FILES if path.stem == "late-parcel")
    text = path.read_text(encoding="utf-8")
    assert lint(text.encode(), path.name).problems == ()
    longer = text.replace("        lure: doubt\n", "")
    for best in ("from the beginning?", "solve it tonight.", "at that time?", "Which is easier?"):
        longer = longer.replace(best, f"{best} {'I am here to hear all of it. ' * 6}".rstrip())
    found = [problem.found for problem in lint(longer.encode(), path.name).problems]
    assert "the best reply is the longest in 4 of 4 nodes: opening, story, no-photo, options" in found
    assert any(told.startswith("the longest reply everywhere ends well in ") for told in found)
    assert "`ask-next-door` does not say why it is tempting" in found


def test_a_replay_varies_in_each_line() -> None:
    for name in NAMES:
        scenario = read(name)
        assert scenario.draws, name
        for node in scenario.nodes:
            assert all(reply.lure for reply in node.replies if reply.effect <= 0), f"{name}/{node.id}"
            lines = [node.says, *node.moods.values(), *([node.unhelped] if node.unhelped else [])]
            assert {len(set(wordings_of(line))) for line in lines} == {3}, f"{name}/{node.id}"
        for ending in scenario.endings:
            assert len(set(wordings_of(ending.says))) == 3, f"{name}/{ending.id}"
