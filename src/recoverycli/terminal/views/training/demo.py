"""A call for a class: the dialogue with its steps, both takes side by side, or one sentence at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from recoverycli.terminal.views.call.parts import MARGIN, label_text, one_line, paragraph, plain, wrap
from recoverycli.terminal.views.training.big import big_width, in_the_middle
from recoverycli.text.safe import escape
from recoverycli.training.scenarios.behaviour import MOST_EASE, ease_of

if TYPE_CHECKING:
    from recoverycli.terminal.styled_text import Text
    from recoverycli.terminal.views.call.parts import Lines
    from recoverycli.training.demo import Beat, Script

_KEYS = "space on · b back · ? asks the class · Esc ends"
_KEYS_OF_BOTH = "space on · b back · Esc ends"
_KEYS_IN_SHORT = "space · b · ? · Esc"
_QUESTIONS = {"good": "What would you say?", "bad": "What goes wrong here?"}
# From so many columns on, the reasons stand beside the sentences, or the bad take beside the good one.
ROOM_FOR_TWO = 100
_MARGIN_PART = 3


class ClassQuestion(NamedTuple):
    """What the class is asked for: in a good take the sentence that comes next, in a bad one what went wrong."""

    beat: Beat
    revealed: bool


def script_lines(script: Script) -> list[str]:
    """Return the call as lines that read well aloud."""
    bad = ", handled badly" if script.beats[0].take == "bad" else ""
    lines = [f"{script.framework.name}: {script.title} ({script.channel}){bad}", script.summary]
    for beat in script.beats:
        match beat.who:
            case "customer":
                lines.append(f"Customer, {beat.mood}: {beat.text}")
            case "agent":
                lines += [f"Agent{f', {beat.step_name}' if beat.step_name else ''}: {beat.text}", _reason(beat)]
            case "note":
                lines.append(beat.text)
    return lines


def demo_screen(script: Script, here: int, asked: ClassQuestion | None, *, width: int, height: int) -> list[Text]:
    """Return the dialogue up to the sentence `here`, the newest last, with the question to the class below it."""
    coming = asked.beat if asked is not None and asked.beat.take == "good" else None
    head = [_steps(script, here, coming, width), _mood(script.beats[here], width), plain("")]
    body: list[Text] = []
    for place in range(here, -1, -1):
        beat = script.beats[place]
        if beat.take != script.beats[here].take:
            break
        # What goes wrong stands beside a bad answer once the class had time to find it.
        told = _beat(beat, width, newest=place == here, reason=beat.take == "good" or place != here)
        body = [*told, *([plain("")] if body else []), *body]
        if len(body) > height:
            break
    if asked is not None:
        body += [plain(""), *_question(asked, width)]
    return _fill(head, body, _KEYS if len(_KEYS) + MARGIN <= width else _KEYS_IN_SHORT, width, height)


def both_screen(good: Script, bad: Script, here: int, *, width: int, height: int) -> list[Text]:
    """Return both takes up to the sentence `here`, the good one on the left, each answer with its reason."""
    half = (width - 1) // 2
    heads = _beside((plain(" Handled well", "accent"),), (plain(" Handled badly", "warning"),), half)
    body: list[Text] = []
    for place in range(here, -1, -1):
        columns = [
            _narrow_beat(script.beats[place], half, newest=place == here) if place < len(script.beats) else ()
            for script in (good, bad)
        ]
        body = [*_beside(columns[0], columns[1], half), *([plain("")] if body else []), *body]
        if len(body) > height:
            break
    name = f" {escape(good.framework.name)}: {escape(good.title)} ({good.channel})"
    head = [one_line(plain(name, "strong"), width), *heads, plain("")]
    return _fill(head, body, _KEYS_OF_BOTH, width, height)


def big_screen(script: Script, here: int, asked: ClassQuestion | None, *, width: int, height: int) -> list[Text]:
    """Return one sentence in the middle of the screen, never wider than 40 columns, with its reason below it."""
    beat = script.beats[here]
    room = big_width(width)
    parts = _big_question(asked, room) if asked is not None else _big_beat(beat, room)
    lines: list[Text] = []
    for part in parts:
        # A phrase that would be cut in the middle stays away.
        if lines and len(lines) + 1 + len(part) > height - 1:
            break
        lines += [*([plain("")] if lines else []), *part]
    lines = lines[: max(1, height - 1)]
    place = one_line(plain(f" {here + 1} of {len(script.beats)} · {_KEYS_IN_SHORT}", "quiet"), width)
    return [*in_the_middle(lines, width, height - 1), place][:height]


def _big_beat(beat: Beat, room: int) -> list[Lines]:
    match beat.who:
        case "customer":
            label = plain(f"customer, {beat.mood}", "quiet")
        case "agent":
            label = plain(escape(beat.step_name), "accent") if beat.take == "good" else plain("badly", "warning")
        case "note":
            return [wrap(plain(escape(beat.text), "quiet"), room)]
    reason = [wrap(plain(escape(beat.because), "quiet"), room)] if beat.who == "agent" and beat.take == "good" else []
    return [(label,), wrap(plain(escape(beat.text), "strong"), room), *reason]


def _big_question(asked: ClassQuestion, room: int) -> list[Lines]:
    question = (plain(_QUESTIONS[asked.beat.take], "accent"),)
    if not asked.revealed:
        return [question]
    if asked.beat.take == "bad":
        reason = wrap(plain(escape(_reason(asked.beat)), "quiet"), room)
        return [question, wrap(plain(escape(asked.beat.text), "strong"), room), reason]
    said = wrap(plain(escape(asked.beat.text), "strong"), room)
    others = [wrap(plain(escape(words)), room) for words in asked.beat.phrases]
    return [question, said, *([(plain("or", "quiet"), *others[0])] if others else []), *others[1:]]


def _fill(head: list[Text], body: list[Text], keys: str, width: int, height: int) -> list[Text]:
    """The head, as much of the end of the body as there is room for, and the keys in the last line."""
    room = max(1, height - len(head) - 1)
    body = body[-room:]
    last = one_line(plain(f" {keys}", "quiet"), width)
    return [*head, *body, *[plain("")] * (room - len(body)), last][-height:]


def _steps(script: Script, here: int, coming: Beat | None, width: int) -> Text:
    """The steps of the framework: the current one highlighted, finished ones marked."""
    name = plain(f" {escape(script.framework.name)} ", "strong")
    if script.beats[here].take == "bad":
        return one_line(name + plain(" The same call, handled badly", "warning"), width)
    beats = script.beats[: here + 1]
    spoken = {beat.step for beat in beats if beat.step}
    lit = coming.step if coming is not None else next((beat.step for beat in reversed(beats) if beat.step), None)
    shown = [step for step in script.framework.steps if step.id in {beat.step for beat in script.beats}]
    line = name
    for number, step in enumerate(shown):
        line += plain(" · " if number else " ", "quiet")
        if step.id == lit:
            line += plain(f"▸ {escape(step.name)}", "accent")
        else:
            line += plain(f"✓ {escape(step.name)}") if step.id in spoken else plain(escape(step.name), "quiet")
    if line.cell_len <= width:
        return line
    current = next((step.name for step in shown if step.id == lit), "")
    return one_line(name + plain(f" {escape(current)}", "accent"), width)


def _mood(beat: Beat, width: int) -> Text:
    ease = ease_of(beat.mood)
    bar = "#" * ease + "·" * (MOST_EASE - ease)
    return one_line(plain(f" {bar} ", "accent") + plain(beat.mood), width)


def _beat(beat: Beat, width: int, *, newest: bool, reason: bool) -> Lines:
    if beat.who == "note":
        return paragraph(escape(beat.text), width, style="quiet")
    style = "strong" if newest else ""
    label = "They" if beat.who == "customer" else "You"
    aside = ""
    if beat.who == "agent" and reason:
        aside = escape(f"{beat.step_name}: {beat.because}" if beat.take == "good" else _reason(beat))
    if width < ROOM_FOR_TWO:
        said = label_text(label, f'"{escape(beat.text)}"', width, column=6, style=style)
        return (*said, *label_text("", aside, width, column=6, style="quiet")) if aside else said
    margin = width // _MARGIN_PART
    left = label_text(label, f'"{escape(beat.text)}"', width - margin - 2, column=6, style=style)
    right = wrap(plain(aside, "quiet"), margin) if aside else ()
    return tuple(_beside(left, right, width - margin - 1))


def _narrow_beat(beat: Beat, width: int, *, newest: bool) -> Lines:
    """A sentence of one of two takes, with the mood or the reason below it."""
    if beat.who == "note":
        return paragraph(escape(beat.text), width - 1, style="quiet")
    label = "They" if beat.who == "customer" else "You"
    said = label_text(label, f'"{escape(beat.text)}"', width - 1, column=5, style="strong" if newest else "")
    told = beat.mood if beat.who == "customer" else beat.because if beat.take == "good" else _reason(beat)
    style = "quiet" if beat.take == "good" or beat.who == "customer" else "warning"
    return (*said, *label_text("", escape(told), width - 1, column=5, style=style))


def _beside(left: Lines, right: Lines, width: int) -> list[Text]:
    """Lines beside other lines, which begin after `width` columns."""
    rows = []
    for number in range(max(len(left), len(right))):
        row = left[number] if number < len(left) else plain("")
        gap = plain(" " * max(1, width - row.cell_len))
        rows.append(row + gap + right[number] if number < len(right) else row)
    return rows


def _reason(beat: Beat) -> str:
    if beat.take == "good":
        return f"Why: {beat.because}"
    return f"What goes wrong: {beat.mistake}. {beat.because}"


def _question(asked: ClassQuestion, width: int) -> Lines:
    question = paragraph(_QUESTIONS[asked.beat.take], width, style="accent")
    if not asked.revealed:
        return question
    if asked.beat.take == "bad":
        return (*question, *paragraph(escape(_reason(asked.beat)), width))
    said = label_text("·", escape(asked.beat.text), width, column=2, style="strong")
    others = (line for one in asked.beat.phrases for line in label_text("·", escape(one), width, column=2))
    return (*question, *said, *others)
