"""The only places that print."""

from __future__ import annotations

import io
import os
from typing import TYPE_CHECKING, Any, TextIO

from recoverycli.terminal.console import Look, console
from recoverycli.text.safe import ascii_json, escape, json_line

if TYPE_CHECKING:
    from collections.abc import Callable

    from recoverycli.pages.page import Page
    from recoverycli.terminal.views.page import DrawnPage


class Output:
    """Data goes to standard output, all else to standard error."""

    def __init__(self, look: Look, stdout: TextIO, stderr: TextIO, page: Callable[[str], bool] | None = None) -> None:
        self.look = look
        self.has_told = False
        self._page = page
        self._stdout = stdout
        self._stderr = stderr
        for stream in (stdout, stderr):
            if hasattr(stream, "reconfigure"):
                stream.reconfigure(errors="backslashreplace")

    def beside_data(self) -> Output:
        """Return an output that prints everything on standard error, for a conversation whose result is JSON."""
        return Output(self.look, self._stderr, self._stderr)

    def as_json(self, value: Any) -> None:
        """Print a value as one line of JSON, which is UTF-8 whatever the encoding of the stream."""
        line = json_line(value)
        if (self._stdout.encoding or "utf-8").lower().replace("-", "") == "utf8":
            self._stdout.write(line + "\n")
        else:
            # ASCII is the same in UTF-8 and on a terminal of any code page.
            self._stdout.flush()
            self._stdout.buffer.write(ascii_json(line).encode() + os.linesep.encode())

    def show(self, page: Page) -> None:
        """Print a page to read: drawn on a terminal, line by line in plain mode and elsewhere."""
        if self.look.plain:
            from recoverycli.pages.lines import page_lines

            self.text("\n".join(page_lines(page)))
        else:
            from recoverycli.terminal.views.page import DrawnPage

            self._draw(DrawnPage(page))

    def _draw(self, page: DrawnPage) -> None:
        """Draw a page; one that is taller than the terminal goes through the pager."""
        if self._page is None or not self.look.interactive:
            console(self.look, self._stdout).print(page)
            return
        file = io.StringIO()
        console(self.look, file).print(page)
        drawn = file.getvalue()
        if drawn.count("\n") < self.look.height or not self._page(drawn):
            self._stdout.write(drawn)

    def text(self, text: str) -> None:
        """Print plain lines; control characters are shown, never obeyed."""
        self._stdout.write(escape(text) + "\n")
        self._stdout.flush()

    def raw(self, text: str) -> None:
        """Write control sequences of our own to the terminal."""
        self._stdout.write(text)
        self._stdout.flush()

    def tell(self, text: str) -> None:
        """Say something that is not data, on standard error."""
        self.has_told = True
        self._stdout.flush()
        self._stderr.write(escape(text) + "\n")
        self._stderr.flush()
