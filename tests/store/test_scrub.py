"""What an older version let through is masked by the rules of this one, in files that stay whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from recoverycli.errors import StoreProblem
from recoverycli.redaction.rules import Rules
from recoverycli.session import events as ev
from recoverycli.session.filters import Filters
from recoverycli.session.query import read_search
from recoverycli.session.transcript.model import TranscriptCustomer
from recoverycli.store.calls.archive import Archive
from recoverycli.store.calls.reviews import Assessment, Reviews
from recoverycli.store.index.index import Index
from recoverycli.store.index.search import search
from recoverycli.store.journal.reader import read_journal
from recoverycli.store.journal.writer import Journal
from recoverycli.store.privacy.scrub import UnmaskedFile, find_unmasked, scrub
from tests.content import LITTLE, started
from tests.platforms import has_mode, needs_links
from tests.review.calls import NOW, a_call

if TYPE_CHECKING:
    from pathlib import Path

CARD = "4111 1111 1111 1111"


def nothing(_done: int, _total: int) -> None:
    pass


@pytest.fixture
def leaky(tmp_path: Path) -> Path:
    """A store of a version that knew no cards: two in one call, none in another."""
    archive = Archive(tmp_path)
    archive.write(a_call(tail="aa01", summary=f"paid with {CARD}, pin 4829", redactions=3))
    archive.write(a_call(tail="aa02", summary="a late parcel"))
    return tmp_path


def test_only_the_files_with_secrets_are_named_and_looking_changes_nothing(leaky: Path) -> None:
    before = {path: path.read_bytes() for path in leaky.rglob("*.json")}
    looked: list[tuple[int, int]] = []
    (found,) = find_unmasked(leaky, lambda done, total: looked.append((done, total)))
    assert (found.path.stem[-4:], found.places, found.busy) == ("aa01", 2, False)
    assert found.kinds == {"card": 1, "code": 1}
    assert found.examples == ("paid with **** **** **** 1111, pin ****",)
    assert looked == [(1, 2), (2, 2)]
    assert {path: path.read_bytes() for path in leaky.rglob("*.json")} == before


def test_scrubbing_masks_and_counts_and_leaves_the_rest_as_it_is(leaky: Path) -> None:
    done: list[tuple[int, int]] = []
    found = list(find_unmasked(leaky, nothing))
    assert scrub(leaky, found, lambda at, total: done.append((at, total))) == 2
    assert done == [(1, 1)]
    call = Archive(leaky).read(found[0].path.stem).transcript.call
    assert call.summary == "paid with **** **** **** 1111, pin ****"
    assert call.redactions == 5
    assert has_mode(found[0].path, 0o600)
    assert not any(CARD.encode() in path.read_bytes() for path in leaky.rglob("*") if path.is_file())
    assert list(find_unmasked(leaky, nothing)) == []


def test_a_card_over_two_notes_of_an_old_file_is_masked(tmp_path: Path) -> None:
    (tmp_path / "practice/2026/11/23").mkdir(parents=True)
    path = tmp_path / "practice/2026/11/23/20261123T090000-little-aa01.json"
    path.write_text('{"schema": 1, "notes": [{"text": "4539 5260"}, {"text": "1815 9083"}]}', encoding="utf-8")
    found = list(find_unmasked(tmp_path, nothing))
    assert [(one.places, one.kinds) for one in found] == [(1, {"card": 1})]
    assert scrub(tmp_path, found, nothing) == 1
    assert "**** 9083" in path.read_text(encoding="utf-8")
    assert list(find_unmasked(tmp_path, nothing)) == []


def test_practice_and_reviews_are_looked_through_too(tmp_path: Path) -> None:
    for folder in ("practice/2026/11/23", "reviews"):
        (tmp_path / folder).mkdir(parents=True)
        (tmp_path / folder / "20261123T090000-little-aa01.json").write_text(
            f'{{"schema": 1, "note": "{CARD}"}}', encoding="utf-8"
        )
    found = list(find_unmasked(tmp_path, nothing))
    assert {one.path.relative_to(tmp_path).parts[0] for one in found} == {"practice", "reviews"}
    assert scrub(tmp_path, found, nothing) == 2
    assert not any(CARD in path.read_text(encoding="utf-8") for path in tmp_path.rglob("*.json"))


@needs_links
def test_what_is_not_ours_is_not_touched(leaky: Path) -> None:
    day = next(leaky.rglob("*.json")).parent
    (day / "mine.txt").write_text(CARD, encoding="utf-8")
    (day / ".hidden.json").write_text(f'"{CARD}"', encoding="utf-8")
    (leaky.parent / "outside.json").write_text(f'"{CARD}"', encoding="utf-8")
    (day / "link.json").symlink_to(leaky.parent / "outside.json")
    scrub(leaky, list(find_unmasked(leaky, nothing)), nothing)
    kept = (day / "mine.txt", day / ".hidden.json", leaky.parent / "outside.json")
    assert all(CARD in path.read_text(encoding="utf-8") for path in kept)
    assert (day / "link.json").is_symlink()


def test_a_call_that_went_meanwhile_is_skipped(leaky: Path) -> None:
    found = list(find_unmasked(leaky, nothing))
    found[0].path.unlink()
    gone = UnmaskedFile(found[0].path.with_name("gone.json"), 1, {}, ())
    assert scrub(leaky, [*found, gone], nothing) == 0
    assert not found[0].path.exists()


def test_the_index_forgets_what_was_masked(leaky: Path) -> None:
    with Index(leaky) as index:
        index.rebuild()
    scrub(leaky, list(find_unmasked(leaky, nothing)), nothing)
    assert not any(CARD.encode() in path.read_bytes() for path in leaky.rglob("*") if path.is_file())
    with Index(leaky) as index:
        found = index.ask(lambda connection: search(connection, read_search("paid"), Filters(limit=9), NOW))
    assert [hit.row.summary for hit in found.hits] == ["paid with **** **** **** 1111, pin ****"]


def test_long_words_are_shown_around_the_mask_alone_and_three_of_a_file(tmp_path: Path) -> None:
    summary = f"{'before ' * 9}{CARD}{' after' * 9}"
    Archive(tmp_path).write(a_call(tail="aa01", summary=summary, issue=CARD, root_cause=CARD, agent=CARD))
    (found,) = find_unmasked(tmp_path, nothing)
    assert (found.places, len(found.examples)) == (4, 3)
    assert found.examples[:2] == ("**** **** **** 1111",) * 2
    Archive(tmp_path).write(a_call(tail="aa02", summary=summary))
    (shown,) = next(one.examples for one in find_unmasked(tmp_path, nothing) if "aa02" in one.path.name)
    assert shown == "…re before before before **** **** **** 1111 after after after …"


def test_a_paused_call_is_masked_and_an_open_one_is_skipped(tmp_path: Path) -> None:
    aside, _ = Journal.create(tmp_path, lambda: started(LITTLE, NOW))
    going, _ = Journal.create(tmp_path, lambda: started(LITTLE, NOW))
    for journal in (aside, going):
        journal.append(ev.Noted(at=NOW, text=f"paid with {CARD}"))
    aside.close()
    aside.path.with_suffix(".unread").write_text(f'torn {{"text": "{CARD}\n', encoding="utf-8")
    found = {one.path.name: one for one in find_unmasked(tmp_path, nothing)}
    assert {name: one.busy for name, one in found.items()} == {
        aside.path.name: False,
        aside.path.with_suffix(".unread").name: False,
        going.path.name: True,
    }
    assert scrub(tmp_path, list(found.values()), nothing) == 2
    assert CARD in going.path.read_text(encoding="utf-8")
    going.close()
    assert read_journal(aside.path).events[-1] == ev.Noted(at=NOW, text="paid with **** **** **** 1111")
    assert CARD not in aside.path.with_suffix(".unread").read_text(encoding="utf-8")


def test_the_customers_name_is_masked_where_that_was_chosen_also_in_what_was_assessed(tmp_path: Path) -> None:
    call = a_call(tail="aa01", customer=TranscriptCustomer("Zoë Quist", None), summary="Zoë Quist was kind")
    Archive(tmp_path).write(call)
    note = Assessment(NOW, "reviewer", "default", {"steps": "yes"}, None, "Zoë Quist heard it all")
    Reviews(tmp_path).add(call.id, note)
    assert list(find_unmasked(tmp_path, nothing)) == []
    rules = Rules(frozenset({"name"}))
    found = list(find_unmasked(tmp_path, nothing, rules))
    assert [(one.path.parent.name == "reviews", set(one.kinds)) for one in found] == [
        (True, {"name"}),
        (False, {"name"}),
    ]
    scrub(tmp_path, found, nothing, rules)
    assert not any("Quist" in path.read_text(encoding="utf-8") for path in tmp_path.rglob("*.json"))


def test_a_file_that_is_larger_than_any_call_is_not_read(leaky: Path) -> None:
    (path,) = leaky.rglob("*aa01.json")
    with path.open("ab") as file:
        file.truncate(64 * 1024 * 1024 + 1)
    assert [(one.path, one.places, one.unread) for one in find_unmasked(leaky, nothing)] == [(path, 0, True)]


def test_a_folder_that_cannot_be_written_is_reported_with_what_was_stored(leaky: Path) -> None:
    found = list(find_unmasked(leaky, nothing))
    found[0].path.unlink()
    found[0].path.mkdir()
    with pytest.raises(StoreProblem) as told:
        scrub(leaky, found, nothing)
    assert str(found[0].path) in told.value.message
