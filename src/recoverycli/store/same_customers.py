"""The customers of the stored calls who are a person, and those who perhaps are: one answer for lists, exports,
erasures and the history of a customer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from recoverycli.session.person import Doubt, Person, PersonQuery, person_of
from recoverycli.store.queries import RowCondition

if TYPE_CHECKING:
    from recoverycli.store.queries import CallQueries


class KnownCustomer(NamedTuple):
    """A customer as calls name them, how many calls do, and why it is doubtful that they are the person."""

    name: str | None
    ref: str | None
    calls: int
    why: Doubt | None = None

    @property
    def words(self) -> str:
        """What names this customer and not the person: the name, or the reference where the name is the same."""
        words = self.ref if self.why == "same name, another reference" else self.name
        return words or self.ref or ""


class SameCustomers(NamedTuple):
    """The customers who certainly are a person, and those who perhaps are, with most calls first."""

    certain: tuple[KnownCustomer, ...] = ()
    doubtful: tuple[KnownCustomer, ...] = ()


def person_named(word: str) -> Person:
    """Return the person whom one word names, by a whole name or a whole reference."""
    return person_of(word, None, [word])


def same_customers(calls: CallQueries, person: Person) -> SameCustomers:
    """Return the customers of the finished calls who are the person or perhaps are.

    For a reference alone, the names in its calls are compared as well. Raises StoreProblem.
    """
    found = _compare(calls, person)
    if person.name is None:
        names = {one.name for one in found.certain if one.name}
        for name in sorted(names):
            perhaps = _compare(calls, person._replace(name=PersonQuery(name))).doubtful
            there = {(one.name, one.ref) for one in (*found.certain, *found.doubtful)}
            found = found._replace(
                doubtful=(*found.doubtful, *(one for one in perhaps if (one.name, one.ref) not in there))
            )
    return found


def known_customers(calls: CallQueries) -> list[KnownCustomer]:
    """Return every customer of the finished calls. Raises StoreProblem."""
    return _customers(calls, RowCondition("(customer IS NOT NULL OR ref IS NOT NULL)", ()))


def known_agents(calls: CallQueries) -> list[str]:
    """Return the names of all agents of the finished calls. Raises StoreProblem."""
    sql = "SELECT DISTINCT agent FROM call WHERE agent IS NOT NULL"
    rows = calls.ask(lambda connection: connection.execute(sql).fetchall())
    return [name for (agent,) in rows for name in agent_names(agent)]


def agent_names(agent: str) -> tuple[str, ...]:
    """Return what may name an agent in a text: in a team's database, the role stands in brackets behind the name."""
    name, bracket, _ = agent.rpartition(" (")
    return (agent, name) if bracket and agent.endswith(")") else (agent,)


def _customers(calls: CallQueries, among: RowCondition) -> list[KnownCustomer]:
    sql = f"SELECT customer, ref, count(*) FROM call WHERE {among.sql} GROUP BY customer, ref"  # noqa: S608  # bound
    found = calls.ask(lambda connection: connection.execute(sql, among.values).fetchall())
    return [KnownCustomer(*row) for row in found]


def _compare(calls: CallQueries, person: Person) -> SameCustomers:
    certain: list[KnownCustomer] = []
    doubtful: list[KnownCustomer] = []
    # Of many customers, few are worth a comparison.
    terms = person.customer_terms
    for one in _customers(calls, calls.word_condition(terms)) if terms else known_customers(calls):
        match person.compare(one.name, one.ref):
            case None:
                pass
            case "same":
                certain.append(one)
            case why:
                doubtful.append(one._replace(why=why))
    return SameCustomers(_most_calls_first(certain), _most_calls_first(doubtful))


def _most_calls_first(found: list[KnownCustomer]) -> tuple[KnownCustomer, ...]:
    return tuple(sorted(found, key=lambda one: (-one.calls, one.name or "", one.ref or "")))
