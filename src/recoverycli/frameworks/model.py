"""The model of a framework: frozen structs, shared by the reader, the schema and the engine."""

from __future__ import annotations

from functools import cached_property
from typing import Annotated, Literal, get_args

import msgspec

from recoverycli.content.model import AsWritten, ContentNode, FactName, Line, Name, Slug, StepPlace
from recoverycli.frameworks.conditions import When, names_of
from recoverycli.frameworks.values import CaptureKind
from recoverycli.settings.contacts import Contact

Intent = Literal[
    "listen", "acknowledge", "believe", "empathize", "apologize", "assess", "widen", "agree", "solve", "compensate",
    "thank", "explain", "notify", "follow-up", "document", "diagnose", "train",
]  # fmt: skip
Phase = Literal["live", "wrap-up", "follow-up", "organisation"]
Channel = Literal["phone", "chat", "email", "in-person", "social"]
Mood = Literal["calm", "anxious", "upset", "angry"]
Pair = Annotated[tuple[Name, ...], msgspec.Meta(min_length=2, max_length=2)]
TimeAtHand = Literal["short", "some", "ample"]
Fault = Literal["ours", "not-ours", "unclear"]
Severity = Literal["minor", "serious", "severe"]
Outcome = Literal["resolved", "partly-resolved", "escalated", "callback", "unresolved"]
# A line as it is typed; empty: Enter.
TypedLine = Annotated[
    str, msgspec.Meta(max_length=500, extra={"as_written": True}, extra_json_schema={"as-written": True})
]

INTENTS: tuple[Intent, ...] = get_args(Intent)
PHASES: tuple[Phase, ...] = get_args(Phase)
CHANNELS: tuple[Channel, ...] = get_args(Channel)
MOODS: tuple[Mood, ...] = get_args(Mood)
TIMES: tuple[TimeAtHand, ...] = get_args(TimeAtHand)
FAULTS: tuple[Fault, ...] = get_args(Fault)
SEVERITIES: tuple[Severity, ...] = get_args(Severity)
OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)

# Facts of the call, available to every phrase besides captures and the file's `placeholders`.
CALL_FACTS = ("customer", "ref", "agent", "channel", "issue")
# Facts of the settings, for phrases: the numbers of the country, and whom this card brings in.
CONTACT_FACTS = ("emergency_number", "crisis_line", "complaints_body", "contact")

# What was recorded in the call, available as well: the offered remedy, the cause, the date of what was promised.
CALL_RECORDS = ("remedy", "cause", "promise_by")

# Targets of a path besides steps: the plain order, and the wrap-up screen.
ON = "on"
WRAP_UP = "wrap-up"


class Origin(ContentNode, frozen=True, kw_only=True):
    """Who uses or wrote the framework, and where published descriptions differ."""

    used_by: tuple[Line, ...] = ()
    credit: str = ""
    notes: str = ""


class Suits(ContentNode, frozen=True, kw_only=True):
    """Where the framework fits best: an empty list fits everything, and the main channel comes first.

    `when` describes the situation, `time` is how much time is needed, `fault` whose the failure is.
    """

    channels: tuple[Channel, ...] = ()
    industries: tuple[Line, ...] = ()
    when: str = ""
    time: tuple[TimeAtHand, ...] = ()
    fault: tuple[Fault, ...] = ()


class Avoid(ContentNode, frozen=True, kw_only=True):
    """Words that backfire in this step, why they do, and what to say in their place."""

    say: Line
    because: Line
    instead: Line


class CheckPart(ContentNode, frozen=True, kw_only=True):
    """One thing to tick off."""

    id: Slug
    text: Line


class CheckItem(CheckPart, frozen=True, kw_only=True):
    """One thing to tick off, or with `of` several, of which `at-least` so many have to be ticked.

    `required` is for a company's own frameworks. Where the condition `when` is false, the check is hidden and never
    required. Conditions can name a check: it is `done` or `not done`.
    """

    required: bool = False
    at_least: Annotated[int, msgspec.Meta(ge=1, le=50)] | None = msgspec.field(default=None, name="at-least")
    of: tuple[CheckPart, ...] = ()
    when: When = msgspec.field(default_factory=dict)


class StepQuestion(ContentNode, frozen=True, kw_only=True):
    """A question to put to the customer where the condition `when` holds."""

    ask: Line
    when: When


class FamilyCapture(ContentNode, frozen=True, kw_only=True):
    """One fact to write down. Its id is also the name of a placeholder.

    `min` and `max` bound a number, an amount or a date (`today` moves with the calendar). `default` is what Enter
    answers where it is asked for. `pattern` names a pattern of the settings.
    """

    id: Name
    ask: Line
    kind: CaptureKind = "text"
    choices: tuple[Line, ...] = ()
    min: AsWritten | None = None
    max: AsWritten | None = None
    default: AsWritten | None = None
    pattern: Slug | None = None


