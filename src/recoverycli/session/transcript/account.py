"""Builds the transcript of a call from its state."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from recoverycli.frameworks.checks import every_check
from recoverycli.session.requirements import requirements_left_open
from recoverycli.session.transcript import model as ts
from recoverycli.session.transcript.roleplay import TranscriptHint, TranscriptRoleplay, TranscriptTurn

if TYPE_CHECKING:
    from datetime import datetime

    from recoverycli.frameworks.model import Step
    from recoverycli.session.events import Outcome, Scene
    from recoverycli.session.model import Session, StepRecord, TimeSpan

_OTHER_WAY = "the call went another way"
_CALL_BACK = re.compile(r"\b(?:call|ring|phone)(?:ing|s)?\b.{0,20}?\bback\b|\bcall-?back\b", re.IGNORECASE)


class Task(NamedTuple):
    """Something to do after the call, from a step that is not shown during it."""

    id: str
    step: Step

    @property
    def what(self) -> str:
        """The task in a line."""
        return f"{self.step.name}: {self.step.goal}"


def tasks(session: Session) -> tuple[Task, ...]:
    """Return the tasks after the call: the later steps of every framework that was used, each step once."""
    later = {step.id: step for place in session.frameworks for step in place.framework.later_steps}
    return tuple(Task(f"t{number}", step) for number, step in enumerate(later.values(), start=1))


def outcome(session: Session) -> Outcome | None:
    """Return the chosen outcome, else the one that the events or the framework imply; never a guess.

    What the agent promised to do later does not change an outcome that the framework gives.
    """
    if session.outcome is not None:
        return session.outcome
    if session.escalations:
        return "escalated"
    if (giver := outcome_step(session)) is not None:
        return giver.outcome
    if any(_CALL_BACK.search(promise.what) for promise in session.promises):
        return "callback"
    return None


def outcome_step(session: Session) -> StepRecord | None:
    """Return the step that gives the call its outcome; None where the agent, the events or nothing does."""
    return None if session.outcome is not None or session.escalations else session.outcome_giver


def account(session: Session, ended_at: datetime) -> ts.Call:
    """Return the transcript of the call. `ended_at` is when it ended (aware)."""
    first = session.frameworks[0]
    return ts.Call(
        schema=1,
        id=session.id,
        kind=session.kind,
        state=session.finished.state if session.finished else "finished",
        started_at=session.started_at,
        ended_at=session.started_at + timedelta(seconds=session.lasted) if session.lasted else ended_at,
        seconds=(session.lasted or 0.0) if session.afterwards else round(session.clock.seconds, 1),
        pauses=() if session.afterwards else _spans(session.clock.pauses),
        agent=session.agent,
        channel=session.channel,
        issue=session.issue,
        found_by=session.found_by,
        customer=ts.TranscriptCustomer(session.customer, session.ref),
        values={**session.values, **session.worked_out},
        scenario=session.scene.id if session.scene else None,
        framework=ts.TranscriptFramework(
            first.framework.id, first.framework.name, first.framework.version, first.digest
        ),
        switches=tuple(
            ts.TranscriptSwitch(switch.at, switch.before, switch.after, switch.step, switch.how)
            for switch in session.switches
        ),
        steps=_steps(session),
        ours=session.ours,
        repeated=session.repeated,
        severity=session.severity,
        offers=tuple(
            ts.TranscriptOffer(
                offer.at,
                offer.remedy,
                offer.value,
                offer.currency,
                offer.within_authority,
                offer.needs,
                offer.id,
                offer.instead_of,
                offer.answer,
                offer.why,
                offer.answered_at,
            )
            for offer in session.offers
        ),
        promises=tuple(
            ts.TranscriptPromise(promise.id, promise.at, promise.what, promise.due_said, promise.due)
            for promise in session.promises
        ),
        tasks=tuple(ts.TranscriptTask(task.id, task.step.id, task.what) for task in tasks(session)),
        holds=_spans(session.holds),
        escalations=tuple(
            ts.TranscriptEscalation(handed.at, handed.to, handed.why, handed.note) for handed in session.escalations
        ),
        moods=tuple(ts.TranscriptMood(mood.at, mood.mood) for mood in session.moods),
        outcome=outcome(session),
        root_cause=session.cause,
        summary=session.summary,
        redactions=session.masked,
        cards=_cards(session),
        roleplay=_roleplay(session, session.scene) if session.scene else None,
        typed=session.typed,
        zone=session.zone,
    )


def _cards(session: Session) -> tuple[ts.TranscriptCard, ...]:
    """The cards that were suggested or opened, in the order of the call; of several openings the first."""
    suggested = {one.card: one.at for one in reversed(session.suggested)}
    known = {place.framework.id for place in session.frameworks if place.framework.card is not None}
    opened = {one.after: one.at for one in reversed(session.switches) if one.after in known}
    cards = (ts.TranscriptCard(id_, suggested.get(id_), opened.get(id_)) for id_ in {**suggested, **opened})
    return tuple(sorted(cards, key=lambda one: one.suggested_at or one.opened_at or session.started_at))


def _roleplay(session: Session, scene: Scene) -> TranscriptRoleplay:
    last = session.exchanges[-1] if session.exchanges else None
    return TranscriptRoleplay(
        digest=scene.digest,
        difficulty=scene.difficulty,
        own_words=scene.own_words,
        ending=last.ending if last else None,
        ending_kind=last.ending_kind if last else None,
        last_words=last.last_words if last else "",
        hints=tuple(TranscriptHint(hint.at, hint.node) for hint in session.hints),
        turns=tuple(
            TranscriptTurn(
                turn.at, turn.node, turn.heard, turn.reply, turn.text, turn.because, turn.penalty,
                turn.effect, turn.mood, turn.ease, turn.points, turn.step, turn.reveals, turn.acts,
                turn.agrees, turn.refuses, turn.promises, turn.given, turn.hints, turn.seconds, turn.assessed,
                turn.intents, turn.takes,
            )
            for turn in session.exchanges
        ),
        hints_shown=scene.hints,
        seed=scene.seed,
    )  # fmt: skip


def _steps(session: Session) -> tuple[ts.TranscriptStep, ...]:
    branching = {place.framework.id for place in session.frameworks if place.framework.branches}
    ahead = {record.key for record in session.route}
    return tuple(
        _step(
            record,
            session,
            off_way=session.is_off_way(record) and record.framework in branching and record.key not in ahead,
        )
        for record in _took_part(session)
    )


def _took_part(session: Session) -> tuple[StepRecord, ...]:
    """Return the steps of the call; of a framework with branches only those on the way taken or still ahead.

    The same for a card: what of it was not needed was not left out.
    """
    first, *later = session.frameworks
    branching = {place.framework.id for place in later if place.framework.branches or place.framework.card is not None}
    branching |= {first.framework.id} if first.framework.branches else set()
    ahead = {record.key for record in session.route}
    return tuple(
        record
        for record in session.steps
        if record.framework not in branching or record.visits or record.status != "open" or record.key in ahead
    )


def _spans(spans: tuple[TimeSpan, ...]) -> tuple[ts.TranscriptSpan, ...]:
    return tuple(ts.TranscriptSpan(span.at, span.until) for span in spans)


def _step(record: StepRecord, session: Session, *, off_way: bool) -> ts.TranscriptStep:
    step = record.step
    left_open = requirements_left_open(session, record)
    words = {item.id: item.text for item in every_check(step)} | {capture.id: capture.ask for capture in step.capture}
    return ts.TranscriptStep(
        id=step.id,
        framework=record.framework,
        name=step.name,
        intent=step.intent,
        also=step.also,
        phase=step.phase,
        status="skipped" if off_way else record.status,
        skipped_because=_OTHER_WAY if off_way else record.skipped_because,
        visits=tuple(ts.TranscriptVisit(visit.entered_at, visit.left_at) for visit in record.visits),
        seconds=0.0 if session.afterwards else round(session.clock.by_step.get(record.key, 0.0), 1),
        said=tuple(
            ts.TranscriptSaid(
                words.at,
                words.text,
                ts.TranscriptPhrase(words.phrase, words.source or "built-in") if words.phrase else None,
            )
            for words in record.said
        ),
        notes=tuple(ts.TranscriptNote(note.at, note.text) for note in record.notes),
        ticked=record.ticked,
        captured=record.captured,
        answers=tuple(ts.TranscriptAnswer(one.at, one.question, one.answer, one.to) for one in record.answers),
        outcome=record.outcome,
        left_open=left_open,
        items={name: words[name] for name in (*record.ticked, *left_open) if name in words},
        off_way=off_way,
    )
