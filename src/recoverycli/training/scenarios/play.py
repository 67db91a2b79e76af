"""A role-play: a fold over the replies. Pure: no screen, no file, no clock, no chance.

The ease of the customer is a number from 0 to 10, which determines their mood. A difficulty changes how they behave,
not what happens: an easy customer forgives, a hard one does not listen before feeling heard.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import msgspec

from recoverycli.frameworks.model import Mood
from recoverycli.training.scenarios.model import END, Difficulty, Scenario
from recoverycli.training.scenarios.reactions import BAD, HARMFUL, IGNORES, SETTLING, foremost, intents_of, reaction

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from recoverycli.frameworks.model import Intent
    from recoverycli.training.scenarios.model import ScenarioEnding, ScenarioNode, ScenarioReply

MOST_EASE = 10
_BEGINS: dict[Mood, int] = {"angry": 2, "upset": 4, "anxious": 5, "calm": 7}
# The highest ease of each mood; above the last one, the customer is calm.
_MOODS: tuple[tuple[int, Mood], ...] = ((2, "angry"), (4, "upset"), (6, "anxious"))
# What lets an angry person listen again: being heard and understood (DESIGN calls these intents).
HEARING = frozenset({"listen", "acknowledge", "believe", "empathize"})
# What own words cost that do harm: at least, and at most if nothing good is in them (before the difficulty).
_LEAST_COST, _MOST_COST = -2, -3
# What own words gain that are none of the replies: one for each good act, but thanks alone settle nothing.
_MOST_GAIN = 2
_IN_PART = "They need more than that here, so it counts half."


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
    """What the customer said and what was answered; `effect` is what it did, `remark` what changed it.

    `reply` is empty for own words that are none of the replies. `acts` are what own words do.
    """

    node: str
    reply: str
    effect: int
    before: int
    after: int
    mood: Mood
    remark: str = ""
    penalty: int = 0
    acts: tuple[str, ...] = ()
    reveals: str | None = None


class _Move(NamedTuple):
    """What an answer does before the customer's behaviour counts: its effect, its intents, what follows."""

    reply: str
    to: str
    effect: int
    intents: frozenset[Intent]
    reveals: str | None = None
    remark: str = ""


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
        if here is None:
            return self.scenario.ending(self.ending).says if self.ending else ""
        line = here.moods.get(self.mood, here.says)
        turn = self.turns[-1] if self.turns else None
        if turn is None or turn.reply:
            return line
        if turn.node != here.id:
            line = here.unhelped or line
        return f"{reaction(turn.acts, backfires=turn.penalty > 0)} {line}".lstrip()


def begin(scenario: Scenario, difficulty: Difficulty | None = None) -> Roleplay:
    """Return a role-play before its first reply."""
    return Roleplay(scenario, difficulty or scenario.difficulty, scenario.start, _BEGINS[scenario.customer.mood])


def mood_of(ease: int) -> Mood:
    """Return the mood of an ease."""
    return next((mood for most, mood in _MOODS if ease <= most), "calm")


def ease_of(mood: Mood) -> int:
    """Return the ease with which a customer of this mood begins."""
    return _BEGINS[mood]


