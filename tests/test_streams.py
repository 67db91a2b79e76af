"""The standard streams: UTF-8 in pipes, whatever the locale; a closed pipe and a fault of the output as each is."""

from __future__ import annotations

import errno
import io
import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING, Any, cast

import pytest

from recoverycli.system import streams
from recoverycli.system.streams import OutputBytes, output
from recoverycli.system.windows_console import enable_sequences, supports_sequences
from tests.commands.recovery import OF_PYTHON, Recovery
from tests.platforms import needs_plain_locale

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

NAME = "Łukasz 😀 Ünal"
# A locale whose encoding is not UTF-8: Windows has code pages, other systems have this.
NONE: Mapping[str, str] = {}
ASCII = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}


def run(
    home: Path, *argv: str, stdin: bytes = b"", environ: Mapping[str, str] = NONE
) -> subprocess.CompletedProcess[bytes]:
    """Run the command in a Python that reads these variables and no others of Python's own."""
    others = Recovery(home).environ()
    world = {name: others[name] for name in others if name == "PYTHONPATH" or not name.startswith(OF_PYTHON)}
    return subprocess.run(
        [sys.executable, "-m", "recoverycli", *argv],
        input=stdin, env={**world, **environ}, capture_output=True, check=False,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("environ", "encoding"),
    [
        ({}, "utf-16"),
        (ASCII, "utf-8-sig"),
        ({"PYTHONIOENCODING": "cp1252"}, "utf-8"),
        ({"PYTHONIOENCODING": "utf-16"}, "utf-16-le"),
    ],
)
def test_a_name_from_a_pipe_comes_out_as_json_in_utf_8(tmp_path: Path, environ: dict[str, str], encoding: str) -> None:
    lines = f"/customer {NAME}\n{NAME} has called twice\n/end resolved\n".encode(encoding)
    done = run(tmp_path, "start", "learn", stdin=lines, environ=environ)
    assert done.returncode == 0, done.stderr
    for argv in (("log", "list", "--json"), ("log", "show", "last", "--json")):
        shown = run(tmp_path, *argv, environ=environ).stdout
        assert NAME in json.dumps(json.loads(shown.decode()), ensure_ascii=False)
    assert "\ufffd" not in run(tmp_path, "log", "show", "last", "--json").stdout.decode()


def test_text_in_a_pipe_is_utf_8_unless_python_is_told_otherwise(tmp_path: Path) -> None:
    run(tmp_path, "start", "learn", stdin="/customer Ünal\n/end resolved\n".encode())
    shown = ("log", "show", "last")
    assert "Ünal" in run(tmp_path, *shown, environ=ASCII).stdout.decode()
    assert "Ünal" in run(tmp_path, *shown, environ={"PYTHONIOENCODING": "cp1252"}).stdout.decode("cp1252")


def test_input_in_the_encoding_that_python_is_told_is_read_in_it(tmp_path: Path) -> None:
    done = run(
        tmp_path, "start", "learn", stdin=b"\x9anal calls\n/end resolved\n", environ={"PYTHONIOENCODING": "cp850"}
    )
    assert b"the input is not UTF-8; it was read as cp850" in done.stderr
    assert b"\xc3\x9cnal calls" in run(tmp_path, "log", "show", "last", "--json").stdout


@needs_plain_locale
def test_a_line_that_is_no_text_is_refused_and_the_others_are_stored(tmp_path: Path) -> None:
    done = run(tmp_path, "start", "learn", stdin=b"first\ncaf\xe9\nlast\n/end resolved\n", environ=ASCII)
    assert done.returncode == 0, done.stderr
    assert b"that is not text in UTF-8" in done.stdout
    shown = json.loads(run(tmp_path, "log", "show", "last", "--json").stdout)
    assert [note["text"] for note in shown["steps"][0]["notes"]] == ["first", "last"]


def test_what_powershell_wrote_into_a_file_is_imported_and_checked(tmp_path: Path) -> None:
    run(tmp_path / "one", "start", "learn", stdin=f"{NAME}\n/end resolved\n".encode())
    exported = run(tmp_path / "one", "log", "export", "--all", "--format", "json").stdout.decode()
    file = tmp_path / "calls.json"
    for encoding in ("utf-16", "utf-8-sig"):
        file.write_bytes(exported.encode(encoding))
        home = tmp_path / encoding
        assert run(home, "log", "import", str(file)).returncode == 0
        again = run(home, "log", "import", "-", stdin=file.read_bytes())
        assert again.stdout.startswith(b"0 imported, 1 already stored")
        assert NAME.encode() in run(home, "log", "show", "last", "--json").stdout
    file.write_bytes("It is our policy.".encode("utf-16"))
    assert b"policy" in run(tmp_path, "check", "--file", str(file), "--json").stdout


