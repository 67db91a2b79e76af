"""Calls to delete, mentions to erase and words to mask, one line each, to show before a confirmation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recoverycli.store.layout import ERASED_PEOPLE, ID
from recoverycli.terminal.views.call.parts import shorten
from recoverycli.text.format import day_and_time, plural
from recoverycli.times.age import format_age
from recoverycli.times.wall_clock import to_local

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime
    from pathlib import Path

    from recoverycli.session.transcript.model import Call
    from recoverycli.store.maintenance.known_backups import BackupContents
    from recoverycli.store.privacy.survey import Survey

_SOME = 10
# Characters of an example behind the id of its call, so that a line fits on 80 columns.
_EXAMPLE = 44


def call_line(call: Call, now: datetime) -> str:
    """Return a call in a line."""
    customer = call.customer.name or call.customer.ref
    facts = (
        format_age(call.started_at, now), call.framework.name, customer and f"customer {shorten(customer)}",
        call.issue and f"issue {shorten(call.issue)}", f"outcome {call.outcome or 'open'}",
    )  # fmt: skip
    return f"{call.id}: {', '.join(filter(None, facts))}"


def some_lines(lines: Iterable[str], total: int, *, every: bool) -> Iterable[str]:
    """Return the first lines and the number of the others; all of them with `every`."""
    for number, line in enumerate(lines):
        if number == _SOME and not every:
            yield f"... and {total - _SOME:,} more"
            return
        yield line


def survey_lines(survey: Survey, home: Path) -> list[str]:
    """Return what would be erased of a person, and what would stay."""
    calls = [
        f"{going.path.stem}: {going.kind}, customer {shorten(going.customer or going.ref or '')}"
        + (f", reference {shorten(going.ref)}" if going.ref and going.customer else "")
        for going in survey.going
    ]
    lines = calls
    if survey.mentioning or survey.own:
        where = plural(len(survey.mentioning) + len(survey.own), "other file")
        lines.append(f"Mentioned in {plural(survey.places, 'place')} of {where}, where the words will be masked:")
        lines += [f"  {example_line(one.path, one.words)}" for one in survey.examples]
    lines += [
        f"Not made by this tool, will stay: {path.relative_to(home) if path.is_relative_to(home) else path}"
        f"{' (not looked into)' if path.is_dir() else ''}"
        for path in survey.beyond
    ]
    return lines


def example_line(path: Path, words: str) -> str:
    """Return words of a file as an example."""
    return f'{_file_name(path)}: "{shorten(words, _EXAMPLE)}"'


def backup_lines(backups: Iterable[BackupContents]) -> list[str]:
    """Return the backups with a person, by their dates, and those that could not be searched."""
    lines = []
    for one in backups:
        told = f"the backup of {day_and_time(to_local(one.at))}, {one.path}"
        if one.files:
            lines.append(f"Still in {told} ({plural(one.files, 'file')}): delete it, or replace it by a new backup")
        else:
            lines.append(f"Not searched: {told}: {one.problem}")
    return lines


def erased_elsewhere_lines(ids: Sequence[str], where: str) -> list[str]:
    """Return the calls of customers who were erased elsewhere, and how to look at them; none if there are none."""
    if not ids:
        return []
    told = f"{plural(len(ids), 'call')} here {'is' if len(ids) == 1 else 'are'} of a customer who was erased {where}"
    return [f"note: {told}. Check, then erase here too:", *(f"  recovery log show {call_id}" for call_id in ids)]


def _file_name(path: Path) -> str:
    """The id of a call, or the name of another file."""
    return path.stem if ID.fullmatch(path.stem) else path.name


_KINDS = {
    "card": "card number", "code": "code", "password": "password", "email": "e-mail address", "phone": "phone number",
    "iban": "IBAN", "national-number": "national number", "bank-account": "bank account", "date-of-birth": "birth date",
    "address": "address", "key": "key", "name": "name",
}  # fmt: skip


def masked_lines(path: Path, kinds: Mapping[str, int], examples: Sequence[str]) -> list[str]:
    """Return what would be masked in a file by kind, and some examples of the result."""
    told = ", ".join(plural(number, _KINDS.get(kind, kind)) for kind, number in kinds.items())
    return [f"{_file_name(path)}: {told}", *(f"  {shorten(example)}" for example in examples)]


def kinds_line(counts: Mapping[str, int]) -> str:
    """Return how many files of each kind, in words."""
    words = {
        "sessions": "call",
        "live": "open call",
        "practice": "practice",
        "reviews": "assessment",
        "causes": "map of causes",
        ERASED_PEOPLE: "record of erasures",
    }
    parts = [plural(counts[folder], word) for folder, word in words.items() if counts.get(folder)]
    return ", ".join(parts) or "nothing"
