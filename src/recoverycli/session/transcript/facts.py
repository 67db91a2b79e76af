"""The facts of a call in short lines, for the notes and exports that a colleague works from."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from recoverycli.frameworks.model import WRAP_UP
from recoverycli.session.offer_text import answer_text, offer_text
from recoverycli.session.transcript.commitments import commitments
from recoverycli.text.format import clock, day_and_time
from recoverycli.times.wall_clock import with_offset

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime

    from recoverycli.session.transcript.commitments import Commitment
    from recoverycli.session.transcript.model import (
        Call,
        TranscriptAnswer,
        TranscriptNote,
        TranscriptOffer,
        TranscriptSaid,
        TranscriptStep,
    )

# Phrases of these steps are not said to the customer: they are for the file, or for the agent.
NOT_SAID = {"document": "For the file", "train": "For yourself"}
_WARNING = re.compile(r"\bwarn", re.IGNORECASE)


def notes(call: Call) -> list[TranscriptNote]:
    """Return the notes of all steps, oldest first."""
    return sorted((note for step in call.steps for note in step.notes), key=lambda note: note.at)


def answers(call: Call) -> list[str]:
    """Return the questions that were answered in order, each with its answer and the step that it led to."""
    told = [(one.at, answer_fact(one, step, call)) for step in call.steps for one in step.answers if one.answer]
    return [words for _, words in sorted(told, key=lambda one: one[0])]


def answer_fact(answer: TranscriptAnswer, step: TranscriptStep, call: Call) -> str:
    """Return a question of a step with its answer and the step that it led to."""
    to = led_to(answer, step, call)
    return f"{answer.question} {answer.answer}{f' ({to})' if to else ''}"


def led_to(answer: TranscriptAnswer, step: TranscriptStep, call: Call) -> str:
    """Return where an answer of a step led: `led to Refund`; empty where it led to no other step."""
    if answer.to is None:
        return ""
    names = {one.id: one.name for one in call.steps if one.framework == step.framework}
    return f"led to {names.get(answer.to, 'the wrap-up' if answer.to == WRAP_UP else answer.to)}"


def item_words(step: TranscriptStep, ids: Iterable[str]) -> list[str]:
    """Return items of a step in the words of its framework; of a transcript without them, their ids."""
    return [step.items.get(one, one) for one in ids]


def framework_steps(call: Call) -> list[TranscriptStep]:
    """Return the steps of the call that count.

    Those of cards stop a framework and are no part of it; those off the way were not needed.
    """
    cards = {card.id for card in call.cards if card.opened_at is not None} - {call.framework.id}
    return [step for step in call.steps if step.framework not in cards and not step.off_way]


def said_phrases(step: TranscriptStep) -> tuple[TranscriptSaid, ...]:
    """Return what was said to the customer in a step."""
    return () if step.intent in NOT_SAID else step.said


def judgement(call: Call) -> tuple[str, ...]:
    """Return whose fault it is, whether it happened before, and how severe it is, as far as known."""
    ours = {True: "our fault", False: "not our fault", None: ""}[call.ours]
    repeated = {True: "happened before", False: "the first time", None: ""}[call.repeated]
    return tuple(filter(None, (ours, repeated, call.severity)))


def captures(call: Call) -> list[str]:
    """Return the captured values: `order: A-17`."""
    values = {**call.values, **{name: value for step in call.steps for name, value in step.captured.items()}}
    return [f"{name.replace('_', ' ')}: {value}" for name, value in values.items()]


def about_fault(call: Call) -> list[str]:
    """Return what was said to the customer in the steps that apologize."""
    steps = (step for step in call.steps if "apologize" in {step.intent, *step.also})
    return [words.text for step in steps for words in said_phrases(step)]


def warnings(call: Call) -> list[str]:
    """Return the warnings given to the customer: what was said in a step that is for warning."""
    steps = (step for step in call.steps if _WARNING.search(step.name))
    return [words.text for step in steps for words in said_phrases(step)]


def offers(call: Call) -> list[str]:
    """Return the offers with their answers and with what they need."""
    return [offer_fact(offer) for offer in call.offers]


def offer_fact(offer: TranscriptOffer) -> str:
    """Return an offer, its answer, and whether it was beyond the agent's authority."""
    needs = f", needs {offer.needs}" if offer.needs else ""
    beyond = f"beyond the agent's authority{needs}" if offer.within_authority is False else ""
    return ", ".join(filter(None, (offer_text(offer), answer_text(offer) or "no answer yet", beyond)))


def promises(call: Call) -> list[str]:
    """Return the promises with the dates that the customer knows, and whether they were moved or done."""
    return [
        f"{one.entry.what}, {date_fact(one)}" + (", done" if one.done_at else "")
        for one in commitments(call)
        if one.kind == "promise"
    ]


def date_fact(bound: Commitment, shown: Callable[[datetime], str] = day_and_time) -> str:
    """Return by when something is to be done: what was promised, and to when it was moved; `shown` writes a time."""
    first = bound.dues[0]
    if bound.promised is None:
        return f"no date promised, planned for {shown(bound.due)}" if bound.due else "no date"
    told = []
    if bound.agreed is not None:
        told.append(f"agreed with the customer, first by {shown(first)}" if first else "agreed with the customer")
    if bound.is_moved:
        who = f" by {bound.moved.by}" if bound.moved and bound.moved.by else ""
        when = f" on {shown(with_offset(bound.moved.at))}" if bound.moved else ""
        told.append(f"moved to {shown(bound.due) if bound.due else 'no date'}{who}{when}")
    return f"by {shown(bound.promised)}" + (f" ({'; '.join(told)})" if told else "")


def holds(call: Call) -> str:
    """Return how often and how long the customer was on hold; empty where never."""
    seconds = [max(0.0, (hold.until - hold.at).total_seconds()) for hold in call.holds if hold.until]
    if not call.holds:
        return ""
    running = ", on hold now" if len(seconds) < len(call.holds) else ""
    return f"{len(call.holds)}, {clock(sum(seconds))} in all{running}"


def still_open(call: Call) -> list[str]:
    """Return what is left to do: open steps, required items, promises without a date, offers without an answer."""
    steps = [step.name for step in framework_steps(call) if step.status == "open"]
    required = [f"{item} ({step.name})" for step in call.steps for item in item_words(step, step.left_open)]
    undated = [f"a date for: {one.what}" for one in call.promises if one.due is None]
    unanswered = [f"an answer to: {offer_text(one)}" for one in call.offers if one.answer is None]
    return [*steps, *required, *undated, *unanswered]
