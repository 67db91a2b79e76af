"""The lessons of `recovery tutorial`, one thing at a time, and when the next one follows."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import msgspec

if TYPE_CHECKING:
    from collections.abc import Callable

    from recoverycli.session.model import Session

_ON_OR_OUT = "Enter alone goes on · Ctrl-C leaves"
_OUT = "Ctrl-C leaves"


class Lesson(NamedTuple):
    """One thing to try. `done` looks at the call before and after a line.

    `brief` is the hint for a screen that has one line for it, `enter` what else can be done. `praise` leads to the next
    hint once it was done, `learned` names what was learned.
    """

    hint: str
    brief: str
    enter: str
    done: Callable[[Session, Session], bool]
    praise: str
    learned: str


class Course(msgspec.Struct, frozen=True):
    """How far a learner is: the place of the lesson, what was learned, and praise for the last line."""

    place: int = 0
    learned: tuple[str, ...] = ()
    praise: str = ""

    @property
    def lesson(self) -> Lesson:
        """What to try next."""
        return LESSONS[self.place]

    @property
    def hint(self) -> str:
        """What to try next, in a sentence or two."""
        return f"{self.praise} {self.lesson.hint}".lstrip()


def after_line(course: Course, before: Session, after: Session) -> Course:
    """Return how far the learner is after a line that led the call from `before` to `after`.

    A learner who skips a lesson is not stopped.
    """
    lesson = course.lesson
    if lesson.done(before, after):
        following = Course(course.place + 1, (*course.learned, lesson.learned), lesson.praise)
    else:
        following = Course(course.place + _has_moved(before, after), course.learned)
    if after.at_wrap_up and following.place < _WRAP_UP:
        return Course(_WRAP_UP, following.learned)
    last = len(LESSONS) - 1 if after.at_wrap_up else _WRAP_UP - 1
    return msgspec.structs.replace(following, place=min(following.place, last))


def lesson_lines() -> list[str]:
    """Return what the tutorial would teach, for where nobody can try it."""
    return [
        "The tutorial walks through one call in two minutes. It needs a terminal, and stores nothing.",
        *(f"{number}. {lesson.hint}" for number, lesson in enumerate(LESSONS, start=1)),
    ]


def farewell(course: Course, *, to_the_end: bool) -> list[str]:
    """Return the last three lines: what was learned, where help is, and how to begin."""
    learned = (*course.learned, *((LESSONS[-1].learned,) if to_the_end else ()))
    *most, last = learned or ("",)
    known = f"{', '.join(most)} and {last}" if most else last
    return [
        f"You know {known} now." if known else "To see it again: recovery tutorial",
        "For help, type ? in any call.",
        "This call was not stored. Your first call: recovery start",
    ]


def _has_moved(before: Session, after: Session) -> bool:
    """Whether the call went to another step."""
    return before.place.step != after.place.step


def _facts(session: Session) -> int:
    """How many entries of a call `u` could take back."""
    count = 0
    while session.before is not None:
        count, session = count + 1, session.before.session
    return count


def _said_count(session: Session) -> int:
    return sum(len(record.said) for record in session.steps)


def _note_count(session: Session) -> int:
    return sum(len(record.notes) for record in session.steps)


LESSONS = (
    Lesson(
        "Say one of these aloud, then press its number and Enter.",
        "Say one aloud, then type its number.",
        _ON_OR_OUT,
        lambda before, after: _said_count(after) > _said_count(before),
        "Good, it is written down.",
        "phrases",
    ),
    Lesson(
        "Type a few words as a note and press Enter.",
        "Now type a few words as a note.",
        _ON_OR_OUT,
        lambda before, after: _note_count(after) > _note_count(before),
        "Noted.",
        "notes",
    ),
    Lesson(
        "When a step is done, press Enter alone: it goes on.",
        "Enter alone: on to the next step.",
        _OUT,
        _has_moved,
        "That is the next step.",
        "Enter",
    ),
    Lesson(
        "Too early? Type u and Enter: it takes the last thing back.",
        "Too early? u takes it back.",
        _ON_OR_OUT,
        lambda before, after: _facts(after) < _facts(before),
        "Back again, nothing lost.",
        "u",
    ),
    Lesson(
        "Promise something: /promise call back by tomorrow 5pm",
        "Try /promise call back by tomorrow 5pm",
        _ON_OR_OUT,
        lambda before, after: len(after.promises) > len(before.promises),
        "It will be on your list.",
        "promises",
    ),
    Lesson(
        "How do they sound? Type /mood angry",
        "How do they sound? Try /mood angry",
        _ON_OR_OUT,
        lambda before, after: len(after.moods) > len(before.moods),
        "The phrases above now fit that mood.",
        "moods",
    ),
    Lesson(
        "Now press Enter for each step, up to the wrap-up.",
        "Enter for each step, to the wrap-up.",
        _OUT,
        lambda _before, after: after.at_wrap_up,
        "That was the last step.",
        "the wrap-up",
    ),
    Lesson(
        "How did it end? Type a number, such as 1.",
        "How did it end? Type a number, like 1.",
        "Enter alone saves · Ctrl-C leaves",
        lambda before, after: after.outcome is not None and before.outcome != after.outcome,
        "Well done.",
        "outcomes",
    ),
    Lesson(
        "Press Enter: it saves the call and ends the tutorial.",
        "Enter saves the call and ends here.",
        _OUT,
        lambda _before, _after: False,
        "",
        "saving",
    ),
)
_WRAP_UP = len(LESSONS) - 2
