"""Start a call with everything it needs: framework, personal phrases, recent phrases and wording."""

from __future__ import annotations

import os
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from recoverycli import paths
from recoverycli.commands.common.told_words import told_word
from recoverycli.errors import StoreProblem, UsageProblem
from recoverycli.frameworks.model import CALL_FACTS, CHANNELS, MOODS
from recoverycli.session import events as ev
from recoverycli.session.grammar.meanings import Ambiguous, Misunderstood, Record
from recoverycli.session.grammar.parse import interpret
from recoverycli.session.remedies import Authority
from recoverycli.session.state import begin
from recoverycli.settings.contacts import contacts_of_country
from recoverycli.text.safe import storable_text
from recoverycli.times.clock import now
from recoverycli.times.zone_name import zone_name

if TYPE_CHECKING:
    from datetime import datetime

    from recoverycli.commands.common.context import Setup
    from recoverycli.content.nodes import Problem
    from recoverycli.frameworks.library import FrameworkLibrary, LoadedFramework
    from recoverycli.frameworks.shared.families import IssueFamilies
    from recoverycli.live.call import LiveCall
    from recoverycli.live.cards import CallCards
    from recoverycli.live.coach import Coach
    from recoverycli.live.customer_history import CustomerHistory
    from recoverycli.live.environment import CallEnvironment
    from recoverycli.live.reply import CallLeft
    from recoverycli.phrases.model import PersonalPhrase
    from recoverycli.store.phrasebook import Phrasebook
    from recoverycli.wording.compiled import CallWording
    from recoverycli.wording.matcher import Matcher

# What is due later is not shown at the start of a call.
_SOON = timedelta(hours=1)
REOPEN_TIMES = {
    "never": timedelta(0),
    "hour": timedelta(hours=1),
    "day": timedelta(days=1),
    "week": timedelta(days=7),
}
_LETTERS = "0123456789abcdefghijklmnopqrstuvwxyz"


class WordingLoader:
    """The wording, loaded on demand; `problems` are those of skipped files."""

    def __init__(self, setup: Setup) -> None:
        self._setup = setup
        self.problems: tuple[Problem, ...] = ()

    def __call__(self) -> Matcher:
        """Read and compile the wording files."""
        from recoverycli.live.cards import CallCards
        from recoverycli.wording.files.library import load
        from recoverycli.wording.matcher import Matcher

        loaded = load(self._setup.search_order("wording"), CallCards(self._setup.library()).ids)
        self.problems = loaded.problems
        return Matcher(loaded.wording)

    def for_call(self) -> CallWording:
        """Load what a call needs of the wording."""
        from recoverycli.live.call_wording import load_for_call
        from recoverycli.live.cards import CallCards

        cards = CallCards(self._setup.library()).ids
        tables = load_for_call(self._setup.home, self._setup.search_order("wording"), cards)
        self.problems = tables.problems
        return tables.readers()


def coach(setup: Setup, wording: WordingLoader) -> Coach:
    """Return the coach of one call. Problems in the file of personal phrases are warnings; valid phrases are used."""
    from recoverycli.live.coach import Coach
    from recoverycli.store.phrase_use import overused_phrases

    personal: tuple[PersonalPhrase, ...] = ()
    # Most users have no such file, and its reader takes longer to load than drawing a step.
    if os.path.exists(paths.phrases_file(os.environ)):  # noqa: PTH110  # False in a folder of another user
        read = phrasebook(setup).read()
        setup.warn(read.problems)
        personal = read.phrases
    shared, families = setup.shared_phrases(), setup.issue_families()
    return Coach(personal, overused_phrases(setup.home), wording.for_call, shared, families)


def phrasebook(setup: Setup) -> Phrasebook:
    """The file of the agent's own phrases."""
    from recoverycli.store.phrasebook import Phrasebook

    return Phrasebook(paths.phrases_file(os.environ), setup.rules)


def call_environment(setup: Setup, library: FrameworkLibrary, wording: WordingLoader) -> CallEnvironment:
    """Return the environment of a call in progress."""
    from recoverycli.live.environment import CallEnvironment

    return CallEnvironment(
        home=setup.home,
        clock=now,
        load=library.load,
        read_date=setup.read_date,
        asks=setup.look.interactive,
        coach=coach(setup, wording),
        authority=Authority(setup.settings.remedies, setup.settings.currency),
        phrasebook=lambda: phrasebook(setup),
        rules=setup.rules,
        address=setup.settings.address,
        reopen_within=REOPEN_TIMES[setup.settings.reopen],
        cards=call_cards(setup, library),
        contacts=contacts_of_country(setup.settings.contacts, setup.settings.country),
        patterns=setup.settings.patterns,
        history=lambda name, ref, but: known_customer(setup, name, ref, but),
    )


def call_cards(setup: Setup, library: FrameworkLibrary) -> CallCards:
    """The cards of a call, without those that the settings switch off."""
    from recoverycli.live.cards import CallCards

    return CallCards(library, setup.settings.cards_off, setup.sources["cards.off"])


