"""The families of issues: the words that lead to them, what they add to a step, and faults in their files."""

from __future__ import annotations

from pathlib import Path

from recoverycli.content.library import Source
from recoverycli.frameworks.kinds import file_kind, read_as
from recoverycli.frameworks.library import FrameworkLibrary
from recoverycli.frameworks.model import FamilyCapture, IssueFamily
from recoverycli.frameworks.shared.families import IssueFamilies, read_families
from recoverycli.frameworks.shared.family_steps import with_family
from tests.cases import for_each
from tests.content import BRANCHING, LITTLE, OTHER, WAY_OUT, framework

ROOT = Path(__file__).parents[2]
BUILT_IN = Source(ROOT / "issues", "built-in")
FAMILIES = IssueFamilies((BUILT_IN,))
PARCEL = IssueFamily(
    id="delivery",
    name="Delivery",
    ask=("Which parcel is it?",),
    capture=(FamilyCapture(id="order_number", ask="Which order?"), FamilyCapture(id="weight", ask="How heavy?")),
)


@for_each(
    "issue, family",
    [
        ("charged twice", "billing"),
        ("Bills and payments", "billing"),
        ("BILLING", "billing"),
        ("my letter went to the wrong person", "privacy"),
        ("late parcel, no answer", "delivery"),
        ("I got someone else\u2019s letter", "privacy"),
        ("the singing at the door", None),
        ("", None),
        (None, None),
    ],
)
def test_everyday_words_lead_to_a_family(issue: str | None, family: str | None) -> None:
    found = FAMILIES.find(issue)
    assert (found.id if found else None) == family


def test_every_built_in_family_asks_and_captures_a_few_things_in_every_plain_framework() -> None:
    library = FrameworkLibrary((Source(ROOT / "frameworks", "built-in"),))
    frameworks = [one for id_ in library.ids() if not (one := library.load(id_).content).stands_alone]
    for family in FAMILIES.all():
        assert family.ask, family.id
        assert 1 <= len(family.capture) <= 4, family.id
        for one in (plain for plain in frameworks if not plain.branches):
            before = {capture.id for step in one.steps for capture in step.capture}
            after = [capture.id for step in with_family(one, family).live_steps for capture in step.capture]
            assert {capture.id for capture in family.capture} <= {*before, *after}, (family.id, one.id)
            assert len(after) == len({*after}), (family.id, one.id)


def test_what_a_family_adds_stands_in_the_step_that_assesses_or_else_in_the_one_that_listens() -> None:
    assess = framework("other", [{"id": "hear", "intent": "listen"}, {"id": "feel", "intent": "empathize",
                                                                         "also": ["assess"]}])  # fmt: skip
    fuller = with_family(assess, PARCEL)
    assert [[capture.id for capture in step.capture] for step in fuller.steps] == [[], ["order_number", "weight"]]
    first = with_family(OTHER, PARCEL).steps[0]
    assert [capture.id for capture in first.capture] == ["order_number", "weight"]
    assert first.ask == ("Which parcel is it?",)


def test_what_the_framework_captures_is_not_captured_twice() -> None:
    ids = [capture.id for step in with_family(LITTLE, PARCEL).steps for capture in step.capture]
    assert ids.count("weight") == 1
    assert "order_number" in ids


def test_a_playbook_with_branches_and_a_way_out_stay_as_they_are() -> None:
    assert with_family(BRANCHING, PARCEL) is BRANCHING
    assert with_family(WAY_OUT, PARCEL) is WAY_OUT


def test_a_company_adds_words_to_a_family_and_families_of_its_own(tmp_path: Path) -> None:
    near, far = tmp_path / "near", tmp_path / "far"
    for folder in (near, far):
        folder.mkdir()
    (near / "ours.yaml").write_text(
        "schema: 1\nfamilies:\n"
        "  - {id: billing, name: Money, words: [roaming]}\n"
        "  - {id: garden, name: Garden tours, words: [tour, late parcel], at: [listen], ask: [Which tour?]}\n",
        encoding="utf-8",
    )
    (far / "theirs.yaml").write_text(
        "schema: 1\nfamilies:\n  - {id: garden, name: Another name, words: [hedge]}\n", encoding="utf-8"
    )
    found = IssueFamilies((Source(near, "project"), Source(far, "personal"), BUILT_IN))
    billing, built_in = found.find("roaming"), FAMILIES.find("billing")
    assert billing is not None
    assert built_in is not None
    assert (billing.id, billing.name, billing.capture) == ("billing", "Money", built_in.capture)
    assert found.find("charged twice") == billing, "the built-in words still lead to it"
    for words in ("a tour", "hedge", "late parcel"):
        family = found.find(words)
        assert family is not None, words
        assert (family.id, family.name) == ("garden", "Garden tours")
    assert found.problems == []


def test_a_broken_file_of_families_is_reported_and_hides_no_other(tmp_path: Path) -> None:
    (tmp_path / "broken.yaml").write_text("schema: 1\nfamilies: none\n", encoding="utf-8")
    found = IssueFamilies((Source(tmp_path, "project"), BUILT_IN))
    assert found.find("charged twice") is not None
    assert [problem.line for problem in found.problems] == [2]


def test_every_fault_of_a_file_of_families_is_told_with_its_place_and_the_nearest_word() -> None:
    text = """schema: 1
families:
  - id: garden
    name: Garden
    at: [asess]
    capture:
      - {id: customer, ask: "Who?"}
      - {id: size, ask: "How big?", kind: choice}
      - {id: size, ask: "How big?", kind: dat}
      - {id: tall, ask: "How tall?", choices: [very]}
      - {id: wide, ask: "How wide?"}
    ask: [one, two, three]
  - {id: garden, name: Again, word: [x], words: [one two three four five, "!"]}
"""
    problems = [problem.as_line() for problem in read_families(text.encode(), "issues/ours.yaml").problems]
    for words in (
        "ours.yaml:5:10: `asess` is not allowed here",
        "did you mean `assess`?",
        "ours.yaml:7:7: `capture` has 5 entries",
        "ours.yaml:7:14: `customer` is a fact of every call",
        "ours.yaml:8:9: a capture of kind choice has no choices",
        "ours.yaml:9:14: the capture id `size` appears twice",
        "did you mean `date`?",
        "kind text has no choices",
        "ours.yaml:12:10: `ask` has 3 entries",
        "ours.yaml:13:10: the id `garden` appears twice",
        "unknown key `word`",
        "ours.yaml:13:50: `one two three four five` is never found; 1 to 4 words",
        "`!` is never found",
        "did you mean `words`?",
    ):
        assert any(words in line for line in problems), (words, problems)


@for_each(
    "file", sorted(path for kind in ("phrases", "issues", "frameworks") for path in (ROOT / kind).glob("*.yaml")),
    name=lambda path: f"{path.parent.name}-{path.stem}",
)  # fmt: skip
def test_every_built_in_file_passes_the_checks_of_validate(file: Path) -> None:
    data = file.read_bytes()
    library = FrameworkLibrary((Source(ROOT / "frameworks", "built-in"),))
    kind = file_kind(data, str(file))
    assert kind == {"phrases": "phrases", "issues": "families", "frameworks": "framework"}[file.parent.name]
    assert read_as(kind, data, str(file), library, FAMILIES.all()).problems == ()
