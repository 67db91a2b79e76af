"""`recovery` without arguments on a terminal: a menu, after at most three questions the first time."""

from __future__ import annotations

import contextlib
import sys
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from recoverycli.commands.common.calls import stored_calls
from recoverycli.commands.common.context import GlobalOptions, Setup
from recoverycli.errors import RecoveryError, UsageProblem
from recoverycli.frameworks.model import CHANNELS
from recoverycli.session.filters import Filters
from recoverycli.terminal.ask.menu import Menu, Option
from recoverycli.text.format import plural
from recoverycli.times.clock import now

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import datetime
    from pathlib import Path

    from recoverycli.store.index.index import Index
    from recoverycli.terminal.output import Output

# At most this many open calls; `recovery resume` reaches older ones.
_MOST_OPEN = 20


class Entry(NamedTuple):
    """An entry of the menu: its name, a description, and the words of its command.

    `then` says what follows: a call ends the menu, a page waits for a key, a list is left by itself. `options` are
    asked for first; each is the last word of the command.
    """

    name: str
    note: str
    argv: tuple[str, ...]
    then: Literal["call", "page", "list"] = "page"
    options: tuple[str, ...] = ()


def is_wanted(options: GlobalOptions) -> bool:
    """Whether `recovery` without arguments shows the menu: on a terminal."""
    return sys.stdin.isatty() and sys.stdout.isatty() and not options.no_input


def home(options: GlobalOptions, invoke: Callable[[Sequence[str]], int], commands: Sequence[str]) -> None:
    """Show the menu until a command ends it or the user leaves. `invoke` runs a command, `commands` names them all."""
    setup = Setup(options)
    has_told = False
    if _is_new(setup.settings_file):
        set_up(setup, commands)
        has_told = setup.output.has_told
        setup = Setup(options)
    if (has_told or setup.output.has_told) and not _wait_for_reader(setup):
        return
    place = 0
    while (chosen := _choose_entry(setup, place)) is not None:
        place, entry = chosen
        if not _run_entry(setup, entry, lambda argv: invoke([*options.words, *argv])):
            return


def _wait_for_reader(setup: Setup) -> bool:
    """Wait before the menu covers a report; False if the user wants to leave."""
    from recoverycli.terminal.ask.questions import wait

    if setup.look.plain:
        return True
    with contextlib.suppress(KeyboardInterrupt):
        return wait(setup.output, "on")
    return False


def _choose_entry(setup: Setup, place: int) -> tuple[int, Entry] | None:
    """Return the chosen entry and its place; None if the user leaves, also by Ctrl-C before it is drawn."""
    from recoverycli.terminal.ask.questions import pick

    with contextlib.suppress(KeyboardInterrupt):
        title, entries = gather_home(setup, now())
        menu = Menu(title, tuple(Option(entry.name, entry.note) for entry in entries))
        chosen = pick(setup.output, menu, min(place, len(entries) - 1))
        return None if chosen is None else (chosen, entries[chosen])
    return None


def _is_new(settings_file: Path) -> bool:
    try:
        return not settings_file.exists()
    except OSError:  # it may exist in a folder that cannot be read
        return False


def gather_home(setup: Setup, moment: datetime) -> tuple[str, tuple[Entry, ...]]:
    """Return the question of the menu and its entries."""
    settings = setup.settings
    title = f"What would you like to do, {settings.agent}?" if settings.agent else "What would you like to do?"
    ids = setup.library().ids()
    with stored_calls(setup, quiet=True) as index:
        due, past = tuple(_due_entries(index, moment)), _past(index)
    entries = (
        Entry("Start a call", f"with {settings.framework}", ("start",), "call"),
        Entry("Another framework", "a call with one of your choice", ("start",), "call", ids),
        *_open(setup.home, moment),
        *due,
        past,
        Entry("Practise", "a few questions, what is due first", ("quiz",)),
        Entry("Tutorial", "one call in two minutes, nothing is stored", ("tutorial",)),
        Entry("Learn the frameworks", f"{len(ids)} to read", ("frameworks", "list")),
    )
    return title, entries


