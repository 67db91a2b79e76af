"""What YAML accepts in silence and an author did not mean: cut sentences, quotes that became text, drafts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from recoverycli.content.corrections.lines import QUOTES, TYPOGRAPHIC, in_quotes, without_quotes
from recoverycli.content.draft import TO_FILL
from recoverycli.content.nodes import Node, Problem, compose_text, decode, kind_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

# Characters that nobody writes on purpose: what codes such as `\f` in a path stand for.
_CODE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]")
_COMMENT = re.compile(r"(\s+)#(.?)")
_LEFT = re.compile(rf"{TO_FILL}|\bTODO\b|\bTBD\b|\bFIXME\b|\bXXX\b|\b[Ll]orem ipsum\b")
_MOST_LINES = 8


def cautions(data: bytes, file: str, drafts: Collection[str] = ()) -> tuple[Problem, ...]:
    """Return what is probably a mistake in a file that can be read. `drafts` are texts that a new file begins with."""
    text = decode(data, file)
    root = text if isinstance(text, Problem) else compose_text(text, file, "file")
    if isinstance(text, Problem) or not hasattr(root, "start_mark"):
        return ()
    lines = text.splitlines()
    found = [
        *_text_cautions(root, lines, file),
        *_repetitions(root, lines, file),
        *_placeholders(root, lines, file, drafts),
    ]
    return tuple(sorted(found, key=lambda problem: (problem.line, problem.column)))


def _text_cautions(root: Node, lines: Sequence[str], file: str) -> Iterator[Problem]:
    """A comment that cuts a sentence, and quotes that became part of it, in texts without quotes."""
    for node in _texts(root):
        at, column = node.start_mark.line, node.start_mark.column
        if at != node.end_mark.line:
            continue
        if node.style:
            if node.style == '"' and (code := _CODE.search(node.value)) is not None:
                line, end = lines[at], node.end_mark.column
                correction = (line[:column] + in_quotes(without_quotes(line[column:end])) + line[end:],)
                what = f"warning: a backslash in double quotes begins a code, here of {code[0]!r}"
                yield Problem(file, at + 1, column + 1, what, "use single quotes", source=line, correction=correction)
            continue
        line, end = lines[at], node.end_mark.column
        head, value, rest = line[:column], node.value, line[end:]
        comment = _COMMENT.match(rest)
        if comment is not None and _cuts(value, *comment.groups()):
            place = end + len(comment[1])
            correction = (head + in_quotes(value + rest.rstrip()),)
            what = "warning: `#` begins a comment, so the text ends before it"
            told = "put the text in quotes, or the comment on a line of its own"
            yield Problem(file, at + 1, place + 1, what, told, source=line, correction=correction)
        elif (value[0] in TYPOGRAPHIC and value[-1] in QUOTES) or (value[-1] == '"' and value.count('"') == 1):
            what = "warning: these quotes are part of the text"
            correction = (head + in_quotes(without_quotes(value).removesuffix('"')) + rest,)
            yield Problem(file, at + 1, column + 1, what, "use straight quotes", source=line, correction=correction)


def _cuts(value: str, gap: str, following: str) -> bool:
    """Whether a comment after a text is rather a part of it: "case # 12", "room #4"."""
    if len(gap) > 1:
        return following.isdigit()
    return " " in value or following.isalnum()


def _repetitions(root: Node, lines: Sequence[str], file: str) -> Iterator[Problem]:
    """Two entries of a list that say the same."""
    for node in _nodes(root):
        seen: dict[str, int] = {}
        for item in node.value if node.id == "sequence" else ():
            says = [child for key, child in _pairs(item) if key.value == "say" and child.id == "scalar"]
            for one in says:
                words = " ".join(re.findall(r"\w+", one.value.casefold()))
                mark = one.start_mark
                if words and words in seen and seen[words] != mark.line + 1:
                    what = f"warning: line {seen[words]} says the same"
                    told = "say it in other words, or remove one of them"
                    yield Problem(file, mark.line + 1, mark.column + 1, what, told, source=lines[mark.line])
                seen.setdefault(words, mark.line + 1)


def _placeholders(root: Node, lines: Sequence[str], file: str, drafts: Collection[str]) -> Iterator[Problem]:
    """The words of a draft that nobody replaced, in one message."""
    left = [node.start_mark for node in _texts(root) if _LEFT.search(node.value) or node.value in drafts]
    if left:
        places = sorted({mark.line + 1 for mark in left})
        more = f" and {len(places) - _MOST_LINES} more" if len(places) > _MOST_LINES else ""
        named = f"{'lines' if len(places) > 1 else 'line'} {', '.join(map(str, places[:_MOST_LINES]))}{more}"
        first = min(left, key=lambda mark: (mark.line, mark.column))
        what = f"warning: words of a draft are still here ({named})"
        told = "replace them with your own"
        yield Problem(file, first.line + 1, first.column + 1, what, told, source=lines[first.line])


def _texts(root: Node) -> Iterator[Node]:
    """The texts of a file that are no keys, except empty ones."""
    return (node for node in _nodes(root) if node.id == "scalar" and kind_of(node) == "str" and node.value)


def _nodes(root: Node) -> Iterator[Node]:
    """All nodes of a file but keys, each once however many aliases it has."""
    stack, seen = [root], set[int]()
    while stack:
        node = stack.pop()
        if id(node) not in seen:
            seen.add(id(node))
            yield node
            if node.id == "sequence":
                stack += node.value
            stack += [child for _, child in _pairs(node)]


def _pairs(node: Node) -> list[tuple[Node, Node]]:
    return list(node.value) if node.id == "mapping" else []
