"""Questions about words: what backfires and why, what is better in its place, and what an apology still lacks.

That one answer alone is right is proved by the words themselves: whatever is offered beside a better sentence is found
to backfire, whatever is offered beside one that backfires is found to be harmless. Reasons alone were chosen by hand.
"""

from __future__ import annotations

import re
from functools import partial
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

from recoverycli.training.quiz.questions import Candidate, QuestionKind, QuizQuestion, make_options, shuffle
from recoverycli.wording.model import PART_IDS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from random import Random

    from recoverycli.frameworks.model import Framework, Intent, Step
    from recoverycli.wording.matcher import Matcher
    from recoverycli.wording.model import ApologyPart, Kind, Pattern

_OTHERS = 2
_SAID_BEFORE = 3
_CAN_BE_LEFT_OUT = 4
# Most reasons hold for many sentences. These hold for none of the others that they are offered with: each pattern id
# was read against every sentence of the kinds it stands beside.
_AGAINST_A_PERSON: frozenset[Kind] = frozenset(
    {"blame", "tone", "belittling", "apology", "dismissal", "calm-down", "disbelief", "threat", "conditional-apology",
     "sorry-but"}
)  # fmt: skip
_NO_REASON_BESIDE_A_PERSON = ("someone-will", "as-soon-as-possible", "try-my-best", "call-us-if")
_NO_REASON_ELSEWHERE = (
    "nobody-else", "only-small", "at-least", "are-you-sure", "why-didnt-you", "you-misunderstood",
)  # fmt: skip
# Which step a kind of words is trained with: the first intent that the framework has a step for.
_SERVES: dict[Kind, tuple[Intent, ...]] = {
    "apology": ("apologize",),
    "conditional-apology": ("apologize",),
    "sorry-but": ("apologize", "empathize", "acknowledge"),
    "blame": ("believe", "listen", "acknowledge", "assess"),
    "disbelief": ("believe", "listen", "acknowledge", "assess"),
    "calm-down": ("listen", "acknowledge", "empathize"),
    "threat": ("listen", "acknowledge", "empathize"),
    "tone": ("listen", "acknowledge", "empathize"),
    "insult": ("listen", "acknowledge", "empathize"),
    "belittling": ("empathize", "acknowledge", "listen"),
    "dismissal": ("empathize", "acknowledge", "listen"),
    "false-empathy": ("empathize", "acknowledge", "agree"),
    "hollow": ("empathize", "acknowledge", "agree"),
    "rule": ("solve", "agree", "widen"),
    "policy-wall": ("solve", "agree", "widen"),
    "refusal": ("solve", "agree", "widen"),
    "ownership": ("solve", "agree", "widen"),
    "passing-on": ("solve", "agree", "widen"),
    "empty-promise": ("notify", "follow-up", "agree", "solve"),
    "false-promise": ("notify", "follow-up", "agree", "solve"),
    "disclosure": ("explain", "notify", "solve"),
    "vague": ("notify", "follow-up", "agree", "solve"),
    "jargon": ("explain", "notify"),
}
_WORD = re.compile(r"[^\W\d_]{4,}")


class _Bad(NamedTuple):
    """A sentence that backfires, and the pattern that says why."""

    sentence: str
    pattern: Pattern


def word_questions(framework: Framework, matcher: Matcher) -> Iterator[Candidate]:
    """Yield what can be asked about words, each with the step of the framework that it trains."""
    bad = tuple(_bad(framework, matcher))
    patterns = {one.pattern.id: one.pattern for one in bad}
    good = {name: not matcher.findings(pattern.instead) for name, pattern in patterns.items()}
    passes = {
        name: [line for line in pattern.passes if not matcher.findings(line)] for name, pattern in patterns.items()
    }
    for one in bad:
        step = step_for(framework, one.pattern.kind)
        if step is None:
            continue
        source = f"words:{one.pattern.id}"
        yield Candidate("why", step.id, 1, source, partial(_why, framework, step, one, bad))
        if good[one.pattern.id]:
            yield Candidate("better", step.id, 1, source, partial(_better, framework, step, one, bad, near=False))
            yield Candidate("better", step.id, 2, source, partial(_better, framework, step, one, bad, near=True))
        harmless = passes[one.pattern.id]
        if len(harmless) >= _OTHERS:
            yield Candidate("spot", step.id, 3, source, partial(_spot, framework, step, one, harmless))
    yield from _avoid_questions(framework, matcher)
    yield from _apologies(framework, matcher, bad)


