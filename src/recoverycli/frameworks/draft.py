"""Drafts of frameworks: valid files for an author to complete, with a comment on every part."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from recoverycli.content.draft import TO_FILL, answer, render
from recoverycli.content.yaml_text import LONGEST
from recoverycli.frameworks.model import (
    CALL_FACTS,
    CHANNELS,
    CONTACT_FACTS,
    FAULTS,
    INTENTS,
    MOODS,
    ON,
    OUTCOMES,
    PHASES,
    SEVERITIES,
    TIMES,
    WRAP_UP,
)
from recoverycli.frameworks.phrasing import placeholders
from recoverycli.settings.contacts import CONTACTS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from recoverycli.frameworks.model import Framework, Intent

SCHEMA_FILE = "framework.schema.json"
_LONGEST_ID = 50
_BRACE = re.compile(r"\{\{|\}\}|\{[A-Za-z0-9_]{1,60}(?:\|[^{}]*)?\}|[{}]")


class AvoidDraft(NamedTuple):
    """Words to avoid, why, and what to say in their place."""

    say: str
    because: str
    instead: str


class StepDraft(NamedTuple):
    """A step as entered by its author."""

    name: str
    intent: Intent = "listen"
    goal: str = ""
    phrases: tuple[str, ...] = ()
    avoid: tuple[AvoidDraft, ...] = ()
    ask: str = ""


class FrameworkDraft(NamedTuple):
    """A framework as entered by its author; empty fields get placeholder words."""

    id: str
    name: str
    expands_to: str = ""
    summary: str = ""
    steps: tuple[StepDraft, ...] = ()


class VariantDraft(NamedTuple):
    """A framework that extends another one with its own phrases for some steps: step ids and phrases."""

    id: str
    name: str
    summary: str = ""
    phrases: tuple[tuple[str, tuple[str, ...]], ...] = ()


EXAMPLE = (
    StepDraft(
        "Listen",
        "listen",
        f"{TO_FILL}: what this step achieves, such as the whole story, from their side.",
        (
            f"{TO_FILL}: how you ask for the whole story, {{customer}}.",
            f"{TO_FILL}: how you show that you are still there.",
            f"{TO_FILL}: how you ask whether that is all of it.",
        ),
        (AvoidDraft("Calm down", "It makes the feeling the problem, and they get louder.", "Go on, I'm listening."),),
        "What happened, from the start?",
    ),
    StepDraft(
        "Solve",
        "solve",
        f"{TO_FILL}: what this step achieves, such as two ways out to choose from.",
        (
            f"{TO_FILL}: the two things that you can do, each with a time.",
            f"{TO_FILL}: how you offer the choice.",
            f"{TO_FILL}: who does what, and by when.",
        ),
        (),
        "Which of these would help you most?",
    ),
)
_TEMPLATES = Path(__file__).parent / "templates"


def as_yaml(draft: FrameworkDraft) -> str:
    """Return the draft as a framework file, with a comment on every part. It is valid as it stands."""
    steps = _complete(draft.steps or EXAMPLE)
    names = _names_in(words for step in steps for words in step.phrases)
    return render(
        _TEMPLATES / "framework.yaml.jinja",
        schema_file=SCHEMA_FILE,
        draft=draft._replace(
            name=answer(draft.name) or draft.id,
            expands_to=answer(draft.expands_to) or answer(", ".join(step.name for step in steps)),
            summary=answer(draft.summary) or f"{TO_FILL}: for whom it is, and what it does for them.",
        ),
        placeholders=[name for name in names if name not in {*CALL_FACTS, *CONTACT_FACTS}],
        steps=list(zip(_ids(step.name for step in steps), steps, strict=True)),
        channels=CHANNELS, times=TIMES, faults=FAULTS, call_facts=CALL_FACTS, intents=INTENTS, phases=PHASES,
        moods=MOODS, severities=SEVERITIES, contacts=CONTACTS, outcomes=OUTCOMES,
    )  # fmt: skip


def variant_as_yaml(draft: VariantDraft, base: Framework) -> str:
    """Return a file that extends another framework, with a comment on how it does so. It is valid as it stands."""
    own = [(id_, tuple(dict.fromkeys(filter(None, map(_sound, phrases))))) for id_, phrases in draft.phrases]
    names = _names_in(words for _, phrases in own for words in phrases)
    known = {*CALL_FACTS, *CONTACT_FACTS, *base.placeholders, *(one.id for step in base.steps for one in step.capture)}
    more = [name for name in names if name not in known]
    return render(
        _TEMPLATES / "variant.yaml.jinja",
        schema_file=SCHEMA_FILE,
        draft=draft._replace(
            name=answer(draft.name) or draft.id,
            summary=answer(draft.summary),
            phrases=tuple((id_, phrases) for id_, phrases in own if phrases),
        ),
        base=base,
        placeholders=(*base.placeholders, *more) if more else (),
    )


def _complete(steps: Sequence[StepDraft]) -> tuple[StepDraft, ...]:
    """The steps with all required texts, unique phrases, and unpaired braces escaped."""
    seen: set[str] = set()
    settled = []
    for number, step in enumerate(steps, start=1):
        name = answer(step.name) or f"Step {number}"
        said = [sound for words in step.phrases if (sound := _sound(words))]
        fresh = [words for words in dict.fromkeys(said) if words not in seen]
        phrases = tuple(fresh) or (f"{TO_FILL}: what you would say in step {number}.",)
        seen.update(phrases)
        goal = answer(step.goal) or f"{TO_FILL}: what this step achieves."
        avoid = tuple(AvoidDraft(*(answer(words) or TO_FILL for words in one)) for one in step.avoid if answer(one.say))
        settled.append(step._replace(name=name, goal=goal, phrases=phrases, avoid=avoid, ask=answer(step.ask)))
    return tuple(settled)


def _sound(words: str) -> str:
    """The words of a phrase on one line, with braces outside placeholders escaped."""
    line = answer(words)
    sound = _BRACE.sub(lambda found: found[0] * 2 if found[0] in {"{", "}"} else found[0], line)
    return sound if len(sound) <= LONGEST else re.sub("[{}]", "", line)


def _names_in(phrases: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(found.name for words in phrases for found in placeholders(words) if found.name))


def _ids(names: Iterable[str]) -> list[str]:
    """A unique id for each step from its name, without reserved words."""
    taken = {WRAP_UP, ON}
    ids = []
    for number, name in enumerate(names, start=1):
        letters = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
        slug = "-".join(re.findall(r"[a-z0-9]+", letters))[:_LONGEST_ID].strip("-") or f"step-{number}"
        free = slug if slug not in taken else f"{slug}-{number}"
        while free in taken:
            free = f"{free}-{number}"
        taken.add(free)
        ids.append(free)
    return ids
