"""One call as it was: who and what, step by step along its time, and how it ended."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from msgspec.structs import replace

from recoverycli.pages.page import Row, Section
from recoverycli.session.offer_text import offer_text
from recoverycli.session.transcript import facts
from recoverycli.session.transcript.amendments import AMENDABLE, current_call, is_amendable
from recoverycli.session.transcript.commitments import commitments
from recoverycli.session.transcript.model import TranscriptPromise
from recoverycli.text.format import clock
from recoverycli.times.recorded import recorded_time
from recoverycli.times.wall_clock import offset_mark, to_recorded

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from datetime import datetime

    from recoverycli.session.transcript.commitments import Commitment
    from recoverycli.session.transcript.model import Call, TranscriptSpan, TranscriptStep, TranscriptSwitch

    Entry = tuple[datetime, Row]


_YES_NO = {True: "yes", False: "no", None: ""}


def call_page(stored: Call, pushed_by: str = "") -> tuple[Section, ...]:
    """Return the page of a call with the values of today: its head, its steps in order, how it ended.

    `pushed_by` is the role that a call of a team's database belongs to.
    """
    call = current_call(stored)
    steps = walked_steps(call)
    happened = by_step(call, steps)
    last = happened.pop()
    parts = [Section(rows=(*head(call), *([Row("Pushed by", pushed_by)] if pushed_by else [])))]
    for number, (step, rows) in enumerate(zip(steps, happened, strict=True), start=1):
        of = f", {step.framework}" if call.switches else ""
        length = f", {clock(step.seconds)}" if step.seconds else ""
        aside = f"{step.status}{length}{of}"
        parts.append(Section(f"Step {number}: {step.name}", aside, rows=(*rows, *step_facts(step))))
    last_words = (
        (Row("Customer", f'"{call.roleplay.last_words}"'),) if call.roleplay and call.roleplay.last_words else ()
    )
    rows = (*last_words, *last, *unvisited_steps(call, steps), *end_rows(call))
    parts.append(Section(title="How it ended", rows=rows))
    return tuple(parts)


def head(call: Call) -> Iterator[Row]:
    """Return the facts of a call; what is not known is left out."""
    told = (
        ("Call", call.id),
        ("Kind", call.kind if call.kind != "call" else ""),
        ("When", f"{_day(call, call.started_at)}{_place(call)}{_length_text(call)}"),
        ("Scenario", _practice_words(call)),
        ("Framework", ", then ".join(frameworks(call))),
        ("Customer", ", ".join(filter(None, (call.customer.name, call.customer.ref)))),
        ("Channel", call.channel or ""),
        ("Issue", call.issue or ""),
        ("Severity", call.severity or ""),
        ("Our fault", _YES_NO[call.ours]),
        ("Repeated", _YES_NO[call.repeated]),
        ("Found by", call.found_by if call.found_by != "customer" else ""),
        ("Agent", call.agent or ""),
        ("Mood", mood_course(call)),
        ("Outcome", "abandoned" if call.state == "abandoned" else call.outcome or "left open"),
    )
    return (Row(label, value) for label, value in told if value)


def _length_text(call: Call) -> str:
    """How long the call took; a call that was entered afterwards has no length."""
    paused = ", pauses left out" if call.pauses else ""
    return f", {clock(call.seconds)} long{paused}" if call.seconds else ""


def _place(call: Call) -> str:
    """The zone in which the call was recorded, where that is not the reader's."""
    return f" ({call.zone})" if call.zone and offset_mark(call.started_at) else ""


def _practice_words(call: Call) -> str:
    if call.roleplay is None:
        return ""
    own = "in own words" if call.roleplay.own_words else ""
    ended = call.roleplay.ending_kind or "left before the end"
    drawn = "" if call.roleplay.seed is None else f"seed {call.roleplay.seed}"
    return ", ".join(filter(None, (call.scenario, call.roleplay.difficulty, own, drawn, ended)))


def frameworks(call: Call) -> Iterator[str]:
    """The frameworks in the order of the call: the first by its name, those after a switch by their ids."""
    yield call.framework.name
    for switch in call.switches:
        yield call.framework.name if switch.after == call.framework.id else switch.after


def mood_course(call: Call) -> str:
    """Return how the mood went: `angry, then calm, then upset`; a repeated mood is shown once."""
    moods = [mood.mood for mood in call.moods]
    return ", then ".join(mood for index, mood in enumerate(moods) if index == 0 or moods[index - 1] != mood)


