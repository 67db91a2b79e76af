"""Whom to bring in when a card says so: by kind, and where numbers differ by country, by country and kind."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, get_args

if TYPE_CHECKING:
    from collections.abc import Mapping

# The first three are outside the company.
Contact = Literal[
    "emergency", "crisis-line", "complaints", "lead", "incidents", "security", "fraud", "privacy", "legal", "conduct",
    "care",
]  # fmt: skip
CONTACTS: tuple[Contact, ...] = get_args(Contact)
OUTSIDE: tuple[Contact, ...] = ("emergency", "crisis-line", "complaints")
PREFIX = "contacts."


def contact_name(name: str) -> str | None:
    """Return the name of a setting such as `contacts.incidents` or `contacts.GB.emergency`, or None if it is none."""
    from recoverycli.times.working_time import is_country_code

    if not name.startswith(PREFIX):
        return None
    country, dot, kind = name.removeprefix(PREFIX).rpartition(".")
    if kind not in CONTACTS or (dot and not is_country_code(country.upper())):
        return None
    return f"{PREFIX}{country.upper()}{dot}{kind}"


def contacts_of_country(contacts: Mapping[str, str], country: str | None) -> dict[Contact, str]:
    """Return the contacts by kind: those of the region, else of the country, else those without a country."""
    places = (f"{country}.", f"{country.partition('-')[0]}.", "") if country else ("",)
    found: dict[Contact, str] = {}
    for kind in CONTACTS:
        known = next((contacts[place + kind] for place in places if place + kind in contacts), None)
        if known is not None:
            found[kind] = known
    return found
