"""A talk for each ending of a role-play, to read its text against what was said.

`python -m tests.training.ended_runs late-parcel` prints one for each ending, and what can be true there besides.
"""

from __future__ import annotations

import sys
from collections import Counter
from typing import TYPE_CHECKING

from recoverycli.training.scenarios.model import DIFFICULTIES, wordings_of
from recoverycli.training.scenarios.play import StoredAnswer, answer, answer_again, begin
from recoverycli.training.scenarios.proof import answers
from tests.training.played import FILES, read, scenario

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from recoverycli.training.scenarios.model import Difficulty, Scenario
    from recoverycli.training.scenarios.play import Roleplay


def ended_runs(played: Scenario) -> dict[str, list[Roleplay]]:
    """Runs to each ending that differ in what came of them: by replies alone, and where none leads, in own words."""
    ended: dict[str, list[Roleplay]] = {}
    for difficulty in (played.difficulty, *DIFFICULTIES):
        for freely in (False, True):
            if len(ended) < len(played.endings):
                found = _ended(played, difficulty, freely=freely)
                ended |= {ending: runs for ending, runs in found.items() if ending not in ended}
    return ended


def _ended(played: Scenario, difficulty: Difficulty, *, freely: bool) -> dict[str, list[Roleplay]]:
    seen: set[object] = set()
    ended: dict[str, list[Roleplay]] = {}
    waiting = [begin(played, difficulty)]
    while waiting:
        play = waiting.pop()
        if play.ending is not None:
            ended.setdefault(play.ending, []).append(play)
            continue
        for after in answers(play) if freely else [answer(play, reply) for reply in play.choices]:
            state = (*after.outcome, after.node, after.heard, after.apologized, after.helped, after.ending)
            key = tuple(frozenset(one) if isinstance(one, tuple) else one for one in state)
            if key not in seen:
                seen.add(key)
                waiting.append(after)
    return ended


def lines(name: str) -> Iterator[str]:
    """The lines to read for each ending of a scenario: a talk, all texts of the ending, and what else can be true."""
    played, written = scenario(name), read(name)
    ended = ended_runs(played)
    for ending in written.endings:
        runs = ended[ending.id]
        yield f"\n## {name}, {ending.id} ({ending.kind}), {len(runs)} ways"
        yield from _talk(runs[len(runs) // 2])
        yield from (f"They: {text}" for text in wordings_of(ending.says))
        yield f"After: {ending.after}"
        for label, what in (("agreed", "agreed"), ("refused", "refused"), ("found", "known"), ("promised", "promised")):
            yield f"{label}: {_shares([getattr(play, what) for play in runs])}"
        yield f"last: {_shares([[play.turns[-1].reply or 'own words'] for play in runs])}"


def _talk(play: Roleplay) -> Iterator[str]:
    before = begin(play.scenario, play.difficulty)
    for turn in play.turns:
        node = play.scenario.node(turn.node)
        said = next((reply.say for reply in node.replies if reply.id == turn.reply), f"({', '.join(turn.acts)})")
        yield f"They ({before.mood}): {before.says}"
        yield f"You ({turn.effect:+}): {said}"
        before = answer_again(before, StoredAnswer(turn.reply, turn.penalty, turn.acts, turn.agreement))
    yield f"The end, {play.mood}, ease {play.ease}, harm {play.harm}."


def _shares(found: Iterable[Iterable[str]]) -> str:
    ways = [set(one) for one in found]
    counts = Counter(word for way in ways for word in way)
    return ", ".join(f"{word} {'always' if n == len(ways) else f'{n} of {len(ways)}'}" for word, n in counts.items())


if __name__ == "__main__":
    for name in sys.argv[1:] or [path.stem for path in FILES]:
        sys.stdout.writelines(f"{line}\n" for line in lines(name))
