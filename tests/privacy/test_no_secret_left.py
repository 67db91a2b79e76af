"""Calls full of cards, codes and passwords, by real processes: afterwards no byte of any file holds one of them."""

from __future__ import annotations

import gzip
import json
import re
import subprocess
import sys
import unicodedata
from typing import TYPE_CHECKING

import pytest

from tests import present
from tests.commands.recovery import Recovery
from tests.platforms import WINDOWS
from tests.terminal.screen import Terminal

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

CARDS = ("4539526018159083", "5204378657975432", "378259010928154", "6011901396245956", "2221471049746508")
CODES = ("90317754", "771203", "648802", "Qx7zebra!", "Mango77tree")
# Too short to be looked for alone: what announces it has to stand before it.
SHORT = re.compile(rb"(?i)(?:cv[vc]2?|cid|pin|security ?code)\W{0,8}(?:8473|617|0071)")
LINES = """\
/customer 4539526018159083
/ref 5204 3786 5797 5432
/issue card 6011-9013-9624-5956 declined
paid with 4539 5260 1815 9083 cvv 617
she says 3782 590109 28154 exp 09/28 8473
/said Your card 5204-3786-5797-5432, the one time code 90317754, is that right?
/keep
/set story refund to 2221 4710 then 4974 6508, pin 0071
/offer refund 4539526018159083
/offer refund 4539 5260 1815 9083
/promise ring about card 6011901396245956 by tomorrow 5pm
/escalate the bank: otp 771203 was not taken for ４５３９ ５２６０ １８１５ ９０８３
her password is Qx7zebra!, cvc 617
/switch heart
sms code 648802 and 4539.5260.1815.9083
/note 378259010928154, CID 8473
"""  # noqa: RUF001
WRAPPED = """\
/end
/cause card 5204378657975432 was copied, pin 0071
/summary told me the password: Mango77tree and 4539-5260-1815-9083 cvv 617
/outcome callback
"""
BREAKS = """
import sys
from recoverycli.live.call import LiveCall
hear = LiveCall.hear
def breaking(self, line):
    reply = hear(self, line)
    if "breaks" in line:
        raise ValueError(line)
    return reply
LiveCall.hear = breaking
from recoverycli.__main__ import run
sys.exit(run(sys.argv[1:]))
"""


class Desk(Recovery):
    """A recovery whose home, temporary folder, settings and data all lie in one folder, to be looked through."""

    def environ(self, **more: str) -> dict[str, str]:
        everything = self.home / "everything"
        for name in ("home", "tmp"):
            (everything / name).mkdir(parents=True, exist_ok=True)
        self.data = everything / "data"
        folders = {
            "HOME": str(everything / "home"),
            "USERPROFILE": str(everything / "home"),
            "TMPDIR": str(everything / "tmp"),
        }
        own = {"RECOVERY_HOME": str(self.data), "RECOVERY_CONFIG_HOME": str(everything / "config")}
        return {**super().environ(), **folders, **own, **more}


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """A desk after a bad day."""
    desk = Desk(tmp_path_factory.mktemp("desk"))
    everything = desk.home / "everything"
    walk(desk)
    killed_and_resumed(desk)
    broken(desk)
    entered_and_practised(desk)
    judged(desk)
    taken_in(desk)
    for name in ("md", "json", "csv", "html", "crm"):
        assert desk("log", "export", "last", "--format", name, "-o", str(everything / f"last.{name}")).returncode == 0
    assert desk("log", "backup", str(everything / "b.tar.gz")).returncode == 0
    assert desk("log", "search", "card").returncode == 0
    assert desk("log", "reindex").returncode == 0
    return desk


def walk(desk: Desk) -> None:
    done = desk("start", "learn", "--issue", "cvv 617", "--set", "order=4539526018159083", stdin=LINES + WRAPPED)
    assert done.returncode == 0, done.stderr
    assert "saved to your phrases" in done.stdout


