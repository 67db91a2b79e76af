"""The file of the agent's own phrases.

People also edit it by hand, so its layout is preserved. A file with errors is never written, and every change is read
back before it replaces the file.
"""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace

from recoverycli.content.messages import as_texts
from recoverycli.content.nodes import BIGGEST, Problem
from recoverycli.content.reader import SCHEMA, unreadable
from recoverycli.errors import ContentProblem, NotFound, StoreProblem, UsageProblem
from recoverycli.frameworks.reader import phrase_id
from recoverycli.phrases.model import LIST, PersonalPhrase, PhrasesRead, entry, is_blank, read_phrases, same
from recoverycli.phrases.words import change_phrase, change_words, changed_keys
from recoverycli.redaction.redact import redact
from recoverycli.redaction.rules import DEFAULT
from recoverycli.store.files import make_folder, refusal, replace_file
from recoverycli.store.locks import PATIENCE, acquire
from recoverycli.system.disk import read_written
from recoverycli.text.safe import storable_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from recoverycli.phrases.words import Change
    from recoverycli.redaction.rules import Rules

_MARK = "\ufeff"  # which editors on Windows put at the beginning of a file
_HEAD = """\
# Your own phrases: recovery shows them first, marked as yours.
# Change them here, or with: recovery phrases add, edit and remove
"""
_EDIT = "recovery phrases edit"
_ELSEWHERE = "Check its permissions, or choose another folder with RECOVERY_CONFIG_HOME."
_UNTOUCHED = "The file was not changed."


class StoredPhrase(NamedTuple):
    """A phrase of the file, whether it is `new` there, and how many secrets in it were masked."""

    phrase: PersonalPhrase
    new: bool
    masked: int


class Phrasebook:
    """The phrases of one file. Nothing is created before the first phrase is added."""

    def __init__(self, path: Path, rules: Rules = DEFAULT) -> None:
        """`rules` say what is masked before it is stored."""
        self.path = path
        self._rules = rules

    def read(self) -> PhrasesRead:
        """Return the valid phrases and every problem. Never raises; without a file there are no phrases."""
        data = self._bytes()
        return PhrasesRead((), (data,)) if isinstance(data, Problem) else read_phrases(data, str(self.path))

    def keep(self, phrase: PersonalPhrase) -> StoredPhrase:
        """Add a phrase after the last one, masked; an existing one with the same words is returned instead.

        Raises UsageProblem for one that cannot be a phrase, ContentProblem if the file has faults, StoreProblem if it
        cannot be written.
        """
        masked, count = _mask(phrase, self._rules)
        _check(masked)
        with self._edit() as (text, before):
            there = next((other for other in before if same(other, masked)), None)
            if there is not None:
                return StoredPhrase(there, new=False, masked=count)
            after = self._write((*before, masked), text, lambda body: _with_entry(body, masked))
        return StoredPhrase(after[-1], new=True, masked=count)

    def add(self, phrase: PersonalPhrase) -> PersonalPhrase:
        """Add a phrase like `keep`, and return only the phrase."""
        return self.keep(phrase).phrase

    def replace(self, wanted_id: str, phrase: PersonalPhrase) -> StoredPhrase:
        """Change the words or the place of the phrase with that id, and return it.

        Its other lines stay. Raises NotFound if there is none, and what `keep` raises.
        """
        from recoverycli.content.yaml_edits import change_entry

        masked, count = _mask(phrase, self._rules)
        _check(masked)
        with self._edit() as (text, before):
            number = _number(before, wanted_id)
            if number is None:
                raise NotFound(f"there is no phrase {wanted_id[:60]}", hint="See: recovery phrases list")
            there = next((other for other in before if other is not before[number] and same(other, masked)), None)
            if there is not None:
                raise UsageProblem(
                    f"the same phrase already exists, as {there.id}",
                    kept=_UNTOUCHED,
                    hint="See: recovery phrases list",
                )
            changes = changed_keys(before[number], masked)
            if not changes:
                return StoredPhrase(before[number], new=False, masked=count)
            given = replace(masked, id=before[number].id)
            wanted = (*before[:number], given, *before[number + 1 :])
            after = self._write(wanted, text, lambda body: change_entry(body, LIST, number, changes))
        return StoredPhrase(after[number], new=True, masked=count)

    def remove(self, wanted_id: str) -> PersonalPhrase | None:
        """Remove the phrase with that id and return it; None if there is none. A comment above it stays."""
        from recoverycli.content.yaml_edits import remove_entry

        if not self.path.exists():
            return None
        with self._edit() as (text, before):
            number = _number(before, wanted_id)
            if number is None:
                return None
            self._write((*before[:number], *before[number + 1 :]), text, lambda body: remove_entry(body, LIST, number))
        return before[number]

    def change_words(self, change: Change, *, dry_run: bool = False) -> int:
        """Change the words of all phrases and comments, and return the number of places; with `dry_run`, write nothing.

        Raises ContentProblem if the file has faults or its layout does not allow it, StoreProblem if it cannot be
        written.
        """
        text, before = self._sound()
        if dry_run or not text:
            return self._changed_text(text, before, change)[1]
        with self._edit() as (text, before):
            fresh, places = self._changed_text(text, before, change)
            if places:
                wanted = tuple(change_phrase(phrase, change)[0] for phrase in before)
                self._write(wanted, text, lambda _: fresh.removeprefix(_MARK))
        return places

    def begin(self) -> None:
        """Create the file with its heading, if there is none, for editing by hand."""
        with self._edit() as (text, _):
            if not text and not self.path.exists():
                self._write((), "", lambda _: f"{_HEAD}schema: {SCHEMA}\n{LIST}:\n")

    def _bytes(self) -> bytes | Problem:
        try:
            return read_written(self.path, BIGGEST)
        except FileNotFoundError:
            return b""
        except OSError as refused:
            return unreadable(self.path, refused)

    @contextlib.contextmanager
    def _edit(self) -> Iterator[tuple[str, tuple[PersonalPhrase, ...]]]:
        """Lock the file against other windows, and yield its text and phrases."""
        # If the file is a link, the link stays.
        target = self.path.resolve()
        try:
            make_folder(target.parent, target.parent)
            lock = acquire(target.with_name(f".{target.name}.lock"), PATIENCE)
        except StoreProblem as refused:
            raise StoreProblem(refused.message, kept=refused.kept, hint=_ELSEWHERE) from refused
        except OSError as refused:
            raise self._write_problem(refused) from refused
        if lock is None:
            raise StoreProblem(f"{target}: another window is changing it", kept=_UNTOUCHED, hint="Try again.")
        try:
            yield self._sound()
        finally:
            lock.release()

    def _sound(self) -> tuple[str, tuple[PersonalPhrase, ...]]:
        data = self._bytes()
        read = PhrasesRead((), (data,)) if isinstance(data, Problem) else read_phrases(data, str(self.path))
        if isinstance(data, Problem) or read.problems:
            found = f"the file of your phrases has an error:\n{as_texts(read.problems)}"
            raise ContentProblem(found, kept=_UNTOUCHED, hint=f"Correct it: {_EDIT}")
        return data.decode(), read.phrases

    def _changed_text(self, text: str, before: tuple[PersonalPhrase, ...], change: Change) -> tuple[str, int]:
        from recoverycli.content.yaml_edits import Unchangeable

        try:
            return change_words(text, before, change)
        except Unchangeable as broken:
            raise self._layout_problem() from broken

    def _write(
        self, wanted: tuple[PersonalPhrase, ...], text: str, change: Callable[[str], str]
    ) -> tuple[PersonalPhrase, ...]:
        """Replace the file by the changed text, if that has the wanted phrases and nothing else."""
        from recoverycli.content.yaml_edits import Unchangeable

        try:
            body = text.removeprefix(_MARK)
            data = (text[: len(text) - len(body)] + change(body)).encode()
            read = read_phrases(data, str(self.path))
        except Unchangeable:
            read = None
        if read is None or read.problems or [*map(_without_id, read.phrases)] != [*map(_without_id, wanted)]:
            raise self._layout_problem()
        try:
            replace_file(self.path.resolve(), data)
        except OSError as refused:
            raise self._write_problem(refused) from refused
        return read.phrases

    def _layout_problem(self) -> ContentProblem:
        why = f"{self.path}: this command cannot edit a file with this layout"
        return ContentProblem(why, kept=_UNTOUCHED, hint=f"Change it by hand: {_EDIT}")

    def _write_problem(self, refused: OSError) -> StoreProblem:
        return StoreProblem(refusal(self.path, refused).message, kept=_UNTOUCHED, hint=_ELSEWHERE)


