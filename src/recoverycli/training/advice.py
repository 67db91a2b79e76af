"""Recommend a framework by channel, available time and fault, from what each one suits.

What a framework suits is in its file. There are no other weights: of those that fit, one that names the channel earlier
comes first, then one made for this time and fault before one for any.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from recoverycli.frameworks.phrasing import fill, gaps

if TYPE_CHECKING:
    from collections.abc import Sequence

    from recoverycli.frameworks.model import Channel, Fault, Framework, TimeAtHand

# The intents that can wait if time is short.
_LATER = ("notify", "follow-up")
# A step in the place of another counts on both sides.
_ONE_STEP = 2
_CHANNEL, _TIME, _FAULT = "channel", "time", "fault"
# What has to fit, in the order in which it is dropped if nothing fits everything.
_FITS = ((_CHANNEL, _TIME, _FAULT), (_CHANNEL, _TIME), (_CHANNEL, _FAULT), (_CHANNEL,), ())


class Moment(NamedTuple):
    """The situation to choose a framework for."""

    channel: Channel
    time: TimeAtHand
    fault: Fault


class Pick(NamedTuple):
    """A framework, for what moment it is, and how long its steps in the call take (seconds; a target, no measurement).

    `steps` are those to walk, by name.
    """

    id: str
    name: str
    when: str
    steps: tuple[str, ...]
    seconds: int


class ExampleWords(NamedTuple):
    """What can be said first in a step, by its name."""

    step: str
    say: str


class Advice(NamedTuple):
    """The framework to use now, and one for later (None if the first has all of it).

    `unmet` are those of the three questions that it does not fit. `reasons` are sentences. `instead` is the runner-up.
    `words` are examples for the steps of the framework to use now.
    """

    moment: Moment
    take: Pick
    later: Pick | None
    reasons: tuple[str, ...]
    unmet: tuple[str, ...]
    instead: Pick | None
    words: tuple[ExampleWords, ...] = ()


def advise(frameworks: Sequence[Framework], moment: Moment) -> Advice | None:
    """Return the advice; None if there is nothing to choose from.

    Ways out and playbooks for one issue are not recommended.
    """
    known = [one for one in frameworks if not one.stands_alone and not one.branches]
    ranked, fits = _rank(known, moment)
    if not ranked:
        return None
    take, *others = ranked
    other = next((one for one in others if not _variants(take, one)), None)
    later = _later(take, known, moment) if moment.time == "short" else None
    unmet = tuple(one for one in _FITS[0] if one not in fits)
    return Advice(
        moment,
        _pick(take),
        later,
        tuple(_reasons(take, moment, unmet, later)),
        unmet,
        _pick(other) if other is not None else None,
    )


def example_words(offered: Framework) -> tuple[ExampleWords, ...]:
    """Return words for each live step of a framework that holds what fits the moment, best first; none twice.

    Words that need no fact come first: the gaps of others are marked.
    """
    found: dict[str, ExampleWords] = {}
    for step in offered.live_steps:
        fresh = [phrase.say for phrase in step.phrases if fill(phrase.say, {}) not in found]
        whole = (say for say in fresh if not gaps(say, {}))
        say = next(whole, None) or next(iter(fresh), None)
        if say is not None:
            words = fill(say, {})
            found[words] = ExampleWords(step.name, words)
    return tuple(found.values())


def _rank(frameworks: Sequence[Framework], moment: Moment) -> tuple[list[Framework], tuple[str, ...]]:
    """The frameworks that fit the situation best, best first, and what they fit."""
    for fits in _FITS:
        found = [one for one in frameworks if all(_suits(one, part, moment) for part in fits)]
        if found:
            return sorted(found, key=lambda one: (_place(one, moment.channel), -_narrowness(one), one.id)), fits
    return [], ()


def _suits(framework: Framework, part: str, moment: Moment) -> bool:
    wanted = {_CHANNEL: moment.channel, _TIME: moment.time, _FAULT: moment.fault}[part]
    return not _choices(framework, part) or wanted in _choices(framework, part)


def _choices(framework: Framework, part: str) -> tuple[str, ...]:
    suits = framework.suits
    return {_CHANNEL: suits.channels, _TIME: suits.time, _FAULT: suits.fault}[part]


def _narrowness(framework: Framework) -> float:
    """How narrow its time and fault are: 2 where it is for one of each, 0 where it takes any."""
    return sum(1 / len(listed) for part in (_TIME, _FAULT) if (listed := _choices(framework, part)))


def _place(framework: Framework, channel: Channel) -> int:
    listed = framework.suits.channels
    return listed.index(channel) if channel in listed else len(listed)


def _variants(one: Framework, other: Framework) -> bool:
    """Whether they differ in only one step, which is no real choice."""
    return len({step.id for step in one.steps} ^ {step.id for step in other.steps}) <= _ONE_STEP


def _pick(framework: Framework) -> Pick:
    live = framework.live_steps
    names = tuple(step.name for step in live)
    return Pick(framework.id, framework.name, framework.suits.when, names, sum(step.target_seconds for step in live))


def _later(take: Framework, frameworks: Sequence[Framework], moment: Moment) -> Pick | None:
    """The steps of another framework that serve what `take` leaves for later; None if it leaves nothing."""
    served = {intent for step in take.steps for intent in (step.intent, *step.also)}
    missing = {*_LATER} - served
    if not missing:
        return None
    best: tuple[int, int, Pick | None] = (0, 0, None)
    for other in sorted(frameworks, key=lambda one: one.id):
        steps = [step for step in other.steps if missing & {step.intent, *step.also}]
        serves = missing & {intent for step in steps for intent in (step.intent, *step.also)}
        own = sum(step.intent in missing for step in steps)
        if _suits(other, _CHANNEL, moment) and (len(serves), own) > best[:2]:
            seconds = sum(step.target_seconds for step in steps)
            best = len(serves), own, Pick(other.id, other.name, other.suits.when, tuple(s.name for s in steps), seconds)
    return best[2]


def _reasons(take: Framework, moment: Moment, unmet: tuple[str, ...], later: Pick | None) -> list[str]:
    told = [take.suits.when] if take.suits.when else []
    if unmet:
        told.append(f"No framework fits all three; this one does not fit the {' and the '.join(unmet)}.")
    count = len(take.live_steps)
    told.append(f"{count} {'step' if count == 1 else 'steps'} in the call, {_minutes(_pick(take).seconds)}.")
    told += [_OF_FAULT[moment.fault]]
    if later is not None:
        told.append(f"It leaves out what comes after; {', '.join(later.steps)} of {later.name} is for that.")
    if moment.channel == "social":
        told.append("In public: one sentence of regret and a way to a private channel. The steps are for what follows.")
    return told


def _minutes(seconds: int) -> str:
    minutes = max(1, round(seconds / 60))
    return f"about {minutes} {'minute' if minutes == 1 else 'minutes'}"


_OF_FAULT: dict[Fault, str] = {
    "ours": "The fault is ours: say so first, apologise once, and give something if it happened before.",
    "not-ours": "The fault is not ours: show regret for what they went through anyway, and spend the time on choices.",
    "unclear": "The fault is not clear yet: find out before you say anything about it.",
}