class Refusing(io.RawIOBase):
    """A stream that the system refuses to write to. `pipe` is the descriptor that it says it is."""

    def __init__(self, number: int, pipe: int) -> None:
        super().__init__()
        self._number = number
        self._pipe = pipe

    def writable(self) -> bool:
        return True

    def fileno(self) -> int:
        return self._pipe

    def write(self, _data: Any) -> int:
        raise OSError(self._number, os.strerror(self._number))


class Console:
    """The console of Windows: which streams lead to it, and whether it takes the mode for control sequences."""

    def __init__(self, modes: dict[int, int], *, takes: bool = True) -> None:
        self.modes = modes
        self._takes = takes

    def mode(self, descriptor: int) -> int | None:
        return self.modes.get(descriptor)

    def set_mode(self, descriptor: int, mode: int) -> bool:
        if self._takes:
            self.modes[descriptor] = mode
        return self._takes

    def code_page(self) -> int:
        return 850


@pytest.fixture
def pipe() -> Any:
    ends = os.pipe()
    yield ends[1]
    for end in ends:
        os.close(end)


def test_a_pipe_that_windows_calls_an_invalid_argument_is_a_closed_pipe(pipe: int) -> None:
    stream = output(
        io.TextIOWrapper(cast("Any", Refusing(errno.EINVAL, pipe)), encoding="utf-8", write_through=True),
        chosen=False,
        console=Console({}),
    )
    with pytest.raises(BrokenPipeError):
        stream.write("x")


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EIO, errno.EINVAL])
def test_a_fault_of_the_output_is_told_from_that_of_a_file(
    pipe: int, number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    stream = output(
        io.TextIOWrapper(cast("Any", Refusing(number, pipe)), encoding="utf-8", write_through=True), chosen=False
    )
    monkeypatch.setattr(sys, "stdout", stream)
    with pytest.raises(OSError, match=r".") as refused:
        sys.stdout.write("x")
    assert streams.is_output_fault(refused.value)
    assert not streams.is_output_fault(OSError(number, "a file without a name"))


def test_a_fault_without_a_file_that_is_not_of_the_output_is_reported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from recoverycli import __main__ as main

    def broken(_argv: object) -> int:
        raise OSError(errno.EINVAL, "Invalid argument")

    monkeypatch.setattr("recoverycli.commands.app.invoke", broken)
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    assert main.run(["log", "list"]) == 1
    assert "an unexpected error occurred" in capsys.readouterr().err


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="the platform has no device that is full")  # noqa: PTH110
@pytest.mark.parametrize("environ", [{}, {"PYTHONUNBUFFERED": "1"}])
def test_a_disk_that_is_full_is_named(tmp_path: Path, environ: dict[str, str]) -> None:
    with open("/dev/full", "wb") as full:  # noqa: PTH123
        done = subprocess.run(
            [sys.executable, "-m", "recoverycli", "frameworks", "list"],
            stdout=full, stderr=subprocess.PIPE, env={**Recovery(tmp_path).environ(), **environ}, check=False,
        )  # fmt: skip
    assert (done.returncode, b"the output could not be written" in done.stderr) == (1, True)


def test_the_device_nul_of_windows_is_no_terminal() -> None:
    class Nul(Refusing):
        def isatty(self) -> bool:
            return True

    nul: Any = io.TextIOWrapper(cast("Any", Nul(errno.EINVAL, 1)), encoding="utf-8", write_through=True)
    assert not OutputBytes(nul, closed_pipe=frozenset(), console=Console({})).isatty()
    assert OutputBytes(nul, closed_pipe=frozenset(), console=Console({1: 3})).isatty()


def test_a_console_obeys_sequences_until_the_end_and_is_left_as_it_was() -> None:
    console = Console({1: 3, 2: 7})
    with enable_sequences(console, (1, 2, 5)):
        assert all(supports_sequences(console, stream) for stream in (1, 2))
        assert not supports_sequences(console, 5)
    assert console.modes == {1: 3, 2: 7}


def test_a_console_that_does_not_know_sequences_stays_as_it_is() -> None:
    console = Console({1: 3}, takes=False)
    with enable_sequences(console, (1,)):
        assert not supports_sequences(console, 1)
    assert console.modes == {1: 3}
