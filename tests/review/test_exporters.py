"""Exports: each format opens where it is meant to be opened, and what people wrote is text in all of them."""

from __future__ import annotations

import csv
import io
import json
from datetime import timedelta
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any

import agate
import jsonschema
import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from recoverycli.review.exporters.cells import cell_text
from recoverycli.review.exporters.formats import TEXTS, Exported, export_call, pieces
from recoverycli.review.exporters.markdown import escape_text
from recoverycli.review.story import call_page
from recoverycli.session.transcript.current import transcript_schema
from recoverycli.session.transcript.model import (
    TranscriptCustomer,
    TranscriptEscalation,
    TranscriptNote,
    TranscriptOffer,
    decode,
    encode,
)  # fmt: skip
from tests.cases import for_each
from tests.review.calls import NOW, a_call, amendment, promise
from tests.synthetic import calls
from tests.wording.wordings import MATCHER

if TYPE_CHECKING:
    from recoverycli.session.transcript.model import Call
    from recoverycli.wording.matcher import Matcher

HOSTILE = "=cmd|' /C calc'!A1 <script>alert(1)</script> \x1b[31m & \"quoted\" *bold* שלום 😀"
WRITTEN = [name for name in TEXTS if name != "cast"]


def of(call: Call, *, notes: bool = True) -> Exported:
    raw = encode(call)
    return export_call(decode(raw), notes=notes)


def text(name: str, *some: Call, notes: bool = True) -> str:
    return "".join(pieces(name, (of(call, notes=notes) for call in some)))


def a_case(**more: Any) -> Call:
    """A call with everything that an export can hold."""
    fields: dict[str, Any] = {
        "customer": TranscriptCustomer("Ana Müller", "C-7"), "agent": "Sam", "issue": "late parcel", "ours": True,
        "root_cause": "the carrier lost it", "offers": (TranscriptOffer(NOW, "refund", 20.0, "EUR"),),
        "escalations": (TranscriptEscalation(NOW, "team lead", "too large", "he shouted"),), "outcome": "resolved",
    }  # fmt: skip
    call = a_call(promise(1, "a call back", NOW + timedelta(days=1)), **{**fields, **more})
    first, *others = call.steps
    noted = msgspec.structs.replace(first, notes=(TranscriptNote(NOW, "INTERNAL words"),))
    return msgspec.structs.replace(call, steps=(noted, *others))


def hostile() -> Call:
    who = TranscriptCustomer(HOSTILE, HOSTILE)
    return a_case(customer=who, issue=HOSTILE, root_cause=HOSTILE, summary=HOSTILE, agent=HOSTILE)


@for_each("name", WRITTEN)
def test_no_notes_leaves_out_what_was_written_for_internal_use(name: str) -> None:
    bare = text(name, a_case(summary="in short"), notes=False)
    assert "INTERNAL" not in bare
    assert "he shouted" not in bare
    assert bare


@pytest.mark.parametrize("name", ["md", "html", "txt", "csv", "json"])
def test_an_export_holds_what_was_corrected_and_what_was_noted(name: str) -> None:
    told = text(name, a_case(amendments=(amendment("outcome", "callback", "resolved"),)))
    assert "callback" in told
    assert "INTERNAL words" in told
    assert "Ana M" in told


@pytest.mark.parametrize("name", [name for name in WRITTEN if name != "json"])
def test_no_escape_sequence_gets_through(name: str) -> None:
    assert "\x1b" not in text(name, hostile())


class Page(HTMLParser):
    """Which tags a page has, and whether each is closed in its turn."""

    EMPTY = frozenset({"meta", "br", "link", "img"})

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[str] = []
        self.words = ""

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self.tags.append(tag)
        if tag not in self.EMPTY:
            self.open.append(tag)
        assert not any(
            name.startswith("on") or (value and ":" in value and name in {"src", "href"}) for name, value in attrs
        )

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words += data


def test_the_page_is_whole_and_what_people_wrote_is_text_in_it() -> None:
    page = Page()
    page.feed(text("html", a_case(), hostile()))
    assert page.open == []
    assert "script" not in page.tags
    assert page.tags.count("article") == 2
    assert "<script>alert(1)</script>" in page.words
    for section in call_page(a_case()):
        for row in section.rows:
            assert row.text in page.words


def test_a_spreadsheet_reads_numbers_dates_and_names_and_computes_nothing() -> None:
    some = [*calls(40, seed=2), hostile(), a_case()]
    data = text("csv", *some)
    assert data.startswith("\ufeff")
    rows = list(csv.DictReader(io.StringIO(data.removeprefix("\ufeff"), newline="")))
    assert [row["id"] for row in rows] == [call.id for call in some]
    assert not [cell for row in rows for cell in row.values() if cell[:1] in {"=", "+", "-", "@", "\t", "\r"}]
    table = agate.Table.from_csv(io.StringIO(data.removeprefix("\ufeff"), newline=""), sniff_limit=0)
    kinds = dict(zip(table.column_names, table.column_types, strict=True))
    assert isinstance(kinds["started"], agate.DateTime)
    assert isinstance(kinds["seconds"], agate.Number)
    assert isinstance(kinds["escalated"], agate.Text)
    assert [row["customer"] for row in table.rows][-1] == "Ana Müller"


