"""What the models of all content files share: their base, and the kinds of text in them."""

from __future__ import annotations

from typing import Annotated

import msgspec

Line = Annotated[str, msgspec.Meta(min_length=1, max_length=500)]
Slug = Annotated[str, msgspec.Meta(pattern="^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
# A step, or with a slash a step of another framework: `verify-identity/compare`.
StepPlace = Annotated[str, msgspec.Meta(pattern="^[a-z0-9]+(-[a-z0-9]+)*(/[a-z0-9]+(-[a-z0-9]+)*)?$", max_length=121)]
Name = Annotated[str, msgspec.Meta(pattern="^[A-Za-z0-9_]+$", max_length=60)]
# What a condition names: a value, or a check by its id.
FactName = Annotated[str, msgspec.Meta(pattern="^[A-Za-z0-9_]+(-[A-Za-z0-9_]+)*$", max_length=60)]

# A value as the file writes it: `10`, `2026-11-08`, `12.50 EUR` or words. It is read by whom it is for.
AsWritten = Annotated[
    str,
    msgspec.Meta(min_length=1, max_length=500, extra={"as_written": True}, extra_json_schema={"as-written": True}),
]


class ContentNode(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Base of everything that a content file holds."""
