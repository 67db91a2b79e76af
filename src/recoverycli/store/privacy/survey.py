"""Find a person in all stored data: their calls, and mentions elsewhere."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

import msgspec

from recoverycli.errors import StoreProblem
from recoverycli.session.state import fold
from recoverycli.store.calls.transcript_file import BIGGEST
from recoverycli.store.files import refusal
from recoverycli.store.journal.reader import read_journal
from recoverycli.store.layout import (
    FOLDERS,
    ID,
    LIVE,
    MERGED,
    PRACTICE,
    PRACTICE_LINES,
    REVIEWS,
    SESSIONS,
    each_file,
    is_lock,
    is_plain,
    other_files,
)  # fmt: skip
from recoverycli.store.locks import is_open_elsewhere
from recoverycli.store.privacy.own_files import content_files, own_texts
from recoverycli.store.privacy.proposals import ErasureProposal, Proposals
from recoverycli.store.privacy.rewrite import words_in
from recoverycli.system.disk import is_link

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from recoverycli.session.person import Person

    Report = Callable[[int, int], None]

Kind = Literal["call", "practice", "open call"]
_KINDS: dict[str, Kind] = {SESSIONS: "call", PRACTICE: "practice", LIVE: "open call"}
_MOST_EXAMPLES = 5


class CallToErase(NamedTuple):
    """A call of the person."""

    path: Path
    kind: Kind
    customer: str | None
    ref: str | None


class Example(NamedTuple):
    """A mention with its context."""

    path: Path
    words: str


class Survey(NamedTuple):
    """What would be erased. `busy` are calls that another process has open, `beyond` what stays although it contains
    the name or was not searched. `own` are the agent's own files with the name, `doubtful` is what is perhaps theirs.
    """

    going: tuple[CallToErase, ...] = ()
    mentioning: tuple[Path, ...] = ()
    places: int = 0
    examples: tuple[Example, ...] = ()
    busy: tuple[str, ...] = ()
    beyond: tuple[Path, ...] = ()
    own: tuple[Path, ...] = ()
    doubtful: tuple[ErasureProposal, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to erase."""
        return not self.going and not self.mentioning and not self.own


def survey(home: Path, person: Person, report: Report, *, mentions: bool = True, own: Sequence[Path] = ()) -> Survey:
    """Search every file, and the agent's own files. Changes nothing. Raises StoreProblem if a folder cannot be read."""
    proposals = Proposals(person)
    going: list[CallToErase] = []
    mentioning: list[Path] = []
    examples: list[Example] = []
    places, busy = 0, list[str]()
    beyond = list(_other_files(home, person)) if mentions else []
    for found in _each(home, person, proposals if mentions else None, report):
        if found.theirs is not None:
            going.append(found.theirs)
        elif not mentions:
            continue
        elif found.out_of_reach:
            beyond.append(found.path)
            continue
        else:
            mentioning.append(found.path)
            places += found.places
            if found.example and len(examples) < _MOST_EXAMPLES:
                examples.append(Example(found.path, found.example))
        if found.path.suffix == ".jsonl" and is_open_elsewhere(found.path):
            busy.append(found.path.stem)
    named: list[Path] = []
    for path, text in own_texts(own) if mentions else ():
        proposals.add_text(path, text)
        if here := len(person.spans(text)):
            named.append(path)
            places += here
            examples.append(Example(path, person.example(text)))
    if mentions:
        beyond += [path for path, text in own_texts(content_files(own)) if person.spans(text)]
    return Survey(
        tuple(going), tuple(mentioning), places, tuple(examples), tuple(busy), tuple(beyond), tuple(named),
        proposals.found,
    )  # fmt: skip


def name_words(path: Path) -> str:
    """Return the name of a file as text; empty if the tool named it after the id of a call."""
    is_ours = path.name in {*PRACTICE_LINES, MERGED} or ID.fullmatch(path.name.lstrip(".").partition(".")[0])
    return "" if is_ours else path.name


