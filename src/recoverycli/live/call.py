"""A call in progress, for every kind of screen.

`hear` handles a typed line: parse, mask, append to the journal, apply to the state.
"""

from __future__ import annotations

import os
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Literal, assert_never

import msgspec

from recoverycli.errors import RecoveryError, StoreProblem
from recoverycli.frameworks.values import YES_NO
from recoverycli.live import responses
from recoverycli.live.cards import card_lines, suggestion_line
from recoverycli.live.coach import Coach
from recoverycli.live.probable_meaning import ProbableMeaning, probable_meaning
from recoverycli.live.reply import TAKE, CallLeft, Reply
from recoverycli.live.unwritten_names import UnwrittenNames
from recoverycli.redaction.cards.across_notes import CardAcrossNotes
from recoverycli.redaction.redact import warm
from recoverycli.session import events as ev
from recoverycli.session.earlier_promises import earlier_promise
from recoverycli.session.grammar.gaps import answer_gap, question_of_gap, refuse_gaps
from recoverycli.session.grammar.gates import answer_gate, explain_undecided, question_before
from recoverycli.session.grammar.meanings import (
    Ambiguous,
    ChooseOffer,
    Copy,
    CopyNote,
    Keep,
    Leave,
    Meaning,
    Misunderstood,
    OpenCard,
    Record,
    Show,
    SwitchTo,
    Undecided,
    Undo,
)
from recoverycli.session.grammar.moves import advance
from recoverycli.session.grammar.parse import interpret
from recoverycli.session.grammar.questions import Question, is_command, leading_option
from recoverycli.session.phrases import customer_address, fillings, phrase_of
from recoverycli.session.state import apply, begin, fold
from recoverycli.store.journal.writer import Journal
from recoverycli.system.threads import run_in_thread
from recoverycli.text.safe import NO_TEXT, is_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime
    from pathlib import Path

    from recoverycli.frameworks.library import LoadedFramework
    from recoverycli.live.customer_history import CustomerHistory
    from recoverycli.live.environment import CallEnvironment
    from recoverycli.session.grammar.questions import Answered
    from recoverycli.session.model import Session

# Keeps the events of a call that is entered afterwards in order.
_TICK = timedelta(milliseconds=1)
_MOVES = ev.Moved | ev.Switched | ev.Returned


