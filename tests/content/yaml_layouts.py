"""Files of three phrases in layouts that people use, and what a change of one of them did to the rest of its file."""

from __future__ import annotations

import re
from typing import Any, Literal

import yaml

Operation = Literal["append", "change", "remove"]
Outcome = Literal["exact", "reformatted", "comment lost", "wrong", "refused"]

# The loader that the program uses, where libyaml is there; it reads tabs that the other one refuses.
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

NEW = {"say": "A new one.", "intent": "explain"}
OTHER = "Other words."

_PLAIN = """\
schema: 1
phrases:
  - say: One.
    intent: listen
  - say: Two.
    intent: thank
    moods: [calm]
  - say: Three.
    intent: solve
"""


def _but(*changes: tuple[str, str]) -> str:
    text = _PLAIN
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    return text


LAYOUTS: dict[str, str] = {
    "indented list": _PLAIN,
    "list at its key": _PLAIN.replace("\n  ", "\n"),
    "four spaces": _PLAIN.replace("\n    ", "\n        ").replace("  - ", "    -   "),
    "blank lines between entries": _but(("  - say", "\n  - say")),
    "two blank lines, some with spaces": _but(("  - say: T", "\n    \n  - say: T")),
    "comment above each entry": _but(("  - say: ", "  # for the phone\n  - say: ")),
    "comment above each entry at the margin": _but(("  - say: ", "# for the phone\n  - say: ")),
    "comments at the ends of lines": _but(
        ("One.", "One.  # first"), ("Two.", "Two.     # second"), ("solve", "solve # last")
    ),
    "comments between keys": _but(("    intent", "    # what for\n    intent")),
    "comment after the dash": _but(("  - say: Two.", "  - # the second\n    say: Two.")),
    "comment after the list": _but(("solve\n", "solve\n\n# the end\n")),
    "indented comment after the list": _but(("solve\n", "solve\n  # the end of the list\n")),
    "comment with a heading": "# My phrases\n# ==========\n\n" + _but(("schema: 1", "schema: 1   # of the file")),
    "tabs before comments": _but(("One.", "One.\t# first"), ("thank", "thank\t\t# why"), ("solve", "solve\t# last")),
    "spaces at the ends of lines": _but(("Two.", "Two.  "), ("listen", "listen "), ("phrases:", "phrases: ")),
    "single quotes": _but(
        ("One.", "'One, isn''t it.'"), ("Two.", "'Two: \"yes\".'"), ("Three.", "'Three # no comment'")
    ),
    "double quotes": _but(("One.", '"One.\\tx"'), ("Two.", '"Two \\u00e9 \\"so\\"."'), ("Three.", '"Three."')),
    "quoted over lines": _but(
        ("Two.", '"Two of a sentence\n      that goes on\n\n      and on."'), ("Three.", "'Three\n      of it.'")
    ),
    "plain over lines": _but(("Two.", "Two of a sentence\n      that goes on."), ("Three.", "Three\n      of it.")),
    "folded block": _but(("Two.", ">-\n      Two of a sentence\n      that goes on."), ("Three.", ">\n      Three.\n")),
    "literal block": _but(("Two.", "|\n      Two.\n\n      And on."), ("Three.", "|-\n      Three.")),
    "very long lines": _but(("One.", "One " + "word " * 60 + "end."), ("Three.", '"Three ' + "word " * 60 + 'end."')),
    "aligned values": _but(("say: ", "say:     "), ("intent: ", "intent:  "), ("moods: ", "moods:   ")),
    "an entry in braces": _but(
        ("  - say: Two.\n    intent: thank\n    moods: [calm]", "  - {say: Two., intent: thank, moods: [calm]}")
    ),
    "every entry in braces": (
        "schema: 1\n"
        "phrases:\n"
        "  - {say: One., intent: listen}\n"
        "  - { say: Two. , intent: thank }  # short\n"
        "  - {say: Three., intent: solve}\n"
    ),
    "list in brackets on one line": (
        "schema: 1\n"
        "phrases: [{say: One., intent: listen}, {say: Two., intent: thank}, {say: Three., intent: solve}]\n"
    ),
    "list in brackets over lines": (
        "schema: 1\n"
        "phrases: [\n"
        "  {say: One., intent: listen},\n"
        "  {say: Two., intent: thank},  # short\n"
        "  {say: Three., intent: solve},\n"
        "]\n"
    ),
    "JSON": (
        '{\n'
        '  "schema": 1,\n'
        '  "phrases": [\n'
        '    {"say": "One.", "intent": "listen"},\n'
        '    {"say": "Two.", "intent": "thank"},\n'
        '    {"say": "Three.", "intent": "solve"}\n'
        '  ]\n'
        '}\n'
    ),
    "quoted keys": _but(("say:", '"say":'), ("intent:", "'intent':")),
    "keys in another order": _but(
        ("  - say: Two.\n    intent: thank\n    moods: [calm]", "  - moods: [calm]\n    intent: thank\n    say: Two.")
    ),
    "nested list": _but(("moods: [calm]", "moods:\n      - calm  # not angry\n      - anxious")),
    "nested list at its key": _but(("moods: [calm]", "moods:\n    - calm\n    # and\n    - anxious")),
    "dash on a line of its own": _but(("  - say", "  -\n    say")),
    "lines of Windows": _PLAIN.replace("\n", "\r\n"),
    "lines of Windows with comments": _but(
        ("  - say: ", "  # for the phone\n  - say: "), ("thank", "thank  # why")
    ).replace("\n", "\r\n"),
    "byte order mark": "\ufeff" + _PLAIN,
    "no line break at the end": _PLAIN.rstrip("\n"),
    "blank lines at the end": _PLAIN + "\n\n",
    "document marker": "---\n" + _PLAIN,
    "document end": "---\n" + _PLAIN + "...\n",
    "directive": "%YAML 1.2\n---\n" + _PLAIN,
    "schema after the list": _PLAIN.replace("schema: 1\n", "") + "schema: 1\n",
    "comment before the key that follows": _PLAIN.replace("schema: 1\n", "") + "\n# of the file\nschema: 1\n",
    "anchor on an entry": _but(("  - say: One.", "  - &one\n    say: One.")),
    "anchor and alias beside": _but(("listen", "&why listen"), ("solve", "*why")),
    "other writing systems": _but(
        ("One.", "Größe — naïve"), ("Two.", "\U0001f44d\U0001f3fd 聴きます"), ("Three.", "مرحبا")
    ),
}  # fmt: skip


