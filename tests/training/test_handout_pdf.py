"""The page of a framework as PDF: one sheet, readable, selectable, whole or saying what is not on it."""

from __future__ import annotations

import io
import re
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest
from pypdf import PdfReader

from recoverycli.content.library import Source
from recoverycli.paths import built_in_folder
from recoverycli.training.handouts.cards import ROLES, Card, CardPart, cards_of
from recoverycli.training.handouts.formats import PAPERS
from recoverycli.training.handouts.handout import handout
from recoverycli.training.handouts.pdf import FLOOR, cards_pdf, fit_cards, fit_page, handout_pdf
from recoverycli.training.handouts.typesetting import typeset
from recoverycli.training.scenarios.draw import draw
from recoverycli.training.scenarios.library import ScenarioLibrary
from tests.content import framework, phrase
from tests.training.test_handout import BUILT_IN, MARKS, hostile, page

if TYPE_CHECKING:
    from recoverycli.training.handouts.formats import Paper
    from recoverycli.training.handouts.pdf import FittedHandout
    from recoverycli.training.scenarios.model import Scenario

# With more steps than a page of every size holds.
BOTH_SIDES = {id_ for id_ in BUILT_IN.ids() if len(page(id_).steps) > 8}
SIZES = {"a4": (595, 842), "letter": (612, 792)}
SCENARIOS = ScenarioLibrary((Source(built_in_folder("scenarios"), "built-in"),), BUILT_IN.ids())
# No script has these yet, so no font has them.
NOWHERE = "\U00032000\U00032001"


def role_cards(id_: str) -> list[Card]:
    scenario: Scenario = draw(SCENARIOS.load(id_).content)
    of_it = BUILT_IN.load(scenario.framework).content
    return [one for role in ROLES for one in cards_of(scenario, role, of_it, ["A whole apology", "Own words"] * 6)]


@cache
def made(id_: str, paper: Paper) -> tuple[FittedHandout, PdfReader]:
    fit = fit_page(page(id_), paper)
    return fit, PdfReader(io.BytesIO(typeset(fit.draft)))


def read(reader: PdfReader) -> str:
    return flat(" ".join(sheet.extract_text() for sheet in reader.pages))


def flat(text: str) -> str:
    """A text without what typesetting does to it: lines, curled quotes, words that may break."""
    plain = text.replace("\u2019", "'").replace("\u200b", "").replace("“", '"').replace("”", '"')
    return re.sub(r"\s+", "", plain)


# Each framework on one of the papers; the slow tests take the other.
EVERY_SHEET = [
    pytest.param(id_, paper, marks=() if number % len(PAPERS) == turn else pytest.mark.slow)
    for number, id_ in enumerate(BUILT_IN.ids())
    for turn, paper in enumerate(PAPERS)
]


@pytest.mark.parametrize(("id_", "paper"), EVERY_SHEET)
def test_every_framework_is_one_sheet_with_its_words_on_it(id_: str, paper: Paper) -> None:
    """What is too long for a page takes both sides, and leaves out the choices of what to note at most."""
    fit, reader = made(id_, paper)
    assert len(reader.pages) <= (2 if id_ in BOTH_SIDES else 1)
    assert fit.draft.lost == ()
    assert fit.draft.size >= FLOOR
    assert "second phrases" not in fit.left_out
    assert set(fit.left_out) <= {"the choices of what to note"} or len(reader.pages) == 1
    box = reader.pages[0].mediabox
    assert (round(box.width), round(box.height)) == SIZES[paper]
    check_fonts(reader)
    text = read(reader)
    assert flat(fit.handout.title) in text
    assert flat(fit.handout.origin) in text
    for step in fit.handout.steps:
        assert step.phrases or step.do
        avoided = [words for pair in step.avoid for words in (pair.avoid, pair.say)]
        for words in (
            step.name,
            step.goal,
            *step.required,
            *step.ask,
            *step.phrases,
            *step.do,
            *avoided,
            *(one.ask for one in step.capture),
        ):
            assert flat(words) in text, words
    for missing in fit.left_out:
        assert flat(missing) in text, "the page says what it leaves out"


