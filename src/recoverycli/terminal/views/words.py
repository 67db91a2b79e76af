"""Words of a page for Rich: never markup, safe to show, wrapped."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recoverycli.text.safe import escape, isolate

if TYPE_CHECKING:
    from rich.text import Text

    from recoverycli.pages.page import Role, TextSpan


def text(words: str | tuple[TextSpan, ...], role: Role = "") -> Text:
    """Return words as `visible_text` does, isolated from the text around them."""
    return isolate_text(visible_text(words, role))


def visible_text(words: str | tuple[TextSpan, ...], role: Role = "") -> Text:
    """Return words with control characters shown; `role` is that of words without one of their own."""
    from rich.text import Text

    made = Text()
    if isinstance(words, str):
        return made.append(escape(words), style=role)
    for span in words:
        made.append(escape(span.text), style=span.role or role)
    return made


def isolate_text(words: Text) -> Text:
    """Return words isolated, so that right-to-left ones do not reorder the text around them."""
    from rich.text import Text

    around = isolate(words.plain)
    return words if around == words.plain else Text(around[0]) + words + Text(around[-1])


def hung(words: Text, width: int, indent: int) -> list[Text]:
    """Return lines of at most `width` columns, all but the first indented by `indent`."""
    from rich.console import Console
    from rich.text import Text

    lines = words.wrap(Console(width=width, color_system=None), max(2, width - indent), overflow="fold")
    for line in lines:
        line.rstrip()
    first, *more = lines or (Text(),)
    return [first, *(Text(" " * indent) + line for line in more)]
