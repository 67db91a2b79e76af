"""Drafts of scenarios: valid files to be filled with life, from answers, or from a call that was taken.

Of a call nothing goes in by which its customer could be known (see `anonymous`).
"""

from __future__ import annotations

from itertools import chain, product
from typing import TYPE_CHECKING, NamedTuple

from recoverycli.content.yaml_text import editor_line, one_line, quoted, word
from recoverycli.training.anonymize import Cleaned
from recoverycli.training.scenarios.reader import read_scenario

if TYPE_CHECKING:
    from collections.abc import Iterator

    from recoverycli.frameworks.model import Channel, Mood
    from recoverycli.session.transcript.model import Call, TranscriptStep

SCHEMA_FILE = "scenario.schema.json"
_MOST = 5
_WON, _PATCHED = (8, 6, 4), (4, 3, 2, 1, 5, 6)
_GOOD, _POOR = 2, -2
_LONGEST = 400
_TO_FILL = "TO FILL IN"


class Exchange(NamedTuple):
    """What the customer says, a good answer with the intents that it serves, and a poor one."""

    says: str
    good: str
    intents: tuple[str, ...]
    poor: str


class ScenarioDraft(NamedTuple):
    """What a draft is made of. Everything has words to begin with."""

    id: str
    name: str
    summary: str = "One sentence that a trainer could read aloud."
    industry: str = "other"
    channel: Channel = "phone"
    difficulty: str = "medium"
    framework: str = "learn"
    issue: str = "late-delivery"
    who: str = "Who they are, and what their day was like before this."
    happened: str = "What went wrong, from their side."
    feels: str = "How that feels to them."
    wants: str = "What they would like to happen now."
    unsaid: str = "What they do not say unless somebody asks, and why it matters."
    mood: Mood = "upset"
    agent: str = "Who you are, and for whom you answer."
    exchanges: tuple[Exchange, ...] = ()


_EXAMPLES = (
    Exchange("What the customer says first.", "An answer that lets them tell it.", ("listen",), "One that cuts in."),
    Exchange("What they say next.", "An answer that takes it on.", ("empathize", "apologize"), "One with an excuse."),
    Exchange("And now?", "An answer with two ways out, each with a time.", ("solve",), "One that leaves it open."),
)


def as_yaml(draft: ScenarioDraft) -> str:
    """Return the draft as a scenario file, with a comment on every part. It is valid as it stands."""
    exchanges = (*draft.exchanges[:_MOST], *_EXAMPLES[len(draft.exchanges) :])
    body = (*_head(draft), *_nodes(exchanges))
    texts = ("\n".join((*body, *_endings(*eases))) + "\n" for eases in product(_WON, _PATCHED))
    # How much ease the endings can ask for depends on the mood, the difficulty and the number of turns.
    first = next(texts)
    return next((text for text in chain([first], texts) if not _faults(text, draft.id)), first)


def _faults(text: str, scenario_id: str) -> bool:
    return bool(read_scenario(text.encode(), f"{scenario_id}.yaml").problems)


def from_call(call: Call, scenario_id: str) -> ScenarioDraft:
    """Return a draft of what happened in a call, with everything taken out that says whose it was."""
    clean = Cleaned(call)
    said = list(_said(call))
    notes = [clean(note.text) for step in call.steps for note in step.notes]
    exchanges = tuple(
        Exchange(
            notes[number] if number < len(notes) else f"{_TO_FILL}: what they said here.",
            clean(text),
            intents,
            f"{_TO_FILL}: what somebody under stress would have said.",
        )
        for number, (text, intents) in enumerate(said[:_MOST])
    )
    happened = " ".join(notes) or f"{_TO_FILL}: what went wrong."
    return ScenarioDraft(
        id=scenario_id,
        name=f"{_TO_FILL}: a name for it",
        summary=clean(call.summary or "") or f"{_TO_FILL}: one sentence about it.",
        channel=call.channel or "phone",
        framework=call.framework.id,
        issue=clean(call.issue or "") or "complaint",
        happened=happened[:_LONGEST],
        mood=call.moods[0].mood if call.moods else "upset",
        exchanges=exchanges,
    )


