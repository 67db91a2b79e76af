"""What goes wrong in lists in brackets and maps in braces."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from recoverycli.content.corrections.lines import KEY, Correction, in_quotes, parts, without_quotes

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_CLOSED = {"[": "]", "{": "}"}
_NAMES = {"[": "bracket", "{": "brace", "]": "bracket", "}": "brace"}
_PAIR = re.compile(rf"(?:(?<=^)|(?<=,))\s*[\"']?({KEY})[\"']?\s*:\s*")
_UNSAFE = re.compile(r"[,:#\[\]{}\"'&*!|>%@`]")
_NEXT_PAIR = re.compile(rf",\s+{KEY}:\s")
_NO_COMMA = re.compile(rf"([^\s,{{\[])\s+(?={KEY}:\s)")
_NO_COMMA_IN_LIST = re.compile(r"([\"'])\s+(?=[\"'])")
_FEW_WORDS = re.compile(r"[A-Za-z0-9_-]+(?: [A-Za-z0-9_-]+){0,2}")
_WORD = re.compile(r"[A-Za-z0-9_./-]+")


def brackets(lines: Sequence[str], at: int) -> Iterator[Correction]:
    """A bracket or brace that is not closed, is closed by the other kind, or was never opened."""
    line = lines[at].rstrip()
    opened, surplus, wrong = _bracket_places(line)
    if wrong is not None:
        place, right = wrong
        what = f"`{line[place]}` closes what `{'[' if right == ']' else '{'}` opened"
        yield Correction(at, (line[:place] + right + line[place + 1 :],), what, f"write `{right}`", place)
        what = f"the {_NAMES[right]} is not closed before this {_NAMES[line[place]]}"
        yield Correction(at, (line[:place] + right + line[place:],), what, f"close it with `{right}`", place)
    if opened:
        ends = "".join(_CLOSED[line[place]] for place in reversed(opened))
        name = _NAMES[line[opened[0]]]
        bare = line[:-1].rstrip() if line.endswith(",") else line
        yield Correction(
            at, (bare + ends,), f"the {name} that opens here is not closed", f"close it with `{ends}`", opened[0]
        )
    if surplus is not None:
        name = _NAMES[line[surplus]]
        yield Correction(
            at, (line[:surplus] + line[surplus + 1 :],), f"this {name} was never opened", "leave it out", surplus
        )
        its = parts(line)
        if its.key:
            sign = "[" if line[surplus] == "]" else "{"
            yield Correction(
                at, (its.head + sign + its.value,), f"this {name} was never opened", f"open it with `{sign}`", surplus
            )


def texts_in_flow(lines: Sequence[str], at: int) -> Iterator[Correction]:
    """Texts with commas, colons or quotes in brackets and braces."""
    its = parts(lines[at])
    value = its.value
    if value[:1] not in _CLOSED or value[-1:] not in _CLOSED.values() or len(value) < 2:
        return
    inner = value[1:-1].strip()
    corrected = _map(inner) if value[0] == "{" else _list(inner)
    if corrected and corrected != inner:
        line = f"{its.head}{value[0]}{corrected}{_CLOSED[value[0]]}"
        first = next((place for place, (a, b) in enumerate(zip(lines[at], line, strict=False)) if a != b), 0)
        if re.sub(r"\s", "", line) == re.sub(r"\s", "", lines[at]):
            yield Correction(at, (line,), "no space follows a colon", "put one there", max(0, first - 1))
        else:
            yield Correction(at, (line,), f"a text in {_NAMES[value[0]]}s needs quotes", "put it in quotes", first)


def missing_braces(lines: Sequence[str], at: int) -> Iterator[Correction]:
    """Keys and values on one line without the braces around them."""
    its = parts(lines[at])
    heads = [its.head] if its.key and _PAIR.match(its.value) else []
    if its.dash and its.key and _NEXT_PAIR.search(its.value):
        heads.append(its.indent + its.dash)
    for head in heads:
        pairs = lines[at][len(head) :].strip()
        line = f"{head}{{{_map(pairs) or pairs}}}"
        yield Correction(at, (line,), "several keys stand on one line", "put them in braces", len(head))


def missing_commas(lines: Sequence[str], at: int) -> Iterator[Correction]:
    """Keys in braces, or texts in brackets, without a comma between them."""
    line = lines[at]
    for missing in (_NO_COMMA, _NO_COMMA_IN_LIST):
        found = missing.search(line)
        if found and re.search(r"[\[{]", line[: found.start()]):
            corrected = missing.sub(r"\1, ", line)
            yield Correction(at, (corrected,), "no comma stands before this", "put one there", found.end())


def separators(lines: Sequence[str], at: int) -> Iterator[Correction]:
    """Words in brackets without commas between them."""
    its = parts(lines[at])
    if its.value.startswith("[") and its.value.endswith("]"):
        words = re.split(r"\s*[;,|/]\s*|\s+(?:and|or)\s+|\s+", its.value[1:-1].strip())
        if len(words) > 1 and all(map(_WORD.fullmatch, words)):
            line = f"{its.head}[{', '.join(words)}]"
            yield Correction(
                at, (line,), "the words of the list have no comma between them", "separate them", len(its.head)
            )


def lists_of_one(lines: Sequence[str], at: int) -> Iterator[Correction]:
    """A text where a list belongs."""
    its = parts(lines[at])
    if not its.key or not its.value or its.value[0] in "[&*|>#":
        return
    if its.value[0] == "{":
        yield Correction(at, (f"{its.head}[{its.value}]",))
        return
    words = re.split(r"\s*[,;/&]\s*|\s+(?:and|or)\s+", its.value)
    if not all(map(_WORD.fullmatch, words)):
        words = re.split(r"\s*[,;]\s*", its.value)
    if len(words) > 1 and not all(map(_FEW_WORDS.fullmatch, words)):
        words = []
    item = ", ".join(words) if words and all(map(_FEW_WORDS.fullmatch, words)) else in_quotes(without_quotes(its.value))
    yield Correction(at, (f"{its.head}[{item}]",))


def _bracket_places(line: str) -> tuple[list[int], int | None, tuple[int, str] | None]:
    """The places of what is not closed, of a surplus end, and of a wrong end with the right one. Quotes are skipped."""
    opened: list[int] = []
    quote = ""
    start = len(parts(line).head)
    for place, sign in enumerate(line[start:], start=start):
        if quote:
            quote = "" if sign == quote else quote
        elif sign in "\"'" and line[place - 1] in " [{,":
            quote = sign
        elif sign == "#" and line[place - 1] == " ":
            break
        elif sign in _CLOSED:
            opened.append(place)
        elif sign in _CLOSED.values():
            if not opened:
                return [], place, None
            right = _CLOSED[line[opened[-1]]]
            if sign != right:
                return [], None, (place, right)
            opened.pop()
    return opened, None, None


def _map(inner: str) -> str:
    found = [*_PAIR.finditer(inner)]
    if not found or inner[: found[0].start()].strip():
        return ""
    ends = [one.start() for one in found[1:]] + [len(inner)]
    return ", ".join(
        f"{one[1]}: {_item(inner[one.end() : end].strip().removesuffix(',').rstrip())}"
        for one, end in zip(found, ends, strict=True)
    )


def _list(inner: str) -> str:
    if re.search(r"[\[{]", inner):
        return ""
    items = re.findall(r"""\s*("[^"]*"|'(?:[^']|'(?=\w))*'|[^,]+)\s*,?""", inner)
    return ", ".join(_item(item.strip()) for item in items)


def _item(value: str) -> str:
    if value[:1] in _CLOSED and value[-1:] in _CLOSED.values():
        return value
    if re.fullmatch(r'"(?:[^"\\]|\\.)*"|\'(?:[^\']|\'\')*\'', value):
        return value
    return in_quotes(without_quotes(value)) if _UNSAFE.search(value) else value
