"""An author who breaks a file reads which line it is and what to write there; with that, the file is valid."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from recoverycli.content.messages import as_text, as_texts
from recoverycli.frameworks.kinds import file_kind, is_wording
from recoverycli.frameworks.reader import read_framework
from recoverycli.frameworks.shared.families import read_families
from recoverycli.frameworks.shared.phrases import read_shared
from recoverycli.wording.files.reader import read_wording
from tests.content.broken_files import FIRST, FRAMEWORK, SECOND, THIRD

if TYPE_CHECKING:
    from collections.abc import Sequence

    from recoverycli.content.nodes import Problem


def problems(text: str) -> tuple[Problem, ...]:
    """The problems of a file, which is recognised as the command recognises it."""
    data = text.encode()
    if is_wording(data, "ours.yaml"):
        return read_wording(data, "ours.yaml").problems
    match file_kind(data, "ours.yaml"):
        case "phrases":
            return read_shared(data, "listen.yaml").problems
        case "families":
            return read_families(data, "ours.yaml").problems
    return read_framework(data, "our-way.yaml", lambda _: None).problems


def put_back(text: str, found: Sequence[Problem]) -> str:
    """The text with the lines that its problems tell to write."""
    lines = text.splitlines()
    corrections = {(one.line, one.lines): one.correction for one in found if one.correction is not None}
    for (line, count), correction in sorted(corrections.items(), reverse=True):
        lines[line - 1 : line - 1 + count] = correction
    return "\n".join(lines) + "\n"


def test_every_broken_file_names_a_line_and_what_to_write_and_is_valid_with_it() -> None:
    wrong = []
    for broken in (*FIRST, *SECOND, *THIRD):
        assert not problems(broken.corrected), broken.name
        found = problems(broken.text)
        corrected = put_back(broken.text, found)
        if corrected != broken.corrected.replace("\r", "") or broken.line not in {one.line for one in found}:
            wrong.append(f"{broken.name}: line {broken.line}\n{as_texts(found)}")
    assert not wrong, "\n\n".join(wrong)


def test_all_faults_of_a_file_are_reported_at_once_each_with_its_own_line() -> None:
    text = FRAMEWORK
    for right, wrong in (
        ("name: Our way", "name:Our way"),
        ("summary: For the counter, where", "summary: For the counter: where"),
        ("    intent: listen", "\tintent: listen"),
        ('- say: "Please tell me everything. I won\'t interrupt."', "- say: 'Please tell me everything. I won't.'"),
        ("    checklist:\n", "    cheklist:\n"),
        ("required: true", "required: maybe"),
        ('- say: "My name is {agent}, and you can ask for me."', "- say: {agent} is my name."),
    ):
        assert text.count(right) == 1, right
        text = text.replace(right, wrong)
    found = problems(text)
    assert [one.line for one in found] == [3, 5, 11, 21, 27, 28, 33], as_texts(found)
    assert [one.line for one in found if one.correction is None] == [28]
    (left,) = problems(put_back(text, found))
    assert left.found == "found the text `maybe`"


def test_a_message_shows_the_line_a_mark_below_the_place_and_the_line_to_write() -> None:
    (problem,) = problems(FRAMEWORK.replace("For the counter, where", "For the \u5e97: where"))
    assert as_text(problem).splitlines() == [
        "our-way.yaml:5:19: a colon splits the sentence; put the text in quotes",
        "summary: For the \u5e97: where the queue is listening too.",
        "                   ^",
        "Write:",
        'summary: "For the \u5e97: where the queue is listening too."',
    ]


def test_of_a_long_line_the_part_around_the_place_is_shown() -> None:
    (problem,) = problems(FRAMEWORK.replace("For the counter, where", "A word, " * 30 + "here: where"))
    _, shown, mark, *_ = as_text(problem).splitlines()
    assert len(shown) < 80
    assert shown[len(mark) - 1] == ":"
    assert (shown[:3], shown[-3:]) == ("...", "...")


def test_a_line_to_leave_out_is_said_to_be_removed() -> None:
    (problem,) = problems(FRAMEWORK.replace("    intent: listen\n", "    intent: listen\n    intent: listen\n"))
    assert as_text(problem).endswith("\nRemove this line.")


def test_a_file_that_is_none_is_told_in_plain_words() -> None:
    text = FRAMEWORK.encode()
    for data, told in (
        (b"", "the file is empty; a framework belongs here"),
        (b"  \n# nothing\n", "the file is empty; a framework belongs here"),
        (b"\x00\x01\x02\x03\xff", "this is not a text file; save it as plain text in UTF-8"),
        (
            b"PK\x03\x04\x14\x00\x06\x00",
            "this is a file of a word processor, or a zip file; save it as plain text in UTF-8",
        ),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "this is a file of a word processor; save it as plain text in UTF-8"),
        (b"%PDF-1.7\n", "this is a PDF; save it as plain text in UTF-8"),
        (b"{\\rtf1\\ansi\n", "this is rich text (RTF); save it as plain text in UTF-8"),
        (b"<!DOCTYPE html>\n<html>", "this is a page of the web; save it as plain text in UTF-8"),
        (FRAMEWORK.encode("utf-16"), "the file looks like UTF-16 or UTF-32; save it as UTF-8"),
        (FRAMEWORK.encode("utf-16-le"), "the file looks like UTF-16 or UTF-32; save it as UTF-8"),
        (text.replace(b"Our way", b"Caf\xe9"), "this is not UTF-8 (it looks like Latin-1); save the file as UTF-8"),
        (b"x" * 102_400, "expected a map of keys and values"),
        (text.replace(b"Our way", b"x" * 102_400), "the text has 102,400 characters; at most 500"),
    ):
        found = read_framework(data, "our-way.yaml", lambda _: None).problems
        assert any(one.as_line().endswith(told) for one in found), (told, [one.as_line() for one in found])
        assert max(map(len, as_texts(found).splitlines())) < 200, told


def test_marks_and_line_ends_of_other_systems_and_emoji_are_no_faults() -> None:
    for text in (f"\ufeff{FRAMEWORK}", FRAMEWORK.replace("\n", "\r\n"), FRAMEWORK.replace("Our way", "\U0001f600 way")):
        assert not problems(text)


@given(st.data())
def test_a_file_broken_anywhere_ends_in_messages_and_never_in_an_error(data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(FRAMEWORK) - 1))
    instead = data.draw(st.text(alphabet="ab:-[]{}&*!|>'\"`\n \t#?,%@\u2018\u201c\u00a0\u200b", max_size=5))
    broken = FRAMEWORK[:at] + instead + FRAMEWORK[at + data.draw(st.integers(0, 10)) :]
    for one in problems(broken):
        assert as_text(one).startswith(f"{one.file}:{one.line}:{one.column}: ")
        assert 1 <= one.line <= broken.count("\n") + 2
