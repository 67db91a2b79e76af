"""A whole, good call as a script: the strongest way through a scenario, sentence by sentence along a framework.

Where a step of the framework has no answer on that way, its own phrase is said there, so that the class sees them all.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import msgspec

from recoverycli.frameworks.phrasing import Facts, choose, fill, gaps
from recoverycli.training.scenarios.play import Roleplay, answer, begin

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from recoverycli.frameworks.model import Framework, Mood, Step
    from recoverycli.training.scenarios.model import Scenario, ScenarioReply

# The limit of examined ways; a conversation for a class has far fewer.
_MOST_WAYS = 20_000
_SHOWN_PHRASES = 3
_CLOSING = frozenset({"notify", "thank", "explain", "follow-up"})


class Beat(NamedTuple):
    """One sentence of the call. `why` is the reason for an agent's, `phrases` are others that could be said instead."""

    who: str
    step: str | None
    step_name: str
    text: str
    why: str
    mood: Mood
    ease: int
    phrases: tuple[str, ...] = ()


class Script(NamedTuple):
    """A call to be shown: of a scenario, or an example of the framework itself. `after` is what came of it."""

    framework: Framework
    title: str
    channel: str
    summary: str
    beats: tuple[Beat, ...]
    after: str


def script(framework: Framework, scenario: Scenario, family: str | None = None) -> Script:
    """Return the best call that the scenario holds, in the order of the framework's live steps.

    `family` is that of the scenario's issue: its phrases come first.
    """
    facts = Facts(scenario.channel, issue=scenario.issue, family=family)
    way = best_way(scenario, framework)
    placed = _place_replies(framework, way)
    beats: list[Beat] = []
    play = begin(scenario)
    steps = list(framework.live_steps)
    told = 0
    for reply, place in zip(way, placed, strict=True):
        beats.append(_customer(play))
        # The steps before this one, which nothing on the way is for, are said in the same breath.
        for step in steps[told:place]:
            beats += _own(step, facts, play)
        told = max(told, place + 1)
        step = steps[place]
        after = answer(play, reply)
        beats.append(_agent(step, reply.say, reply.because, after, _others(step, facts, play, reply.say)))
        play = after
    for step in steps[told:]:
        # When everything is settled, there is no going back to what comes before it.
        beats += _own(step, facts, play) if step.intent in _CLOSING else []
    beats.append(_customer(play))
    ended = scenario.ending(play.ending or scenario.endings[0].id).after
    return Script(framework, scenario.name, scenario.channel, scenario.summary, tuple(beats), ended)


def best_way(scenario: Scenario, framework: Framework) -> tuple[ScenarioReply, ...]:
    """Return the replies of the best way: a good ending first, then many steps of the framework, then much ease."""
    best: tuple[tuple[int, ...], tuple[ScenarioReply, ...]] | None = None
    kinds = {"recovered": 2, "patched-up": 1, "lost": 0}
    for number, (play, way) in enumerate(_ways(begin(scenario), ())):
        ending = scenario.ending(play.ending or "")
        steps = len(set(_place_replies(framework, way)))
        weakest = min(turn.effect for turn in play.turns)
        worth = (kinds[ending.kind], len(play.known) + len(play.agreed), weakest, steps, play.ease, -len(way))
        if best is None or worth > best[0]:
            best = (worth, way)
        if number >= _MOST_WAYS:
            break
    return best[1] if best is not None else ()


def _ways(play: Roleplay, way: tuple[ScenarioReply, ...]) -> Iterator[tuple[Roleplay, tuple[ScenarioReply, ...]]]:
    if play.node is None:
        yield play, way
        return
    # The best answers first: where there are too many ways, the first are the ones that matter.
    for reply in sorted(play.choices, key=lambda one: -one.effect):
        yield from _ways(answer(play, reply), (*way, reply))


def _place_replies(framework: Framework, way: Sequence[ScenarioReply]) -> list[int]:
    """The step of each reply, never back: as many at a step that they serve as can be, and as far as the last one goes.

    A reply that serves no step stays where the call is.
    """
    steps = framework.live_steps
    reached: dict[int, tuple[int, list[int]]] = {0: (0, [])}
    for reply in way:
        following: dict[int, tuple[int, list[int]]] = {}
        for before, (fits, path) in reached.items():
            serves = [(at, _worth(steps[at], reply)) for at in range(before, len(steps))]
            for at, more in [(before, 0), *((at, worth) for at, worth in serves if worth)]:
                known = following.get(at)
                found = (fits + more, [*path, at])
                if known is None or (found[0], [-place for place in found[1]]) > (known[0], [-at for at in known[1]]):
                    following[at] = found
        reached = following
    return max(reached.items(), key=lambda item: (item[1][0], item[0]))[1][1]


def _worth(step: Step, reply: ScenarioReply) -> int:
    """How well a step is served by a reply: what solves is shown where the framework solves, whatever else it does."""
    common = {step.intent, *step.also} & set(reply.intents)
    return 2 if "solve" in common else len(common) and 1


def _customer(play: Roleplay) -> Beat:
    return Beat("customer", None, "", play.says, "", play.mood, play.ease)


def _agent(step: Step, text: str, why: str, after: Roleplay, phrases: tuple[str, ...]) -> Beat:
    return Beat("agent", step.id, step.name, text, why, after.mood, after.ease, phrases)


def _own(step: Step, facts: Facts, play: Roleplay) -> list[Beat]:
    """The framework's own phrase for a step; nothing if each of them waits for a word that nobody has."""
    said = _phrases(step, facts, play)
    return [_agent(step, said[0], step.goal, play, said[1 : _SHOWN_PHRASES + 1])] if said else []


def _others(step: Step, facts: Facts, play: Roleplay, said: str) -> tuple[str, ...]:
    return tuple(words for words in _phrases(step, facts, play) if words != said)[:_SHOWN_PHRASES]


def _phrases(step: Step, facts: Facts, play: Roleplay) -> tuple[str, ...]:
    now = msgspec.structs.replace(facts, mood=play.mood)
    return tuple(fill(phrase.say, {}) for phrase in choose(step.phrases, now) if not gaps(phrase.say, {}))


def matching_scenario(framework: Framework, scenarios: Sequence[Scenario]) -> Scenario | None:
    """Return the scenario to show a framework with: one made for it before others, an easy one before a hard one."""
    order = {"easy": 0, "medium": 1, "hard": 2}
    return min(
        scenarios,
        key=lambda one: (one.framework != framework.id, order[one.difficulty], one.id),
        default=None,
    )
