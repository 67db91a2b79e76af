"""Optional masking of what words or a fixed form identify: bank accounts, dates of birth, keys of programs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from recoverycli.redaction.rules import SensitiveSpan

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_IS: Final = r"[\s:#.,=(-]{0,3}(?:(?:is|was)\s)?"
_SORT_CODE: Final = re.compile(
    rf"(?<![^\W\d_])(?:sort(?:\s?code)?|s/c){_IS}(?P<number>\d\d[\s-]?\d\d[\s-]?\d\d)(?!\d)"
    r"|(?<![\d-])(?P<pair>\d\d-\d\d-\d\d[\s,/]{1,3}\d{8})(?!\d)",
    re.IGNORECASE,
)
_ROUTING: Final = re.compile(
    rf"(?<![^\W\d_])(?:routing|aba)(?:\s(?:number|no))?{_IS}(?P<number>\d{{9}})(?!\d)", re.IGNORECASE
)
_ACCOUNT: Final = re.compile(
    rf"(?<![^\W\d_])(?:account|acct?|a/c)(?:\s(?:number|num|no|nr))?{_IS}(?P<number>\d[\d\s-]{{4,15}}\d)(?![\d-])",
    re.IGNORECASE,
)
_MONTH: Final = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]{0,6}"
_BIRTH: Final = re.compile(
    rf"(?<![^\W\d_])(?:d\.?o\.?b\.?|date\sof\sbirth|birth\s?date|born(?:\son)?)(?![^\W\d_]){_IS}"
    r"(?P<date>\d{1,2}\s?[./-]\s?\d{1,2}\s?[./-]\s?(?:\d{4}|\d\d)|\d{4}-\d\d-\d\d"
    rf"|\d{{1,2}}(?:st|nd|rd|th)?\s(?:of\s)?{_MONTH},?\s\d{{4}}|{_MONTH}\s\d{{1,2}}(?:st|nd|rd|th)?,?\s\d{{4}}|\d{{8}}|\d{{6}})(?!\d)",
    re.IGNORECASE,
)
# The forms that services publish for their keys.
_KEY: Final = re.compile(
    r"(?<![\w-])(?:sk-[\w-]{16,200}|[spr]k_(?:live|test)_\w{10,200}|gh[opsur]_\w{20,200}|github_pat_\w{20,200}|glpat-[\w-]{16,200}"
    r"|xox[abprs]-[\w-]{10,200}|AKIA[0-9A-Z]{16}|AIza[\w-]{30,60}|eyJ[\w-]{10,2000}\.[\w-]{4,2000}\.[\w-]{4,2000})(?![\w-])"
)


def keys(text: str) -> Iterator[SensitiveSpan]:
    """Yield the keys and tokens of programs. What words call a key is masked as a password in any case."""
    yield from (SensitiveSpan(*found.span(), "key") for found in _KEY.finditer(text))


def bank_accounts(text: str, _names: Sequence[str]) -> Iterator[SensitiveSpan]:
    """Yield sort codes and routing numbers, and the account numbers in the same text."""
    banks = [*_SORT_CODE.finditer(text), *_ROUTING.finditer(text)]
    if not banks:
        return
    for found in (*banks, *_ACCOUNT.finditer(text)):
        group = "number" if found["number"] else "pair"
        yield SensitiveSpan(*found.span(group), "bank-account")


def dates_of_birth(text: str, _names: Sequence[str]) -> Iterator[SensitiveSpan]:
    """Yield the dates that words call a date of birth."""
    yield from (SensitiveSpan(*found.span("date"), "date-of-birth") for found in _BIRTH.finditer(text))
