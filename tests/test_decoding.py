"""Text of other programs becomes UTF-8, whatever they wrote; what is no text is left for its reader to refuse."""

from __future__ import annotations

import codecs
import io
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recoverycli.text.decoding import Utf8, legacy_encodings

WORDS = "Łukasz 😀 Ünal\r\nwas here\nਊ\n"


class Pipe:
    """A pipe that gives what was written piece by piece."""

    def __init__(self, *pieces: bytes) -> None:
        self._pieces = [piece for piece in pieces if piece]

    def read1(self, _size: int) -> bytes:
        return self._pieces.pop(0) if self._pieces else b""


def read(*pieces: bytes, legacy: tuple[str, ...] = ()) -> bytes:
    return io.BufferedReader(Utf8(Pipe(*pieces), lambda: legacy)).read()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_every_kind_of_unicode_is_recognised(encoding: str) -> None:
    assert read(WORDS.encode(encoding)).decode() == WORDS


@pytest.mark.parametrize("mark", [codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF8])
def test_a_byte_order_mark_that_comes_in_pieces_is_recognised(mark: bytes) -> None:
    encoding = {codecs.BOM_UTF8: "utf-8", codecs.BOM_UTF16_LE: "utf-16-le"}.get(mark, "utf-16-be")
    assert read(*(bytes((byte,)) for byte in mark + WORDS.encode(encoding))).decode() == WORDS


@given(st.text(st.characters(exclude_categories=["Cs"])), st.lists(st.integers(0, 100)))
def test_utf_8_stays_as_it_is_in_any_pieces(text: str, cuts: list[int]) -> None:
    data = b"x" + text.encode()
    places = sorted({0, *(min(cut, len(data)) for cut in cuts), len(data)})
    assert read(*(data[begin:end] for begin, end in pairwise(places))) == data


@pytest.mark.parametrize(("encoding", "word"), [("cp1252", "Ünal €5"), ("cp850", "Ünal"), ("cp932", "ソ表")])
def test_a_line_that_is_no_utf_8_is_read_in_the_code_page_of_the_console(encoding: str, word: str) -> None:
    lines = b"first\n" + word.encode(encoding) + b"\n" + "Łukasz\n".encode()
    assert read(lines, legacy=(encoding,)).decode() == f"first\n{word}\nŁukasz\n"


def test_the_reader_is_told_once_which_code_page_was_used() -> None:
    told: list[str] = []
    io.BufferedReader(Utf8(Pipe(b"\xfc\n", b"\xfc\n"), lambda: ("cp850",), told.append)).read()
    assert told == ["cp850"]


@pytest.mark.parametrize("data", [b"caf\xe9\n", b"\xed\xa0\x80\n", b"a\x81\n"])
def test_bytes_that_are_no_text_are_left_for_the_reader_to_refuse(data: bytes) -> None:
    assert read(data) == data
    assert read(b"a\x81\n", legacy=("cp1252", "iso8859-1")) == b"a\x81\n"


@pytest.mark.parametrize("data", ["a\ud800\n".encode("utf-16", "surrogatepass"), "abc\n".encode("utf-16-le") + b"\0"])
def test_utf_16_with_half_a_character_is_no_text(data: bytes) -> None:
    with pytest.raises(UnicodeDecodeError):
        read(codecs.BOM_UTF16_LE + data).decode()


def test_a_line_is_given_as_soon_as_it_has_ended() -> None:
    stream = io.BufferedReader(Utf8(Pipe(b"one\ntw", b"o\n", b"end")))
    assert [stream.readline() for _ in range(4)] == [b"one\n", b"two\n", b"end", b""]


def test_a_line_of_many_megabytes_is_not_held_back() -> None:
    pieces = ["é".encode() * 600_001 for _ in range(3)]
    stream = io.BufferedReader(Utf8(Pipe(*pieces)))
    assert stream.read() == b"".join(pieces)


def test_utf_8_and_ascii_are_no_legacy_encodings() -> None:
    assert not {"cp65001", "utf-8", "cp0", ""} & set(legacy_encodings(65001, "utf-8"))
    assert legacy_encodings(850)[0] == "cp850"
