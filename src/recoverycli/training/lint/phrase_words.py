"""The rules of what a phrase claims and in which words: lists of patterns, and what the phrase says about itself."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from recoverycli.frameworks.model import CHANNELS
from recoverycli.frameworks.phrasing import fill, gaps, placeholders
from recoverycli.training.lint.subject import RuleFinding, say_path, wordable_phrases

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from recoverycli.content.checker import Path
    from recoverycli.frameworks.model import Channel, Framework, Phrase
    from recoverycli.training.lint.subject import Subject
    from recoverycli.wording.model import Kind

    _Texts = Callable[[Framework], Iterator[tuple[str | None, Path, str]]]

SPOKEN = frozenset({"phone", "in-person"})
# At 150 words a minute, 20 take eight seconds: a breath, and as long as somebody who is upset listens.
MOST_WORDS_IN_SPEECH = 20
MOST_WORDS_IN_WRITING = 30
# What stands for a value that is asked for; the lists know it as the word `gap`.
_GAP = re.compile(r"\{[A-Za-z0-9_]+\}")
_SORRY = re.compile(r"\b(?:sorry|apolog(?:y|ies|i[sz]e[ds]?|i[sz]ing))\b", re.IGNORECASE)
_NAMES = frozenset({"name", "expands_to"})
# Who speaks, and by which channel, is no secret in public.
_PUBLIC = frozenset({"agent", "channel"})


def phrase_channels(framework: Framework, phrase: Phrase) -> tuple[Channel, ...]:
    """The channels on which a phrase is offered: its own, else those of the framework, else every one."""
    return phrase.channels or framework.suits.channels or CHANNELS


def most_words(framework: Framework, phrase: Phrase) -> int:
    """How many words a phrase may have: what is said has to be shorter than what is read."""
    return MOST_WORDS_IN_SPEECH if SPOKEN & set(phrase_channels(framework, phrase)) else MOST_WORDS_IN_WRITING


def words_of_kind(kind: Kind, also: _Texts | None = None) -> Callable[[Subject], Iterator[RuleFinding]]:
    """Return the rule that finds the patterns of a kind in the phrases that they are not right for.

    `also` are other texts that it reads. What an agent is told to avoid is none of them.
    """

    def check(subject: Subject) -> Iterator[RuleFinding]:
        for step_id, path, text in also(subject.framework) if also is not None else ():
            if path[0] != "phrases" and path[0] not in _NAMES and path[-1] != "say":
                yield from _findings(subject, kind, text, (), step_id, path)
        for step, number, phrase in wordable_phrases(subject.framework):
            if not _is_covered(phrase, kind):
                channels = phrase_channels(subject.framework, phrase)
                yield from _findings(subject, kind, phrase.say, channels, step.id, say_path(number))

    return check


def admits_fault(subject: Subject) -> Iterator[RuleFinding]:
    """Responsibility for what nobody has established, in a phrase that is offered for every call."""
    by_pattern = [*words_of_kind("admission")(subject)]
    yield from by_pattern
    known = {(found.step, found.path) for found in by_pattern}
    for step, number, phrase in wordable_phrases(subject.framework):
        if _is_covered(phrase, "admission") or (step.id, say_path(number)) in known:
            continue
        if "responsibility" in subject.matcher.parts(fill(phrase.say, {})):
            what = "this takes responsibility"
            yield RuleFinding(step.id, say_path(number), what, "Add `fault: ours`, or say that you are sorry for it.")


def sorry_twice(subject: Subject) -> Iterator[RuleFinding]:
    """A phrase that apologises more than once."""
    for step, number, phrase in wordable_phrases(subject.framework):
        if (count := len(_SORRY.findall(phrase.say))) > 1:
            yield RuleFinding(step.id, say_path(number), f"{count} apologies", "Say sorry once.")


def private_in_public(subject: Subject) -> Iterator[RuleFinding]:
    """A detail that everybody would read in a public reply."""
    yield from words_of_kind("private")(subject)
    for step, number, phrase in wordable_phrases(subject.framework):
        names = {one.name for one in placeholders(phrase.say) if one.name} - _PUBLIC
        if names and "social" in phrase_channels(subject.framework, phrase):
            found = ", ".join(f"{{{name}}}" for name in sorted(names))
            yield RuleFinding(
                step.id, say_path(number), f"{found} in a public reply", "Leave it out, or limit the phrase's channels."
            )


def avoided_elsewhere(subject: Subject) -> Iterator[RuleFinding]:
    """A phrase with words that another framework tells to avoid."""
    for step, number, phrase in wordable_phrases(subject.framework):
        for words, framework_id, pattern in subject.avoided.find(fill(phrase.say, {})):
            if framework_id != subject.framework.id:
                what = f'"{words}" is under `avoid` in `{framework_id}`'
                instead = f'Rather: "{pattern.instead}"'
                yield RuleFinding(step.id, say_path(number), what, instead, because=pattern.because)


def _is_covered(phrase: Phrase, kind: Kind) -> bool:
    """Whether a phrase says about itself what makes words of that kind right."""
    match kind:
        case "admission":
            return phrase.fault == "ours"
        case "promise":
            return phrase.promise is not None
        case "fact":
            return bool(gaps(phrase.say, {}) or phrase.when)
        case _:
            return False


def _findings(
    subject: Subject,
    kind: Kind,
    text: str,
    channels: tuple[Channel, ...],
    step: str | None,
    path: Path,
) -> Iterator[RuleFinding]:
    said = fill(_GAP.sub("[gap]", text), {})
    found = {
        (one.start, one.pattern.id): one
        for channel in channels or (None,)
        for one in subject.lists[kind].findings(said, channel)
    }
    for one in found.values():
        words = said[one.start : one.end].replace("[gap", "{...")
        yield RuleFinding(step, path, f"`{words}`", f'Rather: "{one.pattern.instead}"', because=one.pattern.because)