def set_up(setup: Setup, commands: Sequence[str]) -> None:
    """Ask at most three questions, and write the settings file, so that they are asked only once."""
    from recoverycli.settings.write import write
    from recoverycli.terminal.ask.questions import ask_line

    output = setup.output
    output.text("Welcome. Three short questions, once.")
    output.text(f"Enter skips one, {'Ctrl-D' if output.look.plain else 'Esc'} skips all.")
    ids = setup.library().ids()
    asked = (
        ("agent", "Your name?", ()),
        ("channel", f"Your usual channel? ({', '.join(CHANNELS)})", CHANNELS),
        ("framework", f"Your usual framework? (Enter: {setup.settings.framework})", ids),
    )
    answers: dict[str, Any] = {}
    for name, question, offered in asked:
        ask = lambda q=question, o=offered: ask_line(output, q, o)  # noqa: E731  # its values are bound here
        value = _ask_valid(output, name, ask, ids, commands if name == "agent" else ())
        if value is None:
            break
        if value:
            answers[name] = value
    try:
        write(setup.settings_file, answers)
    except RecoveryError as fault:
        _tell(output, fault)
        return
    output.text("Change them at any time: recovery config edit")


def _ask_valid(
    output: Output, name: str, ask: Callable[[], str | None], frameworks: tuple[str, ...], commands: Sequence[str]
) -> str | None:
    """Ask until the answer is valid; empty if it was skipped, None if the rest is skipped. A command is no answer."""
    from recoverycli.commands.config.set import checked_value

    while True:
        typed = ask()
        if typed is None or not typed.strip():
            return typed if typed is None else ""
        word = typed.split()[0].casefold()
        if word in commands or (word == "recovery" and commands):
            output.text(f"{typed.strip()} is a command. Type your name, or press Enter to skip the question.")
            continue
        try:
            return str(checked_value(name, typed, frameworks))
        except UsageProblem as wrong:
            output.text(f"{wrong.message.rstrip('?.')}. {wrong.hint}")


def _open(folder: Path, moment: datetime) -> Iterator[Entry]:
    """The open calls, newest first, each with its customer or its framework."""
    from recoverycli.live.open_calls import open_calls
    from recoverycli.session.state import fold
    from recoverycli.store.journal.reader import read_journal
    from recoverycli.times.age import format_age

    try:
        paths = open_calls(folder)
    except RecoveryError as fault:
        yield Entry("Resume a call", fault.message, ("resume",), "call")
        return
    for path in paths[:_MOST_OPEN]:
        try:
            session = fold(read_journal(path).events)
        except (RecoveryError, OSError):
            session = None
        if session is None:
            yield Entry(f"Resume {path.stem}", "it cannot be read", ("resume", path.stem), "call")
            continue
        framework, when = session.framework.name, format_age(session.clock.last_at, moment)
        named = (session.customer, framework) if session.customer else (f"a call in {framework}", session.issue)
        note = ", ".join(filter(None, (*named[1:], when)))
        yield Entry(f"Resume {named[0]}", note, ("resume", path.stem), "call")


def _due_entries(index: Index, moment: datetime) -> Iterator[Entry]:
    from recoverycli.review.followups import due_now, summary

    try:
        line = summary(due_now(index, moment), moment)
    except RecoveryError as fault:
        line = fault.message
    yield Entry("What is due", line or "nothing today", ("followups", "due"))


def _past(index: Index) -> Entry:
    from recoverycli.store.index.rows import count

    name = "Find a past call"
    try:
        number = index.ask(lambda connection: count(connection, Filters()))
    except RecoveryError as fault:
        return Entry(name, fault.message, ("log", "list"))
    if not number:
        return Entry(name, "none stored yet", ("log", "list"))
    return Entry(name, f"{plural(number, 'call')} stored", ("log", "browse"), "list")


def _run_entry(setup: Setup, entry: Entry, run: Callable[[Sequence[str]], int]) -> bool:
    """Run the chosen entry; False if it ends the menu."""
    from recoverycli.terminal.ask.questions import choose, wait

    argv = entry.argv
    if entry.options:
        option = choose(setup.output, "Which framework?", _in_groups(setup, entry.options))
        if option is None:
            return True
        argv = (*argv, option)
    try:
        run(argv)
    except RecoveryError as fault:
        _tell(setup.output, fault)
    except KeyboardInterrupt:
        if entry.then == "call":
            raise
    else:
        if entry.then != "page":
            return entry.then == "list"
    return wait(setup.output)


def _in_groups(setup: Setup, ids: tuple[str, ...]) -> list[str]:
    """Frameworks first, then playbooks, then cards: a call begins in one of the first. Unreadable ones come last."""
    groups = {loaded.content.id: loaded.content.group for loaded in setup.library().listing().entries}
    order = ("framework", "playbook", "card")
    return sorted(ids, key=lambda id_: order.index(groups[id_]) if id_ in groups else len(order))


def _tell(output: Output, fault: RecoveryError) -> None:
    for line in filter(None, (fault.message, fault.kept, fault.hint)):
        output.tell(line)
