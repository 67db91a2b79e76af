"""The frames of a replay as screens of lines: where the call is, and what happened in this step so far."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from recoverycli.text.format import clock

if TYPE_CHECKING:
    from collections.abc import Sequence

    from recoverycli.review.replay import Frame

LABELS = {
    "said": "Said", "own": "Own words", "aside": "Not said", "note": "Noted", "answer": "Answered", "mood": "Mood",
    "hold": "Hold", "offer": "Offered", "offer-answer": "Answered", "promise": "Promised", "escalation": "Escalated",
    "switch": "Switched", "call": "Called", "return": "Returned", "ticked": "Ticked", "captured": "Captured",
    "skipped": "Skipped", "pause": "Paused", "customer": "Customer", "feedback": "Feedback", "end": "Ended",
    "step": "Step",
}  # fmt: skip
QUOTED = frozenset({"said", "own", "aside", "customer"})


class ReplayScreen(NamedTuple):
    """A screen: its head, and what happened up to now in this step, the newest last."""

    head: str
    lines: tuple[tuple[str, str], ...]


def scenes(found: Sequence[Frame]) -> list[ReplayScreen]:
    """Return a scene for each frame."""
    made: list[ReplayScreen] = []
    lines: list[tuple[str, str]] = []
    total = clock(found[-1].at) if found else ""
    for frame in found:
        if frame.kind in {"step", "end"}:
            lines = []
        if frame.kind != "step":
            lines = [*lines, frame_words(frame)]
        step = f"step {frame.number} of {frame.of}: {frame.step}" if frame.step else "the end"
        made.append(ReplayScreen(f"{frame.framework}, {step} · {clock(frame.at)} of {total}", tuple(lines)))
    return made


def frame_words(frame: Frame) -> tuple[str, str]:
    """Return what happened as a label and its words."""
    return LABELS[frame.kind], f'"{frame.text}"' if frame.kind in QUOTED else frame.text


def line(frame: Frame) -> str:
    """Return a frame in one line."""
    label, words = frame_words(frame)
    place = f" {frame.number} of {frame.of}" if frame.kind == "step" else ""
    return f"{clock(frame.at)} {label}{place}: {' '.join(words.split())}"
