"""A hostile payload in every text of every kind of file, and every command that shows it, in each way of showing it.

What must not happen: a byte of the payload that a terminal obeys reaches the output; markup is taken for markup.
"""

from __future__ import annotations

import csv
import io
import json
import re
from typing import TYPE_CHECKING, Any

import msgspec
import pytest

from recoverycli.session.transcript.model import decode, encode
from recoverycli.store.calls.archive import Archive
from recoverycli.terminal.clipboard import to_terminal
from tests import present
from tests.browser import running
from tests.commands.recovery import Recovery
from tests.hostile import strategies as some
from tests.synthetic import calls
from tests.terminal.screen import Terminal

if TYPE_CHECKING:
    from pathlib import Path

# Each part would be obeyed somewhere: colour, title, link, clipboard, C1, changes of direction, markup, HTML.
PAYLOAD = (
    "\x1b[31m\x1b]0;owned\x07\x1b]8;;http://evil/\x1b\\x\x1b]52;c;aGk=\x07\x9b35m\x9d0;t\x9c\u202eba\u2066"
    "[red]x[/red][link=http://evil]y[/link]<script>z()</script>"
)
# Sequences of our own: colours and attributes, and nothing else.
_OURS = re.compile(r"\x1b\[[0-9;]*m")
_MARKUP = "[red]x[/red]"
_LETTERS = re.compile("[a-z0-9-]+")
# Words that the tool itself understands, beside texts of people: these fields are left as they are.
_OWN_WORDS = {
    "id",
    "schema",
    "kind",
    "state",
    "started_at",
    "ended_at",
    "at",
    "until",
    "entered_at",
    "left_at",
    "due",
    "channel",
    "found_by",
    "framework",
    "digest",
    "intent",
    "also",
    "phase",
    "status",
    "source",
    "mood",
    "outcome",
    "from",
    "to",
    "version",
    "scenario",
    "severity",
    "currency",
    "field",
    "ticked",
    "how",
    "step",
}


def poisoned(document: Any, key: str = "") -> Any:
    """Return a document with the payload behind every text of people in it."""
    if isinstance(document, dict):
        return {name: value if name in _OWN_WORDS else poisoned(value, name) for name, value in document.items()}
    if isinstance(document, list):
        return [poisoned(value, key) for value in document]
    return document + PAYLOAD if isinstance(document, str) else document


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Recovery:
    """A data folder whose calls, journals, reviews, settings, phrases, frameworks and scenarios are all hostile."""
    recovery = Recovery(tmp_path_factory.mktemp("hostile"))
    now = present.START
    archive = Archive(recovery.data)
    for call in calls(4, seed=9, end=now, days=2):
        document = poisoned(msgspec.json.decode(encode(call)))
        document["escalations"] = [{"at": document["started_at"], "to": PAYLOAD, "why": PAYLOAD, "note": PAYLOAD}]
        document["promises"] = [
            {
                "id": "p1",
                "at": document["started_at"],
                "what": PAYLOAD,
                "due_said": PAYLOAD,
                "due": document["started_at"],
            }
        ]
        document["tasks"] = [{"id": "t1", "step": PAYLOAD, "what": PAYLOAD, "due": None}]
        document["offers"] = [
            {"at": document["started_at"], "remedy": PAYLOAD, "value": 5.0, "currency": None, "needs": PAYLOAD}
        ]
        document["amendments"] = [
            {"at": document["ended_at"], "field": "summary", "old": None, "new": PAYLOAD},
            {"at": document["ended_at"], "field": "promises.p1.note", "old": None, "new": PAYLOAD},
        ]
        document["severity"] = PAYLOAD
        # It begins the column, however narrow that is.
        document["issue"] = PAYLOAD
        data = msgspec.json.encode(document)
        archive.write_bytes(decode(data).call.id, data)
    config = recovery.home / "config"
    for folder in ("frameworks", "scenarios", "wording"):
        (config / folder).mkdir(parents=True)
    quoted = json.dumps(PAYLOAD)
    framework = (some.ROOT / "frameworks" / "learn.yaml").read_text("utf-8").replace("id: learn\n", "id: hostile\n", 1)
    (config / "frameworks" / "hostile.yaml").write_text(_with_payload(framework), "utf-8")
    scenario = (some.ROOT / "scenarios" / "late-parcel.yaml").read_text("utf-8")
    scenario = scenario.replace("id: late-parcel\n", "id: hostile-parcel\n", 1)
    (config / "scenarios" / "hostile-parcel.yaml").write_text(_with_payload(scenario), "utf-8")
    (config / "phrases.yaml").write_text(
        f"schema: 1\nphrases:\n  - say: {quoted}\n    intent: listen\n    issues: [{quoted}]\n", "utf-8"
    )
    remedy = f'[[remedies]]\nname = {quoted}\nkind = "goods"\nneeds = {quoted}\nnote = {quoted}\n'
    (config / "settings.toml").write_text(f"agent = {quoted}\ncurrency = {quoted}\n\n{remedy}", "utf-8")
    card = (some.ROOT / "scorecards" / "default.yaml").read_text("utf-8")
    (config / "scorecard.yaml").write_text(_with_payload(card), "utf-8")
    begun = recovery(
        "start", "hostile", "--customer", PAYLOAD, "--issue", PAYLOAD, stdin=f"{PAYLOAD}\n/said {PAYLOAD}\n/pause\n"
    )
    assert begun.returncode == 0, begun.stderr
    checked(begun.stdout, begun.stderr)
    return recovery


