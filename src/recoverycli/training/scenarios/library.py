"""The scenarios there are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recoverycli.content.library import Library, Loaded, Source
from recoverycli.training.scenarios.model import Scenario
from recoverycli.training.scenarios.reader import read_scenario

if TYPE_CHECKING:
    from collections.abc import Sequence

    from recoverycli.content.reader import ContentRead


LoadedScenario = Loaded[Scenario]


class ScenarioLibrary(Library[Scenario]):
    """Scenarios by id; each is practised in one of the `frameworks`."""

    noun = "scenario"
    hint = "List them: recovery scenarios list"

    def __init__(self, sources: tuple[Source, ...], frameworks: Sequence[str]) -> None:
        super().__init__(sources)
        self.frameworks = tuple(frameworks)

    # `before` is for content that extends other content, which this does not.
    def read(self, data: bytes, file: str, before: tuple[str, ...] = ()) -> ContentRead[Scenario]:  # noqa: ARG002
        """Read the bytes of a scenario file."""
        return read_scenario(data, file, self.frameworks)

    def read_built_in(self, data: bytes, file: str, before: tuple[str, ...] = ()) -> ContentRead[Scenario]:  # noqa: ARG002
        """Read the bytes of a scenario that comes with the tool, whose ways the tests have played."""
        return read_scenario(data, file, self.frameworks, prove=False)
