"""`recovery check`: check a draft for words that backfire."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from recoverycli.commands.common.context import Setup
from recoverycli.commands.common.help_text import help_with_examples
from recoverycli.commands.common.options import AsJson, Ours
from recoverycli.commands.common.told_words import told_fault, told_word
from recoverycli.content.nodes import BIGGEST
from recoverycli.errors import ContentProblem, NotFound, UsageProblem
from recoverycli.frameworks.model import CHANNELS
from recoverycli.text.decoding import as_utf8

if TYPE_CHECKING:
    from recoverycli.frameworks.model import Fault
    from recoverycli.terminal.views.check import CheckResult
    from recoverycli.wording.matcher import Matcher

HELP = help_with_examples(
    "Check a draft for words that backfire.\n\nEach finding says where it is, why it matters and what to say instead. "
    "Words that your own frameworks list under `avoid` are found as well.",
    "recovery check \"I'm sorry if you feel that way, but it's our policy.\"",
    "recovery check --file reply.txt --channel email --ours yes",
    "recovery check - --json < reply.txt",
)
_EXAMPLE = 'For example: recovery check "It is our policy."'
_MOST_WARNINGS = 20


def command(
    context: typer.Context,
    text: Annotated[
        list[str] | None, typer.Argument(metavar="[TEXT|-]", help="The text; - reads standard input.")
    ] = None,
    file: Annotated[Path | None, typer.Option("--file", metavar="FILE", help="Check this file.")] = None,
    channel: Annotated[
        str | None, typer.Option("--channel", metavar="WORD", help=f"The channel: {', '.join(CHANNELS)}.")
    ] = None,
    ours: Ours = None,
    wording: Annotated[
        str | None, typer.Option("--wording", metavar="DIR", help="Search this folder for wording files first.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Check a draft for words that backfire."""
    setup: Setup = context.obj
    channel = told_word("channel", channel, CHANNELS)
    draft = _draft(setup, text or [], file)
    if not draft.strip():
        raise UsageProblem("there is no text to check", hint=_EXAMPLE)
    checked = _check_draft(setup, draft, channel, wording, told_fault(ours) or "unclear")
    if as_json:
        setup.output.as_json(as_plain_data(checked))
    else:
        from recoverycli.terminal.views.check import check_page

        setup.output.show(check_page(checked))
    if checked.findings:
        raise typer.Exit(1)


def as_plain_data(checked: CheckResult) -> dict[str, Any]:
    """The result for JSON. Lines and columns count from 1, `start` and `end` from 0, in characters."""
    return {
        "length": len(checked.text),
        "channel": checked.channel,
        "findings": [
            {
                "line": place.line,
                "column": place.column,
                "start": place.finding.start,
                "end": place.finding.end,
                "words": place.words,
                "pattern": place.finding.pattern.id,
                "kind": place.finding.pattern.kind,
                "because": place.finding.pattern.because,
                "instead": place.finding.pattern.instead,
            }
            for place in checked.findings
        ],
        "apology": {
            "present": [part.id for part in checked.apology.present],
            "missing": [part.id for part in checked.apology.missing],
            "not_asked_for": [part.id for part in checked.apology.apart],
            "needed": checked.apology.needed,
            "found": [
                {
                    "part": found.part.id,
                    "start": found.start,
                    "end": found.end,
                    "words": " ".join(checked.text[found.start : found.end].split()),
                }
                for found in checked.apology.found
            ],
        },
        "grade": checked.grade,
        "ok": not checked.findings,
    }


def _check_draft(setup: Setup, draft: str, channel: str | None, flag: str | None, fault: Fault) -> CheckResult:
    from recoverycli.terminal.views.check import check_result
    from recoverycli.wording.apology import assess
    from recoverycli.wording.avoided import own_first
    from recoverycli.wording.files.library import load
    from recoverycli.wording.grade import reading_grade
    from recoverycli.wording.matcher import Matcher

    loaded = load(setup.search_order("wording", flag))
    for problem in loaded.problems[:_MOST_WARNINGS]:
        setup.output.tell(f"warning: {problem.as_line()}")
    if len(loaded.problems) > _MOST_WARNINGS:
        setup.output.tell(f"warning: {len(loaded.problems) - _MOST_WARNINGS} more problems in wording files")
    matcher = Matcher(loaded.wording)
    findings = matcher.findings(draft, channel)
    apology = assess(draft, matcher, findings, fault)
    found = own_first(_own_avoided(setup).findings(draft), findings)
    return check_result(draft, channel, found, apology, reading_grade(draft))


def _own_avoided(setup: Setup) -> Matcher:
    """Return what finds the words that the frameworks of the company and of the user list under `avoid`."""
    from recoverycli.content.library import yaml_files
    from recoverycli.content.nodes import Problem
    from recoverycli.wording.avoided import avoided_in
    from recoverycli.wording.matcher import Matcher
    from recoverycli.wording.model import Wording

    library = setup.library()
    problems: list[Problem] = []
    own = [source.folder for source in library.sources if source.kind != "built-in"]
    ids = dict.fromkeys(path.stem for folder in own for path in yaml_files(folder, problems))
    loaded = [found for one in ids if (found := library.find(one, problems)) is not None]
    setup.warn(tuple(problems), "frameworks")
    return Matcher(Wording(tuple(pattern for _, pattern in avoided_in(one.content for one in loaded).values())))


def _draft(setup: Setup, words: list[str], file: Path | None) -> str:
    """Return the text to check, from an argument, a file or standard input."""
    if words and file is not None:
        raise UsageProblem("a text and a file were given", hint="Give one of them.\n" + _EXAMPLE)
    if file is not None and str(file) != "-":
        return _decode(_bytes_of(file), str(file))
    if words and words != ["-"]:
        return _decode(os.fsencode(" ".join(words)), "the text")
    if not words and file is None:
        if not setup.look.interactive:
            raise UsageProblem("a text is required", hint=_EXAMPLE)
        ends = "Ctrl-Z and Enter" if sys.platform == "win32" else "Ctrl-D"
        setup.output.tell(f"Type or paste the text, then press {ends} on a new line.")
    # Piped input is already UTF-8; decoding it twice could read binary data in a code page.
    return _decode(sys.stdin.buffer.read(BIGGEST + 1), "standard input", recognised=not sys.stdin.isatty())


def _bytes_of(file: Path) -> bytes:
    try:
        with file.open("rb") as opened:
            return opened.read(BIGGEST + 1)
    except FileNotFoundError:
        raise NotFound(f"there is no file {file}", hint="Check the file name, or give the text itself.") from None
    except (OSError, ValueError) as refused:
        why = getattr(refused, "strerror", None) or refused
        raise ContentProblem(f"{file} cannot be read ({why})", hint="Nothing was checked.") from None


def _decode(data: bytes, whence: str, *, recognised: bool = False) -> str:
    if len(data) > BIGGEST:
        raise ContentProblem(f"{whence} is longer than {BIGGEST:,} bytes", hint="Check a part of it.")
    data = data if recognised else as_utf8(data)
    if b"\0" in data:
        raise ContentProblem(f"{whence} is not plain text", hint="Save the draft as plain text (UTF-8) and try again.")
    try:
        return data.decode()
    except UnicodeDecodeError:
        raise ContentProblem(
            f"{whence} is not UTF-8", hint="Save the draft as plain text (UTF-8) and try again."
        ) from None
