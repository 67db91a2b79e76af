"""The rules of what makes a valid framework hard to use aloud, one function each.

What a phrase claims and in which words is in `phrase_words`.
"""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING

from recoverycli.content.draft import TO_FILL
from recoverycli.frameworks.fallbacks import advice, invented_facts
from recoverycli.frameworks.model import CHANNELS, FAULTS, MOODS
from recoverycli.frameworks.paths import condition_names
from recoverycli.frameworks.phrasing import MOST, Facts, choose, fill, fits_channel, gaps, placeholders
from recoverycli.training.lint.phrase_words import most_words
from recoverycli.training.lint.subject import (
    AvoidedWords,
    RuleFinding,
    plain,
    say_path,
    spoken_texts,
    texts,
    wordable_phrases,
)
from recoverycli.wording.grade import reading_grade
from recoverycli.wording.matcher import Signs
from recoverycli.wording.stiff import STIFF

if TYPE_CHECKING:
    from collections.abc import Iterator

    from recoverycli.content.checker import Path
    from recoverycli.frameworks.model import Channel, Framework, Mood, Phrase, Step
    from recoverycli.training.lint.subject import Subject

MOST_IN_A_SENTENCE = 22
# As hard as a newspaper; what is spoken scores far lower.
HARDEST = 8.0
FEWEST_PHRASES = 3
FEWEST_REASONS = 4
# Two phrases that share more of their neighbouring words are one phrase.
_ASKING = frozenset({"listen", "believe", "assess", "widen"})
_SENTENCE = re.compile(r"[.!?\u2026]+(?=\W|$)")
_DIRECTION = re.compile(r"\([^()]+\)|\*[^*]+\*|\[[^\[\]]+\]|<[^<>]+>")


def to_fill_in(subject: Subject) -> Iterator[RuleFinding]:
    """Placeholder words of a draft that were not replaced."""
    for step, path, text in texts(subject.framework):
        if TO_FILL in text:
            yield RuleFinding(step, path, f"`{TO_FILL}` is still here", "Say it in your own words.")


def long_phrase(subject: Subject) -> Iterator[RuleFinding]:
    """More than can be said in a breath, or read at a glance."""
    for step, number, phrase in wordable_phrases(subject.framework):
        said = fill(phrase.say, {})
        words, longest = len(said.split()), max(len(one.split()) for one in _SENTENCE.split(said))
        most = most_words(subject.framework, phrase)
        if words > most:
            yield RuleFinding(
                step.id,
                say_path(number),
                f"{words} words",
                f"Use at most {most} words, or split it into two phrases.",
            )
        elif longest > MOST_IN_A_SENTENCE:
            what = f"a sentence of {longest} words"
            yield RuleFinding(
                step.id, say_path(number), what, f"Split it in two; a sentence has at most {MOST_IN_A_SENTENCE} words."
            )


def stiff_words(subject: Subject) -> Iterator[RuleFinding]:
    """Words of letters and official forms."""
    signs = Signs((said, form) for said, forms in STIFF for form in forms)
    for step, path, text in spoken_texts(subject.framework):
        if found := signs.find(text):
            stiff = ", ".join(f"`{text[sign.start : sign.end]}`" for sign in found)
            better = ", ".join(f'"{sign.means}"' for sign in found)
            yield RuleFinding(step, path, stiff, f"Say {better}, or leave it out.")


def hard_to_read(subject: Subject) -> Iterator[RuleFinding]:
    """Long words in long sentences, over all that a step has to say."""
    for step in subject.framework.steps:
        grade = reading_grade(" ".join(fill(phrase.say, {}) for phrase in step.phrases if not phrase.verbatim))
        if grade is not None and grade > HARDEST:
            what = f"the phrases of `{step.id}` read like grade {grade}"
            yield RuleFinding(
                step.id, ("phrases",), what, f"Use shorter words and sentences; the limit is grade {HARDEST:.0f}."
            )