def customer_of(path: Path, data: bytes) -> tuple[str | None, str | None]:
    """The customer of the call in a file, also of another version; nobody if it cannot be read."""
    if path.suffix == ".jsonl":
        try:
            session = fold(read_journal(path).events)
        except StoreProblem:
            session = None
        return (session.customer, session.ref) if session else (None, None)
    with contextlib.suppress(msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        document = msgspec.json.decode(data)
        if isinstance(document, dict):
            return newest_customer(document)
    return None, None


def newest_customer(document: dict[str, Any]) -> tuple[str | None, str | None]:
    """Return the name and the reference of the customer of a transcript, after its amendments."""
    customer = document.get("customer")
    if not isinstance(customer, dict):
        return None, None
    name, ref = (_newest(document, f"customer.{key}", customer.get(key)) for key in ("name", "ref"))
    return name if isinstance(name, str) else None, ref if isinstance(ref, str) else None


def _newest(document: dict[str, Any], field: str, value: Any) -> Any:
    """Return the newest value of a field; what an amendment says is read as far as it can be."""
    amendments = document.get("amendments")
    for amendment in amendments if isinstance(amendments, list) else ():
        if isinstance(amendment, dict) and amendment.get("field") == field:
            value = amendment.get("new")
    return value


class _Found(NamedTuple):
    path: Path
    theirs: CallToErase | None = None
    places: int = 0
    example: str = ""
    out_of_reach: bool = False


def _each(home: Path, person: Person, proposals: Proposals | None, report: Report) -> Iterator[_Found]:
    """Every file that belongs to the person or mentions them, including reviews and leftovers of their calls."""
    theirs: set[str] = set()
    paths = [folder for name in FOLDERS for folder in _parts(home / name)]
    for done, folder in enumerate(paths, start=1):
        for path in each_file(folder) if _is_folder(folder) else (folder,):
            if not is_plain(path) or is_lock(path):
                continue
            if path.relative_to(home).parts[0] in {LIVE, REVIEWS} and path.stem in theirs and path.suffix != ".jsonl":
                continue
            found = _look(home, path, person, proposals)
            if found is not None:
                if found.theirs is not None:
                    theirs.add(path.stem)
                yield found
        report(done, len(paths))


def _parts(folder: Path) -> list[Path]:
    """A folder in parts of a few files, to report progress."""
    if not _is_folder(folder):
        return []
    if folder.name in {LIVE, REVIEWS}:
        return sorted(folder.iterdir(), key=lambda path: (path.suffix != ".jsonl", path.name))
    parts: list[Path] = []
    for year in sorted(folder.iterdir()):
        parts += sorted(year.iterdir()) if _is_folder(year) else [year]
    return parts


def _is_folder(path: Path) -> bool:
    return path.is_dir() and not is_link(path)


def _look(home: Path, path: Path, person: Person, proposals: Proposals | None) -> _Found | None:
    try:
        if path.stat().st_size > BIGGEST:
            return _Found(path, out_of_reach=True) if _is_in_big(path, person) else None
        data = path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as refused:
        raise refusal(path, refused, kept="Nothing was erased.") from refused
    in_name = bool(person.spans(name_words(path)))
    may_hold = in_name or _may_hold(data, person)
    if proposals is not None and not may_hold and not proposals.may_be_in(data.decode("utf-8", "replace")):
        return None
    if proposals is None and not may_hold:
        return None
    name, ref = customer_of(path, data)
    if person.is_customer(name, ref):
        return _Found(path, CallToErase(path, _KINDS.get(path.relative_to(home).parts[0], "call"), name, ref))
    if proposals is not None:
        proposals.add_customer(path, name, ref)
    longer = person.names_of_others(name, ref)
    places, example = int(in_name), ""
    for words in words_in(data):
        places += len(person.spans(words, longer))
        example = example or person.example(words, longer)
        if proposals is not None:
            proposals.add_text(path, words, name, ref)
    return _Found(path, None, places, example) if places else None


def holds(name: str, data: bytes, person: Person) -> bool:
    """Whether a file of a backup contains the person. `name` is its path there."""
    if not _may_hold(data, person) and not person.spans(name):
        return False
    customer = customer_of(Path(name), data) if name.endswith(".json") else (None, None)
    longer = person.names_of_others(*customer)
    return person.is_customer(*customer) or any(person.spans(words, longer) for words in (name, *words_in(data)))


def _may_hold(data: bytes, person: Person) -> bool:
    text = data.decode("utf-8", "replace")
    return "\\u" in text or not all(wanted.is_searchable for wanted in person.queries) or person.may_be_in(text)


def _is_in_big(path: Path, person: Person) -> bool:
    with path.open("rb") as file:
        before = b""
        while piece := file.read(2**20):
            if person.spans((before + piece).decode("utf-8", "ignore")):
                return True
            before = piece[-4096:]
    return False


def _other_files(home: Path, person: Person) -> Iterator[Path]:
    """Entries of the data folder that the tool did not create: files that contain the name, and every folder."""
    for path in other_files(home):
        if path.is_dir() or (is_plain(path) and (person.spans(path.name) or _is_in_big(path, person))):
            yield path
