"""The model of a scenario: frozen structs, shared by the reader, the schema and the role-play."""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias, get_args

import msgspec

from recoverycli.content.model import AsWritten, ContentNode, Line, Name, Slug
from recoverycli.frameworks.conditions import When
from recoverycli.frameworks.model import Channel, Intent, Mood

Industry = Literal[
    "hotel", "restaurant", "retail", "parcel", "telecom", "bank", "utility", "clinic", "travel", "other",
]  # fmt: skip
Difficulty = Literal["easy", "medium", "hard"]
EndingKind = Literal["recovered", "patched-up", "lost"]
# Why a wrong reply is tempting.
Lure = Literal[
    "early-fix",  # a fix before they were heard, or before it is known what they need
    "empty-sorry",  # sorry without saying what for, and nothing follows
    "false-promise",  # more than can be kept, or without a time
    "policy-first",  # the rule before the person
    "already-answered",  # asks for what they have said
    "blame",  # it was their fault
    "excuse",  # reasons, or somebody else's fault
    "pass-on",  # another department, another company, another day
    "doubt",  # they have to prove it
    "play-down",  # it is not so bad
    "half-help",  # too little or too late for what they told
    "guess",  # says what nobody has checked
    "argues",  # wins the point
    "gives-in",  # more than is right or allowed, to have it over
    "no-answer",  # their question stays open
    "closes-early",  # ends the call before it is settled
]

# One wording, or several of which a play draws one.
Wordings: TypeAlias = Line | tuple[Line, ...]
# Each name with its values, or rows of values that belong together.
Draws: TypeAlias = dict[Name, tuple[AsWritten, ...]] | tuple[dict[Name, AsWritten], ...]

DIFFICULTIES: tuple[Difficulty, ...] = get_args(Difficulty)
ENDINGS: tuple[EndingKind, ...] = get_args(EndingKind)

# Where a reply leads when the conversation is over; which ending it is, their conditions say.
END = "end"


def first_wording(wordings: Wordings) -> str:
    """Return the wording of a drawn scenario, else the first."""
    return wordings if isinstance(wordings, str) else wordings[0]


def wordings_of(wordings: Wordings) -> tuple[str, ...]:
    """Return all wordings of a line."""
    return (wordings,) if isinstance(wordings, str) else wordings


class CustomerCard(ContentNode, frozen=True, kw_only=True):
    """The card of the person who plays the customer: every text speaks to "you".

    `asked` is what they say only if somebody asks; `softens` and `hardens` what makes them calmer or angrier.
    """

    who: Line
    happened: Line
    wants: Line
    asked: Line
    softens: Line
    hardens: Line


class Customer(ContentNode, frozen=True, kw_only=True):
    """Who the customer is. `unsaid` is what they do not say unless somebody asks."""

    who: Line
    happened: Line
    feels: Line
    wants: Line
    unsaid: Line
    mood: Mood
    card: CustomerCard | None = None


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


class ScenarioRemedy(ContentNode, frozen=True, kw_only=True):
    """What can be agreed with the customer. `signs` identify it in typed answers that offer or refuse it."""

    id: Slug
    what: Line
    signs: tuple[Line, ...] = ()


class ScenarioPromise(ContentNode, frozen=True, kw_only=True):
    """What a reply promises, and by when."""

    id: Slug
    what: Line
    by: Line


class ScenarioReply(ContentNode, frozen=True, kw_only=True):
    """One thing that the agent can answer.

    `effect` is what it does to the customer (-3 to 3), `because` why, `lure` why a wrong one is tempting. `reveals` is
    the fact that it reveals; with `needs`, it is only available once that fact is known. `agrees` and `refuses` name
    remedies. `signs` are words that identify a typed answer.
    """

    id: Slug
    say: Line
    intents: tuple[Intent, ...] = ()
    effect: Annotated[int, msgspec.Meta(ge=-3, le=3)]
    because: Line
    lure: Lure | None = None
    to: Slug
    reveals: Slug | None = None
    needs: Slug | None = None
    agrees: tuple[Slug, ...] = ()
    refuses: tuple[Slug, ...] = ()
    promises: tuple[ScenarioPromise, ...] = ()
    signs: tuple[Line, ...] = ()


class ScenarioNode(ContentNode, frozen=True, kw_only=True):
    """What the customer says, in other words where `moods` has them, and what can be answered.

    `unhelped` replaces `says` after own words that are none of the replies before: a refusal, a denial, or not clear.
    """

    id: Slug
    says: Wordings
    moods: dict[Mood, Wordings] = msgspec.field(default_factory=dict)
    unhelped: Wordings | None = None
    replies: tuple[ScenarioReply, ...]


class ScenarioEnding(ContentNode, frozen=True, kw_only=True):
    """How it can end: the first whose condition holds (see `scenarios.facts` for what it can name).

    `tells` are the remedies, facts and promises that its texts speak of.
    """

    id: Slug
    kind: EndingKind
    says: Wordings
    after: Line
    when: When = msgspec.field(default_factory=dict)
    tells: tuple[Slug, ...] = ()


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
    draws: Draws = msgspec.field(default_factory=dict)
    facts: tuple[HiddenFact, ...] = ()
    remedies: tuple[ScenarioRemedy, ...] = ()
    start: Slug
    nodes: Annotated[tuple[ScenarioNode, ...], msgspec.Meta(min_length=1)]
    endings: Annotated[tuple[ScenarioEnding, ...], msgspec.Meta(min_length=1)]

    def node(self, node_id: str) -> ScenarioNode:
        """Return the node of that id; raises KeyError if there is none."""
        return {node.id: node for node in self.nodes}[node_id]

    def remedy(self, remedy_id: str) -> ScenarioRemedy:
        """Return the remedy of that id; raises KeyError if there is none."""
        return {remedy.id: remedy for remedy in self.remedies}[remedy_id]

    def ending(self, ending_id: str) -> ScenarioEnding:
        """Return the ending of that id; raises KeyError if there is none."""
        return {ending.id: ending for ending in self.endings}[ending_id]
