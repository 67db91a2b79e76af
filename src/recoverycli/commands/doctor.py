"""`recovery doctor`: check the stored data for problems."""

from __future__ import annotations

import os
import platform
import sys
from typing import Annotated

import typer

from recoverycli import paths
from recoverycli.commands.common.context import Setup
from recoverycli.commands.common.help_text import help_with_examples
from recoverycli.commands.common.options import AsJsonObject
from recoverycli.times.clock import file_time_ns, now
from recoverycli.version import __version__

HELP = help_with_examples(
    "Check the stored data for problems.\n\nThis shows what is stored where, its size, its disk, permissions, "
    "unreadable files, calls dated ahead, open calls and the index. --fix repairs what is safe to repair. "
    "The exit code is 1 if there is a problem.",
    "recovery doctor",
    "recovery doctor --fix",
    "recovery doctor --json",
)


def command(
    context: typer.Context,
    fix: Annotated[bool, typer.Option("--fix", help="Repair what is safe to repair.")] = False,
    as_json: AsJsonObject = False,
) -> None:
    """Check the stored data for problems."""
    from recoverycli.commands.common.settings_secrets import settings_with_secrets
    from recoverycli.session.transcript.plausible import SLACK
    from recoverycli.store.layout import SETTINGS
    from recoverycli.store.maintenance.check import examine
    from recoverycli.store.maintenance.repair import repair
    from recoverycli.terminal.progress import progress
    from recoverycli.terminal.views.doctor import Checkup, doctor_page

    setup: Setup = context.obj
    moment = file_time_ns() / 1e9
    # A clock may be behind, or in another zone than the one in which the call was made.
    latest = (now() + SLACK).date()
    with progress(setup.look, sys.stderr, "Checking the data") as report:
        found = examine(setup.home, moment, report, latest=latest, environ=os.environ)
        mended = None
        if fix and found.fixable:
            mended = repair(setup.home, moment, report, index=found.index.needs_rebuild)
            found = examine(setup.home, moment, report, latest=latest, environ=os.environ)
    config = paths.config_home(os.environ)
    real = os.path.realpath(setup.home)
    checkup = Checkup(
        data=found,
        mended=mended,
        settings=str(setup.settings_file),
        settings_exist=setup.settings_file.exists(),
        config=str(config),
        settings_secrets=settings_with_secrets(setup.settings_file),
        frameworks=tuple(problem.as_line() for problem in setup.library().listing().problems),
        versions=_versions(),
        settings_files=tuple(name for name in SETTINGS if (config / name).exists()),
        really_in=real if paths.is_redirected(real) else "",
        may_be_read=os.name == "nt" and not paths.is_in_profile(setup.home, os.environ),
    )
    if as_json:
        setup.output.as_json(checkup.as_json())
    else:
        setup.output.show(doctor_page(checkup))
    if not checkup.is_well:
        raise typer.Exit(1)


def _versions() -> dict[str, str]:
    import sqlite3

    from recoverycli.redaction.attestation import rules_version

    return {
        "recovery": __version__,
        "masking rules": rules_version(),
        "Python": platform.python_version(),
        "SQLite": sqlite3.sqlite_version,
        # All that `platform.platform` says would run `uname`, of whatever folder is first on PATH.
        "system": f"{platform.system()} {platform.release()}",
    }
