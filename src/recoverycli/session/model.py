"""The state of a call, as frozen structs."""

from __future__ import annotations

import itertools
from datetime import datetime
from typing import Literal

import msgspec

from recoverycli.frameworks.checks import DONE, check_capture, every_check, is_done, named_checks
from recoverycli.frameworks.computed import complete, is_computed
from recoverycli.frameworks.model import (
    Capture,
    Channel,
    CheckPart,
    Framework,
    IssueFamily,
    Mood,
    Phrase,
    Severity,
    Step,
)
from recoverycli.frameworks.paths import Onward, answers_of, onward
from recoverycli.frameworks.values import Known, typed_values, value_words
from recoverycli.session import events as ev
from recoverycli.settings.contacts import OUTSIDE, Contact
from recoverycli.settings.model import Address

Status = Literal["done", "skipped", "open"]
SwitchKind = Literal["switch", "call", "return"]
# The contacts outside the company, by the names that phrases use.
_NUMBERS: dict[str, Contact] = {
    "emergency_number": "emergency",
    "crisis_line": "crisis-line",
    "complaints_body": "complaints",
}


class Visit(msgspec.Struct, frozen=True):
    """One stay on a step's screen."""

    entered_at: datetime
    left_at: datetime | None = None


class Utterance(msgspec.Struct, frozen=True):
    """What was said: `phrase` is the id of the phrase, None for the agent's own words."""

    at: datetime
    text: str
    phrase: str | None = None
    source: ev.PhraseSource | None = None


class Note(msgspec.Struct, frozen=True):
    """A note for the file."""

    at: datetime
    text: str


class Answer(msgspec.Struct, frozen=True):
    """An answer to a question of a step, and the step or `wrap-up` that it led to (None if to none)."""

    at: datetime
    question: str
    answer: str
    to: str | None = None


class StepRecord(msgspec.Struct, frozen=True):
    """A live step and what happened in it."""

    framework: str
    step: Step
    status: Status = "open"
    skipped_because: str | None = None
    visits: tuple[Visit, ...] = ()
    said: tuple[Utterance, ...] = ()
    notes: tuple[Note, ...] = ()
    ticked: tuple[str, ...] = ()
    captured: dict[str, str] = {}
    answers: tuple[Answer, ...] = ()
    # Whether the question about leaving with required items undone was asked already.
    warned: bool = False
    # It was left by a step back, so that it is on the way of the call only where an answer leads to it again.
    gone_back: bool = False
    # The playbook that the step calls came to its end, so that the step leads on.
    returned: bool = False
    # Ticks of an earlier round of a loop, or of an earlier call of the playbook, which count no more.
    old_ticks: tuple[str, ...] = ()
    # How the call ends by the framework, once the step was done.
    outcome: ev.Outcome | None = None

    @property
    def key(self) -> tuple[str, str]:
        """Framework id and step id: unique in a call."""
        return self.framework, self.step.id

    @property
    def ticks(self) -> tuple[str, ...]:
        """Ids of what is ticked now."""
        return tuple(item for item in self.ticked if item not in self.old_ticks)


class Promise(msgspec.Struct, frozen=True):
    """A promise; `due` is None if no date was recognised."""

    id: str
    at: datetime
    what: str
    due_said: str | None = None
    due: datetime | None = None


class Offer(msgspec.Struct, frozen=True):
    """A remedy that was offered, and the customer's answer, None until there is one."""

    id: str
    at: datetime
    remedy: str
    value: float | None = None
    currency: str | None = None
    within_authority: bool | None = None
    needs: str | None = None
    instead_of: str | None = None
    answer: ev.OfferAnswer | None = None
    why: str | None = None
    answered_at: datetime | None = None


class TimeSpan(msgspec.Struct, frozen=True):
    """A stretch of time that may still be running: a pause, a hold."""

    at: datetime
    until: datetime | None = None


class Switch(msgspec.Struct, frozen=True):
    """A change of framework during the call, and the step that was left by it, None on the wrap-up screen.

    `how` says if a step called the playbook, or if a called playbook came to its end.
    """

    at: datetime
    before: str
    after: str
    step: str | None = None
    how: SwitchKind = "switch"


class LeftStep(msgspec.Struct, frozen=True):
    """A step that was left for another, and the remaining steps of its path at that time."""

    step: str
    queue: tuple[str, ...] = ()


