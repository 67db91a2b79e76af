"""The part of a transcript that practice adds: how a scenario was played, turn by turn."""

from __future__ import annotations

from itertools import zip_longest

import msgspec

from recoverycli.frameworks.model import Mood
from recoverycli.session.events import Given, Moment


class TranscriptTurn(msgspec.Struct, frozen=True):
    """In practice: what the customer said, what was answered, and what became of it (see `events.Exchanged`)."""

    at: Moment
    node: str
    heard: str
    reply: str
    text: str
    because: str
    penalty: int
    effect: int
    mood: Mood
    ease: int
    points: int
    step: str | None = None
    reveals: str | None = None
    acts: dict[str, str] = msgspec.field(default_factory=dict)
    agrees: tuple[str, ...] = ()
    refuses: tuple[str, ...] = ()
    promises: tuple[str, ...] = ()
    given: Given = "picked"
    hints: int = 0
    seconds: float = 0.0
    assessed: bool = True
    intents: tuple[str, ...] = ()
    takes: tuple[str, ...] | None = None

    @property
    def own(self) -> bool:
        """Whether it was given in own words."""
        return self.given == "own-words"


class TranscriptHint(msgspec.Struct, frozen=True):
    """In practice: a hint was asked for."""

    at: Moment
    node: str


class TranscriptRoleplay(msgspec.Struct, frozen=True):
    """How a scenario was played; `digest` is that of its file, `ending` null where it was not played to its end.

    `hints_shown`: each answer had its first hint beside it, without being asked for.
    `seed` draws the same names, wordings and order again (`recovery practice --seed`).
    """

    digest: str
    difficulty: str
    own_words: bool
    ending: str | None
    ending_kind: str | None
    last_words: str
    hints: tuple[TranscriptHint, ...]
    turns: tuple[TranscriptTurn, ...]
    hints_shown: bool = False
    seed: int | None = None

    @property
    def rated(self) -> tuple[TranscriptTurn, ...]:
        """The answers that count: without those that nobody understood and that were given once more.

        An answer that was not understood counts, with no points, if the conversation went on without another one.
        """
        return tuple(
            turn
            for turn, after in zip_longest(self.turns, self.turns[1:])
            if turn.assessed or (after is not None and after.node != turn.node) or (after is None and self.ending)
        )
