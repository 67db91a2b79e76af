"""Drafts of frameworks: valid files to be filled with an author's words, a comment on every part of them."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, NamedTuple

from recoverycli.content.yaml_text import LONGEST, editor_line, one_line, quoted, word
from recoverycli.frameworks.model import CALL_FACTS, CHANNELS, FAULTS, INTENTS, MOODS, ON, PHASES, TIMES, WRAP_UP
from recoverycli.frameworks.phrasing import placeholders

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from recoverycli.frameworks.model import Framework, Intent

SCHEMA_FILE = "framework.schema.json"
# What stands where an author has still to say something; lint looks for it.
TO_FILL = "TO FILL IN"
_LONGEST_ID = 50
# What a person is asked for may be so long; a file takes some more.
LONGEST_ANSWER = 400
_BRACE = re.compile(r"\{\{|\}\}|\{[A-Za-z0-9_]{1,60}(?:\|[^{}]*)?\}|[{}]")


class AvoidDraft(NamedTuple):
    """Words to avoid, why, and what to say in their place."""

    say: str
    because: str
    instead: str


class StepDraft(NamedTuple):
    """A step as its author told it."""

    name: str
    intent: Intent = "listen"
    goal: str = ""
    phrases: tuple[str, ...] = ()
    avoid: tuple[AvoidDraft, ...] = ()
    ask: str = ""


class FrameworkDraft(NamedTuple):
    """A framework as its author told it; what is empty gets words to be replaced."""

    id: str
    name: str
    expands_to: str = ""
    summary: str = ""
    steps: tuple[StepDraft, ...] = ()


class VariantDraft(NamedTuple):
    """A framework that takes another and says some of its steps in words of its own: step ids and phrases."""

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
            f"{TO_FILL}: how you ask for the whole story, {{customer|in your own words}}.",
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
            f"{TO_FILL}: how you let them choose.",
            f"{TO_FILL}: who does what, and by when.",
        ),
        (),
        "Which of these would help you most?",
    ),
)
_PARTS_OF_A_STEP = (
    "# A step is one screen of the call. Its keys:",
    "#   id               small letters, digits and dashes, each once; /goto and `paths` name it",
    "#   name             as it stands in the line of steps",
    "#   intent           what it does for the customer. Intents make frameworks comparable and let a call switch:",
    *(f"#                      {', '.join(INTENTS[at : at + 6])}" for at in range(0, len(INTENTS), 6)),
    "#   also             further intents that it serves: [empathize]",
    f"#   phase            {', '.join(PHASES)}; all but `live` become tasks after the call",
    "#   goal             one line: what has to be true before you go on",
    "#   target_seconds   how long it should take",
    "#   do               a few pieces of advice",
    "#   ask              questions to put; the first is always on the screen",
    "#   avoid            words that backfire, why, and what to say in their place",
    "#   checklist        things to tick: {id: restated, text: Said it back, required: true}",
    "#   capture          facts to write down: {id: order, ask: Which order?}; `kind` is text, choice, money, date",
    "#                      or yes-no, `choices` belong to choice. The id is a {placeholder} for phrases from then on",
    "#   phrases          talking points, three or more. In each of them",
    "#     say            the words. {customer|there} is a value with what is said while it is not known",
    f"#     channels       only there: {', '.join(CHANNELS)}",
    f"#     moods          only then: {', '.join(MOODS)}",
    "#     issues         only for such calls: [billing]",
    "#     when           only with such a value: {tier: gold}",
    "#     verbatim       true for words of the law, which are read as they stand",
    "#     id             where your reports name the phrase; else it is made of its words",
    "#   by_path          true where only an answer leads there, past the plain order",
    "#   paths            where answers lead; `recovery frameworks show double-charge --map` draws an example",
)


def as_yaml(draft: FrameworkDraft) -> str:
    """Return the draft as a framework file, with a comment on every part. It is valid as it stands."""
    steps = _settled(draft.steps or EXAMPLE)
    named = _cut(draft.expands_to) or _cut(", ".join(step.name for step in steps))
    summary = _cut(draft.summary) or f"{TO_FILL}: for whom it is, and what it does for them."
    lines = [
        *_top(draft.id),
        f"name: {quoted(_cut(draft.name) or draft.id)}  # as lists and screens show it",
        f"expands_to: {quoted(named)}  # what its letters stand for, or its steps",
        "# One sentence that a trainer could read aloud.",
        f"summary: {quoted(summary)}",
        "# Who uses or wrote it: {used_by: [our shops], credit: a name, notes: where it comes from}",
        "origin: {}",
        "suits:  # where it fits best; lint asks for a phrase for each of these channels",
        f"  channels: [phone]  # {', '.join(CHANNELS)}",
        "  industries: []  # [retail, travel]",
        "  # for which moment, in words; `recovery frameworks advise` says it",
        '  when: ""',
        f"  time: []  # how much of it there has to be: {', '.join(TIMES)}; empty: any",
        f"  fault: []  # whose the failure is: {', '.join(FAULTS)}; empty: any",
        "principles: []  # what holds in every step; shown before the first",
        f"# Names that phrases may use beside {', '.join(CALL_FACTS)} and what steps capture.",
        f"placeholders: [{', '.join(map(word, _own_names(steps)))}]",
        "# true for a way out, such as abusive-caller: what is done in it does not count as done elsewhere.",
        "stands_alone: false",
        *_PARTS_OF_A_STEP,
        "steps:",
    ]
    for id_, step in zip(_ids(step.name for step in steps), steps, strict=True):
        lines += _step(id_, step)
    return "\n".join(lines) + "\n"


def variant_as_yaml(draft: VariantDraft, base: Framework) -> str:
    """Return a file that extends another framework, with a comment on how it does so. It is valid as it stands."""
    summary = _cut(draft.summary)
    own = [(id_, tuple(dict.fromkeys(filter(None, map(_sound, phrases))))) for id_, phrases in draft.phrases]
    own = [(id_, phrases) for id_, phrases in own if phrases]
    names = _names_in(words for _, phrases in own for words in phrases)
    known = {*CALL_FACTS, *base.placeholders, *(one.id for step in base.steps for one in step.capture)}
    more = [name for name in names if name not in known]
    lines = [
        *_top(draft.id),
        f"extends: {word(base.id)}  # all of it is taken from there; what stands here goes before it",
        f"name: {quoted(_cut(draft.name) or draft.id)}",
        *([f"summary: {quoted(summary)}"] if summary else ["# summary: one sentence about it"]),
        *([f"placeholders: [{', '.join(map(word, (*base.placeholders, *more)))}]"] if more else []),
        "# A step with an id of that framework changes what it names: its goal, or all of its phrases.",
        "# A step with `replaces: ID` stands in another's place; one with a new id comes after the others.",
        f"# Its steps: {', '.join(step.id for step in base.steps)}",
        "# steps:",
        f"#   - id: {base.steps[0].id}",
        "#     goal: In your own words.",
        f"#     phrases:  # in the place of the {len(base.steps[0].phrases)} that are there",
        '#       - say: "In your own words, {customer|and theirs}."',
    ]
    if own:
        lines.append("steps:")
    for id_, phrases in own:
        lines += [f"  - id: {word(id_)}", "    phrases:", *(f"      - say: {quoted(words)}" for words in phrases)]
    return "\n".join(lines) + "\n"


def _top(id_: str) -> list[str]:
    return [
        editor_line(SCHEMA_FILE),
        "# Say it in your own words, then: recovery frameworks validate FILE, and recovery frameworks lint FILE",
        "schema: 1  # of the file's format",
        f"id: {word(id_)}  # the same as the name of the file",
        "version: 1  # of your words; raise it when they change",
    ]


def _step(id_: str, step: StepDraft) -> list[str]:
    return [
        f"  - id: {word(id_)}",
        f"    name: {quoted(step.name)}",
        f"    intent: {step.intent}",
        f"    goal: {quoted(step.goal)}",
        "    target_seconds: 60",
        "    do: []",
        f"    ask: [{quoted(step.ask)}]" if step.ask else "    ask: []",
        *(_avoid(step.avoid) if step.avoid else ["    avoid: []"]),
        "    checklist: []",
        "    capture: []",
        "    phrases:",
        *(f"      - say: {quoted(words)}" for words in step.phrases),
    ]


def _avoid(entries: Iterable[AvoidDraft]) -> list[str]:
    lines = ["    avoid:"]
    for one in entries:
        lines += [
            f"      - say: {quoted(one.say)}",
            f"        because: {quoted(one.because)}",
            f"        instead: {quoted(one.instead)}",
        ]
    return lines


def _settled(steps: Sequence[StepDraft]) -> tuple[StepDraft, ...]:
    """The steps with words wherever a file needs some, each phrase once, and braces that stand alone made literal."""
    seen: set[str] = set()
    settled = []
    for number, step in enumerate(steps, start=1):
        name = _cut(step.name) or f"Step {number}"
        said = [sound for words in step.phrases if (sound := _sound(words))]
        fresh = [words for words in dict.fromkeys(said) if words not in seen]
        phrases = tuple(fresh) or (f"{TO_FILL}: what you would say in step {number}.",)
        seen.update(phrases)
        goal = _cut(step.goal) or f"{TO_FILL}: what this step achieves."
        avoid = tuple(AvoidDraft(*(_cut(words) or TO_FILL for words in one)) for one in step.avoid if _cut(one.say))
        settled.append(step._replace(name=name, goal=goal, phrases=phrases, avoid=avoid, ask=_cut(step.ask)))
    return tuple(settled)


def _sound(words: str) -> str:
    """Words of a phrase on one line, in which a brace that belongs to no placeholder is a brace."""
    line = _cut(words)
    sound = _BRACE.sub(lambda found: found[0] * 2 if found[0] in {"{", "}"} else found[0], line)
    return sound if len(sound) <= LONGEST else re.sub("[{}]", "", line)


def _cut(words: str) -> str:
    return one_line(words)[:LONGEST_ANSWER].strip()


def _own_names(steps: Iterable[StepDraft]) -> tuple[str, ...]:
    return tuple(
        name for name in _names_in(words for step in steps for words in step.phrases) if name not in CALL_FACTS
    )


def _names_in(phrases: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(found.name for words in phrases for found in placeholders(words) if found.name))


def _ids(names: Iterable[str]) -> list[str]:
    """An id for each step, made of its name: each once, and none of the words that mean something else."""
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
