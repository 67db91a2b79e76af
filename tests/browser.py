"""A real browser, in which the pages that the tool makes are opened."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from tests.needs import browser

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

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


@contextmanager
def running() -> Iterator[Any]:
    """Start the browser, and end it."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=browser(), args=["--no-sandbox"])
        yield started
        started.close()


def check_it_can_be_read(browser: Any, file: Path, width: int, scheme: str) -> None:
    """Open a page and see that it is whole: as wide as the window, in contrast, asking nothing of anybody."""
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    page = context.new_page()
    troubles: list[str] = []
    page.on("console", lambda message: troubles.append(message.text))
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.on("request", lambda asked: troubles.append(asked.url) if not asked.url.startswith("file:") else None)
    page.on("dialog", lambda dialog: troubles.append(dialog.message))
    page.goto(file.as_uri())
    assert troubles == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    lowest, where = page.evaluate(CONTRAST)
    assert 4.5 <= lowest < 21, where
    dark = page.evaluate("getComputedStyle(document.body).backgroundColor") != "rgb(255, 255, 255)"
    assert dark is (scheme == "dark")
    context.close()
