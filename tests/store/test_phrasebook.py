"""The phrasebook: what people wrote by hand survives every change, and nothing is lost between two windows."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from msgspec.structs import replace

from recoverycli.errors import ContentProblem, NotFound, RecoveryError, StoreProblem, UsageProblem
from recoverycli.phrases.model import PersonalPhrase, literal, read_phrases
from recoverycli.store.phrasebook import Phrasebook
from tests.platforms import has_mode, needs_links

HAND = """\
# What I say, collected since spring.
schema:   1   # one

phrases:

# --- for the angry ones
-   say: 'I hear you,  and I will not let go'   # said to everyone
    intent:   listen
    moods: [ angry,upset ]
    # this one next

- {say: "In one line", intent: thank}   # short

# --- for the post
-   say: >-
      A long sentence
      in two lines.

    framework: learn
    channels:
      - email   # and nowhere else

# the end
"""
SORRY = PersonalPhrase(say="I am so sorry.", intent="apologize")


@pytest.fixture
def book(tmp_path: Path) -> Phrasebook:
    return Phrasebook(tmp_path / "config" / "phrases.yaml")


@pytest.fixture
def by_hand(book: Phrasebook) -> Phrasebook:
    book.path.parent.mkdir()
    book.path.write_text(HAND, encoding="utf-8")
    return book


def says(book: Phrasebook) -> list[str]:
    read = book.read()
    assert read.problems == ()
    return [phrase.say for phrase in read.phrases]


def lines_but(text: str, *gone: str) -> list[str]:
    return [line for line in text.splitlines() if line not in gone]


def test_no_file_is_no_phrase_and_reading_makes_nothing(book: Phrasebook) -> None:
    assert book.read() == ((), ())
    assert book.remove("abcd") is None
    assert not book.path.parent.exists()


def test_the_first_phrase_makes_a_private_file_that_explains_itself(book: Phrasebook) -> None:
    added = book.add(SORRY)
    assert book.read().phrases == (added,)
    assert added.id
    assert has_mode(book.path, 0o600)
    assert has_mode(book.path.parent, 0o700)
    assert book.path.read_text(encoding="utf-8").startswith("# Your own phrases")
    assert [path.name for path in book.path.parent.iterdir() if path.suffix == ".tmp"] == []


def test_what_is_added_comes_last_and_every_line_written_by_hand_stays(by_hand: Phrasebook) -> None:
    added = by_hand.add(SORRY)
    text = by_hand.path.read_text(encoding="utf-8")
    assert by_hand.read().phrases[-1] == added
    assert lines_but(text, '- say: "I am so sorry."', "  intent: apologize") == HAND.splitlines()


@pytest.mark.parametrize("number", [0, 1, 2])
def test_what_is_removed_takes_its_own_lines_along_and_no_other(by_hand: Phrasebook, number: int) -> None:
    before = by_hand.read().phrases
    assert by_hand.remove(before[number].id) == before[number]
    assert by_hand.read() == (before[:number] + before[number + 1 :], ())
    left = by_hand.path.read_text(encoding="utf-8").splitlines()
    hand = iter(HAND.splitlines())
    assert all(line in hand for line in left), "what is left stands in its order, letter for letter"
    assert {"# --- for the angry ones", "# --- for the post", "# the end"} <= set(left)
    assert by_hand.remove(before[number].id) is None


def test_the_last_phrase_can_go_and_another_come(book: Phrasebook) -> None:
    book.remove(book.add(SORRY).id)
    assert says(book) == []
    book.add(SORRY)
    assert says(book) == ["I am so sorry."]


def test_a_changed_phrase_keeps_its_comments_and_its_place(by_hand: Phrasebook) -> None:
    first = by_hand.read().phrases[0]
    kept = by_hand.replace(first.id, replace(first, say="I hear you.", intent=None, framework="heart", moods=()))
    assert by_hand.read().phrases[0] == kept.phrase
    assert kept.phrase.place == (None, "heart", None)
    text = by_hand.path.read_text(encoding="utf-8")
    assert '-   say: "I hear you."   # said to everyone\n    framework: heart\n    # this one next\n' in text
    assert text.partition("# this one next")[2] == HAND.partition("# this one next")[2]


def test_a_phrase_that_is_given_the_words_it_has_is_not_new_and_the_file_stays(by_hand: Phrasebook) -> None:
    first = by_hand.read().phrases[0]
    kept = by_hand.replace(first.id, first)
    assert (kept.phrase, kept.new, kept.masked) == (first, False, 0)
    assert by_hand.path.read_text(encoding="utf-8") == HAND


def test_a_file_whose_lines_end_as_on_windows_keeps_to_it(book: Phrasebook) -> None:
    book.path.parent.mkdir(parents=True, exist_ok=True)
    book.path.write_bytes(b"schema: 1\r\nphrases:\r\n  - say: a\r\n    intent: listen\r\n")
    kept = book.add(PersonalPhrase(say="b", intent="thank", channels=("phone",)))
    book.replace(kept.id, replace(kept, moods=("calm",)))
    data = book.path.read_bytes()
    assert data.count(b"\n") == data.count(b"\r\n") == 8


@pytest.mark.parametrize("number", [0, 1, 2])
def test_any_phrase_can_change_wherever_and_however_it_is_written(by_hand: Phrasebook, number: int) -> None:
    old = by_hand.read().phrases
    new = PersonalPhrase(say="New {{words}}", framework="aware", step="on", issues=("a: b", "c"), verbatim=True)
    kept = by_hand.replace(old[number].id, new)
    assert replace(kept.phrase, id="") == new
    others = [phrase for phrase in by_hand.read().phrases if phrase.id != kept.phrase.id]
    assert others == [phrase for phrase in old if phrase is not old[number]]


def test_a_phrase_that_is_not_there_cannot_change(by_hand: Phrasebook) -> None:
    with pytest.raises(NotFound, match="there is no phrase nope"):
        by_hand.replace("nope", SORRY)
    with pytest.raises(UsageProblem, match="already exists"):
        by_hand.replace(by_hand.read().phrases[0].id, PersonalPhrase(say="in  one line", intent="thank"))
    assert by_hand.path.read_text(encoding="utf-8") == HAND


def test_the_same_words_are_answered_with_the_phrase_that_is_there(by_hand: Phrasebook) -> None:
    there = by_hand.keep(PersonalPhrase(say=" in one  LINE ", intent="thank"))
    assert (there.new, there.phrase) == (False, by_hand.read().phrases[1])
    assert by_hand.path.read_text(encoding="utf-8") == HAND
    assert by_hand.keep(PersonalPhrase(say="In one line", intent="listen")).new


@pytest.mark.parametrize(
    "text",
    [
        "schema: 1\nphrases: [{say: a, intent: listen}, {say: b, intent: listen},]",
        '{"schema": 1, "phrases": [{"say": "a", "intent": "listen"}]}',
        "schema: 1\nphrases: []\nzz: &x 1\n".replace("zz: &x 1\n", "# end"),
        "phrases:\n- say: a\n  intent: listen\nschema: 1",
        "phrases:\nschema: 1\n",
        "schema: 1\nphrases: ~ # none yet\n",
        "{schema: 1}",
        "schema: 1",
        "# only words",
        "---\nschema: 1\r\nphrases:\r\n  - say: a\r\n    intent: listen\r\n",
        "\ufeffschema: 1\nphrases:\n  -\n    say: |\n      a\n\n    intent: listen\n\n",
        "schema: 1\nphrases:\n  - intent: listen\n    say: |\n      a",
        "schema: 1\nphrases: &all\n  - &one\n    say: a\n    intent: listen\n",
    ],
)
def test_every_layout_that_yaml_allows_can_be_added_to_changed_and_taken_from(book: Phrasebook, text: str) -> None:
    book.path.parent.mkdir()
    book.path.write_bytes(text.encode())
    before = book.read().phrases
    added = book.add(SORRY)
    assert book.read() == ((*before, added), ())
    for phrase in book.read().phrases:
        kept = book.replace(phrase.id, replace(phrase, moods=("calm",), say=f"{phrase.say.strip()}!"))
        assert kept.phrase.moods == ("calm",)
        assert book.remove(kept.phrase.id) == kept.phrase
    assert book.read() == ((), ())
    assert ("\r\n" in text) == (b"\r\n" in book.path.read_bytes())


def test_a_layout_that_cannot_be_changed_safely_is_left_as_it_is(book: Phrasebook) -> None:
    text = "schema: 1\nphrases:\n  - {say: a, intent: &i listen}\n  - {say: b, intent: *i}\n"
    book.path.parent.mkdir()
    book.path.write_text(text, encoding="utf-8")
    with pytest.raises(ContentProblem, match="with this layout") as told:
        book.remove(book.read().phrases[0].id)
    assert told.value.kept == "The file was not changed."
    assert book.path.read_text(encoding="utf-8") == text


def test_an_alias_at_the_end_of_the_file_is_the_end(book: Phrasebook) -> None:
    first = "  - say: a\n    intent: listen\n    moods: &m [calm]\n"
    text = f"schema: 1\nphrases:\n{first}  - say: b\n    intent: thank\n    moods: *m\n"
    book.path.parent.mkdir()
    book.path.write_text(text, encoding="utf-8")
    book.add(SORRY)
    assert book.path.read_text(encoding="utf-8").startswith(text)
    assert says(book) == ["a", "b", "I am so sorry."]


@pytest.mark.parametrize("fault", ["\x00", "  - {say: x}\n", "schema: 1\n", "other: 2\n", "\t[\n"])
def test_a_file_with_a_fault_is_never_written(by_hand: Phrasebook, fault: str) -> None:
    text = HAND + fault
    by_hand.path.write_text(text, encoding="utf-8")
    for change in (lambda: by_hand.add(SORRY), lambda: by_hand.remove("abcd"), lambda: by_hand.replace("abcd", SORRY)):
        with pytest.raises(ContentProblem, match=r"phrases\.yaml:\d+:\d+: ") as told:
            change()
        assert told.value.kept == "The file was not changed."
        assert "recovery phrases edit" in told.value.hint
    assert by_hand.path.read_text(encoding="utf-8") == text


@needs_links
def test_a_link_stays_a_link_and_a_file_that_cannot_be_read_is_named(book: Phrasebook, tmp_path: Path) -> None:
    book.path.parent.mkdir()
    book.path.symlink_to(tmp_path / "elsewhere.yaml")
    book.add(SORRY)
    assert book.path.is_symlink()
    assert says(Phrasebook(tmp_path / "elsewhere.yaml")) == ["I am so sorry."]
    folder = Phrasebook(tmp_path)
    assert "cannot be read" in folder.read().problems[0].found
    with pytest.raises(ContentProblem):
        folder.add(SORRY)


def test_a_file_is_created_for_editing_by_hand_and_an_existing_one_is_unchanged(book: Phrasebook) -> None:
    book.begin()
    begun = book.path.read_text(encoding="utf-8")
    assert begun.endswith("schema: 1\nphrases:\n")
    assert begun.startswith("#")
    assert book.read() == ((), ())
    book.add(SORRY)
    kept = book.path.read_text(encoding="utf-8")
    assert kept.startswith(begun)
    book.begin()
    assert book.path.read_text(encoding="utf-8") == kept
    book.path.write_text("", encoding="utf-8")
    book.begin()
    assert book.path.read_text(encoding="utf-8") == ""


def test_a_file_that_cannot_be_begun_is_reported(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(StoreProblem) as told:
        Phrasebook(tmp_path / "file" / "phrases.yaml").begin()
    assert str(tmp_path / "file") in told.value.message
    assert "RECOVERY_CONFIG_HOME" in told.value.hint


def test_a_folder_that_cannot_be_made_is_reported_with_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(StoreProblem) as told:
        Phrasebook(tmp_path / "file" / "phrases.yaml").add(SORRY)
    assert "RECOVERY_CONFIG_HOME" in told.value.hint


def test_cards_and_codes_are_masked_before_they_are_stored(book: Phrasebook) -> None:
    kept = book.keep(PersonalPhrase(say="card 4111 1111 1111 1111, CVV 123", intent="listen", issues=("PIN is 1234",)))
    assert kept.masked == 3
    text = book.path.read_text(encoding="utf-8")
    assert "4111" not in text
    assert "123" not in text
    assert kept.phrase.say == "card **** **** **** 1111, CVV ***"


@pytest.mark.parametrize(
    "phrase",
    [
        PersonalPhrase(say="  ", intent="listen"),
        PersonalPhrase(say="a {b", intent="listen"),
        PersonalPhrase(say="x" * 501, intent="listen"),
        PersonalPhrase(say="a"),
        PersonalPhrase(say="a", intent="listen", framework="learn"),
        PersonalPhrase(say="a", framework="No Name"),
    ],
)
def test_what_the_reader_would_refuse_is_not_written(book: Phrasebook, phrase: PersonalPhrase) -> None:
    with pytest.raises(UsageProblem):
        book.add(phrase)
    assert not book.path.exists()


ADD = """
import sys
from pathlib import Path
from recoverycli.phrases.model import PersonalPhrase
from recoverycli.store.phrasebook import Phrasebook
book = Phrasebook(Path(sys.argv[1]))
sys.stdin.readline()
for number in range(int(sys.argv[3])):
    book.add(PersonalPhrase(say=f"{sys.argv[2]} says {number}", intent="listen"))
