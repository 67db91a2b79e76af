"""What the words of every linted file are compared with: the wording, the lists, and what frameworks avoid."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from recoverycli.commands.common.context import Setup
    from recoverycli.frameworks.library import FrameworkLibrary
    from recoverycli.training.lint.lists import Lists
    from recoverycli.training.lint.subject import AvoidedWords
    from recoverycli.wording.matcher import Matcher


class LintWords(NamedTuple):
    """What the words of every file are compared with."""

    matcher: Matcher
    lists: Lists
    avoided: AvoidedWords


def lint_words(setup: Setup, library: FrameworkLibrary) -> LintWords:
    """Return what the words of every file are compared with; unreadable files are reported."""
    from recoverycli.training.lint.lists import FOLDER, read_lists
    from recoverycli.training.lint.subject import AvoidedWords

    lists = read_lists(setup.search_order(FOLDER))
    for problem in lists.problems:
        setup.output.tell(f"warning: {problem.as_line()}")
    frameworks = [loaded.content for loaded in library.listing().entries]
    return LintWords(_matcher(setup), lists, AvoidedWords(frameworks))


def _matcher(setup: Setup) -> Matcher:
    from recoverycli.wording.files.library import load
    from recoverycli.wording.matcher import Matcher

    loaded = load(setup.search_order("wording"))
    for problem in loaded.problems:
        setup.output.tell(f"warning: {problem.as_line()}")
    return Matcher(loaded.wording)
