"""Functions are named by verbs or nouns: `mask_event`, not `masked`. Names of public classes are unique."""

import ast
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

SOURCE = Path(__file__).parents[2] / "src" / "recoverycli"
PARTICIPLE = re.compile(
    "[a-z]+(ed|ing)|begun|broken|brought|built|caught|chosen|come|drawn|found|given|gone|grown|heard|held|hidden|kept"
    "|known|left|lost|made|meant|met|said|seen|sent|shown|spent|spoken|stood|taken|taught|thought|told|won|worn|written"
)
# These end like participles and are nouns of the field.
NOUNS = {"beginning", "ending", "finding", "listing", "meaning", "rating", "recording", "seed", "wording"}
# The words of rules and criteria that people write in files: each function has the name of its word.
WORDS_OF_FILES = {("training/lint/rules.py", "repeated"), ("review/scoring/measures.py", "required")}


def is_participle(name: str) -> bool:
    if name == "__missing__":  # Python's own name, of a method of a dict
        return False
    word = name.strip("_")
    return word not in NOUNS and PARTICIPLE.fullmatch(word) is not None


def functions(tree: ast.AST) -> Iterator[str]:
    """Yield the names of functions and methods. A property may be a state, such as `paused`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and not any(
            isinstance(one, ast.Name) and one.id.endswith("property") for one in node.decorator_list
        ):
            yield node.name


def test_no_function_is_named_by_a_participle() -> None:
    named = [
        f"{file}: {name}"
        for path in sorted(SOURCE.rglob("*.py"))
        for file in [path.relative_to(SOURCE).as_posix()]
        for name in functions(ast.parse(path.read_text(encoding="utf-8")))
        if is_participle(name) and (file, name.strip("_")) not in WORDS_OF_FILES
    ]
    assert named == []


def test_no_two_public_classes_have_the_same_name() -> None:
    trees = [ast.parse(path.read_text(encoding="utf-8")) for path in SOURCE.rglob("*.py")]
    names = Counter(node.name for tree in trees for node in tree.body if isinstance(node, ast.ClassDef))
    assert [name for name, count in names.items() if count > 1 and not name.startswith("_")] == []
