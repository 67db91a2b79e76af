"""The replies of the built-in scenarios: no good one backfires, and which bad ones are not found is known.

`UNFOUND` only grows shorter: a reply that is found, or says with `lure` why it is tempting, has to be taken off.
"""

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

# Why no pattern finds a bad reply: the scenario and the reply.
UNFOUND = {
    "a fair question or request, which this customer has answered or has no time for": """
        phone-cut-off/let-me-test phone-cut-off/router phone-cut-off/ticket-number
    """,
    "friendly or true words, which are no answer to this customer": """
        phone-cut-off/he-will
    """,
    "an excuse, a rule or doubt, in words that no pattern has yet": """
        phone-cut-off/not-me
    """,
}
LISTED = [name for names in UNFOUND.values() for name in names.split()]


def test_no_good_reply_of_a_scenario_backfires() -> None:
    good = {place: reply.say for place, reply in REPLIES.items() if reply.effect > 0}
    assert len(good) > 75
    assert {place: say for place, say in good.items() if MATCHER.findings(say)} == {}


def test_every_bad_reply_of_a_scenario_is_found_or_says_why_it_is_tempting() -> None:
    bad = {f"{scenario}/{reply.id}": reply for (scenario, _), reply in REPLIES.items() if reply.effect < 0}
    unfound = {name for name, reply in bad.items() if not reply.lure and not MATCHER.findings(reply.say)}
    assert len(LISTED) == len(set(LISTED))
    assert sorted(unfound - set(LISTED)) == [], "no pattern finds them: write a pattern, or name their `lure`"
    assert sorted(set(LISTED) - unfound) == [], "take them off the list"
