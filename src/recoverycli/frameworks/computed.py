"""Captures that are worked out from others: by a decision table, or as a sum, a difference, a share, a count of days.

Pure. What depends on an unknown value is unknown, and waits for it.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

from recoverycli.frameworks.condition_text import condition_text
from recoverycli.frameworks.conditions import evaluate, name_words, names_of, open_names
from recoverycli.frameworks.values import Known, Money, parse_value

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from recoverycli.frameworks.model import Capture, DecisionTable, TableRow
    from recoverycli.frameworks.values import CaptureKind, Value

_CENT = Decimal("0.01")


def is_computed(capture: Capture) -> bool:
    """Whether a capture is worked out, so that nobody is asked for it."""
    return capture.table is not None or bool(sources(capture))


def sources(capture: Capture) -> tuple[str, ...]:
    """Return the names that a capture is calculated from; empty for a table and for what is asked."""
    days = tuple(name for name in (capture.days_since, capture.days_until) if name is not None)
    return capture.difference or capture.sum or capture.share_of or capture.percent_of or days


def computed_words(capture: Capture) -> tuple[str, ...]:
    """Return how a capture is worked out, in words: a row of its table each; empty where it is asked for."""
    if capture.table is not None:
        rows = ((row.then, condition_text(row.when)) for row in capture.table.rows)
        return tuple(f"{then} if {words}" if words else f"{then} otherwise" for then, words in rows)
    if capture.days_since is not None:
        return (f"days since {name_words(capture.days_since)}",)
    if capture.days_until is not None:
        return (f"days until {name_words(capture.days_until)}",)
    for names, sign in (
        (capture.difference, " minus "),
        (capture.sum, " plus "),
        (capture.share_of, " in percent of "),
        (capture.percent_of, " percent of "),
    ):
        if names:
            return (sign.join(map(name_words, names)),)
    return ()


def names_behind(name: str, captures: Mapping[str, Capture]) -> set[str]:
    """Return the names that a value is worked out from, and that decide if it applies, through others as well."""
    seen: set[str] = set()
    waiting = [name]
    while waiting:
        capture = captures.get(waiting.pop())
        if capture is None:
            continue
        rows = capture.table.rows if capture.table is not None else ()
        whens = (capture.when, *(row.when for row in rows))
        fresh = {*sources(capture), *(one for when in whens for one in names_of(when))} - seen
        seen |= fresh
        waiting += fresh
    return seen


def deciding_names(name: str, captures: Mapping[str, Capture], known: Known) -> tuple[str, ...]:
    """Return the names that a known value is worked out from, and its own at the end; of a table up to its row."""
    capture = captures.get(name)
    if capture is None or not is_computed(capture):
        return (name,)
    used = sources(capture) if capture.table is None else _names_up_to_row(capture.table, known)
    return tuple(dict.fromkeys((*(leaf for one in used for leaf in deciding_names(one, captures, known)), name)))


def _names_up_to_row(table: DecisionTable, known: Known) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for row in table.rows:
        holds = evaluate(row.when, known)
        if table.hit == "first" or holds:
            found |= dict.fromkeys(names_of(row.when))
        if holds and row.when:
            break
    return tuple(found)


def complete(captures: Mapping[str, Capture], told: Known) -> Known:
    """Return what is known with the values that are worked out, what each missing one waits for, and what is absent."""
    known = _with_computed(captures, told)
    if not any(capture.when for capture in captures.values()):
        return known
    # What applies may depend on what is worked out, and that on what applies.
    for _ in captures:
        absent = frozenset(name for name, capture in captures.items() if _is_absent(capture, known))
        if absent == known.absent:
            break
        values = {name: value for name, value in told.values.items() if name not in absent}
        known = _with_computed(captures, told._replace(values=values, absent=absent))
    return known._replace(waits=_waits_with_conditions(captures, known))


def _waits_with_conditions(captures: Mapping[str, Capture], known: Known) -> dict[str, tuple[str, ...]]:
    """Return what each unknown name waits for: what decides if it applies comes before it."""
    asked = {name: one for name, one in captures.items() if one.when and name not in known.values}
    first = {name: names for name, one in asked.items() if (names := open_names(one.when, known))}
    # A condition may name what has a condition itself.
    for _ in first:
        first = {
            name: tuple(dict.fromkeys(leaf for one in names for leaf in first.get(one, (one,))))
            for name, names in first.items()
        }
    worked_out = {
        name: tuple(dict.fromkeys(leaf for one in names for leaf in first.get(one, (one,))))
        for name, names in known.waits.items()
    }
    return {**worked_out, **first}


def _is_absent(capture: Capture, known: Known) -> bool:
    """Whether a capture does not apply, or is calculated from what does not."""
    if capture.when and evaluate(capture.when, known) is False:
        return True
    parts = [name in known.absent for name in sources(capture)]
    return all(parts) if parts and capture.sum else any(parts)


def _with_computed(captures: Mapping[str, Capture], told: Known) -> Known:
    computed = {name: capture for name, capture in captures.items() if is_computed(capture) and name not in told.absent}
    if not computed:
        return told
    values = {name: value for name, value in told.values.items() if name not in computed}
    waits: dict[str, tuple[str, ...]] = {}
    # One may be worked out from another, in any order of the file.
    for _ in computed:
        known = Known(values, told.today, waits, told.absent)
        for name, capture in computed.items():
            value, open_ = _work_out(capture, known)
            waits[name] = open_
            if value is not None:
                values[name] = value
    open_waits = {name: open_ for name, open_ in waits.items() if name not in values}
    return Known(values, told.today, open_waits, told.absent)


def _work_out(capture: Capture, known: Known) -> tuple[Value | None, tuple[str, ...]]:
    """Return the value of a capture, or the names that it waits for."""
    if capture.table is not None:
        return _look_up(capture.table, capture.kind, known)
    names = [name for name in sources(capture) if name not in known.absent]
    if _is_absent(capture, known):
        return None, ()
    missing = [leaf for name in names if name not in known.values for leaf in known.waits.get(name, (name,))]
    if missing:
        return None, tuple(dict.fromkeys(missing))
    found = [known.values[name] for name in names]
    return _calculate(capture, found, known.today), ()


def _look_up(table: DecisionTable, kind: CaptureKind, known: Known) -> tuple[Value | None, tuple[str, ...]]:
    rows = [row for row in table.rows if row.when]
    row = _first(rows, known) if table.hit == "first" else _only(rows, known)
    if isinstance(row, tuple):
        return None, row
    row = row or next((one for one in table.rows if not one.when), None)
    return (parse_value(kind, row.then) if row is not None else None), ()


def _first(rows: Sequence[TableRow], known: Known) -> TableRow | tuple[str, ...] | None:
    """Return the first row that holds, the names that it depends on, or None."""
    for row in rows:
        fits = evaluate(row.when, known)
        if fits is None:
            return open_names(row.when, known)
        if fits:
            return row
    return None


def _only(rows: Sequence[TableRow], known: Known) -> TableRow | tuple[str, ...] | None:
    """Return the row that holds: of a table without overlaps there is one at most."""
    answers = [(evaluate(row.when, known), row) for row in rows]
    held = next((row for fits, row in answers if fits), None)
    undecided = next((row for fits, row in answers if fits is None), None)
    return held or (open_names(undecided.when, known) if undecided is not None else None)


def _calculate(capture: Capture, found: list[Value], today: date) -> Value | None:
    match found:
        case [Decimal() as percent, Money(amount, currency)] if capture.percent_of:
            return Money(_percent(percent, amount), currency)
        case [Decimal() as percent, Decimal() as whole] if capture.percent_of:
            return _percent(percent, whole)
        case [Money(), *_]:
            amounts = [one for one in found if isinstance(one, Money)]
            currencies = {one.currency for one in amounts if one.currency}
            if len(currencies) > 1 or len(amounts) < len(found):
                return None
            number = _reckon(capture, [one.amount for one in amounts])
            return number if capture.share_of or number is None else Money(number, next(iter(currencies), None))
        case [Decimal(), *_]:
            return _reckon(capture, [one for one in found if isinstance(one, Decimal)])
        case [day] if capture.days_since is not None and not isinstance(day, str | Decimal | Money):
            return Decimal((today - day).days)
        case [day] if capture.days_until is not None and not isinstance(day, str | Decimal | Money):
            return Decimal((day - today).days)
    return None


def _percent(percent: Decimal, whole: Decimal) -> Decimal:
    return (percent * whole / 100).quantize(_CENT, ROUND_HALF_UP)


def _reckon(capture: Capture, numbers: list[Decimal]) -> Decimal | None:
    if capture.sum:
        return sum(numbers, Decimal(0))
    first, second = numbers
    if capture.difference:
        return first - second
    return (100 * first / second).quantize(_CENT, ROUND_HALF_UP) if second else None