def killed_and_resumed(desk: Desk) -> None:
    running = desk.begin("start", "learn", "--ref", "5204378657975432")
    assert running.stdin
    assert running.stdout
    running.stdin.write(b"card 4539 5260 1815 9083 cvv 617, password is Qx7zebra!\n")
    running.stdin.flush()
    while b"noted: " not in running.stdout.readline():
        assert running.poll() is None
    running.kill()
    running.communicate()
    done = desk("resume", stdin="otp 771203 for 5204 3786 5797 5432\n/end escalated\n\n")
    assert done.returncode == 0, done.stderr


def broken(desk: Desk) -> None:
    """A call in which our own code breaks, and one that is set aside."""
    for words in ("it breaks at 4539526018159083, pin 0071, password is Qx7zebra!\n", "/note otp 90317754\n/pause\n"):
        done = subprocess.run(
            [sys.executable, "-c", present.preamble() + BREAKS, "start", "learn"],
            input=words.encode(),
            capture_output=True,
            env=desk.environ(),
            check=False,
        )
        assert b"4539526018159083" not in done.stderr
        assert done.returncode == int(words.startswith("it breaks")), done.stderr


def entered_and_practised(desk: Desk) -> None:
    added = desk("log", "add", "--at", "yesterday 3pm", "--customer", "4539526018159083", stdin=LINES + WRAPPED)
    assert added.returncode == 0, added.stderr
    answers = "I am so sorry, your card 4539526018159083 and cvv 617\nthe otp 771203 please\nMango\n"
    answers += "I'll send a new one by courier tonight, before eight.\n" * 5 + "\n"
    assert desk("practice", "late-parcel", "--own-words", stdin=answers).returncode == 0
    for value in ("4539526018159083", "password is Qx7zebra!", "otp 90317754"):
        assert desk("config", "set", "agent", value).returncode == 2
    phrase = ("phrases", "add", "Is it card 5204 3786 5797 5432, password Qx7zebra!?", "--intent", "listen")
    assert desk(*phrase).returncode == 0


def judged(desk: Desk) -> None:
    note = "she read out 4539526018159083, cvv 617; password is Qx7zebra!"
    assert desk("log", "review", "last", "--set", "steps=yes", "--note", note).returncode == 0
    assert desk("log", "review", "last", "--dispute", f"not so: {note}").returncode == 0
    assert desk("log", "amend", "last", "--summary", note).returncode == 0
    (due,) = [json.loads(line) for line in desk("followups", "list", "--json").stdout.splitlines()][:1]
    assert desk("followups", "done", due["id"], "--note", f"told her otp 771203 and {note}").returncode == 0


def taken_in(desk: Desk) -> None:
    """Transcripts that were written without any redaction: from a file elsewhere, and from standard input."""
    exported = desk("log", "export", "last", "--format", "json").stdout
    document = json.loads(exported)
    day, rest = document["id"][:8], document["id"][8:]
    wild = {
        **document,
        "summary": "card 4539 5260 1815 9083 cvv 617, her password is Mango77tree",
        "root_cause": "pin 0071",
    }
    for number, source in enumerate(("file", "-")):
        id_ = f"{day}{rest[:-4]}zz0{number}"
        text = json.dumps({**wild, "id": id_}, ensure_ascii=bool(number))
        path = desk.home / "outside.json"
        path.write_text(text, encoding="utf-8")
        done = desk("log", "import", str(path) if source == "file" else "-", stdin=text)
        assert "1 imported" in done.stdout, done.stdout + done.stderr
        again = desk("log", "import", str(path), "--dry-run")
        assert "1 already stored" in again.stdout


def files(folder: Path) -> Iterator[tuple[Path, bytes]]:
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.is_symlink():
            data = path.read_bytes()
            yield path, gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data


