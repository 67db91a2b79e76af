"""New content files: from a template in which every value is quoted as YAML, or as a copy of another file."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from recoverycli.content.yaml_edits import change_values
from recoverycli.content.yaml_text import one_line, quote, scalar

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from jinja2 import Environment

# Marks the places that an author has still to fill in; lint looks for it.
TO_FILL = "TO FILL IN"
# The longest answer that goes into a draft; a file may hold longer text.
LONGEST_ANSWER = 400
_EDITOR_LINE = re.compile(r"^#\s*yaml-language-server:.*$", re.MULTILINE)


def answer(words: str) -> str:
    """Return an answer as it goes into a draft: on one line, and cut to LONGEST_ANSWER."""
    return one_line(words)[:LONGEST_ANSWER].strip()


def render(template: Path, **values: object) -> str:
    """Return the text of a template with these values.

    Text is written as a quoted scalar. The filter `word` writes an id or another word, `flow` a list of them, and
    `comment` text or a list of words within a comment. A value that is missing, or not a text or number, is an error.
    """
    return _environment(template.parent).get_template(template.name).render(values)


def copy_file(text: str, new: str, schema: str, name: str | None = None) -> str:
    """Return the text of a file under another id (and name), in its first version, and otherwise as it is.

    The line for editors points to the schema beside the new file.
    """
    copy = change_values(text, {"id": new, "version": 1, **({} if name is None else {"name": one_line(name)})})
    rest = _EDITOR_LINE.sub("", copy, count=1).lstrip("\n")
    return f"# yaml-language-server: $schema={schema}\n{rest}"


class _Written(str):
    """Text that is already YAML."""

    __slots__ = ()


@cache
def _environment(folder: Path) -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    made = Environment(
        loader=FileSystemLoader(folder), undefined=StrictUndefined, finalize=_scalar, trim_blocks=True,
        lstrip_blocks=True, keep_trailing_newline=True, autoescape=False,  # noqa: S701  # `_scalar` escapes for YAML
    )  # fmt: skip
    made.filters |= {"word": _word, "flow": _flow, "comment": _comment}
    return made


def _scalar(value: object) -> str:
    if isinstance(value, _Written):
        return value
    if isinstance(value, str):
        return quote(one_line(value))
    if isinstance(value, int):
        return str(value)
    raise TypeError(f"a template writes text and numbers, not {value!r}")


def _word(name: str) -> str:
    return _Written(scalar(one_line(name)))


def _flow(names: Iterable[str]) -> str:
    return _Written(scalar([one_line(name) for name in names]))


def _comment(words: str | Iterable[str]) -> str:
    return _Written(one_line(words if isinstance(words, str) else ", ".join(words)))
