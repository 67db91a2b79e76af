"""A packet of files: what is put in comes out, and whatever else it holds is refused in words."""

from __future__ import annotations

import base64
import json
import os
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recoverycli.errors import NotFound, UsageProblem
from recoverycli.team.content.gather import gather
from recoverycli.team.content.package import (
    MOST_FILES,
    MOST_PACKED,
    changes,
    digest,
    faults_of,
    manifest,
    name_fault,
    pack,
    unpack,
)
from tests.cases import for_each
from tests.team.playbooks import laid_out, playbook

if TYPE_CHECKING:
    from pathlib import Path

STEMS = st.from_regex(r"[a-z0-9]{1,10}(-[a-z0-9]{1,10}){0,2}", fullmatch=True)
NAMES = st.one_of(
    st.sampled_from(["scorecard.yaml", "remedies.toml"]),
    st.builds("{}/{}.yaml".format, st.sampled_from(["frameworks", "issues", "phrases", "scenarios", "wording"]), STEMS),
).filter(lambda name: not name_fault(name))
HOSTILE = (
    "../outside.yaml", "/etc/passwd", "frameworks/../../outside.yaml", "frameworks/..", "frameworks/.yaml",
    "frameworks",
    "frameworks/a/b.yaml", "frameworks\\a.yaml", "C:/a.yaml", "frameworks/con.yaml", "wording/lpt1.yml", "", "/", "..",
    "frameworks/A.yaml", "frameworks/a .yaml", "frameworks/a.yaml\n", "frameworks/a\x1b[2J.yaml", "frameworks/a\0.yaml",
    "frameworks/.hidden.yaml", "frameworks/a.py", "settings.toml", "version.json", "current", "scorecards/a.yaml",
    "frameworks/\u202eyaml.a.yaml", f"frameworks/{'a' * 61}.yaml", f"frameworks/{'a' * 100_000}.yaml",
    "remedies.toml/a",
)  # fmt: skip


def packet(*files: tuple[str, bytes], format_: object = 1) -> bytes:
    return json.dumps(
        {"format": format_, "files": [{"name": name, "data": base64.b64encode(data).decode()} for name, data in files]}
    ).encode()


@given(st.dictionaries(NAMES, st.binary(max_size=200), min_size=1, max_size=8))
def test_what_is_packed_comes_out_byte_for_byte_in_whatever_order_it_was_found(files: dict[str, bytes]) -> None:
    stems = {name.rpartition(".")[0] for name in files}
    assert len(stems) == len(files)
    assert unpack(pack(files)) == (files, ())
    backwards = dict(reversed(files.items()))
    assert pack(backwards) == pack(files)
    assert digest(backwards) == digest(files)


@given(st.dictionaries(NAMES, st.binary(max_size=20), min_size=1), NAMES, st.binary(max_size=20))
def test_a_digest_is_of_names_and_bytes_alone(files: dict[str, bytes], name: str, data: bytes) -> None:
    other = {**files, name: data}
    assert (digest(other) == digest(files)) == (other == files)


def test_bytes_that_move_from_one_file_to_the_next_are_another_content() -> None:
    one = {"wording/a.yaml": b"x", "wording/b.yaml": b""}
    assert digest(one) != digest({"wording/a.yaml": b"", "wording/b.yaml": b"x"})


@for_each("name", HOSTILE)
def test_a_name_that_leads_elsewhere_is_no_name(name: str) -> None:
    assert name_fault(name)
    found = unpack(packet((name, b"x"), ("frameworks/a.yaml", b"x")))
    assert not found.files
    assert found.faults
    assert all(len(fault) < 300 for fault in found.faults)


@given(st.text(max_size=80))
def test_a_name_that_is_taken_is_one_file_in_one_of_our_folders(name: str) -> None:
    if not name_fault(name):
        assert name.isascii()
        assert name == name.lower()
        assert "\\" not in name
        assert ".." not in name
        assert name.count("/") == (0 if name in {"scorecard.yaml", "remedies.toml"} else 1)


@given(st.binary(max_size=300))
def test_any_bytes_are_files_or_a_reason(data: bytes) -> None:
    found = unpack(data)
    assert bool(found.files) != bool(found.faults)


