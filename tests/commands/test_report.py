"""The report in a real browser: whole on a phone and on a desk, light and dark, printed, and without scripts."""

from __future__ import annotations

import json
import re
import shutil
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import msgspec
import pytest

from recoverycli.session.transcript import TranscriptCustomer
from recoverycli.store.archive import Archive
from tests.synthetic import calls

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.commands.recovery import Recovery

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
HOSTILE = "<img src=x onerror=alert(1)> \x1b[31m שלום & Söhne"
# The lowest contrast of any text with what is behind it, after WCAG 2.1; backgrounds that are not opaque are mixed.
CONTRAST = """() => {
  const canvas = document.createElement('canvas'); canvas.width = canvas.height = 1;
  const context = canvas.getContext('2d', {willReadFrequently: true});
  const over = colors => { context.clearRect(0, 0, 1, 1); for (const color of colors) {
    context.fillStyle = color; context.fillRect(0, 0, 1, 1); } return context.getImageData(0, 0, 1, 1).data; };
  const light = ([r, g, b]) => { const [x, y, z] = [r, g, b].map(v => { v /= 255;
    return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4; }); return 0.2126 * x + 0.7152 * y + 0.0722 * z; };
  let lowest = 99, where = '';
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node; node = walker.nextNode();) {
    const element = node.parentElement;
    if (!node.data.trim() || !element.getClientRects().length || element.closest('svg, title')) continue;
    const behind = [];
    for (let one = element; one; one = one.parentElement) behind.unshift(getComputedStyle(one).backgroundColor);
    const ground = over(behind), ink = over([...behind, getComputedStyle(element).color]);
    const [a, b] = [light(ground), light(ink)].sort((p, q) => q - p);
    const ratio = (a + 0.05) / (b + 0.05);
    if (ratio < lowest) { lowest = ratio; where = node.data.trim().slice(0, 60); }
  }
  return [lowest, where];
}"""

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium on this machine to open the report in")


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield running
        running.close()


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
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    page = context.new_page()
    troubles: list[str] = []
    page.on("console", lambda message: troubles.append(message.text))
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.on("request", lambda asked: troubles.append(asked.url) if not asked.url.startswith("file:") else None)
    page.on("dialog", lambda dialog: troubles.append(dialog.message))
    page.goto(page_file.as_uri())
    assert troubles == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    lowest, where = page.evaluate(CONTRAST)
    assert 4.5 <= lowest < 21, where
    dark = page.evaluate("getComputedStyle(document.body).backgroundColor") != "rgb(255, 255, 255)"
    assert dark is (scheme == "dark")
    context.close()


def test_it_can_be_used_without_eyes_and_without_scripts(browser: Any, page_file: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(page_file.as_uri())
    headings = [int(heading.evaluate("one => one.tagName[1]")) for heading in page.query_selector_all("h1, h2, h3, h4")]
    assert headings[0] == 1
    assert headings.count(1) == 1
    assert all(following - before <= 1 for before, following in pairwise(headings))
    assert page.query_selector_all("table:not(:has(thead th[scope=col]))") == []
    assert page.query_selector_all("tbody tr:not(:has(th[scope=row]))") == []
    assert page.query_selector_all("svg:not([role=img][aria-label])") == []
    assert page.query_selector_all("script, link, img, iframe, [onclick], [onerror]") == []
    assert page.query_selector("html[lang=en]") is not None
    for link in page.query_selector_all("a"):
        target = link.get_attribute("href")
        assert target.startswith("#")
        assert page.query_selector(f'[id="{target[1:]}"]') is not None, target
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
    assert "No call is meant by that." in done.stdout
