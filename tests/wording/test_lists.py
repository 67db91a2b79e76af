"""Lists of words that phrases name, and the other ways to write many phrases as one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import yaml

from recoverycli.content.library import Source
from recoverycli.wording.cards import CardTriggers
from recoverycli.wording.files.library import load
from recoverycli.wording.files.lists import names_in, phrases_of
from recoverycli.wording.files.reader import read_wording
from recoverycli.wording.matcher import Matcher
from tests.cases import for_each
from tests.wording.wordings import FOLDER, found, pattern, read

if TYPE_CHECKING:
    from pathlib import Path

FILE = """\
schema: 1
id: ours
name: Ours
lists:
  we: [we, I, our team]
  can-not: [can not, <be> unable to]
  be: [am/is/are]
  refund: [refund, give/pay ... back, reimburse]
patterns:
  - id: no-refund
    kind: refusal
    say: ["<we> <can-not> (<refund>)/refund"]
    because: It closes the door.
    instead: "Here is what I can do."
""".replace("give/pay ... back", "give/pay (it) back").replace("(<refund>)/refund", "<refund>/replace")


def write(folder: Path, text: str, name: str = "ours") -> None:
    folder.mkdir(exist_ok=True)
    (folder / f"{name}.yaml").write_text(text.replace("id: ours", f"id: {name}"), encoding="utf-8")


def words_found(said: str, *folders: Path) -> list[str]:
    loaded = read(*folders)
    assert loaded.problems == ()
    return [said[finding.start : finding.end] for finding in Matcher(loaded.wording).findings(said)]


@pytest.mark.parametrize(
    "said",
    ["We can't refund", "our team cannot pay it back", "I'm unable to give back", "our team is unable to reimburse",
     "I can not replace"],
)  # fmt: skip
@pytest.mark.parametrize("loosely", ["", "    loosely: true\n", "    when: {negated: false}\n"])
def test_a_phrase_names_lists_of_words_and_of_other_lists(tmp_path: Path, said: str, loosely: str) -> None:
    write(tmp_path, FILE + loosely)
    assert words_found(f"Well, {said} today.", tmp_path) == [said]


@pytest.mark.parametrize("said", ["Our cannot refund", "we refund", "the team cannot refund", "we can't pay it"])
def test_of_a_list_of_several_words_all_must_be_there(tmp_path: Path, said: str) -> None:
    write(tmp_path, FILE)
    assert words_found(said, tmp_path) == []


def test_a_loose_phrase_finds_the_same_words_however_cannot_is_said(tmp_path: Path) -> None:
    write(tmp_path, FILE + "    loosely: true\n")
    for said in ("we really could not refund", "I won't be able to reimbrse", "we were not able to reimburse"):
        assert words_found(said, tmp_path) == [said]


def test_every_kind_of_phrase_names_lists(tmp_path: Path) -> None:
    write(
        tmp_path,
        """schema: 1
id: ours
name: Ours
lists: {we: [we, our team], sorry: [sorry, sad], noise: [the band]}
occasions: ["<we> failed"]
patterns:
  - id: a
    kind: tone
    say: ["<we> shout"]
    because: It hurts.
    instead: "Go on."
    unless: ["<noise>"]
    unless_followed_by: ["<sorry>"]
parts:
  - id: regret
    name: Regret
    weight: 3
    meaning: Sorry.
    signs: ["<we> regret"]
    groups: [{signs: ["<we> (are) <sorry>"], unless: ["<noise>"]}]
intents:
  - {id: listen, name: Listen, signs: ["<we> listen"]}
triggers:
  - {id: b, card: health, say: ["<we> bleed"], unless: ["<noise>"]}
