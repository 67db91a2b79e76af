"""Reviews: assessments and disputes, one file per call. They never change the transcript."""

from __future__ import annotations

import contextlib
import os
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal

import msgspec

from recoverycli.errors import StoreProblem
from recoverycli.redaction.redact import redact
from recoverycli.redaction.rules import DEFAULT
from recoverycli.store.calls.review_words import ROLES, Answer, Role
from recoverycli.store.files import make_folder, read_own, refusal, refuse_links, replace_file
from recoverycli.store.layout import is_plain
from recoverycli.store.locks import REVIEWS_LOCK, hold_folder
from recoverycli.store.outbox import note_change

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from recoverycli.redaction.rules import Rules

_UNTOUCHED = "The reviews were not changed."


class Assessment(msgspec.Struct, frozen=True):
    """Answers of one person to the criteria of a scorecard, and a note; `by` is who gave them.

    A later assessment by the same person corrects what it names, and keeps the rest (`Review.current`).
    """

    at: datetime
    role: Role
    card: str
    answers: dict[str, Answer]
    by: str | None = None
    note: str | None = None


class Dispute(msgspec.Struct, frozen=True):
    """The reply to an assessment by the person who took the call."""

    at: datetime
    why: str
    by: str | None = None


class Review(msgspec.Struct, frozen=True):
    """All assessments and disputes of a call, oldest first."""

    call: str
    schema: Literal[1] = 1
    assessments: tuple[Assessment, ...] = ()
    disputes: tuple[Dispute, ...] = ()

    def current(self) -> tuple[Assessment, ...]:
        """Return the assessment of each person as it stands today: the agent's, then the reviewers', oldest first.

        `at` is when it was last corrected. Reviewers are told apart by their names; one person took the call.
        """
        people: dict[tuple[Role, str], Assessment] = {}
        for one in self.assessments:
            earlier = people.get(who := _person(one.role, one.by))
            people[who] = one if earlier is None else _correct(earlier, one)
        return tuple(sorted(people.values(), key=lambda one: ROLES.index(one.role)))

    def assessment_by(self, role: Role, by: str | None) -> Assessment | None:
        """Return the assessment of a person as it stands today; None if there is none."""
        return next((one for one in self.current() if _person(one.role, one.by) == _person(role, by)), None)

    def reviewer_answers(self) -> dict[str, Answer]:
        """Return the newest answer of any reviewer to each question; `na` leaves it to the other reviewers."""
        given: dict[tuple[str, str], Answer] = {}
        for one in self.assessments:
            for question, answer in one.answers.items() if one.role == "reviewer" else ():
                place = (question, _person(one.role, one.by)[1])
                given.pop(place, None)
                given[place] = answer
        return {question: answer for (question, _), answer in given.items() if answer != "na"}


class Reviews:
    """The assessments below a data folder. Nothing is created before the first is stored."""

    def __init__(self, home: Path, rules: Rules = DEFAULT) -> None:
        """`rules` say what is masked before it is stored."""
        self._rules = rules
        self.home = home
        self.folder = home / "reviews"

    def read(self, call_id: str) -> Review:
        """Return the review of a call, empty if there is none. Raises StoreProblem for a broken file."""
        return self._read(self.path(call_id))[0]

    def each(self, call_id: str | None = None) -> Iterator[Review | StoreProblem]:
        """Read every file, by call id, or only that of one call; a fault for each broken one."""
        with contextlib.suppress(FileNotFoundError):
            for path in sorted(self.folder.glob(f"{call_id or '*'}.json")):
                try:
                    yield self._read(path)[0]
                except StoreProblem as fault:
                    yield fault

    def add(self, call_id: str, entry: Assessment | Dispute) -> Review:
        """Add an assessment or a dispute; its text is masked first. Raises StoreProblem."""
        path = self.path(call_id)
        make_folder(self.folder, self.home, kept=_UNTOUCHED)
        with hold_folder(self.folder, REVIEWS_LOCK, kept=_UNTOUCHED):
            _, document = self._read(path)
            group = "assessments" if isinstance(entry, Assessment) else "disputes"
            document[group] = [*document.get(group, ()), msgspec.to_builtins(_mask(entry, self._rules))]
            data = msgspec.json.format(msgspec.json.encode(document), indent=1) + b"\n"
            try:
                with note_change(path, "review"):
                    replace_file(path, data)
            except OSError as refused:
                raise refusal(path, refused, kept=_UNTOUCHED) from refused
        return msgspec.convert(document, Review)

    def path(self, call_id: str) -> Path:
        """Return the path of the reviews of a call."""
        return self.folder / f"{call_id}.json"

    def _read(self, path: Path) -> tuple[Review, dict[str, Any]]:
        """The file with all its keys, including those of a newer version."""
        refuse_links(path, self.home)
        if os.path.lexists(path) and not is_plain(path):
            raise StoreProblem(f"{path}: it is not a file", kept=_UNTOUCHED, hint="Move it away to start again.")
        try:
            document = msgspec.json.decode(read_own(path))
            return msgspec.convert(document, Review), document
        except FileNotFoundError:
            fresh = Review(path.stem)
            return fresh, msgspec.to_builtins(fresh)
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError, ValueError) as wrong:
            told = f"{path}: it contains no reviews that this version can read"
            raise StoreProblem(told, kept="The file was not changed.", hint="Move it away to start again.") from wrong
        except OSError as refused:
            raise refusal(path, refused, kept=_UNTOUCHED) from refused


def _person(role: Role, by: str | None) -> tuple[Role, str]:
    """Return who somebody is: names without case and extra spaces. The agent is one person, whatever the name."""
    return role, "" if role == "self" or by is None else " ".join(by.casefold().split())


def _correct(earlier: Assessment, later: Assessment) -> Assessment:
    return msgspec.structs.replace(
        later,
        answers={**earlier.answers, **later.answers},
        note=earlier.note if later.note is None else later.note,
        by=earlier.by if later.by is None else later.by,
    )


def _mask(entry: Assessment | Dispute, rules: Rules) -> Assessment | Dispute:
    if isinstance(entry, Dispute):
        return msgspec.structs.replace(entry, why=redact(entry.why, rules)[0], by=_clean(entry.by, rules))
    return msgspec.structs.replace(entry, note=_clean(entry.note, rules), by=_clean(entry.by, rules))


def _clean(words: str | None, rules: Rules) -> str | None:
    return redact(words, rules)[0] if words else words
