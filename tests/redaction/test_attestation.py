"""A search for secrets says by which rules it looked: their version changes with every rule and weight."""

from __future__ import annotations

import shutil
from pathlib import Path

from recoverycli.redaction import attestation
from recoverycli.redaction.attestation import describe_search, rules_version
from recoverycli.redaction.rules import Rules
from recoverycli.version import __version__


def test_the_version_of_the_rules_is_that_of_their_files(tmp_path: Path) -> None:
    copy = tmp_path / "redaction"
    shutil.copytree(Path(attestation.__file__).parent, copy, ignore=shutil.ignore_patterns("__pycache__"))
    assert rules_version(copy) == rules_version()
    assert rules_version().startswith(f"{__version__}-")
    seen = {rules_version()}
    for number, name in enumerate(("rules.py", "cards/numbers.py", "learned/secrets.msgpack"), start=2):
        with (copy / name).open("ab") as file:
            file.write(b"\n")
        rules_version.cache_clear()
        seen.add(rules_version(copy))
        assert len(seen) == number, name


def test_what_was_looked_for_is_named() -> None:
    named = describe_search(Rules(frozenset({"phone", "email"})))
    assert named == f"card numbers, codes, passwords, email, phone, by the masking rules {rules_version()}"
