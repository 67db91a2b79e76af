"""`recovery start`: a live call, from its first word to its transcript."""

from __future__ import annotations

import os
import secrets
import string
from typing import TYPE_CHECKING, Annotated, TypeVar

import msgspec
import typer

from recoverycli.commands.setup import Setup, now
from recoverycli.errors import UsageProblem, nearest
from recoverycli.framework.model import CALL_FACTS, CHANNELS, MOODS
from recoverycli.session import events as ev
from recoverycli.session.lines import interpret, storable
from recoverycli.session.meanings import Misunderstood, Record
from recoverycli.session.state import begin

if TYPE_CHECKING:
    from pathlib import Path

    from recoverycli.framework.library import Loaded
    from recoverycli.live.reply import Left
    from recoverycli.terminal.output import Output

Word = TypeVar("Word", bound=str)

EXAMPLES = """Examples:

  recovery start

  recovery start heart --customer "A. Customer" --channel phone --mood angry

  recovery start learn --set order=A-1042 < lines.txt"""


def start(
    context: typer.Context,
    framework: Annotated[str | None, typer.Argument(help="Which framework; see: recovery frameworks list")] = None,
    customer: Annotated[str | None, typer.Option("--customer", help="The customer's name.")] = None,
    ref: Annotated[str | None, typer.Option("--ref", help="The customer's or case's reference.")] = None,
    channel: Annotated[str | None, typer.Option("--channel", help=f"How you talk: {', '.join(CHANNELS)}.")] = None,
    issue: Annotated[str | None, typer.Option("--issue", help="What it is about, in a word.")] = None,
    mood: Annotated[str | None, typer.Option("--mood", help=f"How they sound: {', '.join(MOODS)}.")] = None,
    agent: Annotated[str | None, typer.Option("--agent", help="Your name.")] = None,
    values: Annotated[
        list[str] | None, typer.Option("--set", metavar="NAME=VALUE", help="A value for the phrases; may be repeated.")
    ] = None,
) -> None:
    """Start a call and be led through a recovery framework, step by step."""
    from recoverycli.live.call import LiveCall
    from recoverycli.live.reply import Reply
    from recoverycli.terminal.walk import opened, walk

    setup: Setup = context.obj
    settings = setup.settings
    library = setup.library()
    loaded = library.load(framework or settings.framework)
    first = ev.Started(
        at=now(),
        id="",
        framework=loaded.framework,
        digest=loaded.digest,
        source="built-in" if loaded.kind == "built-in" else "project",
        process=os.getpid(),
        agent=_words(agent or settings.agent),
        channel=_one_of("channel", channel or settings.channel, CHANNELS),
        issue=_words(issue),
        mood=_one_of("mood", mood, MOODS),
        customer=_words(customer),
        ref=_words(ref),
    )
    first = msgspec.structs.replace(first, values=_values(first, values or []))
    notice = still_open(setup.home)
    call = LiveCall.start(setup.surroundings(library), lambda: _named(first, loaded))
    with opened(setup.output, library.ids) as screen:
        left = walk(call, screen, Reply("moved", text=notice) if notice else None)
    say_how_it_was_left(left, setup.output)


def still_open(home: Path) -> str:
    """Mention the calls that are still open in one line; empty where there is none."""
    from recoverycli.live.recovery import open_calls

    calls = open_calls(home)
    if not calls:
        return ""
    others = f" and {len(calls) - 1} more" if len(calls) > 1 else ""
    return f"still open: {calls[0].stem}{others} · recovery resume"


def say_how_it_was_left(left: Left, output: Output) -> None:
    """Say in two lines where the call is now, and what can be done next."""
    match left.how:
        case "paused":
            output.text("The call is set aside; everything is kept.")
            output.text(f"Go on with it: recovery resume {left.call_id}")
        case "abandoned":
            output.text("The call was given up; its transcript is kept. See it: recovery log show last")
            output.text(f"Transcript: {left.path}")
        case "finished":
            output.text("The call is finished. See it: recovery log show last")
            output.text(f"Transcript: {left.path}")


def _named(first: ev.Started, loaded: Loaded) -> ev.Started:
    """Return the first event with the moment and an id: the time, the framework, and four random characters."""
    at = now()
    letters = "".join(secrets.choice(string.digits + string.ascii_lowercase) for _ in range(4))
    call_id = f"{at:%Y%m%dT%H%M%S}-{loaded.framework.id}-{letters}"
    return msgspec.structs.replace(first, at=at, id=call_id)


def _words(text: str | None) -> str | None:
    return storable(text).strip() or None if text else None


def _one_of(kind: str, word: str | None, words: tuple[Word, ...]) -> Word | None:
    if word is None:
        return None
    for known in words:
        if known == word.casefold():
            return known
    near = nearest(word, words)
    did_you = f"; did you mean {near}?" if near else ""
    raise UsageProblem(f"there is no {kind} {word[:40]}{did_you}", hint=f"One of: {', '.join(words)}")


def _values(first: ev.Started, pairs: list[str]) -> dict[str, str]:
    """Read the NAME=VALUE pairs by the same rules as `/set` in the call."""
    session = begin(first)
    values: dict[str, str] = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not equals or not name.strip() or not value.strip():
            raise UsageProblem(
                f"--set {pair[:60]}: a name and a value are needed", hint="For example: --set order=A-1042"
            )
        if name in CALL_FACTS:
            own = f"--set {pair[:60]}: {name} has an option of its own"
            raise UsageProblem(own, hint=f"For example: --{name} ...")
        meaning = interpret(session, f"/set {name.strip()} {value.strip()}", first.at, lambda _words, _now: None)
        if isinstance(meaning, Misunderstood):
            near = meaning.nearest.removeprefix("/set ").replace(" ", "=", 1)
            raise UsageProblem(f"--set {pair[:60]}: {meaning.why}", hint=f"Did you mean --set {near}" if near else "")
        if isinstance(meaning, Record) and isinstance(meaning.event, ev.ValueSet):
            values[meaning.event.name] = meaning.event.value
    return values
