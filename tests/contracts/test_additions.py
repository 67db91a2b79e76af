"""The lists of docs/architecture.md are enough: what is added to a copy of the project by them alone passes the checks.

Slow tests leave out one file of a list at a time: a check fails each time, so no list is longer than it has to be and
no file can be forgotten.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.contracts.test_architecture import files_of

ROOT = Path(__file__).parents[2]
# What the checks read.
COPIED = ("src", "tests", "docs", "frameworks", "scenarios", "scorecards", "wording")
COPIED_FILES = ("pyproject.toml", "README.md")


class Edit(NamedTuple):
    """New text in a file, in the place of text that it has once; a file without `old` is a new one."""

    old: str
    new: str


class Addition(NamedTuple):
    """Something to add: the list that says how, the edits by file, and the checks that guard it."""

    heading: str
    edits: dict[str, list[Edit]]
    tests: tuple[str, ...]
    # What mypy checks; without any, the tests notice every gap.
    types: tuple[str, ...] = ()


def before(old: str, new: str) -> Edit:
    return Edit(old, new + old)


def after(old: str, new: str) -> Edit:
    return Edit(old, old + new)


EVENT = Addition(
    "How to add an event",
    {
        "src/recoverycli/session/events.py": [
            before(
                "class ChannelSet(Fact,",
                'class LanguageSet(Fact, frozen=True, kw_only=True, tag="language-set"):\n'
                '    """The language of the call."""\n\n    language: str\n\n\n',
            ),
            after("\nEvent = (\n", "    LanguageSet |\n"),
        ],
        "src/recoverycli/session/model.py": [
            before("    cause: str | None = None\n    summary", "    language: str | None = None\n")
        ],
        "src/recoverycli/session/state.py": [
            after("\n_Stated = (\n", "    ev.LanguageSet |\n"),
            before(
                "        case ev.IssueSet():\n",
                "        case ev.LanguageSet():\n            return replace(session, language=event.language)\n",
            ),
        ],
        "src/recoverycli/session/grammar/commands.py": [
            before(
                '    "issue": SlashCommand(\n',
                '    "language": SlashCommand(\n'
                '        "/language WORD", "the language of the call",\n'
                '        _needs("/language WORD", lambda h: ev.LanguageSet(at=h.now, language=h.rest)),\n    ),\n',
            )
        ],
        "src/recoverycli/live/responses.py": [
            after("\n_Fact = (\n", "    ev.LanguageSet |\n"),
            before(
                "        case ev.IssueSet():\n",
                '        case ev.LanguageSet():\n            return f"language: {shorten(event.language)}"\n',
            ),
        ],
        "src/recoverycli/session/transcript/model.py": [
            after("    amendments: tuple[TranscriptAmendment, ...] = ()\n", "    language: str | None = None\n")
        ],
        "src/recoverycli/session/transcript/account.py": [
            before("        issue=session.issue,\n", "        language=session.language,\n")
        ],
        "src/recoverycli/team/share.py": [Edit('"issue scenario ', '"issue language scenario ')],
        "docs/schema/transcript.schema.json": [
            before(
                '        "found_by": {\n',
                '        "language": {"anyOf": [{"type": "string"}, {"type": "null"}], "default": null},\n',
            )
        ],
        "tests/session/test_every_event.py": [
            before("    ev.ChannelSet(", '    ev.LanguageSet(at=AT, language="Polish"),\n')
        ],
        "README.md": [after("`/issue WORDS` ", "`/language WORD` ")],
    },
    tests=(
        "tests/session/test_every_event.py",
        "tests/redaction/test_every_event.py",
        "tests/team/test_share.py::test_each_field_of_a_transcript_has_a_decision_on_leaving_the_desk",
        "tests/contracts/test_docs.py::test_the_published_schema_is_the_one_of_the_code",
        "tests/contracts/test_docs.py::test_the_readme_knows_every_command_of_the_line_grammar",
    ),
    types=("src/recoverycli/session", "src/recoverycli/live"),
)

FORMAT = Addition(
    "How to add an export format",
    {
        "src/recoverycli/review/exporters/NAME.py": [
            Edit(
                "",
                '"""Ids of calls, one a line."""\n\nfrom __future__ import annotations\n\n'
                "from typing import TYPE_CHECKING\n\nif TYPE_CHECKING:\n"
                "    from collections.abc import Iterable, Iterator\n\n"
                "    from recoverycli.review.exporters.formats import Exported\n\n\n"
                "def pieces(calls: Iterable[Exported]) -> Iterator[str]:\n"
                '    """Return a line for each call."""\n'
                '    yield from (f"{exported.call.id}\\n" for exported in calls)\n',
            )
        ],
        "src/recoverycli/review/exporters/formats.py": [
            before(
                "    PARQUET: Format(", '    "ids": Format("NAME", "txt", False, "the id of each call, one a line"),\n'
            )
        ],
        "README.md": [before("`crm` is ", "`ids` lists the ids of calls. ")],
    },
    tests=(
        "tests/commands/test_declared_words.py::test_every_module_that_exports_is_a_format_and_every_format_a_module",
        "tests/commands/test_declared_words.py::test_help_and_readme_say_what_each_format_is",
    ),
)

FILTER = Addition(
    "How to add a filter",
    {
        "src/recoverycli/session/filters.py": [
            before("    overdue_at: datetime | None = None\n", "    found_by: str | None = None\n"),
        ],
        "src/recoverycli/store/index/rows.py": [
            before(
                "    if wanted.remedy is not None:\n",
                "    if wanted.found_by is not None:\n"
                '        parts.append(("call.found_by = ?", (fold_case(wanted.found_by),)))\n',
            )
        ],
        "src/recoverycli/commands/common/filter_options.py": [
            before(
                "    overdue: Annotated[",
                '    found_by: Annotated[Word, typer.Option(help="Found by them.")] = None,\n',
            ),
            before("        overdue_at=moment", '        found_by=typed["found_by"],\n'),
        ],
        "tests/matching.py": [
            before(
                "        and (wanted.mood is None",
                "        and (wanted.found_by is None or _same(wanted.found_by, call.found_by))\n",
            )
        ],
        "tests/session/test_filters.py": [
            before('    ({"remedy": "refund"}', '    ({"found_by": "customer"}, {"found_by": "audit"}),\n')
        ],
    },
    tests=(
        "tests/session/test_filters.py::test_each_filter_tells_calls_apart",
        "tests/session/test_filters.py::test_every_filter_has_an_example",
        "tests/commands/test_declared_words.py::test_every_filter_has_its_option",
    ),
)
EACH = (EVENT, FORMAT, FILTER)
ADDITIONS = pytest.mark.parametrize("addition", EACH, ids=["event", "export-format", "filter"])


class Copy:
    """A copy of the project in a folder of its own."""

    def __init__(self, folder: Path, addition: Addition) -> None:
        if addition.types:
            pytest.importorskip("mypy", reason="a development package that every make target installs")
        self._folder, self._addition = folder, addition
        for name in COPIED:
            shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        for name in COPIED_FILES:
            shutil.copy2(ROOT / name, folder / name)

    def edit(self, file: str) -> None:
        """Make the edits of one file of the list."""
        path = self._folder / file
        text = path.read_text(encoding="utf-8") if path.exists() else ""
        for old, new in self._addition.edits[file]:
            assert text.count(old) == 1, f"{file} does not hold {old!r} once: adapt the edit in this test"
            text = text.replace(old, new)
        path.write_text(text, encoding="utf-8")

    def take_back(self, file: str) -> None:
        """Make one file of the list what it is in the project."""
        if (ROOT / file).exists():
            (self._folder / file).write_text((ROOT / file).read_text(encoding="utf-8"), encoding="utf-8")
        else:
            (self._folder / file).unlink()

    def complaints(self) -> str:
        """What the checks say; nothing where all of them pass."""
        types = self._run("mypy", *self._addition.types) if self._addition.types else ""
        return types or self._run("pytest", "-q", "-x", "-p", "no:cacheprovider", *self._addition.tests)

    def _run(self, *words: str) -> str:
        # No bytecode: an edit within the same second and of the same length would not be seen.
        path = os.pathsep.join(filter(None, (str(self._folder / "src"), os.environ.get("PYTHONPATH"))))
        environ = {**os.environ, "PYTHONPATH": path, "PYTHONDONTWRITEBYTECODE": "1"}
        found = subprocess.run(
            [sys.executable, "-m", *words], cwd=self._folder, env=environ, capture_output=True, text=True,
            encoding="utf-8", check=False,
        )  # fmt: skip
        return "" if found.returncode == 0 else found.stdout + found.stderr


def test_the_files_of_the_lists_are_enough(tmp_path: Path) -> None:
    """All are added to one copy: no list edits what another one edits."""
    edits: dict[str, list[Edit]] = {}
    for addition in EACH:
        assert sorted(files_of(addition.heading)) == sorted(addition.edits)
        for file, changed in addition.edits.items():
            edits.setdefault(file, []).extend(changed)
    tests = tuple(test for addition in EACH for test in addition.tests)
    copy = Copy(tmp_path, Addition("all", edits, tests, EVENT.types))
    for file in edits:
        copy.edit(file)
    assert copy.complaints() == ""


def test_mypy_names_each_match_that_does_not_know_a_new_event(tmp_path: Path) -> None:
    copy = Copy(tmp_path, EVENT)
    copy.edit("src/recoverycli/session/events.py")
    complaints = copy.complaints()
    assert "LanguageSet" in complaints
    assert {Path(line.partition(":")[0]).name for line in complaints.splitlines() if ": error:" in line} == {
        "state.py", "responses.py",
    }  # fmt: skip


@pytest.mark.slow
@ADDITIONS
def test_no_file_of_the_list_can_be_left_out(addition: Addition, tmp_path: Path) -> None:
    copy = Copy(tmp_path, addition)
    for file in addition.edits:
        copy.edit(file)
    unnoticed = []
    for file in addition.edits:
        copy.take_back(file)
        if not copy.complaints():
            unnoticed.append(file)
        copy.edit(file)
    assert unnoticed == []
