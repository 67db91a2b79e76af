"""The events of a call: a frozen struct each, with the time at which it happened.

Times are aware datetimes. A journal is a sequence of events; the state of a call is their fold.
"""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal, get_args

import msgspec

from recoverycli.frameworks import model
from recoverycli.frameworks.model import Channel, Framework, Intent, IssueFamily, Mood, Severity

# A time without offset cannot be compared with another: such a line is invalid.
Moment = Annotated[datetime, msgspec.Meta(tz=True)]
Outcome = model.Outcome
Kind = Literal["call", "practice"]
FoundBy = Literal["customer", "monitoring", "audit", "colleague"]
PhraseSource = Literal["built-in", "personal", "project"]
Leaving = Literal["done", "skipped", "left"]
OfferAnswer = Literal["accepted", "refused"]
# What programs compare and nobody types as free text: an id, a digest, the name of a value.
Identifier = Annotated[str, msgspec.Meta(extra={"masked": False})]
# A word of a fixed list that is not a Literal here: a currency, a difficulty of a scenario.
Vocabulary = Annotated[str, msgspec.Meta(extra={"masked": False})]
# A framework as its file has it: text of the company, not of a call.
FrameworkCopy = Annotated[Framework, msgspec.Meta(extra={"masked": False})]
# A family of issues as its file has it, without its words.
FamilyCopy = Annotated[IssueFamily, msgspec.Meta(extra={"masked": False})]

OUTCOMES = model.OUTCOMES
FOUND_BY: tuple[FoundBy, ...] = get_args(FoundBy)


class Fact(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, tag_field="event"):
    """Base of every event. `masked` counts what was masked in its text.

    Every string of an event is masked before it is stored, unless its type says Identifier or Vocabulary.
    """

    at: Moment
    masked: int = 0


class Scene(msgspec.Struct, frozen=True):
    """The scenario that is practised: its id and digest, how its customer behaves, how it is answered."""

    id: Identifier
    digest: Identifier
    difficulty: Vocabulary
    own_words: bool = False
    # Every answer shows a hint from the start.
    hints: bool = False
    # What the play draws: names, wordings, the order of the replies. None: the first of everything.
    seed: int | None = None


class Started(Fact, frozen=True, kw_only=True, tag="started"):
    """The call begins. The whole framework is stored, so that a call never depends on a file that may change.

    So is the family of the issue, with its questions and captures.
    """

    id: Identifier
    framework: FrameworkCopy
    digest: Identifier
    source: PhraseSource = "built-in"
    kind: Kind = "call"
    process: int | None = None
    agent: str | None = None
    channel: Channel | None = None
    issue: str | None = None
    family: FamilyCopy | None = None
    mood: Mood | None = None
    customer: str | None = None
    ref: str | None = None
    values: dict[Identifier, str] = {}
    # What the words of `values` were read as, where their kind has such a reading.
    typed: dict[Identifier, str] = {}
    found_by: FoundBy = "customer"
    # The call took place before, without the tool: no clock runs while it is entered.
    afterwards: bool = False
    # How many seconds that call took, where the agent knows it.
    lasted: float | None = None
    # The name of the time zone where the call is recorded.
    zone: Identifier | None = None
    scene: Scene | None = None


class Moved(Fact, frozen=True, kw_only=True, tag="moved"):
    """To another step, or to the wrap-up screen (`to` is None). `leaving` is the status of the step that is left."""

    to: Identifier | None
    leaving: Leaving
    because: str | None = None
    # The steps of a path after `to`, and each question that chose it with its answer.
    queue: tuple[Identifier, ...] = ()
    answers: tuple[tuple[str, str], ...] = ()
    # All questions and answers in one, as earlier versions stored them.
    question: str | None = None
    answer: str | None = None
    # How the call ends by the framework, where the step or the path that was taken says so.
    outcome: Outcome | None = None
    # The agent requested the end of the call, so that the end of input finishes it despite open steps.
    ending: bool = False


class Asked(Fact, frozen=True, kw_only=True, tag="asked"):
    """The question whether to leave a step with required items undone was asked and answered."""

    question: str
    answer: str


