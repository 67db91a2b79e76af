"""Words that an option takes are declared once: its help, its completion, its refusal and the menus name the same ones.

A word that is added in one place only fails here.
"""

from __future__ import annotations

import pkgutil
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, get_args

import msgspec
import pytest
import typer

from recoverycli.commands.app import _application, globals_first
from recoverycli.commands.common import completion_values as completing
from recoverycli.commands.common.context import FLAGS, VALUES, GlobalOptions
from recoverycli.commands.common.filter_options import _OPTIONS, filters
from recoverycli.commands.completion import SHELLS, _shells
from recoverycli.frameworks.model import CHANNELS, MOODS, SEVERITIES
from recoverycli.review import exporters
from recoverycli.review.exporters.formats import FORMATS, TEXTS
from recoverycli.review.statistics.groupings import GROUPINGS
from recoverycli.session.filters import OUTCOME_WORDS
from recoverycli.settings.model import DOCUMENTED, FIELDS, REDACTABLE, THEMES, WORDS
from recoverycli.store.calls.archive import Archive
from recoverycli.store.calls.review_words import ANSWERS, ROLES, Answer
from recoverycli.store.index.columns import IndexedCall
from recoverycli.training.handouts import formats as sheets
from recoverycli.training.handouts.cards import CARDS
from recoverycli.training.scenarios.model import DIFFICULTIES
from tests.present import START
from tests.review.calls import a_call
from tests.synthetic import calls
from tests.terminal.screen import Terminal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from tests.commands.recovery import Recovery

README = Path(__file__).parents[2] / "README.md"


class Option(NamedTuple):
    """An option with a wrong word at the end of the line, the words that it takes, and what completes them."""

    line: tuple[str, ...]
    words: Iterable[str]
    complete: Callable[[str], list[str]] | None
    in_help: bool = True


OPTIONS = {
    "export": Option(("log", "export", "last", "--format"), FORMATS, completing.export_formats),
    "stats": Option(("log", "stats", "--by"), GROUPINGS, completing.groupings),
    "role": Option(("log", "review", "last", "--as"), ROLES, completing.reviewers),
    "answers": Option(("log", "review", "last", "--set"), ANSWERS, None),
    "handout": Option(("frameworks", "handout", "learn", "--format"), sheets.FORMATS, completing.handout_formats),
    "paper": Option(("frameworks", "handout", "learn", "--paper"), sheets.PAPERS, completing.papers),
    "cards": Option(("scenarios", "show", "late-parcel", "--card"), CARDS, completing.cards),
    "practice": Option(("practice", "late-parcel", "--difficulty"), DIFFICULTIES, completing.difficulties),
    "scenarios": Option(("scenarios", "list", "--difficulty"), DIFFICULTIES, completing.difficulties),
    "completion": Option(("completion",), SHELLS, _shells),
    "channel": Option(("log", "list", "--channel"), CHANNELS, completing.channels, in_help=False),
    "mood": Option(("log", "list", "--mood"), MOODS, completing.moods, in_help=False),
    "severity": Option(("log", "list", "--severity"), SEVERITIES, completing.severities, in_help=False),
    "outcome": Option(("log", "list", "--outcome"), OUTCOME_WORDS, completing.outcomes, in_help=False),
    "amend": Option(("log", "amend", "last", "--outcome"), OUTCOME_WORDS, completing.outcomes, in_help=False),
}


@pytest.mark.parametrize("option", OPTIONS.values(), ids=OPTIONS)
def test_help_completion_and_refusal_of_an_option_name_its_words(recovery: Recovery, option: Option) -> None:
    Archive(recovery.data).write(a_call())
    words = list(option.words)
    wrong = "steps=zzz" if option.line[-1] == "--set" else "zzz"
    refused = recovery(*option.line, wrong)
    assert refused.returncode == 2
    assert f"One of: {', '.join(words)}" in " ".join(refused.stderr.split())
    if option.complete is not None:
        assert option.complete("") == words
        assert option.complete(words[0]) == [word for word in words if word.startswith(words[0])]
    if option.in_help:
        command = [word for word in option.line if not word.startswith("-")]
        shown = " ".join(recovery(*command, "--help").stdout.split())
        assert any(sign.join(words) in shown for sign in (", ", " or ", "|")) or f"{', '.join(words[:-1])}; or" in shown


