"""The debrief of a role-play: the score by step with its evidence, the turning point, what to drill next.

Every figure comes from the turns of the transcript: how each answer stood between the poorest and the best that could
be given at that moment (0 to 100). A hint costs five points of the whole. An answer in own words has its own evidence:
what it does well and what it does wrong, each with its words.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from recoverycli.training.roleplay.feedback import lines_of
from recoverycli.training.roleplay.hints import COST

if TYPE_CHECKING:
    from recoverycli.session.transcript.model import Call
    from recoverycli.session.transcript.roleplay import TranscriptRoleplay, TranscriptTurn
    from recoverycli.training.scenarios.model import Scenario

_GOOD = 67
_STRONG = 100


class StepScore(NamedTuple):
    """How the answers of a step stood: the mean of their points, how many there were, and the evidence."""

    step: str
    name: str
    points: int
    answers: int
    evidence: tuple[str, ...]


class StrongerAnswer(NamedTuple):
    """An answer that was not the strongest, what it did, and the strongest that could have been given."""

    heard: str
    said: str
    because: str
    instead: str


class Debrief(NamedTuple):
    """The debrief. `score` is 0 to 100, None if nothing was answered. `drill` is a command for the next exercise."""

    scenario: str
    ending: str | None
    ending_kind: str | None
    after: str
    score: int | None
    hints: int
    steps: tuple[StepScore, ...]
    turning_point: str
    stronger: tuple[StrongerAnswer, ...]
    found: tuple[str, ...]
    missed: tuple[str, ...]
    praise: str
    drill: str


def score(roleplay: TranscriptRoleplay) -> int | None:
    """Return the score of a role-play, 0 to 100; None if nothing was answered that can be assessed."""
    rated = roleplay.rated
    if not rated:
        return None
    mean = sum(turn.points for turn in rated) / len(rated)
    return max(0, round(mean) - COST * len(roleplay.hints))


def debrief(call: Call, scenario: Scenario) -> Debrief | None:
    """Return the debrief of a practice transcript; None if it holds none."""
    play = call.roleplay
    if play is None:
        return None
    steps = _steps(call, play)
    known = {turn.reveals for turn in play.turns}
    ending = next((one for one in scenario.endings if one.id == play.ending), None)
    weakest = min((one for one in steps if one.points < _STRONG), key=lambda one: one.points, default=None)
    return Debrief(
        scenario=scenario.name,
        ending=play.ending,
        ending_kind=play.ending_kind,
        after=ending.after if ending else "",
        score=score(play),
        hints=len(play.hints),
        steps=steps,
        turning_point=_turning_point(play),
        stronger=tuple(_stronger(play, scenario)),
        found=tuple(f"{fact.what} {fact.matters}" for fact in scenario.facts if fact.id in known),
        missed=tuple(f"{fact.what} {fact.matters}" for fact in scenario.facts if fact.id not in known),
        praise=_praise(play),
        drill=_drill(call, play, weakest),
    )


def _steps(call: Call, play: TranscriptRoleplay) -> tuple[StepScore, ...]:
    names = {step.id: step.name for step in call.steps}
    by_step: dict[str, list[TranscriptTurn]] = {}
    for turn in play.rated:
        by_step.setdefault(turn.step or "", []).append(turn)
    return tuple(
        StepScore(
            step,
            names.get(step, "Outside of the steps"),
            round(sum(turn.points for turn in turns) / len(turns)),
            len(turns),
            tuple(line for turn in turns for line in _evidence(turn)),
        )
        for step, turns in by_step.items()
    )


def _evidence(turn: TranscriptTurn) -> tuple[str, ...]:
    if not turn.acts:
        return (f'"{turn.text}" {turn.because}',)
    return (f'"{turn.text}"', *lines_of(turn))


def _may_praise(turn: TranscriptTurn) -> bool:
    """Whether an answer may be praised: not own words that do harm, or that nobody can tell what they do."""
    return not turn.own or (bool(turn.acts) and (bool(turn.reply) or turn.effect > 0))


def _turning_point(play: TranscriptRoleplay) -> str:
    clear = [turn for turn in play.turns if turn.effect <= 0 or _may_praise(turn)]
    if not clear:
        return ""
    turn = max(clear, key=lambda one: abs(one.effect))
    if not turn.effect:
        return "Nothing you said changed their mood much."
    way = "better" if turn.effect > 0 else "worse"
    return f'It turned for the {way} when you said: "{turn.text}"'


def _stronger(play: TranscriptRoleplay, scenario: Scenario) -> list[StrongerAnswer]:
    nodes = {node.id: node for node in scenario.nodes}
    told = []
    known = set[str | None]()
    for turn in play.rated:
        node = nodes.get(turn.node)
        if node is not None and turn.points < _GOOD:
            could = [reply for reply in node.replies if reply.needs is None or reply.needs in known]
            best = max(could, key=lambda reply: reply.effect, default=None)
            if best is not None and best.id != turn.reply:
                told.append(StrongerAnswer(turn.heard, turn.text, turn.because, best.say))
        known.add(turn.reveals)
    return told


def _praise(play: TranscriptRoleplay) -> str:
    if not play.turns:
        return "You looked at the scenario. That is a start."
    best = max(filter(_may_praise, play.turns), key=lambda turn: turn.points, default=None)
    if best is None:
        return ""
    if best.points >= _GOOD:
        return f'What went well: "{best.text}"'
    return "You stayed with an unhappy customer to the end. That is the hard part."


def _drill(call: Call, play: TranscriptRoleplay, weakest: StepScore | None) -> str:
    if play.ending is None:
        return f"recovery practice {call.scenario}"
    if weakest is None:
        harder = {"easy": "medium", "medium": "hard"}.get(play.difficulty)
        again = f"recovery practice {call.scenario}"
        return f"{again} --difficulty {harder}" if harder else f"{again} --own-words"
    about = f" --step {weakest.step}" if weakest.step else ""
    return f"recovery quiz {call.framework.id}{about}"
