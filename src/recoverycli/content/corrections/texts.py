"""What goes wrong with a key and its text on one line: the colon, quotes, signs that mean something to YAML."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

from recoverycli.content.corrections.lines import KEY, QUOTES, TYPOGRAPHIC, Correction, in_quotes, parts, without_quotes

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_START = r"(\s*(?:-\s+)*)"
_OTHER_COLON = re.compile(rf"{_START}({KEY})(\s*)(:=|=>|->|[\uff1a\ufe55\u2236\uff1b;=,]|[-\u2013\u2014](?=\s))\s*(.*)")
_NO_SPACE = re.compile(rf"{_START}({KEY})(\s*):(?!//)(\S.*)")
_NO_COLON = re.compile(rf"{_START}({KEY})(?:\s+(\S.*))?\s*")
_QUOTED_KEY = re.compile(rf"{_START}[{TYPOGRAPHIC}]({KEY})[{TYPOGRAPHIC}]\s*:\s*(.*)")
_IN_QUOTES = "put the text in quotes"
_SPECIAL = {
    "{": "a map", "[": "a list", "*": "an alias", "&": "an anchor", "!": "a tag", "|": "the sign of a text block",
    ">": "the sign of a text block", "%": "a directive", "?": "a key", "-": "an item of a list",
}  # fmt: skip


def other_colons(lines: Sequence[str], at: int) -> Iterator[Correction]:
    """`name = x`, `name; x`, and the colon of another keyboard."""
    if found := _OTHER_COLON.fullmatch(lines[at]):
        start, key, space, sign, rest = found.groups()
        column = len(start) + len(key) + len(space)
        yield Correction(
            at, (_pair(start, key, rest),), f"`{sign}` stands where a colon belongs", f"`{key}: ...`", column
        )
    if found := _QUOTED_KEY.fullmatch(lines[at]):
        start, key, rest = found.groups()
        yield Correction(
            at, (_pair(start, key, rest),), f"the key `{key}` is in typographic quotes", "write it without", len(start)
        )


def colons_without_space(lines: Sequence[str], at: int) -> Iterator[Correction]:
    """`name:x`, which YAML takes for one word."""
    if found := _NO_SPACE.fullmatch(lines[at]):
        start, key, space, rest = found.groups()
        column = len(start) + len(key) + len(space)
        yield Correction(at, (_pair(start, key, rest),), "no space follows the colon", "put one there", column)


def missing_colons(lines: Sequence[str], at: int) -> Iterator[Correction]:
    """`name x`, and a key alone on its line."""
    if found := _NO_COLON.fullmatch(lines[at]):
        start, key, rest = found.groups()
        what = f"no colon follows `{key}`"
        yield Correction(at, (_pair(start, key, rest or ""),), what, f"`{key}: ...`", len(start) + len(key))


def quotes(lines: Sequence[str], at: int) -> Iterator[Correction]:
    """A text that YAML does not take for one text unless it is in the right quotes."""
    line = lines[at]
    its = parts(line)
    heads = dict.fromkeys((its.head, its.indent + its.dash)) if its.dash else [its.head]
    for head in heads:
        value = line[len(head) :].rstrip()
        if not value or value in {"|", ">", "|-", ">-"}:
            continue
        if value[0] in "|>" and value[1:].strip():
            sign, value = value[0], value[1:].strip()
            what = f"the text after `{sign}` begins on the same line"
            yield Correction(at, (head + in_quotes(without_quotes(value)),), what, _IN_QUOTES, len(head))
            continue
        corrected = head + in_quotes(without_quotes(value))
        if corrected != line:
            found, allowed, place = _reason(value)
            yield Correction(at, (corrected,), found, allowed, len(head) + place)


def commas_at_the_end(lines: Sequence[str], at: int) -> Iterator[Correction]:
    """`name: "x",` as in JSON."""
    line = lines[at].rstrip()
    if line.endswith((",", ";")):
        what = f"`{line[-1]}` stands at the end of the line"
        yield Correction(at, (line[:-1].rstrip(),), what, "leave it out", len(line) - 1)


def escapes_of_html(lines: Sequence[str], at: int) -> Iterator[Correction]:
    """`&quot;` and others, from a page of the web."""
    line = lines[at]
    found = re.search(r"&(?:#\w+|\w+);", line)
    if found and html.unescape(line) != line:
        plain = html.unescape(line).replace("\u00a0", " ")
        yield Correction(at, (plain,), f"`{found[0]}` is a code of web pages", "write the sign itself", found.start())


def _pair(start: str, key: str, rest: str) -> str:
    return f"{start}{key}: {rest}".rstrip()


def _reason(value: str) -> tuple[str, str, int]:
    """Why YAML reads no text here, what to do, and where in the value it is."""
    opened = value[0]
    words = without_quotes(value)
    if opened in TYPOGRAPHIC:
        return "typographic quotes do not enclose a text", "use straight ones", 0
    if opened in "\"'":
        return _reason_in_quotes(value, words)
    if opened == "#":
        return "`#` begins a comment, so the value is empty", _IN_QUOTES, 0
    if opened in _SPECIAL:
        return f"`{opened}` at the start means {_SPECIAL[opened]}", _IN_QUOTES, 0
    if opened in "@`,]}":
        return f"a text cannot begin with `{opened}`", _IN_QUOTES, 0
    if colon := re.search(r":(?=\s|$)", value):
        return "a colon splits the sentence", _IN_QUOTES, colon.start()
    return "", "", 0


def _reason_in_quotes(value: str, words: str) -> tuple[str, str, int]:
    opened = value[0]
    use = "use single quotes" if in_quotes(words)[0] == "'" else "use double quotes"
    if value[-1] not in QUOTES or len(value) == 1:
        if words == value:
            return "the text goes on after its quotes", "put all of it in quotes", value.find(opened, 1) + 1
        return "the quote that opens the text is not closed", "close it", 0
    if value[-1] != opened:
        return f"the text begins with {opened} and ends with {value[-1]}", "use the same quotes", len(value) - 1
    inner = value.find(opened, 1)
    if opened == "'" and "'" in words:
        return "an apostrophe ends the text in single quotes", use, inner
    if '"' in words:
        return "a quote in the text ends it", use if in_quotes(words)[0] == "'" else 'write \\" for it', inner
    if "\\" in words:
        return "a backslash in double quotes begins a code", use, value.find("\\")
    return "", "", 0
