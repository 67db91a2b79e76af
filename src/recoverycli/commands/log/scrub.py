"""`recovery log scrub`: mask card numbers, codes and passwords in stored calls."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from recoverycli.commands.common.context import Setup
from recoverycli.commands.common.help_text import help_with_examples
from recoverycli.commands.common.options import Confirmed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from recoverycli.store.privacy.scrub import UnmaskedFile

HELP = help_with_examples(
    "Mask card numbers, codes and passwords in stored calls.\n\nThis covers calls, practice, reviews, your own phrases "
    "and your settings, and also masks what the setting redact names, though not in settings. A file without any of it "
    "stays unchanged, byte for byte.",
    "recovery log scrub --dry-run",
    "recovery log scrub",
    "recovery log scrub --yes",
)

_LIMITS = "What these rules do not recognise stays as it is."


def command(
    context: typer.Context,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only show what would be masked.")] = False,
    yes: Confirmed = False,
) -> None:
    """Mask card numbers, codes and passwords in stored calls."""
    from recoverycli.commands.common.confirm import confirm
    from recoverycli.redaction.attestation import describe_search
    from recoverycli.store.privacy.scrub import find_unmasked, scrub
    from recoverycli.terminal.progress import progress
    from recoverycli.terminal.views.log.removal import some_lines
    from recoverycli.text.format import plural

    setup: Setup = context.obj
    files = 0
    with progress(setup.look, sys.stderr, "Reading all calls") as report:

        def count(done: int, of: int) -> None:
            nonlocal files
            files = of
            report(done, of)

        seen = list(find_unmasked(setup.home, count, setup.rules, setup.own_files))
    unread = [one.path.name for one in seen if one.unread]
    looked_for = f"Looked for in {plural(files - len(unread), 'file')}: {describe_search(setup.rules)}.\n{_LIMITS}"
    if unread:
        setup.output.tell(f"note: too large and not looked at: {', '.join(unread)}")
    busy = [one.path.stem for one in seen if one.busy]
    if busy:
        setup.output.tell(f"note: open in another window and left alone: {', '.join(busy)}")
    for one in seen:
        if one.broken:
            setup.output.tell(f"note: holds a secret, but has errors; correct it, then scrub again: {one.path}")
    found = [one for one in seen if not one.stays]
    if not found:
        setup.output.text(f"No finding.\n{looked_for}")
        return
    what = f"{plural(sum(one.places for one in found), 'place')} in {plural(len(found), 'file')}"
    if dry_run or not yes:
        for line in some_lines(_lines(found), len(found), every=dry_run):
            setup.output.text(line)
    if dry_run:
        setup.output.text(f"{what} would be masked. Nothing was changed.\n{looked_for}")
        return
    if not confirm(setup, f"Permanently mask {what}?", yes=yes):
        return
    with progress(setup.look, sys.stderr, "Masking") as report:
        places = scrub(setup.home, found, report, setup.rules)
    setup.output.text(f"masked: {plural(places, 'place')} in {plural(len(found), 'file')}.\n{looked_for}")
    setup.output.tell("Backups and exports were not changed: create new ones and delete the old ones.")


def _lines(found: Sequence[UnmaskedFile]) -> Iterator[str]:
    """Show for each file what would be masked and the masked text, never the words."""
    from recoverycli.terminal.views.log.removal import masked_lines

    return ("\n".join(masked_lines(one.path, one.kinds, one.examples)) for one in found)
