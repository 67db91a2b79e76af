"""The connection of a desk: database, role, and what waits to be sent."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from recoverycli.pages.page import Row, Section
from recoverycli.text.format import plural
from recoverycli.times.age import format_age
from recoverycli.times.wall_clock import to_local

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from recoverycli.pages.page import Page
    from recoverycli.team.status import DeskStatus, Server

_HOW = {"trial": "recovery team trial", "libpq": "recovery team connect"}
_TLS = {"local": "within this computer", "none": "NOT encrypted", "unverified": "encrypted, certificate not checked"}
_VERIFIED = "encrypted, certificate checked"


def status_page(standing: DeskStatus, now: datetime) -> Page:
    """Return the connection of a desk as a page."""
    sections = [Section(lead=_lead(standing), rows=tuple(_fault_rows(standing)))]
    if standing.connected:
        sections.append(Section("Connection", rows=tuple(_connection(standing))))
    if standing.connected or standing.desk:
        sections.append(Section("This desk", rows=tuple(_desk(standing, now))))
    return tuple(sections)


def server_line(server: Server) -> str:
    """Return a database and the role of this desk in a line."""
    return f"{_where(server)}, PostgreSQL {server.version}, as {server.role} ({_rights(server)})"


def trial_lines(version: str, folder: str) -> list[str]:
    """Return what was set up, and the next three commands to try."""
    return [
        f"PostgreSQL {version} runs for you alone, and this desk is connected to it.",
        f"Its data: {folder}",
        "",
        "Try next:",
        "  recovery start learn       a call; when it ends, it waits to be sent",
        "  recovery team push         it goes into the database",
        "  recovery log list --team   the calls of the whole team",
        "",
        "Stop it:   recovery team trial --stop",
        "Remove it: recovery team trial --remove",
    ]


def init_lines(names: Sequence[str], number: int, *, dry_run: bool) -> list[str]:
    """Return what was done to a database, or would be."""
    if not names:
        return [f"The database is up to date: schema {number}."]
    if dry_run:
        return [f"would be done, up to schema {number}: {', '.join(names)}. Nothing was changed."]
    return [
        f"The database is ready: schema {number} ({', '.join(names)}).",
        "Give people their rights, for example: GRANT recovery_agent TO ana;",
    ]


def _lead(standing: DeskStatus) -> str:
    if not standing.connected:
        return "This desk is not connected. Try a database on this computer: recovery team trial"
    if standing.server is None:
        return "This desk is connected, but the database cannot be used now."
    return "This desk is connected." if not standing.remarks else "This desk is connected. Read the notes below."


def _fault_rows(standing: DeskStatus) -> Iterator[Row]:
    if standing.problem:
        yield Row("Problem", standing.problem)
        if standing.hint:
            yield Row("What to do", standing.hint)
    for remark in standing.remarks:
        yield Row("Note", remark)


def _connection(standing: DeskStatus) -> Iterator[Row]:
    server = standing.server
    if server is not None:
        schema = "unknown" if server.schema is None else str(server.schema) if server.schema else "none yet"
        yield Row("Database", _where(server))
        aside = "; for trying only" if standing.how == "trial" else ""
        yield Row("Server", f"PostgreSQL {server.version}, schema {schema}{aside}")
        yield Row("Role", f"{server.role} ({_rights(server)})")
        yield Row("Way", _TLS.get(server.tls, _VERIFIED))
    yield Row("Chosen by", _HOW.get(standing.how or "", standing.how or ""))


def _desk(standing: DeskStatus, now: datetime) -> Iterator[Row]:
    waiting = f"{plural(standing.waiting, 'change')} to send: recovery team push" if standing.waiting else "nothing"
    yield Row("Waiting", waiting)
    yield Row("Last push", _when(standing.pushed_at, now))
    yield Row("Last pull", _when(standing.pulled_at, now))
    if standing.desk:
        yield Row("Known as", standing.desk)


def _where(server: Server) -> str:
    if server.host.startswith(("/", "@")):
        return f"{server.database} at {server.host}"
    return f"{server.database} at {server.host}:{server.port}"


def _rights(server: Server) -> str:
    if server.unbound:
        return "above all rights"
    return ", ".join(server.rights) or "no rights yet"


def _when(moment: str | None, now: datetime) -> str:
    if moment is None:
        return "never"
    return format_age(to_local(datetime.fromisoformat(moment)), now)
