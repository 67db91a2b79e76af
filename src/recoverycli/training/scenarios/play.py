"""A role-play: a fold over the replies. Pure: no screen, no file, no clock, no chance.

The ease of the customer is a number from 0 to 10, which determines their mood. A difficulty changes how they behave,
not what happens: an easy customer forgives, a hard one does not listen before feeling heard.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import msgspec

from recoverycli.frameworks.model import Mood
from recoverycli.training.scenarios.behaviour import BEHAVIOURS, MOST_EASE, ease_of, mood_of
from recoverycli.training.scenarios.draw import agreed_text
from recoverycli.training.scenarios.facts import Agreement, Outcome, holds
from recoverycli.training.scenarios.model import END, Difficulty, Scenario, first_wording
from recoverycli.training.scenarios.reactions import (
    BAD,
    HARMFUL,
    IGNORES,
    SETTLING,
    foremost,
    intents_of,
    reaction,
    unclear,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from recoverycli.frameworks.model import Intent
    from recoverycli.training.scenarios.behaviour import Behaviour
    from recoverycli.training.scenarios.model import EndingKind, ScenarioEnding, ScenarioNode, ScenarioReply

# What lets an angry person listen again: being heard and understood (DESIGN calls these intents).
HEARING = frozenset({"listen", "acknowledge", "believe", "empathize"})
# What own words cost that do harm: at least, and at most if nothing good is in them (before the difficulty).
_LEAST_COST, _MOST_COST = -2, -3
# What own words gain that are none of the replies: one for each good act, but thanks alone settle nothing.
_MOST_GAIN = 2
_IN_PART = "They need more than that here, so it counts half."


_NOTHING = Agreement()


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
    agreement: Agreement = _NOTHING

    @property
    def is_unclear(self) -> bool:
        """Whether these are own words of which nothing is understood."""
        return not (self.reply or self.acts or self.penalty)


class StoredAnswer(NamedTuple):
    """An answer as it is stored: the id of its reply (empty: none of them), and for own words what they do."""

    reply: str
    penalty: int = 0
    acts: Collection[str] = ()
    agreement: Agreement = _NOTHING


class _Move(NamedTuple):
    """What an answer does before the customer's behaviour counts: its effect, its intents, what follows."""

    reply: str
    to: str
    effect: int
    intents: frozenset[Intent]
    reveals: str | None = None
    remark: str = ""
    agreement: Agreement = _NOTHING


class Roleplay(msgspec.Struct, frozen=True):
    """The state of a role-play: the node, how the customer feels, what is known and agreed.

    `node` is None when it is over. `harm` counts the answers that made it worse; `helped` says if any made it better.
    """

    scenario: Scenario
    difficulty: Difficulty
    node: str | None
    ease: int
    known: frozenset[str] = frozenset()
    heard: bool = False
    apologized: bool = False
    agreed: tuple[str, ...] = ()
    refused: frozenset[str] = frozenset()
    promised: frozenset[str] = frozenset()
    harm: int = 0
    helped: bool = False
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
            return self._ending_text(first_wording(self.scenario.ending(self.ending).says)) if self.ending else ""
        line = first_wording(here.moods.get(self.mood, here.says))
        turn = self.turns[-1] if self.turns else None
        if turn is None or turn.reply:
            return line
        came = next((one for one in reversed(self.turns) if one.node != here.id), None)
        if came is not None and not came.reply:
            line = first_wording(here.unhelped or line)
        told = unclear(self.mood, len(self.turns)) if turn.is_unclear else reaction(turn.acts)
        return f"{told} {line}".lstrip()

    @property
    def after(self) -> str:
        """What came of it; empty before the end."""
        return self._ending_text(self.scenario.ending(self.ending).after) if self.ending else ""

    @property
    def outcome(self) -> Outcome:
        """What an ending can depend on."""
        return Outcome(self.ease, self.harm, self.known, self.agreed, self.refused, self.promised)

    def _ending_text(self, text: str) -> str:
        return agreed_text(text, " and ".join(self.scenario.remedy(one).what for one in self.agreed))


def begin(scenario: Scenario, difficulty: Difficulty | None = None) -> Roleplay:
    """Return a role-play before its first reply."""
    return Roleplay(scenario, difficulty or scenario.difficulty, scenario.start, ease_of(scenario.customer.mood))


def agreement_of(reply: ScenarioReply) -> Agreement:
    """Return what a reply agrees, refuses and promises."""
    return Agreement(reply.agrees, reply.refuses, tuple(promise.id for promise in reply.promises))


