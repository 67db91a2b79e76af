"""The commands of the line grammar: `/word rest`."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeVar

from recoverycli.errors import nearest
from recoverycli.frameworks.checks import NOT_DONE, tickable
from recoverycli.frameworks.computed import is_computed
from recoverycli.frameworks.model import CALL_FACTS, CHANNELS, MOODS, SEVERITIES, WRAP_UP
from recoverycli.frameworks.phrasing import gaps
from recoverycli.frameworks.values import value_text
from recoverycli.session import events as ev
from recoverycli.session.grammar import offer_commands
from recoverycli.session.grammar.meanings import (
    Ambiguous,
    ChooseOffer,
    Copy,
    CopyNote,
    DateReader,
    Keep,
    Leave,
    Meaning,
    Misunderstood,
    OpenCard,
    Record,
    Show,
    SwitchTo,
)
from recoverycli.session.grammar.moves import advance, go_back, move_or_return, note, undo
from recoverycli.session.phrases import phrases, spoken_text
from recoverycli.session.requirements import applying_parts

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from recoverycli.frameworks.model import Capture, CheckPart
    from recoverycli.session.model import Session

Word = TypeVar("Word", bound=str)


class CommandLine(NamedTuple):
    """A parsed command line: the call, the text after the command, the time, the reader of dates."""

    session: Session
    rest: str
    now: datetime
    read_date: DateReader


class SlashCommand(NamedTuple):
    """A command: its usage, its help text, and its meaning."""

    usage: str
    does: str
    meaning: Callable[[CommandLine], Meaning]


def interpret_slash(session: Session, text: str, now: datetime, read_date: DateReader) -> Meaning:
    """Return what a line that begins with `/` means."""
    word, _, rest = text[1:].partition(" ")
    command = COMMANDS.get(word.casefold())
    if command is None:
        near = nearest(word, COMMANDS)
        return Misunderstood(f"there is no command /{word[:40]}", f"/{near} {rest}".strip() if near else "?")
    return command.meaning(CommandLine(session, rest.strip(), now, read_date))


def _needs(usage: str, event: Callable[[CommandLine], ev.Event]) -> Callable[[CommandLine], Meaning]:
    """Return a command whose value is the whole rest."""

    def meaning(line: CommandLine) -> Meaning:
        return Record(event(line)) if line.rest else Misunderstood("something is missing", usage)

    return meaning


def _choice(
    kind: str, words: tuple[Word, ...], event: Callable[[CommandLine, Word], ev.Event]
) -> Callable[[CommandLine], Meaning]:
    """Return a command whose value is one word of a list."""

    def meaning(line: CommandLine) -> Meaning:
        for word in words:
            if word == line.rest.casefold():
                return Record(event(line, word))
        return _unknown(kind, line.rest, words)

    return meaning


def _unknown(kind: str, asked: str, words: tuple[str, ...]) -> Misunderstood:
    near = nearest(asked, words) if asked else ""
    what = f"there is no {kind} {asked[:40]}" if asked else f"which {kind}?"
    return Misunderstood(f"{what} ({', '.join(words)})", f"/{kind} {near}" if near else "")


def _goto(line: CommandLine) -> Meaning:
    session, asked = line.session, line.rest.casefold()
    if not asked:
        return Misunderstood("which step?", "/goto STEP")
    if asked in {"wrap-up", "wrapup", "wrap up"}:
        return Record(ev.Moved(at=line.now, to=None, leaving="left"))
    names: dict[str, str] = {}
    for number, record in enumerate(session.walk, start=1):
        step = record.step
        names |= {step.id: step.id, step.name.casefold(): step.id, str(number): step.id}
    begins = {step_id for name, step_id in names.items() if name.startswith(asked)}
    found = names.get(asked) or (begins.pop() if len(begins) == 1 else None)
    if found is None:
        ids = tuple(record.step.id for record in session.walk)
        near = nearest(asked, ids)
        return Misunderstood(f"there is no step {line.rest[:40]} ({', '.join(ids)})", f"/goto {near}" if near else "")
    return Record(ev.Moved(at=line.now, to=found, leaving="left"))


def _skip(line: CommandLine) -> Meaning:
    session = line.session
    if session.here is None:
        return Misunderstood("there is no step to skip here", "/end")
    ahead = session.onward
    if ahead is None or ahead.open:
        return Misunderstood("the way on depends on an answer", "/goto STEP")
    to = None if ahead.to == WRAP_UP else ahead.to
    moved = ev.Moved(at=line.now, to=to, leaving="skipped", because=line.rest or None, queue=ahead.queue)
    return Record(move_or_return(session, moved))


def _tick(line: CommandLine) -> Meaning:
    here = line.session.here
    if here is None:
        return Misunderstood("the checklists belong to the steps", "b")
    items = tickable(here.step)
    named = next((number for number, item in enumerate(items, start=1) if item.id == line.rest), None)
    number = named or _number(line.rest, len(items))
    if number is None:
        return Misunderstood(f"which item? (1 to {len(items)})" if items else "this step has no checklist", "/tick 1")
    item = items[number - 1]
    if item.id not in {part.id for part in applying_parts(line.session, here)}:
        return Misunderstood(f"item {number} does not apply in this call")
    if item.id in here.ticks:
        return Misunderstood(f"item {number} is ticked already", "u")
    return Record(ev.Ticked(at=line.now, item=item.id))


def _set(line: CommandLine) -> Meaning:
    name, _, value = line.rest.partition(" ")
    value = value.strip()
    if not name or not value:
        return Misunderstood("a name and a value are needed", "/set NAME VALUE")
    known = settable_names(line.session)
    name = name if name in known else name.casefold()
    if name not in known:
        near = nearest(name, known)
        listed = ", ".join(known)
        return Misunderstood(f"nothing is called {name[:40]} ({listed})", f"/set {near} {value}" if near else "")
    if name in CALL_FACTS and name != "agent":
        return COMMANDS[name].meaning(line._replace(rest=value))
    capture = line.session.captures.get(name)
    if capture is None:
        return Record(ev.ValueSet(at=line.now, name=name, value=value))
    if (check := line.session.checks.get(name)) is not None:
        return _deny_check(line, check, value)
    return _set_capture(line, capture, value)


def _deny_check(line: CommandLine, check: CheckPart, words: str) -> Meaning:
    """A check is done by ticking; that it is not done has to be said."""
    if check.id in line.session.done_checks:
        return Misunderstood(f"{check.id} is done already", "u")
    if words.casefold() in {NOT_DONE, "no"}:
        return Record(ev.ValueSet(at=line.now, name=check.id, value=NOT_DONE))
    return Misunderstood(f"{check.id} is done by ticking: /tick N", f"/set {check.id} {NOT_DONE}")


def _set_capture(line: CommandLine, capture: Capture, words: str) -> Meaning:
    if is_computed(capture):
        return Misunderstood(f"{capture.id} is worked out from other values, and cannot be set")
    # Only a value that is typed needs its readers.
    from recoverycli.session.grammar.typed_values import currency_for, differs_from_pattern, read_value

    if why := differs_from_pattern(capture, words, line.session.patterns):
        return Misunderstood(why)
    found = read_value(capture, words, line.now, line.read_date, currency_for(capture, line.session))
    if isinstance(found, Misunderstood):
        return found
    events = tuple(ev.ValueSet(at=line.now, name=capture.id, value=one.words, typed=one.typed) for one in found)
    if len(events) == 1:
        return Record(events[0])
    options = tuple(value_text(one.typed) for one in found)
    unclear = f"{words[:40]} can be {' or '.join(options)}"
    return Ambiguous(
        words[:40],
        options,
        events,
        Misunderstood(unclear, f"/set {capture.id} {found[0].typed}"),
        "Enter records nothing",
        f"/set {capture.id}",
    )


def _number(typed: str, most: int) -> int | None:
    """Return the typed number, from 1 to `most`; Python reads at most some thousand digits."""
    digits = typed.lstrip("0")[:7] if typed.isdecimal() else ""
    return int(digits) if digits and 1 <= int(digits) <= most else None


def settable_names(session: Session) -> tuple[str, ...]:
    """Return the names that `/set` accepts in this call, the captures of the step on the screen first."""
    framework = session.framework
    steps = (session.latest.step, *(record.step for record in session.walk), *framework.later_steps)
    captures = (capture.id for step in steps for capture in step.capture)
    conditions = (name for step in framework.steps for phrase in step.phrases for name in phrase.when)
    offered = (name for phrase in phrases(session) for name in gaps(phrase.say, {}))
    names = (*captures, *session.captures, *framework.placeholders, *conditions, *offered, *CALL_FACTS)
    return tuple(name for name in dict.fromkeys(names) if name != "mood")


def _hold(line: CommandLine) -> Meaning:
    if line.session.on_hold:
        return Misunderstood("the customer is on hold already", "/back-on")
    return Record(ev.Held(at=line.now))


def _back_on(line: CommandLine) -> Meaning:
    if not line.session.on_hold:
        return Misunderstood("the customer is not on hold", "/hold")
    return Record(ev.BackOn(at=line.now))


def _copy(line: CommandLine) -> Meaning:
    if line.session.at_wrap_up and line.rest.casefold() in {"", "note", "profile"}:
        return CopyNote()
    offered = phrases(line.session)
    number = _number(line.rest, len(offered))
    if number is None:
        there = f"1 to {len(offered)}" if offered else "there is none here"
        return Misunderstood(f"which phrase? ({there})", "/copy 1" if offered else "")
    return Copy(spoken_text(line.session, offered[number - 1]), number)


def _switch(line: CommandLine) -> Meaning:
    if line.rest and line.rest.casefold() != "back":
        if line.rest.casefold() == line.session.framework.id:
            return Misunderstood(f"this is {line.session.framework.id} already", "/switch FRAMEWORK")
        return SwitchTo(line.rest.casefold())
    if len(line.session.places) < 2:
        return Misunderstood("there is no framework to return to", "/switch FRAMEWORK")
    return Record(ev.Returned(at=line.now))


def _card(line: CommandLine) -> Meaning:
    if not line.rest:
        return Show("cards")
    if line.rest.casefold() == line.session.framework.id:
        return Misunderstood(f"the card {line.session.framework.id} is open already", "/switch")
    return OpenCard(line.rest.casefold())


def _yes_no(usage: str, event: Callable[[CommandLine, bool], ev.Event]) -> Callable[[CommandLine], Meaning]:
    """Return a command with the value yes or no."""

    def meaning(line: CommandLine) -> Meaning:
        said = {"y": True, "yes": True, "n": False, "no": False}.get(line.rest.casefold())
        return Misunderstood("yes or no?", f"/{usage} yes") if said is None else Record(event(line, said))

    return meaning


def _promise(line: CommandLine) -> Meaning:
    from recoverycli.session.grammar.promises import read_promise

    return read_promise(line.rest, line.now, line.read_date)


def _due(line: CommandLine) -> Meaning:
    from recoverycli.session.grammar.promises import read_due

    return read_due(line.rest, line.now, line.read_date, line.session.promises)


def _keep(line: CommandLine) -> Meaning:
    if not any(words.phrase is None for words in line.session.latest.said):
        return Misunderstood("nothing was said in your own words here yet", "/said TEXT")
    return Keep()


def _end(line: CommandLine) -> Meaning:
    """Finish with the outcome; without one, go to the wrap-up screen first, where Enter finishes."""
    if line.rest:
        outcome = next((word for word in ev.OUTCOMES if word == line.rest.casefold()), None)
        if outcome is None:
            unknown = _unknown("outcome", line.rest, ev.OUTCOMES)
            return Misunderstood(unknown.why, unknown.nearest.replace("/outcome", "/end"))
        return Leave("finish", outcome)
    if line.session.at_wrap_up:
        return Leave("finish")
    return Record(ev.Moved(at=line.now, to=None, leaving="left", ending=True))


COMMANDS: dict[str, SlashCommand] = {
    "said": SlashCommand(
        "/said TEXT", "I said this in my own words", _needs("/said TEXT", lambda h: ev.Said(at=h.now, text=h.rest))
    ),
    "keep": SlashCommand("/keep", "keep what I just said as a phrase of mine", _keep),
    "note": SlashCommand("/note TEXT", "a note, whatever it looks like", lambda h: note(h.session, h.rest, h.now)),
    "next": SlashCommand("/next", "the next step", lambda h: advance(h.session, h.now)),
    "back": SlashCommand(
        "/back",
        "the step before; on hold: the customer is back",
        lambda h: _back_on(h) if h.session.on_hold else go_back(h.session, h.now),
    ),
    "goto": SlashCommand("/goto STEP", "to a step by name or number", _goto),
    "skip": SlashCommand("/skip [WHY]", "leave this step out", _skip),
    "undo": SlashCommand("/undo", "take the last entry back", lambda h: undo(h.session, h.now)),
    "more": SlashCommand("/more", "all phrases and details", lambda _: Show("more")),
    "notes": SlashCommand("/notes", "everything recorded so far", lambda _: Show("notes")),
    "help": SlashCommand("/help", "this help", lambda _: Show("help")),
    "tick": SlashCommand("/tick N", "tick item N of the checklist", _tick),
    "set": SlashCommand("/set NAME VALUE", "capture a value, fill a placeholder", _set),
    "customer": SlashCommand(
        "/customer NAME",
        "the customer's name",
        _needs("/customer NAME", lambda h: ev.CustomerNamed(at=h.now, name=h.rest)),
    ),
    "ref": SlashCommand(
        "/ref REF",
        "the customer's or case's reference",
        _needs("/ref REF", lambda h: ev.ReferenceGiven(at=h.now, ref=h.rest)),
    ),
    "history": SlashCommand("/history", "what this desk knows of the customer", lambda _: Show("history")),
    "mood": SlashCommand(
        "/mood WORD",
        "how the customer sounds: " + ", ".join(MOODS),
        _choice("mood", MOODS, lambda h, word: ev.MoodSet(at=h.now, mood=word)),
    ),
    "issue": SlashCommand(
        "/issue WORD", "what it is about", _needs("/issue WORD", lambda h: ev.IssueSet(at=h.now, issue=h.rest))
    ),
    "channel": SlashCommand(
        "/channel WORD",
        "how you talk: " + ", ".join(CHANNELS),
        _choice("channel", CHANNELS, lambda h, word: ev.ChannelSet(at=h.now, channel=word)),
    ),
    "offer": SlashCommand(
        "/offer [REMEDY [VALUE]]",
        "what was offered; alone: choose what is yours to give",
        lambda h: offer_commands.read_offer(h.rest, h.now) if h.rest else ChooseOffer(),
    ),
    "accept": SlashCommand(
        "/accept [N]", "the customer accepts the offer", lambda h: offer_commands.accept(h.session, h.rest, h.now)
    ),
    "refuse": SlashCommand(
        "/refuse [N:] [WHY]",
        "the customer refuses the offer",
        lambda h: offer_commands.refuse(h.session, h.rest, h.now),
    ),
    "instead": SlashCommand(
        "/instead REMEDY [VALUE]",
        "offer something else in its place",
        lambda h: offer_commands.replace_offer(h.session, h.rest, h.now),
    ),
    "ours": SlashCommand(
        "/ours yes|no", "is it our doing?", _yes_no("ours", lambda h, said: ev.Judged(at=h.now, ours=said))
    ),
    "repeated": SlashCommand(
        "/repeated yes|no",
        "has it happened before?",
        _yes_no("repeated", lambda h, said: ev.Judged(at=h.now, repeated=said)),
    ),
    "severity": SlashCommand(
        "/severity WORD",
        "how bad it is: " + ", ".join(SEVERITIES),
        _choice("severity", SEVERITIES, lambda h, word: ev.Judged(at=h.now, severity=word)),
    ),
    "promise": SlashCommand("/promise WHAT by WHEN", "what was promised", _promise),
    "due": SlashCommand("/due [N] WHEN", "a date for a promise", _due),
    "escalate": SlashCommand("/escalate [TO:] WHY", "handed on", lambda h: read_escalation(h.rest, h.now)),
    "hold": SlashCommand("/hold", "the customer is on hold", _hold),
    "back-on": SlashCommand("/back-on", "the customer is back", _back_on),
    "copy": SlashCommand("/copy N", "phrase N to the clipboard; on the wrap-up: the note", _copy),
    "switch": SlashCommand("/switch [FRAMEWORK]", "on in another framework; alone: return", _switch),
    "card": SlashCommand("/card [NAME]", "a card for an emergency and the like; alone: the list", _card),
    "outcome": SlashCommand(
        "/outcome WORD",
        "how it ended: " + ", ".join(ev.OUTCOMES),
        _choice("outcome", ev.OUTCOMES, lambda h, word: ev.OutcomeChosen(at=h.now, outcome=word)),
    ),
    "cause": SlashCommand(
        "/cause TEXT", "the root cause", _needs("/cause TEXT", lambda h: ev.CauseGiven(at=h.now, cause=h.rest))
    ),
    "summary": SlashCommand(
        "/summary TEXT",
        "the call in a sentence",
        _needs("/summary TEXT", lambda h: ev.SummaryGiven(at=h.now, summary=h.rest)),
    ),
    "pause": SlashCommand("/pause", "set the call aside, resume it later", lambda _: Leave("pause")),
    "end": SlashCommand("/end [OUTCOME]", "wrap up; with an outcome: finish now", _end),
    "abandon": SlashCommand("/abandon", "give the call up; it is stored as abandoned", lambda _: Leave("abandon")),
}


def read_escalation(rest: str, now: datetime) -> Meaning:
    """Read `[TO:] WHY` of an escalation."""
    if not rest:
        return Misunderstood("to whom, and why?", "/escalate [TO:] WHY")
    to, colon, why = rest.partition(":")
    if colon and why.strip() and len(to) <= 60:
        return Record(ev.Escalated(at=now, to=to.strip() or None, why=why.strip()))
    return Record(ev.Escalated(at=now, why=rest))
