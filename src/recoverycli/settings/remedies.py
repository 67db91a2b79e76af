"""The `[[remedies]]` tables of a settings file: valid ones are used, every error is reported with its place."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from recoverycli.content.nodes import Problem
from recoverycli.errors import nearest
from recoverycli.settings.file import limit_size
from recoverycli.settings.model import REMEDY_KINDS, Remedy

if TYPE_CHECKING:
    from collections.abc import Iterator

_HEADER = re.compile(r"\s*\[\[\s*remedies\s*\]\]")
_ANY_HEADER = re.compile(r"\s*\[")
_KEY = re.compile(r"\s*(?P<key>[A-Za-z0-9_-]+)\s*=")
_TEXT = ("name", "kind", "currency", "needs", "note")
_NUMBERS = ("least", "most", "alone")
_MOST = 1_000_000_000.0


class _Fault(NamedTuple):
    key: str
    found: str
    allowed: str = ""
    nearest: str = ""


def read_remedies(tables: Any, text: str, file: str, problems: list[str]) -> tuple[Remedy, ...]:
    """Return the valid remedies of a file; `text` is the file, to report line and column of errors."""
    if not isinstance(tables, list):
        problems.append(f"{file}: remedies must be tables; each begins with [[remedies]]")
        return ()
    places = _places(text)
    remedies: dict[str, Remedy] = {}
    for number, table in enumerate(tables):
        faults = list(_faults(table, remedies))
        for fault in faults:
            line, column = places.get((number, fault.key)) or places.get((number, "")) or (1, 1)
            problems.append(Problem(file, line, column, *fault[1:]).as_line())
        if not faults:
            remedy = msgspec.convert(_clean(table), Remedy)
            remedies[remedy.name.casefold()] = remedy
    return tuple(remedies.values())


def _clean(table: dict[str, Any]) -> dict[str, Any]:
    texts = {key: " ".join(value.split()) for key, value in table.items() if isinstance(value, str)}
    if "currency" in texts:
        texts["currency"] = texts["currency"].upper()
    return {**table, **texts, **{key: float(table[key]) for key in _NUMBERS if key in table}}


def _faults(table: Any, before: dict[str, Remedy]) -> Iterator[_Fault]:
    if not isinstance(table, dict):
        yield _Fault("", "a remedy must be a table of keys and values")
        return
    known = Remedy.__struct_fields__
    for key, value in table.items():
        if key not in known:
            yield _Fault(key, f"unknown key `{key[:60]}`", f"allowed: {', '.join(known)}", nearest(key, known))
        elif key in _TEXT and not (isinstance(value, str) and 0 < len(value.strip()) <= 200):
            yield _Fault(key, f"`{key}` is {str(limit_size(value))[:40]!r}", "a line of text is expected")
        elif key in _NUMBERS and not _sound(value):
            yield _Fault(key, f"`{key}` is {str(limit_size(value))[:40]!r}", "a number of 0 or more is expected")
    for key in ("name", "kind"):
        if key not in table:
            yield _Fault("", f"the key `{key}` is missing", "every remedy needs it")
    yield from _rules(table, before)


def _rules(table: dict[str, Any], before: dict[str, Remedy]) -> Iterator[_Fault]:
    """Rules beyond the types of the values."""
    name, kind, currency = table.get("name"), table.get("kind"), table.get("currency")
    if isinstance(name, str) and " ".join(name.split()).casefold() in before:
        yield _Fault("name", f"the remedy `{name[:60]}` appears twice", "each name can be used once")
    if isinstance(kind, str) and kind not in REMEDY_KINDS:
        allowed = f"allowed: {', '.join(REMEDY_KINDS)}"
        yield _Fault("kind", f"`{kind[:60]}` is not a kind", allowed, nearest(kind, REMEDY_KINDS))
    if isinstance(currency, str) and currency.strip() and not _is_currency(currency):
        yield _Fault("currency", f"there is no currency `{currency[:60]}`", "a code of three letters, such as EUR")
    least, most, alone = (value if _sound(value := table.get(key)) else None for key in _NUMBERS)
    if least is not None and most is not None and least > most:
        yield _Fault("least", f"least ({least:g}) is more than most ({most:g})")
    if alone is not None and most is not None and alone > most:
        yield _Fault("alone", f"alone ({alone:g}) is more than most ({most:g})")
    if alone is not None and "needs" not in table:
        yield _Fault("alone", "`alone` is a limit, but `needs` names nobody", 'add needs = "team lead"')
    if kind == "percent" and most is not None and most > 100:
        yield _Fault("most", f"most is {most:g} percent", "at most 100")


def _sound(value: Any) -> bool:
    number = isinstance(value, int | float) and not isinstance(value, bool)
    # Compared first: an integer may be too large for a float.
    return number and 0 <= value <= _MOST and math.isfinite(value)


def _is_currency(code: str) -> bool:
    from babel.core import get_global

    return code.strip().upper() in get_global("all_currencies")


def _places(text: str) -> dict[tuple[int, str], tuple[int, int]]:
    """Return line and column of each key of each table, the table's own under an empty key."""
    places: dict[tuple[int, str], tuple[int, int]] = {}
    number, inside = -1, False
    for line, words in enumerate(text.splitlines(), start=1):
        if _HEADER.match(words):
            number, inside = number + 1, True
            places[number, ""] = (line, words.index("[") + 1)
        elif _ANY_HEADER.match(words):
            inside = False
        elif inside and (found := _KEY.match(words)):
            places.setdefault((number, found["key"]), (line, found.start("key") + 1))
    return places
