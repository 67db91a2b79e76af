"""What is looked for in a text: frozen structs that the reader and the matcher share."""

from __future__ import annotations

from typing import Annotated, Literal, get_args

import msgspec

from recoverycli.content.model import ContentNode, Line, Slug
from recoverycli.frameworks.model import Channel, Intent

# The classes of words that backfire.
BackfireClass = Literal[
    "dismissal", "calm-down", "policy-wall", "blame", "passing-on", "empty-promise", "false-empathy",
    "conditional-apology", "sorry-but", "refusal", "disbelief", "threat",
]  # fmt: skip
# What fails a call whatever else was in it; blame does too (`review.scoring.critical`).
CriticalWords = Literal["insult", "disclosure", "false-promise"]
# The first line is for what belongs to no class and for the files of companies. The last two lines are for phrases that
# agents are given, never for what they say (`wording/lint`).
Kind = Literal[
    BackfireClass,
    CriticalWords,
    "apology", "tone", "belittling", "rule", "hollow", "ownership", "vague", "jargon",
    "idiom", "drama", "comparison", "grading", "hurry", "mind-reading",
    "admission", "promise", "fact", "spoken", "private",
]  # fmt: skip
# Words to find (see `wording.search.phrases`).
Phrase = Annotated[str, msgspec.Meta(min_length=1, max_length=2000)]
GoodAct = Literal[
    "acknowledges", "asks", "apologizes", "takes-responsibility", "explains", "offers", "commits", "thanks"
]
BadAct = Literal["denies", "refuses", "blames", "threatens", "dismisses", "mocks", "ignores-question"]
Act = Literal[GoodAct, BadAct]
PartId = Literal["regret", "explanation", "responsibility", "repentance", "repair", "forgiveness"]

CLASSES: frozenset[str] = frozenset(get_args(BackfireClass))
CRITICAL_WORDS: frozenset[str] = frozenset(get_args(CriticalWords))

# Who a clause is about, and when: "they" for "he" and "she" as well, "it" for things.
Person = Literal["I", "we", "you", "they", "it"]
Tense = Literal["past", "present", "future"]

# The order in which the study names them (Lewicki, Polin and Lount 2016).
PART_IDS: tuple[PartId, ...] = get_args(PartId)


class When(ContentNode, frozen=True, kw_only=True):
    """The features that the words of a phrase must have to count. What is left out may be either.

    `negated` is denied, `hypothetical` supposed ("if", "would"), `reported` said by somebody else, `question` asked.
    `person` and `tense` are those of the clause, any of the list.
    """

    negated: bool | None = None
    hypothetical: bool | None = None
    reported: bool | None = None
    question: bool | None = None
    person: tuple[Person, ...] = ()
    tense: tuple[Tense, ...] = ()


class Pattern(ContentNode, frozen=True, kw_only=True):
    """Words that backfire, why they do, and what to say in their place.

    `say` and the two kinds of `unless` are phrases (`wording.search.phrases`). `unless` makes them harmless in the same
    sentence, `unless_followed_by` after them, up to the end of the next sentence. Empty `channels` mean every one.
    `when` are the features that the words must have. `loosely`: slips of typing and intensifiers between the words do
    not count, and "could not" or "unable to" are the same as "cannot". `leaves_parts`: the words may still be part of
    an apology, though their kind takes it back ("sorry for any inconvenience"). `catches` and `passes` are sentences
    that must and must not match.
    """

    id: Slug
    kind: Kind
    say: tuple[Phrase, ...]
    because: Line
    instead: Line
    channels: tuple[Channel, ...] = ()
    unless: tuple[Phrase, ...] = ()
    unless_followed_by: tuple[Phrase, ...] = ()
    when: When | None = None
    loosely: bool = False
    leaves_parts: bool = False
    learned: bool = False
    catches: tuple[Line, ...] = ()
    passes: tuple[Line, ...] = ()


class ApologyOffer(ContentNode, frozen=True, kw_only=True):
    """A sentence to offer for a part of an apology that is missing. Empty `channels` mean every one."""

    say: Line
    channels: tuple[Channel, ...] = ()