def _with_payload(text: str) -> str:
    """A file of YAML with the payload at the end of its texts of people."""
    keys = "name|summary|goal|because|meaning|say|text|ask|what|instead|opening|title|about|background|label"
    escaped = json.dumps(PAYLOAD)[1:-1]

    def longer(found: re.Match[str]) -> str:
        value = found[2].strip()
        plain = value[1:-1] if value[:1] == value[-1:] == '"' else value.replace("\\", "\\\\").replace('"', '\\"')
        return f'{found[1]}"{plain} {escaped}"'

    return re.sub(rf"(?m)^((?:[ -]*)(?:{keys}): )(?![|>\[{{&*])([^#\n]+)$", longer, text)


def checked(*outputs: str) -> None:
    """Fail where an output holds what a terminal obeys and is none of our colours, or markup was taken for markup."""
    for output in outputs:
        left = _OURS.sub("", output).replace("\r\n", "\n")
        found = some.OBEYED.search(left.replace("\n", "").replace("\u2068", "").replace("\u2069", ""))
        assert found is None, f"{found[0]!r} in {left[max(0, found.start() - 60) : found.start() + 60]!r}"
        assert "\x1b[31m\\x1b" not in output
        assert ("\x1b[35m" not in output) or "[red]" in output


SHOWN = [
    ["log", "list"],
    ["log", "show", "last"],
    ["log", "show", "-2"],
    ["log", "search", "owned"],
    ["log", "replay", "last"],
    ["log", "score", "last"],
    ["log", "review", "last"],
    ["log", "reviews"],
    ["log", "stats"],
    ["log", "causes"],
    ["log", "amend", "last", "--cause", PAYLOAD],
    ["log", "prune", "--older-than", "1d", "--dry-run"],
    ["log", "erase", "--customer", PAYLOAD, "--dry-run"],
    ["log", "scrub", "--dry-run"],
    ["followups", "list"],
    ["followups", "list", "--all"],
    ["followups", "due"],
    ["frameworks", "list"],
    ["frameworks", "show", "hostile"],
    ["frameworks", "show", "hostile", "--map"],
    ["frameworks", "compare", "hostile", "learn"],
    ["scenarios", "list"],
    ["scenarios", "show", "hostile-parcel"],
    ["phrases", "list"],
    ["config", "show"],
    ["doctor"],
    ["check", PAYLOAD],
    ["log", "show", PAYLOAD],
    ["start", PAYLOAD],
    ["frameworks", "show", PAYLOAD],
    ["config", "set", PAYLOAD, "x"],
    ["log", "list", "--outcome", PAYLOAD],
    ["log", "list", "--since", PAYLOAD],
    ["resume", PAYLOAD],
    ["practice", PAYLOAD],
    [],
]
_JSON = (
    "log list",
    "log show",
    "log search",
    "log score",
    "log reviews",
    "log stats",
    "log causes",
    "followups",
    "frameworks list",
    "frameworks show",
    "frameworks compare",
    "scenarios",
    "phrases list",
    "config show",
    "doctor",
    "check",
)


def test_nothing_that_a_terminal_obeys_comes_through_any_command(home: Recovery) -> None:
    seen = 0
    for argv in SHOWN:
        for more, environ in ((["--plain"], {}), ([], {"FORCE_COLOR": "1", "COLUMNS": "80"})):
            done = home(*more, *argv, environ=environ)
            assert done.returncode in {0, 1, 2}, done.stderr
            assert "should not have" not in done.stderr, argv
            checked(done.stdout, done.stderr)
            seen += _MARKUP in done.stdout + done.stderr
        if argv and " ".join(argv).startswith(_JSON) and "--map" not in argv:
            done = home(*argv, "--json")
            checked(done.stdout, done.stderr)
            for row in done.stdout.splitlines():
                json.loads(row)
            if done.returncode and argv != ["doctor"]:
                assert json.loads(done.stderr.splitlines()[-1])["message"]
            elif done.returncode:
                # What doctor finds is its answer, no error.
                assert json.loads(done.stdout)["well"] is False
    assert seen > len(SHOWN), "the payload was hardly shown at all"


