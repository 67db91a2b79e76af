"""A call for a class: the dialogue with its steps, or one sentence at a time for a projector."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recoverycli.terminal.views.call.parts import MARGIN, label_text, one_line, paragraph, plain, wrap
from recoverycli.text.safe import escape
from recoverycli.training.scenarios.behaviour import MOST_EASE

if TYPE_CHECKING:
    from recoverycli.terminal.styled_text import Text
    from recoverycli.terminal.views.call.parts import Lines
    from recoverycli.training.demo import Beat, Script

_KEYS = "space on · b back · ? what would you say? · Esc ends"
_KEYS_IN_SHORT = "space · b · ? · Esc"
_QUESTION = "What would you say?"
# From so many columns on, the reasons stand beside the sentences.
_ROOM_FOR_A_MARGIN = 100
_MARGIN_PART = 3
_BIG_WIDTH = 38


def script_lines(script: Script) -> list[str]:
    """Return the call as lines that read well aloud."""
    lines = [f"{script.framework.name}: {script.title} ({script.channel})", script.summary]
    for beat in script.beats:
        if beat.who == "customer":
            lines.append(f"Customer, {beat.mood}: {beat.text}")
        else:
            lines += [f"Agent, {beat.step_name}: {beat.text}", f"Why: {beat.why}"]
    return [*lines, script.after]


def demo_screen(script: Script, here: int, asked: int | None, *, revealed: bool, width: int, height: int) -> list[Text]:
    """Return the dialogue up to the sentence `here`, the newest last; the class is asked for the sentence `asked`."""
    head = [_steps(script, here if asked is None else asked, width), _mood(script.beats[here], width), plain("")]
    body: list[Text] = []
    for place in range(here, -1, -1):
        told = _beat(script.beats[place], width, newest=place == here)
        body = [*told, *([plain("")] if body else []), *body]
        if len(body) > height:
            break
    if asked is not None:
        body += [plain(""), *_question(script.beats[asked], width, revealed=revealed)]
    room = max(1, height - len(head) - 1)
    body = body[-room:]
    keys = one_line(plain(f" {_keys(width)}", "quiet"), width)
    return [*head, *body, *[plain("")] * (room - len(body)), keys][-height:]


def big_screen(script: Script, here: int, asked: int | None, *, revealed: bool, width: int, height: int) -> list[Text]:
    """Return one sentence in the middle of the screen, never wider than 40 columns."""
    beat = script.beats[here]
    if asked is not None:
        lines = [plain(_QUESTION, "accent")]
        if revealed:
            phrases = script.beats[asked].phrases[:1] or (script.beats[asked].text,)
            lines += [plain(""), *(line for words in phrases for line in wrap(plain(escape(words)), _room(width)))]
    else:
        who = f"customer, {beat.mood}" if beat.who == "customer" else f"{beat.step_name}"
        style = "quiet" if beat.who == "customer" else "accent"
        lines = [plain(escape(who), style), plain(""), *wrap(plain(escape(beat.text), "strong"), _room(width))]
    lines = lines[: max(1, height - 1)]
    above = max(0, (height - 1 - len(lines)) // 2)
    centred = [plain(" " * max(0, (width - line.cell_len) // 2)) + line for line in lines]
    below = max(0, height - 1 - above - len(centred))
    place = one_line(plain(f" {here + 1} of {len(script.beats)} · {_KEYS_IN_SHORT}", "quiet"), width)
    return [*[plain("")] * above, *centred, *[plain("")] * below, place][:height]


def _room(width: int) -> int:
    return max(4, min(_BIG_WIDTH, width - 2 * MARGIN))


def _steps(script: Script, here: int, width: int) -> Text:
    """The steps of the framework: the current one highlighted, finished ones marked."""
    beats = script.beats[: here + 1]
    spoken = {beat.step for beat in beats if beat.step}
    lit = next((beat.step for beat in reversed(beats) if beat.step), None)
    line = plain(f" {escape(script.framework.name)} ", "strong")
    for number, step in enumerate(script.framework.live_steps):
        line += plain(" · " if number else " ", "quiet")
        name = escape(step.name)
        if step.id == lit:
            line += plain(f"▸ {name}", "accent")
        else:
            line += plain(f"✓ {name}") if step.id in spoken else plain(name, "quiet")
    if line.cell_len <= width:
        return line
    current = next((step.name for step in script.framework.live_steps if step.id == lit), "")
    return one_line(plain(f" {escape(script.framework.name)}  ", "strong") + plain(escape(current), "accent"), width)


def _mood(beat: Beat, width: int) -> Text:
    bar = "#" * beat.ease + "·" * (MOST_EASE - beat.ease)
    return one_line(plain(f" {bar} ", "accent") + plain(beat.mood), width)


def _beat(beat: Beat, width: int, *, newest: bool) -> Lines:
    style = "strong" if newest else ""
    label = "They" if beat.who == "customer" else "You"
    aside = escape(f"{beat.step_name}: {beat.why}") if beat.who == "agent" else ""
    if width < _ROOM_FOR_A_MARGIN:
        said = label_text(label, f'"{escape(beat.text)}"', width, column=6, style=style)
        return (*said, *label_text("", aside, width, column=6, style="quiet")) if aside else said
    margin = width // _MARGIN_PART
    left = label_text(label, f'"{escape(beat.text)}"', width - margin - 2, column=6, style=style)
    right = wrap(plain(aside, "quiet"), margin) if aside else ()
    rows = []
    for number in range(max(len(left), len(right))):
        row = left[number] if number < len(left) else plain("")
        gap = plain(" " * (width - margin - row.cell_len - 1))
        rows.append(row + gap + right[number] if number < len(right) else row)
    return tuple(rows)


def _question(beat: Beat, width: int, *, revealed: bool) -> Lines:
    asked = paragraph(_QUESTION, width, style="accent")
    if not revealed:
        return asked
    words = (beat.text, *beat.phrases)
    told = tuple(line for one in words for line in label_text("·", escape(one), width, column=2))
    return (*asked, *told)


def _keys(width: int) -> str:
    return _KEYS if len(_KEYS) + MARGIN <= width else _KEYS_IN_SHORT
