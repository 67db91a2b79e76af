"""One store, read at the desk and from the team's database: every reading command says the same of it."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from recoverycli.commands.app import invoke
from recoverycli.errors import RecoveryError
from recoverycli.review.statistics.groupings import GROUPINGS
from recoverycli.session.filters import Filters
from recoverycli.session.person import person_of
from recoverycli.session.query import read_search
from recoverycli.session.transcript import model as ts
from recoverycli.store.calls.archive import Archive
from recoverycli.store.calls.reviews import Assessment, Dispute, Reviews
from recoverycli.store.local_calls import KeptCalls
from recoverycli.store.same_customers import known_customers, person_named, same_customers
from recoverycli.team.calls import team_calls
from tests.synthetic import END, calls
from tests.team.loading import load, load_review

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from recoverycli.session.transcript.model import Call
    from tests.team.floor import Floor, Floors

COUNT = 180
ODD = (
    "100% sure? it's \"quoted\" \\ back'slash {braces} $1 :tag a & b | !c <-> d",
    "返金をお願いします・東京のホテル。返金はいつですか",
    "Café NAÏVE ﬁnal ½ Straße İstanbul ǆ",
    "refund refund refund; re-fund refunds refunded",
    "ที่พักไม่สะอาด 한국어 상담 नमस्ते दुनिया שלום \U0003134b",
    "line one\nline two\n\nline \u2028three \u200b 👩‍👩‍👧 \U0001f600",
    "x" * 3000 + " end",
)


class Both(NamedTuple):
    """A data folder and a database with the same calls."""

    home: Path
    floor: Floor

    def told(self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *argv: str) -> tuple[str, str]:
        """What a command prints of the desk, and of the team without its roles; a refusal in its words."""
        monkeypatch.setenv("RECOVERY_HOME", str(self.home))
        monkeypatch.setenv("RECOVERY_TEAM_DSN", self.floor.dsn("rita"))
        said = []
        for more in ((), ("--team",)):
            try:
                invoke([*argv[:2], *more, *argv[2:]])
            except RecoveryError as refused:
                said.append(refused.message)
            else:
                said.append(capsys.readouterr().out)
        return said[0], re.sub(r" \((?:ana|rita)\)", "", said[1])


def _store() -> Iterator[Call]:
    for number, made in enumerate(calls(COUNT, 8, days=150, late_parcels=True)):
        # In a database a call without a name has that of its role.
        call = msgspec.structs.replace(made, agent=made.agent or "Desk 0")
        odd = ODD[number % len(ODD)] if number % 9 == 0 else None
        if odd is None:
            yield call
            continue
        at = call.started_at + timedelta(seconds=20)
        steps = (
            msgspec.structs.replace(call.steps[0], said=(*call.steps[0].said, ts.TranscriptSaid(at, odd))),
            *call.steps[1:],
        )
        yield msgspec.structs.replace(
            call,
            steps=steps,
            agent=odd[:30],
            issue=odd[-40:],
            customer=ts.TranscriptCustomer(odd[:40], odd[:12]),
            offers=(*call.offers, ts.TranscriptOffer(at, odd[:20], 12.35, "EUR", number % 2 == 0)),
            summary=odd,
            cards=(ts.TranscriptCard("threat", at, at if number % 2 else None),),
        )


@pytest.fixture(scope="module")
def both(server: Floors, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Both]:
    home, floor = tmp_path_factory.mktemp("both") / "data", server.ready()
    made = list(_store())
    archive = Archive(home)
    for call in made:
        archive.write(call)
    practised = next(calls(1, 99))
    Archive(home, "practice").write(msgspec.structs.replace(practised, kind="practice"))
    reviews = Reviews(home)
    for place, call in enumerate(made[::11]):
        reviews.add(
            call.id, Assessment(END, "reviewer", "recovery", {"steps": "yes", "apology": "partly"}, "R", ODD[0])
        )
        if place % 3 == 0:
            reviews.add(call.id, Assessment(END, "self", "recovery", {"steps": "no"}))
            reviews.add(call.id, Dispute(END, "the customer had to leave", "Dana"))
    with floor.connect("ana") as database:
        load(database, made)
    with floor.connect("rita") as database:
        for call in made[::11]:
            load_review(database, reviews.read(call.id), reviews.path(call.id).read_bytes())
    with floor.connect("ana") as database:
        for call in made[::11]:
            load_review(database, reviews.read(call.id), reviews.path(call.id).read_bytes())
    yield Both(home, floor)
    server.drop(floor)


FILTERS = [
    (), ("--since", "2026-09-01"), ("--until", "2026-08-15"), ("--since", "2026-07-01", "--until", "2026-09-30"),
    ("-f", "heart"), ("--outcome", "escalated"), ("--outcome", "open"), ("--issue", "Late-Parcel!"), ("--issue", "%"),
    ("--channel", "phone"), ("--agent", "desk 1"), ("--agent", "返金"), ("--agent", "'"), ("--customer", "an"),
    ("--customer", "返金をお願いします・東"), ("--mood", "angry"), ("--remedy", "voucher"), ("--overdue",),
    ("-n", "7"), ("--issue", "billing", "--channel", "phone", "--since", "2026-07-01", "-n", "3"),
    ("--customer", "nobody at all"), ("--since", "1999-01-01"), ("--ours", "--severity", "severe"),
    ("--not-ours", "--repeated"), ("--abandoned",), ("--card", "THREAT"),
]  # fmt: skip
# Few calls of an agent are not shown of a whole floor; a test of its own says so.
BY = tuple(name for name in GROUPINGS if name != "agent")
SEARCHES = [
    "refund", "charged twice", "東京・ホテル",
    '"charged twice"', "refund -hotel", "-refund", "ref*", "ref* OR parcel", "said:refund",
    "note:call", "customer:an*", "summary:refund OR cause:driver", '"was charged"', "返金", '"東京のホテル"',
    "cafe", "naive", "straße", "strasse", "½", "istanbul", "नमस्ते", "ที่พัก", "상담", "שלום", "zzz", "refund refund",
    "the", "a the of", '"the parcel" OR refund', "offer:voucher", "capture:a", "promise:back", "issue:late",
    "refund NOT parcel", "x*", "100% sure?", "it's", "back'slash", "...", "・", "-・ refund", "refund ・", "a-b:c",
    "x" * 3000, '"line two"', '"one line"', "ﬁnal", "said:the -note:the", "\U0003134b", "1\U0003134b",
]  # fmt: skip


def _same(
    both: Both, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *argv: str, fewest: int = 0
) -> None:
    desk, team = both.told(monkeypatch, capsys, *argv)
    assert desk == team
    assert desk.count("\n") >= fewest


@pytest.mark.parametrize("narrowed", FILTERS, ids=" ".join)
def test_a_list_is_the_same(
    both: Both, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], narrowed: tuple[str, ...]
) -> None:
    _same(both, monkeypatch, capsys, "log", "list", "--json", *narrowed)
    _same(both, monkeypatch, capsys, "followups", "list", "--json", *narrowed)
    _same(both, monkeypatch, capsys, "followups", "list", "--json", "--all", *narrowed)
    _same(both, monkeypatch, capsys, "log", "reviews", "--json", *narrowed)


@pytest.mark.parametrize("narrowed", FILTERS, ids=" ".join)
def test_figures_are_the_same(
    both: Both, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], narrowed: tuple[str, ...]
) -> None:
    if "--agent" not in narrowed:
        _same(both, monkeypatch, capsys, "log", "stats", "--json", "--changed", "2026-09-15", *narrowed, fewest=1)


@pytest.mark.parametrize("by", BY)
def test_groups_are_the_same(
    both: Both, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], by: str
) -> None:
    _same(both, monkeypatch, capsys, "log", "stats", "--json", "--by", by, fewest=1)
    _same(both, monkeypatch, capsys, "log", "stats", "--json", "--by", by, "-n", "100", "--issue", "late", fewest=1)


@pytest.mark.parametrize("narrowed", [(), ("--since", "2026-08-01", "--issue", "late"), ("-n", "5")], ids=" ".join)
def test_the_report_is_the_same(
    both: Both, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], narrowed: tuple[str, ...]
) -> None:
    desk, team = both.told(monkeypatch, capsys, "log", "report", "--output", "-", "--calls", *narrowed)
    assert _undated(desk) == _undated(team)
    assert "<html" in desk


def _undated(page: str) -> list[str]:
    # When it was made stands in it, to the minute, and how to ask the team.
    return re.sub(r"made \d{4}-\d\d-\d\d \d\d:\d\d| <span>--team</span>(?=</code>)", "", page).splitlines()


@pytest.mark.parametrize("order", [(), ("--newest",), ("--oldest",)], ids=" ".join)
@pytest.mark.parametrize("typed", SEARCHES)
def test_a_search_finds_the_same_in_the_same_order_and_weighs_it_the_same(
    both: Both,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    typed: str,
    order: tuple[str, ...],
) -> None:
    _same(both, monkeypatch, capsys, "log", "search", "--json", *order, "--", typed)
    _same(both, monkeypatch, capsys, "log", "search", "--json", *order, "-n", "500", "--channel", "phone", "--", typed)


@pytest.mark.parametrize("name", ["last", "-2", "-40", "-9999", "2026", "T", "nothing-like-it", ""])
def test_a_call_has_the_same_name(
    both: Both, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    _same(both, monkeypatch, capsys, "log", "show", "--json", name)
    _same(both, monkeypatch, capsys, "log", "score", "--json", name)


def test_each_call_is_shown_the_same(
    both: Both, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("RECOVERY_TEAM_DSN", both.floor.dsn("rita"))
    with KeptCalls(both.home) as desk, team_calls(both.home, {"RECOVERY_TEAM_DSN": both.floor.dsn("rita")}) as team:
        ids = [path.stem for path in Archive(both.home).newest(COUNT + 1)]
        assert len(ids) == COUNT
        for here, there in zip(desk.each(ids), team.each(ids), strict=True):
            assert here[1] == there[1]


def test_calls_with_a_score_are_the_same(
    both: Both, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    _same(both, monkeypatch, capsys, "log", "list", "--json", "--min-score", "60", "-n", "30", fewest=5)


@pytest.mark.parametrize("format_", ["csv", "crm", "txt", "json", "html"])
def test_what_is_exported_is_the_same(
    both: Both, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], format_: str
) -> None:
    narrowed = ("--since", "2026-09-20", "--channel", "phone")
    _same(both, monkeypatch, capsys, "log", "export", "--format", format_, "--output", "-", *narrowed, fewest=9)
    _same(both, monkeypatch, capsys, "log", "export", "--format", format_, "--output", "-", "last")


def test_a_dataset_of_the_team_is_that_of_the_desk(both: Both, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("RECOVERY_HOME", str(both.home))
    import pyarrow.dataset as ds

    monkeypatch.setenv("RECOVERY_TEAM_DSN", both.floor.dsn("rita"))
    asked = ["--all", "--format", "parquet", "--with-text", "--output"]
    invoke(["log", "export", *asked, str(tmp_path / "desk")])
    invoke(["log", "export", "--team", *asked, str(tmp_path / "floor")])
    desk, floor = (
        ds.dataset(tmp_path / name, partitioning="hive", exclude_invalid_files=True)
        .to_table()
        .sort_by("id")
        .to_pylist()
        for name in ("desk", "floor")
    )
    assert len(desk) == COUNT
    assert floor == desk


def test_practice_is_not_looked_for_in_the_team(
    both: Both, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    desk, team = both.told(monkeypatch, capsys, "log", "export", "--practice", "--format", "json", "last")
    assert '"kind":"practice"' in desk.replace(" ", "")
    assert team.startswith("--practice and --team cannot be combined: practice is not sent to the team")


def test_a_page_follows_a_page_to_the_end(both: Both) -> None:
    from recoverycli.store.index.rows import page

    with team_calls(both.home, {"RECOVERY_TEAM_DSN": both.floor.dsn("rita")}) as team:
        ids: list[str] = []
        after = None
        while True:
            found = team.ask(lambda connection: page(connection, Filters(), END, after, 7))
            ids += [row.id for row in found.rows]
            if (after := found.after) is None:
                break
    assert ids == sorted(ids, key=ids.index)
    assert len(set(ids)) == COUNT


_WORDS = st.sampled_from(
    [
        "refund",
        "parcel",
        "the",
        "a",
        "hotel",
        "返金",
        "東",
        "ホテル",
        "café",
        "ref",
        "to",
        "driver",
        "late",
        "voucher",
        "½",
    ]
)
_TYPED = st.lists(
    st.builds(
        "{}{}{}{}".format,
        st.sampled_from(["", "", "-", "said:", "note:", "OR ", "summary:", "-customer:"]),
        st.sampled_from(["", '"']),
        st.lists(_WORDS, min_size=1, max_size=3).map(" ".join),
        st.sampled_from(["", '"', "*", '"*']),
    ),
    min_size=1,
    max_size=4,
).map(" ".join)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(typed=_TYPED | st.text(max_size=12))
def test_whatever_is_typed_finds_the_same(both: Both, typed: str) -> None:
    wanted = read_search(typed)
    if not wanted.groups and not wanted.without:
        return
    among = Filters(limit=40)
    with KeptCalls(both.home) as desk, team_calls(both.home, {"RECOVERY_TEAM_DSN": both.floor.dsn("rita")}) as team:
        there = team.search(wanted, among, END, "rank")
        hits = tuple(
            hit._replace(row=hit.row._replace(agent=hit.row.agent and hit.row.agent.removesuffix(" (ana)")))
            for hit in there.hits
        )
        assert desk.search(wanted, among, END, "rank") == there._replace(hits=hits)


def test_customers_are_the_same(both: Both) -> None:
    with KeptCalls(both.home) as desk, team_calls(both.home, {"RECOVERY_TEAM_DSN": both.floor.dsn("rita")}) as team:
        customers = known_customers(desk)
        for one in customers[::5]:
            words = (one.name or one.ref or "").split()
            for person in (person_of(one.name, one.ref), person_named(words[-1]), person_of(None, one.ref, words[:1])):
                found = same_customers(desk, person)
                assert found == same_customers(team, person)
                assert found.certain or found.doubtful


def test_an_agent_sees_their_own_calls_alone(
    both: Both, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("RECOVERY_HOME", str(both.home))
    for role, number in (("ana", COUNT), ("ben", 0)):
        monkeypatch.setenv("RECOVERY_TEAM_DSN", both.floor.dsn(role))
        invoke(["log", "list", "--team", "--json"])
        assert capsys.readouterr().out.count("\n") == number
        invoke(["log", "stats", "--team", "--json"])
        told = capsys.readouterr().out
        assert not number or json.loads(told)["figures"]["calls"] == number