def repeated(subject: Subject) -> Iterator[RuleFinding]:
    """The same words in another place, or nearly the same."""
    yield from _repeated_phrases(subject.framework)
    seen: dict[str, str] = {}
    for step in subject.framework.steps:
        for key, lines in (("do", step.do), ("ask", step.questions), ("goal", (step.goal,))):
            for number, line in enumerate(lines):
                words = plain(line)
                if seen.setdefault(words, step.id) != step.id or words in map(plain, lines[:number]):
                    path: Path = (key,) if key == "goal" else (key, number)
                    yield RuleFinding(step.id, path, f"this is already in `{seen[words]}`", "Use it once.")


def backfires(subject: Subject) -> Iterator[RuleFinding]:
    """Words that make an upset customer more upset, in what the framework tells an agent to say."""
    channels = {
        (step.id, say_path(number)): phrase.channels for step, number, phrase in wordable_phrases(subject.framework)
    }
    for step, path, text in spoken_texts(subject.framework):
        said = fill(text, {})
        found = {
            finding.pattern.id: (said[finding.start : finding.end], finding.pattern)
            for channel in channels.get((step or "", path)) or (None,)
            for finding in subject.matcher.findings(said, channel)
        }
        for words, pattern in found.values():
            yield RuleFinding(step, path, f"`{words}`", f'Rather: "{pattern.instead}"', because=pattern.because)


def says_what_it_avoids(subject: Subject) -> Iterator[RuleFinding]:
    """A phrase with words that the framework itself tells to avoid."""
    own = AvoidedWords([subject.framework])
    for step, path, text in spoken_texts(subject.framework):
        # "Leave it with me" is fine if it says until when.
        for words, _, pattern in own.find(fill(text, {})) if "instead" not in path else ():
            what = f'"{words}" is under `avoid`'
            yield RuleFinding(step, path, what, f'Rather: "{pattern.instead}"', because=pattern.because)


def channel_without_phrase(subject: Subject) -> Iterator[RuleFinding]:
    """A channel that `suits` promises, and a step that has nothing to say on it."""
    for step in subject.whole.steps:
        for number, channel in enumerate(subject.framework.suits.channels):
            if step.phrases and not any(fits_channel(one, channel) for one in step.phrases if not one.when):
                what = f"no phrase of `{step.id}` fits {channel}, which `suits` names"
                instead = f"Write one with `channels: [{channel}]`, or remove it from `suits`."
                yield RuleFinding(step.id, ("phrases",), what, instead, ("suits", "channels", number))


def few_phrases(subject: Subject) -> Iterator[RuleFinding]:
    """A step on which everybody says the same."""
    for step in subject.whole.live_steps:
        if len(step.phrases) < FEWEST_PHRASES:
            has = "one phrase" if len(step.phrases) == 1 else f"{len(step.phrases)} phrases"
            yield RuleFinding(step.id, ("phrases",), f"`{step.id}` has {has}", f"Write at least {FEWEST_PHRASES}.")


def never_shown(subject: Subject) -> Iterator[RuleFinding]:
    """A phrase for which no key is left: nine others go before it, whatever the call is like."""
    for step, number, phrase in wordable_phrases(subject.framework):
        if len(step.phrases) > MOST and not _can_be_shown(step, phrase):
            what = f"{MOST} others always come first"
            yield RuleFinding(step.id, say_path(number), what, "Remove some, or limit some to channels and moods.")


def no_whole_phrase(subject: Subject) -> Iterator[RuleFinding]:
    """A step in which every phrase waits for a value that may not be known."""
    for step in subject.whole.live_steps:
        known = {"agent": "-", "channel": "-"}
        if step.phrases and all(gaps(phrase.say, known) for phrase in step.phrases):
            missing = gaps(step.phrases[0].say, known)[0]
            what = f"every phrase of `{step.id}` waits for a value"
            yield RuleFinding(
                step.id, ("phrases",), what, f"Write one that can be said without the {missing.replace('_', ' ')}."
            )


