"""A role-play: a fold over the replies. Pure: no screen, no file, no clock, no chance.

The ease of the customer is a number from 0 to 10, which determines their mood. A difficulty changes how they behave,
not what happens: an easy customer forgives, a hard one does not listen before feeling heard.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import msgspec

from recoverycli.frameworks.model import Mood
from recoverycli.training.scenarios.model import END, Difficulty, Scenario

if TYPE_CHECKING:
    from collections.abc import Iterable

    from recoverycli.training.scenarios.model import ScenarioEnding, ScenarioNode, ScenarioReply

MOST_EASE = 10
_BEGINS: dict[Mood, int] = {"angry": 2, "upset": 4, "anxious": 5, "calm": 7}
# The highest ease of each mood; above the last one, the customer is calm.
_MOODS: tuple[tuple[int, Mood], ...] = ((2, "angry"), (4, "upset"), (6, "anxious"))
# What lets an angry person listen again: being heard and understood (DESIGN calls these intents).
HEARING = frozenset({"listen", "acknowledge", "believe", "empathize"})


class Behaviour(NamedTuple):
    """How a customer of one difficulty behaves.

    `loss` multiplies what a poor reply costs; `hears_first` halves what anything but hearing them gains until they
    were heard; `tires` makes a second apology gain nothing; `walks_out` lets them leave when nothing is left to lose.
    """

    loss: float
    hears_first: bool
    tires: bool
    walks_out: bool


BEHAVIOURS: dict[Difficulty, Behaviour] = {
    "easy": Behaviour(loss=0.5, hears_first=False, tires=False, walks_out=False),
    "medium": Behaviour(loss=1, hears_first=False, tires=True, walks_out=True),
    "hard": Behaviour(loss=1.5, hears_first=True, tires=True, walks_out=True),
}


class Turn(msgspec.Struct, frozen=True):
    """What the customer said and what was answered; `effect` is what it did, `remark` what changed it."""

    node: str
    reply: str
    effect: int
    before: int
    after: int
    mood: Mood
    remark: str = ""
    penalty: int = 0


class Roleplay(msgspec.Struct, frozen=True):
    """The state of a role-play: the node, how the customer feels, the known facts. `node` is None when it is over."""

    scenario: Scenario
    difficulty: Difficulty
    node: str | None
    ease: int
    known: frozenset[str] = frozenset()
    heard: bool = False
    apologized: bool = False
    turns: tuple[Turn, ...] = ()
    ending: str | None = None

    @property
    def mood(self) -> Mood:
        """How the customer feels."""
        return mood_of(self.ease)

    @property
    def here(self) -> ScenarioNode | None:
        """The current node; None when it is over."""
        return self.scenario.node(self.node) if self.node is not None else None

    @property
    def choices(self) -> tuple[ScenarioReply, ...]:
        """The available replies: without those that need an unknown fact."""
        here = self.here
        return (
            tuple(reply for reply in here.replies if reply.needs is None or reply.needs in self.known) if here else ()
        )

    @property
    def says(self) -> str:
        """What the customer says now."""
        here = self.here
        if here is not None:
            return here.moods.get(self.mood, here.says)
        return self.scenario.ending(self.ending).says if self.ending else ""


def begin(scenario: Scenario, difficulty: Difficulty | None = None) -> Roleplay:
    """Return a role-play before its first reply."""
    return Roleplay(scenario, difficulty or scenario.difficulty, scenario.start, _BEGINS[scenario.customer.mood])


def mood_of(ease: int) -> Mood:
    """Return the mood of an ease."""
    return next((mood for most, mood in _MOODS if ease <= most), "calm")


def answer(play: Roleplay, reply: ScenarioReply, penalty: int = 0) -> Roleplay:
    """Return the role-play after a reply; `penalty` is what words that backfire cost beside it."""
    behaviour = BEHAVIOURS[play.difficulty]
    effect, remark = _effect(play, reply, penalty, behaviour)
    ease = min(MOST_EASE, play.ease + effect)
    out = ease < 0 and behaviour.walks_out
    ease = max(0, ease)
    turn = Turn(play.here.id if play.here else "", reply.id, effect, play.ease, ease, mood_of(ease), remark, penalty)
    known = play.known | ({reply.reveals} if reply.reveals else set())
    after = msgspec.structs.replace(
        play,
        node=None if out or reply.to == END else reply.to,
        ease=ease,
        known=known,
        heard=play.heard or (reply.effect > 0 and bool(HEARING & set(reply.intents))),
        apologized=play.apologized or "apologize" in reply.intents,
        turns=(*play.turns, turn),
    )
    if after.node is not None:
        return after
    return msgspec.structs.replace(after, ending=(_walk_out_ending(play.scenario) if out else _ending(after)).id)


def replay(scenario: Scenario, difficulty: Difficulty, replies: Iterable[tuple[str, int]]) -> Roleplay:
    """Return the role-play after replies, each by its id with its penalty; one that is not available is skipped."""
    play = begin(scenario, difficulty)
    for reply_id, penalty in replies:
        reply = next((reply for reply in play.choices if reply.id == reply_id), None)
        if reply is not None:
            play = answer(play, reply, penalty)
    return play


def _effect(play: Roleplay, reply: ScenarioReply, penalty: int, behaviour: Behaviour) -> tuple[int, str]:
    if reply.effect < 0:
        cost = min(-1, round(reply.effect * behaviour.loss))
        return cost - penalty, ""
    gain, remark = reply.effect, ""
    hears = bool(HEARING & set(reply.intents))
    if behaviour.hears_first and not play.heard and not hears and gain > 0:
        gain, remark = gain // 2, "They do not feel heard yet, so it counts half."
    if behaviour.tires and play.apologized and gain > 0 and set(reply.intents) == {"apologize"}:
        gain, remark = 0, "They have already had an apology; another one changes nothing."
    return gain - penalty, remark


def _ending(play: Roleplay) -> ScenarioEnding:
    """The first ending whose conditions hold; the reader sees to it that the last has none."""
    endings = play.scenario.endings
    return next((end for end in endings if play.ease >= end.ease and set(end.known) <= play.known), endings[-1])


def _walk_out_ending(scenario: Scenario) -> ScenarioEnding:
    return next((end for end in scenario.endings if end.kind == "lost"), scenario.endings[-1])
