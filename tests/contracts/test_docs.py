"""What is generated is fresh, and what the README shows can be typed."""

from __future__ import annotations

import ast
import json
import re
import shlex
import shutil
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest
import yaml

from recoverycli.frameworks.schema import SCHEMAS, framework_schema
from recoverycli.session.grammar.commands import COMMANDS
from recoverycli.session.transcript.current import transcript_schema
from recoverycli.training.roleplay.result import practice_schema
from recoverycli.training.scenarios.schema import scenario_schema
from recoverycli.wording.files.schema import wording_schema
from tests.cases import for_each
from tests.commands.recovery import Recovery
from tests.platforms import needs_posix_shell

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
PAPERS = (*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md")))


@pytest.mark.parametrize(
    ("name", "schema"),
    [
        *((name, schema()) for name, schema in SCHEMAS.items()),
        ("practice", practice_schema()),
        ("scenario", scenario_schema()),
        ("transcript", transcript_schema()),
        ("wording", wording_schema()),
    ],
)
def test_the_published_schema_is_the_one_of_the_code(name: str, schema: dict[str, Any]) -> None:
    published = json.loads((ROOT / "docs" / "schema" / f"{name}.schema.json").read_text(encoding="utf-8"))
    assert published == json.loads(json.dumps(schema)), "run `make docs`"


@cache
def validator(schema: Callable[[], dict[str, Any]]) -> Any:
    """What holds files against a schema; to make it takes longer than most files."""
    of_it = schema()
    kind = jsonschema.validators.validator_for(of_it)
    kind.check_schema(of_it)
    return kind(of_it)


@for_each("file", sorted((ROOT / "scenarios").glob("*.yaml")), name=lambda path: path.stem)
def test_every_scenario_is_valid_for_an_editor_too(file: Path) -> None:
    validator(scenario_schema).validate(yaml.safe_load(file.read_text(encoding="utf-8")))


@for_each("file", sorted((ROOT / "wording").rglob("*.yaml")), name=lambda path: path.stem)
def test_every_wording_file_is_valid_for_an_editor_too(file: Path) -> None:
    validator(wording_schema).validate(yaml.safe_load(file.read_text(encoding="utf-8")))


@for_each("file", sorted((ROOT / "frameworks").glob("*.yaml")), name=lambda path: path.stem)
def test_every_framework_is_valid_for_an_editor_too(file: Path) -> None:
    validator(framework_schema).validate(yaml.safe_load(file.read_text(encoding="utf-8")))


@for_each(
    "file, kind",
    [(path, "phrases") for path in sorted((ROOT / "phrases").glob("*.yaml"))]
    + [(path, "families") for path in sorted((ROOT / "issues").glob("*.yaml"))],
)
def test_shared_phrases_and_families_are_valid_for_an_editor_too(file: Path, kind: str) -> None:
    text = file.read_text(encoding="utf-8")
    validator(SCHEMAS[kind]).validate(yaml.safe_load(text))
    assert text.startswith(f"# yaml-language-server: $schema=../docs/schema/{kind}.schema.json\n")


def examples() -> Iterator[str]:
    """The `recovery` commands of the README's shell blocks that begin no call on a terminal."""
    for block in re.findall(r"```sh\n(.*?)```", README, re.DOTALL):
        yield from (line for line in block.splitlines() if line.startswith("recovery "))


@needs_posix_shell
def test_the_examples_of_the_readme_run(tmp_path: Path) -> None:
    recovery = Recovery(tmp_path)
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    (tmp_path / "my-framework.yaml").write_text(
        (ROOT / "frameworks" / "last.yaml").read_text(encoding="utf-8"), encoding="utf-8"
    )
    (tmp_path / "draft.txt").write_text(
        "Thank you for telling us. The corrected bill is on its way to you.\n", encoding="utf-8"
    )
    recovery("start", "learn", stdin="/end resolved\n")
    ran = 0
    for line in examples():
        done = recovery.line(line, tmp_path)
        # A framework under another name, and a sentence that backfires, are the faults that are shown on purpose.
        wrong = "validate" in line or line.startswith('recovery check "')
        assert done.returncode == (1 if wrong else 0), (line, done.stderr, done.stdout)
        ran += 1
    assert ran >= 7


def shown_commands() -> Iterator[tuple[str, str]]:
    """Every line of `recovery`, `pip` and the like that a paper or a help text shows, and where."""
    for paper in PAPERS:
        text = paper.read_text(encoding="utf-8")
        blocks = re.findall(r"^```(?:sh|bat)\n(.*?)^```", text, re.DOTALL | re.MULTILINE)
        inline = re.findall(r"`([^`\n]+)`", re.sub(r"^```.*?^```", "", text, flags=re.DOTALL | re.MULTILINE))
        lines = [line for block in blocks for line in block.splitlines()]
        yield from ((paper.name, line) for line in lines + inline if re.match(r"(recovery|pip|pipx|uv|py) ", line))
    for source in sorted((ROOT / "src").rglob("*.py")):
        for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.startswith("recovery "):
                yield source.name, node.value.partition("\n")[0]


def test_every_command_shown_is_quoted_as_cmd_exe_and_powershell_take_it_too() -> None:
    shown = list(shown_commands())
    assert len(shown) > 150
    for where, line in shown:
        bare = re.sub(r'"[^"]*"', "", line)
        assert not re.search(r"['#\\]", bare), f"{where}: {line}"


def test_the_hosted_runners_run_what_the_readme_says() -> None:
    workflow = (ROOT / ".github" / "workflows" / "tests.yml").read_text(encoding="utf-8")
    (by_hand,) = (block for block in re.findall(r"```bat\n(.*?)```", README, re.DOTALL) if "pytest" in block)
    for line in by_hand.splitlines():
        assert re.sub(r"^py ", "python ", line) in workflow
    assert "make run" in workflow
    assert "make test" in workflow


def test_the_readme_knows_every_command_of_the_line_grammar() -> None:
    table = README[README.index("## What can be typed") : README.index("## Frameworks")]
    bare = {"back", "undo", "more", "help"}
    assert not {name for name in COMMANDS if name not in bare and f"/{name}" not in table}
    assert {word for line in table.splitlines() for word in re.findall(r"`/([a-z-]+)", line)} <= set(COMMANDS)


@for_each("paper", PAPERS, name=lambda path: str(path.relative_to(ROOT)))
def test_every_link_of_the_papers_leads_somewhere(paper: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+)\)", paper.read_text(encoding="utf-8")):
        assert target.startswith("https://") or (paper.parent / target).exists(), target


def test_the_makefile_has_what_a_newcomer_guesses() -> None:
    made = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in shlex.split("run test browser test-ordinary-user test-all soak lint bench docs clean"):
        assert re.search(rf"^{target}:", made, re.MULTILINE), target
