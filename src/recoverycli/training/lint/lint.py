"""Lint a valid framework: every rule, each finding with its place, why it matters and what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from recoverycli.training.lint import phrase_words, rules
from recoverycli.training.lint.subject import spoken_texts, texts

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

    from recoverycli.frameworks.positions import FilePositions, Position
    from recoverycli.training.lint.subject import RuleFinding, Subject


class Rule(NamedTuple):
    """A rule: what it looks for, and why that matters."""

    check: Callable[[Subject], Iterator[RuleFinding]]
    because: str


RULES = {
    "to-fill-in": Rule(rules.to_fill_in, "An agent would read it out."),
    "long-phrase": Rule(rules.long_phrase, "It takes more than one breath and sounds like a script."),
    "stiff-words": Rule(rules.stiff_words, "It is written language: it sounds like an office, not a person."),
    "hard-to-read": Rule(rules.hard_to_read, "Nobody can read that at a glance or say it under stress."),
    "repeated": Rule(rules.repeated, "It takes the place of another phrase and sounds like a script."),
    "backfires": Rule(rules.backfires, "It makes them angrier."),
    "says-what-it-avoids": Rule(rules.says_what_it_avoids, "The agent gets both instructions."),
    "channel-without-phrase": Rule(rules.channel_without_phrase, "The agent has no phrase there."),
    "few-phrases": Rule(rules.few_phrases, "Agents who all say the same thing sound like machines."),
    "never-shown": Rule(rules.never_shown, "A screen shows nine phrases, so nobody sees it."),
    "no-whole-phrase": Rule(rules.no_whole_phrase, "Until the value is known, nothing can be read out."),
    "invented-fact": Rule(rules.invented_fact, "It is stored as said, and the customer may hold you to it."),
    "no-question": Rule(rules.no_question, "Without one, agents guess what happened."),
    "weak-avoid": Rule(rules.weak_avoid, "Nobody gives up a habit without a reason."),
    "stage-direction": Rule(rules.stage_direction, "In a hurry, an agent reads it out."),
    "exclamation": Rule(rules.exclamation, "To somebody who is upset, it sounds cheerful or cross."),
    "unused-placeholder": Rule(rules.unused_placeholder, "The call would never ask for it; perhaps it is misspelt."),
    "idiom": Rule(
        phrase_words.words_of_kind("idiom", texts), "A listener whose second language it is does not know it."
    ),
    "drama": Rule(phrase_words.words_of_kind("drama", texts), "It sounds played."),
    "belittles": Rule(phrase_words.words_of_kind("belittling", spoken_texts), "It makes their trouble small."),
    "compares": Rule(
        phrase_words.words_of_kind("comparison", spoken_texts),
        "It asks them to be content, because others have it worse.",
    ),
    "grades": Rule(phrase_words.words_of_kind("grading", spoken_texts), "It gives the customer a mark."),
    "hurries": Rule(
        phrase_words.words_of_kind("hurry", spoken_texts), "It tells them that they take too much of our time."
    ),
    "reads-minds": Rule(
        phrase_words.words_of_kind("mind-reading", spoken_texts), "Nobody can know what they feel or want."
    ),
    "sorry-twice": Rule(phrase_words.sorry_twice, "A second sorry sounds like stalling."),
    "admits-fault": Rule(phrase_words.admits_fault, "Nobody has established whose fault it was."),
    "unrecorded-promise": Rule(phrase_words.words_of_kind("promise"), "Nothing reminds the agent of it."),
    "unknown-fact": Rule(
        phrase_words.words_of_kind("fact"), "The customer takes it as true, and the transcript keeps it."
    ),
    "wrong-channel": Rule(phrase_words.words_of_kind("spoken"), "It sounds copied from a script for another channel."),
    "private-in-public": Rule(phrase_words.private_in_public, "Everybody can read a public reply."),
    "avoided-elsewhere": Rule(phrase_words.avoided_elsewhere, "Agents who know both get both instructions."),
    "does-not-fit": Rule(rules.does_not_fit, "On a normal terminal, the agent does not see it or reads too long."),
}


# What says nothing about the phrases of an intent by themselves.
OF_STEPS = frozenset({
    "channel-without-phrase", "few-phrases", "never-shown", "no-whole-phrase", "no-question", "does-not-fit"
})  # fmt: skip


class LintFinding(NamedTuple):
    """A finding in a file. Lines and columns count from 1."""

    file: str
    line: int
    column: int
    rule: str
    found: str
    because: str
    instead: str

    @property
    def message(self) -> str:
        """The finding in one line, as editors take it: FILE:LINE:COLUMN: rule: what was found."""
        return f"{self.file}:{self.line}:{self.column}: {self.rule}: {self.found}"


def lint(subject: Subject, places: FilePositions, file: str, skip: Collection[str] = ()) -> tuple[LintFinding, ...]:
    """Return what the rules find in a framework's own file, in the order of the file.

    Inherited parts of the framework that it extends are not checked.
    """
    found = (
        LintFinding(file, *place, name, one.what, one.because or rule.because, one.instead)
        for name, rule in RULES.items()
        if name not in skip
        for one in rule.check(subject)
        if (place := _place(places, one)) is not None
    )
    return tuple(sorted(dict.fromkeys(found), key=lambda one: (one.line, one.column)))


def _place(places: FilePositions, found: RuleFinding) -> Position | None:
    place = places.of(found.step, found.path)
    return places.of(None, found.otherwise) if place is None and found.otherwise is not None else place
