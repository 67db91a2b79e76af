"""The replies of the built-in scenarios: no good one backfires, and a bad one is found or says why it is tempting."""

from __future__ import annotations

from pathlib import Path

from recoverycli.content.library import Source
from recoverycli.training.scenarios.library import ScenarioLibrary
from tests.wording.wordings import MATCHER

ROOT = Path(__file__).parents[2]
FRAMEWORKS = tuple(path.stem for path in (ROOT / "frameworks").glob("*.yaml"))
LIBRARY = ScenarioLibrary((Source(ROOT / "scenarios", "built-in"),), FRAMEWORKS)
REPLIES = {
    (scenario, reply.id): reply
    for scenario in LIBRARY.ids()
    for node in LIBRARY.load(scenario).content.nodes
    for reply in node.replies
}


def test_no_good_reply_of_a_scenario_backfires() -> None:
    good = {place: reply.say for place, reply in REPLIES.items() if reply.effect > 0}
    assert len(good) > 75
    assert {place: say for place, say in good.items() if MATCHER.findings(say)} == {}


def test_every_bad_reply_of_a_scenario_is_found_or_says_why_it_is_tempting() -> None:
    bad = {f"{scenario}/{reply.id}": reply for (scenario, _), reply in REPLIES.items() if reply.effect < 0}
    unfound = {name for name, reply in bad.items() if not reply.lure and not MATCHER.findings(reply.say)}
    assert sorted(unfound) == [], "no pattern finds them: write a pattern, or name their `lure`"
