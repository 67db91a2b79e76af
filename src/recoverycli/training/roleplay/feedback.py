"""Feedback on an answer in own words: what each of its own words does. It never speaks of a reply of the scenario."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from recoverycli.training.scenarios.reactions import SETTLING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from recoverycli.session.events import Exchanged
    from recoverycli.session.transcript.roleplay import TranscriptTurn
    from recoverycli.training.roleplay.own_words import Reading
    from recoverycli.training.scenarios.play import Turn
    from recoverycli.wording.acts.reader import ActMark, BadAct, GoodAct

_NOT_ASSESSED = "Not assessed: it is not clear what these words do for them."
_MARKS = ".!?;:,"
_BREAK = re.compile(rf"[{_MARKS}](?=\s|$)|\n")
# Characters of a clause before and after the words that show an act, which are quoted with them.
_NEAR = 60
_ELSEWHERE = "They needed something else here."
_OTHER_WAY = "you refuse this part, and offer another way."
_DOES: dict[GoodAct | BadAct, str] = {
    "acknowledges": "you show that you heard them.",
    "asks": "you ask, so they can tell you more.",
    "apologizes": "you say sorry.",
    "takes-responsibility": "you take responsibility.",
    "explains": "you tell them the reason.",
    "offers": "you offer a way to solve it.",
    "commits": "you say what you will do, and when.",
    "thanks": "you thank them.",
    "denies": "you deny it, and their problem is still there.",
    "refuses": "you refuse, and offer no other way.",
    "blames": "you put the blame on somebody, and that solves nothing.",
    "threatens": "you threaten them, and it is harder to agree.",
    "dismisses": "you make it sound unimportant, and it is important to them.",
    "mocks": "you make fun of it, and they are serious.",
    "ignores-question": "they asked you something, and this does not answer it.",
}


def acts_of(reading: Reading) -> dict[str, str]:
    """Return each act of an answer with the words that show it, in the order of the text."""
    marks = sorted({*reading.credits, *reading.charges})
    return {act: " … ".join(_quotes(reading.text, marks, act)) for act in dict.fromkeys(mark.act for mark in marks)}


def feedback(reading: Reading, turn: Turn) -> str:
    """Return the feedback on own words."""
    does = (*act_lines(acts_of(reading)), *_backfire_lines(reading)) or (_NOT_ASSESSED,)
    elsewhere = _ELSEWHERE if turn.reply and turn.effect < 0 and not turn.penalty else ""
    return " ".join(filter(None, (*does, elsewhere, turn.remark)))


def act_lines(acts: Mapping[str, str]) -> tuple[str, ...]:
    """Return a line for each act with its words; acts of the same words share a line."""
    other_way = bool(SETTLING & set(acts))
    told: dict[str, list[str]] = {}
    for act, words in acts.items():
        if act in _DOES:
            does = _OTHER_WAY if act == "refuses" and other_way else _DOES[act]
            same = told.setdefault(words, [])
            same.append(does[0].upper() + does[1:] if same else does)
    return tuple(f'"{words}": {" ".join(does)}' for words, does in told.items())


def _backfire_lines(reading: Reading) -> tuple[str, ...]:
    """Return why words backfire that no charge speaks of."""
    charged = [(mark.start, mark.end) for mark in reading.charges]
    found = [mark for mark in reading.marks if mark.kind == "backfires"]
    return tuple(
        dict.fromkeys(
            f'"{_quote(reading.text, mark.start, mark.end)}": {mark.label}'
            for mark in found
            if not any(start < mark.end and mark.start < end for start, end in charged)
        )
    )


def lines_of(turn: Exchanged | TranscriptTurn) -> tuple[str, ...]:
    """Return the feedback on a stored answer, a line for each act; what else it holds is the last line."""
    told = act_lines(turn.acts)
    joined = " ".join(told)
    if not turn.because.startswith(joined):
        return (turn.because,)
    return tuple(filter(None, (*told, turn.because[len(joined) :].strip())))


def quotes_whole(text: str, told: Sequence[str]) -> bool:
    """Return whether a line of the feedback begins with the whole answer, so that it need not be shown before it."""
    whole = " ".join(text.split()).rstrip(_MARKS)
    return any(line.startswith(f'"{whole}') for line in told)


def _quotes(text: str, marks: Sequence[ActMark], act: str) -> list[str]:
    """The words of an act: each with the rest of its clause, without those that are part of longer ones."""
    spans = {_clause(text, mark.start, mark.end) for mark in marks if mark.act == act}
    whole = [
        (start, end)
        for start, end in sorted(spans)
        if not any(first <= start and end <= last and (first, last) != (start, end) for first, last in spans)
    ]
    return list(dict.fromkeys(_quote(text, start, end) for start, end in whole))


def _clause(text: str, start: int, end: int) -> tuple[int, int]:
    """The span with the rest of its clause, before and after, where that is near."""
    before = _BREAK.split(text[max(0, start - _NEAR) : start])[-1]
    after = _BREAK.split(text[end : end + _NEAR])[0] if text[end - 1] not in _MARKS else ""
    start -= len(before.lstrip()) if len(before) < _NEAR else 0
    end += len(after.rstrip()) if len(after) < _NEAR else 0
    return start, end + (text[end : end + 1] == "?")


def _quote(text: str, start: int, end: int) -> str:
    return " ".join(text[start:end].split())
