"""A scorecard: what a call is scored by, with weights, and what fails it whatever the sum."""

from __future__ import annotations

from typing import Annotated, Literal, get_args

import msgspec

from recoverycli.content.model import ContentNode, Line, Slug

CriterionId = Literal[
    "steps",
    "required",
    "wording",
    "apology",
    "own-words",
    "alternatives",
    "promise-dated",
    "outcome",
    "cause",
    "summary",
]
CriticalId = Literal["blame", "insult", "false-promise", "authority", "disclosure", "card-data"]
CriticalKind = Literal["customer", "business", "compliance"]
CRITICAL_KINDS: tuple[CriticalKind, ...] = get_args(CriticalKind)


class Criterion(ContentNode, frozen=True, kw_only=True):
    """Something that counts, how much (0 to 100), and why."""

    id: CriterionId
    name: Line
    weight: Annotated[int, msgspec.Meta(ge=0, le=100)]
    because: Line = ""


class Critical(ContentNode, frozen=True, kw_only=True):
    """Something that fails a call whatever the sum: for the customer, for the business, or before the law."""

    id: CriticalId
    kind: CriticalKind
    name: Line
    because: Line = ""


class Scorecard(ContentNode, frozen=True, kw_only=True):
    """A scorecard file."""

    schema: Literal[1]
    id: Slug
    name: Line
    summary: Line = ""
    criteria: tuple[Criterion, ...]
    critical: tuple[Critical, ...] = ()

    @property
    def names(self) -> dict[str, str]:
        """The names of the criteria and critical items by their ids, in the order of the file."""
        return {**{one.id: one.name for one in self.criteria}, **{one.id: one.name for one in self.critical}}

    @property
    def line_names(self) -> tuple[str, ...]:
        """The names of the lines in the order of the file, for who listens, without those about what is typed."""
        heard = (one for one in self.critical if one.id != "card-data")
        return (*(one.name for one in self.criteria), *(one.name for one in heard))
