"""How issues and causes are grouped here: by the families of the search order, and the map of this data folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recoverycli.errors import StoreProblem
from recoverycli.review.statistics.topics import Topics
from recoverycli.store.cause_map import CauseMap, read_cause_map
from recoverycli.text.tokens import word_key

if TYPE_CHECKING:
    from recoverycli.commands.common.context import Setup


def topics_of(setup: Setup) -> Topics:
    """Return how issues and causes are grouped; a map that cannot be read is reported and left out."""
    families = setup.issue_families()

    def family(issue: str) -> str | None:
        found = families.find(issue)
        return found.name if found else None

    try:
        causes = read_cause_map(setup.home)
    except StoreProblem as fault:
        setup.output.tell(f"warning: {fault.message}; no cause is merged")
        causes = CauseMap()
    return Topics(family, {word_key(one.cause): one.into for one in causes.merged})
