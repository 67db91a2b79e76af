"""What the settings of a project folder may change: docs/security.md has the table.

A project folder may be anybody's: an unpacked archive, a share. It may choose what a call is led by; it may tighten
what protects a customer; it may not say who the user is, where calls go, or how their screen looks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, get_args

from recoverycli.settings.model import Reopen

if TYPE_CHECKING:
    from collections.abc import Iterable

# A setting that is not listed is refused, so that a new one is not a project's by accident.
_OF_A_PROJECT: dict[str, Literal["chosen", "tightened"]] = {
    "framework": "chosen",
    "channel": "chosen",
    "currency": "chosen",
    "country": "chosen",
    "hours": "chosen",
    "address": "chosen",
    "remedies": "chosen",
    "contacts": "chosen",
    "patterns": "chosen",
    "cards.off": "chosen",
    "redact": "tightened",
    "reopen": "tightened",
}
# From the one that keeps least.
_REOPEN: tuple[Reopen, ...] = get_args(Reopen)


def project_right(name: str) -> Literal["chosen", "tightened", "refused"]:
    """Return what a project folder may do to a setting; the settings of a table count as the table."""
    table = name.partition(".")[0]
    return _OF_A_PROJECT.get(table if table in {"contacts", "patterns"} else name, "refused")


def tighten(name: str, mine: Any, asked: Any) -> tuple[Any, bool]:
    """Return the value of a setting that a project may only tighten, and whether it asked for less than is mine.

    `redact` masks what either of the two masks; `reopen` is the shorter time.
    """
    if name == "redact":
        return tuple(dict.fromkeys((*mine, *asked))), bool(mine) and not asked
    return min(mine, asked, key=_REOPEN.index), _REOPEN.index(asked) > _REOPEN.index(mine)


def refusal(file: str, refused: Iterable[str], loosened: Iterable[str]) -> str | None:
    """Return one line about all that a project's file asked for and did not get; None if it got everything."""
    asked = {"set": tuple(refused), "loosen": tuple(loosened)}
    parts = [f"may not {verb} {', '.join(names)}" for verb, names in asked.items() if names]
    return f"{file}: a project folder {' and '.join(parts)}; your own settings apply" if parts else None
