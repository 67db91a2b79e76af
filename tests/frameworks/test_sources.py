"""What the published descriptions say of a step stands in its goal, its advice, its questions or its notes."""

from __future__ import annotations

from pathlib import Path

from recoverycli.content.library import Source
from recoverycli.frameworks.library import FrameworkLibrary
from tests.cases import for_each

LIBRARY = FrameworkLibrary((Source(Path(__file__).parents[2] / "frameworks", "built-in"),))

# Framework, step, and words of which each stands for one point of the description.
POINTS = [
    ("learn", "listen", ("all of it", "never interrupt", "calm", "their view counts", "chatbot")),
    ("learn", "empathize", ("own words", "time, the place", "feeling", "tone")),
    ("learn", "apologize", ("isn't all ours", "blame nobody", "no excuse", "mean it")),
    ("learn", "resolve", ("can be met", "refund", "replacement", "another service", "quickly", "agree")),
    ("learn", "notify", ("doesn't happen again", "a day and a name", "news on the way", "satisfied", "details")),
    ("learn-marriott", "respond", ("what can be done",)),
    ("last", "listen", ("full attention", "chatbot")),
    ("last", "thank", ("they matter", "raising it")),
    ("latte", "acknowledge", ("what went wrong", "sorry")),
    ("latte", "explain", ("what you did",)),
    ("heart", "follow-up", ("day you named", "still works")),
    ("aware", "acknowledge", ("sorry first", "questions come later", "their side", "a real", "upset you most")),
    ("aware", "widen", ("haven't thought of", "together", "health or safety", "mistaken")),
    ("aware", "agree", ("yourself and now", "by whom and by when", "repaired now")),
    ("aware", "resolve", ("as we said", "ask them how far", "before they post")),
    ("aware", "evaluate", ("profile", "quality system", "every tuesday", "training")),
    ("seven-step", "acknowledge", ("full attention", "don't interrupt", "say back", "no excuses", "the solution")),
    ("seven-step", "apologize", ("issue", "feeling", "responsibility", "together")),
    ("seven-step", "assess", (
        "everyone involved", "root cause", "what was expected", "what we did not do", "from outside", "money",
        "inconvenience", "distress", "what is done now", "prevented",
    )),
    ("seven-step", "offer-solution", (
        "refund", "replacement", "discount", "training", "letter", "upgrade", "personal",
    )),
    ("seven-step", "follow-up", ("they prefer", "at the time", "inconvenience once more", "thank", "whole experience")),
    ("seven-step", "document", (
        "time, place, people", "nature of the failure", "immediate action", "pattern", "training", "technology",
        "measure",
    )),
    ("seven-step", "train", ("communication", "problem solving", "empathy", "scenario", "without asking")),
    ("tschohl", "respond-calmly", ("becomes the issue", "calm")),
    ("tschohl", "show-empathy", ("in their place", "react")),
    ("tschohl", "ask-questions", ("make it right", "no excuses")),
    ("tschohl", "suggest-alternatives", ("within the guidelines", "another way", "what you can do", "their idea")),
    ("tschohl", "apologize", ("blame nobody", "thank them")),
    ("tschohl", "solve", ("of value", "your name", "bring in")),
    ("heard", "diagnose", ("blame nobody", "process")),
    ("blast", "believe", ("as true", "calmly")),
    ("abusive-caller", "boundary", ("once", "help")),
    ("abusive-caller", "record", ("facts",)),
]  # fmt: skip


@for_each("framework, step, points", POINTS)
def test_a_step_holds_each_point_of_its_description(framework: str, step: str, points: tuple[str, ...]) -> None:
    found = LIBRARY.load(framework).content.step(step)
    assert found is not None
    lines = (
        found.goal,
        *found.do,
        *found.questions,
        *(one.text for one in found.checklist),
        *(one.ask for one in found.capture),
    )
    text = " ".join(lines).casefold()
    assert [point for point in points if point not in text] == []
