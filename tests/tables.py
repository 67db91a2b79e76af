"""The tables of what people type: amounts and dates, with what each means. `make readers` counts them.

A row is right where the reader says what the table says, `none` where the reader reads nothing or only asks, and
wrong otherwise: it read another date or amount than the one that belongs there, or one where none belongs.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo

from recoverycli.session.events import Promised
from recoverycli.session.grammar.amounts import BadAmount, split_amount, split_percent
from recoverycli.session.grammar.meanings import Ambiguous, Record
from recoverycli.session.grammar.promises import read_promise
from recoverycli.times.future import read_date
from recoverycli.times.working_time import WorkingTime

if TYPE_CHECKING:
    from collections.abc import Iterator

AMOUNTS = Path(__file__).parent / "session" / "amounts.tsv"
AMOUNTS_NOT_TUNED = Path(__file__).parent / "session" / "amounts-not-tuned.tsv"
PROMISES = Path(__file__).parent / "session" / "promises.tsv"
DATES = Path(__file__).parent / "times" / "dates.tsv"
DATES_NOT_TUNED = Path(__file__).parent / "times" / "dates-not-tuned.tsv"


class AmountRow(NamedTuple):
    """What is typed after /offer, and what it means."""

    typed: str
    remedy: str
    meaning: str


def amount_rows(file: Path) -> list[AmountRow]:
    """Return the rows of a table of amounts."""
    return [AmountRow(*line.split("\t")) for line in _lines(file)]


def amount_meaning(typed: str) -> tuple[str, str]:
    """Return remedy and amount in the words of the table."""
    try:
        percent = split_percent(typed)
        remedy, readings = split_amount(typed)
    except BadAmount:
        return "-", "refused"
    if percent is not None:
        return percent[0], f"{_number(percent[1])} %"
    said = [" ".join(filter(None, (_number(one.value), one.currency))) for one in readings]
    if not said:
        return "-", "none"
    return remedy, said[0] if len(said) == 1 else f"ask {' or '.join(said)}"


class PromiseRow(NamedTuple):
    """What is typed after /promise, what was promised, and the date: its words and their meaning."""

    typed: str
    what: str
    said: str
    meaning: str


def promise_rows(file: Path) -> tuple[datetime, list[PromiseRow]]:
    """Return the rows of a table of promises, and the moment at which they are typed."""
    first, *lines = _lines(file)
    moment, zone = first[1:].split()
    now = datetime.fromisoformat(moment).replace(tzinfo=ZoneInfo(zone))
    return now, [PromiseRow(*line.split("\t")) for line in lines]


def promise_meaning(row: PromiseRow, now: datetime) -> tuple[str, str, str]:
    """Return what was promised, the words of its date and their meaning, in the words of the table."""
    meaning = read_promise(row.typed, now, read_date)
    if isinstance(meaning, Ambiguous):
        first, *_ = promises = [event for event in meaning.events if isinstance(event, Promised)]
        return first.what, first.due_said or "-", f"ask {' or '.join(_due(promise) for promise in promises)}"
    assert isinstance(meaning, Record)
    assert isinstance(meaning.event, Promised)
    return meaning.event.what, meaning.event.due_said or "-", _due(meaning.event)


def judge_promise(row: PromiseRow, now: datetime) -> str:
    """Return `right`, `none` or `wrong` for a row: `wrong` too where the date is right and the words are not."""
    what, said, meaning = promise_meaning(row, now)
    verdict = judge(row.meaning, meaning)
    return "wrong" if verdict == "right" and (what, said) != (row.what, row.said) else verdict


def _due(promise: Promised) -> str:
    return f"{promise.due:%Y-%m-%dT%H:%M}" if promise.due else "none"


class DateRow(NamedTuple):
    """What is said at a moment in a country, and what it means."""

    now: datetime
    country: str
    words: str
    meaning: str


def date_rows(file: Path) -> list[DateRow]:
    """Return the rows of a table of dates."""
    rows: list[DateRow] = []
    for line in _lines(file):
        if line.startswith("@"):
            moment, zone, country = line[1:].split()
            now = datetime.fromisoformat(moment).replace(tzinfo=ZoneInfo(zone))
        else:
            words, meaning = line.split("\t")
            rows.append(DateRow(now, country, words, meaning))
    return rows


def date_meaning(row: DateRow) -> str:
    """Return what the reader reads, in the words of the table: with the offset where the table has one."""
    found = read_date(row.words, row.now, WorkingTime(row.country))
    if found is None:
        return "none"
    said = [moment.isoformat(timespec="minutes") for moment in (found if isinstance(found, tuple) else (found,))]
    if "+" not in row.meaning:
        said = [moment[:16] for moment in said]
    return said[0] if len(said) == 1 else f"ask {' or '.join(said)}"


def judge(expected: str, found: str) -> str:
    """Return `right`, `none` or `wrong` for one row."""
    if found == expected:
        return "right"
    asks = found.removeprefix("ask ").split(" or ") if found.startswith("ask ") else []
    return "none" if found in {"none", "refused"} or expected in asks else "wrong"


def _lines(file: Path) -> Iterator[str]:
    text = file.read_text(encoding="utf-8")
    return (line for line in text.splitlines() if line and not line.startswith("#"))


def _number(value: float) -> str:
    return f"{value:.0f}" if value == int(value) else f"{value:.2f}"
