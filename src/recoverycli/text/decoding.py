"""Decoding of text that other programs wrote (UTF-8, UTF-16, or a legacy code page) to UTF-8.

PowerShell writes UTF-16 into files, editors put a byte order mark first, and cmd.exe writes the code page of its
console. Bytes that are not text in any of these are passed on unchanged; the reader refuses them.
"""

from __future__ import annotations

import codecs
import io

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Any

    from _typeshed import WriteableBuffer

_MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_CHUNK = 64 * 1024  # bytes
# A line is decoded as a whole, unless it is longer than people write.
_LONGEST = 1024 * 1024  # bytes
# Stands for a cut-off character at the end of a wide encoding: not text, so that the reader refuses the line.
_CUT = b"\xff"


def legacy_encodings(code_page: int = 0, named: str = "") -> tuple[str, ...]:
    """Return the legacy encodings: `named`, a console's code page (0 for none), the system's own."""
    import locale

    found = [named, f"cp{code_page}", locale.getencoding()]
    return tuple(name for name in dict.fromkeys(found) if _is_legacy(name))


def as_utf8(data: bytes) -> bytes:
    """Return the text of a file as UTF-8 without a byte order mark; unchanged if it is not text."""
    return io.BufferedReader(Utf8(io.BytesIO(data), legacy_encodings)).read()


class Utf8(io.RawIOBase):
    """The bytes of `source` as UTF-8; `legacy` returns the encodings to try if they are neither UTF-8 nor UTF-16.

    `tell` is called with the name of a legacy encoding, when one is used first.
    """

    def __init__(
        self,
        source: Any,
        legacy: Callable[[], Sequence[str]] = tuple,
        tell: Callable[[str], None] = lambda _encoding: None,
    ) -> None:
        super().__init__()
        self._source = source
        self._legacy = legacy
        self._tell: Callable[[str], None] | None = tell
        self._wide: codecs.IncrementalDecoder | None = None
        self._begun = False
        self._ended = False
        self._held = b""  # read but not decoded: an incomplete line
        self._done = memoryview(b"")  # decoded but not yet read

    def readable(self) -> bool:
        """Return True."""
        return True

    def fileno(self) -> int:
        """Return the descriptor of the source."""
        return int(self._source.fileno())

    def readinto(self, target: WriteableBuffer) -> int:
        """Fill `target`, partly if no more is available yet."""
        while not self._done and not self._ended:
            self._read()
        room = memoryview(target)
        given = min(len(room), len(self._done))
        room[:given] = self._done[:given]
        self._done = self._done[given:]
        return given

    def _read(self) -> None:
        data = self._source.read1(_CHUNK)
        self._ended = not data
        if not self._begun:
            data = self._held + data
            if not self._ended and any(mark != data and mark.startswith(data) for mark in _MARKS):
                self._held = data
                return
            self._held, self._begun = b"", True
            data, self._wide = _strip_mark(data)
        self._done = memoryview(self._from_lines(data) if self._wide is None else self._from_wide(data, self._wide))

    def _from_wide(self, data: bytes, wide: codecs.IncrementalDecoder) -> bytes:
        try:
            return str(wide.decode(data, final=self._ended)).encode("utf-8", "surrogatepass")
        except UnicodeDecodeError:
            return _CUT

    def _from_lines(self, data: bytes) -> bytes:
        whole = self._held + data
        end = whole.rfind(b"\n") + 1
        if self._ended:
            end = len(whole)
        elif not end and len(whole) > _LONGEST:
            end = _boundary(whole)
        self._held = whole[end:]
        lines = whole[:end]
        if _is_utf8(lines):
            return lines
        return b"".join(map(self._line, lines.splitlines(keepends=True)))

    def _line(self, line: bytes) -> bytes:
        if _is_utf8(line):
            return line
        for encoding in self._legacy():
            try:
                text = line.decode(encoding)
            except UnicodeDecodeError:
                continue
            # Control characters that no keyboard has: it is another encoding.
            if not any("\x80" <= letter <= "\x9f" for letter in text):
                if self._tell is not None:
                    tell, self._tell = self._tell, None
                    tell(encoding)
                return text.encode()
        return line


def _strip_mark(head: bytes) -> tuple[bytes, codecs.IncrementalDecoder | None]:
    """Return the first bytes without a byte order mark, and a decoder if they are UTF-16."""
    if head.startswith(codecs.BOM_UTF8):
        return head[len(codecs.BOM_UTF8) :], None
    for mark, encoding in ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")):
        if head.startswith(mark):
            return head[len(mark) :], codecs.getincrementaldecoder(encoding)("surrogatepass")
    # In UTF-16 one byte of two is zero in Latin letters and line breaks.
    first, second = head[0::2].count(0), head[1::2].count(0)
    most, least, encoding = (second, first, "utf-16-le") if second > first else (first, second, "utf-16-be")
    if most >= 2 and most * 10 >= len(head) and least * 8 <= most:
        return head, codecs.getincrementaldecoder(encoding)("surrogatepass")
    return head, None


def _is_utf8(data: bytes) -> bool:
    if data.isascii():
        return True
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


def _boundary(data: bytes) -> int:
    """Return where to cut without splitting a UTF-8 character."""
    for back in range(1, 4):
        if data[-back] >= 0xC0:
            return len(data) - back
        if data[-back] < 0x80:
            break
    return len(data)


def _is_legacy(name: str) -> bool:
    try:
        return codecs.lookup(name).name not in {"utf-8", "ascii"}
    except LookupError:
        return False