def outcome(text: str, new: str | None, operation: Operation) -> Outcome:
    """Return what a change did to a file; `new` is its new text, None where the change was refused.

    `exact` means that all lines stay as they are, byte for byte, but those of the value that changes or the entry that
    goes.
    """
    if new is None:
        return "refused"
    if text.startswith("\ufeff"):
        return outcome(text[1:], new[1:], operation) if new.startswith("\ufeff") else "reformatted"
    try:
        if _phrases(new) != _wanted(text, operation):
            return "wrong"
    except (yaml.YAMLError, TypeError, KeyError):
        return "wrong"
    stays = _what_stays(text, operation)
    if not _comments("".join(stays)) <= _comments(new):
        return "comment lost"
    at = 0
    for part in stays:
        found = new.find(part, at)
        if found < 0:
            return "reformatted"
        at = found + len(part)
    return "exact"


def _wanted(text: str, operation: Operation) -> list[dict[str, Any]]:
    wanted = _phrases(text)
    match operation:
        case "append":
            wanted.append(NEW)
        case "change":
            wanted[1] = {**wanted[1], "say": OTHER, "channels": ["chat"]}
        case "remove":
            del wanted[1]
    return wanted


def _phrases(text: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = yaml.load(text, _LOADER)["phrases"]  # noqa: S506  # a safe loader
    return found


def _comments(text: str) -> set[str]:
    return set(re.findall(r"(?:^|(?<=\s))#.*?(?=\s*$)", text, re.MULTILINE))


def _what_stays(text: str, operation: Operation) -> list[str]:
    """The parts of a file that a change has no reason to touch, in their order."""
    root: Any = yaml.compose(text, _LOADER)
    (held,) = (child for key, child in root.value if key.value == "phrases")
    first, second, last = held.value
    if operation == "append":
        end = _line_end(text, _end(last)) if not held.flow_style else _end(last)
        return [text[:end], text[end:]]
    if operation == "change":
        say = next(value for key, value in second.value if key.value == "say")
        last_line = _end(second.value[-1][1]) if second.flow_style else _line_end(text, _end(second))
        return [text[: say.start_mark.index], text[_end(say) : last_line], text[last_line:]]
    if held.flow_style:
        return [text[: _end(first)], text[_end(second) :].removeprefix(",")]
    dash = text.rindex("-", 0, second.start_mark.index)
    return [text[: text.rindex("\n", 0, dash) + 1], text[_line_end(text, _end(second)) :]]


def _line_end(text: str, index: int) -> int:
    """Where the line after that of a place begins; a text in many lines ends there itself."""
    if text[index - 1] == "\n":
        return index
    return text.find("\n", index) + 1 or len(text)


def _end(node: Any) -> int:
    if node.id == "scalar" or node.flow_style or not node.value:
        return int(node.end_mark.index)
    last = node.value[-1]
    return _end(last[1] if node.id == "mapping" else last)