def walked_steps(call: Call) -> list[TranscriptStep]:
    """Return the steps that were on the screen. Without a switch their order is the framework's, whatever the clock."""
    steps = [step for step in call.steps if step.visits or step.said or step.notes or step.status == "skipped"]
    if not call.switches:
        return steps
    # A step that was skipped unseen stays behind the one before it in the framework.
    reached, keyed = call.started_at, []
    for step in steps:
        reached = step.visits[0].entered_at if step.visits else reached
        keyed.append((reached, step))
    return [step for _, step in sorted(keyed, key=lambda pair: pair[0])]


def by_step(call: Call, steps: list[TranscriptStep]) -> list[tuple[Row, ...]]:
    """Return what happened in each step by its time, and in the last place what came after the last of them."""
    happened: list[list[Entry]] = [[] for _ in steps]
    happened.append([])
    for at, row in moments(call):
        happened[place_of(at, steps)].append((at, row))
    opened = {card.id for card in call.cards if card.opened_at is not None}
    for switch in call.switches:
        # A switch at the start of the next step belongs to the step that was left.
        left = [index for index, step in enumerate(steps) if any(visit.left_at == switch.at for visit in step.visits)]
        place = left[0] if left else place_of(switch.at, steps)
        happened[place].append((switch.at, _switch_row(switch, opened)))
    for step, entries in zip(steps, happened, strict=False):
        for said in step.said:
            label = facts.NOT_SAID.get(step.intent) or ("Said" if said.phrase else "Own words")
            entries.append((said.at, Row(label, f'"{said.text}"')))
        entries += [(note.at, Row("Noted", note.text)) for note in step.notes]
        entries += [
            (gone.at, Row("Answered", f"{gone.question} {gone.answer}", facts.led_to(gone, step, call)))
            for gone in step.answers
            if gone.answer
        ]
        entries.sort(key=lambda entry: (entry[0], _ORDER.get(entry[1].label, 0) if call.roleplay else 0))
    return [tuple(replace(row, at=since(at, call)) for at, row in entries) for entries in happened]


def _switch_row(switch: TranscriptSwitch, cards: Collection[str]) -> Row:
    if switch.after in cards:
        return Row("Card opened", switch.after)
    if switch.before in cards:
        return Row("Card left", f"back to {switch.after}")
    if switch.how == "call":
        return Row("Called", f"{switch.after}, from {switch.before}")
    if switch.how == "return":
        return Row("Returned", f"from {switch.before} to {switch.after}")
    return Row("Switched", f"from {switch.before} to {switch.after}")


# An exchange in practice is one moment: they speak, they are answered, what own words did, and their mood follows.
_ORDER = {"Customer": 0, "Said": 1, "Own words": 1, "Feedback": 2, "Mood": 3}


def moments(call: Call) -> Iterator[Entry]:
    """Events of the whole call."""
    if call.roleplay is not None:
        yield from ((turn.at, Row("Customer", f'"{turn.heard}"')) for turn in call.roleplay.turns)
        yield from ((turn.at, Row("Feedback", turn.because)) for turn in call.roleplay.turns if turn.own)
    yield from ((mood.at, Row("Mood", mood.mood)) for mood in call.moods)
    yield from ((hold.at, Row("On hold", _length(hold))) for hold in call.holds)
    yield from ((pause.at, Row("Paused", _length(pause))) for pause in call.pauses)
    for offer in call.offers:
        yield offer.at, Row("Offered", offer_text(offer))
        if offer.answer is not None and offer.answered_at is not None:
            why = f": {offer.why}" if offer.why else ""
            yield offer.answered_at, Row(offer.answer.capitalize(), f"{offer_text(offer)}{why}")
    yield from ((card.suggested_at, Row("Card suggested", card.id)) for card in call.cards if card.suggested_at)
    for promise in call.promises:
        due = f", by {_day(call, promise.due)}" if promise.due else ""
        yield promise.at, Row("Promised", f"{promise.what}{due}")
    for handed in call.escalations:
        yield handed.at, Row("Escalated", f"to {handed.to}: {handed.why}" if handed.to else handed.why)


def place_of(at: datetime, steps: list[TranscriptStep]) -> int:
    """Return the index of the step that was on the screen at a moment; their number once all had been left."""
    visits = [(visit, index) for index, step in enumerate(steps) for visit in step.visits]
    begun = [(visit.entered_at, visit.left_at, index) for visit, index in visits if visit.entered_at <= at]
    if not begun:
        return 0
    _, left_at, index = max(begun, key=lambda visit: visit[0])
    left = left_at is not None and at > left_at
    return len(steps) if left and all(visit.entered_at <= at for visit, _ in visits) else index


