"""The questions before a step is left: first what decides the way on, then what is required. Each has its own words.

A way on is never guessed. Yes and no answer what was asked, and never leave a step.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from recoverycli.errors import nearest
from recoverycli.frameworks.checks import NOT_DONE, count_words, every_check, parts_of, tickable
from recoverycli.frameworks.computed import is_computed
from recoverycli.frameworks.conditions import name_words
from recoverycli.frameworks.model import MOODS
from recoverycli.frameworks.paths import answers_of, condition_names
from recoverycli.session import events as ev
from recoverycli.session.grammar.meanings import Ambiguous, Keep, Meaning, Misunderstood, Record, Undecided
from recoverycli.session.grammar.moves import advance, leaves, move_or_return
from recoverycli.session.grammar.questions import Answered, Question, choose_reading, match_option, set_value
from recoverycli.session.requirements import depends_words, evidence_of, required_ids

if TYPE_CHECKING:
    from datetime import datetime

    from recoverycli.frameworks.model import CheckPart
    from recoverycli.session.grammar.meanings import DateReader
    from recoverycli.session.model import Session, StepRecord

_STAY, _LEAVE = "stay", "leave"
_ENTER_STAYS = "Enter stays on this step"


def question_before(session: Session, meaning: Meaning) -> Question | None:
    """Return the question to ask before `meaning` takes effect, or None."""
    if isinstance(meaning, Undecided):
        return question_of(session, meaning.open[0])
    moved = leaves(session, meaning)
    return (_ask_again(session, moved) or _ask_required(session, moved)) if moved is not None else None


def explain_undecided(session: Session, meaning: Undecided) -> Misunderstood:
    """Return why a step does not lead on where nobody can be asked, and the line that answers."""
    question = question_of(session, meaning.open[0])
    if (check := session.checks.get(question.name)) is not None:
        line = f"/set {check.id} {NOT_DONE}"
        tick = _tick_line(session.here, check) if session.here is not None else ""
        other = f" If it is not done: {line}" if tick else ""
        return Misunderstood(f"the way on depends on: {question.text}{other}", tick or line)
    answers = f" ({', '.join(question.options)})" if question.options else ""
    capture = session.captures.get(question.name)
    line = "/mood VALUE" if question.name == "mood" else f"/set {question.name} VALUE"
    # What cannot be worked out, such as a case that a table leaves out, cannot be set either.
    nearest_line = "/goto STEP" if capture is not None and is_computed(capture) else line
    return Misunderstood(f"the way on depends on: {question.text}{answers}", nearest_line)


def answer_gate(session: Session, question: Question, text: str, now: datetime, read_date: DateReader) -> Answered:
    """Return what an answer to a question of the steps does; `text` is empty for Enter."""
    if question.about == "path":
        return _decide(session, question, text, now, read_date)
    answer = match_option(question, text)
    if text and answer is None:
        return Answered(refused=Misunderstood(f"{' or '.join(question.options)}?"))
    if question.about == "keep":
        return Answered((), lambda _: Keep(warned=True)) if answer == "yes" else Answered(said="not kept")
    event = ev.Asked(at=now, question=question.text, answer=answer or _STAY)
    if answer != _LEAVE:
        return Answered((event,), said="still here")
    return Answered((event,), lambda after: _leave(after, question, now))


def required_words(session: Session) -> str:
    """Return the required items that are not done in the step on the screen, in the words of its file."""
    here = session.here
    if here is None:
        return ""
    known = evidence_of(session, here)
    texts = {item.id: (_check_words(here, item), item.when) for item in here.step.checklist}
    texts |= {one.id: (one.ask.rstrip(".?"), one.when) for one in here.step.capture}
    named = [texts[name] for name in required_ids(session, here)]
    return ", ".join(f"{text} ({depends})" if (depends := depends_words(when, known)) else text for text, when in named)


def _check_words(record: StepRecord, check: CheckPart) -> str:
    counted = count_words(check, record.ticks)
    return f"{check.text.rstrip('.?:')} ({counted})" if counted else check.text.rstrip(".?")


def _decide(session: Session, question: Question, text: str, now: datetime, read_date: DateReader) -> Answered:
    value = match_option(question, text) or text or question.proposed
    if not value and isinstance(advance(session, now), Undecided):
        return Answered(said="still here")
    if not value:
        return Answered((), lambda after: _next(after, now))
    meaning = set_value(session, question.name, value, now, read_date)
    if isinstance(meaning, Misunderstood) and question.options and question.name not in session.checks:
        near = nearest(text, question.options)
        return Answered(refused=Misunderstood(f"one of: {', '.join(question.options)}", near))
    if isinstance(meaning, Misunderstood):
        return Answered(refused=meaning)
    if isinstance(meaning, Ambiguous):
        which = choose_reading(question, meaning)
        return Answered((), lambda _: msgspec.structs.replace(which, enter=_ENTER_STAYS))
    if not isinstance(meaning, Record):
        return Answered((), lambda _: meaning)
    return Answered((meaning.event,), lambda after: _next(after, now))


def _next(session: Session, now: datetime) -> Question | Meaning:
    """Further questions of the step are asked as long as the way depends on them, then what is required."""
    on = advance(session, now)
    if isinstance(on, Undecided):
        return question_of(session, on.open[0])
    moved = leaves(session, on)
    return (_ask_required(session, moved) if moved is not None else None) or on


def question_of(session: Session, name: str) -> Question:
    """Return the question for a value that the way depends on; what was tried in an earlier round comes last."""
    if name == "mood":
        return Question("path", "How does the customer sound?", MOODS, _ENTER_STAYS, name)
    if (check := session.checks.get(name)) is not None:
        return _question_of_check(session, check)
    capture = session.captures.get(name)
    if capture is None:
        return Question("path", f"{name_words(name)}?", (), _ENTER_STAYS, name)
    if is_computed(capture):
        return Question("path", capture.ask, (), _ENTER_STAYS, name)
    answers, tried = answers_of(capture), session.tried.get(name, ())
    is_round = name in session.stale and capture.kind == "choice"
    fresh = tuple(answer for answer in answers if not is_round or answer not in tried)
    options = (*fresh, *(answer for answer in answers if answer not in fresh))
    enter = f"Enter: {capture.default}" if capture.default else _ENTER_STAYS
    if is_round:
        enter = f"tried: {', '.join(tried)} · {enter}"
    return Question("path", capture.ask, options, enter, name, proposed=capture.default or "")


def _question_of_check(session: Session, check: CheckPart) -> Question:
    """The question for a check that decides: it is ticked by `/tick`, and that it is not done has to be said."""
    here = session.here
    line = _tick_line(here, check) if here is not None else ""
    record = here if here is not None and line else _record_with(session, check)
    text = check.text.rstrip(".?:") if record is None else _check_words(record, check)
    how = f"{line} ticks · " if line else ""
    return Question("path", f"{text}.", (NOT_DONE,), f"{how}{_ENTER_STAYS}", check.id)


def _record_with(session: Session, check: CheckPart) -> StepRecord | None:
    return next((record for record in session.steps if check in every_check(record.step)), None)


def _tick_line(here: StepRecord, check: CheckPart) -> str:
    """The line that ticks the next part of a check; empty where it belongs to another step."""
    parts = parts_of(check) or (check,)
    numbered = enumerate(tickable(here.step), start=1)
    return next((f"/tick {number}" for number, one in numbered if one in parts and one.id not in here.ticks), "")


def _ask_again(session: Session, moved: ev.Moved) -> Question | None:
    """A step that was come back to asks again what decided its way, and offers the earlier answer."""
    here = session.here
    if here is None or moved.leaving != "done" or not here.step.paths:
        return None
    entered = here.visits[-1].entered_at
    if not here.answers or any(answer.at >= entered for answer in here.answers):
        return None
    own = {capture.id: capture for capture in here.step.capture if not is_computed(capture)}
    again = next((own[name] for name in condition_names(here.step) if name in own), None)
    if again is None or session.told_after.get(again.id) == len(session.entered):
        return None
    earlier = session.known.get(again.id, "")
    return Question("path", again.ask, answers_of(again), f"Enter keeps: {earlier}", again.id)


def _ask_required(session: Session, moved: ev.Moved) -> Question | None:
    """Ask once before a step is left with required items undone; a step back does not ask."""
    here = session.here
    if here is None or here.warned or not required_ids(session, here):
        return None
    if moved.leaving == "left" and _is_back(session, moved.to):
        return None
    text = f"Not yet: {required_words(session)}. Stay or leave anyway?"
    return Question("required", text, (_STAY, _LEAVE), "Enter stays", held=moved)


def _leave(session: Session, question: Question, now: datetime) -> Question | Meaning | None:
    held = question.held
    if not isinstance(held, ev.Moved):
        return None
    if held.leaving == "done":
        return advance(session, now)
    return Record(move_or_return(session, msgspec.structs.replace(held, at=now)))


def _is_back(session: Session, to: str | None) -> bool:
    trail, before = session.place.trail, session.neighbour(-1)
    return to is not None and (bool(trail and to == trail[-1].step) or bool(before and to == before.step.id))
