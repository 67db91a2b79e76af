"""Where it is not ours, no number says that it is; and none states a cause, or promises what nobody dated.

Every number of every step of every framework is tried as a script would: on each channel, in each mood, for each family
of issues, and by the slow tests in every pair of these. What admits, explains or promises is recognised by its words in
general, not by a list of phrases.
"""

from __future__ import annotations

import itertools
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import pytest

from recoverycli.content.library import Source
from recoverycli.frameworks.library import FrameworkLibrary
from recoverycli.frameworks.model import CHANNELS, MOODS, Channel, Mood
from recoverycli.frameworks.shared.families import IssueFamilies
from recoverycli.frameworks.shared.phrases import SharedPhrases
from recoverycli.live.call import LiveCall
from recoverycli.live.coach import Coach
from recoverycli.session import events as ev
from recoverycli.session.grammar.gaps import refuse_gaps
from recoverycli.session.grammar.meanings import Record
from recoverycli.session.grammar.moves import choose_number
from recoverycli.session.phrases import phrases
from recoverycli.session.state import apply, begin
from tests.cases import for_each
from tests.content import started, the_call
from tests.wording.wordings import in_call

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from recoverycli.frameworks.model import Framework
    from recoverycli.live.environment import CallEnvironment
    from recoverycli.session.model import Session
    from tests.conftest import Clock

AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
ROOT = Path(__file__).parents[2]
LIBRARY = FrameworkLibrary((Source(ROOT / "frameworks", "built-in"),))
SHARED = SharedPhrases((Source(ROOT / "phrases", "built-in"),))
ISSUES = Source(ROOT / "issues", "built-in")
FAMILIES = IssueFamilies((ISSUES,))
# A channel, a mood and a family of issues.
Case = tuple[Channel, Mood | None, str | None]
CASES: list[tuple[Mood | None, str | None]] = [
    (None, None),
    *((mood, None) for mood in MOODS),
    *((None, family.id) for family in FAMILIES.all()),
]

ADMITS = re.compile(
    r"\b(?:our|my) (?:own )?(?:mistake|fault|error|failure|responsibility)\b|\b(?:is|are|was) ours\b"
    r"|\bwe(?:'ve| have)? (?:failed|forgot|missed|lost|broke|blocked|charged|overcharged|caused|let you down|kept you"
    r"|got (?:this|it|that) wrong|made (?:a|this|that) mistake|didn't|did not|should(?:n't| not)? have)\b"
    r"|\bI should(?:n't| not)? have\b|\bthis should(?:n't| not) have happened\b|\byou(?:'re| are) right\b",
    re.IGNORECASE,
)
EXPLAINS = re.compile(
    r"\b(?:happened|went wrong|failed|is late|was charged|were charged)\b[^.?]*\b(?:because|since|due to|when we)\b"
    r"|(?<!what )\bthe (?:cause|reason)\b[^.?]*\b(?:is|was)\b|\bcaused by\b|\bthat(?:'s| is) why\b|\bcomes from\b",
    re.IGNORECASE,
)
WHEN = (
    r"\bby (?:the end|tomorrow|tonight|noon|\d|mon|tues|wednes|thurs|fri|satur|sun)|\bwithin\b|\btomorrow\b|\btonight\b"
    r"|\b(?:in|within) (?:\d|an?|one|two|three|a few) (?:minute|hour|day|week)"
)
PROMISES = re.compile(
    r"\b(?:I|we)(?:'ll| will|'m going to| am going to)\b[^.?]*\b(?:call|ring|phone|write to you|send|update|refund"
    r"|replace|pay|let you know|get back|contact|inform|make sure|take care|see to|fix|arrange)\b"
    rf"|\byou(?:'ll| will) (?:hear|get|have|receive)\b|\b(?:I|we|you)(?:'ll| will)\b[^.?]*(?:{WHEN})|\bI promise\b",
    re.IGNORECASE,
)
RULES = {"admits a fault": ADMITS, "states a cause": EXPLAINS, "promises": PROMISES}
# The way out of abuse announces what happens next: that is its purpose.
WARNS = {"abusive-caller"}


