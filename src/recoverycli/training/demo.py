"""A dialogue as a script for a class: each sentence with its reason, and what else could be said in its place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from msgspec.structs import replace

from recoverycli.frameworks.phrasing import Facts, choose, fill, gaps

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from recoverycli.frameworks.dialogues.model import BadTake, Dialogue, Mistake
    from recoverycli.frameworks.model import Framework, Mood, Step

Take = Literal["good", "bad"]
_SHOWN_PHRASES = 3

MISTAKES: Mapping[Mistake, str] = {
    "words": "words that backfire",
    "early-fix": "a remedy too early",
    "empty-sorry": "sorry, without saying for what",
    "second-sorry": "a second sorry",
    "false-promise": "a promise that nobody can keep",
    "rule-first": "a rule or a form first",
    "asked-again": "a question that was answered",
    "no-answer": "their question has no answer",
    "doubt": "doubt",
    "blame": "blame",
    "argument": "an argument",
    "invented": "a fact that nobody knows",
    "no-choice": "no choice",
    "no-next-step": "no next step",
    "private": "something private is told",
    "unsafe": "safety comes too late",
}


class Beat(NamedTuple):
    """One sentence of a call, or a note between them: when another call begins, and what came of it.

    `because` is the reason for an agent's sentence, `phrases` are others that could be said instead. In a bad take,
    `mistake` says in words what kind it is. `mood` is that of the customer afterwards.
    """

    who: Literal["customer", "agent", "note"]
    text: str
    mood: Mood
    take: Take
    step: str | None = None
    step_name: str = ""
    because: str = ""
    mistake: str = ""
    phrases: tuple[str, ...] = ()


class Script(NamedTuple):
    """A call to be shown, good or bad, or one take after the other."""

    framework: Framework
    title: str
    channel: str
    summary: str
    beats: tuple[Beat, ...]

    def then(self, other: Script) -> Script:
        """Return one script of both takes."""
        return self._replace(beats=(*self.beats, *other.beats))


def good_take(dialogue: Dialogue, framework: Framework, family: str | None, values: Mapping[str, str]) -> Script:
    """Return the script of a dialogue. `family` is that of its issue, and `values` fill the gaps of other phrases."""
    facts = Facts(dialogue.channel, issue=dialogue.issue, family=family, values=values)
    return _script(dialogue, framework, _good_beats(dialogue, framework, facts))


def bad_take(dialogue: Dialogue, bad: BadTake, framework: Framework) -> Script:
    """Return the script of the same call handled badly."""
    return _script(dialogue, framework, _bad_beats(dialogue, bad))


def _script(dialogue: Dialogue, framework: Framework, beats: Iterator[Beat]) -> Script:
    return Script(framework, dialogue.name, dialogue.channel, dialogue.summary, tuple(beats))


def _good_beats(dialogue: Dialogue, framework: Framework, facts: Facts) -> Iterator[Beat]:
    mood = dialogue.mood
    steps = {step.id: step for step in framework.steps}
    for one in dialogue.exchanges:
        yield Beat("customer", one.customer, mood, "good")
        if one.later is not None:
            yield Beat("note", one.later, mood, "good")
        step = steps[one.step]
        others = _alternatives(step, facts, mood, one.agent)
        mood = one.mood
        yield Beat("agent", one.agent, mood, "good", step.id, step.name, one.because, phrases=others)
    yield Beat("customer", dialogue.closing, mood, "good")
    yield Beat("note", dialogue.after, mood, "good")


def _bad_beats(dialogue: Dialogue, bad: BadTake) -> Iterator[Beat]:
    mood = dialogue.mood
    for one in bad.exchanges:
        yield Beat("customer", one.customer, mood, "bad")
        mood = one.mood
        yield Beat("agent", one.agent, mood, "bad", because=one.because, mistake=MISTAKES[one.mistake])
    yield Beat("customer", bad.closing, mood, "bad")
    yield Beat("note", bad.after, mood, "bad")


def _alternatives(step: Step, facts: Facts, mood: Mood, said: str) -> tuple[str, ...]:
    """The phrases of a step that fit the moment and can be read out as they are."""
    now = replace(facts, mood=mood)
    fitting = (one.say for one in choose(step.phrases, now) if not gaps(one.say, facts.values))
    words = dict.fromkeys(fill(say, facts.values) for say in fitting)
    return tuple(one for one in words if one != said)[:_SHOWN_PHRASES]