class TableRow(ContentNode, frozen=True, kw_only=True):
    """A row of a decision table: the value when its condition holds; without `when`: in every other case."""

    when: When = msgspec.field(default_factory=dict)
    then: AsWritten


class DecisionTable(ContentNode, frozen=True, kw_only=True):
    """A decision table. `hit` says if the first row that holds counts, or if there is only one for each case."""

    hit: Literal["unique", "first"] = "unique"
    rows: tuple[TableRow, ...]


class Capture(FamilyCapture, frozen=True, kw_only=True):
    """One fact to write down in a step; `required` is for a company's own frameworks.

    Its id may stand in several steps: it is the same fact. Where the condition `when` is false, it is hidden, never
    required, and conditions that name it do not hold. With `table`, `difference`, `sum`, `share-of` (percent),
    `percent-of` (so many percent of it), `days-since` or `days-until` it is worked out from other captures, and nobody
    is asked for it.
    """

    required: bool = False
    when: When = msgspec.field(default_factory=dict)
    table: DecisionTable | None = None
    difference: Pair | None = None
    sum: tuple[Name, ...] = ()
    share_of: Pair | None = msgspec.field(default=None, name="share-of")
    percent_of: Pair | None = msgspec.field(default=None, name="percent-of")
    days_since: Name | None = msgspec.field(default=None, name="days-since")
    days_until: Name | None = msgspec.field(default=None, name="days-until")


class IssueFamily(ContentNode, frozen=True, kw_only=True):
    """A kind of complaint, and the words that people write for it.

    `ask` and `capture` are added to the first live step of the first intent in `at` that the framework has. Without
    `at` it is the step that assesses, else the one that listens.
    """

    id: Slug
    name: Line
    words: tuple[Line, ...] = ()
    at: tuple[Intent, ...] = ()
    ask: tuple[Line, ...] = ()
    capture: tuple[FamilyCapture, ...] = ()


class PhrasePromise(ContentNode, frozen=True, kw_only=True):
    """What saying a phrase promises; `by` is the placeholder that holds the date."""

    what: Line
    by: Name


class Phrase(ContentNode, frozen=True, kw_only=True):
    """A talking point. Empty `channels`, `moods` or `issues` mean: fits every one.

    `fault` is whose failure the words take for granted and `severity` how bad a case they are for; without them they
    fit every case.
    """

    say: Line
    id: str = ""
    channels: tuple[Channel, ...] = ()
    moods: tuple[Mood, ...] = ()
    issues: tuple[Line, ...] = ()
    fault: Fault | None = None
    severity: Severity | None = None
    promise: PhrasePromise | None = None
    when: dict[Name, str] = msgspec.field(default_factory=dict)
    verbatim: bool = False


class StopCard(ContentNode, frozen=True, kw_only=True):
    """What makes a framework a card: `/card` lists it with `suits.when`, and opens it from any framework.

    `suggestion` is said where the words of a note call for it ("This may be an emergency"; empty: its name).
    `contacts` are whom to bring in, in that order: the card's screen shows each as the settings have it, and a phrase
    can use the first one inside the company as `{contact}`. An empty `card: {}` is complete.
    """

    suggestion: str = ""
    contacts: tuple[Contact, ...] = ()


class StepPath(ContentNode, frozen=True, kw_only=True):
    """Where the call goes from a step when the condition `when` holds; without `when`: in every other case.

    `through` are steps to go through first. `to` is a step, `on` (the plain order) or `wrap-up`. `outcome` is how a
    call that takes it ends, in place of the outcome of the step.
    """

    when: When = msgspec.field(default_factory=dict)
    through: tuple[Slug, ...] = ()
    to: Slug = ON
    outcome: Outcome | None = None


