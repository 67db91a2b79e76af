"""The report in a real browser: whole on a phone and on a desk, light and dark, printed, and without scripts."""

from __future__ import annotations

import json
import re
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import msgspec
import pytest

from recoverycli.session.transcript.model import TranscriptCustomer
from recoverycli.store.calls.archive import Archive
from tests.browser import check_it_can_be_read, running
from tests.synthetic import calls

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.commands.recovery import Recovery

HOSTILE = "<img src=x onerror=alert(1)> \x1b[31m שלום & Söhne"

pytestmark = pytest.mark.needs_browser


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with running() as started:
        yield started


@pytest.fixture
def page_file(recovery: Recovery, tmp_path: Path) -> Path:
    archive = Archive(recovery.data)
    made = list(calls(120, seed=21, days=60, late_parcels=True))
    strange = msgspec.structs.replace(
        made[-1], customer=TranscriptCustomer(HOSTILE, HOSTILE), issue=HOSTILE, summary=HOSTILE
    )
    for call in (*made[:-1], strange):
        archive.write(call)
    file = tmp_path / "report.html"
    done = recovery("log", "report", "--output", str(file))
    assert done.returncode == 0, done.stderr
    assert "120 calls in" in done.stderr
    return file


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [400, 1400])
def test_it_fits_and_can_be_read(browser: Any, page_file: Path, width: int, scheme: str) -> None:
    check_it_can_be_read(browser, page_file, width, scheme)


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
    assert page.query_selector_all("script, link, img, iframe, [onclick], [onerror]") == []
    assert page.query_selector("html[lang=en]") is not None
    targets = page.eval_on_selector_all("a", "all => all.map(one => one.getAttribute('href'))")
    ids = page.eval_on_selector_all("[id]", "all => all.map(one => '#' + one.id)")
    assert targets
    assert set(targets) <= set(ids)
    page.click("#calls ~ div tbody tr:nth-child(3) a")
    assert page.query_selector(":target") is not None
    context.close()


def test_it_tells_what_stats_tells(recovery: Recovery, browser: Any, page_file: Path) -> None:
    told = json.loads(recovery("log", "stats", "--json").stdout)
    page = browser.new_page()
    page.goto(page_file.as_uri())
    words = page.inner_text("main")
    for line in told["headlines"]:
        assert line in words
    for pattern in told["patterns"]:
        assert pattern["sentence"] in words
    assert "Söhne" in words
    assert "\\x1b" in words
    for outcome in told["figures"]["outcomes"]:
        assert outcome["name"] in words
    page.close()


def test_it_is_printed_on_sheets(browser: Any, page_file: Path) -> None:
    page = browser.new_page()
    page.goto(page_file.as_uri())
    printed = page.pdf(format="A4")
    assert printed.startswith(b"%PDF")
    assert len(re.findall(rb"/Type\s*/Page\b", printed)) > 5
    page.emulate_media(media="print")
    assert page.evaluate("getComputedStyle(document.querySelector('nav')).display") == "none"
    page.close()


def test_an_empty_store_has_a_report_that_says_so(recovery: Recovery) -> None:
    done = recovery("log", "report", "--output", "-")
    assert done.returncode == 0
    assert "No calls match." in done.stdout
