"""Practice on a screen: the customer's mood and words, possible answers, and the effect of the last one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recoverycli.terminal.views.call.parts import Block, fit_blocks, label_text, one_line, paragraph, plain
from recoverycli.terminal.views.call.progress import progress
from recoverycli.terminal.views.call.screen import card_line, question_lines, screen_lines
from recoverycli.text.format import clock
from recoverycli.text.safe import escape
from recoverycli.training.roleplay.feedback import lines_of
from recoverycli.training.scenarios.behaviour import MOST_EASE

if TYPE_CHECKING:
    from datetime import datetime

    from recoverycli.session.events import Exchanged
    from recoverycli.session.model import Session
    from recoverycli.terminal.styled_text import Text
    from recoverycli.terminal.views.call.screen import View
    from recoverycli.terminal.views.call.toolbar import Spans
    from recoverycli.training.roleplay.practice import RoleplayView

_NARROW = 60
_NONE_OF_THESE = "None of these: I'd say ..."
_KEYS = ("h hint", "u try again", "/restart", "/pause", "? help")


def practice_lines(session: Session, seen: RoleplayView, view: View, width: int, height: int) -> list[Text]:
    """Return exactly `height` lines of at most `width` columns."""
    if view.show is not None:
        return screen_lines(session, view, width, height)
    mark = "! " if view.tone == "warning" else ""
    answer = paragraph(mark + escape(view.answer), width, style=view.tone) if view.answer else ()
    answer = (*answer, *card_line(view, width))
    if view.question is not None:
        answer = (*answer, *question_lines(view.question, width, max(1, height // 2)))
    answer = answer[: max(1, height - 1)]
    lines = fit_blocks(_blocks(session, seen, width, asked=view.question is not None), height - len(answer))
    return [*lines, *[plain("")] * (height - len(lines) - len(answer)), *answer]


def practice_text(session: Session, seen: RoleplayView) -> list[str]:
    """Return the same as lines that read well aloud."""
    play = seen.play
    # A requested hint is printed without the lines before it; that they asked back is one of them.
    asked_back = bool(session.exchanges) and not session.exchanges[-1].assessed
    asked = seen.hints and not asked_back and session.scene is not None and not session.scene.hints
    lines = [] if asked else _last_text(session)
    if play.node is None:
        return [*lines, f"Customer, {play.mood}: {play.says}", play.after, "It is over. Enter shows how it went."]
    if seen.introduces:
        lines += [f"{play.scenario.name}. {play.scenario.summary}", f"You: {play.scenario.agent.who}"]
        lines += [f"You know: {line}" for line in play.scenario.agent.knows]
        lines += [f"You may: {line}" for line in play.scenario.agent.may]
    lines.append(f"Customer, {play.mood}, at ease {play.ease} of {MOST_EASE}: {play.says}")
    lines += [f"Hint: {told}" for told in seen.hints]
    lines += [f"Answer {number}: {words}" for number, words in enumerate(_answers(session, seen), start=1)]
    return lines


def practice_bar(session: Session, seen: RoleplayView, now: datetime, width: int) -> Spans:
    """Return the line below the prompt."""
    since = max(0.0, (now - session.clock.last_at).total_seconds())
    time = f" {clock(session.clock.seconds + since)}"
    count = len(_answers(session, seen))
    first = "Enter debrief" if seen.play.node is None else f"1-{count} answer" if count else "your words"
    for kept in range(len(_KEYS), -1, -1):
        keys = " · ".join((first, *_KEYS[:kept]))
        if len(time) + len(keys) + 3 <= width:
            return (("quiet", time), ("", " " * (width - len(time) - len(keys) - 1)), ("quiet", keys))
    return (("quiet", time),)


def _blocks(session: Session, seen: RoleplayView, width: int, *, asked: bool) -> list[Block]:
    play = seen.play
    blocks = [Block((_head(session, seen, width),), rank=0), Block((progress(session, width),), rank=3)]
    blocks += _last(session, width)
    if not session.exchanges:
        blocks += _beginning(seen, width)
    blocks.append(Block(label_text("They", f'"{escape(play.says)}"', width, column=6, style="strong"), rank=1, gap=1))
    if play.node is None:
        blocks.append(Block(paragraph(escape(play.after), width), rank=2, gap=2))
        return blocks
    blocks += [Block(label_text("Hint", escape(told), width, column=6), rank=4, gap=3) for told in seen.hints[-1:]]
    for number, words in enumerate(() if asked else _answers(session, seen), start=1):
        lines = label_text(str(number), escape(words), width, label_style="accent")
        blocks.append(Block(lines, rank=2, gap=3 + number))
    return blocks


def _beginning(seen: RoleplayView, width: int) -> list[Block]:
    scenario = seen.play.scenario
    known = [Block(label_text("Know", escape(line), width, column=6), rank=8) for line in scenario.agent.knows]
    may = [Block(label_text("May", escape(line), width, column=6), rank=9) for line in scenario.agent.may]
    return [Block(paragraph(escape(scenario.agent.who), width, style="quiet"), rank=7, gap=5), *known, *may]


def _head(session: Session, seen: RoleplayView, width: int) -> Text:
    play = seen.play
    before = session.exchanges[-1] if session.exchanges else None
    moved = "" if before is None or not before.effect else f" ({before.effect:+d})"
    bar = "#" * play.ease + "·" * (MOST_EASE - play.ease)
    mood = f"{play.mood}{moved}"
    name = escape(play.scenario.name)
    if width < _NARROW:
        return one_line(plain(f" {mood} ", "strong") + plain(bar, "accent"), width)
    line = plain(f" {name}", "strong") + plain(f" · {play.difficulty} · ", "quiet")
    return one_line(line + plain(bar, "accent") + plain(f" {mood}", "strong"), width)


def _last(session: Session, width: int) -> list[Block]:
    """The effect of the last answer and the reason; of own words, what each of them does."""
    if not session.exchanges:
        return []
    turn = session.exchanges[-1]
    rows = _effect_lines(turn)
    return [
        Block(label_text("You", f'"{escape(turn.text)}"', width, column=6, style="quiet"), rank=6, gap=2),
        *(Block(label_text("", escape(line), width, column=6), rank=5) for line in rows),
    ]


def _last_text(session: Session) -> list[str]:
    if not session.exchanges:
        return []
    turn = session.exchanges[-1]
    return [f"You: {turn.text}", *_effect_lines(turn)]


def _effect_lines(turn: Exchanged) -> list[str]:
    if not turn.own:
        return [f"{_change(turn)} {turn.because}"]
    return [_change(turn), *lines_of(turn)]


def _change(turn: Exchanged) -> str:
    if turn.effect > 0:
        return f"Better ({turn.effect:+d}), now {turn.mood}."
    if turn.effect < 0:
        return f"Worse ({turn.effect:+d}), now {turn.mood}."
    return f"No change, {turn.mood}."


def _answers(session: Session, seen: RoleplayView) -> tuple[str, ...]:
    """The answers to choose from, and the way to own words; none where own words are typed."""
    if seen.writing or (session.scene is not None and session.scene.own_words):
        return ()
    choices = seen.play.choices
    return (*(reply.say for reply in choices), _NONE_OF_THESE) if choices else ()
