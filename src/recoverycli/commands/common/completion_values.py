"""Values for shell completion.

A completer never prints errors: unreadable data offers nothing.
"""

from __future__ import annotations

import contextlib
import io
import itertools
import os
import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import msgspec
import typer

from recoverycli.commands.common.context import VALUES, GlobalOptions, Setup
from recoverycli.errors import RecoveryError
from recoverycli.frameworks.model import CHANNELS, INTENTS, MOODS, SEVERITIES
from recoverycli.system.programs import split_command

if TYPE_CHECKING:
    from recoverycli.store.index.rows import CallRow

_MOST = 20
# A single word for a shell, without quotes.
_ONE_WORD = re.compile(r"[\w.-]+")


def frameworks(incomplete: str) -> list[str]:
    """Offer the ids of the frameworks."""
    return _match(_framework_ids(), incomplete)


def scenarios(incomplete: str) -> list[str]:
    """Offer the ids of the scenarios."""
    return _match(_scenario_ids(), incomplete)


def steps(context: typer.Context, incomplete: str) -> list[str]:
    """Offer the steps of the framework on the line."""
    return _match(_step_ids(context), incomplete)


def dialogues(context: typer.Context, incomplete: str) -> list[str]:
    """Offer the dialogues of the framework on the line."""
    return _match(_dialogue_ids(context), incomplete)


def calls(incomplete: str) -> list[str]:
    """Offer the ids of the newest finished calls."""
    return _match(_call_ids(), incomplete)


def open_calls(incomplete: str) -> list[str]:
    """Offer the ids of the calls in progress."""
    return _match(_open_ids(), incomplete)


def closed_calls(incomplete: str) -> list[str]:
    """Offer the ids of the calls that can be reopened."""
    return _match(_closed_ids(), incomplete)


def issues(incomplete: str) -> list[str]:
    """Offer the issues of the newest calls, those that are one word for a shell."""
    return _match(_issues(), incomplete)


def known_issues(incomplete: str) -> list[str]:
    """Offer the issues of the newest calls for a comparison of their words: "late-parcel" for Late Parcel."""
    return _match(_as_words(row.issue for row in _newest()), incomplete)


def causes(incomplete: str) -> list[str]:
    """Offer the causes of the newest calls for a comparison of their words, after what is done with them."""
    return _match(itertools.chain(("merge", "split"), _as_words(row.cause for row in _newest())), incomplete)


def families(incomplete: str) -> list[str]:
    """Offer the families of issues, then the issues of the newest calls."""
    return _match(itertools.chain(_family_ids(), _issues()), incomplete)


def phrases(incomplete: str) -> list[str]:
    """Offer the ids of the user's own phrases."""
    return _match(_phrase_ids(), incomplete)


def channels(incomplete: str) -> list[str]:
    """Offer the channels."""
    return _match(CHANNELS, incomplete)


def severities(incomplete: str) -> list[str]:
    """Offer the severities."""
    return _match(SEVERITIES, incomplete)


def call_cards(incomplete: str) -> list[str]:
    """Offer the cards that can be opened in a call."""
    return _match(_call_card_ids(), incomplete)


def moods(incomplete: str) -> list[str]:
    """Offer the moods."""
    return _match(MOODS, incomplete)


def intents(incomplete: str) -> list[str]:
    """Offer the intents of steps."""
    return _match(INTENTS, incomplete)


def outcomes(incomplete: str) -> list[str]:
    """Offer the outcomes of a call."""
    from recoverycli.session.filters import OUTCOME_WORDS

    return _match(OUTCOME_WORDS, incomplete)


def export_formats(incomplete: str) -> list[str]:
    """Offer the formats of an export."""
    from recoverycli.review.exporters.formats import FORMATS

    return _match(FORMATS, incomplete)


def groupings(incomplete: str) -> list[str]:
    """Offer the groupings of calls."""
    from recoverycli.review.statistics.groupings import GROUPINGS

    return _match(GROUPINGS, incomplete)


def handout_formats(incomplete: str) -> list[str]:
    """Offer the formats of a handout."""
    from recoverycli.training.handouts.formats import FORMATS

    return _match(FORMATS, incomplete)


def papers(incomplete: str) -> list[str]:
    """Offer the sizes of paper."""
    from recoverycli.training.handouts.formats import PAPERS

    return _match(PAPERS, incomplete)


def cards(incomplete: str) -> list[str]:
    """Offer the role cards."""
    from recoverycli.training.handouts.cards import CARDS

    return _match(CARDS, incomplete)


def difficulties(incomplete: str) -> list[str]:
    """Offer the difficulties of a scenario."""
    from recoverycli.training.scenarios.model import DIFFICULTIES

    return _match(DIFFICULTIES, incomplete)


