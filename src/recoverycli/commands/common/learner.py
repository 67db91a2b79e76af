"""What is known of a learner: the answers of drills and the role-plays, read together for those who schedule."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from recoverycli.errors import ContentProblem, UsageProblem

if TYPE_CHECKING:
    from datetime import datetime

    from recoverycli.commands.common.context import Setup
    from recoverycli.frameworks.library import FrameworkLibrary
    from recoverycli.frameworks.model import Framework
    from recoverycli.session.transcript.model import Call
    from recoverycli.store.drill_answers import DrillAnswer
    from recoverycli.training.drills.schedule import Known


class Drilled(NamedTuple):
    """The facts, the role-plays newest first, and what follows: what to look at, in its order, and the frameworks."""

    answers: tuple[DrillAnswer, ...]
    role_plays: tuple[Call, ...]
    cards: tuple[Known, ...]
    frameworks: dict[str, Framework]


def read_progress(setup: Setup, library: FrameworkLibrary, moment: datetime) -> Drilled:
    """Read what there is; what cannot be read is warned of and passed over. Raises StoreProblem."""
    from recoverycli.store.calls.transcript_file import Skipped
    from recoverycli.store.drill_answers import read_answers
    from recoverycli.training.drills.schedule import known, reviews

    read = read_answers(setup.home)
    for line in read.damaged[:5]:
        setup.output.tell(f"warning: {read.path}:{line}: this is not a valid answer; it is ignored")
    if len(read.damaged) > 5:
        setup.output.tell(f"warning: {read.path}: {len(read.damaged) - 5} more lines are ignored")
    plays: list[Call] = []
    for one in setup.archive(practice=True).each():
        if isinstance(one, Skipped):
            setup.output.tell(f"warning: {one.path}: {one.why}; it was skipped")
        else:
            plays.append(one.transcript.call)
    cards = known(reviews(read.answers, plays), moment)
    frameworks = _frameworks(library, [card.framework for card in cards])
    return Drilled(read.answers, tuple(plays), cards, frameworks)


def _frameworks(library: FrameworkLibrary, ids: list[str]) -> dict[str, Framework]:
    """The frameworks that are still there."""
    found: dict[str, Framework] = {}
    for framework_id in dict.fromkeys(ids):
        try:
            found[framework_id] = library.load(framework_id).content
        except (UsageProblem, ContentProblem):
            continue
    return found
