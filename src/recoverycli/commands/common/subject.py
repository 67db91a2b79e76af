"""The calls of one person, to hand to that person: theirs alone, with other people masked."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import msgspec

from recoverycli.commands.common.calls import calls_of, read_rows
from recoverycli.commands.common.customers import choose_proposals, proposal
from recoverycli.errors import NotFound
from recoverycli.text.format import plural

if TYPE_CHECKING:
    from collections.abc import Sequence

    from recoverycli.commands.common.context import Setup
    from recoverycli.session.filters import Filters
    from recoverycli.session.other_people import OtherPeople


class SubjectCalls(NamedTuple):
    """The ids of a person's calls, newest first, and what masks everybody else in them."""

    ids: list[str]
    others: OtherPeople


def subject_calls(
    setup: Setup, name: str | None, ref: str | None, also: Sequence[str], wanted: Filters, *, team: bool
) -> SubjectCalls:
    """Find the calls of a person that match the filters; doubtful ones are asked about.

    Raises NotFound if there is none.
    """
    from recoverycli.session.other_people import OtherPeople
    from recoverycli.session.person import person_of
    from recoverycli.store.same_customers import known_agents, known_customers, same_customers

    person = person_of(name, ref, also)
    with calls_of(setup, team=team) as calls:
        found = same_customers(calls, person)
        chosen = choose_proposals(setup, [proposal(one) for one in found.doubtful], "--also")
        if chosen:
            person = person_of(name, ref, (*also, *chosen))
            found = same_customers(calls, person)
        theirs = {(one.name, one.ref) for one in found.certain}
        spellings = tuple(dict.fromkeys(words for one in theirs for words in one if words))
        if not spellings:
            told = " ".join(filter(None, (name, ref)))[:80]
            raise NotFound(f"no call is certainly of {told}", hint="See the customers: recovery log list")
        among = msgspec.structs.replace(wanted, customer=spellings[0], spellings=spellings[1:])
        ids = [row.id for row in read_rows(calls, among) if (row.customer, row.ref) in theirs]
        if not ids:
            raise NotFound("no calls match", hint="See them: recovery log list")
        everybody = known_customers(calls)
        others = OtherPeople(
            person,
            [*(one.name for one in everybody if one.name), *known_agents(calls)],
            [one.ref for one in everybody if one.ref and (one.name, one.ref) not in theirs],
        )
    return SubjectCalls(ids, others)


def subject_line(number: int) -> str:
    """Return what an export for a person holds, and what to check."""
    return (
        f"{plural(number, 'call')}, with known names of other people masked. "
        "Names that no call has as a customer or an agent are not known: read it before you hand it out."
    )
