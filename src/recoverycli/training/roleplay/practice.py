"""Practice: a call whose customer is a scenario. The loop, the journal and the state are those of a live call.

A number is an answer, in one's own words any text is. Everything else means what it means in a call.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from recoverycli.live.cards import CallCards, card_text
from recoverycli.live.reply import Reply
from recoverycli.live.responses import refuse
from recoverycli.session import events as ev
from recoverycli.session.grammar.meanings import Misunderstood
from recoverycli.session.grammar.questions import Question
from recoverycli.text.safe import is_text
from recoverycli.training.roleplay.hints import hint
from recoverycli.training.scenarios.model import DIFFICULTIES
from recoverycli.training.scenarios.play import Roleplay, answer, replay

if TYPE_CHECKING:
    from collections.abc import Callable
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
# Commands of a call that have no meaning in practice.
_NOT_HERE = ("/next", "/goto", "/skip", "/switch", "/hold", "/back-on", "/copy")


class RoleplayView(NamedTuple):
    """The state of a role-play, what was found in own words, and the requested hints."""

    play: Roleplay
    reading: Reading | None
    hints: tuple[str, ...]


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
        self._reading: Reading | None = None
        self._asking: Reading | None = None

    @property
    def session(self) -> Session:
        """The call as it stands."""
        return self._call.session

    def warm(self) -> None:
        """Load what the first screen does not need."""
        self._call.warm()
        if self._own_words:
            self._reader()

    def view(self, session: Session) -> RoleplayView:
        """Return the role-play as it stands in `session`."""
        here = session.exchanges
        wanted = session.scene.difficulty if session.scene else ""
        difficulty = next((one for one in DIFFICULTIES if one == wanted), self._scenario.difficulty)
        play = replay(self._scenario, difficulty, ((turn.reply, turn.penalty) for turn in here))
        asked = sum(one.node == play.node for one in session.hints)
        if session.scene is not None and session.scene.hints and play.node is not None:
            asked = max(asked, 1)
        reading = self._reading if here and self._reading and self._reading.text == here[-1].text else None
        return RoleplayView(
            play, reading, tuple(hint(play, number, session.framework) for number in range(1, asked + 1))
        )

    def hear(self, line: str) -> Reply:
        """Return the reply to a typed line, after its events are on the disk. Raises StoreProblem as a call does."""
        text = line.strip()
        word = text.split(" ", 1)[0].casefold()
        play = self.view(self.session).play
        if word in _AGAIN and text.casefold() == word:
            return self._repeat()
        if text.casefold() == RESTART:
            return self._restart()
        if not is_text(text) or word in {"/pause", "/abandon", "/end", "?", "/help", "/note"} or text.startswith("//"):
            return self._call.hear(line)
        if play.node is None:
            return (
                self._call.finish()
                if not text
                else Reply("refused", text="the conversation is over · Enter shows the result")
            )
        if text.casefold() in _HINTS:
            return self._hint(play)
        if (reply := self._not_here(word, text)) is not None:
            return reply
        if (reading := self._asking) is not None:
            self._asking = None
            if text.isdecimal():
                return self._choose(play, text, reading)
        if text.isdecimal() and not self._own_words:
            return self._choose(play, text, None)
        if word == "/said" or (self._own_words and not text.startswith("/")):
            return self._own(play, text.removeprefix("/said").strip())
        if not text:
            return Reply("refused", text="they wait for an answer · type its number, or h for a hint")
        return self._call.hear(line)

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
        while len(self.session.exchanges) > until and self.session.before is not None:
            self._call.record(ev.Undone(at=self._clock()))

    def _hint(self, play: Roleplay) -> Reply:
        number = len(self.view(self.session).hints) + 1
        told = hint(play, number, self.session.framework)
        if number > 1 and told == hint(play, number - 1, self.session.framework):
            return Reply("refused", text="there is no further hint here")
        self._call.record(ev.Hinted(at=self._clock(), node=play.node or ""))
        return Reply("moved")

    def _choose(self, play: Roleplay, number: str, reading: Reading | None) -> Reply:
        choices = play.choices
        if not 1 <= int(number[:3]) <= len(choices):
            return Reply("refused", text=f"there is no answer {number[:3]} · 1 to {len(choices)}", draft=number)
        reply = choices[int(number[:3]) - 1]
        return self._exchange(play, reply, reply.say if reading is None else reading.text, reading)

    def _own(self, play: Roleplay, text: str) -> Reply:
        if not text:
            return Reply("refused", text="they wait for an answer · type what you would say, or h for a hint")
        reading = self._reader().read(text, play.choices, self._clock(), self._scenario.channel, play.says)
        if reading.nearest is not None:
            return self._exchange(play, reading.nearest, text, reading)
        self._asking = reading
        return Reply(
            "asked",
            question=Question(
                about="gap",
                text="It is not clear which of these you mean. Which is closest?",
                options=tuple(reply.say for reply in play.choices),
                enter="a number chooses · or say it in other words",
            ),
        )

    def _exchange(self, play: Roleplay, reply: ScenarioReply, text: str, reading: Reading | None) -> Reply:
        self._reading = reading
        penalty = reading.penalty if reading is not None else 0
        after = answer(play, reply, penalty)
        ending = self._scenario.ending(after.ending) if after.ending else None
        turn = after.turns[-1]
        self._call.record(
            ev.Exchanged(
                at=self._clock(),
                node=turn.node,
                heard=play.says,
                reply=reply.id,
                text=text,
                because=" ".join(filter(None, (reply.because, turn.remark))),
                own=reading is not None,
                penalty=penalty,
                effect=turn.effect,
                mood=turn.mood,
                ease=turn.after,
                points=points(play, reply, penalty),
                step=_step(self.session, reply),
                reveals=reply.reveals,
                ending=after.ending,
                ending_kind=ending.kind if ending else None,
                last_words=after.says if ending else "",
                outcome=_OUTCOMES[ending.kind] if ending else None,
            )
        )
        return Reply("moved")


def points(play: Roleplay, reply: ScenarioReply, penalty: int = 0) -> int:
    """Return how an answer stands between the poorest (0) and the best (100) that could be given here."""
    effects = [answer(play, other).turns[-1].effect for other in play.choices]
    own = answer(play, reply, penalty).turns[-1].effect
    span = max(effects) - min(effects)
    return round(100 * max(0, own - min(effects)) / span) if span else 100


def _step(session: Session, reply: ScenarioReply) -> str | None:
    """The step of the framework that the answer belongs to: one that is ahead or here before one that was left."""
    ids = [record.step.id for record in session.walk]
    here = ids.index(session.place.step) if session.place.step in ids else 0
    ordered = [*session.walk[here:], *session.walk[:here]]
    for intent in reply.intents:
        for carries in (lambda step: (step.intent,), lambda step: step.also):
            found = next((record.step.id for record in ordered if intent in carries(record.step)), None)
            if found is not None:
                return found
    return session.place.step


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:59]}…"