class StepPosition(msgspec.Struct, frozen=True):
    """A framework of the call and the step where it stands; `step` is None on the wrap-up screen.

    `queue` is the rest of a path, `trail` the steps that led here.
    """

    framework: Framework
    digest: str
    step: str | None
    source: ev.PhraseSource = "built-in"
    queue: tuple[str, ...] = ()
    trail: tuple[LeftStep, ...] = ()
    # A step of the framework before it called this one.
    called: bool = False


class Clock(msgspec.Struct, frozen=True):
    """Seconds measured from one event to the next, in the journal's order: a clock set back adds nothing, takes
    nothing.
    """

    last_at: datetime
    seconds: float = 0.0
    by_step: dict[tuple[str, str], float] = {}
    pauses: tuple[TimeSpan, ...] = ()

    @property
    def paused(self) -> bool:
        """Whether a pause is running."""
        return bool(self.pauses) and self.pauses[-1].until is None


ArrangedBy = tuple[
    str, str, int, str | None, str | None, str | None, bool | None, str | None, tuple[tuple[str, str], ...],
    tuple[Promise, ...],
]  # fmt: skip


class ApologyCheck(msgspec.Struct, frozen=True):
    """A part of an apology, whether it was said, and the number of the phrase that offers it (None: none does)."""

    id: str
    name: str
    said: bool
    number: int | None = None


class Arrangement(msgspec.Struct, frozen=True):
    """The phrases of a step in the order of their numbers, and what that order depends on.

    It is made for the screen and not stored; a call without one shows the phrases of its framework.
    `own` are the ids of the agent's own phrases, `shared` says where phrases of other files than the framework's are
    from, and `parts` are those of the apology where the step is one.
    """

    by: ArrangedBy
    phrases: tuple[Phrase, ...] = ()
    own: frozenset[str] = frozenset()
    shared: dict[str, ev.PhraseSource] = {}
    parts: tuple[ApologyCheck, ...] = ()