class SignGroup(ContentNode, frozen=True, kw_only=True):
    """Words that a part of an apology is recognised by, with demands of their own (see `Pattern`)."""

    signs: tuple[Phrase, ...]
    unless: tuple[Phrase, ...] = ()
    unless_followed_by: tuple[Phrase, ...] = ()
    when: When | None = None
    loosely: bool = False

    @property
    def say(self) -> tuple[str, ...]:
        """The signs, as the phrases to find."""
        return self.signs


class ApologyPart(ContentNode, frozen=True, kw_only=True):
    """One of the six parts of an apology and the words it is recognised by.

    `weight` is the rank that the study gives it: 1 matters most, 3 is shared by three, 4 can be left out. `when`
    and `loosely` are those of a pattern. `groups` are further signs; nothing of the part's own guards them.
    """

    id: PartId
    name: Line
    weight: Annotated[int, msgspec.Meta(ge=1, le=4)]
    meaning: Line
    signs: tuple[Phrase, ...]
    unless: tuple[Phrase, ...] = ()
    when: When | None = None
    loosely: bool = False
    groups: tuple[SignGroup, ...] = ()
    phrases: tuple[ApologyOffer, ...] = ()
    catches: tuple[Line, ...] = ()
    passes: tuple[Line, ...] = ()


class IntentSigns(ContentNode, frozen=True, kw_only=True):
    """The words by which a sentence is told to serve an intent. `catches` and `passes` must be found, and must not."""

    id: Intent
    name: Line
    signs: tuple[Phrase, ...]
    catches: tuple[Line, ...] = ()
    passes: tuple[Line, ...] = ()


class ActSigns(ContentNode, frozen=True, kw_only=True):
    """The words by which an answer of an agent is told to do something, well or badly.

    `harmless` words deny something and are no denial and no refusal, even where they overlap one. The phrases and
    `when` are those of a pattern. `catches` and `passes` are sentences that must and must not match.
    """

    id: Slug
    act: Literal[Act, "harmless"]
    say: tuple[Phrase, ...]
    unless: tuple[Phrase, ...] = ()
    unless_followed_by: tuple[Phrase, ...] = ()
    when: When | None = None
    loosely: bool = False
    catches: tuple[Line, ...] = ()
    passes: tuple[Line, ...] = ()


class CardTrigger(ContentNode, frozen=True, kw_only=True):
    """Words in a note that suggest a card, the framework with the id `card`.

    `unless` makes them harmless in the same sentence, `when` are the features they must have. `catches` and `passes`
    are sentences that must suggest this card, and must not.
    """

    id: Slug
    card: Slug
    say: tuple[Phrase, ...]
    unless: tuple[Phrase, ...] = ()
    unless_followed_by: tuple[Phrase, ...] = ()
    when: When | None = None
    catches: tuple[Line, ...] = ()
    passes: tuple[Line, ...] = ()


class File(ContentNode, frozen=True, kw_only=True):
    """One wording file: patterns, parts of an apology, words that call for one, triggers of cards, and what is off.

    `lists` are words that its phrases name: `<refund>`. `off` switches off patterns and triggers by their ids.
    """

    schema: Literal[1]
    id: Slug
    version: Annotated[int, msgspec.Meta(ge=1)] = 1
    name: Line
    summary: str = ""
    lists: dict[Slug, tuple[Phrase, ...]] = msgspec.field(default_factory=dict)
    patterns: tuple[Pattern, ...] = ()
    parts: tuple[ApologyPart, ...] = ()
    occasions: tuple[Phrase, ...] = ()
    intents: tuple[IntentSigns, ...] = ()
    acts: tuple[ActSigns, ...] = ()
    triggers: tuple[CardTrigger, ...] = ()
    off: tuple[Slug, ...] = ()


class Wording(msgspec.Struct, frozen=True):
    """All that is looked for in a text. `occasions` are words of trouble, where an apology is called for."""

    patterns: tuple[Pattern, ...] = ()
    parts: tuple[ApologyPart, ...] = ()
    occasions: tuple[str, ...] = ()
    intents: tuple[IntentSigns, ...] = ()
    triggers: tuple[CardTrigger, ...] = ()
    acts: tuple[ActSigns, ...] = ()
