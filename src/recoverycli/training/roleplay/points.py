"""The score of a role-play, and each point of it with its evidence.

An answer is rated between the poorest (0) and the strongest (100) that could be given at that moment. The score is the
mean of the answers that count, less the cost of hints.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from recoverycli.training.roleplay.feedback import lines_of
from recoverycli.training.roleplay.hints import COST

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from recoverycli.session.transcript.roleplay import TranscriptHint, TranscriptRoleplay
    from recoverycli.training.roleplay.course import PlayedAnswer, PlayedRoleplay
    from recoverycli.training.scenarios.model import Lure, ScenarioReply

_LURES: dict[Lure, str] = {
    "early-fix": "a fix before they were heard, or before you know what they need",
    "empty-sorry": "a sorry that does not say what for",
    "false-promise": "a promise that cannot be kept, or has no time",
    "policy-first": "the rule before the person",
    "already-answered": "a question that they have answered",
    "blame": "it puts the fault on them",
    "excuse": "an excuse",
    "pass-on": "it sends them to somebody else, or to another day",
    "doubt": "they have to prove it",
    "play-down": "it makes the problem small",
    "half-help": "too little or too late for what they told you",
    "guess": "something that nobody has checked",
    "argues": "it wins the argument and loses the customer",
    "gives-in": "more than is right or allowed",
    "no-answer": "their question stays open",
    "closes-early": "it ends the call before the problem is settled",
}


class Point(msgspec.Struct, frozen=True):
    """Points that were gained or lost: for which answer, by which rule, and what shows it.

    `answer` is the number of the answer, None for a hint after which no answer was given.
    """

    points: int
    answer: int | None
    text: str
    step: str | None
    intents: tuple[str, ...]
    rule: str
    evidence: tuple[str, ...] = ()


def score(roleplay: TranscriptRoleplay) -> int | None:
    """Return the score of a role-play, 0 to 100; None if nothing was answered that can be assessed."""
    rated = roleplay.rated
    if not rated:
        return None
    return max(0, _mean([turn.points for turn in rated]) - COST * len(roleplay.hints))


def score_points(course: PlayedRoleplay, hints: Sequence[TranscriptHint]) -> tuple[Point, ...]:
    """Return every point of the score; their sum is the score. Empty if nothing was answered that counts."""
    rated = course.rated
    if not rated:
        return ()
    numbers = [one.number for one in rated]
    shares = dict(zip(numbers, _shares([one.turn.points for one in rated]), strict=True))
    told = [_of_answer(one, shares.get(one.number, 0), len(rated)) for one in course.answers]
    return (*told, *_of_hints(course, hints, sum(shares.values())))


def lure_of(answer: PlayedAnswer) -> str:
    """Return why the reply was tempting; empty for another answer."""
    reply = _reply(answer)
    return "" if reply is None or reply.lure is None or answer.turn.own else _LURES[reply.lure]


def _of_answer(one: PlayedAnswer, points: int, count: int) -> Point:
    turn = one.turn
    if not turn.assessed:
        rule = "not assessed; the call went on without an answer" if one.counts else "not assessed; it does not count"
        return Point(points, one.number, turn.text, turn.step, turn.intents, rule)
    of = "the answer" if count == 1 else f"one of {count} answers"
    rule = f"{turn.points} of 100 between the poorest and the strongest answer here, {of}"
    return Point(points, one.number, turn.text, turn.step, turn.intents, rule, tuple(_evidence(one)))


def _evidence(one: PlayedAnswer) -> Iterator[str]:
    turn = one.turn
    if not turn.own:
        yield turn.because
        if lure := lure_of(one):
            yield f"Tempting: {lure}."
        return
    yield from lines_of(turn)
    reply = _reply(one)
    if reply is not None:
        yield f'Read as: "{reply.say}"'


def _of_hints(course: PlayedRoleplay, hints: Sequence[TranscriptHint], left: int) -> Iterator[Point]:
    for hint in hints:
        cost = min(COST, left)
        left -= cost
        floor = "" if cost == COST else "; the score is never below 0"
        after = next((one for one in course.answers if one.turn.node == hint.node and one.turn.at >= hint.at), None)
        if after is None:
            yield Point(-cost, None, "", None, (), f"a hint costs {COST} points{floor}")
        else:
            rule = f"a hint before this answer costs {COST} points{floor}"
            yield Point(-cost, after.number, after.turn.text, after.turn.step, after.turn.intents, rule)


def _reply(one: PlayedAnswer) -> ScenarioReply | None:
    return next((reply for reply in one.before.choices if reply.id == one.turn.reply), None)


def _mean(points: Sequence[int]) -> int:
    return round(sum(points) / len(points))


def _shares(points: Sequence[int]) -> list[int]:
    """Whole shares of the mean, as large as the points: what is left over goes to the largest fractions."""
    count = len(points)
    shares = [one // count for one in points]
    by_fraction = sorted(range(count), key=lambda place: -(points[place] % count))
    for place in by_fraction[: _mean(points) - sum(shares)]:
        shares[place] += 1
    return shares
