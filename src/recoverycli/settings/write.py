"""Change a settings file that people also edit: comments, order and line ends stay.

Invalid TOML is never written, and every change is read back before it replaces the file.
"""

from __future__ import annotations

import contextlib
import os
import re
import tomllib
from typing import TYPE_CHECKING, Any

from recoverycli.errors import ContentProblem, StoreProblem
from recoverycli.settings.file import flat, parse
from recoverycli.settings.model import DOCUMENTED, FIELDS, FOLDER_LISTS
from recoverycli.system.disk import flush, read_written, replace, unlink

if TYPE_CHECKING:
    from collections.abc import Mapping, MutableMapping
    from pathlib import Path

    from tomlkit.container import Container

_HEAD = """\
# The settings of recovery. The values in use and their sources: recovery config show
# A line that begins with # has no effect. Remove the #, or run: recovery config set NAME VALUE
"""
# Examples in the file for settings without a default.
_EXAMPLES = {"agent": "Your name", "channel": "phone", "currency": "EUR", "country": "GB-ENG"}
_KINDS = 'redact = ["email", "phone"]'
_REMEDIES = """\
# [[remedies]]
# name = "refund"
# kind = "money"
# most = 50
# alone = 25
# needs = "team lead"
"""
_CONTACTS = """\
# contacts.incidents = "name and number"
# contacts.GB.emergency = "number"
"""
_PATTERNS = '# patterns.order-number = "AA-00000 or 0000000"\n'
_UNSET = "recovery-takes-this-setting-out"
_TABLE = re.compile(r"^\s*\[", re.MULTILINE)
UNTOUCHED = "The settings were not changed."
EDIT = "Edit the file: recovery config edit"


def write(path: Path, changes: Mapping[str, Any]) -> None:
    """Set the values, and remove settings with None; a missing file is created with an explanation of every setting.

    Raises ContentProblem if the file is not valid TOML, StoreProblem if it cannot be written.
    """
    text = read_text(path)
    before = flat(_parse(path, text)) if text is not None else {}
    if text is None:
        text = new_file_text()
    wanted = {name: value for name, value in {**before, **changes}.items() if value is not None}
    try:
        for name, value in changes.items():
            text = without_value(text, name) if value is None else with_value(text, name, value)
        sound = flat(tomllib.loads(text)) == wanted
    except (ValueError, TypeError):  # a layout that one of the two libraries does not read
        sound = False
    if not sound:
        names = ", ".join(changes)
        raise ContentProblem(f"{path}: {names} cannot be changed there by this command", kept=UNTOUCHED, hint=EDIT)
    replace_text(path, text.encode())


def new_file_text() -> str:
    """Return a new settings file that explains every setting and sets none."""
    paragraphs = [_HEAD]
    for name, about in DOCUMENTED.items():
        example = {"remedies": _REMEDIES, "contacts": _CONTACTS, "patterns": _PATTERNS}.get(
            name
        ) or f"# {_default(name)}\n"
        none = " Not set by default." if FIELDS[name].default is None else ""
        paragraphs.append(f"# {about}{none}\n{example}")
    return "\n".join(paragraphs)


def with_value(text: str, name: str, value: Any) -> str:
    """Return the text of a settings file with that value, at the setting or its commented example."""
    import tomlkit

    document = tomlkit.parse(text)
    table, key = _table(document, name)
    if key not in table:
        top = _TABLE.search(text)
        end = top.start() if top else len(text)
        example = re.compile(rf"^#[ \t]*{re.escape(name)}[ \t]*=[^\r\n]*", re.MULTILINE).search(text, 0, end)
        if example is not None:
            return text[: example.start()] + _line(name, value) + text[example.end() :]
        groups = name.split(".")[:-1]
        if groups and not re.search(rf"^\s*\[\s*{re.escape(groups[0])}\s*[\].]", text, re.MULTILINE):
            before = text[:end] if not end or text[:end].endswith("\n") else f"{text[:end]}\n"
            return f"{before}{_line(name, value)}\n{text[end:]}"
        table = document
        for group in groups:
            table = table.setdefault(group, tomlkit.table())
    table[key] = value
    return tomlkit.dumps(document)


def without_value(text: str, name: str) -> str:
    """Return the text of a settings file with that setting commented out."""
    import tomlkit

    document = tomlkit.parse(text)
    table, key = _table(document, name)
    if key not in table:
        return text
    if name == "remedies":
        document.remove(name)
        return tomlkit.dumps(document)
    # On one line, so that it is found again.
    table[key] = _UNSET
    lines = tomlkit.dumps(document).splitlines(keepends=True)
    place = next(number for number, line in enumerate(lines) if _UNSET in line)
    _, _, rest = lines[place].partition(f'"{_UNSET}"')
    lines[place] = f"# {_default(name)}{rest}"
    return "".join(lines)


def _table(document: Container, name: str) -> tuple[MutableMapping[str, Any], str]:
    """The table of a setting and its name there: `push` in `[team]` for `team.push`."""
    *groups, key = name.split(".")
    table: MutableMapping[str, Any] = document
    for group in groups:
        table = table.get(group, {})
        if not isinstance(table, dict):
            raise TypeError(f"{group} is no table")
    return table, key


def _line(name: str, value: Any) -> str:
    import tomlkit

    return f"{name} = {tomlkit.item(value).as_string()}"


def _default(name: str) -> str:
    """A line of the file with the default of a setting, or an example."""
    if name == "redact":
        return _KINDS
    if name == "cards.off":
        return 'cards.off = ["fraud"]'
    if name in FOLDER_LISTS:
        return f'{name} = ["/srv/shop/.recovery"]'
    if name not in FIELDS:
        return f'{name} = "name and number"'
    default = FIELDS[name].default
    value = _EXAMPLES.get(name, "") if default is None else default
    return f"{name} = {str(value).lower()}" if isinstance(value, int) else f'{name} = "{value}"'


def read_text(path: Path) -> str | None:
    """Return the text of a settings file; None if there is none. Raises ContentProblem and StoreProblem."""
    try:
        return read_written(path).decode("utf-8-sig")
    except FileNotFoundError:
        return None
    except UnicodeDecodeError as broken:
        raise ContentProblem(f"{path}: it is not UTF-8 text", kept=UNTOUCHED, hint=EDIT) from broken
    except OSError as refused:
        raise _refusal(path, refused) from refused


def _parse(path: Path, text: str) -> dict[str, Any]:
    try:
        return parse(text)
    except (ValueError, RecursionError) as broken:
        raise ContentProblem(f"{path}: {broken}", kept=UNTOUCHED, hint="Correct it first: recovery config edit") from (
            broken
        )


def replace_text(path: Path, data: bytes) -> None:
    """Replace the file in one step; a new file and its folder are private to the user. Raises StoreProblem."""
    import tempfile
    from pathlib import Path

    target = Path(os.path.realpath(path))
    temporary: Path | None = None
    try:
        if not target.parent.exists():
            target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
        temporary = Path(name)
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            flush(file.fileno())
        if target.exists():
            temporary.chmod(target.stat().st_mode & 0o777)
        replace(temporary, target)
    except OSError as refused:
        if temporary is not None:
            with contextlib.suppress(OSError):
                unlink(temporary, missing_ok=True)
        raise _refusal(path, refused) from refused


def _refusal(path: Path, fault: OSError) -> StoreProblem:
    return StoreProblem(
        f"{path}: {fault.strerror or fault}",
        kept=UNTOUCHED,
        hint="Check its permissions and the free space on its disk, or choose another file with --config.",
    )
