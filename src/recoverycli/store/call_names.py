"""Find a call by an id, a part of one, or its position from the end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recoverycli.errors import NotFound
from recoverycli.store.index.rows import id_at, ids_with_part
from recoverycli.text.safe import searchable_text

if TYPE_CHECKING:
    from recoverycli.store.calls.archive import Archive
    from recoverycli.store.queries import CallQueries

LAST = "last"
_SOME = 3
_ALL = 1_000_000
_SEE = "See them: recovery log list"


def find_id(kept: CallQueries, wanted: str) -> str:
    """Return the id that `wanted` names: an id, a unique part of one, `last`, or `-2` for the one before last.

    Raises NotFound if there is none or more than one.
    """
    wanted = searchable_text(wanted)
    place = _place(wanted)
    if place is not None:
        found = kept.ask(lambda connection: id_at(connection, place))
        if found is not None:
            return found
        if place == 1:
            raise NotFound("there is no finished call yet", hint="Start one: recovery start")
        raise NotFound(f"there are fewer than {place} finished calls", hint=_SEE)
    ids, number = kept.ask(lambda connection: ids_with_part(connection, wanted, _SOME)) if wanted else ([], 0)
    if wanted in ids or number == 1:
        return wanted if wanted in ids else ids[0]
    if not number:
        raise NotFound(f"no finished call has {wanted[:80]} in its id", hint=_SEE)
    some = ", ".join(ids)
    raise NotFound(f"{number} calls have {wanted[:80]} in their ids: {some} ...", hint="Type more of the id.")


def find_practice_id(archive: Archive, wanted: str) -> str:
    """The same for practice. Raises NotFound as `find_id` does."""
    ids = [path.stem for path in archive.newest(_ALL)]
    place = _place(wanted)
    if place is not None and place <= len(ids):
        return ids[place - 1]
    matching = [one for one in ids if wanted and wanted in one]
    if wanted in matching or len(matching) == 1:
        return wanted if wanted in matching else matching[0]
    if matching:
        some = ", ".join(matching[:_SOME])
        raise NotFound(f"{len(matching)} have {wanted[:80]} in their ids: {some} ...", hint="Type more of the id.")
    what = f"no practice has {wanted[:80]} in its id" if ids and place is None else "there is no practice yet"
    raise NotFound(what, hint="Start one: recovery practice")


def _place(wanted: str) -> int | None:
    """How many calls back `wanted` means: 1 for `last` and `-1`."""
    if wanted == LAST:
        return 1
    if wanted.startswith("-") and wanted[1:].isdecimal() and len(wanted) < 12 and int(wanted[1:]) > 0:
        return int(wanted[1:])
    return None
