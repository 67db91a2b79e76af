"""`recovery frameworks show`: show a framework."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import msgspec
import typer

from recoverycli.commands.common.confirm import word_or_choice
from recoverycli.commands.common.context import Setup
from recoverycli.commands.common.help_text import help_with_examples
from recoverycli.commands.common.options import AsJson, Channel, FrameworkId, Issue, Mood, Ours
from recoverycli.commands.common.told_words import told_fault, told_word
from recoverycli.frameworks.model import CHANNELS, MOODS
from recoverycli.frameworks.phrasing import Facts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from recoverycli.frameworks.model import Framework
    from recoverycli.frameworks.stops import FlowStep

HELP = help_with_examples(
    "Show a framework.\n\nThis includes its steps with goals, questions, phrases, and words to avoid. With --channel, "
    "--mood, --issue or --ours, each step has the phrases that such a call is offered, in their order.",
    "recovery frameworks show heart",
    "recovery frameworks show heart --channel phone --mood angry --issue billing",
    "recovery frameworks show double-charge --map",
    "recovery frameworks show learn --json",
)


def command(
    context: typer.Context,
    framework: FrameworkId = None,
    *,
    channel: Channel = None,
    mood: Mood = None,
    issue: Issue = None,
    ours: Ours = None,
    as_map: Annotated[bool, typer.Option("--map", help="Draw the flow between the steps.")] = False,
    as_json: AsJson = False,
) -> None:
    """Show a framework."""
    setup: Setup = context.obj
    library = setup.library()
    framework = word_or_choice(setup, framework, "framework", library.ids(), "recovery frameworks show heart")
    loaded = library.load(framework)
    setup.warn(library.faults)
    if as_map:
        _map(setup, loaded.content, library.called_by(loaded.content), as_json=as_json)
        return
    shared = setup.shared_phrases()
    case = _case(setup, channel, mood, issue, ours)
    content = loaded.content if case is None else shared.offer(loaded.content, case)
    more = shared.count(loaded.content) if case is None else {}
    if as_json:
        whole = complete(content)
        for step in whole["steps"]:
            step["shared_phrases"] = more.get(step["id"], 0)
        setup.output.as_json({**whole, "group": content.group, **loaded.source})
        return
    from recoverycli.terminal.views.frameworks.frameworks import framework_page

    setup.output.show(framework_page(content, "" if loaded.kind == "built-in" else loaded.whence, more))


def _case(setup: Setup, channel: str | None, mood: str | None, issue: str | None, ours: str | None) -> Facts | None:
    """Return the facts that choose the phrases, or None if none was given."""
    if (channel, mood, issue, ours) == (None, None, None, None):
        return None
    channel, mood = told_word("channel", channel, CHANNELS), told_word("mood", mood, MOODS)
    family = setup.issue_families().find(issue)
    return Facts(channel, mood, issue, family.id if family else None, told_fault(ours) or "unclear")


def _map(setup: Setup, framework: Framework, called: Sequence[Framework], *, as_json: bool) -> None:
    from recoverycli.frameworks.stops import RETURN, flow
    from recoverycli.terminal.views.frameworks.frameworks import flow_page

    if as_json:
        more = [{"id": one.id, "steps": [complete_stop(stop) for stop in flow(one, end=RETURN)]} for one in called]
        own = [complete_stop(stop) for stop in flow(framework, called)]
        setup.output.as_json({"id": framework.id, "steps": own, "called": more})
    else:
        setup.output.show(flow_page(framework, called))


def complete_stop(stop: FlowStep) -> dict[str, Any]:
    """A step of the flow, with its branches and rules as objects."""
    parts = {name: [part._asdict() for part in getattr(stop, name)] for name in ("branches", "rules")}
    return {**stop._asdict(), **parts}


def complete(value: Any) -> Any:
    """Return a struct with every key, including optional ones."""
    if isinstance(value, msgspec.Struct):
        return {field.encode_name: complete(getattr(value, field.name)) for field in msgspec.structs.fields(value)}
    return [complete(item) for item in value] if isinstance(value, tuple) else value