def step_facts(step: TranscriptStep) -> Iterator[Row]:
    """The facts of a step besides its time line."""
    if step.ticked:
        yield Row("Ticked", "; ".join(facts.item_words(step, step.ticked)))
    yield from (Row(name.replace("_", " ").capitalize(), value) for name, value in step.captured.items())
    if step.status == "skipped":
        yield Row("Skipped", step.skipped_because or "no reason was given")
    if step.outcome is not None:
        yield Row("Ends as", f"{step.outcome}, by the framework")
    if step.left_open:
        yield Row("Left open", "; ".join(facts.item_words(step, step.left_open)))


def unvisited_steps(call: Call, steps: list[TranscriptStep]) -> Iterator[Row]:
    """The steps that never were on the screen: their intent was done already, or the call ended before them."""
    unseen = [step for step in call.steps if step not in steps]
    for status, label in (("done", "Done already"), ("open", "Not reached")):
        names = [f"{step.name} ({step.framework})" if call.switches else step.name for step in unseen
                 if step.status == status]  # fmt: skip
        if names:
            yield Row(label, ", ".join(names))


def end_rows(call: Call) -> Iterator[Row]:
    """Offers, promises and escalations; the cause, and what is left to do."""
    yield from (Row("Offer", offer) for offer in facts.offers(call))
    for bound in commitments(call):
        if isinstance(bound.entry, TranscriptPromise):
            said = f' ("{bound.entry.due_said}" was said)' if bound.entry.due_said and not bound.due else ""
            promised = facts.date_fact(bound, partial(_day, call))
            yield Row("Promise", f"{bound.entry.what}, {promised}{said}", _since_then(bound, call))
    yield from (Row("Hand-over note", handed.note) for handed in call.escalations if handed.note)
    told = (("Cause", call.root_cause), ("Summary", call.summary))
    yield from (Row(label, value) for label, value in told if value)
    for bound in commitments(call):
        if bound.kind == "task":
            due = f", by {_day(call, bound.due)}" if bound.due else ""
            yield Row("Done" if bound.done_at else "To do", f"{bound.entry.what}{due}", _since_then(bound, call))
    for task in call.tasks if call.state != "finished" else ():
        yield Row("To do", task.what)
    if call.redactions:
        masked = "1 card number or code" if call.redactions == 1 else f"{call.redactions} card numbers or codes"
        yield Row("Masked", masked)
    for amended in call.amendments:
        if amended.field in AMENDABLE:
            name = amended.field.removeprefix("root_").removeprefix("customer.")
            was = f"was {amended.old}" if amended.old else "was open"
            yield Row("Corrected", f"{name}: {amended.new or 'open'}", f"{was}, {_day(call, amended.at)}")
        elif is_amendable(amended.field):
            kind = amended.field.partition(".")[0].removesuffix("s")
            yield Row("Removed" if amended.new is None else "Added", kind, _day(call, amended.at))
        elif amended.field == "reopened":
            yield Row("Reopened", f"saved again {_day(call, amended.at)}")
        elif amended.field == "erased":
            yield Row("Erased", f"mentions of a person, in {amended.new} places", _day(call, amended.at))


def _since_then(bound: Commitment, call: Call) -> str:
    """The changes of a promise or a task after the call."""
    first = bound.dues[0]
    put_off = f"first by {_day(call, first)}" if bound.kind == "task" and first and first != bound.due else ""
    done = f"done {_day(call, bound.done_at)}" if bound.done_at else ""
    content = "" if bound.satisfied is None else f"the customer was {'' if bound.satisfied else 'not '}satisfied"
    return ", ".join(filter(None, (put_off, done, content)))


def _day(call: Call, moment: datetime) -> str:
    """A time as the clocks showed it where the call was recorded."""
    return recorded_time(to_recorded(moment, call.zone, call.started_at))


def since(at: datetime, call: Call) -> str:
    """Return how far into the call a moment was."""
    return clock(max(0.0, (at - call.started_at).total_seconds()))


def _length(span: TranscriptSpan) -> str:
    if span.until is None:
        return "to the end"
    return f"for {clock(max(0.0, (span.until - span.at).total_seconds()))}"
