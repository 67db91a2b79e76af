"""What `log amend` adds to a stored call: notes, offers and promises, read as in a call and masked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from recoverycli.errors import UsageProblem

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from recoverycli.commands.common.context import Setup
    from recoverycli.redaction.rules import Rules
    from recoverycli.session.events import Event


def read_additions(
    setup: Setup, typed: Mapping[str, Sequence[str]], now: datetime, rules: Rules
) -> list[tuple[str, dict[str, Any]]]:
    """Return the lists and the entries to add to them. Raises UsageProblem if words can be understood in no way."""
    if not any(typed.values()):
        return []
    from recoverycli.redaction.events import mask_event

    found: list[tuple[str, dict[str, Any]]] = []
    for name, lines in typed.items():
        for words in lines:
            event = mask_event(_read(setup, name, words, now), rules)
            fields = msgspec.to_builtins(event)
            found.append((name, {key: value for key, value in fields.items() if key not in {"event", "masked"}}))
    return found


def _read(setup: Setup, name: str, words: str, now: datetime) -> Event:
    from recoverycli.session import events as ev
    from recoverycli.session.grammar.amounts import BadAmount
    from recoverycli.session.grammar.meanings import Ambiguous, Record
    from recoverycli.session.grammar.offer_commands import read_offer
    from recoverycli.session.grammar.offers import complete_offer
    from recoverycli.session.grammar.promises import read_promise
    from recoverycli.session.remedies import Authority
    from recoverycli.text.safe import storable_text

    text = storable_text(words).strip()
    if name == "notes" and text:
        return ev.Noted(at=now, text=text)
    meaning = read_offer(text, now) if name == "offers" else read_promise(text, now, setup.read_date)
    if isinstance(meaning, Record):
        try:
            event = meaning.event
            settings = setup.settings
            authority = Authority(settings.remedies, settings.currency)
            return complete_offer(event, authority) if isinstance(event, ev.Offered) else event
        except BadAmount as bad:
            raise UsageProblem(f"--{name.removesuffix('s')} {text[:60]}: {bad}") from bad
    why = f"it can be {' or '.join(meaning.options)}" if isinstance(meaning, Ambiguous) else getattr(meaning, "why", "")
    raise UsageProblem(f"--{name.removesuffix('s')} {text[:60]}: {why or 'it is empty'}", kept="Nothing was changed.")
