"""The model of a dialogue: a whole call that `demo` shows, and the same call handled badly."""

from __future__ import annotations

from typing import Annotated, Literal, get_args

import msgspec

from recoverycli.content.model import ContentNode, Line, Slug
from recoverycli.frameworks.model import Channel, Mood

Mistake = Literal[
    "words", "early-fix", "empty-sorry", "second-sorry", "false-promise", "rule-first", "asked-again", "no-answer",
    "doubt", "blame", "argument", "invented", "no-choice", "no-next-step", "private", "unsafe",
]  # fmt: skip

MISTAKES: tuple[Mistake, ...] = get_args(Mistake)


class GoodExchange(ContentNode, frozen=True, kw_only=True):
    """What the customer says, what the agent answers in which step, and why; `mood` is that of the customer after it.

    `later` says when and how, where the answer begins another call or message.
    """

    customer: Line
    later: Line | None = None
    step: Slug
    agent: Line
    because: Line
    mood: Mood


class BadExchange(ContentNode, frozen=True, kw_only=True):
    """What the customer says, and an answer that makes it worse: the kind of mistake, and what goes wrong."""

    customer: Line
    agent: Line
    mistake: Mistake
    because: Line
    mood: Mood


class BadTake(ContentNode, frozen=True, kw_only=True):
    """The same call handled badly. `closing` is what the customer says last, `after` what came of it."""

    exchanges: Annotated[tuple[BadExchange, ...], msgspec.Meta(min_length=1)]
    closing: Line
    after: Line


class Dialogue(ContentNode, frozen=True, kw_only=True):
    """A whole call in the steps of a framework.

    In a playbook it goes the way of one of its examples, `example`. `mood` is that of the customer at the beginning,
    `closing` what they say last, and `after` what came of it.
    """

    schema: Literal[1]
    id: Slug
    version: Annotated[int, msgspec.Meta(ge=1)] = 1
    name: Line
    framework: Slug
    example: Slug | None = None
    channel: Channel
    issue: Line | None = None
    mood: Mood
    summary: Line
    exchanges: Annotated[tuple[GoodExchange, ...], msgspec.Meta(min_length=2)]
    closing: Line
    after: Line
    bad: BadTake | None = None
