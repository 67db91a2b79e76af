"""Hints in practice: first what matters to the customer now, then which answer does most for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recoverycli.training.scenarios.play import HEARING, answer

if TYPE_CHECKING:
    from recoverycli.frameworks.model import Framework
    from recoverycli.training.scenarios.model import ScenarioReply
    from recoverycli.training.scenarios.play import Roleplay

# Points off a hundred for each hint.
COST = 5


def best(play: Roleplay) -> ScenarioReply | None:
    """Return the answer that does most for the customer; of two alike the one that brings something out."""
    return max(
        play.choices,
        key=lambda reply: (answer(play, reply).turns[-1].effect, reply.reveals is not None),
        default=None,
    )


def hint(play: Roleplay, number: int, framework: Framework) -> str:
    """Return the hint of that number, from 1; the last of them stays the same."""
    wanted = best(play)
    if wanted is None:
        return ""
    step = next((step for step in framework.live_steps if {step.intent, *step.also} & set(wanted.intents)), None)
    if number == 1 and step is not None:
        heard = "They want to be heard first. " if HEARING & set(wanted.intents) and not play.heard else ""
        return f"{heard}Think of {step.name}: {step.goal}"
    if number <= 2:
        asks = "There is something that they have not said. " if wanted.reveals else ""
        return f"{asks}Look for the answer that {_aim(wanted)}."
    return f'The strongest answer here: "{wanted.say}"'


def _aim(reply: ScenarioReply) -> str:
    aims = {
        "listen": "lets them tell it",
        "acknowledge": "repeats what they told you",
        "believe": "believes them",
        "empathize": "says what it is like for them",
        "apologize": "says sorry for what happened",
        "assess": "asks for one fact",
        "widen": "gives them a choice",
        "agree": "settles what will happen",
        "solve": "does something now",
        "compensate": "gives something back",
        "thank": "thanks them",
        "explain": "says plainly what went wrong",
        "notify": "says what comes next, and when",
        "follow-up": "says when you will check",
    }
    return next((aims[intent] for intent in reply.intents if intent in aims), "is on their side")