@given(st.text())
def test_no_cell_is_a_formula_and_every_cell_comes_back(words: str) -> None:
    cell = cell_text(words)
    assert cell[:1] not in {"=", "+", "-", "@", "\t", "\r"} or not cell
    file = io.StringIO(newline="")
    csv.writer(file, lineterminator="\r\n").writerow([cell, "x"])
    ((back, _),) = csv.reader(io.StringIO(file.getvalue(), newline=""))
    assert back == cell


def test_the_quality_system_gets_time_place_people_failure_action_and_cause() -> None:
    (row,) = csv.DictReader(io.StringIO(text("qc", a_case()).removeprefix("\ufeff"), newline=""))
    assert (row["customer"], row["failure"], row["ours"], row["cause"]) == (
        "Ana Müller", "late parcel", "yes", "the carrier lost it",
    )  # fmt: skip
    assert row["immediate action"] == "refund 20 EUR, no answer yet"
    assert row["handed on"] == "team lead: too large"


@for_each("words", ["*a*", "# a", "- a", "1. a", "<b>", "[a](b)", "a_b_c", "`x`", "a | b", "+ a\n= b"])
def test_words_are_no_markup_in_markdown(words: str) -> None:
    plain = escape_text(words)
    for line in plain.splitlines():
        assert not line.lstrip().startswith(("#", "- ", "+ ", "=", "*", "<", "[", "`"))
        assert not line[:2].rstrip(".)").isdigit() or line[1:2] not in {".", ")"}


def test_several_documents_are_a_line_each_with_the_values_of_today_beside_the_stored_ones() -> None:
    some = list(calls(3, seed=1))
    for line, one in zip(text("json", *some).splitlines(), some, strict=True):
        document = json.loads(line)
        assert document.pop("current")["outcome"] == one.outcome
        assert document == json.loads(encode(one))
    assert text("json", some[0]).startswith('{\n "schema": 1,\n')


def test_json_has_the_corrected_values_and_what_became_of_promises_under_documented_names() -> None:
    note = {"at": "2026-11-23T12:00:00Z", "text": "INTERNAL she rang again"}
    case = a_case(amendments=(
        amendment("outcome", "escalated"), amendment("customer.name", "Ana Miller"), amendment("mood", "calm"),
        amendment("promises.p1.done_at", "2026-11-24T09:00:00+00:00"), amendment("notes.1", note),
    ))  # fmt: skip
    document = json.loads(text("json", case))
    now = document["current"]
    assert (document["customer"]["name"], now["customer"]["name"]) == ("Ana Müller", "Ana Miller")
    assert (document["outcome"], now["outcome"], now["mood"]) == (case.outcome, "escalated", "calm")
    assert (now["promises"][0]["id"], now["promises"][0]["done_at"]) == ("p1", "2026-11-24T09:00:00Z")
    assert now["promises"][0]["promised"] == document["promises"][0]["due"]
    assert [added["text"] for added in now["notes"]] == ["INTERNAL she rang again"]
    jsonschema.validate(document, transcript_schema())
    assert "INTERNAL" not in "".join(pieces("json", [of(case, notes=False)])), "nor in the amendments"


@pytest.fixture(scope="module")
def matcher() -> Matcher:
    return MATCHER


@pytest.mark.parametrize("ours", [True, False, None])
@pytest.mark.parametrize("found_by", ["customer", "audit"])
def test_a_letter_regrets_the_thing_itself_and_holds_no_word_that_backfires(
    matcher: Matcher, ours: bool | None, found_by: str
) -> None:
    letter = text("letter", a_case(ours=ours, found_by=found_by))
    assert matcher.findings(letter, "email") == ()
    assert {"regret", *(("responsibility", "explanation", "repair") if ours else ())} <= set(matcher.parts(letter))
    assert "Dear Ana Müller," in letter
    assert "refund 20 EUR" in letter
    assert "a call back, by Wednesday, 25 November 2026, 12:00" in letter
    assert "INTERNAL" not in letter
    assert ("the responsibility is ours" in letter.casefold()) is (ours is True)
    assert ("[what is being changed" in letter) is (ours is not False)


def test_what_is_not_known_is_a_gap_in_the_letter_and_never_invented() -> None:
    letter = text("letter", a_call())
    for gap in (
        "[name]",
        "[what it was about]",
        "[what went wrong, and why]",
        "[what was agreed, and by when]",
        "[your name]",
    ):
        assert gap in letter


def test_the_note_for_the_profile_is_short_and_names_no_framework() -> None:
    note = text("crm", a_case(summary="Parcel lost, refund agreed"))
    assert 2 <= len(note.splitlines()) <= 5
    assert "LITTLE" not in note.upper()
    assert "Parcel lost" in note