@for_each(
    "said, rule",
    [
        ("This was our mistake, and I'm sorry.", "admits a fault"),
        ("I'm sorry. We kept you waiting too long.", "admits a fault"),
        ("You trusted us with this and we let you down.", "admits a fault"),
        ("It happened because we read the wrong date.", "states a cause"),
        ("The reason was this: a wrong address.", "states a cause"),
        ("Hold me to this: you'll hear by the end of tomorrow.", "promises"),
        ("I'll send a new one today and refund what you paid.", "promises"),
        ("I'll call you, even if there's no news yet.", "promises"),
    ],
)
def test_the_rules_know_what_they_look_for(said: str, rule: str) -> None:
    assert RULES[rule].search(said)


@pytest.mark.parametrize(
    "said",
    [
        "I'm sorry this happened to you, and that you've had to contact us about it.",
        "Please tell me what happened. I won't interrupt.",
        "I'd like to tell you what was done, and why.",
        "Let's see what the cause is.",
        "What would have to happen for this to be settled for you? I'll tell you plainly what I can do.",
    ],
)
def test_the_rules_leave_regret_and_questions_alone(said: str) -> None:
    assert not [rule for rule, pattern in RULES.items() if pattern.search(said)]


@for_each("framework_id", LIBRARY.ids())
@for_each("ours", [False, None])
def test_no_number_says_what_nobody_established(framework_id: str, ours: bool | None) -> None:
    each_case = ((channel, *case) for channel, case in zip(itertools.cycle(CHANNELS), CASES, strict=False))
    _check_texts(framework_id, ours, {*((channel, None, None) for channel in CHANNELS), *each_case})


@pytest.mark.slow
@pytest.mark.parametrize("framework_id", LIBRARY.ids())
def test_no_number_says_it_on_any_channel_in_any_mood_for_any_family(framework_id: str) -> None:
    for ours in (False, None):
        _check_texts(framework_id, ours, [(channel, *case) for channel in CHANNELS for case in CASES])


def _check_texts(framework_id: str, ours: bool | None, cases: Iterable[Case]) -> None:
    framework = LIBRARY.load(framework_id).content
    said = {text for session in _screens(framework, ours, cases) for text in _texts(session)}
    rules = {name: rule for name, rule in RULES.items() if name != "promises" or framework_id not in WARNS}
    assert said
    assert [(rule, text) for text in sorted(said) for rule, pattern in rules.items() if pattern.search(text)] == []


@pytest.mark.parametrize("framework_id", LIBRARY.ids())
def test_a_script_that_presses_every_number_stores_no_promise(
    world: CallEnvironment, clock: Clock, framework_id: str
) -> None:
    framework = LIBRARY.load(framework_id).content
    call = LiveCall.start(world._replace(coach=_coach(framework)), lambda: started(framework, clock(), channel="phone"))
    call.warm()
    call.hear("/ours no")
    for step in framework.live_steps:
        call.hear(f"/goto {step.id}")
        for number in "123456789":
            call.hear(number)
    call.hear("/end resolved")
    kept = the_call(world.home)
    said = [words.text for step in kept.steps for words in step.said]
    assert kept.promises == ()
    assert said
    assert not [text for text in said if ADMITS.search(text) or EXPLAINS.search(text) or "[" in text]


def _coach(framework: Framework) -> Coach:
    coach = Coach(load=in_call, shared=SHARED, families=FAMILIES)
    for _ in coach.warm(framework):
        pass
    return coach


def _screens(framework: Framework, ours: bool | None, cases: Iterable[Case]) -> Iterator[Session]:
    """Every live step in each case."""
    coach = _coach(framework)
    for channel, mood, issue in cases:
        first = started(framework, AT, channel=channel, mood=mood, issue=issue)
        session = begin(first)
        if ours is not None:
            session = apply(session, ev.Judged(at=first.at, ours=ours))
        for step in framework.live_steps:
            place = msgspec.structs.replace(session.place, step=step.id)
            yield coach.arrange(msgspec.structs.replace(session, places=(place,)))


def _texts(session: Session) -> Iterator[str]:
    """What the numbers of a screen record where nobody can be asked."""
    for number in range(1, len(phrases(session)) + 1):
        meaning = choose_number(session, number, session.started_at)
        if isinstance(meaning, Record) and isinstance(meaning.event, ev.Said) and refuse_gaps(session, meaning) is None:
            yield meaning.event.text
