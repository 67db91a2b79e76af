"""What a call answers to a line: values, for whoever draws them."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import msgspec


class Left(msgspec.Struct, frozen=True):
    """The call was left: set aside (its journal is at `path`) or kept (its transcript is at `path`)."""

    how: Literal["paused", "finished", "abandoned"]
    call_id: str
    path: Path


class Reply(msgspec.Struct, frozen=True):
    """The answer to one line.

    `text` is one line for the agent, empty where the screen says it all. `draft` is a refused line, to be edited.
    `copy` is text for the clipboard. `left` says that the call was left, and the loop ends.
    """

    kind: Literal["moved", "recorded", "refused", "show", "copy", "left"]
    text: str = ""
    draft: str = ""
    show: Literal["more", "help"] | None = None
    copy: str | None = None
    left: Left | None = None