def _with_entry(text: str, phrase: PersonalPhrase) -> str:
    from recoverycli.content.yaml_edits import append_entry

    if is_blank(text.encode()):
        head = text or _HEAD
        text = f"{head}{'' if head.endswith(chr(10)) else chr(10)}schema: {SCHEMA}\n"
    return append_entry(text, LIST, entry(phrase))


def _mask(phrase: PersonalPhrase, rules: Rules) -> tuple[PersonalPhrase, int]:
    """Return the masked phrase, and how many card numbers and codes were masked."""
    changed, count = change_phrase(phrase, lambda text: redact(storable_text(text).strip(), rules))
    kept = replace(changed, id="" if phrase.id == phrase_id(phrase.say) else storable_text(phrase.id))
    return kept, count


def _check(phrase: PersonalPhrase) -> None:
    """Check the phrase with the reader: what it would not read is never written."""
    from recoverycli.content.yaml_edits import append_entry

    if not phrase.say:
        raise UsageProblem("the phrase is empty", kept="Nothing was changed.")
    read = read_phrases(append_entry(f"schema: {SCHEMA}\n", LIST, entry(phrase)).encode(), "phrase")
    if read.problems:
        first = read.problems[0]
        told = "; ".join(filter(None, (first.found, first.allowed)))
        raise UsageProblem(f"this cannot be stored as a phrase: {told}", kept="Nothing was changed.")


def _without_id(phrase: PersonalPhrase) -> PersonalPhrase:
    # Without an id in the file, the id follows from the text and the place.
    return replace(phrase, id="")


def _number(phrases: tuple[PersonalPhrase, ...], wanted_id: str) -> int | None:
    return next((number for number, phrase in enumerate(phrases) if phrase.id == wanted_id), None)
