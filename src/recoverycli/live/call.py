"""A call in progress: the one loop body that everyone shares.

`hear` takes a typed line to its end: what it means, what of it may be kept, onto the disk, into the state.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NamedTuple

from recoverycli.errors import RecoveryError, StoreProblem
from recoverycli.live import answers
from recoverycli.live.reply import Left, Reply
from recoverycli.session import events as ev
from recoverycli.session.lines import interpret
from recoverycli.session.meanings import Copy, Leave, Misunderstood, Record, Show, SwitchTo, Undo
from recoverycli.session.state import apply, begin, fold
from recoverycli.store.journal import Journal
from recoverycli.store.masking import masked

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

    from recoverycli.framework.library import Loaded
    from recoverycli.session.meanings import DateReader
    from recoverycli.session.model import Session

_MOVES = ev.Moved | ev.Switched | ev.Returned


class Surroundings(NamedTuple):
    """What a call needs of the world: chosen once, in the command."""

    home: Path
    clock: Callable[[], datetime]
    load: Callable[[str], Loaded]
    read_date: DateReader


class LiveCall:
    """A call in progress. Its state is what the journal says, and the journal is written first."""

    def __init__(self, session: Session, journal: Journal, world: Surroundings) -> None:
        self.session = session
        self._journal = journal
        self._world = world

    @classmethod
    def start(cls, world: Surroundings, first: Callable[[], ev.Started]) -> LiveCall:
        """Begin a call with the event that `first` makes. Raises StoreProblem where it cannot be kept."""
        journal, event = Journal.create(world.home, lambda: masked(first()))
        return cls(begin(event), journal, world)

    @classmethod
    def resume(cls, world: Surroundings, path: Path) -> LiveCall:
        """Go on with the call whose journal is at `path`.

        Raises CallBusy where another process has it open, StoreProblem where it cannot be read.
        """
        journal, read = Journal.reopen(path, lambda found: _process(fold(found.events)))
        session = fold(read.events)
        if session is None:
            journal.close()
            raise StoreProblem(f"{path}: it holds no call that can be read", kept="The file is untouched.")
        call = cls(session, journal, world)
        if session.finished is None:
            call._keep(ev.Resumed(at=world.clock(), process=os.getpid()))
        return call

    def hold_lock(self) -> None:
        """Tell other windows that the call is open here."""
        self._journal.hold_lock()

    def hear(self, line: str) -> Reply:
        """Return the answer to a typed line, once what it says is on the disk.

        Raises StoreProblem where it could not be kept: the state is as before the line then.
        """
        now = self._world.clock()
        meaning = interpret(self.session, line, now, self._world.read_date)
        match meaning:
            case Record(event):
                return self._record(event)
            case Undo():
                return self._undo(now)
            case Show(what):
                return Reply("show", show=what)
            case Copy(text):
                return Reply("copy", text=f'copied: "{answers.short(text)}"', copy=text)
            case SwitchTo(framework):
                return self._switch(framework, line, now)
            case Leave(how, outcome):
                return self._leave(how, outcome, now)
            case Misunderstood():
                return Reply("refused", text=answers.refused(meaning), draft=line.strip())

    def end_of_input(self) -> Reply:
        """Finish the call if every live step is done or skipped, or an end was asked for; set it aside otherwise."""
        if self.session.complete or self.session.ending:
            return self._leave("finish", None, self._world.clock())
        return self.pause()

    def pause(self) -> Reply:
        """Set the call aside: `recovery resume` goes on with it."""
        return self._leave("pause", None, self._world.clock())

    def finish(self) -> Reply:
        """Finish the call now, wherever it stands."""
        return self._leave("finish", None, self._world.clock())

    def close(self) -> None:
        """Let go of the journal; the call stays as it is."""
        self._journal.close()

    def _keep(self, event: ev.Event) -> ev.Event:
        kept = masked(event)
        self._journal.append(kept)
        self.session = apply(self.session, kept)
        return kept

    def _record(self, event: ev.Event) -> Reply:
        kept = self._keep(event)
        return Reply("moved" if isinstance(kept, _MOVES) else "recorded", text=answers.recorded(kept))

    def _undo(self, now: datetime) -> Reply:
        before = self.session.before
        self._keep(ev.Undone(at=now))
        if before is None:
            return Reply("recorded")
        return Reply("moved" if isinstance(before.event, _MOVES) else "recorded", text=answers.taken_back(before.event))

    def _switch(self, framework: str, line: str, now: datetime) -> Reply:
        try:
            loaded = self._world.load(framework)
        except RecoveryError as fault:
            return Reply("refused", text=" · ".join(filter(None, (fault.message, fault.hint))), draft=line.strip())
        source: ev.PhraseSource = "built-in" if loaded.kind == "built-in" else "project"
        return self._record(ev.Switched(at=now, framework=loaded.framework, digest=loaded.digest, source=source))

    def _leave(self, how: str, outcome: ev.Outcome | None, now: datetime) -> Reply:
        if how == "pause":
            self._keep(ev.Paused(at=now))
            self._journal.close()
            return Reply("left", left=Left("paused", self.session.id, self._journal.path))
        if outcome is not None:
            self._keep(ev.OutcomeChosen(at=now, outcome=outcome))
        if self.session.finished is None:
            self._keep(ev.Finished(at=now, state="abandoned" if how == "abandon" else "finished"))
        from recoverycli.live.finish import finish

        return Reply("left", left=finish(self.session, self._journal, self._world.home))


def _process(session: Session | None) -> int | None:
    return session.process if session is not None else None