class Said(Fact, frozen=True, kw_only=True, tag="said"):
    """Words said to the customer: a phrase (with its id), or the agent's own.

    `promise` is what they promised, `due_said` and `due` its date, as of `Promised`.
    """

    text: str
    phrase: Identifier | None = None
    source: PhraseSource | None = None
    promise: str | None = None
    due_said: str | None = None
    due: datetime | None = None


class Kept(Fact, frozen=True, kw_only=True, tag="kept"):
    """The agent's own words were saved as a personal phrase, for every step of that intent."""

    text: str
    phrase: Identifier
    intent: Intent


class Noted(Fact, frozen=True, kw_only=True, tag="noted"):
    """A note for the file, not said to the customer."""

    text: str


class Ticked(Fact, frozen=True, kw_only=True, tag="ticked"):
    """An item of the step's checklist is done."""

    item: Identifier


class ValueSet(Fact, frozen=True, kw_only=True, tag="value-set"):
    """A capture or placeholder has a value: the words, and what they were read as where their kind has a reading."""

    name: Identifier
    value: str
    typed: str = ""


class CustomerNamed(Fact, frozen=True, kw_only=True, tag="customer-named"):
    """The customer's name is known."""

    name: str


class ReferenceGiven(Fact, frozen=True, kw_only=True, tag="reference-given"):
    """The customer's or the case's reference is known."""

    ref: str


class MoodSet(Fact, frozen=True, kw_only=True, tag="mood-set"):
    """How the customer sounds now."""

    mood: Mood


class IssueSet(Fact, frozen=True, kw_only=True, tag="issue-set"):
    """What the complaint is about, in a word or two, and the family that it belongs to."""

    issue: str
    family: FamilyCopy | None = None


class ChannelSet(Fact, frozen=True, kw_only=True, tag="channel-set"):
    """The channel between agent and customer."""

    channel: Channel


class Judged(Fact, frozen=True, kw_only=True, tag="judged"):
    """What decides the worth of a remedy, as the agent sees it; None says nothing about it."""

    ours: bool | None = None
    repeated: bool | None = None
    severity: Severity | None = None
    # Both were asked for and are not asked for again.
    asked: bool = False


class Offered(Fact, frozen=True, kw_only=True, tag="offered"):
    """A remedy was offered; `value` is in `currency` where one was named."""

    remedy: str
    value: float | None = None
    currency: Vocabulary | None = None
    within_authority: bool | None = None
    needs: str | None = None
    # The offer that this one replaces; without another answer that one counts as refused.
    instead_of: Identifier | None = None


class OfferAnswered(Fact, frozen=True, kw_only=True, tag="offer-answered"):
    """The customer's answer to an offer; a later answer replaces an earlier one."""

    offer: Identifier
    answer: OfferAnswer
    why: str | None = None


class Promised(Fact, frozen=True, kw_only=True, tag="promised"):
    """A promise, with the words of its date and the date that they were read as."""

    what: str
    due_said: str | None = None
    due: Moment | None = None


class PromiseDated(Fact, frozen=True, kw_only=True, tag="promise-dated"):
    """A promise that had no date, or another one, has this one."""

    promise: Identifier
    due_said: str
    due: Moment


class Escalated(Fact, frozen=True, kw_only=True, tag="escalated"):
    """The call was escalated."""

    to: str | None = None
    why: str = ""
    note: str | None = None


class Held(Fact, frozen=True, kw_only=True, tag="held"):
    """The customer was put on hold."""


class BackOn(Fact, frozen=True, kw_only=True, tag="back-on"):
    """The customer is back from hold."""


class Switched(Fact, frozen=True, kw_only=True, tag="switched"):
    """The call goes on in another framework, which is stored whole like the first."""

    framework: FrameworkCopy
    digest: Identifier
    source: PhraseSource = "built-in"
    # The step on the screen calls it: it begins at its start, and the call returns by itself at its end.
    called: bool = False