def answer(
    play: Roleplay,
    reply: ScenarioReply,
    penalty: int = 0,
    acts: Collection[str] = (),
    agreement: Agreement | None = None,
) -> Roleplay:
    """Return the role-play after a reply.

    In own words `acts` are what they do, `penalty` is what words that backfire cost, and `agreement` what they agree.
    The reply counts in full only if the words do something of what it is for; otherwise half of what it gains, and
    nothing is revealed.
    """
    intents = frozenset(reply.intents)
    if acts:
        intents &= intents_of(acts)
    fits = bool(intents) or not acts
    settled = agreement_of(reply) if agreement is None else agreement
    move = _Move(reply.id, reply.to, reply.effect, intents, reply.reveals, agreement=settled)
    if not fits and reply.effect > 0:
        move = move._replace(effect=reply.effect // 2, reveals=None, remark=_IN_PART)
    return _after(play, move, penalty, acts)


def answer_freely(play: Roleplay, acts: Collection[str], penalty: int = 0, agreement: Agreement = _NOTHING) -> Roleplay:
    """Return the role-play after own words that are none of its replies: only what they do counts.

    Harm takes the way of the poorest reply, at its price or more; nothing is revealed. A question that was ignored is
    asked once more. Words of which nothing is understood are asked back once; after that it goes on without them.
    """
    harm, good = HARMFUL & set(acts), set(acts) - BAD
    poorest = min(play.choices, key=lambda reply: reply.effect)
    to, effect = poorest.to, 0
    asked_again = bool(play.turns) and play.turns[-1].node == play.node
    if harm:
        price = min(poorest.effect, _LEAST_COST) - (len(harm) > 1)
        effect, penalty = -1 if good else max(_MOST_COST, price), 0
    elif not acts and not penalty:
        to, effect = (to, -1) if asked_again else (play.node or END, 0)
    elif IGNORES in acts:
        to, effect = to if asked_again else play.node or END, 0 if good else -1
    elif good:
        near = max(play.choices, key=lambda reply: (len(intents_of(good) & set(reply.intents)), -reply.effect))
        to, effect = near.to, min(_MOST_GAIN, len(good - {"thanks"}))
    move = _Move("", to, effect, frozenset(foremost(good)), agreement=agreement)
    return _after(play, move, penalty, acts)


def _after(play: Roleplay, move: _Move, penalty: int, acts: Collection[str]) -> Roleplay:
    behaviour = BEHAVIOURS[play.difficulty]
    effect, remark = _effect(play, move, penalty, behaviour)
    ease = min(MOST_EASE, play.ease + effect)
    out = ease < 0 and behaviour.walks_out
    ease = max(0, ease)
    agreement = move.agreement
    turn = Turn(
        play.node or "", move.reply, effect, play.ease, ease, mood_of(ease), remark, penalty, tuple(acts), move.reveals,
        agreement,
    )  # fmt: skip
    after = msgspec.structs.replace(
        play,
        node=None if out or move.to == END else move.to,
        ease=ease,
        known=play.known | ({move.reveals} if move.reveals else set()),
        heard=play.heard or (move.effect > 0 and bool(HEARING & move.intents)),
        apologized=play.apologized or "apologize" in move.intents,
        agreed=tuple(dict.fromkeys(one for one in (*play.agreed, *agreement.agrees) if one not in agreement.refuses)),
        refused=(play.refused | set(agreement.refuses)) - set(agreement.agrees),
        promised=play.promised | set(agreement.promises),
        harm=play.harm + (effect < 0),
        helped=play.helped or effect > 0,
        turns=(*play.turns, turn),
    )
    if after.node is not None:
        return after
    return msgspec.structs.replace(after, ending=_ending(after, out=out).id)


def replay(scenario: Scenario, difficulty: Difficulty, answers: Iterable[StoredAnswer]) -> Roleplay:
    """Return the role-play after answers. A reply that is not available is skipped."""
    play = begin(scenario, difficulty)
    for stored in answers:
        play = answer_again(play, stored)
    return play


def answer_again(play: Roleplay, stored: StoredAnswer) -> Roleplay:
    """Return the role-play after a stored answer; unchanged if its reply is not available."""
    reply = next((reply for reply in play.choices if reply.id == stored.reply), None)
    if reply is not None:
        return answer(play, reply, stored.penalty, stored.acts, stored.agreement)
    if stored.reply or play.node is None:
        return play
    return answer_freely(play, stored.acts, stored.penalty, stored.agreement)


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


def _ending(play: Roleplay, *, out: bool) -> ScenarioEnding:
    """The first ending whose condition holds, among the kinds that the last answer allows.

    The reader sees to it that the last ending is lost and has no condition.
    """
    kinds = _kinds(play, out=out)
    return next(
        end for end in play.scenario.endings if end.kind in kinds and holds(end.when, play.scenario, play.outcome)
    )


def _kinds(play: Roleplay, *, out: bool) -> frozenset[EndingKind]:
    """What an ending can be at all, whatever its condition.

    It is lost if they walked out, if nothing ever helped, or if own words do harm at the end and settle nothing. It is
    not recovered if the last answer made it worse, or if own words end it and nothing was offered or agreed.
    """
    last = play.turns[-1]
    settles, harms = bool(SETTLING & set(last.acts)), last.effect < 0
    if out or not play.helped or (not last.reply and harms and not settles):
        return frozenset({"lost"})
    if harms or not (last.reply or settles or play.agreed):
        return frozenset({"patched-up", "lost"})
    return frozenset({"recovered", "patched-up", "lost"})