class Step(ContentNode, frozen=True, kw_only=True, dict=True):
    """One screen of a call (`phase: live`) or one task after it.

    Its `paths` are checked when it is done, and the first that fits is taken. A step with `by_path` is only reached by
    a path: the plain order skips it. With `procedure`, an intent that was done elsewhere never marks it as done.

    When it is done, a step with `call` enters that playbook at its start. At the end of the playbook the call returns,
    and the paths of the step decide how it goes on. `outcome` is how a call ends in which it is done, until a later
    step or path has another one.
    """

    id: Slug
    name: Line
    intent: Intent
    also: tuple[Intent, ...] = ()
    phase: Phase = "live"
    goal: Line
    target_seconds: Annotated[int, msgspec.Meta(ge=1, le=86_400)] = 60
    do: tuple[Line, ...] = ()
    ask: tuple[Line | StepQuestion, ...] = ()
    avoid: tuple[Avoid, ...] = ()
    checklist: tuple[CheckItem, ...] = ()
    capture: tuple[Capture, ...] = ()
    phrases: tuple[Phrase, ...] = ()
    by_path: bool = False
    # Verification, consent, a legal notice: done only where it was done in this call.
    procedure: bool = False
    call: Slug | None = None
    paths: tuple[StepPath, ...] = ()
    outcome: Outcome | None = None

    @property
    def questions(self) -> tuple[str, ...]:
        """The words of every question to the customer."""
        return tuple(one if isinstance(one, str) else one.ask for one in self.ask)

    @property
    def conditions(self) -> tuple[When, ...]:
        """Every condition in it: of its paths, questions, checks and captures, and of the rows of tables."""
        tables = (capture.table for capture in self.capture if capture.table is not None)
        asked = (one.when for one in self.ask if not isinstance(one, str))
        parts = (*(item.when for item in self.checklist), *(capture.when for capture in self.capture))
        rows = (row.when for table in tables for row in table.rows)
        return tuple(when for when in (*(path.when for path in self.paths), *asked, *parts, *rows) if when)

    @cached_property
    def condition_names(self) -> frozenset[str]:
        """The names in its conditions; every typed line asks for them several times."""
        return frozenset(name for when in self.conditions for name in names_of(when))


class ExampleCall(ContentNode, frozen=True, kw_only=True):
    """A call that `frameworks test` plays: what it begins with, the typed lines, and what they have to lead to.

    After the `lines`, Enter is pressed up to the wrap-up screen. `path` are the steps that were entered, in order.
    Those of a playbook that is called, `verify-identity/compare`, count once the path names one of them. With `asks`,
    the call stays on the last step, because its way on depends on this value. `today` is the day of the call; without
    it, it is the present one. A dialogue shows the call of an example to a class (`recoverycli.frameworks.dialogues`).
    """

    id: Slug
    channel: Channel | None = None
    mood: Mood | None = None
    issue: Line | None = None
    set: dict[FactName, AsWritten] = msgspec.field(default_factory=dict)
    today: AsWritten | None = None
    lines: tuple[TypedLine, ...] = ()
    path: tuple[StepPlace, ...] = ()
    asks: FactName | None = None
    outcome: Outcome | None = None
    values: dict[FactName, AsWritten] = msgspec.field(default_factory=dict)


class Framework(ContentNode, frozen=True, kw_only=True):
    """A framework, ready for a call: `extends` is resolved and every phrase has its id."""

    schema: Literal[1]
    id: Slug
    version: Annotated[int, msgspec.Meta(ge=1)] = 1
    name: Line
    expands_to: Line
    summary: Line
    origin: Origin = Origin()
    suits: Suits = Suits()
    principles: tuple[Line, ...] = ()
    placeholders: tuple[Name, ...] = ()
    # If true, its live and follow-up steps also offer the shared phrases of their intents.
    shared: bool = False
    # A way out, not a recovery: its steps do not count as done in the next framework.
    stands_alone: bool = False
    # If present, `/card` lists and opens it; it has to stand alone.
    card: StopCard | None = None
    steps: Annotated[tuple[Step, ...], msgspec.Meta(min_length=1)]
    # For `frameworks test` alone. A variant has its own, because its steps lead elsewhere.
    examples: tuple[ExampleCall, ...] = ()

    @property
    def live_steps(self) -> tuple[Step, ...]:
        """The steps that are screens of the call, in order."""
        return tuple(step for step in self.steps if step.phase == "live")

    @property
    def later_steps(self) -> tuple[Step, ...]:
        """The steps that become tasks of the wrap-up screen, in order."""
        return tuple(step for step in self.steps if step.phase != "live")

    @property
    def branches(self) -> bool:
        """Whether the order of its steps depends on answers, or a step calls another playbook."""
        return any(step.paths or step.by_path or step.call is not None for step in self.steps)

    @property
    def calls(self) -> tuple[str, ...]:
        """The ids of the playbooks that its steps call, each once."""
        return tuple(dict.fromkeys(step.call for step in self.steps if step.call is not None))

    @property
    def group(self) -> Literal["framework", "playbook", "card"]:
        """What it is in lists: a card, a playbook that branches, or a framework."""
        if self.card is not None:
            return "card"
        return "playbook" if self.branches else "framework"

    def step(self, step_id: str) -> Step | None:
        """Return the step with that id, or None."""
        return next((step for step in self.steps if step.id == step_id), None)
