"""What is learnt in the call chooses the phrases again at once: fault, issue, severity, channel and mood."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from recoverycli.content.library import Source
from recoverycli.frameworks.library import FrameworkLibrary
from recoverycli.frameworks.shared.families import IssueFamilies
from recoverycli.frameworks.shared.phrases import SharedPhrases
from recoverycli.live.call import LiveCall
from recoverycli.live.coach import Coach
from recoverycli.session.phrases import phrases
from tests.content import started, the_call

if TYPE_CHECKING:
    from recoverycli.live.environment import CallEnvironment
    from tests.conftest import Clock

ROOT = Path(__file__).parents[2]
LIBRARY = FrameworkLibrary((Source(ROOT / "frameworks", "built-in"),))
SHARED = SharedPhrases((Source(ROOT / "phrases", "built-in"),))
FAMILIES = IssueFamilies((Source(ROOT / "issues", "built-in"),))


def a_call(world: CallEnvironment, clock: Clock, framework: str = "learn", *, asks: bool = True) -> LiveCall:
    content = LIBRARY.load(framework).content
    at_desk = world._replace(coach=Coach(shared=SHARED, families=FAMILIES), asks=asks)
    return LiveCall.start(at_desk, lambda: started(content, clock(), channel="phone"))


@pytest.mark.parametrize(
    ("line", "step", "fits"),
    [
        ("/ours yes", "apologize", lambda one: one.fault == "ours"),
        ("/issue charged twice", "apologize", lambda one: "billing" in one.issues),
        ("/severity severe", "empathize", lambda one: one.severity == "severe"),
        ("/channel email", "apologize", lambda one: "email" in one.channels),
        ("/mood angry", "apologize", lambda one: "angry" in one.moods),
    ],
)
def test_a_fact_of_the_call_chooses_the_phrases_again_at_once(
    world: CallEnvironment, clock: Clock, line: str, step: str, fits: object
) -> None:
    call = a_call(world, clock)
    call.hear(f"/goto {step}")
    before = phrases(call.session)
    assert callable(fits)
    assert not any(fits(one) for one in before)
    call.hear(line)
    after = phrases(call.session)
    assert any(fits(one) for one in after)
    call.hear("u")
    assert phrases(call.session) == before


@pytest.mark.parametrize("framework", LIBRARY.ids())
@pytest.mark.parametrize("ours", ["yes", "no"])
def test_nothing_is_offered_in_two_steps_of_a_call_after_it_was_said(
    world: CallEnvironment, clock: Clock, framework: str, ours: str
) -> None:
    call = a_call(world, clock, framework, asks=False)
    call.hear(f"/ours {ours}")
    for step in call.session.framework.live_steps:
        call.hear(f"/goto {step.id}")
        for number in range(1, len(phrases(call.session)) + 1):
            call.hear(str(number))
    call.hear("/end resolved")
    said = [[words.text for words in step.said] for step in the_call(world.home).steps]
    everything = [text for step in said for text in set(step)]
    assert len(everything) == len(set(everything))
