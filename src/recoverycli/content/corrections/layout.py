"""What goes wrong with the beginning of lines: tabs and odd spaces, dashes, indents, lines that were wrapped."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from recoverycli.content.corrections.lines import (
    KEY,
    NO_WIDTH,
    ODD_SPACE,
    Correction,
    before,
    block_end,
    in_quotes,
    indent_of,
    is_blank,
    parts,
)
from recoverycli.text.format import plural

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_NEAR = 60
_MOST_JOINED = 3
_SPACE = rf"[\s{NO_WIDTH}]"
_HEAD = re.compile(rf"({_SPACE}*)((?:-{_SPACE}+)*)((?:[\"']?{KEY}[\"']?[ {ODD_SPACE}]*:(?=$|{_SPACE}){_SPACE}*)?)")
_BULLET = re.compile(rf"({_SPACE}*)([^\w\s\x00-\x7f]{{1,3}}|\uf0b7|[*+]|\d+[.)]){_SPACE}+(.*)")
_DASH_ALONE = re.compile(rf"(\s*(?:-\s+)*)-((?:{KEY}\s*:|[\"'\u201c\u201e]).*)")
_COMMENT = re.compile(r"^(?://+|--+|;+|/\*+|<!--)|(?:\*/|-->)$")
_QUOTATION = re.compile(r"> ?")
_NUMBERED = re.compile(r"\s*\d+(?:[:.|)] ?|[ \t])")


def odd_spaces(lines: Sequence[str], at: int) -> Iterator[Correction]:
    """Tabs, no-break spaces and signs without width at the beginning of lines and after colons."""
    if _with_spaces(lines[at], 2) == lines[at]:
        return
    first, last = at, at
    while first and _with_spaces(lines[first - 1], 2) != lines[first - 1]:
        first -= 1
    while last + 1 < len(lines) and _with_spaces(lines[last + 1], 2) != lines[last + 1]:
        last += 1
    what, column = _odd(lines[first])
    for width in (2, 4, 8, 1, 3):
        corrected = tuple(_with_spaces(line, width) for line in lines[first : last + 1])
        yield Correction(first, corrected, what, "use spaces", column, last + 1 - first)
    if last > first:
        what, column = _odd(lines[at])
    for margin in _margins(lines, at):
        yield Correction(at, (" " * margin + _with_spaces(lines[at], 2).lstrip(),), what, "use spaces", column)


def dashes(lines: Sequence[str], at: int) -> Iterator[Correction]:
    """A bullet for a dash, and a dash without a space."""
    if found := _BULLET.fullmatch(lines[at]):
        what = f"`{found[2]}` stands where a dash belongs"
        yield Correction(at, (f"{found[1]}- {found[3]}",), what, "begin an item of a list with `- `", len(found[1]))
    if found := _DASH_ALONE.fullmatch(lines[at]):
        what = "no space follows the dash"
        yield Correction(at, (f"{found[1]}- {found[2]}",), what, "put one there", len(found[1]))


def missing_dashes(lines: Sequence[str], at: int) -> Iterator[Correction]:
    """An item of a list without its dash; what is below it moves with it."""
    line = lines[at]
    if is_blank(line):
        return
    margins = {indent_of(lines[number]) for number in before(lines, at, 30) if parts(lines[number]).dash}
    margins |= {indent_of(line)}
    for margin in sorted(margins, key=lambda one: abs(one + 2 - indent_of(line))):
        first = f"{' ' * margin}- {line.lstrip()}"
        what = "no dash begins this item of the list"
        yield Correction(at, (first,), what, "begin it with `- `", indent_of(line))
        end = at + 1
        while end < len(lines) and not is_blank(lines[end]) and indent_of(lines[end]) >= indent_of(line):
            if parts(lines[end]).dash and indent_of(lines[end]) == indent_of(line):
                break
            end += 1
        if end > at + 1:
            moved = (" " * (margin + 2 - indent_of(line)) + one for one in lines[at + 1 : end])
            yield Correction(at, (first, *moved), what, "begin it with `- `", indent_of(line), end - at)


def surplus_dashes(lines: Sequence[str], at: int) -> Iterator[Correction]:
    """A dash before each key of one item."""
    its = parts(lines[at])
    if not its.dash or not its.key:
        return
    seen, end = {its.name}, at + 1
    while end < len(lines):
        more = parts(lines[end])
        if (more.indent, more.dash) != (its.indent, its.dash) or not more.key or more.name in seen:
            break
        seen.add(more.name)
        end += 1
    if end > at + 1:
        margin = its.indent + " " * len(its.dash)
        moved = tuple(margin + line[len(margin) :] for line in lines[at + 1 : end])
        what = "a dash begins another item of the list"
        yield Correction(at + 1, moved, what, f"what belongs to `{its.name}` has none", len(its.indent), end - at - 1)


def maps_for_lists(lines: Sequence[str], at: int) -> Iterator[Correction]:
    """Items of a list without any dash."""
    its = parts(lines[at])
    if not its.key or its.dash:
        return
    end = at + 1
    while end < len(lines) and not is_blank(lines[end]) and indent_of(lines[end]) >= len(its.indent):
        end += 1
    block = (
        f"{its.indent}- {line.lstrip()}"
        if indent_of(line) == len(its.indent) and parts(line).name == its.name
        else f"  {line}"
        for line in lines[at:end]
    )
    what = "no dash begins the items of this list"
    yield Correction(at, tuple(block), what, "begin each with `- `", len(its.indent), end - at)


def indents(lines: Sequence[str], at: int) -> Iterator[Correction]:
    """A line, or a line with all that belongs below it, with the indent of a line near it."""
    line = lines[at]
    if is_blank(line):
        return
    has, end = indent_of(line), block_end(lines, at)
    below = _below(lines, at)
    for margin in sorted(_margins(lines, at) - {has}, key=lambda one: (one != below, abs(one - has))):
        what = f"this line is indented by {plural(has, 'space')}"
        belongs = f"here it needs {margin}" if margin else "here it needs none"
        yield Correction(at, (" " * margin + line.lstrip(),), what, belongs, has)
        for last in sorted({end, _run_end(lines, at)} - {at + 1}):
            moved = tuple(_shift(one, margin - has) for one in lines[at:last])
            yield Correction(at, moved, what, belongs, has, last - at)


def line_breaks(lines: Sequence[str], at: int) -> Iterator[Correction]:
    """A sentence that goes on in the next line, where a message or a page broke it."""
    if parts(lines[at]).key or parts(lines[at]).dash:
        return
    for start in before(lines, at, 1):
        for end in range(at + 1, min(at + _MOST_JOINED, len(lines)) + 1):
            if any(not one.strip() for one in lines[start:end]):
                break
            whole = " ".join((lines[start].rstrip(), *(one.strip() for one in lines[start + 1 : end])))
            what = "the text goes on in the next line, which is not indented"
            yield Correction(start, (whole,), what, "write it in one line", len(lines[start].rstrip()), end - start)


def texts_of_lines(lines: Sequence[str], at: int) -> Iterator[Correction]:
    """A text in several lines that needs quotes."""
    for start in (at, *before(lines, at, _MOST_JOINED)):
        its = parts(lines[start])
        margin = indent_of(lines[start])
        if not its.value or not (its.key or its.dash) or its.value[0] in "\"'|>[{":
            continue
        for end in range(start + 2, min(start + 2 + _MOST_JOINED, len(lines)) + 1):
            more = lines[start + 1 : end]
            if any(not one.strip() or indent_of(one) <= margin for one in more):
                break
            quote = in_quotes("\n".join((its.value, *more)))[0]
            if quote == '"' and '"' in its.value + "".join(more):
                break
            block = (f"{its.head}{quote}{its.value}", *more[:-1], f"{more[-1].rstrip()}{quote}")
            colon = re.search(r":(?=\s|$)", more[-1])
            place = colon.start() if colon and len(more) == 1 else indent_of(more[-1])
            what = "a colon splits the sentence" if colon else "the text goes on in the next line"
            keys = sum(bool(parts(one).key) for one in more)
            yield Correction(start, block, what, "put all of the text in quotes", place, end - start, cost=keys)


def foreign_lines(lines: Sequence[str], at: int) -> Iterator[Correction]:
    """What a chat or a page put around the file: fences, marks of a quotation, numbers of lines."""
    if lines[at].lstrip().startswith(("```", "~~~")):
        yield Correction(at, (), "this line is no part of the file", "remove it")
    filled = [line for line in lines if line.strip()]
    for sign, what in ((_QUOTATION, "`>` marks a quotation"), (_NUMBERED, "the numbers of the lines are in the file")):
        if all(map(sign.match, filled)):
            yield Correction(
                0, tuple(sign.sub("", line, count=1) for line in lines), what, "remove them", 0, len(lines)
            )


def remarks(lines: Sequence[str], at: int) -> Iterator[Correction]:
    """Words to other people, without the sign of a comment."""
    line = lines[at]
    its = parts(line)
    words = _COMMENT.sub("", line.strip()).strip()
    if not is_blank(line) and not its.key and not its.dash and words:
        what = "this line is no part of the file"
        yield Correction(
            at, (f"{its.indent}# {words}",), what, "remove it, or begin it with `#`", len(its.indent), cost=1
        )


def second_keys(lines: Sequence[str], at: int) -> Iterator[Correction]:
    """A key that its map has already."""
    its = parts(lines[at])
    if not its.key:
        return
    for number in before(lines, at, len(lines)):
        first = parts(lines[number])
        if first.name == its.name and len(first.indent + first.dash) == len(its.indent + its.dash):
            what = f"the key `{its.name}` appears twice"
            where = f"it is already set in line {number + 1}"
            if first.value == its.value:
                yield Correction(at, (), what, f"{where}; remove this line", len(its.indent))
            elif its.value and not its.dash:
                comment = f"{its.indent}# {lines[at].lstrip()}"
                yield Correction(at, (comment,), what, f"{where}; keep one of them", len(its.indent))
            return


def _margins(lines: Sequence[str], at: int) -> set[int]:
    """The indents of the lines near a line, and those of what could belong below the line before it."""
    near = [parts(line) for line in lines[max(0, at - _NEAR) : at + _NEAR] if not is_blank(line) and "\t" not in line]
    margins = {0, *(len(line.indent) for line in near), *(len(line.indent + line.dash) for line in near)}
    return margins | {indent_of(lines[number]) + 2 for number in before(lines, at, 1)}


def _below(lines: Sequence[str], at: int) -> int | None:
    """The indent of what belongs to the key above, if that has no value of its own."""
    for number in before(lines, at, 1):
        above = parts(lines[number])
        return len(above.indent + above.dash) + 2 if above.key and not above.value else None
    return None


def _run_end(lines: Sequence[str], at: int) -> int:
    """The number of the line after the items of a list that begin like a line, and what is below them."""
    has, end = indent_of(lines[at]), at + 1
    while end < len(lines) and not is_blank(lines[end]):
        if (indent_of(lines[end]) == has) != bool(parts(lines[end]).dash):
            break
        end += 1
    return end


def _shift(line: str, by: int) -> str:
    return f"{' ' * by}{line}" if by > 0 else line[min(-by, indent_of(line)) :]


def _with_spaces(line: str, width: int) -> str:
    """A line with plain spaces wherever YAML has a meaning for them; a tab counts as so many."""
    found = _HEAD.match(line)
    if found is None:
        return line
    margin = "".join(" " * width if sign == "\t" else " " for sign in found[1] if sign not in NO_WIDTH)
    dash = "- " * found[2].count("-") if _has_odd(found[2]) else found[2]
    key = found[3]
    if _has_odd(key):
        key = f"{re.split(rf'[ {ODD_SPACE}]*:', key)[0]}: "
    rest = line[found.end() :]
    # A comment is no place for YAML to mind.
    return line if rest.startswith("#") else f"{margin}{dash}{key}{rest}"


def _has_odd(text: str) -> bool:
    return re.search(rf"[\t{ODD_SPACE}{NO_WIDTH}]", text) is not None


def _odd(line: str) -> tuple[str, int]:
    found = re.search(rf"[\t{ODD_SPACE}{NO_WIDTH}]", line)
    if found is None:
        return "this line is indented with other signs than spaces", 0
    if found[0] == "\t":
        return "a tab is used for an indent" if not line[
            : found.start()
        ].strip() else "a tab stands here", found.start()
    name = "a no-break space" if found[0] in "\u00a0\u202f" else "an invisible character"
    return f"{name} (U+{ord(found[0]):04X}) stands here", found.start()
