"""The screens of a call as lines that read well aloud: labels in place of symbols, nothing drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recoverycli.frameworks.checks import count_words, tickable
from recoverycli.frameworks.computed import is_computed
from recoverycli.frameworks.paths import answers_of
from recoverycli.live.profile_note import profile_note
from recoverycli.live.responses import offer_lines
from recoverycli.session.contacts import contact_lines, way_back
from recoverycli.session.events import OUTCOMES
from recoverycli.session.grammar.commands import COMMANDS
from recoverycli.session.grammar.gates import question_of
from recoverycli.session.phrases import phrases, source_of, spoken_text
from recoverycli.session.requirements import applies, checklist, deciding_names, depends_words, questions, required_ids
from recoverycli.session.transcript.account import account, outcome, outcome_step, tasks
from recoverycli.terminal.views.call.known import known_words, restates, session_notes
from recoverycli.text.format import day_and_time

if TYPE_CHECKING:
    from recoverycli.frameworks.model import Capture, CheckItem
    from recoverycli.frameworks.values import Known
    from recoverycli.session.grammar.questions import Question
    from recoverycli.session.model import Session, StepRecord

_FIRST_PHRASES = 3


def screen(session: Session, *, more: bool = False) -> list[str]:
    """Return the screen that the call stands on."""
    here = session.here
    return wrap_up(session) if here is None else step(session, here, more=more)


def step(session: Session, here: StepRecord, *, more: bool = False) -> list[str]:
    """Return a step: its place and goal, what to ask, the words to say, what to avoid; with `more` all of it."""
    content = here.step
    route = [record.key for record in session.route]
    number = route.index(here.key) + 1
    total = "" if session.depends_on else f" of {len(route)}"
    lines = [
        f"{session.framework.name}, step {number}{total}: {content.name}.",
        f"Goal: {content.goal}",
    ]
    lines += [" ".join(filter(None, (one.text, one.hint))) for one in contact_lines(session)]
    lines += [f"{back}." for back in (way_back(session),) if back]
    if number == 1 and not here.visits[1:]:
        lines += [f"Principle: {principle}" for principle in session.framework.principles]
    lines += [] if more else known_lines(session, here)
    if more:
        lines += [f"Do: {item}" for item in content.do]
    known = session.evidence
    asked = questions(content, known, undecided=more)
    lines += [f"Ask: {question}" for question in (asked if more else asked[:1])]
    offered = phrases(session)
    for place, phrase in enumerate(offered if more else offered[:_FIRST_PHRASES], start=1):
        yours = ", yours" if source_of(session, phrase) == "personal" else ""
        lines.append(f"Say {place}{yours}: {spoken_text(session, phrase)}")
    lines += parts(session)
    for avoid in content.avoid if more else content.avoid[:1]:
        because = f" {avoid.because}" if more else ""
        lines.append(f'Avoid: "{avoid.say}".{because} Say instead: "{avoid.instead}"')
    lines += checklist_lines(here, known)
    if content.call is not None and not here.returned:
        lines.append(f"First, {content.call} is gone through; then the call comes back to this step.")
    elif session.onward is not None and session.onward.open:
        lines.append(f"What comes next depends on: {question_of(session, session.onward.open[0]).text}")
    lines += capture_lines(session, here, known, more=more)
    return [*lines, *said_and_noted(here)] if more else lines


def checklist_lines(here: StepRecord, known: Known) -> list[str]:
    """Return what is to be ticked; a counted check says before its parts how far it is."""
    lines: list[str] = []
    numbers = {part.id: number for number, part in enumerate(tickable(here.step), start=1)}
    for item in checklist(here.step, known):
        about = ", ".join(filter(None, (_need_words(item, known), count_words(item, here.ticks) if item.of else "")))
        if item.of:
            lines.append(f"Checklist, {about}: {item.text}")
        for part in item.of or (item,):
            state = "done" if part.id in here.ticks else "open"
            told = f"{state}, {about}" if about and not item.of and state == "open" else state
            lines.append(f"Checklist {numbers[part.id]}, {told}: {part.text}")
    return lines


def capture_lines(session: Session, here: StepRecord, known: Known, *, more: bool) -> list[str]:
    """Return the captured values, and how those are filled that are required, that decide, or that come next."""
    lines: list[str] = []
    required = required_ids(session, here)
    wanted = {*required, *deciding_names(session, here.step), next_fact(session)}
    for capture in here.step.capture:
        value = here.captured.get(capture.id, session.worked_out.get(capture.id))
        if not applies(capture.when, known) or (value is None and is_computed(capture)):
            continue
        if value is not None:
            lines.append(f"Captured {capture.id}: {value}")
        elif more or capture.id in wanted:
            choices = f" Answers: {', '.join(answers_of(capture))}." if answers_of(capture) else ""
            about = _need_words(capture, known).capitalize()
            told = f" {about}." if about else ""
            lines.append(f"Capture: {capture.ask}{choices}{told} Type /set {capture.id} and the answer.")
    return lines


def _need_words(item: CheckItem | Capture, known: Known) -> str:
    return depends_words(item.when, known) or ("required" if item.required else "")


def next_fact(session: Session) -> str:
    """Return the id of the first fact that the family of the issue asks for here and nobody captured; or nothing."""
    here, family = session.here, session.family
    if here is None or family is None:
        return ""
    wanted = {capture.id for capture in family.capture} - {*here.captured}
    return next((capture.id for capture in here.step.capture if capture.id in wanted), "")


def known_lines(session: Session, here: StepRecord) -> list[str]:
    """Return what is known of the call; where the story is said back, all notes, else the newest."""
    words = ", ".join(known_words(session))
    notes = [note.text for note in session_notes(session)]
    lines = [f"Known: {words}"] if words else []
    if restates(here):
        return [*lines, *(f"Noted: {note}" for note in notes)]
    if len(notes) > 1:
        lines.append(f"Notes: {len(notes)}, n reads them all.")
    return [*lines, *(f"Noted last: {note}" for note in notes[-1:])]


def parts(session: Session) -> list[str]:
    """Return the parts of an apology, those that were said and those that are missing."""
    known = session.arrangement.parts if session.arrangement is not None else ()
    said = ", ".join(part.name for part in known if part.said)
    lacking = [part for part in known if not part.said]
    missing = ", ".join(f"{part.name}: say {part.number}" if part.number else part.name for part in lacking)
    return [line for line in (said and f"Said of the apology: {said}", missing and f"Missing: {missing}") if line]


def question(asked: Question) -> list[str]:
    """Return a question, its numbered answers and what Enter does."""
    options = [f"{number}: {option}" for number, option in enumerate(asked.options, start=1)]
    return [asked.text, *options, asked.enter.replace(" · ", "; ")]


def said_and_noted(here: StepRecord) -> list[str]:
    """Return what was said and noted in a step so far."""
    return [f"Said: {words.text}" for words in here.said] + [f"Noted: {note.text}" for note in here.notes]


def wrap_up(session: Session) -> list[str]:
    """Return the wrap-up: outcomes to choose from, what the call holds, what is left to do."""
    chosen, giver = outcome(session), outcome_step(session)
    mark = ", chosen" if giver is None else f", by the step {giver.step.name}"
    lines = ["Wrap-up. A number is the outcome, text is the summary, Enter saves and finishes."]
    lines += [f"{back}." for back in (way_back(session),) if back]
    for number, word in enumerate(OUTCOMES, start=1):
        lines.append(f"Outcome {number}: {word}" + (mark if word == chosen else ""))
    facts = (("Mood", session.mood), ("Cause", session.cause), ("Summary", session.summary))
    lines += [f"{label}: {value}" for label, value in facts if value]
    lines += [f"Offered: {line.replace(' · ', ', ')}" for line in offer_lines(session)]
    for promise in session.promises:
        due = f"by {day_and_time(promise.due)}" if promise.due else "no date"
        lines.append(f"Promised: {promise.what}, {due}")
    lines += [f"Left open: {record.step.name}" for record in session.route if record.status == "open"]
    lines += [f"After the call: {task.what}" for task in tasks(session)]
    return [
        *lines,
        *(f"For the profile: {line}" for line in profile_note(account(session, session.clock.last_at)).splitlines()),
    ]


def usage() -> list[str]:
    """Return the help: what can be typed."""
    bare = [
        "Enter: this step is done, on to the next",
        "1 to 9: I said that phrase",
        "b, u, m, n, question mark: back, undo, more, everything recorded so far, help",
        "Any other text: a note; on the wrap-up the summary",
    ]
    return [*bare, *(f"{command.usage}: {command.does}" for command in COMMANDS.values())]