@for_each(
    "data, why",
    [
        (b"", "not a package"),
        (b"[" * 100_000, "not a package"),
        (b'{"format":1}', "not a package"),
        (b'{"format":1,"files":[]}', "no file"),
        (b'{"format":"1","files":[]}', "not a package"),
        (b'{"format":1,"files":[{"name":"frameworks/a.yaml","data":"???"}]}', "not a package"),
        (b'{"format":1,"files":[{"name":"\xff","data":""}]}', "not a package"),
        (b'{"format":2,"shape":"another"}', "a newer recovery reads it"),
        (packet(("frameworks/a.yaml", b"1"), ("frameworks/a.yaml", b"2")), "twice"),
        (packet(("frameworks/a.yaml", b"1"), ("frameworks/a.yml", b"2")), "already has that id"),
        (packet(("frameworks/a.yaml", b" " * (1024 * 1024 + 1))), "at most 1,048,576"),
        (packet(*((f"frameworks/a{number}.yaml", b"") for number in range(MOST_FILES + 1))), "501 files"),
        (packet(*((f"frameworks/a{number}.yaml", b" " * 1_000_000) for number in range(9))), "together"),
        (b" " * (MOST_PACKED + 1), "at most 12,582,912"),
    ],
)
def test_what_is_no_package_is_reported_in_words(data: bytes, why: str) -> None:
    found = unpack(data)
    assert not found.files
    assert any(why in fault for fault in found.faults), found.faults


def test_changes_are_reported_by_names() -> None:
    before = manifest({"wording/a.yaml": b"1", "wording/b.yaml": b"1", "wording/c.yaml": b"1"})
    after = manifest({"wording/b.yaml": b"1", "wording/c.yaml": b"2", "wording/d.yaml": b"1"})
    assert changes(before, after) == (("wording/d.yaml",), ("wording/c.yaml",), ("wording/a.yaml",))


def test_a_folder_gives_its_content_and_says_what_it_leaves_out(tmp_path: Path) -> None:
    laid_out(tmp_path, {**playbook(), "README.md": b"", "settings.toml": b"", ".git/config": b"", "wording/x.txt": b""})
    found = gather(tmp_path)
    assert found.files == playbook()
    assert (found.faults, found.left_out) == ((), ("README.md", "settings.toml", "wording/x.txt"))


def test_a_checkout_with_crlf_gives_the_same_content(tmp_path: Path) -> None:
    laid_out(tmp_path, {name: data.replace(b"\n", b"\r\n") for name, data in playbook().items()})
    assert gather(tmp_path).files == playbook()


def test_links_and_pipes_are_not_followed_and_names_are_reported(tmp_path: Path) -> None:
    laid_out(tmp_path, playbook())
    (tmp_path / "frameworks" / "linked.yaml").symlink_to("/etc/hostname")
    (tmp_path / "frameworks" / "House Rules.yaml").write_text("x", encoding="utf-8")
    (tmp_path / "scenarios").symlink_to(tmp_path / "frameworks")
    os.mkfifo(tmp_path / "wording" / "pipe.yaml")
    told = gather(tmp_path).faults
    for words in ("linked.yaml: it is a link", "House Rules.yaml: names here", "scenarios: it is not a folder",
                  "pipe.yaml: it is not a file"):  # fmt: skip
        assert sum(words in fault for fault in told) == 1, told
    assert faults_of(gather(tmp_path).files) == [fault for fault in told if "House" in fault]


def test_a_folder_that_is_not_there_or_holds_nothing_is_answered_with_the_right_one(tmp_path: Path) -> None:
    laid_out(tmp_path / ".recovery", playbook())
    with pytest.raises(NotFound):
        gather(tmp_path / "none")
    with pytest.raises(UsageProblem) as above:
        gather(tmp_path)
    assert str(tmp_path / ".recovery") in above.value.hint
    with pytest.raises(UsageProblem) as below:
        gather(tmp_path / ".recovery" / "frameworks")
    assert str(tmp_path / ".recovery") in below.value.hint
