"""Cards by pipe: started alone, opened from a call in another framework, and left again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.frameworks.test_cards import CARDS

if TYPE_CHECKING:
    from tests.commands.recovery import Recovery


@pytest.mark.parametrize("card", CARDS)
def test_a_card_is_walked_alone(recovery: Recovery, card: str) -> None:
    steps = CARDS[card].steps
    done = recovery("start", card, "--channel", "phone", stdin="1\n\n" * len(steps) + "/end escalated\n")
    assert done.returncode == 0
    assert steps[0].phrases[0].say in done.stdout
    kept = recovery.last()
    assert [(step["id"], step["status"]) for step in kept["steps"]] == [(step.id, "done") for step in steps]
    assert kept["steps"][0]["said"][0]["text"] == steps[0].phrases[0].say
    assert kept["promises"] == []


@pytest.mark.parametrize("card", CARDS)
def test_a_card_opens_from_a_call_and_leads_back_to_where_it_was(recovery: Recovery, card: str) -> None:
    opened = ("The story", "", f"/switch {card}", "1", "Noted in the card", "/switch", "Back in the call")
    lines = (*opened, "", "", "", "", "/end resolved")
    done = recovery("start", "learn", "--channel", "phone", stdin="\n".join(lines))
    assert done.returncode == 0
    kept = recovery.last()
    assert [(one["from"], one["to"]) for one in kept["switches"]] == [("learn", card), (card, "learn")]
    noted = {(step["framework"], step["id"]): [one["text"] for one in step["notes"]] for step in kept["steps"]}
    assert noted[card, CARDS[card].steps[0].id] == ["Noted in the card"]
    assert noted["learn", "empathize"] == ["Back in the call"]
    learn = [step for step in kept["steps"] if step["framework"] == "learn" and step["phase"] == "live"]
    assert {step["status"] for step in learn} == {"done"}, "a card marks nothing of the call as done or left out"
