"""Masking of text before anything is written.

Always: card numbers except for their last four digits, secret codes and passwords. Optional: e-mail addresses,
telephone numbers, IBANs, national numbers, and the customer's name. The digits of cards and codes become `*`,
everything else is replaced by its kind in brackets.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from recoverycli.redaction.cards.codes_after import codes_after
from recoverycli.redaction.cards.numbers import cards
from recoverycli.redaction.cards.read_out import cards_read_out
from recoverycli.redaction.codes.find import codes
from recoverycli.redaction.passwords.find import passwords
from recoverycli.redaction.reading.digits_said import digit_spans
from recoverycli.redaction.rules import DEFAULT, MASKS, Rules, SensitiveSpan

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from recoverycli.redaction.learned.find import LearnedReading

# Replaces what was found, so that no later match spans it.
_TAKEN: Final = "\ue000"
# Each pass removes something, which may make the rest recognisable.
_MOST_LOOKS: Final = 8


def redact(text: str, rules: Rules = DEFAULT) -> tuple[str, int]:
    """Return the masked text and the number of masks. Pure, idempotent, and linear in the length."""
    count = 0
    for _ in range(_MOST_LOOKS):
        masked, found = _look(text, rules)
        if not found:
            break
        text, count = masked, count + len(found)
    return text, count


def findings(
    text: str, rules: Rules = DEFAULT, learned: Callable[[str], LearnedReading] | None = None
) -> tuple[SensitiveSpan, ...]:
    """Return what would be masked, in text order. `learned` takes the place of the tagger that the package ships."""
    return tuple(sorted(_look(text, rules, learned)[1]))


def warm(rules: Rules = DEFAULT) -> None:
    """Compile the patterns ahead, so that the first line with a code does not wait for them."""
    redact("card 4111 1111 1111 1111 cvv 123, otp 1234, pin 1234, password is [password], pw rosebud7", rules)


def _look(
    text: str, rules: Rules, learned: Callable[[str], LearnedReading] | None = None
) -> tuple[str, list[SensitiveSpan]]:
    whole = _Text(text)
    if rules.chosen:
        from recoverycli.redaction.optional.finders import find_by_format

        whole.take(find_by_format(text, rules.chosen))
    tagged = (learned or _shipped_tagger())(text)
    whole.take(SensitiveSpan(*span, "password") for span in passwords(whole.left) if not tagged.doubts(*span))
    whole.hide_cards()
    whole.hide_codes()
    whole.add(tagged.found)
    if rules.chosen:
        from recoverycli.redaction.optional.finders import shape_finders

        for kind in shape_finders(rules.chosen):
            whole.take(kind(whole.left, rules.names))
    return whole.masked_text(), whole.found


def _shipped_tagger() -> Callable[[str], LearnedReading]:
    from recoverycli.redaction.learned.find import learned_secrets

    return learned_secrets


class _Text:
    """A text that is being masked. `left` is what is still to be searched; its positions are those of the text."""

    def __init__(self, text: str) -> None:
        self._text = text
        self.left = text
        self._hidden: set[int] = set()
        self.found: list[SensitiveSpan] = []

    def take(self, found: Iterator[SensitiveSpan]) -> None:
        """Take out what is to be replaced by its kind, unless it overlaps an earlier find."""
        signs = list(self.left)
        for one in found:
            if _TAKEN not in signs[one.start : one.end]:
                self.found.append(one)
                signs[one.start : one.end] = _TAKEN * (one.end - one.start)
        self.left = "".join(signs)

    def hide_cards(self) -> None:
        """Hide all but the last four digits of cards, and the codes directly after them."""
        there = cards(self.left)
        there = sorted([*there, *cards_read_out(self.left, {place for card in there for place in card.places})])
        hidden = {place for card in there for place in card.hidden if self.left[place].isalnum()}
        self.found += (SensitiveSpan(card.start, card.end, "card") for card in there)
        self.found += (SensitiveSpan(*span, "code") for span in codes_after(self.left, there, hidden))
        self._hide(hidden)

    def hide_codes(self) -> None:
        """Hide the digits of announced codes, also those in words."""
        spans = codes(self.left)
        self.found += (SensitiveSpan(*span, "code") for span in spans)
        self._hide({place for span in spans for place in range(*span) if self.left[place].isalnum()})

    def add(self, found: Sequence[SensitiveSpan]) -> None:
        """Mask what was learned to be a secret, unless a part of it was found as something else."""
        for one in found:
            within = [other for other in self.found if other.start < one.end and one.start < other.end]
            if any(other.kind != "password" or (other.start <= one.start and one.end <= other.end) for other in within):
                continue
            self.found = [*(other for other in self.found if other not in within), one]
            places = range(one.start, one.end)
            if one.kind == "card":
                spans = digit_spans(self._text[one.start : one.end])
                self._hide({one.start + at for span in spans[: len(spans) - one.shown] for at in range(*span)})
            elif one.kind == "code":
                self._hide({place for place in places if self._text[place].isalnum()})
            else:
                self.left = f"{self.left[: one.start]}{_TAKEN * len(places)}{self.left[one.end :]}"

    def masked_text(self) -> str:
        """Return the text with its masks."""
        if not self.found:
            return self._text
        signs = ["*" if place in self._hidden else sign for place, sign in enumerate(self._text)]
        for start, end, kind, _ in self.found:
            if kind in MASKS:
                signs[start:end] = [MASKS[kind], *[""] * (end - start - 1)]
        return "".join(signs)

    def _hide(self, places: set[int]) -> None:
        if places:
            self._hidden |= places
            self.left = "".join("*" if place in places else sign for place, sign in enumerate(self.left))
