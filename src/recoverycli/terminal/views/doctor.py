"""What is stored where, and its problems."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from recoverycli.pages.page import Row, Section
from recoverycli.store.maintenance.check import Examination
from recoverycli.store.maintenance.repair import RepairResult
from recoverycli.text.format import plural

if TYPE_CHECKING:
    from collections.abc import Iterator

    from recoverycli.pages.page import Page
    from recoverycli.store.maintenance.check import JournalState, Sample

_NAMES = {
    "live": "Open calls",
    "sessions": "Calls",
    "practice": "Practice",
    "reviews": "Assessments",
    "causes": "Causes",
}
_SHOWN = 5


class Checkup(msgspec.Struct, frozen=True):
    """All that was found: in the data folder, in the settings and the frameworks, and what was repaired.

    `really_in` is where a Python of the Microsoft Store keeps the data folder. `may_be_read`: on Windows, outside the
    user's profile, where its permissions are not known.
    """

    data: Examination
    mended: RepairResult | None
    settings: str
    settings_exist: bool
    config: str
    frameworks: tuple[str, ...]
    versions: dict[str, str]
    settings_files: tuple[str, ...] = ()
    settings_secrets: tuple[str, ...] = ()
    really_in: str = ""
    may_be_read: bool = False

    @property
    def is_well(self) -> bool:
        """Whether no problem remains."""
        refused = self.mended is not None and bool(self.mended.refused)
        beside = self.frameworks or self.settings_secrets
        return not (self.data.fixable or self.data.needs_a_person or beside or refused)

    def as_json(self) -> dict[str, Any]:
        """The same facts for scripts."""
        facts: dict[str, Any] = msgspec.to_builtins(self)
        facts["mended"] = self.mended._asdict() if self.mended is not None else None
        return {"well": self.is_well, **facts}


def doctor_page(checkup: Checkup) -> Page:
    """Return the findings as a page."""
    data = checkup.data
    fault_rows = tuple(_fault_rows(checkup))
    sections = [
        Section(lead=_lead(checkup), rows=tuple(_repair_rows(checkup.mended))),
        Section("Stored data", data.home, rows=(*_store_rows(data), *_place(checkup))),
    ]
    if data.open_calls:
        sections.append(Section("Open calls", rows=tuple(_open(call) for call in data.open_calls)))
    if fault_rows:
        sections.append(Section("Problems", rows=fault_rows))
    settings = checkup.settings if checkup.settings_exist else f"{checkup.settings} (not made yet)"
    rows = (
        Row("Settings", settings),
        Row("Versions", ", ".join(f"{name} {of}" for name, of in checkup.versions.items())),
        Row("Not checked", "what calls say; to look for secrets in them: recovery log scrub --dry-run"),
    )
    remove = (
        Row("All calls", f"{_listing(data.own, data.home)}; a backup first: recovery log backup FILE"),
        Row("Your settings", _listing(checkup.settings_files, checkup.config)),
        Row("One person", 'recovery log erase --customer "NAME"'),
    )
    return (*sections, Section("This tool", rows=rows), Section("To remove everything", rows=remove))


def _lead(checkup: Checkup) -> str:
    if checkup.is_well:
        verb = "found" if checkup.mended is None else "remain"
        return f"No problems {verb} in files, the disk, permissions, open calls, the index and the frameworks."
    if checkup.data.fixable:
        return "Some problems can be repaired: recovery doctor --fix"
    return "Some problems need your attention."


def _repair_rows(mended: RepairResult | None) -> Iterator[Row]:
    if mended is None:
        return
    if mended.private:
        yield Row("Fixed", f"made private: {plural(mended.private, 'file')}, folders among them")
    if mended.removed:
        yield Row("Fixed", f"{plural(mended.removed, 'leftover')} removed")
    if mended.indexed:
        yield Row("Fixed", "the index was rebuilt")
    for why in mended.refused[:_SHOWN]:
        yield Row("Not fixed", why)


def _store_rows(data: Examination) -> Iterator[Row]:
    from humanize import naturalsize

    if not data.exists:
        yield Row("Nothing", "the folder is not there yet; the first call makes it")
        return
    for kind in data.kinds:
        size = naturalsize(kind.bytes, binary=True) if kind.files else ""
        yield Row(_NAMES[kind.name], f"{plural(kind.files, 'file')}{f', {size}' if size else ''}", kind.name)
    index = data.index
    facts = [index.state, naturalsize(index.bytes, binary=True) if index.bytes else "", index.why]
    facts += [
        f"{plural(number, 'file')} {what}"
        for number, what in ((index.edited, "edited in place"), (index.unknown, "not seen yet"), (index.gone, "gone"))
        if number
    ]
    missing = "built by the next command that reads" if index.state in {"missing", "of another version"} else ""
    yield Row("Index", ", ".join(filter(None, (*facts, missing))), "index.sqlite3, a cache")
    yield from _list_rows("Set aside", "lines of a journal that could not be read", data.set_aside)
    for path in data.foreign:
        yield Row("Not ours", path)


def _place(checkup: Checkup) -> Iterator[Row]:
    if checkup.really_in:
        why = "Python from the Microsoft Store keeps it there, and removes it when it is uninstalled"
        yield Row("Really in", f"{checkup.really_in}; {why}")
    if checkup.may_be_read:
        home = checkup.data.home
        yield Row("Access", f'it is outside your user profile; to see who can read it: icacls "{home}"')


def _listing(names: tuple[str, ...], folder: str) -> str:
    """Name what to remove: the folder may contain other files."""
    return f"remove {', '.join(names)} in {folder}" if names else f"nothing is in {folder}"


def _open(call: JournalState) -> Row:
    told = {
        "waiting": f"can be resumed: recovery resume {call.id}",
        "open in another window": "open in another window",
        "finished": f"finished already, its journal was left behind: recovery resume {call.id} tidies up",
        "unreadable": f"cannot be read: {call.why}",
    }
    return Row(call.id, told[call.state])


def _fault_rows(checkup: Checkup) -> Iterator[Row]:
    data = checkup.data
    for fault in data.place:
        yield Row("Place", f"{fault.path}: {fault.why}")
    for fault in data.faults:
        yield Row("Not read", f"{fault.path}: {fault.why}; it is left alone")
    if data.fault_count > len(data.faults):
        yield Row("Not read", f"and {plural(data.fault_count - len(data.faults), 'more file')}")
    yield from _list_rows("Dated ahead", "correct the clock of this computer, or delete the call", data.ahead)
    yield from _list_rows("Too open", "others on this computer can look into it", data.too_open)
    yield from _list_rows("Left behind", "an interrupted write left it", data.leftovers)
    if data.index.needs_rebuild:
        yield Row("Index", "it does not say what the files say: recovery log reindex")
    for line in checkup.settings_secrets:
        yield Row("Settings", f"{line}: recovery config edit; or mask it: recovery log scrub")
    for line in checkup.frameworks:
        yield Row("Framework", line)


def _list_rows(label: str, why: str, some: Sample) -> Iterator[Row]:
    for path in some.first[:_SHOWN]:
        yield Row(label, path, why)
    if some.count > _SHOWN:
        yield Row(label, f"and {some.count - _SHOWN:,} more", why)
