"""A call of a playbook as a script: an example of its file, with what the customer says and the phrases of its way."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from recoverycli.frameworks.model import WRAP_UP
from recoverycli.frameworks.phrasing import gaps
from recoverycli.session.phrases import fillings_of, phrases, spoken_text
from recoverycli.training.demo import Beat, Script
from recoverycli.training.examples import play_example
from recoverycli.training.scenarios.behaviour import ease_of

if TYPE_CHECKING:
    from recoverycli.frameworks.library import LoadedFramework
    from recoverycli.frameworks.model import ExampleCall, Framework, Mood, Step
    from recoverycli.live.environment import CallEnvironment
    from recoverycli.session.model import Session

_SHOWN_PHRASES = 3
# What every call begins with: the first line and each sentence of the customer name them.
_BEGINS = frozenset({"channel", "mood"})


class _Stay(NamedTuple):
    """A step on the screen: its place, the mood of the customer, and what can be said, ready to be read out."""

    place: str
    step: Step
    mood: Mood
    phrases: tuple[str, ...]


class _Watcher:
    """Notes each step on the screen, with its phrases as they are when the step is left."""

    def __init__(self, framework: str) -> None:
        self._framework = framework
        self._key: object = None
        self.stays: list[_Stay] = []

    def __call__(self, session: Session) -> None:
        here = session.here
        if here is None:
            return
        place = here.step.id if here.framework == self._framework else f"{here.framework}/{here.step.id}"
        said = (phrase for phrase in phrases(session) if not gaps(phrase.say, fillings_of(session, phrase)))
        texts = tuple(spoken_text(session, phrase) for phrase in said)
        key = (here.key, len(here.visits))
        if key == self._key:
            self.stays.pop()
        self.stays.append(_Stay(place, here.step, session.mood or "calm", texts))
        self._key = key


def example_script(example: ExampleCall, loaded: LoadedFramework, world: CallEnvironment) -> Script:
    """Return the call of an example: at each step on its way what the customer says, and a phrase of the step."""
    framework = loaded.content
    watch = _Watcher(framework.id)
    result = play_example(example, loaded, world, watch)
    stays = iter(watch.stays)
    customer = dict(example.customer)
    beats: list[Beat] = []
    for place in result.path:
        stay = next(one for one in stays if one.place == place)
        if place in customer:
            beats.append(_customer(customer.pop(place), stay.mood))
        if stay.phrases:
            said, *others = stay.phrases[: _SHOWN_PHRASES + 1]
            step, ease = stay.step, ease_of(stay.mood)
            beats.append(Beat("agent", step.id, step.name, said, step.goal, stay.mood, ease, tuple(others)))
    if WRAP_UP in example.customer:
        beats.append(_customer(example.customer[WRAP_UP], watch.stays[-1].mood))
    known = "; ".join(f"{name}: {value}" for name, value in result.values.items() if name not in _BEGINS)
    ended = f"Outcome: {result.outcome}." if result.outcome else ""
    way = f"The way: {', '.join(result.path)}."
    return Script(framework, example.id, example.channel or "phone", known, tuple(beats), f"{way} {ended}".rstrip())


def shown_examples(framework: Framework) -> tuple[ExampleCall, ...]:
    """Return the examples of a framework that say what the customer says."""
    return tuple(example for example in framework.examples if example.customer)


def _customer(text: str, mood: Mood) -> Beat:
    return Beat("customer", None, "", text, "", mood, ease_of(mood))
