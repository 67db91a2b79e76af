"""`recovery frameworks lint`: check frameworks for phrases that do not work aloud."""

from __future__ import annotations

from pathlib import Path
from textwrap import wrap
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import typer

from recoverycli.commands.common import completion_values, validation
from recoverycli.commands.common.context import Setup
from recoverycli.commands.common.help_text import help_with_examples
from recoverycli.commands.common.options import AsJson
from recoverycli.commands.common.phrases import named_list
from recoverycli.content.messages import as_texts
from recoverycli.errors import UsageProblem
from recoverycli.text.format import plural

if TYPE_CHECKING:
    from recoverycli.commands.common.lint_words import LintWords
    from recoverycli.content.nodes import Problem
    from recoverycli.content.reader import ContentRead
    from recoverycli.frameworks.library import FrameworkLibrary
    from recoverycli.frameworks.model import Framework
    from recoverycli.frameworks.shared.phrases import SharedPhrases
    from recoverycli.training.lint.lint import LintFinding

HELP = help_with_examples(
    "Check frameworks for phrases that do not work aloud.\n\nThis finds phrases that are too long to say, "
    "stiff, idiomatic, repeated, or that backfire; phrases that admit a fault, promise or state a fact without saying "
    "so; channels without words; and steps that do not fit a screen. Each finding says where it is, why it matters "
    "and what to do. Files of shared phrases are checked as well.",
    "recovery frameworks lint our-way",
    "recovery frameworks lint .recovery/frameworks/*.yaml --json",
    "recovery frameworks lint our-way.yaml --skip few-phrases --skip exclamation",
    "recovery frameworks lint .recovery/phrases/solve.yaml",
)


def _rules(incomplete: str) -> list[str]:
    """Offer the rules for completion."""
    from recoverycli.training.lint.lint import RULES

    return [name for name in RULES if name.startswith(incomplete)]


class _LintResult(NamedTuple):
    """A file, what was checked in it, its findings, and the errors if it cannot be read."""

    file: Path
    steps: int
    phrases: int
    findings: tuple[LintFinding, ...]
    problems: tuple[Problem, ...]


def command(
    context: typer.Context,
    wanted: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="FILE|ID...", help="Files or framework ids.", autocompletion=completion_values.frameworks
        ),
    ] = None,
    skip: Annotated[
        list[str] | None,
        typer.Option("--skip", metavar="RULE", help="Skip a rule; may be repeated.", autocompletion=_rules),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Check frameworks for phrases that do not work aloud."""
    from recoverycli.commands.common.lint_words import lint_words
    from recoverycli.training.lint.lint import RULES

    setup: Setup = context.obj
    skipped = named_list("rule", skip, tuple(RULES))
    library = setup.library()
    files = [validation.framework_file(one, library) for one in wanted or ()] or validation.choose_files(
        setup, "frameworks"
    )
    if not files:
        raise UsageProblem("a framework is required", hint="For example: recovery frameworks lint our-way")
    words = lint_words(setup, library)
    bad = False
    for file in files:
        linted = _lint(file, library, setup.shared_phrases(), words, skipped)
        bad = bad or bool(linted.findings or linted.problems)
        if as_json:
            setup.output.as_json(as_plain_data(linted))
        else:
            setup.output.text("\n".join(_lines(linted, setup.look.width if setup.look.interactive else None)))
    if bad:
        raise typer.Exit(1)


def as_plain_data(linted: _LintResult) -> dict[str, Any]:
    """The findings of a file for JSON."""
    return {
        "file": str(linted.file),
        "ok": not linted.findings and not linted.problems,
        "steps": linted.steps,
        "phrases": linted.phrases,
        "findings": [{**one._asdict(), "message": one.message} for one in linted.findings],
        "problems": [validation.as_object(one) for one in linted.problems],
    }


def _lines(linted: _LintResult, width: int | None) -> list[str]:
    """The findings, each a line with its place and one with the reason, wrapped on a terminal."""
    if linted.problems:
        return [as_texts(linted.problems)]
    if not linted.findings:
        checked = plural(linted.steps, "step") if linted.steps else plural(linted.phrases, "phrase")
        return [f"{linted.file}: clean, {checked}"]
    lines = []
    for one in linted.findings:
        reason = f"{one.because} {one.instead}"
        lines += [one.message, *(f"    {line}" for line in (wrap(reason, max(20, width - 4)) if width else [reason]))]
    return lines


def _lint(
    file: Path, library: FrameworkLibrary, shared: SharedPhrases, words: LintWords, skip: tuple[str, ...]
) -> _LintResult:
    from recoverycli.content.nodes import Problem
    from recoverycli.content.reader import file_bytes
    from recoverycli.frameworks.kinds import file_kind
    from recoverycli.frameworks.positions import FilePositions
    from recoverycli.terminal.views.call.glance import misfits
    from recoverycli.training.lint.lint import OF_STEPS, lint
    from recoverycli.training.lint.subject import Subject

    data = file_bytes(file)
    if isinstance(data, Problem):
        return _LintResult(file, 0, 0, (), (data,))
    alone = file_kind(data, str(file)) == "phrases"
    read = _read_shared(data, str(file)) if alone else library.beside(file).read(data, str(file))
    if read.content is None:
        return _LintResult(file, 0, 0, (), read.problems)
    whole = read.content if alone else shared.complete(read.content)
    subject = Subject(read.content, whole, words.matcher, words.lists.by_kind, words.avoided, misfits)
    findings = lint(subject, FilePositions(data, str(file)), str(file), (*skip, *(OF_STEPS if alone else ())))
    steps = read.content.steps
    phrases = sum(len(step.phrases) for step in steps)
    return _LintResult(file, 0 if alone else len(steps), phrases, findings, ())


def _read_shared(data: bytes, file: str) -> ContentRead[Framework]:
    from recoverycli.content.reader import ContentRead
    from recoverycli.frameworks.shared.phrases import as_framework, read_shared

    read = read_shared(data, file)
    return ContentRead(None if read.content is None else as_framework(read.content), read.problems)
