"""The screen of a step: what to achieve, what to ask, what to say, on one glance."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recoverycli.session.phrases import phrases, spoken
from recoverycli.terminal.console import isolated, visible
from recoverycli.terminal.views.fitting import Part, fitted, hanging, joined

if TYPE_CHECKING:
    from rich.text import Text

    from recoverycli.session.model import Session, StepRecord

LABEL = 7
_SHOWN = 3
_MARKS = {"done": "✓", "skipped": "–", "open": "·"}


def step_screen(session: Session, width: int, height: int, answer: str = "") -> Text:
    """Return the step that the call stands on, fitted into the size; `answer` is the reply to the last line.

    What does not fit is left to `m`; the progress, the goal, the phrases and the answer stay longest.
    """
    here = session.here
    if here is None:
        return joined([])
    room = width - 1
    return joined(fitted([*_parts(session, here, room), *answer_parts(answer, room)], height))


def step_details(session: Session, width: int) -> list[Text]:
    """Return everything that the step holds, for `m`."""
    here = session.here
    if here is None:
        return []
    content, room = here.step, width - 1
    lines = [*progress(session, room), *goal(here, room), _blank()]
    for place, phrase in enumerate(phrases(session), start=1):
        lines += _phrase(place, spoken(session, phrase), room)
    lines.append(_blank())
    for label, items in (("Do", content.do), ("Ask", content.ask)):
        for number, item in enumerate(items):
            lines += hanging(label if number == 0 else "", visible(item), room, label_style="quiet", indent=LABEL)
    for avoid in content.avoid:
        lines += hanging(
            "Avoid", f"“{visible(avoid.say)}” {visible(avoid.because)}", room, label_style="warning", indent=LABEL
        )
        lines += hanging("", f"Say: “{visible(avoid.instead)}”", room, indent=LABEL)
    lines += _checklist(here, room)
    for capture in content.capture:
        value = here.captured.get(capture.id)
        said = visible(value) if value is not None else f"{visible(capture.ask)}  /set {capture.id} ..."
        lines += hanging("Note", said, room, label_style="quiet", indent=LABEL)
    return [*lines, *_so_far(session, here, room)]


def progress(session: Session, width: int) -> list[Text]:
    """Return the place in the framework: every step where they fit, else the number of this one."""
    from rich.text import Text

    walk, here = session.walk, session.here
    name = visible(session.framework.name)
    line = Text(name, style="accent")
    for record in walk:
        current = here is not None and record.key == here.key
        mark = "▸" if current else _MARKS[record.status]
        style = "here" if current else "quiet"
        words = f"{mark} {visible(record.step.name)}"
        line.append("  ").append(f" {words} " if current else words, style=style)
    if line.cell_len <= width:
        return [line]
    if here is None:
        return [Text(f"{name}  wrap-up", style="accent")]
    number = [record.key for record in walk].index(here.key) + 1
    short = Text(f"{name} {number}/{len(walk)}  ", style="accent").append(
        f" ▸ {visible(here.step.name)} ", style="here"
    )
    return [short]


def goal(here: StepRecord, width: int) -> list[Text]:
    """Return the goal of a step."""
    return hanging("", visible(here.step.goal), width, style="strong")


def answer_parts(answer: str, width: int) -> list[Part]:
    """Return the answer to the last line, to stand right above the prompt."""
    if not answer:
        return []
    lines = hanging("", visible(answer), width, style="quiet")[:3]
    return [Part(6, (_blank(),)), Part(2, tuple(lines))]


def _parts(session: Session, here: StepRecord, width: int) -> list[Part]:
    content = here.step
    parts = [Part(0, tuple(progress(session, width))), Part(5, (_blank(),)), Part(1, tuple(goal(here, width)))]
    for number, item in enumerate(content.do):
        lines = hanging("Do" if number == 0 else "", visible(item), width, label_style="quiet", indent=LABEL)
        parts.append(Part(12, tuple(lines)))
    parts.append(Part(5, (_blank(),)))
    for number, question in enumerate(content.ask):
        lines = hanging("Ask" if number == 0 else "", visible(question), width, label_style="quiet", indent=LABEL)
        parts.append(Part(4 if number == 0 else 13, tuple(lines)))
    parts.append(Part(8, (_blank(),)))
    for place, phrase in enumerate(phrases(session), start=1):
        rank = 3 if place <= _SHOWN else 11
        parts.append(Part(rank, tuple(_phrase(place, spoken(session, phrase), width))))
    parts.append(Part(5, (_blank(),)))
    for number, avoid in enumerate(content.avoid):
        text = f"“{visible(avoid.say)}”  say “{visible(avoid.instead)}”"
        lines = hanging("Avoid" if number == 0 else "", text, width, label_style="warning", indent=LABEL)
        parts.append(Part(7 if number == 0 else 14, tuple(lines)))
    parts.append(Part(6, tuple(_checklist(here, width))))
    parts.append(Part(9, tuple(_so_far(session, here, width))))
    if here is session.walk[0] and not here.said:
        principles = [visible(principle) for principle in session.framework.principles]
        lines = [
            line for principle in principles for line in hanging("", principle, width, style="quiet", indent=LABEL)
        ]
        parts += [Part(10, (_blank(),)), Part(10, tuple(lines))]
    return parts


def _phrase(place: int, words: str, width: int) -> list[Text]:
    return hanging(f"  {place}", isolated(visible(words)), width, label_style="accent", indent=LABEL - 2)


def _checklist(here: StepRecord, width: int) -> list[Text]:
    from rich.text import Text

    items = [
        (f"{'☑' if item.id in here.ticked else '☐'} {number} {visible(item.text)}", item.id in here.ticked)
        for number, item in enumerate(here.step.checklist, start=1)
    ]
    if not items:
        return []
    line = Text("Check".ljust(LABEL), style="quiet")
    lines: list[Text] = []
    for text, ticked in items:
        piece = Text(text, style="quiet" if ticked else "")
        if line.cell_len > LABEL and line.cell_len + piece.cell_len > width:
            lines.append(line)
            line = Text(" " * LABEL)
        line.append_text(piece).append("   ")
    lines.append(line)
    for made in lines:
        made.rstrip()
    return lines


def _so_far(session: Session, here: StepRecord, width: int) -> list[Text]:
    facts = [
        *(isolated(visible(value)) for value in (session.customer, session.ref) if value),
        *(visible(value) for value in (session.channel, session.mood, session.issue) if value),
        *(f"{name}: {visible(value)}" for name, value in here.captured.items()),
        *([f"{len(here.notes)} notes"] if len(here.notes) > 1 else ["1 note"] if here.notes else []),
    ]
    return hanging("So far", " · ".join(facts), width, label_style="quiet", indent=LABEL) if facts else []


def _blank() -> Text:
    from rich.text import Text

    return Text()