def invented_fact(subject: Subject) -> Iterator[RuleFinding]:
    """A fallback that is said as a fact, though nobody entered it."""
    for step, number, phrase in wordable_phrases(subject.framework):
        for found in invented_facts(phrase.say):
            what = f"`{{{found.name}|{found.fallback}}}` says what nobody entered"
            yield RuleFinding(step.id, say_path(number), what, f"Write {advice(found.name or '')}.")


def no_question(subject: Subject) -> Iterator[RuleFinding]:
    """A step with an intent to find out, but without a question."""
    for step in subject.framework.live_steps:
        if _ASKING & {step.intent, *step.also} and not step.ask:
            what = f"`{step.id}` has the intent {step.intent} and no question"
            yield RuleFinding(step.id, ("intent",), what, "Add one under `ask`; the first is always on the screen.")


def weak_avoid(subject: Subject) -> Iterator[RuleFinding]:
    """An entry of `avoid` without a good reason."""
    for step in subject.framework.steps:
        for number, one in enumerate(step.avoid):
            if len(one.because.split()) < FEWEST_REASONS:
                what = f'"{one.because}" is no reason'
                yield RuleFinding(step.id, ("avoid", number, "because"), what, "Say what it does to the customer.")
            if plain(one.say) == plain(one.instead):
                what = "the same words are given as the better ones"
                yield RuleFinding(step.id, ("avoid", number, "instead"), what, "Say what works better.")


def stage_direction(subject: Subject) -> Iterator[RuleFinding]:
    """What is to be done, among what is to be said."""
    for step, number, phrase in wordable_phrases(subject.framework):
        if found := _DIRECTION.search(phrase.say):
            yield RuleFinding(
                step.id, say_path(number), f"`{found[0]}` is an instruction", "Instructions belong under `do`."
            )


def exclamation(subject: Subject) -> Iterator[RuleFinding]:
    """An exclamation mark, which sounds wrong to somebody who is upset."""
    for step, number, phrase in wordable_phrases(subject.framework):
        if "!" in phrase.say:
            yield RuleFinding(step.id, say_path(number), "an exclamation mark", "End it with a full stop.")


def unused_placeholder(subject: Subject) -> Iterator[RuleFinding]:
    """A name that no phrase uses: left over, or spelt otherwise in the phrases."""
    framework = subject.framework
    used = {found.name for _, _, phrase in wordable_phrases(framework) for found in placeholders(phrase.say)}
    used |= {name for step in framework.steps for name in condition_names(step)}
    used |= {name for _, _, phrase in wordable_phrases(framework) for name in phrase.when}
    for number, name in enumerate(framework.placeholders):
        if name not in used:
            yield RuleFinding(None, ("placeholders", number), f"no phrase uses `{name}`", "Use it, or remove it.")


def does_not_fit(subject: Subject) -> Iterator[RuleFinding]:
    """A step that does not fit on a terminal of 80 columns and 24 rows."""
    yield from subject.misfits(subject.framework)


def _repeated_phrases(framework: Framework) -> Iterator[RuleFinding]:
    first: dict[str, str] = {}
    for step, number, phrase in wordable_phrases(framework):
        words = plain(re.sub(r"\{[^{}]*\}", " ", phrase.say))
        if words and words in first:
            also = "in this step" if first[words] == step.id else f"in `{first[words]}`"
            what = f"the same phrase is {also} already"
            yield RuleFinding(step.id, say_path(number), what, "Say something else here.")
        first.setdefault(words, step.id)


def _can_be_shown(step: Step, phrase: Phrase) -> bool:
    channels: tuple[Channel | None, ...] = phrase.channels or (None, *CHANNELS)
    moods: tuple[Mood | None, ...] = phrase.moods or (None, *MOODS)
    faults = (phrase.fault,) if phrase.fault else FAULTS
    calls = itertools.product(channels, moods, phrase.issues or (None,), faults)
    return any(
        phrase
        in choose(step.phrases, Facts(channel, mood, issue, fault=fault, severity=phrase.severity, values=phrase.when))[
            :MOST
        ]
        for channel, mood, issue, fault in calls
    )
