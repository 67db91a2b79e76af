"""`recovery frameworks`: which there are, what one says, and whether a file of one's own is sound."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import msgspec
import typer

from recoverycli.commands import completing
from recoverycli.commands.examples import described
from recoverycli.commands.setup import Setup
from recoverycli.errors import UsageProblem

if TYPE_CHECKING:
    from recoverycli.framework.library import Library, Loaded
    from recoverycli.framework.model import Framework
    from recoverycli.framework.reader import ReadResult
    from recoverycli.terminal.views.flow import Stop

app = typer.Typer(
    help=described(
        "The recovery frameworks: list, read and check them.",
        "recovery frameworks list",
        "recovery frameworks show heart",
    ),
    no_args_is_help=True,
)


AsJson = Annotated[bool, typer.Option("--json", help="Print JSON, for scripts.")]


class Checked(msgspec.Struct, frozen=True):
    """One file that was validated."""

    file: str
    ok: bool
    steps: int
    problems: tuple[dict[str, Any], ...]


@app.command(
    "list",
    help=described(
        "List the frameworks, their steps, and where each comes from.",
        "recovery frameworks list",
        "recovery frameworks list --json",
    ),
)
def list_(context: typer.Context, as_json: AsJson = False) -> None:
    """List the frameworks, their steps, and where each comes from."""
    setup: Setup = context.obj
    listing = setup.library().listing()
    setup.warn(listing.problems)
    if as_json:
        for loaded in listing.entries:
            setup.output.as_json(in_brief(loaded))
        return
    from recoverycli.terminal.views.frameworks import frameworks_screen, frameworks_text

    if setup.look.plain:
        setup.output.text("\n".join(frameworks_text(listing.entries)))
    else:
        setup.output.draw(frameworks_screen(listing.entries, setup.look.width))


@app.command(
    help=described(
        "Show a framework whole. Its steps with goals, questions, phrases, and words to avoid.",
        "recovery frameworks show heart",
        "recovery frameworks show double-charge --map",
        "recovery frameworks show learn --json",
    ),
)
def show(
    context: typer.Context,
    framework: Annotated[
        str | None,
        typer.Argument(metavar="ID", help="Which; see: recovery frameworks list", autocompletion=completing.frameworks),
    ] = None,
    as_map: Annotated[bool, typer.Option("--map", help="Draw the flow: which answer leads where.")] = False,
    as_json: AsJson = False,
) -> None:
    """Show a framework whole. Its steps with goals, questions, phrases, and words to avoid."""
    setup: Setup = context.obj
    library = setup.library()
    if framework is None:
        from recoverycli.terminal.choosing import choose

        framework = choose(setup.output, "Which framework?", library.ids())
    if framework is None:
        raise UsageProblem("which framework?", hint="For example: recovery frameworks show heart")
    loaded = library.load(framework)
    setup.warn(library.faults)
    if as_map:
        _map(setup, loaded.framework, as_json=as_json)
        return
    if as_json:
        setup.output.as_json(
            {**complete(loaded.framework), "kind": loaded.kind, "path": str(loaded.path), "digest": loaded.digest}
        )
        return
    from recoverycli.terminal.views.frameworks import framework_screen, framework_text

    if setup.look.plain:
        setup.output.text("\n".join(framework_text(loaded.framework)))
    else:
        setup.output.draw(framework_screen(loaded.framework))


def _map(setup: Setup, framework: Framework, *, as_json: bool) -> None:
    from recoverycli.terminal.views.flow import flow, flow_screen, flow_text

    if as_json:
        setup.output.as_json({"id": framework.id, "steps": [complete_stop(stop) for stop in flow(framework)]})
    elif setup.look.plain:
        setup.output.text("\n".join(flow_text(framework)))
    else:
        setup.output.draw(flow_screen(framework))


def complete_stop(stop: Stop) -> dict[str, Any]:
    """A step of the flow, its branches as objects."""
    return {**stop._asdict(), "branches": [branch._asdict() for branch in stop.branches]}


@app.command(
    help=described(
        "Check framework files. Every fault is named with line, column and what is allowed.",
        "recovery frameworks validate my-framework.yaml",
        "recovery frameworks validate .recovery/frameworks/*.yaml --json",
    ),
)
def validate(
    context: typer.Context,
    files: Annotated[list[Path] | None, typer.Argument(metavar="FILE...", help="Framework files to check.")] = None,
    as_json: AsJson = False,
) -> None:
    """Check framework files. Every fault is named with line, column and what is allowed."""
    setup: Setup = context.obj
    if not files:
        files = _asked_for(setup)
    if not files:
        raise UsageProblem("which file?", hint="For example: recovery frameworks validate my-framework.yaml")
    library = setup.library()
    bad = False
    for file in files:
        result = checked(file, library)
        bad = bad or bool(result.problems)
        steps = len(result.framework.steps) if result.framework else 0
        if as_json:
            problems = tuple(
                {**msgspec.to_builtins(problem), "message": problem.as_line()} for problem in result.problems
            )
            setup.output.as_json(Checked(str(file), not result.problems, steps, problems))
        else:
            lines = [problem.as_line() for problem in result.problems] or [
                f"{file}: good, {steps} {'step' if steps == 1 else 'steps'}"
            ]
            setup.output.text("\n".join(lines))
    if bad:
        raise typer.Exit(1)


@app.command(
    help=described(
        "Print the JSON Schema of a framework file, for editors.",
        "recovery frameworks schema > framework.schema.json",
    ),
)
def schema(context: typer.Context, as_json: AsJson = False) -> None:
    """Print the JSON Schema of a framework file, for editors."""
    from recoverycli.framework.schema import framework_schema

    setup: Setup = context.obj
    if as_json:
        setup.output.as_json(framework_schema())
    else:
        setup.output.text(msgspec.json.format(msgspec.json.encode(framework_schema()), indent=2).decode())


def _asked_for(setup: Setup) -> list[Path]:
    """Let one of the YAML files here be chosen, where somebody can answer."""
    from recoverycli.terminal.choosing import choose

    here = sorted(str(path) for path in (*Path().glob("*.yaml"), *Path().glob(".recovery/frameworks/*.yaml")))
    chosen = choose(setup.output, "Which file?", here) if here else None
    return [Path(chosen)] if chosen else []


def complete(value: Any) -> Any:
    """Return a struct with every key, also those that hold what a file need not say."""
    if isinstance(value, msgspec.Struct):
        return {field.encode_name: complete(getattr(value, field.name)) for field in msgspec.structs.fields(value)}
    return [complete(item) for item in value] if isinstance(value, tuple) else value


def checked(file: Path, library: Library) -> ReadResult:
    """Read a file as `validate` does: what it extends is looked for beside it first."""
    from recoverycli.framework.library import Library, Source, read_bytes
    from recoverycli.framework.reader import ReadResult, read_framework
    from recoverycli.framework.yaml_nodes import Problem

    data = read_bytes(file)
    if isinstance(data, Problem):
        return ReadResult(None, (data,), "")
    beside = Library((Source(file.absolute().parent, "flag"), *library.sources))
    return read_framework(data, str(file), beside.base_of(file.stem))


def in_brief(loaded: Loaded) -> dict[str, Any]:
    """A framework as a line of the list."""
    framework = loaded.framework
    return {
        "id": framework.id,
        "name": framework.name,
        "version": framework.version,
        "summary": framework.summary,
        "expands_to": framework.expands_to,
        "steps": [
            {"id": step.id, "name": step.name, "intent": step.intent, "also": step.also, "phase": step.phase}
            for step in framework.steps
        ],
        "kind": loaded.kind,
        "path": str(loaded.path),
        "digest": loaded.digest,
    }
