"""Plays the examples of a framework file through a call, and compares what they lead to with what they expect."""

from __future__ import annotations

import itertools
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

import msgspec

from recoverycli.frameworks.conditions import evaluate
from recoverycli.frameworks.values import parse_value, write_value
from recoverycli.live.call import LiveCall
from recoverycli.session import events as ev
from recoverycli.session.transcript.account import outcome

if TYPE_CHECKING:
    from collections.abc import Callable

    from recoverycli.frameworks.library import LoadedFramework
    from recoverycli.frameworks.model import ExampleCall
    from recoverycli.live.environment import CallEnvironment
    from recoverycli.live.reply import CallLeft
    from recoverycli.session.grammar.questions import Question
    from recoverycli.session.model import Session

# A loop in which Enter answers every question has no end.
_MOST_ENTERS = 200
_TICK = timedelta(seconds=1)
_WRAP_UP = "the wrap-up screen"


class ExampleDifference(msgspec.Struct, frozen=True):
    """What an example expects and what its call led to, in words."""

    what: str
    expected: str
    actual: str


class ExampleResult(msgspec.Struct, frozen=True):
    """What the call of an example led to, and how that differs from what is expected.

    `asks` is the value that the way on depends on; it is empty on the wrap-up screen.
    """

    id: str
    path: tuple[str, ...]
    asks: str
    outcome: ev.Outcome | None
    values: dict[str, str]
    differences: tuple[ExampleDifference, ...]


def play_example(example: ExampleCall, loaded: LoadedFramework, world: CallEnvironment) -> ExampleResult:
    """Play an example in the folder of `world`. Its clock says when the call begins, unless the example names a day."""
    begins = world.clock()
    day = parse_value("date", example.today) if example.today is not None else None
    if isinstance(day, date):
        begins = datetime.combine(day, time(12), begins.tzinfo)
    desk = world._replace(home=world.home / example.id, clock=_clock(begins), asks=True)
    call = LiveCall.start(desk, lambda: _first_event(example, loaded, desk, begins))
    try:
        fault = _type_lines(call, example)
        asks, why = ("", "") if fault is not None else _press_enter(call)
        return _result(example, call.session, fault, asks, why)
    finally:
        call.close()


def _clock(begins: datetime) -> Callable[[], datetime]:
    """A clock by which each line is typed a moment after the last."""
    seconds = itertools.count()
    return lambda: begins + next(seconds) * _TICK


def _first_event(example: ExampleCall, loaded: LoadedFramework, desk: CallEnvironment, at: datetime) -> ev.Started:
    family = desk.coach.family_of(example.issue) if desk.coach is not None and example.issue else None
    return ev.Started(
        at=at,
        id=f"{at:%Y%m%dT%H%M%S}-{loaded.content.id}-0000",
        framework=msgspec.structs.replace(loaded.content, examples=()),
        digest=loaded.digest,
        source="project",
        channel=example.channel,
        issue=example.issue,
        family=family,
        mood=example.mood,
    )


def _type_lines(call: LiveCall, example: ExampleCall) -> ExampleDifference | None:
    """Type the values and the lines of an example; return the first that is refused, or that comes too late."""
    values = ((f"set {name}", f"/set {name} {value}") for name, value in example.set.items())
    lines = ((f"line {number}", line) for number, line in enumerate(example.lines, start=1))
    left: CallLeft | None = None
    for where, line in itertools.chain(values, lines):
        typed = f"`{line}`" if line else "Enter"
        if left is not None:
            return ExampleDifference(where, f"{typed} is typed in the call", f"the call was {left.how} before")
        reply = call.hear(line)
        if reply.kind == "refused":
            return ExampleDifference(where, f"{typed} is accepted", f"refused: {reply.text}")
        left = reply.left
    return (
        ExampleDifference("end", _WRAP_UP, "the call was paused") if left is not None and left.how == "paused" else None
    )


def _press_enter(call: LiveCall) -> tuple[str, str]:
    """Press Enter up to the wrap-up screen; return the value that the way depends on, and why the call stays."""
    for _ in range(_MOST_ENTERS):
        if call.session.here is None or call.session.finished is not None:
            return "", ""
        reply = call.hear("")
        question = reply.question
        ahead = call.session.onward
        if question is None and reply.kind == "refused":
            return "", reply.text
        if question is not None and question.about == "required":
            return "", question.text
        waits = question is not None and question.about == "path" and not question.proposed
        if question is not None and waits and ahead is not None and ahead.open:
            early = _noted_answer(call.session, question)
            return question.name, f"the way on depends on {question.name}: {question.text}{early}"
    return "", f"Enter leads round in a circle at {call.session.entered[-1][1]}"


def _noted_answer(session: Session, question: Question) -> str:
    """Say if an answer to the question was typed before it was asked: that is a note."""
    notes = (note.text for record in session.steps for note in record.notes)
    early = next((text for text in notes if text in question.options), None)
    return f" (`{early}` was typed before it was asked, and is a note)" if early is not None else ""


def _result(
    example: ExampleCall, session: Session, fault: ExampleDifference | None, asks: str, why: str
) -> ExampleResult:
    path = _entered_places(session, example)
    ended = outcome(session)
    known = session.evidence
    differences = [] if fault is None else [fault]
    if example.path and path != example.path:
        differences.append(ExampleDifference("path", ", ".join(example.path), ", ".join(path)))
    if fault is None and asks != (example.asks or ""):
        expected = f"the way on depends on {example.asks}" if example.asks else _WRAP_UP
        differences.append(ExampleDifference("end", expected, why or _WRAP_UP))
    elif fault is None and why and not asks:
        differences.append(ExampleDifference("end", _WRAP_UP, why))
    if example.outcome is not None and example.outcome != ended:
        differences.append(ExampleDifference("outcome", example.outcome, ended or "none"))
    values = {**session.values, **{name: write_value(value) for name, value in known.values.items()}}
    for name, expected in example.values.items():
        if not evaluate({name: expected}, known):
            differences.append(ExampleDifference(name, expected, values.get(name, "not known")))
    return ExampleResult(example.id, path, asks, ended, dict(sorted(values.items())), tuple(differences))


def _entered_places(session: Session, example: ExampleCall) -> tuple[str, ...]:
    """The steps that were entered: those of the framework itself, and those of the others that the example names.

    Coming back from another framework to the step that led there does not enter it again.
    """
    own = session.frameworks[0].framework.id
    named = {own, *(place.partition("/")[0] for place in example.path if "/" in place)}
    path: list[str] = []
    came_from: list[tuple[str, str]] = []
    before: tuple[str, str] | None = None
    for place in session.entered:
        comes_back = False
        if before is not None and place[0] != before[0]:
            comes_back = place in came_from
            came_from = came_from[: came_from.index(place)] if comes_back else [*came_from, before]
        if place[0] in named and not comes_back:
            path.append(place[1] if place[0] == own else "/".join(place))
        before = place
    return tuple(path)
