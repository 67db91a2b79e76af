"""Names in a report: left out, unless somebody asks for them.

Known names are the customers, their references and the agents of the calls that the report counts, and people who are
named with a title. Another name in a text is not recognised.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from msgspec.structs import replace

from recoverycli.review.statistics.denominators import CallCondition
from recoverycli.session.other_people import OtherPeople
from recoverycli.session.person import Person
from recoverycli.store.same_customers import agent_names
from recoverycli.text.tokens import tokens

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from recoverycli.review.statistics.overview import Overview
    from recoverycli.session.filters import Filters
    from recoverycli.store.index.rows import DueItem
    from recoverycli.store.queries import CallQueries

PERSON = "[person]"
# Everything in ASCII that is no part of a word.
_SPACES = {code: " " for code in range(128) if not chr(code).isalnum()}
_NOBODY = Person(None, None)


def without_names(
    found: Overview, due: Sequence[DueItem], kept: CallQueries, wanted: Filters
) -> tuple[Overview, tuple[DueItem, ...]]:
    """Return the figures with known names masked in issues, causes and remedies, and what is due without other words.

    Raises StoreProblem.
    """
    texts = set(_texts(found, due))
    shown = _masked_names(texts, known_people(kept, wanted, texts))
    figures = replace(
        found.figures,
        groups=tuple(replace(one, name=shown[one.name]) for one in found.figures.groups),
        remedies=tuple(replace(one, remedy=shown[one.remedy]) for one in found.figures.remedies),
    )
    causes = replace(
        found.causes,
        causes=tuple(replace(one, cause=shown[one.cause]) for one in found.causes.causes),
        costs=tuple(replace(one, cause=one.cause and shown[one.cause]) for one in found.causes.costs),
    )
    issues = tuple(replace(one, issue=shown[one.issue]) for one in found.demand.issues)
    masked = replace(
        found,
        figures=figures,
        patterns=tuple(replace(one, name=shown[one.name]) for one in found.patterns),
        demand=replace(found.demand, issues=issues),
        causes=causes,
    )
    return masked, tuple(one._replace(what="", customer=None, issue=one.issue and shown[one.issue]) for one in due)


def _masked_names(texts: Iterable[str], others: OtherPeople) -> dict[str, str]:
    """Each text without people; where two are the same without them, a number keeps them apart."""
    shown: dict[str, str] = {}
    used: Counter[str] = Counter()
    for text in sorted(texts):
        masked, mentions = others.mask(text)
        if mentions:
            used[masked] += 1
            masked = f"{masked} ({used[masked]})" if used[masked] > 1 else masked
        shown[text] = masked
    return shown


def known_people(kept: CallQueries, wanted: Filters, texts: Iterable[str]) -> OtherPeople:
    """Return what masks the known people of the calls that match in these texts. Raises StoreProblem."""
    among = CallCondition(wanted)
    rows = kept.ask(
        lambda connection: connection.execute(
            f"SELECT customer, ref, agent FROM call WHERE {among.calls}",  # noqa: S608
            among.values,
        ).fetchall()
    )
    there = {token.text for text in texts for token in tokens(text)}
    customers, refs, agents = ({row[place] for row in rows if row[place]} for place in range(3))
    names = {name for agent in agents for name in agent_names(agent)}
    names.update(_near(customers, there))
    return OtherPeople(_NOBODY, names, _near(refs, there), PERSON)


def _near(names: set[str], there: set[str]) -> list[str]:
    """Return the names that need a close look: most have no word in common with any text."""
    plain, strange = [name for name in names if name.isascii()], [name for name in names if not name.isascii()]
    whole = f" {' '.join(plain)} ".lower().translate(_SPACES)
    near = {word for word in there if f" {word} " in whole}
    if near:
        strange += (name for name in plain if not near.isdisjoint(name.lower().translate(_SPACES).split()))
    return strange


def _texts(found: Overview, due: Iterable[DueItem]) -> Iterator[str]:
    """The texts of people in figures."""
    yield from (one.name for one in found.figures.groups)
    yield from (one.remedy for one in found.figures.remedies)
    yield from (one.name for one in found.patterns)
    yield from (one.issue for one in found.demand.issues)
    yield from (one.cause for one in found.causes.causes)
    yield from (one.cause for one in found.causes.costs if one.cause)
    yield from (one.issue for one in due if one.issue)
