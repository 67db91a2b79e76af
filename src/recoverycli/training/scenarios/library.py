"""The scenarios there are: the folders in their search order."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from recoverycli.content.nodes import Problem
from recoverycli.errors import ContentProblem, unknown
from recoverycli.frameworks.library import Source, SourceKind, read_bytes, whence, yaml_files
from recoverycli.training.scenarios.model import Scenario
from recoverycli.training.scenarios.reader import read_scenario

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path


class LoadedScenario(msgspec.Struct, frozen=True):
    """A scenario, the digest of its file, and where it comes from."""

    scenario: Scenario
    digest: str
    path: str
    kind: SourceKind
    team_version: int | None = None

    @property
    def whence(self) -> str:
        """Where it comes from, as people are told."""
        return whence(self.kind, self.team_version)


class ScenarioListing(msgspec.Struct, frozen=True):
    """Every scenario that can be read, by id, and the problems of those that cannot."""

    entries: tuple[LoadedScenario, ...]
    problems: tuple[Problem, ...]


class ScenarioLibrary:
    """Scenarios by id. The same id in an earlier source wins; a broken file never hides a good one below it."""

    def __init__(self, sources: Sequence[Source], frameworks: Sequence[str]) -> None:
        self.sources = tuple(sources)
        self.frameworks = tuple(frameworks)

    def ids(self) -> tuple[str, ...]:
        """The ids that there are files for, told by their names alone."""
        return tuple(sorted({path.stem for source in self.sources for path in yaml_files(source.folder, [])}))

    def load(self, scenario_id: str) -> LoadedScenario:
        """Return a scenario. Raises UsageProblem where there is none of that id, ContentProblem where none is sound."""
        problems: list[Problem] = []
        found = next(self._read(scenario_id, problems), None)
        if found is not None:
            return found
        if problems:
            lines = "\n".join(problem.as_line() for problem in problems)
            raise ContentProblem(
                f"the scenario {scenario_id} cannot be read:\n{lines}", hint="Mend the file and try again."
            )
        ids = self.ids()
        raise unknown("scenario", scenario_id, ids, hint="All of them: recovery scenarios list")

    def listing(self) -> ScenarioListing:
        """Read every scenario. A broken file is a problem of the list, never its end."""
        problems: list[Problem] = []
        for source in self.sources:
            yaml_files(source.folder, problems)
        found = (next(self._read(scenario_id, problems), None) for scenario_id in self.ids())
        entries = tuple(loaded for loaded in found if loaded is not None)
        return ScenarioListing(entries, tuple(dict.fromkeys(problems)))

    def _read(self, scenario_id: str, problems: list[Problem]) -> Iterator[LoadedScenario]:
        for source in self.sources:
            for path in yaml_files(source.folder, []):
                if path.stem == scenario_id:
                    yield from self._loaded(path, source, problems)

    def _loaded(self, path: Path, source: Source, problems: list[Problem]) -> Iterator[LoadedScenario]:
        data = read_bytes(path)
        if isinstance(data, Problem):
            problems.append(data)
            return
        read = read_scenario(data, str(path), self.frameworks)
        problems += read.problems
        if read.scenario is not None:
            yield LoadedScenario(read.scenario, read.digest, str(path), source.kind, source.version)
