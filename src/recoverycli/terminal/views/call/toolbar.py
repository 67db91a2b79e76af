"""The line below the prompt: running times and the keys. Calm: it changes by a digit a second."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recoverycli.live.hold_phrases import REMIND_AFTER
from recoverycli.text.format import clock
from recoverycli.text.safe import escape

if TYPE_CHECKING:
    from datetime import datetime

    from recoverycli.session.model import Session

# Style and words; the styles are those of the console's theme.
Spans = tuple[tuple[str, str], ...]

# Left out from the end where the line is short; shown in the order of `_SHOWN`.
_STEP_KEYS = ("Enter next", "? help", "u undo", "b back", "m more", "n notes", "1-9 said")
_WRAP_UP_KEYS = ("Enter save", "? help", "1-5 outcome", "b back", "u undo", "m more", "n notes")
_PAGE_KEYS = ("Esc closes",)
_SHOWN = (
    "Enter next",
    "Enter save",
    "1-9 said",
    "1-5 outcome",
    "b back",
    "u undo",
    "m more",
    "n notes",
    "? help",
    *_PAGE_KEYS,
)


def toolbar(
    session: Session, now: datetime, width: int, phrases: int, heed: str = "", *, page_open: bool = False
) -> Spans:
    """Return the spans of the line: the time of the call, of the step against its target, of a hold; then the keys.

    `page_open` says that a page lies over the call: its keys are shown. `heed` is a warning about what is being typed:
    it takes the place of all else until the words are gone.
    """
    if heed:
        text = f" ! {escape(heed)}"
        return (("warning", text if len(text) <= width else text[: width - 1] + "…"),)
    if session.finished is not None:
        return (("quiet", " saved · Enter leaves · u opens it again"[:width]),)
    times = _times(session, now, words=width >= 60, roomy=width >= 80)
    taken = sum(len(text) for _, text in times)
    wanted = _PAGE_KEYS if page_open else _WRAP_UP_KEYS if session.at_wrap_up else _STEP_KEYS
    keys = _keys(wanted, width - taken - 3, phrases)
    if not keys:
        return times
    return (*times, ("", " " * (width - taken - len(keys) - 1)), ("quiet", keys))


def _times(session: Session, now: datetime, *, words: bool, roomy: bool) -> Spans:
    if session.afterwards:
        return (("quiet", f" {'entered afterwards, ' if words else ''}{session.started_at:%Y-%m-%d %H:%M}"),)
    since = max(0.0, (now - session.clock.last_at).total_seconds())
    spans = [("quiet", f" {'call ' if words else ''}{clock(session.clock.seconds + since)}")]
    here = session.here
    if here is not None:
        spent = session.clock.by_step.get(here.key, 0.0) + since
        target = here.step.target_seconds
        over = spent > target
        text = f"{'step ' if words else ''}{clock(spent)}{' over ' if over and words else '/'}{clock(target)}"
        spans += [("quiet", " · "), ("warning" if over else "quiet", text)]
    if session.on_hold:
        held = max(0.0, (now - session.holds[-1].at).total_seconds())
        late = held >= REMIND_AFTER
        remind = (" check back with them" if roomy else " !") if late else ""
        spans += [("quiet", " · "), ("warning" if late else "strong", f"hold {clock(held)}{remind}")]
    return tuple(spans)


def _keys(wanted: tuple[str, ...], room: int, phrases: int) -> str:
    for kept in range(len(wanted), 0, -1):
        chosen = [key for key in _SHOWN if key in wanted[:kept]]
        text = " · ".join(chosen).replace("1-9", f"1-{phrases}" if phrases > 1 else "1")
        if len(text) <= room:
            return text
    return ""
