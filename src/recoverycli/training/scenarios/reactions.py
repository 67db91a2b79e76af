"""What own words do to the customer of a role-play: the intents that they serve, and how the customer answers them."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

from recoverycli.wording.acts.reader import BadAct, GoodAct

if TYPE_CHECKING:
    from collections.abc import Collection

    from recoverycli.frameworks.model import Intent, Mood

IGNORES: BadAct = "ignores-question"
BAD: frozenset[str] = frozenset(get_args(BadAct))
HARMFUL = BAD - {IGNORES}
# Acts that settle something, whatever else is said.
SETTLING = frozenset[str]({"offers", "commits"})

# The intents that an act serves, the foremost first.
_SERVES: dict[GoodAct, tuple[Intent, ...]] = {
    "acknowledges": ("acknowledge", "listen", "believe", "empathize"),
    "asks": ("assess", "listen", "widen", "agree"),
    "apologizes": ("apologize",),
    "takes-responsibility": ("apologize", "believe", "acknowledge"),
    "explains": ("explain", "notify"),
    "offers": ("solve", "compensate", "widen", "agree"),
    "commits": ("notify", "follow-up", "solve", "agree", "compensate"),
    "thanks": ("thank",),
}
# What the customer says before anything else; of several acts, the first here counts.
_REACTIONS: dict[BadAct, str] = {
    "threatens": "Please don't threaten me.",
    "mocks": "I don't find this funny.",
    "blames": "It doesn't help me to hear whose fault it is.",
    "denies": "That's not how I see it.",
    "refuses": "So you won't help me.",
    "dismisses": "This is important to me.",
    "ignores-question": "You haven't answered my question.",
}
_OTHER_BACKFIRE = "That doesn't help me."
# What they say to words that nobody understands.
_UNCLEAR: dict[Mood, tuple[str, ...]] = {
    "angry": ("I don't understand what you're saying.", "That tells me nothing.", "What does that mean?"),
    "upset": ("I don't follow you.", "I don't know what you mean by that.", "I don't understand that."),
    "anxious": ("I'm afraid I don't follow you.", "I don't understand what that means for me.", "What does that mean?"),
    "calm": ("I don't quite follow you.", "I'm not sure what you mean.", "Could you say that in other words?"),
}


def intents_of(acts: Collection[str]) -> frozenset[Intent]:
    """Return all intents that the acts serve."""
    return frozenset(intent for act, intents in _SERVES.items() if act in acts for intent in intents)


def intents_of_act(act: str) -> tuple[Intent, ...]:
    """Return the intents that a good act serves, the foremost first; none for another word."""
    return next((intents for name, intents in _SERVES.items() if name == act), ())


def foremost(acts: Collection[str]) -> tuple[Intent, ...]:
    """Return the one intent of each act that it serves before others."""
    return tuple(dict.fromkeys(intents[0] for act, intents in _SERVES.items() if act in acts))


def reaction(acts: Collection[str]) -> str:
    """Return what the customer says to own words that do not help; empty if they do something good and nothing bad."""
    bad = next((words for act, words in _REACTIONS.items() if act in acts), "")
    return bad or ("" if acts else _OTHER_BACKFIRE)


def unclear(mood: Mood, number: int) -> str:
    """Return what the customer says to own words of which nothing is understood; `number` varies it."""
    return _UNCLEAR[mood][number % len(_UNCLEAR[mood])]
