"""The frameworks there are, and what `extends` leads to."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING

from msgspec.structs import replace

from recoverycli.content.library import Library, Listing, Loaded, Source
from recoverycli.frameworks.model import Framework
from recoverycli.frameworks.reader import read_framework
from recoverycli.frameworks.validation.call_rules import Playbooks

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from recoverycli.content.nodes import Problem
    from recoverycli.content.reader import ContentRead
    from recoverycli.frameworks.model import IssueFamily


LoadedFramework = Loaded[Framework]


class FrameworkLibrary(Library[Framework]):
    """Frameworks by id. `complete` adds what a framework draws on beside its own file."""

    noun = "framework"

    def __init__(self, sources: tuple[Source, ...], complete: Callable[[Framework], Framework] | None = None) -> None:
        super().__init__(sources)
        self._complete = complete

    def load(self, wanted: str) -> LoadedFramework:
        """Return a framework as `Library.load` does, completed, without its examples: no call needs them."""
        loaded = self._with_shared(super().load(wanted))
        return replace(loaded, content=replace(loaded.content, examples=()))

    def listing(self) -> Listing[Framework]:
        """Return every framework as `Library.listing` does, completed."""
        found = super().listing()
        return Listing(tuple(map(self._with_shared, found.entries)), found.problems)

    def _with_shared(self, loaded: LoadedFramework) -> LoadedFramework:
        return loaded if self._complete is None else replace(loaded, content=self._complete(loaded.content))

    def called_by(self, framework: Framework) -> tuple[Framework, ...]:
        """Return the playbooks that the steps of a framework call, as far as they can be read."""
        found = (self.find(wanted, []) for wanted in framework.calls)
        return tuple(loaded.content for loaded in found if loaded is not None)

    def read(self, data: bytes, file: str, before: tuple[str, ...] = ()) -> ContentRead[Framework]:
        """Read the bytes of a framework file; what it extends is looked for in this library."""
        above = (*before, PurePath(file).stem)
        return read_framework(data, file, self._base_of(*above), playbooks=self._playbooks(*above))

    def validate(self, data: bytes, file: str, families: tuple[IssueFamily, ...]) -> ContentRead[Framework]:
        """Read a file of a user's own as `read` does, check the families of its phrases, and prove its conditions."""
        known = [family.id for family in families]
        stem = PurePath(file).stem
        return read_framework(data, file, self._base_of(stem), known, prove=True, playbooks=self._playbooks(stem))

    def beside(self, file: Path) -> FrameworkLibrary:
        """Return the library for a file of a user's own: what the file extends is searched for in its folder first."""
        return FrameworkLibrary((Source(file.absolute().parent, "flag"), *self.sources))

    def _playbooks(self, *above: str) -> Playbooks:
        def problems(wanted: str) -> list[Problem]:
            found: list[Problem] = []
            self.find(wanted, found, above)
            return found

        return Playbooks(self._base_of(*above), self.ids, problems, above)

    def _base_of(self, *before: str) -> Callable[[str], Framework | None]:
        def base(wanted: str) -> Framework | None:
            found = None if wanted in before else self.find(wanted, [], before)
            return found.content if found is not None else None

        return base