def _bad(framework: Framework, matcher: Matcher) -> Iterator[_Bad]:
    for pattern in matcher.wording.patterns:
        if pattern.channels and not set(pattern.channels) & set(framework.suits.channels or pattern.channels):
            continue
        for sentence in pattern.catches:
            if {found.pattern.id for found in matcher.findings(sentence)} == {pattern.id}:
                yield _Bad(sentence, pattern)


def step_for(framework: Framework, kind: Kind) -> Step | None:
    for intent in _SERVES[kind]:
        own = [step for step in framework.live_steps if step.intent == intent]
        also = [step for step in framework.live_steps if intent in step.also]
        if own or also:
            return (own or also)[0]
    return None


def _why(framework: Framework, step: Step, one: _Bad, bad: Sequence[_Bad], chance: Random) -> QuizQuestion | None:
    """Ask for the reason, beside reasons that hold for other kinds of sentences alone."""
    is_person = one.pattern.kind in _AGAINST_A_PERSON
    wrong = _NO_REASON_BESIDE_A_PERSON if is_person else _NO_REASON_ELSEWHERE
    others = {other.pattern.id: other for other in shuffle(bad, chance) if other.pattern.id in wrong}
    others.pop(one.pattern.id, None)
    told = [
        (other.pattern.because, f'That is why "{other.sentence}" backfires.')
        for other in list(others.values())[:_OTHERS]
    ]
    if not told:
        return None
    options, answer, remarks = make_options(one.pattern.because, told, chance)
    because = (f'Rather: "{one.pattern.instead}"',)
    text = "Why does this sentence backfire?"
    return _question(framework, step, "why", 1, text, one.sentence, options, answer, because, remarks, because[0])


def _better(
    framework: Framework, step: Step, one: _Bad, bad: Sequence[_Bad], chance: Random, *, near: bool
) -> QuizQuestion | None:
    """Ask for the better sentence: all beside it backfire, in the same way or in another."""
    others: dict[str, _Bad] = {}
    for other in shuffle(bad, chance):
        if (other.pattern.kind == one.pattern.kind) == near and other.sentence != one.sentence:
            others.setdefault(other.pattern.id, other)
    told = [(other.sentence, other.pattern.because) for other in others.values()][:_OTHERS]
    if not told:
        return None
    options, answer, remarks = make_options(one.pattern.instead, told, chance)
    because = (f'"{one.sentence}" {one.pattern.because}',)
    text = "What is better to say?"
    level = 2 if near else 1
    return _question(
        framework, step, "better", level, text, one.sentence, options, answer, because, remarks, one.pattern.because
    )


def _spot(framework: Framework, step: Step, one: _Bad, harmless: Sequence[str], chance: Random) -> QuizQuestion:
    told = [(line, "Nothing in that one backfires.") for line in shuffle(harmless, chance)[:_OTHERS]]
    options, answer, remarks = make_options(one.sentence, told, chance)
    because = (one.pattern.because, f'Rather: "{one.pattern.instead}"')
    text = "Which of these backfires?"
    return _question(framework, step, "spot", 3, text, "", options, answer, because, remarks, one.pattern.because)


def _avoid_questions(framework: Framework, matcher: Matcher) -> Iterator[Candidate]:
    """What the framework itself says to avoid in a step: its better sentence, among others that are to be avoided."""
    known = [(step, avoid) for step in framework.steps for avoid in step.avoid]
    for step, avoid in known:
        others = [(other.say, other.because) for _, other in known if _content(other.say) != _content(avoid.say)]
        if len(others) >= _OTHERS and not matcher.findings(avoid.instead):

            def make(
                chance: Random,
                step: Step = step,
                said: str = avoid.say,
                because: str = avoid.because,
                instead: str = avoid.instead,
                others: list[tuple[str, str]] = others,
            ) -> QuizQuestion:
                options, answer, remarks = make_options(instead, shuffle(others, chance)[:_OTHERS], chance)
                text = f"In {step.name}, what is better to say?"
                told = (f'"{said}" {because}',)
                return _question(framework, step, "better", 2, text, said, options, answer, told, remarks, because)

            found = matcher.findings(avoid.say)
            yield Candidate("better", step.id, 2, f"words:{found[0].pattern.id if found else avoid.say}", make)


