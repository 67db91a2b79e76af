"""The TOML of a settings file, within limits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

_MOST = 1024 * 1024
_DOTS, _BITS = 500, 200


def parse(text: str) -> dict[str, Any]:
    """Parse a text of TOML. Raises ValueError and RecursionError.

    A key of thousands of parts takes tomllib minutes; settings have two.
    """
    import tomllib

    if len(text) > _MOST:
        raise ValueError(f"it has more than {_MOST:,} characters")
    if any(line.count(".") > _DOTS for line in text.splitlines() if "=" in line or line.lstrip().startswith("[")):
        raise ValueError(f"a line has more than {_DOTS} dots")
    return tomllib.loads(text)


def flat(settings: Mapping[str, Any]) -> dict[str, Any]:
    """Return the settings of a file with flat names: `team.push` for `push` in `[team]`."""
    found = dict(settings)
    team = found.pop("team", None)
    if isinstance(team, dict):
        return found | {f"team.{name}": value for name, value in team.items()}
    return found if team is None else found | {"team": team}


def limit_size(value: Any) -> Any:
    """Return a value that can be printed: Python refuses to print integers of thousands of digits."""
    return "a very large number" if isinstance(value, int) and value.bit_length() > _BITS else value
