"""The course of a stored role-play: each answer with the state before and after it, and how it could still end."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from recoverycli.training.roleplay.prospects import Prospects
from recoverycli.training.scenarios.facts import Agreement
from recoverycli.training.scenarios.model import DIFFICULTIES
from recoverycli.training.scenarios.play import Roleplay, StoredAnswer, answer_again, begin

if TYPE_CHECKING:
    from recoverycli.session.events import Exchanged
    from recoverycli.session.transcript.roleplay import TranscriptRoleplay, TranscriptTurn
    from recoverycli.training.scenarios.model import EndingKind, Scenario


class PlayedAnswer(NamedTuple):
    """An answer, its number from 1, the state before and after it, and the endings that were within reach after it.

    `counts` is false for words that nobody understood and that were asked for again.
    """

    number: int
    turn: TranscriptTurn
    counts: bool
    before: Roleplay
    after: Roleplay
    could_end: frozenset[EndingKind]

    @property
    def takes(self) -> tuple[str, ...]:
        """The steps that it takes; in a transcript of an earlier version, the step that it was given in."""
        if self.turn.takes is not None:
            return self.turn.takes
        return (self.turn.step,) if self.turn.step is not None else ()

    @property
    def assessed_text(self) -> str:
        """The words of the answer; empty if it was not assessed."""
        return self.turn.text if self.turn.assessed else ""

    @property
    def may_praise(self) -> bool:
        """Whether it can be praised: not what does harm, or what nobody can tell what it does."""
        return self.turn.assessed and self.turn.effect > 0 and (bool(self.turn.reply) or bool(self.turn.acts))


class PlayedRoleplay(NamedTuple):
    """The answers in order, the kinds of endings within reach before the first, and that of the ending."""

    answers: tuple[PlayedAnswer, ...]
    could_end: frozenset[EndingKind]
    ending: EndingKind | None

    @property
    def rated(self) -> tuple[PlayedAnswer, ...]:
        """The answers that count."""
        return tuple(one for one in self.answers if one.counts)


def course_of(played: TranscriptRoleplay, scenario: Scenario) -> PlayedRoleplay:
    """Return the course of a role-play of this scenario, drawn with its seed."""
    prospects = Prospects(scenario)
    wanted = next((one for one in DIFFICULTIES if one == played.difficulty), scenario.difficulty)
    play = begin(scenario, wanted)
    could_end, rated = prospects.kinds(play), played.rated
    ended = next((one.kind for one in scenario.endings if one.id == played.ending), None)
    # Own words can agree more at once than the prospects look at: how it ended was always possible.
    surely = frozenset({ended}) if ended is not None else frozenset()
    answers = []
    for number, turn in enumerate(played.turns, start=1):
        after = answer_again(play, stored_answer(turn))
        reach = prospects.kinds(after) | surely
        answers.append(PlayedAnswer(number, turn, any(turn is one for one in rated), play, after, reach))
        play = after
    return PlayedRoleplay(tuple(answers), could_end | surely, ended)


def stored_answer(turn: Exchanged | TranscriptTurn) -> StoredAnswer:
    """Return what a role-play is played again with."""
    settled = Agreement(turn.agrees, turn.refuses, turn.promises)
    return StoredAnswer(turn.reply, turn.penalty, tuple(turn.acts), settled)
