"""The report in a real browser: whole on a phone and on a desk, light and dark, printed, and without scripts."""

from __future__ import annotations

import io
import json
import re
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import msgspec
import pytest

from recoverycli.session.transcript import model as ts
from recoverycli.store.calls.archive import Archive
from tests.browser import check_it_can_be_read, running
from tests.commands.recovery import Recovery
from tests.synthetic import calls

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

HOSTILE = "<img src=x onerror=alert(1)> \x1b[31m שלום & Söhne"
MOST_SHEETS = 20
# The text of every part of the page that sticks out of the sheet to the right.
CUT = """() => [...document.querySelectorAll('main *')].filter(one =>
  one.getBoundingClientRect().right > document.documentElement.clientWidth + 1
  && !one.closest('.unseen, .skip')).map(one => one.textContent.slice(0, 60))"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with running() as started:
        yield started


def keep(recovery: Recovery, made: Iterable[ts.Call]) -> None:
    """Write the files of the archive, without waiting for the disk after each."""
    archive = Archive(recovery.data)
    for call in made:
        path = archive.path(call.id)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(ts.encode(call))


@pytest.fixture(scope="module")
def page_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    recovery = Recovery(tmp_path_factory.mktemp("report"))
    made = list(calls(120, seed=21, days=60, late_parcels=True))
    strange = msgspec.structs.replace(
        made[-1], customer=ts.TranscriptCustomer(HOSTILE, HOSTILE), issue=HOSTILE, summary=HOSTILE
    )
    keep(recovery, (*made[:-1], strange))
    return write(recovery, recovery.home / "report.html", "--calls", "--names")


def write(recovery: Recovery, file: Path, *options: str) -> Path:
    done = recovery("log", "report", "--output", str(file), *options)
    assert done.returncode == 0, done.stderr
    assert re.search(r"^[\d,]+ calls in ", done.stderr, re.MULTILINE)
    return file


@pytest.mark.needs_browser
@pytest.mark.parametrize(("width", "scheme"), [(360, "light"), (1280, "dark")])
def test_it_fits_and_can_be_read_with_its_calls(browser: Any, page_file: Path, width: int, scheme: str) -> None:
    check_it_can_be_read(browser, page_file, width, scheme)


@pytest.mark.needs_browser
def test_it_can_be_used_without_eyes_and_without_scripts(browser: Any, page_file: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(page_file.as_uri())
    headings = page.eval_on_selector_all("h1, h2, h3, h4", "all => all.map(one => Number(one.tagName[1]))")
    assert headings[0] == 1
    assert headings.count(1) == 1
    assert all(following - before <= 1 for before, following in pairwise(headings))
    assert page.query_selector_all("table:not(:has(thead th[scope=col]))") == []
    assert page.query_selector_all("tbody tr:not(:has(th[scope=row]))") == []
    assert page.query_selector_all("svg:not([role=img][aria-label])") == []
    assert page.query_selector_all("script, link, img, iframe, details, [onclick], [onerror]") == []
    assert page.query_selector("html[lang=en]") is not None
    targets = page.eval_on_selector_all("a", "all => all.map(one => one.getAttribute('href'))")
    ids = page.eval_on_selector_all("[id]", "all => all.map(one => '#' + one.id)")
    assert targets
    assert set(targets) <= set(ids)
    page.click("nav a[href='#due']")
    assert page.query_selector(":target") is not None
    # Every picture has the table with its numbers beside it.
    assert page.query_selector_all("svg") != []
    assert page.query_selector_all(".pair:has(svg):not(:has(table tbody tr))") == []
    assert page.query_selector_all("tr:has(.bar):not(:has(td.number))") == []
    context.close()


@pytest.mark.needs_browser
def test_it_is_printed_whole_on_a_few_sheets(recovery: Recovery, browser: Any, tmp_path: Path) -> None:
    import pypdf

    keep(recovery, calls(2000, seed=21, late_parcels=True))
    page = browser.new_page(viewport={"width": 700, "height": 900})
    page.goto(write(recovery, tmp_path / "report.html").as_uri())
    for size in ("A4", "Letter"):
        sheets = pypdf.PdfReader(io.BytesIO(page.pdf(format=size))).pages
        words = [" ".join(sheet.extract_text().split()) for sheet in sheets]
        assert len(words) < MOST_SHEETS
        for part in ("What to act on", "What changed", "What stands out", "What is due"):
            assert part in words[0] + words[1], size
        assert words[2].startswith("Appendix A")
        (hours,) = (sheet for sheet in words if "Appendix D" in sheet)
        assert all(f"{hour:02d}:00" in hours for hour in range(24))
    page.emulate_media(media="print")
    assert page.evaluate("getComputedStyle(document.querySelector('nav')).display") == "none"
    assert page.evaluate(CUT) == []
    page.close()


def test_it_opens_with_three_sentences_to_act_on(recovery: Recovery) -> None:
    keep(recovery, calls(300, seed=5, days=300, late_parcels=True))
    page = recovery("log", "report", "--output", "-").stdout
    findings = re.findall(r"<li><strong.*?</li>", page)
    assert len(findings) == 3
    promises = json.loads(recovery("log", "stats", "--json").stdout)["figures"]["promises"]
    assert any(f"{promises['overdue']} of {promises['dated']} promises with a date" in one for one in findings)
    for one in findings:
        assert re.search(r"<strong.*\d.*</strong>: .*; .* \(<code><span>recovery</span> .*</code>\)\.", one), one


def test_of_few_calls_it_says_that_there_is_little_to_say(recovery: Recovery) -> None:
    keep(
        recovery,
        (msgspec.structs.replace(call, promises=(), offers=()) for call in calls(4, seed=5, days=5)),
    )
    page = recovery("log", "report", "--output", "-").stdout
    assert "<li><strong" not in page
    assert "Nothing can be said with enough calls behind it" in page
    assert "Less than two weeks are recorded" in page


def test_an_empty_store_has_a_report_that_says_so(recovery: Recovery) -> None:
    done = recovery("log", "report", "--output", "-")
    assert done.returncode == 0
    assert "No calls match." in done.stdout


def test_names_and_calls_are_there_only_if_they_are_wanted(recovery: Recovery) -> None:
    made = list(calls(30, seed=8, days=30))
    people = ts.TranscriptCustomer("Ottilie Quandt", "KD-90817")
    promise = ts.TranscriptPromise("p1", made[-1].started_at, "call Ottilie Quandt back", "now", made[-1].started_at)
    offer = ts.TranscriptOffer(made[-1].started_at, "cake for Ottilie Quandt", 5.0, "EUR", True, None, "o1")
    named = msgspec.structs.replace(
        made[-1], customer=people, agent="Zdenka Wolf", issue="Ottilie Quandt again", promises=(promise,),
        offers=(offer,), amendments=(), summary="Mrs Xaverl asked Zdenka Wolf about KD-90817", root_cause=None,
    )  # fmt: skip
    keep(recovery, (*made[:-1], named))
    names = ("Ottilie", "Quandt", "KD-90817", "Zdenka", "Xaverl")

    def there(*options: str) -> tuple[set[str], str]:
        page = recovery("log", "report", "--output", "-", *options).stdout
        return {name for name in names if name in page}, page

    found, page = there()
    assert found == set()
    assert "[person] again" in page
    assert "cake for [person]" in page
    assert "<article" not in page
    found, page = there("--calls")
    assert found == set()
    assert page.count("<article") == 30
    assert "[person] asked [person] about [person]" in page
    assert there("--names")[0] == {"Ottilie", "Quandt"}
    found, page = there("--names", "--calls", "-n", "7")
    assert found == set(names)
    assert page.count("<article") == 7
    assert "Only calls with these filters: the newest 7." in page
    assert "The most overdue of 1 promise" in there("--customer", "Ottilie Quandt", "-n", "1")[1]
    assert "The most overdue" not in there("--agent", "Desk 1", "--customer", "Ottilie Quandt")[1]
    found, page = there("--customer", "Ottilie Quandt")
    assert found == set()
    assert "Only calls with these filters: one customer." in page


def test_no_step_is_skipped_most_that_nobody_skipped(recovery: Recovery) -> None:
    def taken(call: ts.Call) -> ts.Call:
        steps = tuple(msgspec.structs.replace(step, status="done") for step in call.steps)
        return msgspec.structs.replace(call, steps=steps)

    keep(recovery, map(taken, calls(60, seed=5, days=60)))
    page = recovery("log", "report", "--output", "-").stdout
    assert "Appendix B: steps" in page
    assert "Steps skipped most" not in page
