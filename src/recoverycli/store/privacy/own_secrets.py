"""Secrets in the agent's own phrases and settings: files that people edit by hand, and that older versions wrote."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recoverycli.paths import PHRASES_FILE
from recoverycli.redaction.redact import findings, redact
from recoverycli.redaction.rules import DEFAULT
from recoverycli.settings.words import change_settings
from recoverycli.store.phrasebook import Phrasebook
from recoverycli.store.privacy.own_files import BIGGEST

if TYPE_CHECKING:
    from pathlib import Path

    from recoverycli.redaction.document_text import Change
    from recoverycli.redaction.rules import Rules


def rules_of(path: Path, rules: Rules) -> Rules:
    """Return the rules for a file: settings hold telephone numbers and addresses on purpose, so only secrets count."""
    return rules if path.name == PHRASES_FILE else DEFAULT


def secret_masker(rules: Rules) -> Change:
    """Return the function that masks a text of such a file by itself."""
    return lambda text: redact(text, rules)


def mask_secrets(path: Path, change: Change, *, dry_run: bool = False) -> int:
    """Mask the file with `change`, and return the number of places; with `dry_run`, write nothing.

    Raises ContentProblem if the file has errors, or a layout that does not allow it; StoreProblem if it cannot be read
    or written.
    """
    if path.name == PHRASES_FILE:
        return Phrasebook(path).change_words(change, dry_run=dry_run)
    return change_settings(path, change, dry_run=dry_run)


def has_secrets(path: Path, rules: Rules) -> bool:
    """Whether a line of a file that cannot be read as it should be holds a secret."""
    data = path.read_bytes()[:BIGGEST]
    return any(findings(line, rules) for line in data.decode("utf-8", "replace").splitlines())