def _apologies(framework: Framework, matcher: Matcher, bad: Sequence[_Bad]) -> Iterator[Candidate]:
    """Apologies put together of their parts: which is missing, and how one goes on."""
    step = step_for(framework, "apology")
    said: dict[str, str] = {part.id: _say(part) for part in matcher.wording.parts}
    parts = [part for part in sorted(matcher.wording.parts, key=lambda part: PART_IDS.index(part.id)) if said[part.id]]
    needed = [part for part in parts if part.weight < _CAN_BE_LEFT_OUT]
    if step is None:
        return
    for some in combinations(needed, _SAID_BEFORE):
        whole = " ".join(said[part.id] for part in some)
        if set(matcher.parts(whole)) != {part.id for part in some} or matcher.findings(whole):
            continue
        for part in needed:
            if part not in some and not matcher.findings(said[part.id]):
                lacks = partial(_missing_part, framework, step, whole, part, some, said)
                yield Candidate("missing", step.id, 2, f"apology:{part.id}", lacks)
                worse = [
                    one
                    for one in bad
                    if one.pattern.kind in {"conditional-apology", "sorry-but", "apology", "empty-promise", "vague"}
                ]
                goes_on = partial(_finish, framework, step, whole, part, said[part.id], worse)
                yield Candidate("finish", step.id, 2, f"apology:{part.id}", goes_on)


def _missing_part(
    framework: Framework,
    step: Step,
    whole: str,
    part: ApologyPart,
    some: Sequence[ApologyPart],
    said: dict[str, str],
    chance: Random,
) -> QuizQuestion:
    told = [(one.name, f'{one.name} is there: "{said[one.id]}"') for one in some]
    options, answer, remarks = make_options(part.name, told, chance)
    because = (f'{part.meaning} For example: "{said[part.id]}"',)
    text = "The fault is ours. Which of these is missing from this apology?"
    return _question(framework, step, "missing", 2, text, whole, options, answer, because, remarks, part.meaning)


def _finish(
    framework: Framework, step: Step, whole: str, part: ApologyPart, says: str, worse: Sequence[_Bad], chance: Random
) -> QuizQuestion | None:
    others: dict[str, _Bad] = {}
    for one in shuffle(worse, chance):
        others.setdefault(one.pattern.id, one)
    told = [(one.sentence, one.pattern.because) for one in others.values()][:_OTHERS]
    if not told:
        return None
    options, answer, remarks = make_options(says, told, chance)
    because = (f"{part.name}: {part.meaning}",)
    text = "The fault is ours. What is the best way to continue this apology?"
    return _question(
        framework, step, "finish", 2, text, f"{whole} ...", options, answer, because, remarks, part.meaning
    )


def _say(part: ApologyPart) -> str:
    """A whole sentence for a part; what is offered in a call waits for its facts."""
    return next(iter(part.catches), "")


def _content(text: str) -> set[str]:
    return {word.casefold() for word in _WORD.findall(text)}


def _question(
    framework: Framework,
    step: Step,
    kind: QuestionKind,
    difficulty: int,
    text: str,
    sentence: str,
    options: tuple[str, ...],
    answer: int,
    because: tuple[str, ...],
    remarks: tuple[str, ...],
    hint: str,
) -> QuizQuestion:
    return QuizQuestion(
        framework=framework.id,
        framework_name=framework.name,
        step=step.id,
        step_name=step.name,
        kind=kind,
        difficulty=difficulty,
        text=text,
        sentence=sentence,
        options=options,
        answer=(answer,),
        because=because,
        remarks=remarks,
        hint=hint,
    )