def check_fonts(reader: Any) -> None:
    """All fonts are in the file."""
    fonts = reader.pages[0]["/Resources"]["/Font"]
    assert fonts
    for font in fonts.values():
        described = font.get_object()["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object()
        assert {"/FontFile2", "/FontFile3"} & set(described), described


def test_the_file_names_its_title_and_language_and_can_be_read_aloud() -> None:
    reader: Any = made("aware", "a4")[1]
    assert reader.metadata.title == "AWARE"
    assert reader.root_object["/Lang"] == "en"
    assert "/StructTreeRoot" in reader.root_object


def test_the_same_framework_gives_the_same_bytes() -> None:
    assert handout_pdf(page("last"), "a4").data == handout_pdf(page("last"), "a4").data


def test_what_means_something_to_typst_comes_out_as_it_was_written() -> None:
    sheets = handout_pdf(handout(hostile()), "a4")
    text = read(PdfReader(io.BytesIO(sheets.data)))
    assert text.count(flat(MARKS)) >= 6
    assert flat(f'"{MARKS.replace("{{gap}}", "{gap}")}"') in text


def test_a_framework_that_is_too_long_for_a_page_takes_more_and_loses_nothing() -> None:
    steps = [
        {
            "intent": "listen",
            "id": f"s{number}",
            "goal": "What it is for. " * 8,
            "phrases": [phrase(f"Say {number}."), phrase("And more.")],
        }
        for number in range(30)
    ]
    long = handout(framework("long", steps))
    sheets = handout_pdf(long, "letter")
    reader = PdfReader(io.BytesIO(sheets.data))
    assert sheets.pages == len(reader.pages) > sheets.wanted == 1
    assert sheets.left_out == ()
    text = read(reader)
    for step in long.steps:
        assert all(flat(words) in text for words in step.phrases)


def test_a_word_that_is_wider_than_its_column_is_broken_and_control_characters_are_seen() -> None:
    word = "https://example.org/" + "a" * 150
    step = {"intent": "listen", "id": "one", "goal": word, "phrases": [phrase("bell \x07 and \u202e turned")]}
    fit = fit_page(handout(framework("wide", [step])), "a4")
    text = read(PdfReader(io.BytesIO(handout_pdf(handout(framework("wide", [step])), "a4").data)))
    assert flat(word) in text
    assert flat("bell \\x07 and \\u202e turned") in text
    assert fit.draft.lost == ()


def test_letters_that_no_font_has_are_named_once() -> None:
    sheets = handout_pdf(
        handout(framework("lost", [{"intent": "listen", "id": "one", "goal": f"Say {NOWHERE} and {NOWHERE}."}])), "a4"
    )
    assert sheets.lost == tuple(NOWHERE)
    assert sheets.pages == 1


@pytest.mark.parametrize("words", ["对不起", "申し訳ございません", "죄송합니다", "آسف", "Ελληνικά Кириллица ėšč ½ € →"])
def test_other_scripts_are_on_the_page_or_named_as_lost(words: str) -> None:
    sheets = handout_pdf(handout(framework("script", [{"intent": "listen", "id": "one", "goal": words}])), "a4")
    drawn = [letter for letter in words if not letter.isspace() and letter not in sheets.lost]
    assert sheets.lost == () or set("".join(sheets.lost)) <= set(words)
    assert not drawn or flat(drawn[0]) in read(PdfReader(io.BytesIO(sheets.data)))


def test_letters_of_europe_need_no_font_of_the_machine() -> None:
    goal = "Ελληνικά Кириллица łżşğő ½ € → שלום"
    draft = fit_page(handout(framework("europe", [{"intent": "listen", "id": "one", "goal": goal}])), "a4").draft
    assert draft.lost == ()
    assert all(font.path is None for font in draft.fonts.fonts())


def test_the_cards_of_a_scenario_are_four_on_a_sheet_with_all_their_words() -> None:
    held = [role_cards(id_) for id_ in SCENARIOS.ids()[::2]]
    sheets = cards_pdf([one for some in held for one in some], "letter")
    reader = PdfReader(io.BytesIO(sheets.data))
    assert (sheets.pages, sheets.wanted, len(reader.pages), sheets.lost) == (len(held), len(held), len(held), ())
    for some, sheet in zip(held, reader.pages, strict=True):
        text = flat(sheet.extract_text())
        for one in some:
            assert flat(one.title) in text
            for part in one.parts:
                assert flat(part.heading).casefold() in text.casefold()
                assert all(flat(line) in text for line in part.lines)


def test_cards_with_too_many_words_for_four_on_a_sheet_are_fewer_and_larger_and_lose_nothing() -> None:
    held = role_cards("late-parcel")
    for words, pages, wanted in ((260, 2, 2), (420, 4, 4), (2500, 6, 4)):
        long = " ".join(f"word{number}" for number in range(words))
        more = held[1]._replace(parts=(CardPart("What you know", (long,)), *held[1].parts))
        sheets = cards_pdf([held[0], more, *held[2:]], "a4")
        assert (sheets.pages, sheets.wanted) == (pages, wanted), words
        assert flat(long) in read(PdfReader(io.BytesIO(sheets.data)))


def test_one_card_alone_fills_a_sheet_and_two_share_it() -> None:
    held = role_cards("late-parcel")
    assert [fit_cards(held[:count], "a4").up for count in (1, 2, 3, 4, 5)] == [1, 2, 2, 4, 4]
    assert cards_pdf([*held, *held], "a4").pages == 2