def answer(play: Roleplay, reply: ScenarioReply, penalty: int = 0, acts: Collection[str] = ()) -> Roleplay:
    """Return the role-play after a reply.

    In own words `acts` are what they do, and `penalty` is what words that backfire cost. The reply counts in full only
    if the words do something of what it is for; otherwise half of what it gains, and nothing is revealed.
    """
    intents = frozenset(reply.intents)
    if acts:
        intents &= intents_of(acts)
    fits = bool(intents) or not acts
    move = _Move(reply.id, reply.to, reply.effect, intents, reply.reveals)
    if not fits and reply.effect > 0:
        move = move._replace(effect=reply.effect // 2, reveals=None, remark=_IN_PART)
    return _after(play, move, penalty, acts)


def answer_freely(play: Roleplay, acts: Collection[str], penalty: int = 0) -> Roleplay:
    """Return the role-play after own words that are none of its replies: only what they do counts.

    Harm takes the way of the poorest reply, at its price or more; nothing is revealed. A question that was ignored is
    asked once more. Words that do nothing that is known cost nothing and gain nothing.
    """
    harm, good = HARMFUL & set(acts), set(acts) - BAD
    poorest = min(play.choices, key=lambda reply: reply.effect)
    to, effect = poorest.to, 0
    if harm:
        price = min(poorest.effect, _LEAST_COST) - (len(harm) > 1)
        effect, penalty = -1 if good else max(_MOST_COST, price), 0
    elif IGNORES in acts:
        asked_again = bool(play.turns) and play.turns[-1].node == play.node
        to, effect = to if asked_again else play.node or END, 0 if good else -1
    elif good:
        near = max(play.choices, key=lambda reply: (len(intents_of(good) & set(reply.intents)), -reply.effect))
        to, effect = near.to, min(_MOST_GAIN, len(good - {"thanks"}))
    return _after(play, _Move("", to, effect, frozenset(foremost(good))), penalty, acts)


def _after(play: Roleplay, move: _Move, penalty: int, acts: Collection[str]) -> Roleplay:
    behaviour = BEHAVIOURS[play.difficulty]
    effect, remark = _effect(play, move, penalty, behaviour)
    ease = min(MOST_EASE, play.ease + effect)
    out = ease < 0 and behaviour.walks_out
    ease = max(0, ease)
    turn = Turn(
        play.node or "", move.reply, effect, play.ease, ease, mood_of(ease), remark, penalty, tuple(acts), move.reveals
    )
    after = msgspec.structs.replace(
        play,
        node=None if out or move.to == END else move.to,
        ease=ease,
        known=play.known | ({move.reveals} if move.reveals else set()),
        heard=play.heard or (move.effect > 0 and bool(HEARING & move.intents)),
        apologized=play.apologized or "apologize" in move.intents,
        turns=(*play.turns, turn),
    )
    if after.node is not None:
        return after
    return msgspec.structs.replace(after, ending=(_lost_ending(play.scenario) if out else _ending(after)).id)


def replay(scenario: Scenario, difficulty: Difficulty, turns: Iterable[tuple[str, int, Collection[str]]]) -> Roleplay:
    """Return the role-play after answers, each by the id of its reply (empty: none of them), its penalty and its acts.

    A reply that is not available is skipped.
    """
    play = begin(scenario, difficulty)
    for reply_id, penalty, acts in turns:
        reply = next((reply for reply in play.choices if reply.id == reply_id), None)
        if reply is not None:
            play = answer(play, reply, penalty, acts)
        elif not reply_id and play.node is not None:
            play = answer_freely(play, acts, penalty)
    return play


def _effect(play: Roleplay, move: _Move, penalty: int, behaviour: Behaviour) -> tuple[int, str]:
    if move.effect < 0:
        cost = min(-1, round(move.effect * behaviour.loss))
        return cost - penalty, ""
    gain, remark = move.effect, move.remark
    if behaviour.hears_first and not play.heard and not HEARING & move.intents and gain > 0:
        gain, remark = gain // 2, "They do not feel heard yet, so it counts half."
    if behaviour.tires and play.apologized and gain > 0 and move.intents == {"apologize"}:
        gain, remark = 0, "They have already had an apology; another one changes nothing."
    return gain - penalty, remark


def _ending(play: Roleplay) -> ScenarioEnding:
    """The first ending whose conditions hold; the reader sees to it that the last has none.

    Own words that are none of the replies end it well only if they offer or commit and do no harm. They end it badly if
    they do harm and offer nothing, or if nothing ever helped.
    """
    endings = play.scenario.endings
    last = play.turns[-1]
    if not last.reply:
        settles, harms = bool(SETTLING & set(last.acts)), last.effect < 0
        if (harms and not settles) or all(turn.effect <= 0 for turn in play.turns):
            return _lost_ending(play.scenario)
        if harms or not settles:
            endings = tuple(end for end in endings if end.kind != "recovered") or endings
    return next((end for end in endings if play.ease >= end.ease and set(end.known) <= play.known), endings[-1])


def _lost_ending(scenario: Scenario) -> ScenarioEnding:
    return next((end for end in scenario.endings if end.kind == "lost"), scenario.endings[-1])