@pytest.mark.parametrize(
    "argv",
    [
        ["log", "show", "last"],
        ["log", "list"],
        ["log", "search", "owned"],
        ["log", "score", "last"],
        ["log", "browse"],
        ["followups", "list"],
        ["frameworks", "show", "hostile"],
        ["frameworks", "compare", "hostile", "learn"],
        ["scenarios", "show", "hostile-parcel"],
        ["phrases", "list"],
        ["config", "show"],
        ["check", f"Calm down. {PAYLOAD}"],
        ["resume"],
    ],
    ids=" ".join,
)
def test_a_drawn_screen_shows_it_and_obeys_nothing(home: Recovery, argv: list[str]) -> None:
    terminal = Terminal(home.home, "--no-pager", *argv, columns=80, lines=40)
    terminal.expect("x1b")
    if terminal.process.isalive():
        terminal.press("ctrl-c", "ctrl-d")
    assert b"\x1b]0;owned" not in terminal.raw
    assert b"\x1b]8;" not in terminal.raw
    assert b"\x1b]52;" not in terminal.raw
    assert "\u202e".encode() not in terminal.raw
    assert "\x9b".encode() not in terminal.raw
    terminal.process.close(force=True)


@pytest.mark.parametrize("name", ["md", "html", "txt", "csv", "qc", "crm", "letter", "cast", "json"])
def test_no_export_holds_what_is_obeyed_where_it_is_opened(home: Recovery, name: str) -> None:
    done = home("log", "export", "last", "--format", name, "--output", "-")
    assert done.returncode == 0, done.stderr
    text = done.stdout.removeprefix("\ufeff")
    if name == "cast":
        drawn = "".join(json.loads(row)[2] for row in text.splitlines()[1:])
        checked(re.sub(r"\x1b\[(2J|H)", "", drawn))
        return
    if name != "json":
        checked(text)
    if name in {"csv", "qc"}:
        for row in list(csv.reader(io.StringIO(text)))[1:]:
            assert not any(cell.startswith(("=", "+", "@", "\t", "\r")) for cell in row)
    if name == "html":
        assert "<script>z" not in text
        assert 'href="http' not in text
    if name == "md":
        assert "<script>" not in re.sub(r"\\<", "", text)
        assert "\\[link=http://evil\\]" in text or "link" not in text


@pytest.mark.parametrize("start", ["=cmd|'/C calc'!A1", "+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", "\uff1d1", "\uff0b1"])
def test_a_cell_computes_nothing(recovery: Recovery, start: str) -> None:
    (call,) = calls(1, seed=3)
    Archive(recovery.data).write(msgspec.structs.replace(call, summary=start, issue=start, agent=start))
    for name in ("csv", "qc"):
        rows = list(
            csv.reader(io.StringIO(recovery("log", "export", "last", "--format", name, "--output", "-").stdout))
        )
        held = [cell for cell in rows[1] if cell.lstrip("'").startswith((start[:1], "\\x"))]
        assert held
        assert not any(cell.startswith(start[:1]) for cell in held if not cell.lstrip("-").replace(".", "").isdecimal())


def test_no_line_is_added_to_a_calendar(recovery: Recovery) -> None:
    (call,) = calls(1, seed=3)
    document = msgspec.json.decode(encode(call))
    words = "x\r\nATTACH:http://evil\rATTENDEE:y\nBEGIN:VALARM\u2028END:VEVENT"
    document["promises"] = [
        {"id": f"p1{words}", "at": document["started_at"], "what": words, "due": document["ended_at"]}
    ]
    document["customer"] = {"name": words, "ref": words}
    Archive(recovery.data).write_bytes(call.id, msgspec.json.encode(document))
    done = recovery("followups", "export", "--all", "--output", "-")
    assert done.returncode == 0, done.stderr
    rows = re.split(r"\r\n|\r|\n|\u2028", done.stdout)
    assert "BEGIN:VEVENT" in rows
    assert not any(row.startswith(("ATTACH", "ATTENDEE")) for row in rows)
    assert rows.count("BEGIN:VALARM") <= 1
    assert rows.count("END:VEVENT") == 1


def test_the_clipboard_is_given_letters_that_no_terminal_obeys() -> None:
    sequence = to_terminal(PAYLOAD)
    assert sequence is not None
    assert re.fullmatch(r"\x1b\]52;c;[A-Za-z0-9+/=]+\x07", sequence)


@pytest.mark.needs_browser
def test_pages_in_a_browser_run_and_ask_for_nothing(home: Recovery, tmp_path: Path) -> None:
    written = {
        "report": ["log", "report", "--calls", "--names"],
        "export": ["log", "export", "last", "--format", "html"],
        "compare": ["frameworks", "compare", "hostile", "learn", "--html"],
    }
    with running() as browser:
        for name, argv in written.items():
            file = tmp_path / f"{name}.html"
            done = home(*argv, "--output", str(file))
            assert done.returncode == 0, done.stderr
            page = browser.new_page()
            troubles: list[str] = []
            page.on("console", lambda message: troubles.append(message.text))  # noqa: B023
            page.on("pageerror", lambda error: troubles.append(str(error)))  # noqa: B023
            page.on("dialog", lambda dialog: troubles.append(dialog.message))  # noqa: B023
            page.on("request", lambda asked: troubles.append(asked.url) if not asked.url.startswith("file:") else None)  # noqa: B023
            page.goto(file.as_uri())
            assert troubles == [], name
            assert page.query_selector_all("script, a[href^=http], img, iframe, [onclick], [onerror]") == []
            assert _MARKUP in page.inner_text("body")
            page.close()