class LiveCall:
    """A call in progress. Its state is the fold of its journal, and the journal is written first."""

    def __init__(
        self, session: Session, journal: Journal, world: CallEnvironment, unwritten_names: UnwrittenNames | None = None
    ) -> None:
        self._world = world
        self._coach = world.coach or Coach()
        self._card = CardAcrossNotes()
        self._unwritten_names = unwritten_names or UnwrittenNames(world.rules)
        self._state = session
        self.session = self._visible_session()
        self._journal = journal
        self._question: Question | None = None
        self._suggested = ""
        self._meant: ProbableMeaning | None = None
        self._warming = self._warm()

    @classmethod
    def start(cls, world: CallEnvironment, first: Callable[[], ev.Started]) -> LiveCall:
        """Begin a call with the event that `first` makes. Raises StoreProblem if it cannot be stored."""
        discretion = UnwrittenNames(world.rules)
        journal, event = Journal.create(world.home, lambda: discretion.mask_event(first()))
        return cls(begin(event), journal, world, discretion)

    @classmethod
    def resume(cls, world: CallEnvironment, path: Path) -> LiveCall:
        """Go on with the call whose journal is at `path`.

        Raises CallBusy if another process has it open, StoreProblem if it cannot be read.
        """
        journal, read = Journal.reopen(path, lambda found: _process(fold(found.events)))
        session = fold(read.events)
        if session is None:
            journal.close()
            raise StoreProblem(f"{path}: it holds no call that can be read", kept="The file was not changed.")
        call = cls(session, journal, world)
        if session.finished is None:
            call._keep(ev.Resumed(at=call._now(), process=os.getpid()))
        return call

    @property
    def unread(self) -> int:
        """The number of unreadable lines that were found in the journal just now; they are preserved."""
        return self._journal.unread

    def warm_in_steps(self) -> Iterator[None]:
        """Load what the first screen does not need, in steps. The first line of words does what is left of it."""
        return self._warming

    def warm(self) -> None:
        """Load now what is left of it."""
        for _ in self._warming:
            pass

    def _warm(self) -> Iterator[None]:
        """Load the cards, the patterns of what is masked, the phrases of the later steps, and the wording."""
        yield from run_in_thread(self._world.cards.warm)
        yield from run_in_thread(partial(warm, self._world.rules))
        yield from self._coach.warm(self._state.framework)
        self.session = self._visible_session()

    def warn(self, typed: str) -> str:
        """Return a warning about a line before Enter is pressed; empty if there is none."""
        word, _, words = typed.partition(" ")
        return self._coach.suggest_better(words, self._state) if word == "/said" and words.strip() else ""

    def hear(self, line: str) -> Reply:
        """Return the answer to a typed line, after what it says is on the disk.

        Raises StoreProblem if it could not be stored; the state is then unchanged.
        """
        if len(line.strip()) > 1:
            # Words are read with all that is loaded; Enter, a number or a letter do not wait for it.
            self.warm()
        reply = self._hear(line)
        card, self._suggested = self._suggested, ""
        return msgspec.structs.replace(reply, card=card) if card else reply

    def _hear(self, line: str) -> Reply:
        if not is_text(line):
            return Reply("refused", text=NO_TEXT, draft=line.strip(), question=self._question)
        now = self._now()
        question, self._question = self._question, None
        meant, self._meant = self._meant, None
        if meant is not None and line.strip() == TAKE:
            return self._take(meant, now)
        if question is not None and not is_command(line, question):
            return self._answer(question, line, now)
        meaning = interpret(self.session, line, now, self._world.read_date)
        if not self._world.asks:
            meaning = refuse_gaps(self.session, meaning) or meaning
        elif (asked := question_of_gap(self.session, meaning) or question_before(self.session, meaning)) is not None:
            return self._ask(asked)
        reply = self._act(meaning, line, now)
        self._meant = probable_meaning(self.session, meaning, line, now, self._world.read_date)
        if self._meant is not None:
            reply = msgspec.structs.replace(reply, meant=self._meant.words)
        if question is not None and reply.kind in {"refused", "show", "copy"}:
            # Nothing was recorded: the question still waits.
            self._question = question
            return msgspec.structs.replace(reply, question=question)
        return reply

    def _take(self, meant: ProbableMeaning, now: datetime) -> Reply:
        """Replace what was recorded for the last line by what it probably meant."""
        if meant.in_place:
            meaning = interpret(self.session, meant.line, now, self._world.read_date)
            if isinstance(meaning, Misunderstood):
                return responses.refuse(meaning, meant.line)
            self._undo(now)
        return self.hear(meant.line)

    def _now(self) -> datetime:
        """The time of an event: now, or a tick after the last event if the call is entered afterwards."""
        return self._state.clock.last_at + _TICK if self._state.afterwards else self._world.clock()

    def _act(self, meaning: Meaning, line: str, now: datetime) -> Reply:
        match meaning:
            case Record(ev.Offered() as offer):
                return self._offer(offer, line)
            case Record(event):
                reply = self._record(event)
                return self._go_on(reply, line, now) if _ends_called(event) else reply
            case Undo():
                return self._undo(now)
            case Show(what):
                return self._show(what, line)
            case Copy(text, _):
                return Reply("copy", copy=text, copies=f'"{responses.shorten(text)}"')
            case CopyNote():
                from recoverycli.live.profile_note import profile_note
                from recoverycli.session.transcript.account import account

                return Reply(
                    "copy",
                    copy=profile_note(account(self.session, self.session.clock.last_at)),
                    copies="the note for the profile",
                )
            case ChooseOffer():
                return self._choose_offer(line)
            case Keep(warned):
                return self._keep_words(now, warned=warned)
            case SwitchTo() | OpenCard():
                return self._switch(meaning, line, now)
            case Leave(how, outcome):
                return self._leave(how, outcome, now)
            case Ambiguous() | Misunderstood() | Undecided():
                return self._unclear(meaning, line, now)
            case _:
                assert_never(meaning)

    def as_stored(self, text: str) -> str:
        """Return a text as it would be stored: masked."""
        return self._unwritten_names.mask_event(ev.Noted(at=self._now(), text=text)).text

    def record(self, event: ev.Event) -> ev.Event:
        """Store an event that no typed line says; return it as stored. Raises StoreProblem as `hear` does."""
        return self._keep(event)

    def end_of_input(self) -> Reply:
        """Finish the call if every live step is done or skipped, or its end was requested; otherwise pause it."""
        if self.session.complete or self.session.ending:
            return self._leave("finish", None, self._now())
        return self.pause()

    def pause(self) -> Reply:
        """Pause the call: `recovery resume` goes on with it."""
        return self._leave("pause", None, self._now())

    def finish(self) -> Reply:
        """Finish the call now, on any step."""
        return self._leave("finish", None, self._now())

    def reopen(self) -> Reply:
        """Go on with the call after it was saved. Raises StoreProblem, or NotFound if it cannot be reopened."""
        from recoverycli.live.reopen import reopen

        path = reopen(self._world.home, self.session.id, self._world.clock(), self._world.reopen_within)
        self._journal, read = Journal.reopen(path, lambda _: None)
        session = fold(read.events)
        if session is not None:
            self._state = session
        self._keep(ev.Resumed(at=self._now(), process=os.getpid()))
        return Reply("moved", text="the call is open again; end it to save it again")

    def close(self) -> None:
        """Close the journal; the call stays as it is."""
        self._journal.close()

    def _keep(self, event: ev.Event) -> ev.Event:
        kept = self._without_card(event, self._unwritten_names.mask_event(event))
        self._journal.append(kept)
        self._state = apply(self._state, kept)
        self.session = self._visible_session()
        return kept

    def _without_card(self, typed: ev.Event, masked: ev.Event) -> ev.Event:
        """Return masked words without the rest of a card that earlier words began."""
        if not isinstance(typed, ev.Noted | ev.Said) or not isinstance(masked, ev.Noted | ev.Said):
            return masked
        text, count = self._card.mask(typed.text, masked.text)
        return msgspec.structs.replace(masked, text=text, masked=masked.masked + count) if count else masked

    def _visible_session(self) -> Session:
        """The call as it is shown: with its phrases, its contacts, and the name as it is said or not stored."""
        contacts = dict(self._world.contacts)
        called = msgspec.structs.replace(
            self._state,
            address=self._world.address,
            contacts=contacts,
            currency=self._world.authority.currency,
            patterns=dict(self._world.patterns),
        )
        return self._coach.arrange(self._unwritten_names.with_name(called))

    def _record(self, event: ev.Event) -> Reply:
        if isinstance(event, ev.Escalated):
            from recoverycli.live.handover import handover_note

            event = msgspec.structs.replace(event, note=handover_note(self.session, event))
        if isinstance(event, ev.IssueSet):
            event = msgspec.structs.replace(event, family=self._coach.family_of(event.issue))
        if isinstance(event, ev.Said):
            event = self._with_promise(event)
        kept = self._keep(event)
        self._suggest_card(event)
        reply = responses.answer_event(kept, self.session, self._coach, asks=self._world.asks)
        if isinstance(kept, ev.CustomerNamed | ev.ReferenceGiven) and (known := self.customer_line()):
            return msgspec.structs.replace(reply, text=f"{reply.text} · {known}")
        if not self._world.asks or not isinstance(kept, ev.Offered):
            return reply
        from recoverycli.session.grammar.offers import reaction_question

        self._question = reaction_question(self.session)
        return msgspec.structs.replace(reply, question=self._question)

    def issue_line(self) -> str:
        """Return the issue with the family that was recognised in it; empty where it says no more than the issue."""
        issue, family = self.session.issue, self.session.family
        return responses.issue_text(issue, family) if issue and not responses.is_obvious(issue, family) else ""

    def customer_line(self) -> str:
        """Return what this desk knows of the customer in a line; empty where it knows nothing."""
        found = self._history()
        if found is None:
            return ""
        from recoverycli.live.customer_history import history_line

        return history_line(found, self.session.issue)

    def _history(self) -> CustomerHistory | None:
        session = self._state
        if self._world.history is None or not (session.customer or session.ref):
            return None
        return self._world.history(session.customer, session.ref, session.id)

    def _show(self, what: Literal["more", "notes", "help", "history", "cards"], line: str) -> Reply:
        if what == "cards":
            return Reply("show", show=what, lines=card_lines(self._world.cards.list_cards()))
        return self._show_history(line) if what == "history" else Reply("show", show=what)

    def _show_history(self, line: str) -> Reply:
        found = self._history()
        if found is None:
            known = self._state.customer or self._state.ref
            text = "no earlier call of this customer" if known else "who is calling? · try /customer NAME"
            return Reply("recorded" if known else "refused", text=text, draft="" if known else line.strip())
        from recoverycli.live.customer_history import history_lines

        return Reply("show", show="history", lines=history_lines(found))

    def _with_promise(self, said: ev.Said) -> ev.Said:
        """Return words with what they promise, unless they repeat a promise."""
        phrase = phrase_of(self.session, said)
        if phrase is None or phrase.promise is None or earlier_promise(self.session, phrase) is not None:
            return said
        by = fillings(self.session)[phrase.promise.by]
        due = said.due or self._world.read_date(by, said.at)
        # Several readings are no date: the wrap-up screen marks the promise as one without.
        date = None if isinstance(due, tuple) else due
        return msgspec.structs.replace(said, promise=phrase.promise.what, due_said=by, due=date)

    def _ask(self, question: Question) -> Reply:
        self._question = question
        return Reply("asked", question=question)

    def _answer(self, question: Question, line: str, now: datetime) -> Reply:
        """Handle an answer: store what it says, then do what waited for it, or ask the next question."""
        text = line.strip()
        done = self._read_answer(question, text, now)
        if done is None:
            return self.hear(line)
        if done.refused is not None and (aside := leading_option(question, text)) is not None:
            return self._note_answer(question, aside, text, now)
        if done.refused is not None:
            self._question = question
            return Reply("refused", text=responses.explain_refusal(done.refused), draft=line.strip(), question=question)
        reply = Reply("recorded")
        for event in done.events:
            reply = self._record(event)
        if done.said:
            reply = Reply("recorded", text=done.said)
        following = done.then(self.session) if done.then is not None else None
        if isinstance(following, Question):
            return self._ask(following)
        if following is None:
            return reply
        acted = self._act(following, line, now)
        return (
            acted
            if not done.said
            else msgspec.structs.replace(acted, text=responses.join_messages(done.said, acted.text), warns=True)
        )

    def _read_answer(self, question: Question, text: str, now: datetime) -> Answered | None:
        """Return what an answer does; None if the line is no answer."""
        match question.about:
            case "gap":
                return answer_gap(self.session, question, text, now, self._world.read_date)
            case "path" | "required" | "keep":
                return answer_gate(self.session, question, text, now, self._world.read_date)
            case "answer":
                from recoverycli.session.grammar.offers import answer_reaction

                return answer_reaction(self.session, question, text, now)
            case "ours" | "repeated" | "remedy" | "value" | "authority":
                from recoverycli.session.grammar.offers import answer_offer

                return answer_offer(self.session, question, text, now, self._world.authority)
            case "reading":
                from recoverycli.session.grammar.readings import answer_reading

                return answer_reading(self.session, question, text, now, self._world.read_date)
            case _:
                assert_never(question.about)

    def _unclear(self, meaning: Ambiguous | Misunderstood | Undecided, line: str, now: datetime) -> Reply:
        """Ask which of several readings is right; if nobody can answer, record none and list them.

        A step whose way is not decided stays on the screen.
        """
        if isinstance(meaning, Undecided):
            return responses.refuse(explain_undecided(self.session, meaning), line)
        if isinstance(meaning, Misunderstood):
            return responses.refuse(meaning, line)
        if self._world.asks:
            from recoverycli.session.grammar.readings import question_of

            return self._ask(question_of(meaning))
        reply = self._act(meaning.undecided, line, now)
        if isinstance(meaning.undecided, Misunderstood):
            return reply
        text = f"{reply.text} · {meaning.unclear} can be {' or '.join(meaning.options)}"
        return msgspec.structs.replace(reply, text=text, warns=True)

    def _note_answer(self, question: Question, answer: str, text: str, now: datetime) -> Reply:
        """Record a sentence that was typed at a question as a note; its first words may answer the question."""
        noted = self._record(ev.Noted(at=now, text=text))
        if not answer:
            self._question = question
            return msgspec.structs.replace(noted, question=question)
        reply = self._answer(question, answer, now)
        return msgspec.structs.replace(reply, text=responses.join_messages(noted.text, reply.text))

    def _choose_offer(self, line: str) -> Reply:
        if self._world.asks and self._world.authority.remedies:
            from recoverycli.session.grammar.offers import first_question

            return self._ask(first_question(self.session, self._world.authority))
        return Reply("refused", text="what was offered? · try /offer REMEDY [VALUE]", draft=line.strip())

    def _offer(self, offer: ev.Offered, line: str) -> Reply:
        from recoverycli.session.grammar.amounts import BadAmount
        from recoverycli.session.grammar.offers import authority_question, complete_offer

        try:
            whole = complete_offer(offer, self._world.authority)
        except BadAmount as bad:
            return Reply("refused", text=str(bad), draft=line.strip())
        question = authority_question(whole, self._world.authority) if self._world.asks else None
        return self._record(whole) if question is None else self._ask(question)

    def _keep_words(self, now: datetime, *, warned: bool) -> Reply:
        """Save the agent's last own words of this step as a phrase; ask before if they backfire."""
        if self._world.phrasebook is None:
            return Reply("refused", text="there is no place for phrases of your own here")
        from recoverycli.phrases.model import PersonalPhrase, own_words

        step = self.session.latest.step
        words = next(words.text for words in reversed(self.session.latest.said) if words.phrase is None)
        better = "" if warned else self._coach.suggest_better(words, self.session)
        if better and self._world.asks:
            return self._ask(Question("keep", f"{better}. Keep it all the same?", YES_NO, "Enter: no"))
        say = self._unwritten_names.phrase_text(own_words(words, self.session.customer, customer_address(self.session)))
        try:
            kept = self._world.phrasebook().keep(PersonalPhrase(say=say, intent=step.intent))
        except RecoveryError as fault:
            told = filter(None, (*fault.message.splitlines(), fault.kept, fault.hint))
            return Reply("refused", text=" · ".join(told))
        if not kept.new:
            return Reply("recorded", text="that is among your phrases already")
        self._coach.add(kept.phrase)
        reply = self._record(ev.Kept(at=now, text=words, phrase=kept.phrase.id, intent=step.intent))
        return msgspec.structs.replace(reply, text=responses.join_messages(better, reply.text), warns=bool(better))

    def _undo(self, now: datetime) -> Reply:
        before = self.session.before
        if before is not None:
            self._unwritten_names.forget_name(before.event)
        self._keep(ev.Undone(at=now))
        if before is None:
            return Reply("recorded")
        if isinstance(before.event, ev.Kept) and self._world.phrasebook is not None:
            self._world.phrasebook().remove(before.event.phrase)
            self._coach.drop(before.event.phrase)
        kind: Literal["moved", "recorded"] = "moved" if isinstance(before.event, _MOVES) else "recorded"
        return Reply(kind, text=responses.confirm_undo(before.event, self.session))

    def _switch(self, meaning: SwitchTo | OpenCard, line: str, now: datetime) -> Reply:
        if isinstance(meaning, OpenCard):
            loaded = self._world.cards.find(meaning.card)
        else:
            loaded = self._load(meaning.framework)
        if isinstance(loaded, Misunderstood):
            return responses.refuse(loaded, line)
        source: ev.PhraseSource = "built-in" if loaded.kind == "built-in" else "project"
        calls = isinstance(meaning, SwitchTo) and meaning.calls
        switched = ev.Switched(at=now, framework=loaded.content, digest=loaded.digest, source=source, called=calls)
        return self._record(switched)

    def _go_on(self, returned: Reply, line: str, now: datetime) -> Reply:
        """Go on to the step after the one that called a playbook, as far as no question is open."""
        meaning = advance(self.session, now)
        if not isinstance(meaning, Record) or question_before(self.session, meaning) is not None:
            return returned
        moved = self._act(meaning, line, now)
        return msgspec.structs.replace(moved, text=responses.join_messages(returned.text, moved.text))

    def _load(self, framework: str) -> LoadedFramework | Misunderstood:
        try:
            return self._world.load(framework)
        except RecoveryError as fault:
            return Misunderstood(" · ".join(filter(None, (fault.message, fault.hint))))

    def suggest_card(self) -> str:
        """Return the line of the card that the issue suggests with which the call began; empty if none does."""
        if self._state.issue:
            self._suggest_card(ev.IssueSet(at=self._now(), issue=self._state.issue))
        card, self._suggested = self._suggested, ""
        return card

    def _suggest_card(self, event: ev.Event) -> None:
        """Put the line of the card that the words of an event suggest beside the answer; each is suggested once."""
        found = self._world.cards.suggest(event, self._state, self._coach.suggest_card)
        if found is not None:
            self._keep(ev.CardSuggested(at=self._now(), card=found.id))
            self._suggested = suggestion_line(found)

    def _leave(self, how: str, outcome: ev.Outcome | None, now: datetime) -> Reply:
        if how == "pause":
            self._keep(ev.Paused(at=now))
            self._journal.close()
            return Reply("left", left=CallLeft("paused", self.session.id, self._journal.path))
        if outcome is not None:
            self._keep(ev.OutcomeChosen(at=now, outcome=outcome))
        if self.session.finished is None:
            self._keep(ev.Finished(at=now, state="abandoned" if how == "abandon" else "finished"))
        from recoverycli.live.finish import finish

        left = finish(self._state, self._journal, self._world.home, self._world.clock(), self._world.reopen_within)
        return Reply("left", left=left)


def _ends_called(event: ev.Event) -> bool:
    """Whether an event is the end of a called playbook."""
    return isinstance(event, ev.Returned) and event.finished


def _process(session: Session | None) -> int | None:
    return session.process if session is not None else None
