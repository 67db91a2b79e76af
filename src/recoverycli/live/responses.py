"""The answer to a recorded event: what was recorded, how to undo it, and what follows."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from recoverycli.frameworks.checks import count_words, tickable
from recoverycli.frameworks.values import value_text
from recoverycli.live.reply import Reply
from recoverycli.session import events as ev
from recoverycli.session.offer_text import accepted_sums, answer_text, offer_text, sums_text
from recoverycli.text.format import day_and_time

if TYPE_CHECKING:
    from datetime import datetime

    from recoverycli.frameworks.model import IssueFamily
    from recoverycli.live.coach import Coach
    from recoverycli.session.grammar.meanings import Misunderstood
    from recoverycli.session.model import Offer, Session

_LONGEST = 60
# The placeholders of a usage.
_TO_FILL = {"TEXT", "NAME", "VALUE", "STEP", "REMEDY", "WHAT", "WHEN", "WHY", "TO", "FRAMEWORK", "REF", "WORD"}
# The date of an example is no suggestion.
_EXAMPLE = "tomorrow 5pm"
_MOVES = ev.Moved | ev.Switched | ev.Returned
_OfTheWalk = ev.Kept | ev.Judged | ev.Held | ev.BackOn | ev.Switched | ev.Returned
_Fact = (
    ev.CustomerNamed | ev.ReferenceGiven | ev.MoodSet | ev.IssueSet | ev.ChannelSet | ev.OutcomeChosen | ev.CauseGiven
    | ev.SummaryGiven | _OfTheWalk
)  # fmt: skip
# Events that the next screen shows anyway.
_Silent = (
    ev.Started | ev.Moved | ev.Asked | ev.Exchanged | ev.Hinted | ev.CardSuggested | ev.Undone | ev.Paused | ev.Resumed
    | ev.Finished
)  # fmt: skip


def answer_event(event: ev.Event, session: Session, coach: Coach, *, asks: bool) -> Reply:
    """Return the answer to a recorded event. `asks` says that somebody was there to be asked before."""
    text = confirm_event(event, session)
    if isinstance(event, ev.Said) and event.phrase is None:
        better = coach.suggest_better(event.text, session)
        return Reply("recorded", text=" · ".join(filter(None, (better, text))), warns=bool(better))
    if isinstance(event, ev.Said) and session.latest.step.intent == "train":
        return Reply("recorded", text="for yourself, not said to the customer · u undoes")
    if isinstance(event, ev.Escalated):
        return Reply("recorded", text=text, show="note", copy=event.note, copies="the note")
    if isinstance(event, ev.Held | ev.BackOn):
        from recoverycli.live.hold_phrases import after_hold, before_hold

        say = before_hold(session) if isinstance(event, ev.Held) else after_hold(session)
        return Reply("recorded", text=f'{text} · say: "{say}"')
    if isinstance(event, ev.Offered):
        # Scripts are warned here; people were asked before.
        return Reply("recorded", text=text, warns=event.within_authority is False)
    if isinstance(event, ev.OfferAnswered):
        return Reply(
            "recorded", text=" · ".join(filter(None, (_describe_answer(event, session), _accepted_total(session))))
        )
    if isinstance(event, ev.Moved) and not asks and (left := _open_requirements(event, session)):
        return Reply("moved", text=f"left open: {left}", warns=True)
    return Reply("moved" if isinstance(event, _MOVES) else "recorded", text=text)


def confirm_event(event: ev.Event, session: Session) -> str:
    """Return the answer to an event that was just stored; empty if the screen says it all."""
    what = describe_event(event, session)
    if not what:
        return mask_notice(event)
    return f"{what} · u undoes" + (f" · {mask_notice(event)}" if event.masked else "")


def confirm_undo(event: ev.Event, session: Session) -> str:
    """Return the answer to an undo of `event`."""
    return f"taken back: {describe_event(event, session) or 'the last move'}"


def mask_notice(event: ev.Event) -> str:
    """Return the notice that something was masked; empty if nothing was."""
    if not event.masked:
        return ""
    if isinstance(event, ev.CustomerNamed):
        return "used in this call, not written down"
    return "a number or secret was masked" if event.masked == 1 else f"{event.masked} numbers or secrets were masked"


def explain_refusal(meaning: Misunderstood) -> str:
    """Return the answer to an invalid line."""
    return f"{meaning.why} · try {meaning.nearest}" if meaning.nearest else meaning.why


def refuse(meaning: Misunderstood, line: str) -> Reply:
    """Return the answer to an invalid line, the line for the prompt, and the nearest valid line."""
    return Reply("refused", explain_refusal(meaning), draft=line.strip(), suggestion=_suggestion(meaning, line))


def _suggestion(meaning: Misunderstood, line: str) -> str:
    """Return the nearest valid line as Tab completes it: up to the words that are still to be typed."""
    if meaning.nearest.endswith(_EXAMPLE) and _EXAMPLE not in line:
        return meaning.nearest.removesuffix(_EXAMPLE)
    words = meaning.nearest.split(" ")
    end = next((index for index, word in enumerate(words) if word.strip("[]:") in _TO_FILL), len(words))
    return " ".join((*words[:end], *([""] if end < len(words) else [])))


def describe_event(event: ev.Event, session: Session) -> str:
    """Return an event of a call in a few words."""
    match event:
        case ev.Said():
            return " · ".join(filter(None, (f'said: "{shorten(event.text)}"', describe_promise(event))))
        case ev.Noted():
            return f"noted: {shorten(event.text)}"
        case ev.Ticked():
            return f"ticked: {shorten(_item_text(event.item, session))}{_count_text(event.item, session)}"
        case ev.ValueSet():
            read_as = f" ({value_text(event.typed)})" if event.typed and event.typed != event.value else ""
            return f"{event.name}: {shorten(event.value)}{read_as}"
        case ev.Promised():
            return describe_promise(event)
        case ev.Offered():
            return f"offered: {shorten(offer_text(event))}{_authority(event)}"
        case ev.OfferAnswered():
            return f"offer {event.offer[1:]} {event.answer}{f': {shorten(event.why)}' if event.why else ''}"
        case ev.PromiseDated():
            return f"promise {event.promise[1:]}: by {day_and_time(event.due)}{_past_warning(event.due, event)}"
        case ev.Escalated():
            to = f" to {event.to}" if event.to else ""
            return f"escalated{to}: {shorten(event.why)}"
        case _:
            return _describe_fact(event)


def _item_text(item_id: str, session: Session) -> str:
    """Return the text of a checklist item; the step on the screen comes first if several have the id."""
    steps = (session.latest.step, *(record.step for record in session.steps))
    items = (item for step in steps for item in tickable(step))
    return next((item.text for item in items if item.id == item_id), item_id)


def _count_text(item_id: str, session: Session) -> str:
    """Return how far the check is that counts an item; empty where none does."""
    record = session.latest
    counting = (check for check in record.step.checklist if any(part.id == item_id for part in check.of))
    return "".join(f" ({count_words(check, record.ticks)})" for check in counting)


def _describe_fact(event: _Fact | _Silent) -> str:
    match event:
        case ev.CustomerNamed():
            return f"customer: {shorten(event.name)}"
        case ev.ReferenceGiven():
            return f"reference: {shorten(event.ref)}"
        case ev.MoodSet():
            return f"mood: {event.mood}"
        case ev.IssueSet():
            return issue_text(event.issue, event.family)
        case ev.ChannelSet():
            return f"channel: {event.channel}"
        case ev.OutcomeChosen():
            return f"outcome: {event.outcome}"
        case ev.CauseGiven():
            return f"cause: {shorten(event.cause)}"
        case ev.SummaryGiven():
            return f"summary: {shorten(event.summary)}"
        case _:
            return _describe_move(event)


def issue_text(issue: str, family: IssueFamily | None) -> str:
    """Return an issue, with the family that was recognised in it where that is not obvious."""
    named = "" if family is None or is_obvious(issue, family) else f" ({family.name})"
    return f"issue: {shorten(issue)}{named}"


def is_obvious(issue: str, family: IssueFamily | None) -> bool:
    """Whether the family of an issue needs no mention: there is none, or the issue is its name."""
    return family is None or issue.casefold() in {family.id, family.name.casefold()}


def _describe_move(event: _OfTheWalk | _Silent) -> str:
    match event:
        case ev.Kept():
            return "saved to your phrases"
        case ev.Judged():
            return _describe_judgement(event)
        case ev.Held():
            return "on hold · /back-on when they are back"
        case ev.BackOn():
            return "back from hold"
        case ev.Switched(called=True):
            return f"first {event.framework.name}, then back here"
        case ev.Switched():
            opened = "on in" if event.framework.card is None else "card:"
            return f"{opened} {event.framework.name} · /switch returns"
        case ev.Returned(finished=True):
            return "back from the called playbook"
        case ev.Returned():
            return "returned"
        case (
            ev.Started() | ev.Moved() | ev.Asked() | ev.Exchanged() | ev.Hinted() | ev.CardSuggested() | ev.Undone()
            | ev.Paused() | ev.Resumed() | ev.Finished()
        ):  # fmt: skip
            return ""
        case _:
            assert_never(event)


def join_messages(*texts: str) -> str:
    """Return what is to be said in one line."""
    return " · ".join(filter(None, texts))


def shorten(text: str) -> str:
    """Return `text` on one line and short enough to be glanced at."""
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1].rstrip() + "…"


def offer_lines(session: Session) -> list[str]:
    """Return the offers with their answers, a line each, and the accepted total if there are several."""
    lines = [
        f"{offer_text(offer)}{_authority(offer)} · {answer_text(offer) or 'no answer yet'}" for offer in session.offers
    ]
    return [*filter(None, (*lines, _accepted_total(session)))]


def describe_promise(event: ev.Promised | ev.Said) -> str:
    """Return what an event promised and its date; empty if it promised nothing."""
    what = event.what if isinstance(event, ev.Promised) else event.promise
    if what is None:
        return ""
    if event.due is None:
        return f"promised: {shorten(what)} · no date understood"
    return f"promised: {shorten(what)} · by {day_and_time(event.due)}{_past_warning(event.due, event)}"


def _past_warning(due: datetime, event: ev.Event) -> str:
    return " (in the past)" if due < event.at else ""


def _describe_answer(event: ev.OfferAnswered, session: Session) -> str:
    offer = next((offer_text(offer) for offer in session.offers if offer.id == event.offer), event.offer)
    why = f" ({shorten(event.why)})" if event.why else ""
    return " · ".join(filter(None, (f"{event.answer}: {shorten(offer)}{why}", "u undoes", mask_notice(event))))


def _accepted_total(session: Session) -> str:
    """Return the total of the accepted offers if there are several."""
    accepted = [offer for offer in session.offers if offer.answer == "accepted"]
    total = sums_text(accepted_sums(accepted)) if accepted[1:] else ""
    return f"accepted in all: {total}" if total else ""


def _authority(offer: ev.Offered | Offer) -> str:
    if offer.within_authority is None:
        return ""
    if offer.within_authority:
        return " · yours to give"
    return f" · beyond your authority{f', needs {offer.needs}' if offer.needs else ''}"


def _describe_judgement(event: ev.Judged) -> str:
    ours = {True: "ours", False: "not ours", None: ""}[event.ours]
    repeated = {True: "not the first time", False: "the first time", None: ""}[event.repeated]
    return ", ".join(filter(None, (ours, repeated, event.severity)))


def _open_requirements(moved: ev.Moved, session: Session) -> str:
    """Return the required items of the step that was just left."""
    from recoverycli.session.grammar.gates import required_words

    if moved.leaving == "left" or session.before is None:
        return ""
    return required_words(session.before.session)
