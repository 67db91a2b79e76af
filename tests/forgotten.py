"""The tables of forgotten slashes: what is typed, and the command that it was meant to be."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from recoverycli.session.grammar.forgotten_slash import forgotten_command
from recoverycli.times.future import read_date
from tests.terminal.little_call import AT, call

FORGOTTEN = Path(__file__).parent / "session" / "forgotten-slash.tsv"
FORGOTTEN_NOT_TUNED = Path(__file__).parent / "session" / "forgotten-slash-not-tuned.tsv"


class ForgottenRow(NamedTuple):
    """A typed line, the command that is meant (empty for an ordinary note), and the lines before it in the call."""

    typed: str
    command: str
    before: tuple[str, ...]


def forgotten_rows(file: Path) -> list[ForgottenRow]:
    """Return the rows of a table."""
    lines = [line for line in file.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    rows = [[*line.split("\t"), ""][:3] for line in lines]
    return [
        ForgottenRow(typed, "" if command == "-" else command, tuple(filter(None, before.split(" ; "))))
        for typed, command, before in rows
    ]


def offered_command(row: ForgottenRow) -> str:
    """Return the command that the call offers for a row, empty where it offers none."""
    return forgotten_command(call(*row.before), row.typed, AT, read_date)


def judge_forgotten(row: ForgottenRow) -> str:
    """Return `right`, `none` (a command that is not offered) or `wrong` (one that was not meant)."""
    found = offered_command(row)
    return "right" if found == row.command else "wrong" if found else "none"
