"""`frameworks handout` and the cards of `scenarios show`, as they are run: to a file, a folder, a pipe and a screen."""

from __future__ import annotations

import io
import json
import subprocess
from typing import TYPE_CHECKING, Any
from unicodedata import normalize

import pytest
from pypdf import PdfReader

from recoverycli.training.handouts.cards import ROLES
from recoverycli.training.handouts.formats import PAPERS
from recoverycli.training.handouts.handout import handout
from recoverycli.training.handouts.html import cards_page, handout_page
from tests import present
from tests.browser import running
from tests.terminal.screen import Terminal
from tests.training.played import scenario
from tests.training.test_cards import NAMES, cards
from tests.training.test_handout import BUILT_IN, hostile, page

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from recoverycli.training.handouts.formats import Paper
    from tests.commands.recovery import Recovery

NOWHERE = "\U00032000"
OWN = """\
schema: 1
id: own
name: Own
expands_to: One step
summary: A test.
steps:
  - id: one
    name: One
    intent: listen
    goal: {goal}
    phrases: [{{say: "Say it."}}]
"""


def sheets(data: bytes) -> list[str]:
    """The words of each sheet; some fonts have a letter of its own for "fi"."""
    texts = (normalize("NFKC", sheet.extract_text()) for sheet in PdfReader(io.BytesIO(data)).pages)
    return [" ".join(text.split()) for text in texts]


def test_a_page_goes_into_a_file_and_is_reported(recovery: Recovery, tmp_path: Path) -> None:
    file = tmp_path / "aware.pdf"
    done = recovery("frameworks", "handout", "aware", "--output", str(file), "--paper", "letter")
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr == f"written to {file}: one page, letter\n"
    (text,) = sheets(file.read_bytes())
    assert "his trademark" in text


def test_a_long_playbook_takes_two_pages_and_a_full_page_reports_what_it_omits(
    recovery: Recovery, tmp_path: Path
) -> None:
    done = recovery("frameworks", "handout", "double-charge", "-o", str(tmp_path / "x.pdf"))
    assert "2 pages, a4" in done.stderr
    assert done.stderr.rstrip().endswith("Omitted to make it fit: the choices of what to note")
    done = recovery("frameworks", "handout", "seven-step", "--paper", "letter", "-o", str(tmp_path / "y.pdf"))
    assert "one page, letter. Omitted to make it fit: " in done.stderr


def test_a_pipe_gets_the_bytes(recovery: Recovery) -> None:
    for more in ([], ["-o", "-"]):
        command = present.command("frameworks", "handout", "last", *more)
        done = subprocess.run(command, capture_output=True, env=recovery.environ(), check=True)
        assert len(sheets(done.stdout)) == 1
        assert done.stderr == b""


def test_a_pdf_does_not_go_onto_the_screen_unasked(recovery: Recovery) -> None:
    terminal = Terminal(recovery.home, "frameworks", "handout", "last", columns=120)
    terminal.expect("--output last.pdf")
    assert terminal.end() == 2
    assert b"%PDF" not in terminal.raw


@pytest.mark.parametrize(("name", "begins"), [("x.html", "<!doctype html>"), ("x.md", "# LAST"), ("x.PDF", "%PDF")])
def test_the_name_of_the_file_says_the_format(recovery: Recovery, tmp_path: Path, name: str, begins: str) -> None:
    assert recovery("frameworks", "handout", "last", "-o", str(tmp_path / name)).returncode == 0
    assert (tmp_path / name).read_bytes().lstrip().startswith(begins.encode())


def test_a_folder_gets_a_file_named_after_the_framework(recovery: Recovery, tmp_path: Path) -> None:
    assert recovery("frameworks", "handout", "last", "--format", "md", "-o", str(tmp_path)).returncode == 0
    assert (tmp_path / "last.md").read_text(encoding="utf-8").startswith("# LAST")


