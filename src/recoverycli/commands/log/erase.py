"""`recovery log erase`: erase a customer from all calls."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from recoverycli.commands.common.context import Setup
from recoverycli.commands.common.help_text import help_with_examples
from recoverycli.commands.common.options import Confirmed, DryRun
from recoverycli.errors import NotFound, UsageProblem
from recoverycli.times.clock import now

if TYPE_CHECKING:
    from collections.abc import Sequence

    from recoverycli.commands.common.customers import Proposal
    from recoverycli.session.person import Person
    from recoverycli.store.privacy.proposals import ErasureProposal
    from recoverycli.store.privacy.survey import Survey

HELP = help_with_examples(
    "Erase a customer from all calls.\n\nThis deletes every call, open call, practice and review of the "
    "customer, and masks the name or reference where other calls, your own phrases or your settings mention it. The "
    "whole name must match; case and accents do not matter. Words that are perhaps theirs (Mrs ..., an initial, a part "
    "of the name, an e-mail address) are shown and asked about; scripts name them with --also. Backups that contain "
    "the customer are named. Try --dry-run first: a name that is also a common word masks that word too, unless you "
    "add --only-calls.",
    'recovery log erase --customer "A. Customer" --dry-run',
    'recovery log erase --customer "A. Customer" --also "Mrs Customer"',
    "recovery log erase --ref C-1042 --yes",
)
_WORD = "erase"
_UNSEEN = (
    "Not searched: exports, backups that were moved or made by other programs,",
    "the shell's history, printed pages, and names spelt in another way.",
)
_TEAM = "The team's database and other desks follow with: recovery team push"


def command(
    context: typer.Context,
    customer: Annotated[str | None, typer.Option("--customer", metavar="NAME", help="The whole name.")] = None,
    ref: Annotated[str | None, typer.Option("--ref", metavar="REF", help="The whole reference.")] = None,
    also: Annotated[
        list[str] | None, typer.Option("--also", metavar="WORDS", help="Other words that name them; may be repeated.")
    ] = None,
    only_calls: Annotated[bool, typer.Option("--only-calls", help="Do not mask mentions in other calls.")] = False,
    dry_run: DryRun = False,
    yes: Confirmed = False,
) -> None:
    """Erase a customer from all calls."""
    from recoverycli.commands.common.confirm import confirm
    from recoverycli.store.maintenance.known_backups import backups_with
    from recoverycli.store.outbox import is_connected
    from recoverycli.store.privacy.erase import busy_problem, erase
    from recoverycli.terminal.progress import progress
    from recoverycli.terminal.views.log.removal import backup_lines, survey_lines
    from recoverycli.text.format import plural

    setup: Setup = context.obj
    person, found = _settle(setup, _person(customer, ref, also or ()), mentions=not only_calls, asks=not yes)
    backups = backup_lines(backups_with(setup.home, person))
    if found.is_empty:
        _report_nothing(setup, person, found, backups)
        _tell_the_team(setup, person, dry_run=dry_run, yes=yes)
        return
    for line in (*survey_lines(found, setup.home), *backups, *_UNSEEN, *([_TEAM] if is_connected(setup.home) else [])):
        setup.output.text(line)
    if found.busy:
        raise busy_problem(found.busy)
    if dry_run:
        setup.output.text(f"{_what(found)} would be erased permanently. Nothing was changed.")
        return
    if not confirm(setup, f"{_what(found)} will be erased permanently. This cannot be undone.", yes=yes, word=_WORD):
        return
    with progress(setup.look, sys.stderr, "Erasing") as report:
        erased = erase(setup.home, person, now(), report, mentions=not only_calls, own=setup.own_files)
    counts = ((erased.calls, "call"), (erased.open_calls, "open call"), (erased.practice, "practice"))
    gone = ", ".join(plural(number, kind) for number, kind in counts if number) or "no call"
    masked = f"; masked {plural(erased.places, 'mention')} in {plural(erased.files, 'file')}" if erased.files else ""
    setup.output.text(f"erased: {gone}{masked}")
    left = (*found.beyond, *erased.left)
    if left:
        names = ", ".join(str(path) for path in left)
        setup.output.tell(f"Not changed, because people write them by hand; check them yourself: {names}")
        raise typer.Exit(1)


def _person(customer: str | None, ref: str | None, also: Sequence[str]) -> Person:
    from recoverycli.session.person import person_of

    if customer is None and ref is None:
        raise UsageProblem("a customer is required", hint='Use --customer "NAME" or --ref REF')
    for option, word in (("--customer", customer), ("--ref", ref), *(("--also", word) for word in also)):
        if word is not None and not word.strip():
            raise UsageProblem(f"{option} is empty", kept="Nothing was changed.", hint=f'Use {option} "..."')
    return person_of(customer, ref, also)


def _settle(setup: Setup, person: Person, *, mentions: bool, asks: bool) -> tuple[Person, Survey]:
    """Search for the person, and ask about what is doubtful until nothing new is found."""
    from recoverycli.commands.common.customers import choose_proposals
    from recoverycli.store.privacy.survey import survey
    from recoverycli.terminal.progress import progress

    shown: set[str] = set()
    while True:
        with progress(setup.look, sys.stderr, "Reading all calls") as report:
            found = survey(setup.home, person, report, mentions=mentions, own=setup.own_files)
        fresh = [one for one in (*_known_as(found, person), *map(_proposal, found.doubtful)) if one.words not in shown]
        shown |= {one.words for one in fresh}
        chosen = choose_proposals(setup, fresh, "--also", asks=asks)
        if not chosen:
            return person, found
        person = person.known_as(chosen)


def _known_as(found: Survey, person: Person) -> list[Proposal]:
    """The references and names in the person's own calls that were not asked for."""
    from recoverycli.commands.common.customers import Proposal

    refs = {going.ref for going in found.going if going.ref} if person.ref is None else set()
    names = {going.customer for going in found.going if going.customer} if person.name is None else set()
    told = {**dict.fromkeys(sorted(refs), "the reference"), **dict.fromkeys(sorted(names), "the name")}
    return [
        Proposal(words, f"{words}: {what} in their calls")
        for words, what in told.items()
        if not any(query.is_whole(words) for query in person.queries)
    ]


