"""What passes between the prompt and the loop of a call: typed lines, and what stands in the prompt before."""

from __future__ import annotations

import msgspec


class TypedLine(msgspec.Struct, frozen=True):
    """A line that was typed. `line` is None at the end of input; `interrupted` says that it was Ctrl-C.

    With an interruption `line` is what stood half-typed in the prompt. `by_key` says that one key stood for the line:
    such a line does not return to the prompt.
    """

    line: str | None
    interrupted: bool = False
    by_key: bool = False


class Draft(msgspec.Struct, frozen=True):
    """What stands in the prompt before anything is typed.

    A refused line stands there selected: the next printable key replaces it. `suggestion` is the nearest valid line,
    which Tab puts in its place. `at_tab` is a line that Tab sends while the prompt is empty.
    """

    text: str = ""
    refused: bool = False
    suggestion: str = ""
    at_tab: str = ""