def test_a_file_that_is_there_is_not_overwritten_without_a_word(recovery: Recovery, tmp_path: Path) -> None:
    file = tmp_path / "last.pdf"
    file.write_text("mine", encoding="utf-8")
    for output in (file, tmp_path):
        done = recovery("frameworks", "handout", "last", "-o", str(output))
        assert done.returncode == 2
        assert "--yes" in done.stderr
        assert file.read_text(encoding="utf-8") == "mine"
    assert recovery("frameworks", "handout", "last", "-o", str(file), "--yes").returncode == 0
    assert file.read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize(
    ("argv", "words"),
    [
        (("awre",), "aware"),
        (("aware", "--format", "pfd"), "pdf"),
        (("aware", "--paper", "leter"), "letter"),
        (("aware", "--format", "md", "-o", "nowhere/x.md"), "no folder"),
        ((), "For example: recovery frameworks handout aware"),
    ],
)
def test_a_wrong_word_is_refused(recovery: Recovery, argv: tuple[str, ...], words: str) -> None:
    done = recovery("frameworks", "handout", *argv)
    assert (done.returncode, done.stdout) == (2, "")
    assert words in done.stderr


def test_json_is_the_value_behind_the_page(recovery: Recovery) -> None:
    value = json.loads(recovery("frameworks", "handout", "learn", "--json").stdout)
    assert value["title"] == "LEARN"
    assert [step["mark"] for step in value["steps"]] == list("LEARN")
    assert all(len(step["phrases"]) == 2 for step in value["steps"])


def own(tmp_path: Path, goal: str) -> list[str]:
    (tmp_path / "own.yaml").write_text(OWN.format(goal=goal), encoding="utf-8")
    return ["--frameworks", str(tmp_path), "frameworks", "handout", "own"]


def test_letters_that_no_font_has_are_named_and_the_page_is_made(recovery: Recovery, tmp_path: Path) -> None:
    done = recovery(*own(tmp_path, f"Say {NOWHERE} now."), "-o", str(tmp_path / "own.pdf"))
    assert done.returncode == 0
    assert f"has {NOWHERE}; boxes are shown instead" in done.stderr
    assert "--format html" in done.stderr
    assert len(sheets((tmp_path / "own.pdf").read_bytes())) == 1


def test_one_that_is_too_long_says_so(recovery: Recovery, tmp_path: Path) -> None:
    (tmp_path / "own.yaml").write_text(
        OWN.format(goal="Long.")
        + "".join(
            f"  - {{id: s{n}, name: S, intent: listen, goal: {'go on ' * 60}, phrases: [{{say: Yes {n}.}}]}}\n"
            for n in range(20)
        ),
        encoding="utf-8",
    )
    done = recovery("--frameworks", str(tmp_path), "frameworks", "handout", "own", "-o", str(tmp_path / "own.pdf"))
    assert done.returncode == 0
    assert "too long for one page" in done.stderr
    assert "Yes 19." in sheets((tmp_path / "own.pdf").read_bytes())[-1]


def test_all_cards_go_on_one_sheet(recovery: Recovery, tmp_path: Path) -> None:
    file = tmp_path / "cards.pdf"
    done = recovery("scenarios", "show", "late-parcel", "--card", "all", "-o", str(file))
    assert done.stderr == f"written to {file}: one page, a4\n"
    (text,) = sheets(file.read_bytes())
    assert all(whose in text for whose in ("the customer", "the agent", "the observer", "sheet"))
    assert "1 Listen: Hear the whole story" in text
    assert "A choice of remedies" in text
    lines = recovery("scenarios", "show", "late-parcel", "--card", "all", "--json").stdout.splitlines()
    assert [json.loads(line)["role"] for line in lines] == ["customer", "agent", "observer", "observer"]


def test_the_observer_s_sheet_has_the_lines_of_the_own_scorecard(recovery: Recovery) -> None:
    (recovery.home / "config").mkdir(exist_ok=True)
    card = "schema: 1\nid: ours\nname: Ours\ncriteria: [{id: steps, name: Our seven steps, weight: 100}]\n"
    (recovery.home / "config" / "scorecard.yaml").write_text(card, encoding="utf-8")
    shown = recovery("scenarios", "show", "late-parcel", "--card", "observer").stdout
    assert "Our seven steps" in shown
    assert "A whole apology" not in shown


