"""Lines from standard input: the same signature as the prompt of a terminal."""

from __future__ import annotations

import codecs
import contextlib
from typing import TYPE_CHECKING, BinaryIO

from recoverycli.terminal.call.typed import Draft, TypedLine

if TYPE_CHECKING:
    from collections.abc import Callable

    from recoverycli.terminal.call.interruptions import Interruptions

LONGEST = 256 * 1024
_NOTHING = Draft()


class PlainInput:
    """Reads lines of UTF-8. `prompt` is called before each where somebody is asked; `interruptions` work then.

    Other bytes come as lone surrogates: what stores a line refuses them (`text.safe.storable_text`).
    """

    def __init__(
        self,
        stream: BinaryIO,
        prompt: Callable[[], None] | None = None,
        interruptions: Interruptions | None = None,
    ) -> None:
        self._stream = stream
        self._prompt = prompt
        self._listen = contextlib.nullcontext if interruptions is None else interruptions.listen
        self._decoder = codecs.getincrementaldecoder("utf-8")("surrogateescape")

    def __call__(self, _draft: Draft = _NOTHING) -> TypedLine:
        """Return the next line. A line that is longer than 256 KiB comes in pieces."""
        try:
            with self._listen():
                if self._prompt is not None:
                    self._prompt()
                data = self._stream.readline(LONGEST)
        except KeyboardInterrupt:
            if self._prompt is None:
                raise
            return TypedLine("", interrupted=True)
        if not data:
            return TypedLine(None)
        return TypedLine(self._decoder.decode(data, final=data.endswith(b"\n")).rstrip("\r\n"))
