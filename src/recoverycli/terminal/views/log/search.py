"""Calls found by words: each with the sentence that contains them."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from recoverycli.pages.page import Cell, Column, Table, TextSpan
from recoverycli.times.age import format_age

if TYPE_CHECKING:
    from datetime import datetime

    from recoverycli.pages.page import Page
    from recoverycli.review.search import FoundCall, FoundCalls
    from recoverycli.session.query import SearchHit

_NOTHING = "No calls match: {typed}\nThe beginning of a word finds more (refun*), so do fewer words."
_COLUMNS = (
    Column("call", whole_from=110),
    Column("when", role="strong"),
    Column("framework", role="quiet"),
    Column("customer", role="quiet"),
    Column("issue", role="quiet"),
    Column("outcome", role="quiet"),
    Column("found", "body", before="; "),
)


def found_page(found: FoundCalls, typed: str, now: datetime) -> Page:
    """Return the calls as a page; matches stand between asterisks."""
    rows = tuple(_cells(call, now) for call in found.calls)
    return (Table(_COLUMNS, rows, stacked=10_000, nothing=_NOTHING.format(typed=typed), has_short_keys=True),)


def _cells(call: FoundCall, now: datetime) -> tuple[Cell, ...]:
    row = call.row
    outcome = "abandoned" if row.state == "abandoned" else row.outcome or "open"
    facts = (format_age(row.started_at, now), row.framework_name, row.customer, row.issue, outcome)
    return (Cell(row.id), *(Cell(fact or "") for fact in facts), Cell(_mark(call.found) if call.found else ""))


def _mark(found: SearchHit) -> tuple[TextSpan, ...]:
    marks = [TextSpan(f"*{found.text[start:end]}*", "strong") for start, end in found.marks]
    edges = [0, *(edge for mark in found.marks for edge in mark), len(found.text)]
    between = [TextSpan(found.text[start:end]) for start, end in [*pairwise(edges)][::2]]
    spans = [span for pair in zip(between, [*marks, TextSpan("")], strict=True) for span in pair]
    return (TextSpan(f"{found.field}: ", "quiet"), *spans)
