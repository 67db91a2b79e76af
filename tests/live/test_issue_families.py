"""The family of an issue in a call: what it asks for and captures, and a call that is resumed when files change."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from recoverycli.content.library import Source
from recoverycli.frameworks.shared.families import IssueFamilies
from recoverycli.live.call import LiveCall
from recoverycli.live.coach import Coach
from recoverycli.session.grammar.commands import settable_names
from recoverycli.terminal.call.completion import completions
from tests.content import OTHER, framework, phrase, started, the_call
from tests.live.test_call import walk

if TYPE_CHECKING:
    from pathlib import Path

    from recoverycli.live.environment import CallEnvironment
    from tests.conftest import Clock

OURS = """schema: 1
families:
  - id: garden
    name: Garden tours
    words: [tour, rained off]
    ask: ["Which tour was it?"]
    capture:
      - {id: tour_number, ask: "What is the number of the tour?"}
      - {id: weather, ask: "What was the weather?", kind: choice, choices: [rain, snow]}
  - id: shop
    name: The shop
    words: [plant]
    capture: [{id: plant_name, ask: "Which plant?"}]
"""
TOUR = framework(
    "tour",
    [
        {
            "id": "listen",
            "intent": "listen",
            "phrases": [phrase("About your tour.", issues=["garden"]), phrase("I am listening.")],
        },
        {"id": "thank", "intent": "thank"},
    ],
)


@pytest.fixture
def desk(world: CallEnvironment, tmp_path: Path) -> CallEnvironment:
    """A desk where a company has families of its own."""
    folder = tmp_path / "issues"
    folder.mkdir()
    (folder / "ours.yaml").write_text(OURS, encoding="utf-8")
    families = IssueFamilies((Source(folder, "project"),))
    return world._replace(coach=Coach(families=families), asks=True)


def says(call: LiveCall) -> str:
    session = call.session
    assert session.arrangement is not None
    return session.arrangement.phrases[0].say


def test_an_issue_is_answered_with_its_family_and_asks_for_its_facts(desk: CallEnvironment, clock: Clock) -> None:
    call = LiveCall.start(desk, lambda: started(TOUR, clock()))
    assert call.hear("/issue rained off").text == "issue: rained off (Garden tours) · u undoes"
    assert says(call) == "About your tour."
    assert settable_names(call.session)[:2] == ("tour_number", "weather")
    assert completions(call.session, "/set t", tuple) == ("/set tour_number ",)
    refused = call.hear("/set weather hail")
    assert (refused.kind, "rain, snow" in refused.text) == ("refused", True)
    walk(call, "/set weather rain", "/set tour_number 7", "", "/end resolved")
    kept = the_call(desk.home)
    assert kept.steps[0].captured == {"weather": "rain", "tour_number": "7"}
    assert kept.issue == "rained off"


@pytest.mark.parametrize("issue", ["garden", "Garden Tours", "lost keys"])
def test_an_obvious_or_unknown_issue_is_answered_by_itself(desk: CallEnvironment, clock: Clock, issue: str) -> None:
    call = LiveCall.start(desk, lambda: started(TOUR, clock()))
    assert call.hear(f"/issue {issue}").text == f"issue: {issue} · u undoes"
    assert call.issue_line() == ""
    assert call.session.issue == issue
    assert says(call) == ("I am listening." if issue == "lost keys" else "About your tour.")


def test_another_family_asks_for_other_facts_and_undo_brings_the_first_back(
    desk: CallEnvironment, clock: Clock
) -> None:
    call = LiveCall.start(desk, lambda: started(TOUR, clock()))
    walk(call, "/issue tour", "/set tour_number 7", "/issue plant")
    assert [one.id for one in call.session.steps[0].step.capture] == ["plant_name"]
    assert call.session.steps[0].captured == {"tour_number": "7"}, "what was captured stays"
    walk(call, "u")
    assert [one.id for one in call.session.steps[0].step.capture] == ["tour_number", "weather"]


def test_a_framework_that_the_call_switches_to_asks_for_the_same_facts(desk: CallEnvironment, clock: Clock) -> None:
    call = LiveCall.start(desk, lambda: started(TOUR, clock()))
    walk(call, "/issue tour", "/switch other", "/goto hear", "/set tour_number 7")
    record = next(one for one in call.session.steps if one.key == ("other", "hear"))
    assert record.captured == {"tour_number": "7"}


def test_a_resumed_call_has_its_family_though_the_file_is_gone(
    desk: CallEnvironment, clock: Clock, tmp_path: Path
) -> None:
    call = LiveCall.start(desk, lambda: started(TOUR, clock()))
    walk(call, "/issue tour", "/set weather snow")
    path = call.pause().left
    assert path is not None
    (tmp_path / "issues" / "ours.yaml").unlink()
    nothing = IssueFamilies((Source(tmp_path / "issues", "project"),))
    again = LiveCall.resume(desk._replace(coach=Coach(families=nothing)), path.path)
    assert again.session.family is not None
    assert again.session.family.words == (), "what is stored is what the call uses"
    assert says(again) == "About your tour."
    walk(again, "/set tour_number 9", "", "/end resolved")
    assert the_call(desk.home).steps[0].captured == {"weather": "snow", "tour_number": "9"}


def test_tab_completes_families_by_id_and_by_name(desk: CallEnvironment, clock: Clock, tmp_path: Path) -> None:
    call = LiveCall.start(desk, lambda: started(OTHER, clock()))
    families = IssueFamilies((Source(tmp_path / "issues", "project"),)).all
    assert completions(call.session, "/issue ", tuple, families) == ("/issue garden", "/issue shop")
    assert completions(call.session, "/issue gar", tuple, families) == ("/issue garden",)
    assert completions(call.session, "/issue The s", tuple, families) == ("/issue shop",)
    assert completions(call.session, "/issue rained off", tuple, families) == ()