class Returned(Fact, frozen=True, kw_only=True, tag="returned"):
    """The call goes back to the framework before the last switch.

    `finished` says that a called playbook came to its end; the other fields are those of `Moved`, for its last step.
    """

    finished: bool = False
    leaving: Leaving = "left"
    because: str | None = None
    answers: tuple[tuple[str, str], ...] = ()
    question: str | None = None
    answer: str | None = None
    outcome: Outcome | None = None


class CardSuggested(Fact, frozen=True, kw_only=True, tag="card-suggested"):
    """The agent's words suggested a card. It stays when later events are undone: a card is suggested once."""

    card: Identifier


class OutcomeChosen(Fact, frozen=True, kw_only=True, tag="outcome-chosen"):
    """How the call ended, as the agent says."""

    outcome: Outcome


class CauseGiven(Fact, frozen=True, kw_only=True, tag="cause-given"):
    """The root cause, as far as it is known."""

    cause: str


class SummaryGiven(Fact, frozen=True, kw_only=True, tag="summary-given"):
    """The call in a sentence or two."""

    summary: str


# How an answer in practice was given: from the list, in own words, or from the list after own words that said nothing.
Given = Literal["picked", "own-words", "own-words-then-picked"]


class Exchanged(Fact, frozen=True, kw_only=True, tag="exchanged"):
    """In practice: what the customer said and what was answered, in one event, so that one `u` undoes it.

    `reply` is the chosen answer of the scenario, or the one nearest to own words; empty if own words are none of them.
    `acts` are what own words do, each with its words ("refuses": "I will not"); `penalty` is for words that backfire.
    `effect`, `mood` and `ease` (0 to 10) are the customer's afterwards, `points` (0 to 100) rate the answer between the
    worst and the best possible. `agrees`, `refuses` and `promises` are the remedies and promises of the scenario that
    the answer settles. `hints` were seen before it, `seconds` is the time that it took. Own words of which nothing is
    understood are not `assessed`. `intents` are those that it serves, `step` is the one that it belongs to, and `takes`
    are all steps that it takes (None in calls of earlier versions). `ending` and `last_words` are set on the last
    exchange.
    """

    node: Identifier
    heard: str
    reply: Identifier
    text: str
    because: str
    given: Given = "picked"
    hints: int = 0
    seconds: float = 0.0
    assessed: bool = True
    acts: dict[Vocabulary, str] = {}
    penalty: int = 0
    effect: int
    mood: Mood
    ease: int
    points: int
    intents: tuple[Vocabulary, ...] = ()
    step: Identifier | None = None
    takes: tuple[Identifier, ...] | None = None
    reveals: Identifier | None = None
    agrees: tuple[Identifier, ...] = ()
    refuses: tuple[Identifier, ...] = ()
    promises: tuple[Identifier, ...] = ()
    ending: Identifier | None = None
    ending_kind: Vocabulary | None = None
    last_words: str = ""
    outcome: Outcome | None = None

    @property
    def own(self) -> bool:
        """Whether it was given in own words."""
        return self.given == "own-words"


class Hinted(Fact, frozen=True, kw_only=True, tag="hinted"):
    """In practice: a hint was asked for. It stays when later events are undone."""

    node: Identifier


class Undone(Fact, frozen=True, kw_only=True, tag="undone"):
    """The last event that still counted was undone."""


class Paused(Fact, frozen=True, kw_only=True, tag="paused"):
    """The call was paused; its clock stops."""


class Resumed(Fact, frozen=True, kw_only=True, tag="resumed"):
    """The call goes on, in the process of that id."""

    process: int | None = None


class Finished(Fact, frozen=True, kw_only=True, tag="finished"):
    """The call is over."""

    state: Literal["finished", "abandoned"] = "finished"


Event = (
    Started | Moved | Asked | Said | Kept | Noted | Ticked | ValueSet | CustomerNamed | ReferenceGiven | MoodSet
    | IssueSet | ChannelSet | Judged | Offered | OfferAnswered | Promised | PromiseDated | Escalated | Held | BackOn
    | Switched | Returned | CardSuggested | OutcomeChosen | CauseGiven | SummaryGiven | Exchanged | Hinted | Undone
    | Paused | Resumed | Finished
)  # fmt: skip
