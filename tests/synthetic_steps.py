"""The steps of calls that never happened: a framework of ours is walked, its branches as the answers lead."""

from __future__ import annotations

from datetime import timedelta
from functools import cache
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

from recoverycli.content.library import Source
from recoverycli.frameworks.library import FrameworkLibrary
from recoverycli.frameworks.model import WRAP_UP
from recoverycli.frameworks.paths import answers_of, condition_names, decide, onward, plain_next
from recoverycli.frameworks.phrasing import fill, fits_channel
from recoverycli.frameworks.values import Known
from recoverycli.paths import built_in_folder
from recoverycli.session.transcript import model as ts
from tests.synthetic_words import own_words, pick, sentence, thing

if TYPE_CHECKING:
    import random
    from datetime import datetime

    from recoverycli.frameworks.model import Framework, Step

# Framework, and how many of a hundred calls begin in it.
_SHARES = {
    "learn": 25, "last": 12, "latte": 8, "heart": 9, "aware": 6, "seven-step": 7, "tschohl": 5, "heard": 6, "blast": 5,
    "learn-marriott": 5, "double-charge": 6, "parcel-not-there": 5, "abusive-caller": 1,
}  # fmt: skip
_WHY_SKIPPED = ("no time", "done already", "the customer was in a hurry", "not asked for", None)
# Real calls go round a loop once or twice.
_MOST_STEPS = 14


class Kind(NamedTuple):
    """A framework that calls begin in."""

    framework: Framework
    digest: str


class Told(NamedTuple):
    """What is known of a call while it is walked: facts and captures by name, and how it is held."""

    values: dict[str, str]
    channel: str | None


class Walked(NamedTuple):
    """A walk: the steps, and when the last was left."""

    steps: tuple[ts.TranscriptStep, ...]
    ended_at: datetime


@cache
def kinds() -> tuple[tuple[Kind, ...], tuple[int, ...]]:
    """Return the frameworks, and the sums of their shares."""
    library = FrameworkLibrary((Source(built_in_folder("frameworks"), "built-in"),))
    loaded = [library.load(name) for name in _SHARES]
    return tuple(Kind(one.content, one.digest) for one in loaded), tuple(accumulate(_SHARES.values()))


def walk(draw: random.Random, kind: Kind, at: datetime, told: Told, stop_after: int | None = None) -> Walked:
    """Walk a framework from then on; one that is left early keeps the steps that lay ahead as open ones."""
    live = kind.framework.live_steps
    by_id = {step.id: step for step in live}
    done: dict[str, ts.TranscriptStep] = {}
    here = live[0].id
    queue: tuple[str, ...] = ()
    while here != WRAP_UP and here not in done and len(done) < _MOST_STEPS:
        if stop_after is not None and len(done) >= stop_after:
            done[here] = _open(kind.framework.id, by_id[here])
        else:
            done[here], at = _walked(draw, kind.framework.id, by_id[here], at, told)
        on = onward(live, by_id[here], queue, Known(told.values, at.date()))
        # A skipped step asked nothing: somebody went on by hand.
        here, queue = (on.to, on.queue) if not on.open else (plain_next(live, by_id[here]), ())
    return Walked(tuple(done.values()), at)


def _walked(
    draw: random.Random, framework: str, step: Step, at: datetime, told: Told
) -> tuple[ts.TranscriptStep, datetime]:
    skipped = not step.paths and draw.random() < 0.06
    seconds = draw.uniform(0.5, 4) if skipped else draw.lognormvariate(0, 0.5) * step.target_seconds * 0.8
    until = at + timedelta(seconds=round(seconds, 3))
    captured = {} if skipped else _captured(draw, step)
    told.values.update(captured)
    walked = ts.TranscriptStep(
        id=step.id,
        framework=framework,
        name=step.name,
        intent=step.intent,
        also=step.also,
        phase=step.phase,
        status="skipped" if skipped else "done",
        skipped_because=draw.choice(_WHY_SKIPPED) if skipped else None,
        visits=_visits(draw, at, until),
        seconds=round(seconds, 1),
        said=() if skipped else _said(draw, step, at, told),
        notes=() if skipped else _notes(draw, at, seconds),
        ticked=() if skipped else tuple(item.id for item in step.checklist if draw.random() < 0.5),
        captured=captured,
        answers=() if skipped else _answers(step, until, told),
    )
    return walked, until


def _visits(draw: random.Random, at: datetime, until: datetime) -> tuple[ts.TranscriptVisit, ...]:
    """One stay, or now and then two with a look at the step before in between."""
    if draw.random() > 0.03:
        return (ts.TranscriptVisit(at, until),)
    middle = at + (until - at) / 2
    return (ts.TranscriptVisit(at, middle), ts.TranscriptVisit(middle + (until - middle) / 4, until))


def _said(draw: random.Random, step: Step, at: datetime, told: Told) -> tuple[ts.TranscriptSaid, ...]:
    said = []
    fitting = [phrase for phrase in step.phrases if fits_channel(phrase, told.channel)]
    if fitting and draw.random() < 0.7:
        phrase = draw.choice(fitting)
        words = fill(phrase.say, told.values)
        said.append(ts.TranscriptSaid(_later(draw, at), words, ts.TranscriptPhrase(phrase.id, "built-in")))
    if draw.random() < 0.35:
        said.append(ts.TranscriptSaid(_later(draw, at), own_words(draw)))
    return tuple(sorted(said, key=lambda words: words.at))


def _notes(draw: random.Random, at: datetime, seconds: float) -> tuple[ts.TranscriptNote, ...]:
    count = draw.choice((0, 0, 1, 1, 1, 2)) if seconds > 10 else 0
    return tuple(ts.TranscriptNote(_later(draw, at, 8 + 3 * place), sentence(draw)) for place in range(count))


def _captured(draw: random.Random, step: Step) -> dict[str, str]:
    """What was written down: always what a path depends on, of the rest some."""
    decisive = condition_names(step)
    return {
        item.id: pick(draw, answers_of(item)) if answers_of(item) else thing(draw)
        for item in step.capture
        if item.id in decisive or draw.random() < 0.4
    }


def _answers(step: Step, until: datetime, told: Told) -> tuple[ts.TranscriptAnswer, ...]:
    """The answer that led along a branch."""
    if not condition_names(step):
        return ()
    ask = {item.id: item.ask for item in step.capture}
    names = [name for name in condition_names(step) if told.values.get(name)]
    question = " ".join(ask.get(name, f"{name.replace('_', ' ')}?") for name in names)
    path = decide(step, Known(told.values, until.date())).path
    to = path.to if path is not None else None
    return (ts.TranscriptAnswer(until, question, ", ".join(told.values[name] for name in names), to),)


def _later(draw: random.Random, at: datetime, least: float = 1) -> datetime:
    return at + timedelta(seconds=round(least + draw.random() * 6, 6))


def _open(framework: str, step: Step) -> ts.TranscriptStep:
    return ts.TranscriptStep(
        id=step.id,
        framework=framework,
        name=step.name,
        intent=step.intent,
        also=step.also,
        phase=step.phase,
        status="open",
        skipped_because=None,
        visits=(),
        seconds=0.0,
        said=(),
        notes=(),
        ticked=(),
        captured={},
    )