def run_call(
    setup: Setup, library: FrameworkLibrary, call: LiveCall, wording: WordingLoader, notice: str = ""
) -> CallLeft:
    """Run a call, drawn or plain; `notice` is on its first screen."""
    from recoverycli.live.reply import Reply
    from recoverycli.terminal.call.loop import open_screen, walk

    shared, families, cards = setup.shared_phrases(), setup.issue_families(), call_cards(setup, library)
    with open_screen(
        setup.output,
        library.ids,
        os.environ,
        heed=call.warn,
        families=families.all,
        cards=lambda: cards.ids,
    ) as screen:
        first = Reply("moved", text=notice) if notice else None
        left = walk(call, screen, first, lambda: _first_notice(setup, call), call.reopen)
    setup.warn((*wording.problems, *shared.problems, *families.problems))
    return left


def _first_notice(setup: Setup, call: LiveCall) -> str:
    """The card that the issue suggests, its family, what is known of the customer, and what is due now."""
    told = (call.suggest_card(), call.issue_line(), call.customer_line(), due_line(setup))
    return " · ".join(filter(None, told))


def known_customer(setup: Setup, name: str | None, ref: str | None, but: str) -> CustomerHistory | None:
    """Return the history of a customer; None if nothing is known, or where it cannot be said at once."""
    from recoverycli.live.customer_history import customer_history
    from recoverycli.store.index.index import Index

    try:
        with Index(setup.home) as index:
            return customer_history(index, name, ref, now(), but) if index.is_ready else None
    except StoreProblem:
        return None


def due_line(setup: Setup) -> str:
    """Return a line about what is due now; empty if nothing is, or if the index is not ready."""
    from recoverycli.review.followups import due_now, summary
    from recoverycli.store.index.index import Index

    try:
        with Index(setup.home) as index:
            due = summary(due_now(index, now(), _SOON), now()) if index.is_ready else ""
    except StoreProblem:
        return ""
    return f"due: {due} · recovery followups due" if due else ""


class CallDetails(NamedTuple):
    """Details from the command line or the settings, as typed."""

    customer: str | None
    ref: str | None
    channel: str | None
    issue: str | None
    mood: str | None
    agent: str | None
    values: tuple[str, ...]
    found_by: str | None = None
    afterwards: bool = False
    lasted: float | None = None


def first_event(
    told: CallDetails,
    loaded: LoadedFramework,
    at: datetime,
    scene: ev.Scene | None = None,
    families: IssueFamilies | None = None,
    setup: Setup | None = None,
) -> ev.Started:
    """Return the first event of a call, still without its id; with a `scene` it is practice.

    The issue is looked up in `families`, and values are read by the settings of `setup`. Raises UsageProblem for an
    invalid word.
    """
    issue = _checked_text(told.issue)
    first = ev.Started(
        at=at,
        id="",
        framework=loaded.content,
        digest=loaded.digest,
        source="built-in" if loaded.kind == "built-in" else "project",
        process=os.getpid(),
        agent=_checked_text(told.agent),
        channel=told_word("channel", told.channel, CHANNELS),
        issue=issue,
        family=families.find(issue) if families is not None else None,
        mood=told_word("mood", told.mood, MOODS),
        customer=_checked_text(told.customer),
        ref=_checked_text(told.ref),
        found_by=told_word("finder", told.found_by, ev.FOUND_BY) or "customer",
        afterwards=told.afterwards,
        lasted=told.lasted,
        zone=zone_name(os.environ),
        kind="practice" if scene else "call",
        scene=scene,
    )
    return _with_values(first, told.values, setup) if told.values and setup is not None else first


def with_id(first: ev.Started, at: datetime) -> ev.Started:
    """Return the first event with the time and an id: the time, the framework, and four random characters."""
    letters = "".join(_LETTERS[byte % len(_LETTERS)] for byte in os.urandom(4))
    return msgspec.structs.replace(first, at=at, id=f"{at:%Y%m%dT%H%M%S}-{first.framework.id}-{letters}")


def _checked_text(text: str | None) -> str | None:
    return storable_text(text).strip() or None if text else None


def _with_values(first: ev.Started, pairs: tuple[str, ...], setup: Setup) -> ev.Started:
    """Return the first event with the NAME=VALUE pairs, read by the same rules as `/set` in the call."""
    session = msgspec.structs.replace(begin(first), currency=setup.settings.currency, patterns=setup.settings.patterns)
    values: dict[str, str] = {}
    typed: dict[str, str] = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not equals or not name.strip() or not value.strip():
            raise UsageProblem(
                f"--set {pair[:60]}: a name and a value are needed", hint="For example: --set order=A-1042"
            )
        if name in CALL_FACTS:
            own = f"--set {pair[:60]}: {name} has its own option"
            raise UsageProblem(own, hint=f"For example: --{name} ...")
        meaning = interpret(session, f"/set {name.strip()} {value.strip()}", first.at, setup.read_date)
        meaning = meaning.undecided if isinstance(meaning, Ambiguous) else meaning
        if isinstance(meaning, Misunderstood):
            near = meaning.nearest.removeprefix("/set ").replace(" ", "=", 1)
            raise UsageProblem(f"--set {pair[:60]}: {meaning.why}", hint=f"Did you mean --set {near}" if near else "")
        if isinstance(meaning, Record) and isinstance(meaning.event, ev.ValueSet):
            values[meaning.event.name] = meaning.event.value
            typed[meaning.event.name] = meaning.event.typed
    return msgspec.structs.replace(first, values=values, typed={name: text for name, text in typed.items() if text})
