"""Drafts of scenarios: valid files to complete, from answers or from a past call.

Personal data of a call is removed (see `anonymize`).
"""

from __future__ import annotations

import re
from itertools import product, starmap
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, get_args

from recoverycli.content.draft import LONGEST_ANSWER, TO_FILL, answer, render
from recoverycli.frameworks.model import CHANNELS, MOODS
from recoverycli.training.anonymize import Anonymizer
from recoverycli.training.scenarios.model import Industry
from recoverycli.training.scenarios.reader import read_scenario

if TYPE_CHECKING:
    from collections.abc import Iterator

    from recoverycli.frameworks.model import Channel, Mood
    from recoverycli.session.transcript.model import Call, TranscriptStep

SCHEMA_FILE = "scenario.schema.json"
_MOST = 5
# The parts of a draft that have no placeholders.
_AS_WRITTEN = frozenset({"id", "name", "summary", "industry", "channel", "difficulty", "framework", "issue", "mood"})
_WON, _PATCHED = (8, 6, 4), (4, 3, 2, 1, 5, 6)


class Exchange(NamedTuple):
    """What the customer says, a good answer with the intents that it serves, and a poor one."""

    says: str
    good: str
    intents: tuple[str, ...]
    poor: str


class ScenarioDraft(NamedTuple):
    """The parts of a draft. All have default texts."""

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
    exchanges = [
        Exchange(_text(one.says), _text(one.good), one.intents, _text(one.poor))
        for one in (*draft.exchanges[:_MOST], *_EXAMPLES[len(draft.exchanges) :])
    ]
    filled = {
        key: _fill(value) if key in _AS_WRITTEN else _text(value)
        for key, value in draft._asdict().items()
        if key != "exchanges"
    }

    def text(won: int, patched: int) -> str:
        return render(
            Path(__file__).parent / "templates" / "scenario.yaml.jinja",
            schema_file=SCHEMA_FILE,
            draft={**filled, "exchanges": exchanges},
            won=won,
            patched=patched,
            industries=get_args(Industry),
            channels=CHANNELS,
            moods=MOODS,
        )

    # How much ease the endings can ask for depends on the mood, the difficulty and the number of turns.
    texts = starmap(text, product(_WON, _PATCHED))
    sound = (one for one in texts if not read_scenario(one.encode(), f"{draft.id}.yaml").problems)
    return next(sound, text(_WON[0], _PATCHED[0]))


def draft_texts() -> frozenset[str]:
    """Return the sentences that a new scenario has until its author replaces them."""
    text = as_yaml(ScenarioDraft("draft", "Draft"))
    return frozenset(words for words in re.findall(r': "([^"]+)"', text) if len(words.split()) > 1)


def from_call(call: Call, scenario_id: str) -> ScenarioDraft:
    """Return a draft of what happened in a call, without personal data."""
    clean = Anonymizer(call)
    said = list(_first_said(call))
    notes = [clean(note.text) for step in call.steps for note in step.notes]
    exchanges = tuple(
        Exchange(
            notes[number] if number < len(notes) else f"{TO_FILL}: what they said here.",
            clean(text),
            intents,
            f"{TO_FILL}: what somebody under stress would have said.",
        )
        for number, (text, intents) in enumerate(said[:_MOST])
    )
    happened = " ".join(notes) or f"{TO_FILL}: what went wrong."
    return ScenarioDraft(
        id=scenario_id,
        name=f"{TO_FILL}: a name for it",
        summary=clean(call.summary or "") or f"{TO_FILL}: one sentence about it.",
        channel=call.channel or "phone",
        framework=call.framework.id,
        issue=clean(call.issue or "") or "complaint",
        happened=happened[:LONGEST_ANSWER],
        mood=call.moods[0].mood if call.moods else "upset",
        exchanges=exchanges,
    )


def _first_said(call: Call) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The first thing that was said in each step, in the order of the call."""
    steps: list[TranscriptStep] = sorted((step for step in call.steps if step.said), key=lambda step: step.said[0].at)
    for step in steps:
        yield step.said[0].text, (step.intent, *step.also)


def _fill(words: str) -> str:
    return answer(words) or TO_FILL


def _text(words: str) -> str:
    """The words for a text with placeholders: braces that somebody typed are no placeholder."""
    return _fill(words.replace("{", "{{").replace("}", "}}"))
