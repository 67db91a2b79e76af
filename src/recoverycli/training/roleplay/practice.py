"""Practice: a call whose customer is a scenario. The loop, the journal and the state are those of a live call.

A number is an answer, in one's own words any text is. Everything else means what it means in a call.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import msgspec

from recoverycli.live.cards import CallCards, card_text
from recoverycli.live.reply import Reply
from recoverycli.live.responses import refuse
from recoverycli.session import events as ev
from recoverycli.session.grammar.meanings import Misunderstood
from recoverycli.system.threads import run_in_thread
from recoverycli.text.safe import is_text
from recoverycli.training.roleplay.agreements import agreement
from recoverycli.training.roleplay.answer_place import AnswerPlace, intents_of_words, place_answer
from recoverycli.training.roleplay.course import stored_answer
from recoverycli.training.roleplay.feedback import acts_of, feedback
from recoverycli.training.roleplay.help_text import help_lines
from recoverycli.training.roleplay.hints import hint
from recoverycli.training.scenarios.model import DIFFICULTIES
from recoverycli.training.scenarios.play import Roleplay, answer, answer_freely, replay

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from recoverycli.live.call import LiveCall
    from recoverycli.session.model import Session
    from recoverycli.training.roleplay.own_words import OwnWordsReader, Reading
    from recoverycli.training.scenarios.model import EndingKind, Scenario, ScenarioReply

_OUTCOMES: dict[EndingKind, ev.Outcome] = {
    "recovered": "resolved",
    "patched-up": "partly-resolved",
    "lost": "unresolved",
}
HINT, AGAIN, RESTART = "/hint", "/again", "/restart"
_HINTS = frozenset({"h", HINT})
_AGAIN = frozenset({"u", "b", "/undo", "/back", AGAIN})
_HELP = frozenset({"?", "/help"})
# Commands of a call that have no meaning in practice.
_NOT_HERE = ("/next", "/goto", "/skip", "/switch", "/hold", "/back-on", "/copy")


class RoleplayView(NamedTuple):
    """The state of a role-play and the requested hints."""

    play: Roleplay
    hints: tuple[str, ...]
    # Whether the list of answers was left for an answer in own words.
    writing: bool = False
    # Whether nothing was typed yet, so that the scenario is still to be introduced.
    introduces: bool = False


class Practice:
    """A practice call in progress. Its state is that of the call, whose exchanges the role-play is the fold of."""

    def __init__(
        self,
        call: LiveCall,
        scenario: Scenario,
        clock: Callable[[], datetime],
        reader: Callable[[], OwnWordsReader],
        cards: CallCards | None = None,
    ) -> None:
        self._call = call
        self._scenario = scenario
        self._clock = clock
        self._reader = reader
        self._cards = cards or CallCards()
        self._writing = False
        self._introduces = True
        self._warming = self._warm()

    @property
    def session(self) -> Session:
        """The call as it stands."""
        return self._call.session

    def warm_in_steps(self) -> Iterator[None]:
        """Load what the first screen does not need, in steps. The first line of words does what is left of it."""
        return self._warming

    def _warm(self) -> Iterator[None]:
        yield from self._call.warm_in_steps()
        if self._own_words:
            yield from run_in_thread(self._reader)

    def view(self, session: Session) -> RoleplayView:
        """Return the role-play as it stands in `session`."""
        here = session.exchanges
        wanted = session.scene.difficulty if session.scene else ""
        difficulty = next((one for one in DIFFICULTIES if one == wanted), self._scenario.difficulty)
        play = replay(self._scenario, difficulty, map(stored_answer, here))
        asked = sum(one.node == play.node for one in session.hints)
        if session.scene is not None and session.scene.hints and play.node is not None:
            asked = max(asked, 1)
        hints = tuple(hint(play, number, session.framework) for number in range(1, asked + 1))
        return RoleplayView(play, hints, self._writing, self._introduces and not here)

    def hear(self, line: str) -> Reply:
        """Return the reply to a typed line, after its events are on the disk. Raises StoreProblem as a call does."""
        text = line.strip()
        self._introduces = False
        if len(text) > 1:
            for _ in self._warming:
                pass
        word = text.split(" ", 1)[0].casefold()
        play = self.view(self.session).play
        if word in _AGAIN and text.casefold() == word:
            return self._repeat()
        if text.casefold() == RESTART:
            return self._restart()
        if text.casefold() in _HELP:
            return Reply("show", show="help", lines=help_lines(own_words=self._own_words))
        if text.casefold() == "/end":
            return self._call.finish()
        if not is_text(text) or word in {"/pause", "/abandon", "/end", "/note"} or text.startswith("//"):
            return self._call.hear(line)
        if play.node is None:
            return (
                self._call.finish()
                if not text
                else Reply("refused", text="the conversation is over · Enter shows the result")
            )
        if text.casefold() in _HINTS:
            return self._hint(play)
        return self._not_here(word, text) or self._answer(play, word, text) or self._call.hear(line)

    def _answer(self, play: Roleplay, word: str, text: str) -> Reply | None:
        """Return the reply to an answer, by number or in own words; None if the line is neither."""
        if text.isdecimal() and not self._writing and not self._own_words:
            return self._choose(play, text)
        if not text and self._writing:
            self._writing = False
            return Reply("moved")
        if word == "/said" or ((self._own_words or self._writing) and not text.startswith("/")):
            return self._own(play, text.removeprefix("/said").strip())
        if not text:
            return Reply("refused", text="they wait for an answer · type its number, or h for a hint")
        return None

    def _seconds(self) -> float:
        """The time since the answer before, without pauses; tries that were taken back count."""
        clock = self.session.clock
        since = max(0.0, (self._clock() - clock.last_at).total_seconds())
        return round(max(0.0, clock.seconds + since - sum(one.seconds for one in self.session.exchanges)), 1)

    def _not_here(self, word: str, text: str) -> Reply | None:
        """Return the reply to a command that would leave the conversation. A card is read instead of walked."""
        if word == "/card" and text.casefold() != word:
            found = self._cards.find(text[len(word) :].strip().casefold())
            if isinstance(found, Misunderstood):
                return refuse(found, text)
            return Reply("show", show="cards", lines=card_text(found.content))
        if word in _NOT_HERE:
            return Reply("refused", text=f"{word} is not available in practice · they wait for an answer")
        return None

    def end_of_input(self) -> Reply:
        """Store a finished role-play; pause an unfinished one."""
        return self._call.finish() if self.view(self.session).play.node is None else self._call.pause()

    def as_stored(self, text: str) -> str:
        """Return a text as it would be stored: masked."""
        return self._call.as_stored(text)

    def pause(self) -> Reply:
        """Pause it: `recovery resume` continues it."""
        return self._call.pause()

    def close(self) -> None:
        """Close the journal unchanged."""
        self._call.close()

    @property
    def _own_words(self) -> bool:
        scene = self.session.scene
        return scene is not None and scene.own_words

    def _repeat(self) -> Reply:
        if not self.session.exchanges:
            return Reply("refused", text="there is nothing to try again yet")
        before = self.session.exchanges[-1]
        self._take_back(len(self.session.exchanges) - 1)
        return Reply("moved", text=f'undone: "{_short(before.text)}" · try another answer')

    def _restart(self) -> Reply:
        self._take_back(0)
        return Reply("moved", text="started again")

    def _take_back(self, until: int) -> None:
        self._writing = False
        while len(self.session.exchanges) > until and self.session.before is not None:
            self._call.record(ev.Undone(at=self._clock()))

    def _hint(self, play: Roleplay) -> Reply:
        number = len(self.view(self.session).hints) + 1
        told = hint(play, number, self.session.framework)
        if number > 1 and told == hint(play, number - 1, self.session.framework):
            return Reply("refused", text="there is no further hint here")
        self._call.record(ev.Hinted(at=self._clock(), node=play.node or ""))
        return Reply("moved")

    def _choose(self, play: Roleplay, typed: str) -> Reply:
        choices = play.choices
        number = int(typed[:3])
        if number == len(choices) + 1:
            self._writing = True
            return Reply("recorded", text="type what you would say · Enter shows the answers again")
        if not 1 <= number <= len(choices):
            return Reply("refused", text=f"there is no answer {number} · 1 to {len(choices) + 1}", draft=typed)
        reply = choices[number - 1]
        after = answer(play, reply)
        because = " ".join(filter(None, (reply.because, after.turns[-1].remark)))
        does = place_answer(self.session, play, reply.intents)
        before = self.session.exchanges[-1:]
        tried = any(one.node == play.node and not one.assessed for one in before)
        given: ev.Given = "own-words-then-picked" if tried else "picked"
        self._call.record(self._exchange(play, after, does, reply.say, because, given))
        return Reply("moved")

    def _own(self, play: Roleplay, text: str) -> Reply:
        if not text:
            return Reply("refused", text="they wait for an answer · type what you would say, or h for a hint")
        if text.isdecimal():
            return Reply("refused", text="no question is open · type what you would say", draft=text)
        # Read as it is stored, so that the feedback quotes no word that was masked.
        stored = self._call.as_stored(text)
        reading = self._reader().read(stored, play.choices, self._clock(), self._scenario.channel, play.says)
        reply = matching_reply(reading)
        after = respond(play, reading, reply)
        acts = acts_of(reading)
        does = place_answer(self.session, play, intents_of_words(self.session, reply, acts, reading.intents))
        event = self._exchange(play, after, does, text, feedback(reading, after.turns[-1]), "own-words")
        self._call.record(msgspec.structs.replace(event, acts=acts))
        self._writing = False
        if after.turns[-1].is_unclear and after.node == play.node and not self.view(self.session).hints:
            self._call.record(ev.Hinted(at=self._clock(), node=play.node or ""))
        return Reply("moved")

    def _exchange(
        self, play: Roleplay, after: Roleplay, does: AnswerPlace, text: str, because: str, given: ev.Given
    ) -> ev.Exchanged:
        ending = self._scenario.ending(after.ending) if after.ending else None
        turn = after.turns[-1]
        return ev.Exchanged(
            at=self._clock(),
            node=turn.node,
            heard=play.says,
            reply=turn.reply,
            text=text,
            because=because,
            given=given,
            hints=sum(one.node == play.node for one in self.session.hints),
            seconds=self._seconds(),
            assessed=not turn.is_unclear,
            penalty=turn.penalty,
            effect=turn.effect,
            mood=turn.mood,
            ease=turn.after,
            points=0 if turn.is_unclear else points(play, turn.effect),
            intents=does.intents,
            step=does.step,
            takes=does.takes,
            reveals=turn.reveals,
            agrees=turn.agreement.agrees,
            refuses=turn.agreement.refuses,
            promises=turn.agreement.promises,
            ending=after.ending,
            ending_kind=ending.kind if ending else None,
            last_words=after.says if ending else "",
            outcome=_OUTCOMES[ending.kind] if ending else None,
        )


def matching_reply(reading: Reading) -> ScenarioReply | None:
    """Return the reply that own words count as; None if they do harm, or nothing that is known."""
    return reading.nearest if reading.credits and not reading.charges else None


def respond(play: Roleplay, reading: Reading, reply: ScenarioReply | None) -> Roleplay:
    """Return the role-play after own words; `reply` is the one that they count as."""
    acts = tuple(acts_of(reading))
    settled = agreement(reading, play.scenario.remedies, reply)
    if reply is None:
        return answer_freely(play, acts, reading.penalty, settled)
    return answer(play, reply, reading.penalty, acts, settled)


def points(play: Roleplay, effect: int) -> int:
    """Return how an effect stands between that of the poorest (0) and of the best answer (100) available here."""
    effects = [answer(play, other).turns[-1].effect for other in play.choices]
    span = max(effects) - min(effects)
    if not span:
        return 100 if effect >= min(effects) else 0
    return min(100, round(100 * max(0, effect - min(effects)) / span))


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:59]}…"
