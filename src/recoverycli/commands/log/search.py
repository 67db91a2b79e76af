"""`recovery log search`: find calls by the words in them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import msgspec
import typer

from recoverycli.commands.common.calls import calls_of
from recoverycli.commands.common.context import Setup
from recoverycli.commands.common.filter_options import with_filter_options
from recoverycli.commands.common.help_text import help_with_examples
from recoverycli.commands.common.options import AsJsonLines, Team
from recoverycli.errors import UsageProblem
from recoverycli.session.filters import Filters
from recoverycli.session.query import FIELDS
from recoverycli.times.clock import now

if TYPE_CHECKING:
    from recoverycli.store.index.search import Order

HELP = help_with_examples(
    "Find calls by the words in them.\n\nThe search covers what was said, noted, captured, offered and "
    'promised, the summary, cause, issue and customer. Use a "phrase" in quotes, -word to exclude a word, '
    f"wor* for a prefix, note:word for one field ({', '.join(FIELDS)}), and OR between alternatives.",
    'recovery log search "charged twice"',
    'recovery log search "charged twice -hotel" --since 2026-01-01',
    'recovery log search "customer:ana refund*" --newest',
)
# -word is not an option.
CONTEXT = {"ignore_unknown_options": True}
_PAGE = 20


@with_filter_options
def command(
    context: typer.Context,
    words: Annotated[list[str], typer.Argument(metavar="WORDS", help="The search terms, best in quotes.")],
    *,
    wanted: Filters,
    newest: Annotated[
        bool, typer.Option("--newest", help="Sort by date, newest first, instead of by relevance.")
    ] = False,
    oldest: Annotated[bool, typer.Option("--oldest", help="Sort by date, oldest first.")] = False,
    team: Team = False,
    as_json: AsJsonLines = False,
) -> None:
    """Find calls by the words in them."""
    from recoverycli.review.search import find_calls
    from recoverycli.session.query import read_search
    from recoverycli.text.safe import searchable_text

    setup: Setup = context.obj
    typed = searchable_text(" ".join(words))
    search = read_search(typed)
    if newest and oldest:
        raise UsageProblem("--newest and --oldest: choose one of them")
    if not search.groups and not search.without:
        raise UsageProblem(f"there is no word in {typed[:60]}", hint="For example: recovery log search refund")
    among = wanted if wanted.limit else msgspec.structs.replace(wanted, limit=_PAGE)
    order: Order = "newest" if newest else "oldest" if oldest else "rank"
    with calls_of(setup, team=team) as kept:
        found = find_calls(kept, search, among, now(), order)
    if as_json:
        for call in found.calls:
            setup.output.as_json(call.as_json())
    else:
        from recoverycli.terminal.views.log.search import found_page

        setup.output.show(found_page(found, typed, now()))
    if found.total > len(found.calls):
        setup.output.tell(f"{len(found.calls)} of {found.total} calls; -n shows more, another word narrows it down")