"""


def test_two_windows_that_add_at_once_lose_nothing(by_hand: Phrasebook) -> None:
    each = 15
    windows = [
        subprocess.Popen([sys.executable, "-c", ADD, str(by_hand.path), name, str(each)], stdin=subprocess.PIPE)
        for name in ("one", "two")
    ]
    for window in windows:
        assert window.stdin is not None
        window.stdin.write(b"\n")
        window.stdin.flush()
    assert [window.wait() for window in windows] == [0, 0]
    for window in windows:
        assert window.stdin is not None
        window.stdin.close()
    kept = says(by_hand)
    assert len(kept) == 3 + 2 * each
    for name in ("one", "two"):
        assert [say for say in kept if say.startswith(name)] == [f"{name} says {number}" for number in range(each)]
    assert lines_but(by_hand.path.read_text(encoding="utf-8"))[: HAND.count("\n") - 2] == HAND.splitlines()[:-2]


STRANGE = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=500).map(str.strip).filter(bool)


@given(STRANGE)
@example('He said: "no" - \\ # not {{a}} comment')
@example("- a: [b, {c}] & *d !e | > % @ `")
@example("two\nlines\r\nand\ttabs")
@example("a \x85 \u2028 \u2029 \ufeff \x00 \x7f \u202e 👍🏽 e\u0301")
@example("yes")
@example("1")
@example("x" * 500)
def test_whatever_was_said_is_read_back_as_it_was(words: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        book = Phrasebook(Path(folder) / "phrases.yaml")
        book.path.write_text(HAND, encoding="utf-8")
        try:
            kept = book.keep(PersonalPhrase(say=literal(words), intent="listen", issues=("a", words[:100])))
        except UsageProblem:
            assert len(literal(words)) > 500 or not words[:100].strip()
            return
        if kept.masked:
            return
        read = book.read()
        assert read.problems == ()
        assert read.phrases[-1].say == literal(words)
        assert read_phrases(book.path.read_bytes(), "").phrases[-1] == kept.phrase
        assert HAND.splitlines()[:-3] == book.path.read_text(encoding="utf-8").splitlines()[: HAND.count("\n") - 3]


@given(st.data())
def test_no_change_ever_touches_another_phrase(data: st.DataObject) -> None:
    """Whatever stands in the file, a change either is exact or is refused with the file as it was."""
    at, length = data.draw(st.integers(0, len(HAND) - 1)), data.draw(st.integers(0, 8))
    instead = data.draw(st.text(alphabet="ab:-[]{}&*|>'\"\n #,é", max_size=6))
    text = HAND[:at] + instead + HAND[at + length :]
    with tempfile.TemporaryDirectory() as folder:
        book = Phrasebook(Path(folder) / "phrases.yaml")
        book.path.write_text(text, encoding="utf-8")
        before = book.read().phrases
        number = data.draw(st.integers(0, max(0, len(before) - 1)))
        for change in ("add", "replace", "remove"):
            was = book.path.read_bytes()
            old = book.read().phrases
            wanted = [replace(phrase, id="") for phrase in old]
            try:
                if change == "add":
                    book.add(SORRY)
                    wanted.append(SORRY)
                elif old and change == "replace":
                    wanted[number] = replace(SORRY, say="Other words", moods=("calm",))
                    book.replace(old[number].id, wanted[number])
                elif old:
                    book.remove(old[number].id)
                    del wanted[number]
            except RecoveryError:
                assert book.path.read_bytes() == was
                continue
            assert [replace(phrase, id="") for phrase in book.read().phrases] == [
                replace(phrase, id="") for phrase in wanted
            ]
