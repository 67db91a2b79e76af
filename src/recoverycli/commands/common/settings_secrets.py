"""Settings that hold what is masked in calls: `config set` refuses them, but a file is edited by hand as well."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def settings_with_secrets(file: Path) -> tuple[str, ...]:
    """Return what is wrong with the settings of a file that hold a card number, a code or a password.

    A file that cannot be read is reported where settings are read.
    """
    from recoverycli.redaction.redact import findings
    from recoverycli.settings.file import flat, parse
    from recoverycli.system.disk import read_written

    try:
        settings = flat(parse(read_written(file).decode("utf-8-sig")))
    except (OSError, ValueError, RecursionError):
        return ()
    named = (name for name, value in settings.items() if any(findings(words) for words in _words(value)))
    return tuple(f"{file}: {name} holds a card number, a code or a password; take it out" for name in named)


def _words(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | dict):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _words(inner)
