"""`recovery practice`: practise a difficult call with a simulated customer."""

from __future__ import annotations

import os
import secrets
from functools import cache
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from recoverycli.commands.common import completion_values
from recoverycli.commands.common.confirm import word_or_choice
from recoverycli.commands.common.context import Setup
from recoverycli.commands.common.help_text import help_with_examples
from recoverycli.commands.common.options import AsJson, DrawSeed, Explained
from recoverycli.errors import UsageProblem, known_word
from recoverycli.times.clock import now
from recoverycli.training.scenarios.draw import draw
from recoverycli.training.scenarios.model import DIFFICULTIES, Difficulty

if TYPE_CHECKING:
    from collections.abc import Callable

    from recoverycli.frameworks.library import FrameworkLibrary
    from recoverycli.live.call import LiveCall
    from recoverycli.live.reply import CallLeft
    from recoverycli.training.drills.weakest import Plan
    from recoverycli.training.roleplay.own_words import OwnWordsReader
    from recoverycli.training.scenarios.model import Scenario

HELP = help_with_examples(
    "Practise a difficult call with a simulated customer.\n\nAnswer by number or in your own words. Practice "
    "is stored separately from calls.",
    "recovery practice late-parcel",
    "recovery practice late-parcel --own-words --difficulty hard",
    "recovery practice late-parcel --explain",
    "recovery practice --weakest",
)
# Few enough that a seed is easy to type again.
_SEEDS = 10_000
_NOTHING_YET = "Nothing is known yet about what you find hard."
_BEGIN = ("A few questions: recovery quiz", "Or a call: recovery practice late-parcel")


class ResultForm(NamedTuple):
    """How the result is printed: with every point of the score, or as JSON."""

    explain: bool = False
    as_json: bool = False


def command(
    context: typer.Context,
    scenario: Annotated[
        str | None,
        typer.Argument(
            metavar="[SCENARIO]",
            help="The scenario; see: recovery scenarios list",
            autocompletion=completion_values.scenarios,
        ),
    ] = None,
    *,
    own_words: Annotated[bool, typer.Option("--own-words", help="Type your answers in your own words.")] = False,
    hints: Annotated[
        bool, typer.Option("--hints", help="Show a hint for every answer; the score stays the same.")
    ] = False,
    difficulty: Annotated[
        str | None,
        typer.Option(
            "--difficulty",
            metavar="WORD",
            help=f"How the customer behaves: {', '.join(DIFFICULTIES)}.",
            autocompletion=completion_values.difficulties,
        ),
    ] = None,
    framework: Annotated[
        str | None,
        typer.Option(
            "--framework",
            "-f",
            metavar="ID",
            help="Practise with this framework.",
            autocompletion=completion_values.frameworks,
        ),
    ] = None,
    weakest: Annotated[bool, typer.Option("--weakest", help="Practise the step that you most need.")] = False,
    seed: DrawSeed = None,
    explain: Explained = False,
    as_json: AsJson = False,
) -> None:
    """Practise a difficult call with a simulated customer."""
    setup: Setup = context.obj
    behaves = None if difficulty is None else known_word("difficulty", difficulty, DIFFICULTIES)
    notice = ""
    if weakest:
        if scenario is not None:
            raise UsageProblem("--weakest chooses the scenario itself", hint="recovery practice --weakest")
        planned = _weakest(setup, framework, as_json=as_json)
        if planned is None:
            return
        scenario, framework, notice = planned.scenario, planned.framework, _notice(planned)
        if not (own_words or hints):
            own_words, hints = planned.own_words, planned.hints
    drawn = secrets.randbelow(_SEEDS) if seed is None else seed
    shown = ResultForm(explain=explain, as_json=as_json)
    _begin(setup, scenario, framework, notice, behaves, drawn, shown, own_words=own_words, hints=hints)


def _weakest(setup: Setup, framework: str | None, *, as_json: bool) -> Plan | None:
    """Return what to play; None if everything was printed.

    `framework` limits it to the steps of one.
    """
    planned, reached = plan_next(setup, framework)
    if as_json:
        begin = None if planned or reached else "recovery quiz"
        setup.output.as_json({"next": planned, "begin": begin, "reached": reached})
        return None
    if planned is None and reached:
        setup.output.text(f"The goal is reached: {', '.join(reached)}. See: recovery progress")
        setup.output.text("Practise with another framework: recovery practice late-parcel --framework heart")
        return None
    if planned is None:
        for line in (_NOTHING_YET, *_BEGIN):
            setup.output.text(line)
        return None
    if planned.scenario is None:
        setup.output.text(_sentence(planned))
        setup.output.text(f"No role-play trains it; the quiz does: {planned.quiz}")
        return None
    return planned


def _sentence(planned: Plan) -> str:
    return planned.sentence if planned.is_due else f"Nothing is due. Weakest: {planned.sentence}"


def _notice(planned: Plan) -> str:
    return f"{_sentence(planned)}. This time: {planned.support}."


def plan_next(setup: Setup, framework: str | None) -> tuple[Plan | None, tuple[str, ...]]:
    """Return what to practise next, and the names of the frameworks whose goal is reached."""
    from recoverycli.commands.progress import read_progress
    from recoverycli.training.drills.weakest import plan, played_lately

    library = setup.library()
    if framework is not None:
        framework = library.load(framework).content.id
    found = read_progress(setup, library, now())
    cards = [card for card in found.cards if framework is None or card.framework == framework]
    listing = setup.scenarios().listing()
    setup.warn(listing.problems, "scenarios")
    lately = played_lately(found.role_plays, found.today, setup.settings.day_begins)
    support = found.support.role_plays
    scenarios = [one.content for one in listing.entries]
    planned = plan(cards, found.frameworks, scenarios, lately, support, found.today)
    tried = dict.fromkeys(card.framework for card in cards)
    reached = tuple(
        found.frameworks[one].name if one in found.frameworks else one
        for one in tried
        if one in support and support[one].reached_on is not None
    )
    return planned, reached


