"""The roles of reviewers and the answers to a criterion. The command and its menu are made from them."""

from __future__ import annotations

from typing import Literal, NamedTuple, get_args

Role = Literal["self", "reviewer"]
Answer = Literal["yes", "partly", "no", "na"]
ROLES: tuple[Role, ...] = get_args(Role)


class AnswerFacts(NamedTuple):
    """An answer: its label in the menu, and the share of the points that it gives; None if not judged."""

    label: str
    points: float | None


ANSWERS: dict[Answer, AnswerFacts] = {
    "yes": AnswerFacts("Yes", 1.0),
    "partly": AnswerFacts("Partly", 0.5),
    "no": AnswerFacts("No", 0.0),
    "na": AnswerFacts("Cannot be judged", None),
}
# A critical item was kept or not.
CRITICAL_ANSWERS: tuple[Answer, ...] = ("yes", "no", "na")
