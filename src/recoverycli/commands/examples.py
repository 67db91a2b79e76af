"""The help of a command: what it does in a line, then examples that can be pasted, and only then the options."""

from __future__ import annotations


def described(what: str, *commands: str) -> str:
    """Return the help text of a command. The mark before the examples keeps their lines as they are."""
    lines = "\n".join(f"  {command}" for command in commands)
    return f"{what}\n\n\b\nExamples:\n{lines}"


def first_example(help_text: str | None) -> str:
    """Return the first example of a help text; empty where it has none."""
    lines = (line.strip() for line in (help_text or "").splitlines())
    return next((line for line in lines if line.startswith("recovery ")), "")