def test_there_are_enough_files_to_search(desk: Desk) -> None:
    there = [path.relative_to(desk.home / "everything").as_posix() for path, _ in files(desk.home / "everything")]
    for part in (
        "sessions/",
        "practice/",
        "reviews/",
        "live/",
        "index.sqlite3",
        "phrases.yaml",
        "b.tar.gz",
        "tmp/recovery",
    ):
        assert any(part in name for name in there), part
    assert len([name for name in there if "sessions/" in name and name.endswith(".json")]) == 5


@pytest.mark.parametrize("secret", [*CARDS, *CODES])
def test_no_file_contains_a_card_or_a_code(desk: Desk, secret: str) -> None:
    for path, data in files(desk.home / "everything"):
        assert secret.encode() not in data, path
        assert secret not in bare(data), path
        assert secret.encode("utf-16-le") not in data, path


def test_no_short_code_follows_its_announcement(desk: Desk) -> None:
    for path, data in files(desk.home / "everything"):
        assert SHORT.search(data) is None, (path, SHORT.search(data))


def test_the_words_around_the_secrets_are_stored(desk: Desk) -> None:
    text = "\n".join(path.read_text(encoding="utf-8") for path in desk.data.rglob("sessions/**/*.json"))
    for words in ("she says", "refund to", "ring about card", "sms code", "told me the password: [password]"):
        assert words in text
    assert "**** **** **** 9083" in text


def test_a_crash_report_names_the_place_and_contains_no_words(desk: Desk) -> None:
    (report,) = (desk.home / "everything" / "tmp").glob("recovery-report-*")
    text = report.read_text(encoding="utf-8")
    assert "ValueError" in text
    assert "in breaking" in text
    assert "breaks at" not in text


def test_nothing_else_is_left_in_the_temporary_or_home_folder(desk: Desk) -> None:
    everything = desk.home / "everything"
    assert [path.name[:16] for path in (everything / "tmp").iterdir()] == ["recovery-report-"]
    assert list((everything / "home").iterdir()) == []


def test_the_window_title_is_not_set_and_the_clipboard_has_no_secret(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path, "start", "learn", "--customer", "Ana")
    terminal.expect_prompt()
    terminal.say("/set order 4539526018159083")
    terminal.expect("order: ")
    terminal.say("/copy 1")
    terminal.expect("clipboard")
    terminal.say("/pause")
    terminal.end()
    assert re.search(rb"\x1b\][012];", terminal.raw) is None
    assert b"\x1b]52;" in terminal.raw
    for path, data in files(tmp_path):
        assert b"4539526018159083" not in data, path


def test_a_copy_of_standard_input_has_no_name_that_a_killed_import_could_leave(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    environ = desk.environ()
    running = subprocess.Popen(
        present.command("log", "import", "-"),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environ,
    )
    assert running.stdin
    running.stdin.write(b'{"card": "4539526018159083"}\n' * 20_000)
    running.stdin.flush()
    # On Windows a file has a name as long as it is open, and goes with its process, however that ends.
    if not WINDOWS:
        assert list((tmp_path / "everything" / "tmp").iterdir()) == []
    running.kill()
    running.communicate()
    assert list((tmp_path / "everything" / "tmp").iterdir()) == []


def bare(data: bytes) -> str:
    """The text without escapes of JSON, other forms of digits, and what may stand between digits."""
    text = data.decode("utf-8", "replace")
    text = re.sub(r"\\u([0-9a-fA-F]{4})", lambda found: chr(int(found[1], 16)), text)
    text = unicodedata.normalize("NFKC", re.sub(r"\\[nrt]", " ", text))
    return re.sub(r"[\s\-./_,:\u00b7\u2010-\u2015\u200b]", "", text)


def test_the_search_for_secrets_finds_them_however_they_are_written() -> None:
    for written in ("4539 5260 1815 9083", "4539-5260\\n1815-9083", "\\uff14539526018159083", "4539.5260/18159083"):
        assert CARDS[0] in bare(written.encode())
    assert SHORT.search(b"cvv: 617")
