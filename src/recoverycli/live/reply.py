"""What a call answers to a line: values for the views."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import msgspec

from recoverycli.session.grammar.questions import Question

# The line for the probable meaning of the last line.
TAKE = "/"


class CallLeft(msgspec.Struct, frozen=True):
    """The call was left: paused (its journal is at `path`) or saved (its transcript is at `path`)."""

    how: Literal["paused", "finished", "abandoned"]
    call_id: str
    path: Path
    # What was saved, in a line; and whether the call can be reopened at once.
    summary: str = ""
    reopens: bool = False


class Reply(msgspec.Struct, frozen=True):
    """The answer to one line.

    `text` is one line for the agent, empty if the screen says it all. `draft` is a refused line, to be edited.
    `suggestion` is the nearest valid line. `meant` says what else the agent may have meant, and the line `/` (on a
    terminal the Tab key) does it. `copy` is text for the clipboard, and `copies` describes it. `question` is what the
    next line answers. `card` is a line that suggests a card, with the key that opens it. `warns` marks `text` as a
    warning. `left` says that the call was left, and the loop ends.
    """

    kind: Literal["moved", "recorded", "refused", "asked", "show", "copy", "left"]
    text: str = ""
    draft: str = ""
    suggestion: str = ""
    meant: str = ""
    show: Literal["more", "notes", "help", "note", "history", "cards"] | None = None
    # The lines of a page that does not come from the call itself: the history, the cards, the help of practice.
    lines: tuple[str, ...] = ()
    copy: str | None = None
    copies: str = ""
    question: Question | None = None
    card: str = ""
    warns: bool = False
    left: CallLeft | None = None
