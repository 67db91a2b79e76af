"""The list of frameworks, a framework, and its flow."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recoverycli.frameworks.checks import quota
from recoverycli.frameworks.computed import computed_words
from recoverycli.frameworks.condition_text import condition_text
from recoverycli.frameworks.model import CHANNELS
from recoverycli.frameworks.stops import RETURN, flow
from recoverycli.pages.page import Cell, Column, FlowChart, Row, Section, Table, TextSpan

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from recoverycli.frameworks.conditions import When
    from recoverycli.frameworks.library import LoadedFramework
    from recoverycli.frameworks.model import Framework, Phrase, Step
    from recoverycli.pages.page import Page

_COLUMNS = (
    Column("id", role="accent"),
    Column("name", "wrap", least=100, most=28),
    Column("steps", is_number=True),
    Column("in order", "body", before="; ", whole_from=100),
    Column("from", role="quiet", before="; "),
)
_GROUPS = {
    "framework": ("Frameworks", "recovery start ID"),
    "playbook": ("Playbooks", "they branch on answers"),
    "card": ("Cards", "they stop the script: /card ID in a call"),
}
_SPOKEN = {"phone", "in-person"}
_NONE: dict[str, int] = {}
_TWO_MINUTES = 120
_TWO_LINES = 85
_AFTER = {
    "wrap-up": "at the wrap-up",
    "follow-up": "after the call",
    "organisation": "after the call, for the organisation",
}


def frameworks_page(entries: Sequence[LoadedFramework]) -> Page:
    """Return the frameworks as a table for each group, with a heading where there are several."""
    grouped = {group: [one for one in entries if one.content.group == group] for group in _GROUPS}
    parts: list[Section | Table] = []
    for group, (title, aside) in _GROUPS.items():
        if grouped[group]:
            parts += [Section(title, aside)] if len(grouped[group]) < len(entries) else []
            parts.append(Table(_COLUMNS, tuple(map(_cells, grouped[group])), stacked=60))
    return tuple(parts)


def _cells(loaded: LoadedFramework) -> tuple[Cell, ...]:
    framework = loaded.content
    live, later = ", ".join(step.name for step in framework.live_steps), _later_steps(framework)
    short, brief = _plain_order(framework), later
    if len(short) + len(later) > _TWO_LINES and later:
        brief = f"; {len(framework.later_steps)} after the call"
    count = len(framework.live_steps)
    return (
        Cell(framework.id),
        Cell(framework.name),
        Cell(f"{count} {'step' if count == 1 else 'steps'}", str(count)),
        Cell((TextSpan(live), TextSpan(later, "quiet")), (TextSpan(short), TextSpan(brief, "quiet"))),
        Cell(loaded.whence),
    )


def _plain_order(framework: Framework) -> str:
    """The steps without branches, and the number of steps on branches."""
    branches = sum(step.by_path for step in framework.live_steps)
    more = f"{branches} more by branches" if branches else ""
    return ", ".join(filter(None, (*(step.name for step in framework.live_steps if not step.by_path), more)))


def _later_steps(framework: Framework) -> str:
    later = ", ".join(step.name for step in framework.later_steps)
    return f"; after the call: {later}" if later else ""


def framework_page(framework: Framework, whence: str = "", shared: Mapping[str, int] = _NONE) -> Page:
    """Return a framework as a page.

    `whence` is its source, empty to leave it out; `shared` counts by step the phrases that it draws on besides.
    """
    steps = (
        Section(f"Step {number}: {step.name}", _remark(step), step.goal, tuple(_content(step, shared.get(step.id, 0))))
        for number, step in enumerate(framework.steps, start=1)
    )
    first = Section(framework.name, framework.expands_to, framework.summary, tuple(_about(framework, whence)))
    return (first, *steps)


def flow_page(framework: Framework, called: Sequence[Framework] = ()) -> Page:
    """Return the steps of a framework in order, and at each branch which answer leads where.

    `called` are the playbooks that it calls; their steps come below its own.
    """
    own = FlowChart(framework.name, flow(framework, called))
    return (own, *(FlowChart(f"{one.name} ({one.id})", flow(one, end=RETURN), is_called=True) for one in called))


def _about(framework: Framework, whence: str) -> Iterator[Row]:
    origin, suits = framework.origin, framework.suits
    facts = (
        ("From", whence),
        ("Suits", ", ".join((*suits.industries, *suits.channels))),
        ("When", suits.when),
        ("Card", f"/card {framework.id}" if framework.card is not None else ""),
        ("Suggested", framework.card.suggestion if framework.card is not None else ""),
        ("Bring in", ", ".join(framework.card.contacts) if framework.card is not None else ""),
        ("Used by", ", ".join(origin.used_by)),
        ("Credit", origin.credit),
        ("Sources", origin.notes),
    )
    yield from (Row(label, value) for label, value in facts if value)
    yield from (Row("Principle", principle) for principle in framework.principles)


def _remark(step: Step) -> str:
    intents = f"{step.intent}, also {', '.join(step.also)}" if step.also else step.intent
    intents += ", a procedure" if step.procedure else ""
    return f"{intents}; {_AFTER.get(step.phase) or _target(step.target_seconds)}"


def _target(seconds: int) -> str:
    return f"about {seconds} seconds" if seconds < _TWO_MINUTES else f"about {round(seconds / 60, 1):g} minutes"


def _content(step: Step, shared: int) -> Iterator[Row]:
    yield from (Row("Do", item) for item in step.do)
    yield from (Row("Ask", one) if isinstance(one, str) else Row("Ask", one.ask, _if(one.when)) for one in step.ask)
    for group in ("Say", "Say aloud", "Write"):
        yield from (Row(group, f'"{phrase.say}"', _fits(phrase)) for phrase in step.phrases if _group(phrase) == group)
    if shared:
        yield Row("Also", f"{shared} shared phrases; --channel, --mood, --issue and --ours show what is offered")
    for avoid in step.avoid:
        yield Row("Avoid", f'"{avoid.say}"{"" if avoid.say[-1] in ".?!" else "."} {avoid.because}')
        yield Row("Instead", f'"{avoid.instead}"')
    if step.call is not None:
        yield Row("Goes through", step.call, "and returns")
    if step.outcome is not None:
        yield Row("Ends as", step.outcome)
    for item in step.checklist:
        counted = f"at least {quota(item)} of {len(item.of)}" if item.of else ""
        told = (counted, "required" if item.required else "", _if(item.when))
        yield Row("Check", item.text, ", ".join(filter(None, told)))
        yield from (Row("Tick", part.text) for part in item.of)
    for capture in step.capture:
        if how := computed_words(capture):
            yield Row("Work out", capture.ask, capture.id)
            yield from (Row("", words) for words in how)
            continue
        kind = ": " + ", ".join(capture.choices) if capture.choices else f", {capture.kind}"
        kind = "" if capture.kind == "text" else kind
        told = (capture.id + kind, "required" if capture.required else "", _if(capture.when))
        yield Row("Write down", capture.ask, ", ".join(filter(None, told)))


def _if(when: When) -> str:
    return f"if {condition_text(when)}" if when else ""


def _group(phrase: Phrase) -> str:
    channels = set(phrase.channels)
    if not channels or channels == set(CHANNELS):
        return "Say"
    return "Say aloud" if channels & _SPOKEN else "Write"


def _fits(phrase: Phrase) -> str:
    """When a phrase fits, without what its group says."""
    where: tuple[str, ...] = phrase.channels
    if _group(phrase) == "Say":
        where = ()
    elif set(where) >= _SPOKEN:
        written = " and ".join(channel for channel in where if channel not in _SPOKEN)
        where = (f"also {written}",) if written else ()
    return ", ".join((*phrase.moods, *where, *_more(phrase)))


def _more(phrase: Phrase) -> tuple[str, ...]:
    when = (f"{name} is {value}" for name, value in phrase.when.items())
    return (*phrase.issues, *when, *(("word for word",) if phrase.verbatim else ()))