def _proposal(one: ErasureProposal) -> Proposal:
    from recoverycli.commands.common.customers import Proposal
    from recoverycli.terminal.views.log.removal import example_line
    from recoverycli.text.format import plural

    counts = [plural(number, word) for number, word in ((one.calls, "call"), (one.places, "place")) if number]
    return Proposal(one.words, f"{one.words}: {' and '.join(counts)}, {one.why}", example_line(one.path, one.example))


def _what(found: Survey) -> str:
    from recoverycli.text.format import plural

    counts = {kind: sum(going.kind == kind for going in found.going) for kind in ("call", "open call", "practice")}
    parts = [plural(number, kind) for kind, number in counts.items() if number]
    mentions = plural(found.places, "mention") if found.places else ""
    return " and ".join(filter(None, (", ".join(parts), mentions)))


def _report_nothing(setup: Setup, person: Person, found: Survey, backups: Sequence[str]) -> None:
    """Report that nothing was found, with similar names. Raises NotFound unless the desk has a team."""
    from recoverycli.commands.common.calls import stored_calls
    from recoverycli.store.outbox import is_connected
    from recoverycli.store.similar_names import near_names

    if found.beyond:
        setup.output.tell(f"Not created by this tool and not changed: {', '.join(str(path) for path in found.beyond)}")
    words = _words(person)
    with stored_calls(setup, quiet=True) as index:
        near = index.ask(lambda connection: near_names(connection, words))
    told = f"no customer is called {words[:80]}, and no call mentions it"
    hint = f"The whole name is needed. Similar names: {'; '.join(near)}" if near else "See all calls: recovery log list"
    hint = "\n".join((*backups, hint))
    if not is_connected(setup.home):
        raise NotFound(told, kept="Nothing was changed.", hint=hint)
    setup.output.tell(f"At this desk {told}.")
    if near or backups:
        setup.output.tell(hint)


def _tell_the_team(setup: Setup, person: Person, *, dry_run: bool, yes: bool) -> None:
    """Record an erasure for the other desks, although nothing was found here."""
    from recoverycli.commands.common.confirm import confirm
    from recoverycli.store.outbox import note_erasure

    if dry_run:
        setup.output.text("The other desks of the team would be asked to erase them. Nothing was changed.")
        return
    asked = f"The other desks of the team will be asked to erase {_words(person)[:80]}."
    if confirm(setup, asked, yes=yes, word=_WORD):
        note_erasure(setup.home, person, now())
        setup.output.text("recorded: recovery team push sends it, and each desk receives it with recovery team pull")


def _words(person: Person) -> str:
    wanted = person.name or person.ref
    return wanted.words if wanted else ""