def test_every_filter_has_its_option() -> None:
    typed: dict[str, Any] = {
        **dict.fromkeys(_OPTIONS, "a word"), "since": "yesterday", "until": "today", "outcome": OUTCOME_WORDS[0],
        "channel": CHANNELS[0], "mood": MOODS[0], "severity": SEVERITIES[0], "overdue": True, "limit": 1,
    }  # fmt: skip
    wanted = msgspec.structs.asdict(filters(START, **typed))
    assert [name for name, value in wanted.items() if value is None] == []


def test_every_module_that_exports_is_a_format_and_every_format_a_module() -> None:
    found = {
        module.name
        for module in pkgutil.iter_modules(exporters.__path__)
        if module.name != "formats" and hasattr(import_module(f"{exporters.__name__}.{module.name}"), "pieces")
    }
    assert sorted(found) == sorted(format_.module for format_ in FORMATS.values() if format_.module is not None)


def test_help_and_readme_say_what_each_format_is(recovery: Recovery) -> None:
    lines = [line.split(maxsplit=1) for line in recovery("log", "export", "--help").stdout.splitlines()]
    readme = README.read_text(encoding="utf-8")
    for name, format_ in FORMATS.items():
        assert [name, format_.what] in lines
        assert f"`{name}`" in readme or f"--format {name}" in readme


def test_a_list_of_calls_offers_every_format_of_one_file(tmp_path: Path) -> None:
    for call in calls(3, seed=7, days=20):
        Archive(tmp_path / "data").write(call)
    terminal = Terminal(tmp_path, "--plain", "log", "browse", lines=60)
    terminal.expect("Enter to leave")
    terminal.press("x1", "enter")
    terminal.expect("Export it in which format?", *(f"{number}: {name}" for number, name in enumerate(TEXTS, start=1)))
    assert f"{len(TEXTS) + 1}: " not in terminal.text.partition("Export it in which format?")[2]
    terminal.press("enter", "enter")
    assert terminal.end() == 0


def test_calls_are_grouped_by_columns_of_their_own() -> None:
    assert {grouping.column for grouping in GROUPINGS.values()} <= set(IndexedCall._fields)


def test_every_answer_to_a_criterion_has_its_label_and_points() -> None:
    assert tuple(ANSWERS) == get_args(Answer)


@pytest.mark.parametrize(
    ("setting", "words"),
    [("channel", CHANNELS), ("theme", THEMES), ("redact", REDACTABLE), *WORDS.items()],
    ids=lambda found: found if isinstance(found, str) else "",
)
def test_the_text_about_a_setting_names_every_word_that_it_takes(setting: str, words: tuple[str, ...]) -> None:
    assert [word for word in words if word not in DOCUMENTED[setting]] == []


def test_every_setting_has_its_text() -> None:
    assert set(DOCUMENTED) == set(FIELDS)


def test_every_command_takes_the_declared_global_options() -> None:
    command = typer.main.get_command(_application())
    # Those that Typer adds by itself are about completion.
    own = [one.opts[0] for one in command.params if not one.opts[0].endswith("-completion")]
    assert own == [*FLAGS.values(), *VALUES.values(), "--version"]
    typed = msgspec.structs.replace(GlobalOptions(), **dict.fromkeys(FLAGS, True), **dict.fromkeys(VALUES, "x"))
    assert globals_first(["log", *typed.words]) == [*typed.words, "log"]
    assert typed.words == [*FLAGS.values(), *(f"{option}=x" for option in VALUES.values())]