def _begin(
    setup: Setup,
    scenario: str | None,
    framework: str | None,
    notice: str,
    behaves: Difficulty | None,
    seed: int,
    shown: ResultForm,
    *,
    own_words: bool,
    hints: bool,
) -> None:
    from recoverycli.commands.common.start_call import CallDetails, WordingLoader, call_cards, first_event, with_id
    from recoverycli.live.call import LiveCall
    from recoverycli.live.coach import Coach
    from recoverycli.live.environment import CallEnvironment
    from recoverycli.session.events import Scene

    scenarios = setup.scenarios()
    scenario = word_or_choice(setup, scenario, "scenario", scenarios.ids(), "recovery practice late-parcel")
    loaded = scenarios.load(scenario)
    played = draw(loaded.content, seed)
    library = setup.library()
    walked = library.load(framework or played.framework)
    told = CallDetails(None, None, played.channel, played.issue, played.customer.mood, setup.settings.agent, ())
    scene = Scene(played.id, loaded.digest, behaves or played.difficulty, own_words, hints, seed)
    first = first_event(told, walked, now(), scene)
    world = CallEnvironment(
        setup.home,
        now,
        library.load,
        setup.read_date,
        asks=setup.look.interactive,
        coach=Coach(load=WordingLoader(setup).for_call),
        rules=setup.rules,
        cards=call_cards(setup, library),
    )
    call = LiveCall.start(world, lambda: with_id(first, now()))
    run_practice(setup, library, call, played, notice, shown)


def run_practice(
    setup: Setup,
    library: FrameworkLibrary,
    call: LiveCall,
    scenario: Scenario,
    notice: str = "",
    shown: ResultForm = ResultForm(),  # noqa: B008  # it never changes
) -> None:
    """Run a role-play, drawn or plain, and show the result."""
    from recoverycli.commands.common.start_call import call_cards
    from recoverycli.live.reply import Reply
    from recoverycli.terminal.call.loop import open_screen, walk
    from recoverycli.terminal.views.call.screen import Face
    from recoverycli.terminal.views.training.practice import practice_bar, practice_lines, practice_text
    from recoverycli.training.roleplay.practice import Practice

    cards = call_cards(setup, library)
    practised = Practice(call, scenario, now, _reader(setup), cards)
    face = Face(
        lambda session, view, width, height: practice_lines(session, practised.view(session), view, width, height),
        lambda session: practice_text(session, practised.view(session)),
        lambda session, moment, width: practice_bar(session, practised.view(session), moment, width),
    )
    is_drawn = setup.look.interactive and not setup.look.plain
    output = setup.output.beside_data() if shown.as_json and not is_drawn else setup.output
    try:
        with open_screen(output, library.ids, os.environ, cards=lambda: cards.ids, face=face) as screen:
            left = walk(practised, screen, Reply("moved", text=notice) if notice else None)
    finally:
        practised.close()
    _report_end(setup, left, scenario, shown)


def resume_practice(setup: Setup, library: FrameworkLibrary, call: LiveCall) -> None:
    """Resume a paused role-play; refused if its scenario has changed."""
    scene = call.session.scene
    loaded = setup.scenarios().load(scene.id if scene else "")
    if scene is None or loaded.digest != scene.digest:
        call.close()
        again_from_start = f"Start again: recovery practice {loaded.content.id}"
        raise UsageProblem(f"the scenario {loaded.content.id} was changed since", hint=again_from_start)
    run_practice(setup, library, call, draw(loaded.content, scene.seed))


def _report_end(setup: Setup, left: CallLeft, scenario: Scenario, shown: ResultForm) -> None:
    from recoverycli.session.transcript.model import decode_call
    from recoverycli.terminal.views.training.debrief import debrief_page
    from recoverycli.training.roleplay.debrief import debrief
    from recoverycli.training.roleplay.result import PausedPractice, practice_result

    if left.how == "paused":
        again = f"recovery resume {left.call_id}"
        if shown.as_json:
            setup.output.as_json(PausedPractice(left.call_id, left.how, again))
            return
        setup.output.text("The role-play is paused; everything is stored.")
        setup.output.text(f"Resume it: {again}")
        return
    call = decode_call(left.path.read_bytes())
    if shown.as_json:
        setup.output.as_json(practice_result(call, scenario))
        return
    told = debrief(call, scenario)
    if told is not None:
        setup.output.show(debrief_page(told, explain=shown.explain))
    setup.output.text(f"Read it again: recovery log show {left.call_id} --practice")


def _reader(setup: Setup) -> Callable[[], OwnWordsReader]:
    """Return a factory of the reader of typed answers, which is created on first use."""

    @cache
    def make() -> OwnWordsReader:
        from recoverycli.commands.common.start_call import WordingLoader
        from recoverycli.training.roleplay.own_words import OwnWordsReader

        wording = WordingLoader(setup)
        reader = OwnWordsReader(wording(), setup.read_date)
        setup.warn(wording.problems)
        return reader

    return make
