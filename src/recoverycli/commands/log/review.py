"""`recovery log review`: review a call by the questions of the scorecard."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from recoverycli.commands.common import completion_values
from recoverycli.commands.common.calls import find_call, refuse_option
from recoverycli.commands.common.context import Setup
from recoverycli.commands.common.help_text import help_with_examples
from recoverycli.commands.common.options import CallId
from recoverycli.commands.log.score import Scorer
from recoverycli.errors import UsageProblem, known_word, unknown
from recoverycli.store.calls.review_words import ANSWERS, CRITICAL_ANSWERS, ROLES
from recoverycli.text.format import plural
from recoverycli.times.clock import now

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from recoverycli.review.scoring.score import CriticalLine, Score, ScoreLine
    from recoverycli.store.calls.review_words import Answer, Role

HELP = help_with_examples(
    "Review a call by the questions of the scorecard.\n\nReview your own call (--as self) or a colleague's as "
    "a reviewer; several reviewers are told apart by --by. The review is stored beside the automatic score; the "
    "call itself does not change. A second review by the same person corrects what it names and keeps the rest. "
    "--dispute adds a reply to the score.",
    "recovery log review last --as self",
    'recovery log review 7k2q --by Kim --set steps=yes --set apology=partly --note "warm voice"',
    'recovery log review 7k2q --dispute "the customer had to leave"',
)
CONTEXT = {"ignore_unknown_options": True}
# Enter chooses the first.
_MENU = dict(sorted(ANSWERS.items(), key=lambda answer: answer[1].points is not None))
_CRITICAL_MENU = {answer: facts for answer, facts in _MENU.items() if answer in CRITICAL_ANSWERS}


def command(
    context: typer.Context,
    call: CallId = "last",
    *,
    role: Annotated[
        str,
        typer.Option("--as", metavar="ROLE", help=f"{' or '.join(ROLES)}.", autocompletion=completion_values.reviewers),
    ] = "reviewer",
    by: Annotated[
        str | None, typer.Option("--by", metavar="NAME", help="The reviewer's name, which tells reviewers apart.")
    ] = None,
    answers: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="CRITERION=ANSWER", help=f"{', '.join(ANSWERS)}; may be repeated."),
    ] = None,
    note: Annotated[str | None, typer.Option("--note", help="A comment.")] = None,
    dispute: Annotated[str | None, typer.Option("--dispute", metavar="WHY", help="Add a reply to a score.")] = None,
) -> None:
    """Review a call by the questions of the scorecard."""
    from recoverycli.store.calls.reviews import Assessment, Dispute, Reviews

    setup: Setup = context.obj
    refuse_option(call, "review")
    stored = find_call(setup, call)
    rules = setup.rules.with_names(stored.transcript.call.customer.name)
    call_id, reviews = stored.path.stem, Reviews(setup.home, rules)
    if dispute is not None:
        if not dispute.strip():
            raise UsageProblem("--dispute needs a reason", hint='For example: --dispute "the customer had to leave"')
        reviews.add(call_id, Dispute(now(), dispute.strip(), by or setup.settings.agent))
        setup.output.text(f"Stored with the score of {call_id}. See it: recovery log reviews")
        return
    chosen = known_word("role", role, ROLES)
    scorer = Scorer(setup)
    found = scorer(stored.transcript.call)
    criteria, critical = [line.id for line in found.lines], [item.id for item in scorer.card.critical]
    given = dict(_read(pair, criteria, critical) for pair in answers or ())
    reviewer = by or _own_name(setup, chosen)
    earlier = reviews.read(call_id).assessment_by(chosen, reviewer)
    if not given and note is None:
        asked = _ask_answers(setup, found, earlier.answers if earlier else {})
        if asked is None:
            setup.output.text("Nothing was stored.")
            return
        given = asked
    reviews.add(call_id, Assessment(now(), chosen, scorer.card.id, given, reviewer, note))
    kept = len(earlier.answers.keys() - given.keys()) if earlier else 0
    rest = f", and {plural(kept, 'earlier answer')} kept" if kept else ""
    setup.output.text(f"Stored for {call_id}: {plural(len(given), 'answer')}{rest}. See it: recovery log reviews")


def _own_name(setup: Setup, role: Role) -> str | None:
    return setup.settings.agent if role == "self" else None


def _read(pair: str, criteria: Sequence[str], critical: Sequence[str]) -> tuple[str, Answer]:
    name, _, word = (part.strip().casefold() for part in pair.partition("="))
    if name not in (*criteria, *critical):
        raise unknown("criterion", name, [*criteria, *critical])
    return name, known_word("answer", word, ANSWERS if name in criteria else CRITICAL_ANSWERS)


def _ask_answers(setup: Setup, found: Score, earlier: Mapping[str, Answer]) -> dict[str, Answer] | None:
    """Ask one question after another; Enter keeps an earlier answer. None if the user cancels."""
    from recoverycli.review.scoring.score import CriticalLine
    from recoverycli.terminal.ask.questions import choose

    if not setup.look.interactive:
        hint = f"For example: --set steps=yes --set {found.lines[-1].id}=no"
        raise UsageProblem("questions need a terminal", hint=hint, kept="Nothing was stored.")
    given: dict[str, Answer] = {}
    label = ""
    lines: tuple[ScoreLine | CriticalLine, ...] = (*found.lines, *found.critical)
    for number, line in enumerate(lines, start=1):
        shown = "; ".join(_evidence(line)) or "the transcript shows no evidence"
        menu = _CRITICAL_MENU if isinstance(line, CriticalLine) else _MENU
        title = f"{number} of {len(lines)}: {line.name}? ({shown})"
        before = earlier.get(line.id)
        default = menu[before].label if before in menu else None
        chosen = choose(setup.output, title, [answer.label for answer in menu.values()], default, after=label)
        if chosen is None:
            return None
        label = chosen
        given[line.id] = next(answer for answer, facts in menu.items() if facts.label == chosen)
    return given


def _evidence(line: ScoreLine | CriticalLine) -> Iterator[str]:
    return (f"{one.at} {one.text}".strip() for one in line.evidence[:3])
