"""The model of a scenario: frozen structs, shared by the reader, the schema and the role-play."""

from __future__ import annotations

from typing import Annotated, Literal, get_args

import msgspec

from recoverycli.content.model import ContentNode, Line, Slug
from recoverycli.frameworks.model import Channel, Intent, Mood

Industry = Literal[
    "hotel", "restaurant", "retail", "parcel", "telecom", "bank", "utility", "clinic", "travel", "other",
]  # fmt: skip
Difficulty = Literal["easy", "medium", "hard"]
EndingKind = Literal["recovered", "patched-up", "lost"]

DIFFICULTIES: tuple[Difficulty, ...] = get_args(Difficulty)
ENDINGS: tuple[EndingKind, ...] = get_args(EndingKind)

# Where a reply leads when the conversation is over; which ending it is, their conditions say.
END = "end"


class Customer(ContentNode, frozen=True, kw_only=True):
    """Who the customer is. `unsaid` is what they do not say unless somebody asks."""

    who: Line
    happened: Line
    feels: Line
    wants: Line
    unsaid: Line
    mood: Mood


class AgentCard(ContentNode, frozen=True, kw_only=True):
    """Who the agent is, what they know before the first word, and what they may give."""

    who: Line
    knows: tuple[Line, ...] = ()
    may: tuple[Line, ...] = ()


class HiddenFact(ContentNode, frozen=True, kw_only=True):
    """A fact that only a good question reveals, and why it matters."""

    id: Slug
    what: Line
    matters: Line


class ScenarioReply(ContentNode, frozen=True, kw_only=True):
    """One thing that the agent can answer.

    `effect` is what it does to the customer (-3 to 3), `because` why. `reveals` is the fact that it reveals; with
    `needs`, it is only available once that fact is known. `signs` are words that identify a typed answer.
    """

    id: Slug
    say: Line
    intents: tuple[Intent, ...] = ()
    effect: Annotated[int, msgspec.Meta(ge=-3, le=3)]
    because: Line
    to: Slug
    reveals: Slug | None = None
    needs: Slug | None = None
    signs: tuple[Line, ...] = ()


class ScenarioNode(ContentNode, frozen=True, kw_only=True):
    """What the customer says, in other words where `moods` has them, and what can be answered.

    `unhelped` replaces `says` after own words that are none of the replies before: a refusal, a denial, or not clear.
    """

    id: Slug
    says: Line
    moods: dict[Mood, Line] = msgspec.field(default_factory=dict)
    unhelped: Line | None = None
    replies: tuple[ScenarioReply, ...]


class ScenarioEnding(ContentNode, frozen=True, kw_only=True):
    """How it can end: the first whose conditions hold, `ease` (0 to 10, at least) and the facts that are `known`."""

    id: Slug
    kind: EndingKind
    says: Line
    after: Line
    ease: Annotated[int, msgspec.Meta(ge=0, le=10)] = 0
    known: tuple[Slug, ...] = ()


class Scenario(ContentNode, frozen=True, kw_only=True):
    """A role-play."""

    schema: Literal[1]
    id: Slug
    version: Annotated[int, msgspec.Meta(ge=1)] = 1
    name: Line
    summary: Line
    industry: Industry
    channel: Channel
    difficulty: Difficulty
    framework: Slug = "learn"
    issue: Line | None = None
    minutes: Annotated[int, msgspec.Meta(ge=1, le=60)] = 5
    trains: tuple[Intent, ...] = ()
    customer: Customer
    agent: AgentCard
    observer: tuple[Line, ...] = ()
    facts: tuple[HiddenFact, ...] = ()
    start: Slug
    nodes: Annotated[tuple[ScenarioNode, ...], msgspec.Meta(min_length=1)]
    endings: Annotated[tuple[ScenarioEnding, ...], msgspec.Meta(min_length=1)]

    def node(self, node_id: str) -> ScenarioNode:
        """Return the node of that id; raises KeyError if there is none."""
        return {node.id: node for node in self.nodes}[node_id]

    def ending(self, ending_id: str) -> ScenarioEnding:
        """Return the ending of that id; raises KeyError if there is none."""
        return {ending.id: ending for ending in self.endings}[ending_id]