def reviewers(incomplete: str) -> list[str]:
    """Offer the roles of reviewers."""
    from recoverycli.store.calls.review_words import ROLES

    return _match(ROLES, incomplete)


def settings(incomplete: str) -> list[str]:
    """Offer the names of the settings."""
    from recoverycli.settings.contacts import CONTACTS, PREFIX
    from recoverycli.settings.model import FIELDS

    alone = (name for name in FIELDS if name not in {"contacts", "remedies"})
    return _match((*alone, *(f"{PREFIX}{kind}" for kind in CONTACTS)), incomplete)


def _scenario_ids() -> Iterator[str]:
    yield from _setup().scenarios().ids()


def _match(values: Iterable[str], incomplete: str) -> list[str]:
    found: dict[str, None] = {}
    with contextlib.suppress(RecoveryError, OSError, ValueError):
        for value in values:
            if value.startswith(incomplete):
                found[value] = None
    return list(found)


def _framework_ids() -> Iterator[str]:
    yield from _setup().library().ids()


def _step_ids(context: typer.Context) -> Iterator[str]:
    if framework := _framework_on_line(context):
        yield from (step.id for step in _setup().library().load(framework).content.steps)


def _dialogue_ids(context: typer.Context) -> Iterator[str]:
    framework = _framework_on_line(context)
    found = _setup().library().find(framework, []) if framework else None
    if found is not None:
        yield from (one.content.id for one in _setup().dialogues().of(found.content).entries)


def _framework_on_line(context: typer.Context) -> str | None:
    framework: str | None = context.params.get("framework")
    # While the value of an option is typed, earlier arguments are not parsed yet.
    if not framework and any(
        one.name == "framework" and not one.opts[0].startswith("-") for one in context.command.params
    ):
        framework = next(iter(context.args), None)
    return framework


def _call_card_ids() -> Iterator[str]:
    from recoverycli.live.cards import CallCards

    yield from CallCards(_setup().library()).ids


def _call_ids() -> Iterator[str]:
    rows = _newest()
    yield from (row.id for row in rows)
    yield from ("last",) if rows else ()


def _newest() -> list[CallRow]:
    from recoverycli.commands.common.calls import read_rows, stored_calls
    from recoverycli.session.filters import Filters

    setup = _setup()
    with stored_calls(setup, quiet=True) as index:
        return list(read_rows(index, Filters(limit=_MOST)))


def _open_ids() -> Iterator[str]:
    from recoverycli.live.open_calls import open_calls as there

    yield from (path.stem for path in there(_setup().home))


def _closed_ids() -> Iterator[str]:
    from recoverycli.commands.common.start_call import REOPEN_TIMES
    from recoverycli.store.journal.closed import closed_calls as there
    from recoverycli.times.clock import now

    setup = _setup()
    yield from (path.stem for path in there(setup.home, now(), REOPEN_TIMES[setup.settings.reopen]))


def _issues() -> Iterator[str]:
    rows = _newest()
    yield from (row.issue for row in rows if row.issue and _ONE_WORD.fullmatch(row.issue))


def _as_words(texts: Iterable[str | None]) -> Iterator[str]:
    """The key of each text as one word for a shell."""
    from recoverycli.text.tokens import word_key

    yield from filter(_ONE_WORD.fullmatch, (word_key(text).replace(" ", "-") for text in texts if text))


def _family_ids() -> Iterator[str]:
    yield from (family.id for family in _setup().issue_families().all())


def _phrase_ids() -> Iterator[str]:
    from recoverycli.paths import phrases_file
    from recoverycli.store.phrasebook import Phrasebook

    yield from (phrase.id for phrase in Phrasebook(phrases_file(os.environ)).read().phrases)


def _setup() -> Setup:
    """The setup for the typed line, with its global options."""
    line = os.environ.get("COMP_WORDS") or os.environ.get("_TYPER_COMPLETE_ARGS", "")
    words = line.split()
    with contextlib.suppress(ValueError):  # a quote is still open
        words = split_command(line)
    # Warnings would disturb the line that is being typed.
    with contextlib.redirect_stderr(io.StringIO()):
        values = {name: _option_value(words, option) for name, option in VALUES.items()}
        return Setup(msgspec.structs.replace(GlobalOptions(no_input=True), **values))


def _option_value(words: list[str], option: str) -> str | None:
    """The value of an option; bash splits words at an equals sign."""
    for number, word in enumerate(words):
        if word.startswith(f"{option}="):
            return word.removeprefix(f"{option}=")
        if word == option:
            return next((value for value in words[number + 1 :] if value != "="), None)
    return None