def _said(call: Call) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The first thing that was said in each step, in the order of the call."""
    steps: list[TranscriptStep] = sorted((step for step in call.steps if step.said), key=lambda step: step.said[0].at)
    for step in steps:
        yield step.said[0].text, (step.intent, *step.also)


def _text(words: str) -> str:
    return quoted(one_line(words)[:_LONGEST] or _TO_FILL)


def _head(draft: ScenarioDraft) -> list[str]:
    return [
        editor_line(SCHEMA_FILE),
        "# A role-play. `recovery scenarios validate` tells whether it holds together, `recovery practice` plays it.",
        "schema: 1",
        f"id: {word(draft.id)}  # the same as the name of the file",
        f"name: {_text(draft.name)}",
        f"summary: {_text(draft.summary)}",
        "# hotel, restaurant, retail, parcel, telecom, bank, utility, clinic, travel or other",
        f"industry: {draft.industry}",
        f"channel: {draft.channel}  # phone, chat, email, in-person or social",
        "# easy: the customer forgives. hard: they listen to nothing before they feel heard.",
        f"difficulty: {draft.difficulty}",
        f"framework: {word(draft.framework)}  # which it is practised in",
        f"issue: {_text(draft.issue)}",
        "customer:",
        f"  who: {_text(draft.who)}",
        f"  happened: {_text(draft.happened)}",
        f"  feels: {_text(draft.feels)}",
        f"  wants: {_text(draft.wants)}",
        f"  unsaid: {_text(draft.unsaid)}",
        f"  mood: {draft.mood}  # calm, anxious, upset or angry, when it begins",
        "agent:",
        f"  who: {_text(draft.agent)}",
        "  knows: []  # what the agent can see before the first word",
        "  may: []  # what they may give",
        "observer:  # what the third person watches for when it is played aloud",
        '  - "Did the agent let them finish?"',
        "facts:  # what only a good question brings out",
        "  - id: hidden",
        f"    what: {_text(draft.unsaid)}",
        '    matters: "What it changes once it is known."',
        "start: turn-1",
    ]


def _nodes(exchanges: tuple[Exchange, ...]) -> list[str]:
    lines = ["nodes:  # what the customer says, and what can be answered; add answers, and ways that part"]
    for number, one in enumerate(exchanges, start=1):
        onward = f"turn-{number + 1}" if number < len(exchanges) else "end"
        reveals = ["        reveals: hidden  # this answer brings it out"] if number == 1 else []
        lines += [
            f"  - id: turn-{number}",
            f"    says: {_text(one.says)}",
            "    replies:",
            f"      - id: good-{number}",
            f"        say: {_text(one.good)}",
            f"        intents: [{', '.join(one.intents)}]",
            f"        effect: {_GOOD}  # -3 to 3: what it does to the customer",
            '        because: "Why it helps."',
            f"        to: {onward}",
            *reveals,
            f"      - id: poor-{number}",
            f"        say: {_text(one.poor)}",
            f"        effect: {_POOR}",
            '        because: "Why it hurts."',
            f"        to: {onward}",
        ]
    return lines


def _endings(won: int, patched: int) -> list[str]:
    return [
        "endings:  # the first whose conditions hold; the last has none",
        "  - id: won-back",
        "    kind: recovered",
        '    says: "What they say when it went well."',
        '    after: "What comes of it."',
        f"    ease: {won}  # 0 to 10, at least",
        "    known: [hidden]",
        "  - id: it-will-do",
        "    kind: patched-up",
        '    says: "What they say when it was half mended."',
        '    after: "What comes of that."',
        f"    ease: {patched}",
        "  - id: gone",
        "    kind: lost",
        '    says: "What they say when they leave."',
        '    after: "What comes of that."',
    ]
