"""The dialogues there are, and those of a framework."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recoverycli.content.library import Library, Listing, Source
from recoverycli.content.reader import ContentRead, convert_built_in
from recoverycli.frameworks.dialogues.model import Dialogue
from recoverycli.frameworks.dialogues.reader import read_dialogue
from recoverycli.frameworks.dialogues.rules import misfits

if TYPE_CHECKING:
    from recoverycli.content.nodes import Problem
    from recoverycli.frameworks.library import FrameworkLibrary
    from recoverycli.frameworks.model import Framework


class DialogueLibrary(Library[Dialogue]):
    """Dialogues by id; each is checked against its framework in `frameworks`."""

    noun = "dialogue"

    def __init__(self, sources: tuple[Source, ...], frameworks: FrameworkLibrary) -> None:
        super().__init__(sources)
        self._frameworks = frameworks

    # `before` is for content that extends other content, which this does not.
    def read(self, data: bytes, file: str, before: tuple[str, ...] = ()) -> ContentRead[Dialogue]:  # noqa: ARG002
        """Read the bytes of a dialogue file."""
        return read_dialogue(data, file, self._frameworks)

    def read_built_in(self, data: bytes, file: str, before: tuple[str, ...] = ()) -> ContentRead[Dialogue]:  # noqa: ARG002
        """Read a dialogue that comes with the tool, without checks: `of` leaves out what does not fit."""
        return ContentRead(convert_built_in(data, Dialogue))

    def of(self, framework: Framework) -> Listing[Dialogue]:
        """Return the dialogues that fit a framework as it is here; only files whose names begin with its id are read.

        A built-in dialogue does not fit where somebody's own framework of that id has other steps.
        """
        problems: list[Problem] = []
        named = (one for one in self.ids() if one == framework.id or one.startswith(f"{framework.id}-"))
        found = (self.find(one, problems) for one in named)
        fitting = tuple(
            loaded
            for loaded in found
            if loaded is not None
            and loaded.content.framework == framework.id
            and not any(misfits(loaded.content, framework))
        )
        return Listing(fitting, tuple(dict.fromkeys(problems)))
