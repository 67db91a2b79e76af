"""Published versions, and the results of publishing and pulling."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from recoverycli.pages.page import Row, Section
from recoverycli.terminal.views.call.parts import shorten
from recoverycli.text.format import plural
from recoverycli.times.age import format_age
from recoverycli.times.wall_clock import to_local

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from recoverycli.pages.page import Page
    from recoverycli.team.content.package import Changes, Files
    from recoverycli.team.content.pull import PullResult
    from recoverycli.team.content.versions import PublishResult, Version

_SOME = 6


def versions_page(versions: Sequence[Version], now: datetime) -> Page:
    """Return the versions, a section each."""
    return tuple(_section(version, now) for version in versions)


def sound_line(files: Files) -> str:
    """Return that the files of a folder are valid, and which they are."""
    return f"{plural(len(files), 'file')}, all sound: {_some(sorted(files))}."


def published_lines(done: PublishResult, files: Files, *, dry_run: bool) -> list[str]:
    """Return what publishing did, or would do."""
    if not done.fresh and done.version == done.current:
        return [f"version {done.version} has the same content and is current; nothing was published"]
    if not done.fresh:
        again = f"Make it current again: recovery team rollback {done.version}"
        return [f"version {done.version} had the same content; nothing was published", again]
    what = _describe_changes(done.changes)
    if dry_run:
        return [sound_line(files), f"would be published as version {done.version}: {what}. Nothing was changed."]
    back = f" · back: recovery team rollback {done.current}" if done.current else ""
    return [f"published as version {done.version}: {what}", f"Each desk gets it with: recovery team pull{back}"]


def pulled_lines(done: PullResult) -> list[str]:
    """Return what a pull did."""
    if done.record is None:
        return ["Nothing has been published yet; this desk was not changed."]
    version = done.record.version
    if not done.fresh:
        return [f"version {version} of the team is here already"]
    note = f'"{done.record.note}", ' if done.record.note else ""
    lines = [f"this desk now uses version {version} of the team: {note}{_describe_changes(done.changes)}"]
    if done.before is not None and done.before > version:
        lines.append(f"It is older than version {done.before}, which this desk used before: somebody rolled back.")
    return [*lines, "See: recovery frameworks list"]


def _section(version: Version, now: datetime) -> Section:
    marks = [mark for mark, holds in (("current", version.current), ("here", version.here)) if holds]
    facts = (
        *marks,
        format_age(to_local(datetime.fromisoformat(version.published_at)), now),
        f"by {shorten(version.publisher)}",
    )
    return Section(f"version {version.version}", ", ".join(facts), version.note, tuple(_rows(version)))


def _rows(version: Version) -> Iterator[Row]:
    kinds = (("New", version.added), ("Changed", version.changed), ("Gone", version.removed))
    yield from (Row(label, _some(names)) for label, names in kinds if names)


def _describe_changes(changes: Changes) -> str:
    kinds = ((changes.added, "new"), (changes.changed, "changed"), (changes.removed, "gone"))
    told = [f"{len(names)} {word} ({_some(names)})" for names, word in kinds if names]
    return ", ".join(told) or "no file is different"


def _some(names: Sequence[str]) -> str:
    more = f" and {len(names) - _SOME} more" if len(names) > _SOME else ""
    return ", ".join(shorten(name) for name in names[:_SOME]) + more
