"""What is masked, always or by choice, and what replaces it."""

from __future__ import annotations

from typing import Final, NamedTuple

MASKS: Final = {
    "password": "[password]", "email": "[e-mail]", "phone": "[phone]", "iban": "[IBAN]",
    "national-number": "[national number]", "bank-account": "[bank account]", "date-of-birth": "[date of birth]",
    "address": "[address]", "key": "[key]", "name": "[name]",
}  # fmt: skip
NAME_MASK: Final = MASKS["name"]


class Rules(NamedTuple):
    """What is masked in addition to cards, codes and passwords: optional kinds, and the `names` of the customer."""

    chosen: frozenset[str] = frozenset()
    names: tuple[str, ...] = ()

    def with_names(self, *names: str | None) -> Rules:
        """Return the rules with these names added, if names are masked."""
        if "name" not in self.chosen:
            return self
        told = (name for name in names if name and name != NAME_MASK)
        return Rules(self.chosen, tuple(dict.fromkeys((*self.names, *told))))


class SensitiveSpan(NamedTuple):
    """Something to be masked: its start and end in the text, its kind, and how many digits at its end stay readable."""

    start: int
    end: int
    kind: str
    shown: int = 0


DEFAULT: Final = Rules()
