"""Handouts in Markdown: a framework or role cards, to paste into a wiki."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recoverycli.text.markdown import escape_line
from recoverycli.text.markdown import escape_line as words
from recoverycli.training.handouts.cards import BOXES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from recoverycli.training.handouts.cards import Card
    from recoverycli.training.handouts.handout import Handout, HandoutStep

_TO_WRITE_ON = r"\_" * 12


def handout_markdown(handout: Handout) -> str:
    """Return the page."""
    return (
        "\n".join([*_head(handout), *(line for step in handout.steps for line in _step(step)), *_foot(handout)]) + "\n"
    )


def _head(handout: Handout) -> Iterator[str]:
    yield from (f"# {words(handout.title)}", "", f"**{words(handout.expands_to)}**", "", f"*{words(handout.summary)}*")
    if handout.principles:
        yield from ("", *(f"- {words(principle)}" for principle in handout.principles))


def _step(step: HandoutStep) -> Iterator[str]:
    after = ", ".join(filter(None, (step.after, "only by a branch" if step.aside else "")))
    yield from ("", f"## {words(step.mark)} · {words(step.name)}{f' ({after})' if after else ''}", "", words(step.goal))
    if step.calls:
        yield from ("", f"*{words(step.calls)}*")
    turns = [f"{words(turn.answer)} → {words(', then '.join(turn.to))}" for turn in step.turns]
    if step.turns and step.then:
        turns.append(f"otherwise → {words(step.then)}")
    is_shown = any(rule.name == step.question for rule in step.rules)
    lists = (
        ("Required", [f"[ ] {words(item)}" for item in step.required]),
        ("Ask", [f"“{words(question)}”" for question in step.ask]),
        ("Say", [f"“{words(phrase)}”" for phrase in step.phrases]),
        ("Do", [words(task) for task in step.do]),
        ("Not this, but that", [f"*{words(pair.avoid)}* → {words(pair.say)}" for pair in step.avoid]),
        ("Note down", [_note_lines(one.ask, one.choices) for one in step.capture]),
        *((words(rule.name), [words(row) for row in rule.rows]) for rule in step.rules),
        (words(step.question) if step.question and not is_shown else "Then", turns),
    )
    for heading, lines in lists:
        if lines:
            yield from ("", f"**{heading}**", "", *(f"- {line}" for line in lines))
    if step.then and not step.turns:
        yield from ("", f"Then → {words(step.then)}")


def _note_lines(ask: str, choices: tuple[str, ...]) -> str:
    offered = f" *{words(' · '.join(choices))}*" if choices else ""
    return f"[ ] {words(ask)}{offered}"


def _foot(handout: Handout) -> Iterator[str]:
    if handout.origin:
        yield from ("", "---", "", words(handout.origin))


def cards_markdown(cards: Sequence[Card]) -> str:
    """Return the cards, with a rule between them."""
    return "\n---\n\n".join(_card(card) for card in cards)


def _card(card: Card) -> str:
    lines = [f"# {escape_line(card.title)}", "", f"*{escape_line(card.lead)}*"]
    for part in card.parts:
        match part.kind:
            case "ticks":
                boxes = " ".join(f"[ ] {box}" for box in BOXES)
                ticks = (f"- {escape_line(line)}: {boxes} {_TO_WRITE_ON}" for line in part.lines)
                lines += ["", f"*{escape_line(part.heading)}*", "", *ticks]
            case "steps":
                lines += ["", f"## {escape_line(part.heading)}", ""]
                lines += [f"{number}. {escape_line(line)}" for number, line in enumerate(part.lines, start=1)]
            case "text":
                lines += ["", f"## {escape_line(part.heading)}", "", *(f"- {escape_line(line)}" for line in part.lines)]
    return "\n".join(lines) + "\n"