class Session(msgspec.Struct, frozen=True):
    """A call as it stands after some events."""

    id: str
    kind: ev.Kind
    started_at: datetime
    # The stack of frameworks in use: a switch pushes one, a return pops it.
    places: tuple[StepPosition, ...]
    # Every framework that was entered, in the order of entering.
    frameworks: tuple[StepPosition, ...]
    steps: tuple[StepRecord, ...]
    clock: Clock
    last_step: str | None = None
    ending: bool = False
    agent: str | None = None
    channel: Channel | None = None
    issue: str | None = None
    family: IssueFamily | None = None
    customer: str | None = None
    ref: str | None = None
    found_by: ev.FoundBy = "customer"
    afterwards: bool = False
    lasted: float | None = None
    zone: str | None = None
    # The words of each value, and what they were read as.
    values: dict[str, str] = {}
    typed: dict[str, str] = {}
    # The steps in the order in which they were entered, and how many that were when each value was told.
    entered: tuple[tuple[str, str], ...] = ()
    told_after: dict[str, int] = {}
    # The values of an earlier round of a loop, which are asked for again, and every answer that was tried.
    stale: frozenset[str] = frozenset()
    tried: dict[str, tuple[str, ...]] = {}
    moods: tuple[ev.MoodSet, ...] = ()
    ours: bool | None = None
    repeated: bool | None = None
    severity: Severity | None = None
    judged: bool = False
    offers: tuple[Offer, ...] = ()
    promises: tuple[Promise, ...] = ()
    holds: tuple[TimeSpan, ...] = ()
    escalations: tuple[ev.Escalated, ...] = ()
    switches: tuple[Switch, ...] = ()
    outcome: ev.Outcome | None = None
    cause: str | None = None
    summary: str | None = None
    masked: int = 0
    process: int | None = None
    finished: ev.Finished | None = None
    arrangement: Arrangement | None = None
    # How phrases address the customer: a setting of the desk, not stored.
    address: Address = "given-name"
    scene: ev.Scene | None = None
    exchanges: tuple[ev.Exchanged, ...] = ()
    hints: tuple[ev.Hinted, ...] = ()
    # The cards that the agent's words suggested.
    suggested: tuple[ev.CardSuggested, ...] = ()
    # Whom to bring in, the usual currency, and the forms of numbers, by the settings of this desk: made for the screen
    # and not stored, like the arrangement.
    contacts: dict[Contact, str] = {}
    currency: str | None = None
    patterns: dict[str, str] = {}
    # The last event and the state before it: `u` goes back along these.
    before: Before | None = None

    @property
    def place(self) -> StepPosition:
        """The framework in use, and the position in it."""
        return self.places[-1]

    @property
    def framework(self) -> Framework:
        """The framework in use."""
        return self.place.framework

    @property
    def at_wrap_up(self) -> bool:
        """Whether the wrap-up screen is shown."""
        return self.place.step is None

    @property
    def here(self) -> StepRecord | None:
        """The step on the screen; None on the wrap-up screen."""
        return self.record(self.place.step) if self.place.step is not None else None

    @property
    def latest(self) -> StepRecord:
        """The step on the screen, or the one that was left last: notes and words belong to it."""
        return self.here or self.record(self.last_step or "") or self.walk[-1]

    @property
    def walk(self) -> tuple[StepRecord, ...]:
        """The live steps of the framework in use, in order."""
        used = self.framework.id
        return tuple(record for record in self.steps if record.framework == used)

    @property
    def mood(self) -> Mood | None:
        """The latest mood of the customer."""
        return self.moods[-1].mood if self.moods else None

    @property
    def on_hold(self) -> bool:
        """Whether the customer is on hold now."""
        return bool(self.holds) and self.holds[-1].until is None

    @property
    def known(self) -> dict[str, str]:
        """The known values by name: captured values and the call's own facts."""
        told = {name: self.contacts.get(kind) for name, kind in _NUMBERS.items()}
        told["contact"] = next((self.contacts.get(one) for one in self.own_contacts), None)
        settings = {name: value for name, value in told.items() if value}
        facts = {name: value for name, value in self._facts.items() if value}
        return {**settings, **self.values, **facts, **self.worked_out}

    @property
    def captures(self) -> dict[str, Capture]:
        """The captures of the framework in use by id, and those of the playbooks that it called or that called it.

        Where several steps have one, that of the screen counts.
        """
        here = (self.here.step,) if self.here else ()
        linked = (record.step for record in self._linked)
        steps = (*linked, *self.framework.later_steps, *(record.step for record in reversed(self.walk)), *here)
        checks = {name: check_capture(check) for name, check in self.checks.items()}
        return {**checks, **{capture.id: capture for step in steps for capture in step.capture}}

    @property
    def checks(self) -> dict[str, CheckPart]:
        """The checks that conditions name, in the framework in use and in the playbooks that it calls."""
        return named_checks(self.framework, (record.step for record in (*self._linked, *self.walk)))

    @property
    def done_checks(self) -> dict[str, str]:
        """The checks that conditions name and that are done."""
        names = self.checks
        if not names:
            return {}
        records = (*self._linked, *self.walk)
        each = [(check, record.ticks) for record in records for check in every_check(record.step) if check.id in names]
        # Where two playbooks have a check of the same id, a tick in one of them is none in the other.
        open_ = {check.id for check, ticks in each if not is_done(check, ticks)}
        return {check.id: DONE for check, _ in each if check.id not in open_}

    @property
    def _linked(self) -> tuple[StepRecord, ...]:
        """The steps of the playbooks that the framework in use called, and of those that called it."""
        linked = {*self.framework.calls, *self._callers}
        return tuple(record for record in self.steps if record.framework in linked) if linked else ()

    @property
    def _callers(self) -> tuple[str, ...]:
        """The ids of the playbooks that led to the one in use by calling it."""
        called = itertools.takewhile(lambda place: place.called, reversed(self.places))
        return tuple(place.framework.id for place in self.places[-1 - len(tuple(called)) : -1])

    @property
    def evidence(self) -> Known:
        """What conditions look at: the known values by their kind, without those that a loop asks for again.

        A value of another framework that is no answer to the question of this one does not count.
        """
        captures = self.captures
        told = {**self.values, **{name: value for name, value in self._facts.items() if value}}
        no_answers = {
            name
            for name, capture in captures.items()
            if name in told
            and (choices := answers_of(capture))
            and told[name].casefold() not in map(str.casefold, choices)
        }
        words = {name: value for name, value in told.items() if name not in self.stale | no_answers} | self.done_checks
        kinds = {name: capture.kind for name, capture in captures.items()}
        return complete(captures, Known(typed_values(kinds, words, self.typed), self.clock.last_at.date()))

    @property
    def worked_out(self) -> dict[str, str]:
        """The words of the values that are worked out from others, and of the checks that are done."""
        names = [name for name, capture in self.captures.items() if is_computed(capture)]
        values = self.evidence.values if names else {}
        return {name: value_words(values[name]) for name in names if name in values} | self.done_checks

    @property
    def _facts(self) -> dict[str, str | None]:
        """The call's own facts that conditions and phrases may name."""
        return {
            "customer": self.customer,
            "ref": self.ref,
            "agent": self.agent,
            "channel": self.channel,
            "issue": self.issue,
            "mood": self.mood,
        }

    @property
    def own_contacts(self) -> tuple[Contact, ...]:
        """Whom the card in use brings in inside the company, in its order."""
        card = self.framework.card
        return tuple(one for one in card.contacts if one not in OUTSIDE) if card is not None else ()

    @property
    def onward(self) -> Onward | None:
        """Where the step on the screen leads, or what that depends on; None on the wrap-up screen."""
        here = self.here
        return onward(self.framework.live_steps, here.step, self.place.queue, self.evidence) if here else None

    @property
    def route(self) -> tuple[StepRecord, ...]:
        """The steps of this framework that the call went through, and the known steps ahead.

        Without branches these are all of its steps, in order.
        """
        if not self.framework.branches:
            return self.walk
        ahead, _ = self._ahead(self.onward)
        been = [
            record for record in self.walk if (record.visits or record.status != "open") and not self.is_off_way(record)
        ]
        been.sort(key=lambda record: record.visits[0].entered_at if record.visits else self.started_at)
        return tuple({record.key: record for record in (*been, *ahead)}.values())

    @property
    def depends_on(self) -> tuple[str, ...]:
        """The names without a value that the way depends on, at the end of the known steps ahead."""
        return self._ahead(self.onward)[1] if self.framework.branches else ()

    def _ahead(self, following: Onward | None) -> tuple[list[StepRecord], tuple[str, ...]]:
        """The known steps from the following one on, and the names that the way after them depends on."""
        records = {record.step.id: record for record in self.walk}
        ahead: list[StepRecord] = []
        known = self.evidence
        while following is not None and following.to in records and records[following.to] not in ahead:
            here = records[following.to]
            ahead.append(here)
            following = onward(self.framework.live_steps, here.step, following.queue, known)
        open_ = following.open if following is not None else ()
        return ahead, open_

    @property
    def complete(self) -> bool:
        """Whether every live step of the framework that the call goes through is done or skipped."""
        if self.depends_on or any(place.called for place in self.places):
            return False
        return all(record.status != "open" for record in self.route)

    @property
    def outcome_giver(self) -> StepRecord | None:
        """The step whose outcome is the latest by which the frameworks end the call; None if none has one."""
        giving = [record for record in self.steps if record.outcome is not None]
        return max(giving, key=lambda record: self._last_entered(record.key), default=None)

    def _last_entered(self, key: tuple[str, str]) -> int:
        return max((number for number, one in enumerate(self.entered) if one == key), default=-1)

    @property
    def history(self) -> tuple[Before, ...]:
        """Every event that was not undone, in order, each with the state before it."""
        found: list[Before] = []
        before = self.before
        while before is not None:
            found.append(before)
            before = before.session.before
        return tuple(reversed(found))

    def is_off_way(self, record: StepRecord) -> bool:
        """Whether a step was only gone back from, so that it is on the way only where an answer leads to it again.

        On the wrap-up screen it is open if the step that was left last would still lead to it.
        """
        if not record.gone_back or record.status != "open":
            return False
        if not self.at_wrap_up:
            return True
        following = onward(self.framework.live_steps, self.latest.step, (), self.evidence)
        return record not in self._ahead(following)[0]

    def record(self, step_id: str) -> StepRecord | None:
        """Return the record of a step of the framework in use."""
        return next((record for record in self.walk if record.step.id == step_id), None)

    def neighbour(self, offset: int) -> StepRecord | None:
        """Return the step `offset` places from the one on the screen, in the framework's order."""
        ids = [record.step.id for record in self.walk]
        if self.place.step is None:
            return None
        index = ids.index(self.place.step) + offset
        return self.walk[index] if 0 <= index < len(ids) else None


class Before(msgspec.Struct, frozen=True):
    """An event, and the state that it changed."""

    event: ev.Event
    session: Session
