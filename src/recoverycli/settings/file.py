"""The TOML of a settings file, within limits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

# Tables whose settings have dotted names.
_TABLES = ("team", "cards", "practice", "contacts", "patterns", "projects")
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
    """Return the settings of a file with flat names: `team.push` for `push` in `[team]`, `contacts.GB.emergency`."""
    found: dict[str, Any] = {}
    for name, value in settings.items():
        found |= dict(_leaves(name, value)) if name in _TABLES else {name: value}
    return found


def _leaves(name: str, value: Any) -> Iterator[tuple[str, Any]]:
    if not isinstance(value, dict):
        yield name, value
        return
    for key, inner in value.items():
        yield from _leaves(f"{name}.{key}", inner)


def limit_size(value: Any) -> Any:
    """Return a value that can be printed: Python refuses to print integers of thousands of digits."""
    if isinstance(value, list):
        return [limit_size(one) for one in value]
    return "a very large number" if isinstance(value, int) and value.bit_length() > _BITS else value