def test_a_card_is_read_on_the_screen_and_handed_out_in_other_formats(recovery: Recovery, tmp_path: Path) -> None:
    shown = recovery("scenarios", "show", "late-parcel", "--card", "agent").stdout
    assert "What you may give" in shown
    marked = recovery("scenarios", "show", "late-parcel", "--card", "agent", "--format", "md").stdout
    assert "## What you may give" in marked
    assert (
        recovery("scenarios", "show", "late-parcel", "--card", "agent", "-o", str(tmp_path / "a.html")).returncode == 0
    )
    assert "<h2>What you may give</h2>" in (tmp_path / "a.html").read_text(encoding="utf-8")
    refused = recovery("scenarios", "show", "late-parcel", "--format", "pdf")
    assert refused.returncode == 2
    assert "--card" in refused.stderr


def test_what_somebody_wrote_is_no_html() -> None:
    made = handout_page(handout(hostile()), "a4")
    assert "<b>" not in made
    assert "&lt;b&gt;&amp;amp;" in made


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with running() as started:
        yield started


@pytest.mark.needs_browser
@pytest.mark.parametrize("paper", PAPERS)
def test_a_page_of_html_prints_on_one_sheet(browser: Any, paper: Paper) -> None:
    """The frameworks with the most to print on one sheet, and the one with the most on two."""
    by_length = sorted(BUILT_IN.ids(), key=lambda id_: len(repr(page(id_))))
    check_sheets(browser, paper, [*[id_ for id_ in by_length if not has_two_sheets(id_)][-3:], by_length[-1]])


@pytest.mark.slow
@pytest.mark.needs_browser
@pytest.mark.parametrize("paper", PAPERS)
def test_every_page_of_html_prints_on_one_sheet(browser: Any, paper: Paper) -> None:
    check_sheets(browser, paper, BUILT_IN.ids())


def has_two_sheets(id_: str) -> bool:
    return len(page(id_).steps) > 8


def check_sheets(browser: Any, paper: Paper, ids: Iterable[str]) -> None:
    printing = browser.new_page()
    for id_ in ids:
        printing.set_content(handout_page(page(id_), paper))
        text = sheets(printing.pdf(prefer_css_page_size=True))
        assert len(text) <= (2 if has_two_sheets(id_) else 1)
        assert page(id_).origin.split()[-1] in " ".join(text)
        assert "second phrases" not in " ".join(text)


@pytest.mark.needs_browser
@pytest.mark.parametrize("paper", PAPERS)
def test_cards_of_html_print_four_on_a_sheet_and_no_word_is_cut_off(browser: Any, paper: Paper) -> None:
    half = NAMES[PAPERS.index(paper) :: len(PAPERS)]
    held = [one for name in half for one in cards(scenario(name), *ROLES)]
    printing = browser.new_page()
    printing.set_content(cards_page(held, paper))
    text = sheets(printing.pdf(prefer_css_page_size=True))
    assert len(text) == len(half)
    assert all(one.title in text[at // 4] for at, one in enumerate(held))
    printing.emulate_media(media="print")
    over = "c => Math.max(c.scrollHeight - c.clientHeight, c.scrollWidth - c.clientWidth)"
    over = f"[...document.querySelectorAll('.card')].map({over})"
    assert printing.evaluate(over) == [0] * len(held)


@pytest.mark.needs_browser
@pytest.mark.parametrize("width", [390, 1200])
def test_a_page_of_html_shows_all_of_it_without_scrolling_sideways(browser: Any, width: int) -> None:
    screen = browser.new_page(viewport={"width": width, "height": 800})
    screen.set_content(handout_page(page("double-charge"), "a4"))
    assert screen.evaluate("document.documentElement.scrollWidth") <= width
    shown = screen.inner_text("body")
    for step in page("double-charge").steps:
        assert all(phrase in shown for phrase in step.phrases)
