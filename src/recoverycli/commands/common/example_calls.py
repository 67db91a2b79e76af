"""Where the examples of framework files are played: in a temporary folder, with the settings of the user."""

from __future__ import annotations

import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from recoverycli.commands.common.context import Setup
    from recoverycli.frameworks.library import FrameworkLibrary
    from recoverycli.live.environment import CallEnvironment


@contextmanager
def example_environment(setup: Setup, library: FrameworkLibrary) -> Iterator[CallEnvironment]:
    """Give a call of nobody: with the settings, and without own phrases, earlier calls and the data folder.

    Raises StoreProblem if the temporary folder cannot be written.
    """
    from recoverycli.commands.common.start_call import call_cards
    from recoverycli.live.coach import Coach
    from recoverycli.live.environment import CallEnvironment
    from recoverycli.session.remedies import Authority
    from recoverycli.store.files import refusal
    from recoverycli.times.clock import now

    try:
        with tempfile.TemporaryDirectory(prefix="recovery-") as folder:
            yield CallEnvironment(
                home=Path(folder),
                clock=now,
                load=library.load,
                read_date=setup.read_date,
                coach=Coach(shared=setup.shared_phrases(), families=setup.issue_families()),
                authority=Authority(setup.settings.remedies, setup.settings.currency),
                rules=setup.rules,
                cards=call_cards(setup, library),
                patterns=setup.settings.patterns,
            )
    except OSError as refused:
        raise refusal(Path(tempfile.gettempdir()), refused, kept="Nothing was stored.") from refused
