"""The built-in cards: what each of them has to hold, and that each can be walked."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from recoverycli.content.library import Source
from recoverycli.frameworks.library import FrameworkLibrary
from recoverycli.frameworks.phrasing import Facts, choose, gaps
from recoverycli.live.call import LiveCall
from recoverycli.session.phrases import phrases
from tests.cases import for_each
from tests.content import started

if TYPE_CHECKING:
    from recoverycli.frameworks.model import Channel, Framework
    from recoverycli.live.environment import CallEnvironment

LIBRARY = FrameworkLibrary((Source(Path(__file__).parents[2] / "frameworks", "built-in"),))
STOPS = (
    "health", "self-harm", "bereavement", "fraud", "threat", "discrimination", "privacy", "legal", "vulnerable",
    "child",
)  # fmt: skip
# They are not for emergencies: nobody outside the talk has to be told.
TALKS = ("fair-refusal", "mistaken-customer")
CARDS = {name: LIBRARY.load(name).content for name in (*STOPS, *TALKS)}
CHANNELS: tuple[Channel, ...] = ("phone", "chat", "email", "in-person", "social")
FOR_THE_AGENT = {"document", "train", "diagnose"}


def advice(framework: Framework) -> str:
    return " ".join(line for step in framework.steps for line in (step.goal, *step.do))


@for_each("framework", [CARDS[name] for name in (*STOPS, *TALKS)], name=lambda card: card.id)
def test_a_card_stands_alone_is_short_and_is_listed_with_the_moment_it_is_for(framework: Framework) -> None:
    assert framework.stands_alone
    assert framework.card is not None
    assert framework.suits.when
    assert 3 <= len(framework.live_steps) <= 5
    assert framework.live_steps == framework.steps
    assert set(framework.suits.channels) == set(CHANNELS)


@for_each("framework", [CARDS[name] for name in STOPS], name=lambda card: card.id)
def test_a_card_that_stops_the_script_says_whom_to_tell_what_to_write_down_and_how_to_come_back(
    framework: Framework,
) -> None:
    assert framework.card
    assert framework.card.suggestion
    assert framework.card.contacts
    assert "team lead" in advice(framework) or "a lead" in advice(framework), "what holds where nobody is named"
    record = [step for step in framework.steps if step.intent == "document"]
    capture = {one.id for step in framework.steps for one in step.capture}
    assert record or framework.id == "vulnerable", "which notes nothing without consent"
    assert capture & {"told_words", "threat_words", "asked_for", "to_note"}, "exact words"
    assert capture & {"told_owner", "told_lead", "case_number", "helper"}, "who was told"


@for_each("framework", [CARDS[name] for name in (*STOPS, *TALKS)], name=lambda card: card.id)
def test_the_last_step_of_a_card_says_how_to_come_back(framework: Framework) -> None:
    assert "/switch" in " ".join(framework.steps[-1].do)
    assert "/end" in " ".join(framework.steps[-1].do)


@for_each("framework", [CARDS[name] for name in (*STOPS, *TALKS)], name=lambda card: card.id)
@pytest.mark.parametrize("channel", CHANNELS)
def test_the_first_words_of_a_card_need_nothing_that_may_be_unknown(framework: Framework, channel: Channel) -> None:
    for step in framework.steps:
        if step.intent not in FOR_THE_AGENT:
            first = choose(step.phrases, Facts(channel))[0]
            assert not gaps(first.say, {}), f"{step.id}: {first.say}"
    shown = choose(framework.steps[0].phrases, Facts(channel))
    if channel == "phone":
        assert shown[0] == framework.steps[0].phrases[0], "the first phrase of the file is the first sentence to say"


@for_each("framework", CARDS.values(), name=lambda framework: framework.id)
def test_no_number_name_or_address_is_built_in(framework: Framework) -> None:
    for step in framework.steps:
        for phrase in step.phrases:
            assert not re.search(r"\d|@|www\.", phrase.say), phrase.say


@pytest.mark.parametrize("name", CARDS)
def test_a_card_is_walked_from_its_first_step_to_the_wrap_up(name: str, world: CallEnvironment) -> None:
    call = LiveCall.start(world, lambda: started(CARDS[name], world.clock(), channel="phone"))
    walked = []
    while (here := call.session.here) is not None:
        walked.append(here.step.id)
        if here.step.intent not in FOR_THE_AGENT:
            assert call.hear("1").kind == "recorded"
        call.hear("")
    assert walked == [step.id for step in CARDS[name].steps]
    assert call.session.complete
    assert phrases(call.session) == ()