""",
    )
    loaded = read(tmp_path)
    assert loaded.problems == ()
    matcher = Matcher(loaded.wording)
    assert matcher.occasion("Our team failed.")
    said = ["Our team shout.", "Our team shout with the band.", "Our team shout. We are sad."]
    assert [len(matcher.findings(one)) for one in said] == [1, 0, 0]
    apologies = ["Our team regret it.", "We are sad.", "We are sad for the band.", "Sad."]
    assert [matcher.parts(one) for one in apologies] == [("regret",), ("regret",), (), ()]
    assert [one.signs for one in loaded.wording.intents] == [("we/our_team listen",)]
    triggers = CardTriggers(loaded.wording)
    assert [triggers.suggest(one) is not None for one in ("We bleed.", "The band and we bleed.")] == [True, False]


def test_a_file_knows_the_lists_beside_it_and_of_folders_further_down_and_prefers_its_own(tmp_path: Path) -> None:
    near, far = tmp_path / "near", tmp_path / "far"
    write(near, "schema: 1\nid: words\nname: Words\nlists: {refund: [credit]}\n", "words")
    write(far, FILE)
    use = FILE[: FILE.index("lists:")] + FILE[FILE.index("patterns:") :].replace("no-refund", "ours")
    write(near, use, "more")
    assert words_found("We can't credit", near, far) == ["We can't credit"]
    assert words_found("We can't reimburse", near, far) == ["We can't reimburse"]
    write(near, use.replace("patterns:", "lists: {refund: [repay]}\npatterns:"), "more")
    assert words_found("We can't credit", near, far) == []
    assert words_found("We can't repay", near, far) == ["We can't repay"]


def test_the_lists_of_a_file_that_a_nearer_one_replaces_are_still_there_for_the_others(tmp_path: Path) -> None:
    near, far = tmp_path / "near", tmp_path / "far"
    write(far, "schema: 1\nid: words\nname: Words\nlists: {refund: [refund]}\n", "words")
    write(far, FILE.replace("  refund: [refund, give/pay (it) back, reimburse]\n", ""), "more")
    write(near, "schema: 1\nid: words\nname: Words\n", "words")
    assert words_found("We can't refund", near, far) == ["We can't refund"]


@pytest.mark.parametrize(
    ("written", "instead", "line", "told"),
    [
        ("<we> <can-not>", "<wee> <can-not>", 12, "there is no list `wee`; did you mean `we`?"),
        ("am/is/are", "am/is/<can-not>", 6, "the list `can-not` contains itself"),
        ("am/is/are", "am ... is", 7, "the list `be`: `am ... is` has a mark; words, a/b, (word) and <list>"),
        ("am/is/are", "(am)", 7, "`(am)` may be empty"),
        ("am/is/are", "am/is/", 7, "`am/is/` has an empty choice"),
        ("[am/is/are]", "[]", 7, "the list `be`: the list is empty; at least one word"),
        ("[am/is/are]", "am", 7, "found the text `am`; expected a list"),
        ("  be:", "  Be it:", 7, "`Be it` is not a name"),
        ("am/is/are", "a/b/c/d/e/f/g a/b/c/d/e/f/g a/b/c/d/e/f/g", 7, "expands to more than 300 phrases"),
        ("<we> <can-not>", "<we <can-not>", 12, "is not a word"),
    ],
)
def test_a_fault_of_a_list_is_reported_with_its_place(
    tmp_path: Path, written: str, instead: str, line: int, told: str
) -> None:
    assert written in FILE
    write(tmp_path, FILE.replace(written, instead))
    problems = load((Source(tmp_path, "personal"),)).problems
    assert [(problem.line, told in problem.as_line()) for problem in problems[:1]] == [(line, True)], problems


def test_lists_of_two_files_that_name_each_other_are_reported(tmp_path: Path) -> None:
    write(tmp_path, "schema: 1\nid: a\nname: A\nlists: {one: [<two>]}\n", "a")
    write(tmp_path, "schema: 1\nid: b\nname: B\nlists: {two: [<one>]}\n", "b")
    problems = load((Source(tmp_path, "personal"),)).problems
    assert [problem.found for problem in problems] == ["there is no list `two`", "there is no list `one`"]


def test_every_list_of_the_built_in_files_is_valid_has_one_place_and_is_used() -> None:
    contents = [read_wording(path.read_bytes(), str(path)).content for path in sorted(FOLDER.glob("*.yaml"))]
    files = [content.file for content in contents if content is not None]
    assert len(files) == len(contents)
    names = [name for file in files for name in file.lists]
    assert len(names) == len(set(names))
    phrases = (phrase for file in files for _, written in phrases_of(file) for phrase in written)
    assert {name for phrase in phrases for name in names_in(phrase)} == set(names)
    assert read(FOLDER).problems == ()


@for_each(
    "said, matches",
    [
        ("we can not after all that was said here in this very long call refund you", True),
        ("we can not refund you", True),
        ("we can not send it, refund you", False),
        ("we can not send it because you refund it", False),
        ("we can not one two three four five six seven eight nine ten eleven twelve refund", True),
        ("we can not one two three four five six seven eight nine ten eleven twelve thirteen refund", False),
        ("we can not. Refund", False),
    ],
)
@for_each("loosely", [False, True])
def test_a_star_is_up_to_twelve_words_of_the_same_clause(said: str, matches: bool, loosely: bool) -> None:
    assert (found(said, pattern("we can not * refund", loosely=loosely)) != []) == matches


def test_a_word_with_underscores_is_several_words_in_a_choice() -> None:
    phrase = pattern("we won't refund/pay_you_back/send (a_new_one/it)")
    said = "We won't refund. We won't pay you back. We won't pay. We won't send a new one."
    assert found(said, phrase) == ["We won't refund", "We won't pay you back", "We won't send a new one"]


def test_a_phrase_may_have_more_forms_than_could_be_written_out() -> None:
    words = "/".join(f"w{number}" for number in range(40))
    phrase = " ".join([words] * 9)
    said = " ".join(f"w{number}" for number in range(9))
    assert found(said, pattern(phrase)) == [said]
    assert found(said.replace("w5", "other"), pattern(phrase)) == []


def test_lists_are_yaml_that_needs_no_quotes() -> None:
    assert yaml.safe_load(FILE)["lists"]["can-not"] == ["can not", "<be> unable to"]
