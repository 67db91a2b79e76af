"""The environment of a call in progress, chosen once by the command that begins it."""

from __future__ import annotations

from datetime import timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from recoverycli.live.cards import CallCards
from recoverycli.redaction.rules import DEFAULT, Rules
from recoverycli.session.remedies import Authority

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime
    from pathlib import Path

    from recoverycli.frameworks.library import LoadedFramework
    from recoverycli.live.coach import Coach
    from recoverycli.live.customer_history import CustomerHistory
    from recoverycli.session.grammar.meanings import DateReader
    from recoverycli.settings.contacts import Contact
    from recoverycli.settings.model import Address
    from recoverycli.store.phrasebook import Phrasebook


class CallEnvironment(NamedTuple):
    """What a call uses from outside.

    `asks` says that somebody is there to answer. `coach` knows the words that fit, `authority` what may be offered;
    `phrasebook` stores the agent's own phrases (None: nowhere). `rules` say what is masked, `address` how phrases
    address the customer, `reopen_within` how long a saved call can be reopened, and `history` what is known of a
    customer, leaving out the call of that id. `cards` are the cards that can be opened, and `contacts` whom they bring
    in. `patterns` are the forms of numbers and codes, by name.
    """

    home: Path
    clock: Callable[[], datetime]
    load: Callable[[str], LoadedFramework]
    read_date: DateReader
    asks: bool = False
    coach: Coach | None = None
    authority: Authority = Authority()
    phrasebook: Callable[[], Phrasebook] | None = None
    rules: Rules = DEFAULT
    reopen_within: timedelta = timedelta(0)
    address: Address = "given-name"
    history: Callable[[str | None, str | None, str], CustomerHistory | None] | None = None
    cards: CallCards = CallCards()
    contacts: Mapping[Contact, str] = MappingProxyType({})
    patterns: Mapping[str, str] = MappingProxyType({})
