"""A version of a company's content: files by name, one digest, one packet of bytes.

Pure. The database stores the packet, and desks download it. Anybody who can write to the database can change its bytes,
so it is unpacked as untrusted input: names are checked, and there are no links, modes or compression.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import NamedTuple

import msgspec

from recoverycli.content.library import SUFFIXES
from recoverycli.content.nodes import BIGGEST
from recoverycli.paths import SCORECARD_FILE
from recoverycli.settings.team_content import REMEDIES_FILE

FORMAT = 1
FOLDERS = ("dialogues", "frameworks", "issues", "phrases", "scenarios", "wording")
ALONE = (SCORECARD_FILE, REMEDIES_FILE)
MOST_FILES = 500
MOST_BYTES = 8 * 1024 * 1024  # of all files together
MOST_PACKED = 12 * 1024 * 1024  # base64 is a third longer
_STEM = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_LONGEST_STEM = 60
# Windows reserves these for devices, with any suffix.
_DEVICES = frozenset(
    {"con", "prn", "aux", "nul", *(f"{kind}{number}" for kind in ("com", "lpt") for number in range(10))}
)

Files = Mapping[str, bytes]


class _Packed(msgspec.Struct, frozen=True):
    name: str
    data: bytes


class _Packet(msgspec.Struct, frozen=True):
    format: int
    files: list[_Packed]


class _Head(msgspec.Struct, frozen=True):
    format: int


class UnpackedContent(NamedTuple):
    """The files of a packet, or every reason why a desk refuses it."""

    files: Files
    faults: tuple[str, ...]


class Changes(NamedTuple):
    """The names of files that a version adds, changes and removes."""

    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]


def digest(files: Files) -> str:
    """Return the digest of names and bytes, independent of their order."""
    found = hashlib.sha256()
    for name in sorted(files):
        data = files[name]
        found.update(f"{name}\n{len(data)}\n".encode())
        found.update(data)
    return f"sha256:{found.hexdigest()}"


def manifest(files: Files) -> dict[str, str]:
    """Return the digest of each file by its name."""
    return {name: hashlib.sha256(files[name]).hexdigest() for name in sorted(files)}


def changes(before: Mapping[str, str], after: Mapping[str, str]) -> Changes:
    """Return the changes between two manifests."""
    return Changes(
        tuple(sorted(after.keys() - before.keys())),
        tuple(sorted(name for name in after.keys() & before.keys() if after[name] != before[name])),
        tuple(sorted(before.keys() - after.keys())),
    )


def pack(files: Files) -> bytes:
    """Return the packet of these files."""
    return msgspec.json.encode(_Packet(FORMAT, [_Packed(name, files[name]) for name in sorted(files)]))


def unpack(packet: bytes) -> UnpackedContent:
    """Unpack a packet. Never raises: any bytes are either valid files or refused."""
    if len(packet) > MOST_PACKED:
        return _refuse(f"it has {len(packet):,} bytes; at most {MOST_PACKED:,} are allowed")
    try:
        # Checked first: the rest of a newer format can have any shape.
        head = msgspec.json.decode(packet, type=_Head)
        if head.format != FORMAT:
            return _refuse(newer(head.format))
        packet_ = msgspec.json.decode(packet, type=_Packet)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as broken:
        return _refuse(f"it is not a package of files ({str(broken)[:120]})")
    names = [file.name for file in packet_.files]
    files = {file.name: file.data for file in packet_.files}
    faults = [*faults_of(files), *(["a name appears in it twice"] if len(files) < len(names) else [])]
    return UnpackedContent({}, tuple(faults)) if faults else UnpackedContent(files, ())


def newer(format_: int) -> str:
    """Return the message for a format that this version does not read."""
    return f"it is of format {str(format_)[:12]} and this recovery reads format {FORMAT}; a newer recovery reads it"


def faults_of(files: Files) -> list[str]:
    """Return the errors in names, sizes and number of files."""
    if not files:
        return ["it contains no files"]
    faults = [f"{shorten(name)}: {fault}" for name in sorted(files) if (fault := name_fault(name))]
    faults += [
        f"{shorten(name)}: it has {len(data):,} bytes; at most {BIGGEST:,} are allowed"
        for name, data in sorted(files.items())
        if len(data) > BIGGEST
    ]
    if len(files) > MOST_FILES:
        faults.append(f"there are {len(files):,} files; at most {MOST_FILES} are allowed")
    if (total := sum(map(len, files.values()))) > MOST_BYTES:
        faults.append(f"the files have {total:,} bytes together; at most {MOST_BYTES:,} are allowed")
    return faults + _twice(files)


def name_fault(name: str) -> str:
    """Return why a name is not allowed in a version; empty if it is."""
    if name in ALONE:
        return ""
    folder, slash, file = name.partition("/")
    if not slash or folder not in FOLDERS or "/" in file:
        return f"a version can contain only {', '.join([*(f'{one}/' for one in FOLDERS), *ALONE])}"
    path = PurePosixPath(file)
    if path.suffix not in SUFFIXES:
        return "the name of a file here must end in .yaml"
    if not _STEM.fullmatch(path.stem) or len(path.stem) > _LONGEST_STEM:
        return "names here have lowercase letters, digits and dashes, like the id in the file"
    return "Windows reserves that name for a device" if path.stem in _DEVICES else ""


def shorten(name: str) -> str:
    """Return a name shortened for messages: a hostile one can have any length."""
    return name if len(name) <= 80 else f"{name[:80]}..."


def _twice(files: Files) -> list[str]:
    by_id: dict[str, str] = {}
    faults = []
    for name in sorted(files):
        stem = name.rpartition(".")[0]
        if stem in by_id:
            faults.append(f"{shorten(name)}: {shorten(by_id[stem])} already has that id")
        by_id[stem] = name
    return faults


def _refuse(why: str) -> UnpackedContent:
    return UnpackedContent({}, (why,))
