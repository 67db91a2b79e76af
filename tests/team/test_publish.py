"""A company's playbooks: published whole, pulled whole, told where they come from, and taken back."""

from __future__ import annotations

import base64
import json
import re
from typing import TYPE_CHECKING, Any

import psycopg
import pytest

from recoverycli.settings.team_content import read_published
from recoverycli.team.content import shelf
from recoverycli.team.content.package import digest
from tests.commands.test_shared_content import FAMILIES, PHRASES
from tests.frameworks.test_reader import GOOD
from tests.team.playbooks import FRAMEWORK, laid_out, playbook, put_by_hand

if TYPE_CHECKING:
    from pathlib import Path
    from subprocess import CompletedProcess

    from tests.commands.recovery import Recovery
    from tests.team.floor import Floor

BOMB = b"a: &a [x,x,x,x,x,x,x,x,x]\n" + b"".join(
    f"{after}: &{after} [{','.join([f'*{before}'] * 9)}]\n".encode()
    for before, after in zip("abcdefgh", "bcdefghi", strict=True)
)


class Desk:
    """A desk that is connected as somebody."""

    def __init__(self, recovery: Recovery, database: Floor) -> None:
        self.recovery = recovery
        self.database = database

    def __call__(
        self, *argv: str, role: str = "ana", stdin: str = "", cwd: Path | None = None
    ) -> CompletedProcess[str]:
        return self.recovery(*argv, stdin=stdin, cwd=cwd, environ={"RECOVERY_TEAM_DSN": self.database.dsn(role)})

    def publish(self, folder: Path, files: dict[str, bytes], *more: str) -> str:
        done = self("team", "publish", str(laid_out(folder, files)), *more, role="paul")
        assert done.returncode == 0, done.stderr
        return done.stdout

    def pull(self) -> str:
        done = self("team", "pull")
        assert done.returncode == 0, done.stderr
        return done.stdout

    def here(self) -> int | None:
        problems: list[str] = []
        at_hand = read_published(self.recovery.data, problems)
        assert problems == []
        return at_hand.version if at_hand else None

    def rows(self, *argv: str) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self(*argv).stdout.splitlines()]


@pytest.fixture
def desk(recovery: Recovery, database: Floor) -> Desk:
    return Desk(recovery, database)


def test_what_is_published_reaches_a_desk_and_says_where_it_comes_from(desk: Desk, tmp_path: Path) -> None:
    told = desk.publish(tmp_path / "house", playbook(), "--note", "Vouchers  up to\n40")
    assert told.splitlines()[0].startswith("published as version 1: 3 new (frameworks/our-way.yaml, ")
    assert desk.here() is None
    assert 'this desk now uses version 1 of the team: "Vouchers up to 40", 3 new' in desk.pull()
    (row,) = [row for row in desk.rows("frameworks", "list", "--json") if row["id"] == "our-way"]
    assert (row["kind"], row["team_version"]) == ("team", 1)
    assert {row["team_version"] for row in desk.rows("frameworks", "list", "--json") if row["id"] != "our-way"} == {
        None
    }
    (line,) = [line for line in desk("frameworks", "list").stdout.splitlines() if line.startswith("our-way")]
    assert line.endswith("; team 1")
    assert "From: team 1" in desk("frameworks", "show", "our-way").stdout
    assert desk("check", "That is not my shop.").returncode == 1
    assert "voucher" in desk("config", "show").stdout
    assert ", from team 1" in desk("config", "show").stdout
    done = desk("start", "our-way", stdin="/offer voucher 60\n/end resolved\n")
    assert done.returncode == 0, done.stderr
    assert "team lead" in done.stdout
    call = desk.recovery.last()
    assert call["framework"]["digest"] == row["digest"]


def test_scenarios_and_the_scorecard_come_along(desk: Desk, tmp_path: Path) -> None:
    from recoverycli.paths import built_in_folder

    scenario = (
        (built_in_folder("scenarios") / "late-parcel.yaml").read_bytes().replace(b"id: late-parcel", b"id: wet-parcel")
    )
    card = (built_in_folder("scorecards") / "default.yaml").read_bytes().replace(b"id: default", b"id: house", 1)
    files = {**playbook(), "scenarios/wet-parcel.yaml": scenario, "scorecard.yaml": card}
    desk.publish(tmp_path / "house", files)
    desk.pull()
    (row,) = [row for row in desk.rows("scenarios", "list", "--json") if row["id"] == "wet-parcel"]
    assert (row["kind"], row["team_version"]) == ("team", 1)
    assert json.loads(desk("scenarios", "show", "wet-parcel", "--json").stdout)["team_version"] == 1
    assert any(line.endswith("team 1") for line in desk("scenarios", "list").stdout.splitlines())
    desk("start", "our-way", stdin="/end resolved\n")
    assert json.loads(desk("log", "score", "last", "--json").stdout)["card"] == "house"


def test_shared_phrases_and_families_come_along(desk: Desk, tmp_path: Path) -> None:
    files = {
        "phrases/listen.yaml": PHRASES.replace("{shop}", "our shop").encode(),
        "issues/garden.yaml": FAMILIES.encode(),
    }
    desk.publish(tmp_path / "house", files)
    desk.pull()
    lines = "/set tour_number 7\n1\n/end resolved\n"
    done = desk("start", "last", "--channel", "phone", "--issue", "rained off", stdin=lines)
    assert "issue: rained off (Garden tours)" in done.stdout
    assert "Welcome back to our shop. What happened?" in done.stdout
    call = desk.recovery.last()
    assert call["steps"][0]["captured"] == {"tour_number": "7"}
    laid_out(tmp_path / "config", {"issues/mine.yaml": FAMILIES.replace("Garden tours", "My garden").encode()})
    done = desk("start", "last", "--issue", "rained off", stdin="/end resolved\n")
    assert "(My garden)" in done.stdout, "what is one's own goes before the team's"


def test_faults_of_shared_phrases_and_families_are_reported_before_publishing(desk: Desk, tmp_path: Path) -> None:
    files = {
        "phrases/listen.yaml": PHRASES.replace("[garden]", "[gardn]").encode(),
        "issues/garden.yaml": FAMILIES.replace("words:", "word:").encode(),
        "phrases/solve.yaml": b"schema: 1\nintent: solv\nphrases: []\n",
    }
    done = desk("team", "publish", str(laid_out(tmp_path / "house", files)), role="paul")
    assert done.returncode == 1
    for words in (
        "phrases/listen.yaml:7:14: there is no family `gardn`", "issues/garden.yaml:5:5: unknown key `word`",
        "phrases/solve.yaml:2:9: `solv` is not allowed here", "did you mean `solve`?",
    ):  # fmt: skip
        assert words in done.stderr, (words, done.stderr)
    assert desk.database.ask("SELECT count(*) FROM content") == [(0,)]


def test_the_team_goes_before_the_built_in_and_behind_what_is_ones_own(desk: Desk, tmp_path: Path) -> None:
    def learn(name: str) -> str:
        return GOOD.replace("id: mine\nname: Mine", f"id: learn\nname: {name}")

    desk.publish(tmp_path / "house", {"frameworks/learn.yaml": learn("Of the team").encode()})
    desk.pull()

    def whose(cwd: Path) -> str:
        shown: dict[str, str] = json.loads(desk("frameworks", "show", "learn", "--json", cwd=cwd).stdout)
        return f"{shown['kind']}: {shown['name']}"

    assert whose(tmp_path) == "team: Of the team"
    laid_out(tmp_path / "config", {"frameworks/learn.yaml": learn("My own").encode()})
    assert whose(tmp_path) == "personal: My own"
    laid_out(tmp_path / "shop" / ".recovery", {"frameworks/learn.yaml": learn("Of the project").encode()})
    assert whose(tmp_path / "shop") == "project: Of the project"


def test_a_remedy_of_ones_own_replaces_that_of_the_team(desk: Desk, tmp_path: Path) -> None:
    desk.publish(tmp_path / "house", playbook())
    desk.pull()
    laid_out(tmp_path / "config", {"settings.toml": b'[[remedies]]\nname = "Voucher"\nkind = "gesture"\n'})
    assert "voucher (money" not in desk("config", "show").stdout
    assert "Voucher (gesture" in desk("config", "show").stdout


def test_every_fault_of_every_file_is_reported_and_nothing_is_published(desk: Desk, tmp_path: Path) -> None:
    files = {
        "frameworks/our-way.yaml": FRAMEWORK.replace("intent: solve", "intent: slove").encode(),
        "frameworks/other.yaml": b"schema: 1\nid: other\nextends: nowhere\nname: Other\n",
        "frameworks/Bad Name.yaml": b"",
        "scenarios/wet.yaml": b"schema: 1\nid: wet\n",
        "wording/house.yaml": b"schema: 1\nid: house\nname: House\noff: [no-such-pattern]\n",
        "scorecard.yaml": b"schema: 1\n",
        "remedies.toml": b'agent = "Me"\n[[remedies]]\nname = "x"\nkind = "monney"\n',
    }
    for mode in ([], ["--dry-run"]):
        done = desk("team", "publish", str(laid_out(tmp_path / "house", files)), *mode, role="paul")
        assert (done.returncode, done.stdout) == (1, "")
        for words in (
            "frameworks/our-way.yaml:21:13: ", "did you mean `solve`?", "frameworks/other.yaml:3:10: ",
            "frameworks/Bad Name.yaml: names here", "scenarios/wet.yaml:1:1: ", "no-such-pattern",
            "scorecard.yaml:1:1",
            "remedies.toml:1:1: `agent` cannot be published", "did you mean `money`?", "Nothing was published.",
        ):  # fmt: skip
            assert words in done.stderr, (words, done.stderr)
        assert str(tmp_path / "house" / "frameworks" / "our-way.yaml") in done.stderr
    assert desk.database.ask("SELECT count(*) FROM content") == [(0,)]


def test_a_variant_is_checked_against_what_desks_have_not_what_the_publisher_has(desk: Desk, tmp_path: Path) -> None:
    laid_out(tmp_path / "config", {"frameworks/mine.yaml": GOOD.encode()})
    variant = b"schema: 1\nid: ours\nextends: mine\nname: Ours\n"
    done = desk("team", "publish", str(laid_out(tmp_path / "house", {"frameworks/ours.yaml": variant})), role="paul")
    assert done.returncode == 1
    assert "there is no framework `mine`" in done.stderr


def test_the_same_content_again_is_reported_and_makes_no_version(desk: Desk, tmp_path: Path) -> None:
    house = tmp_path / "house"
    desk.publish(house, playbook())
    assert "version 1 has the same content and is current; nothing was published" in desk.publish(house, playbook())
    desk.publish(house, playbook(FRAMEWORK.replace("Put it right.", "Mend it.")))
    assert "recovery team rollback 1" in desk.publish(house, playbook())
    assert desk.database.ask("SELECT count(*) FROM content") == [(2,)]


def test_a_dry_run_says_what_would_change_and_needs_no_connection(desk: Desk, tmp_path: Path) -> None:
    house = laid_out(tmp_path / "house", playbook())
    alone = desk.recovery("team", "publish", str(house), "--dry-run")
    assert (alone.returncode, "3 files, all sound" in alone.stdout) == (0, True)
    assert "would be published as version 1: 3 new" in desk.publish(house, {}, "--dry-run")
    desk.publish(house, {})
    desk.publish(house, {"wording/house.yaml": b"schema: 1\nid: house\nname: House\n"}, "--dry-run")
    assert desk.database.ask("SELECT count(*) FROM content") == [(1,)]


def test_an_earlier_version_is_current_again_and_the_next_pull_brings_it(desk: Desk, tmp_path: Path) -> None:
    desk.publish(tmp_path / "house", playbook(), "--note", "first")
    desk.publish(tmp_path / "house", playbook(FRAMEWORK.replace("Put it right.", "Mend it.")), "--note", "second")
    desk.pull()
    assert desk.here() == 2
    told = desk("team", "rollback", "1", role="paul")
    assert told.stdout.splitlines()[-1] == "To undo: recovery team rollback 2"
    assert desk.here() == 2
    assert "older than version 2" in desk.pull()
    assert desk.here() == 1
    assert "already current" in desk("team", "rollback", "1", role="paul").stdout
    desk("team", "rollback", "2", role="paul")
    desk.pull()
    assert desk.here() == 2
    assert desk.database.ask("SELECT version FROM content_current ORDER BY key") == [(1,), (2,), (1,), (2,)]
    first, second = desk.rows("team", "versions", "--json")[::-1]
    assert (first["note"], first["publisher"], first["added"]) == ("first", "paul", [*sorted(playbook())])
    assert (second["changed"], second["current"], second["here"]) == (["frameworks/our-way.yaml"], True, True)
    assert (first["current"], first["here"], second["added"], second["removed"]) == (False, False, [], [])
    assert [row["version"] for row in desk.rows("team", "versions", "--json", "-n", "1")] == [2]
    assert desk.rows("team", "versions", "--json", "-n", "1")[0]["changed"] == ["frameworks/our-way.yaml"]
    page = desk("team", "versions").stdout
    # The moment is that of the database, whose clock is nobody's to set.
    assert re.search(r"^version 2 \(current, here, .+, by paul\)$", page, re.MULTILINE)
    assert "Changed: frameworks/our-way.yaml" in page


def test_a_number_that_is_not_there_is_answered_with_those_that_are(desk: Desk, tmp_path: Path) -> None:
    none = desk("team", "rollback", "1", role="paul")
    assert (none.returncode, "Nothing has been published yet" in none.stderr) == (1, True)
    assert "Nothing has been published yet" in desk("team", "versions").stdout
    assert "Nothing has been published yet" in desk.pull()
    desk.publish(tmp_path / "house", playbook())
    done = desk("team", "rollback", "7", role="paul")
    assert done.returncode == 1
    assert done.stderr.splitlines()[0] == "recovery: there is no version 7"
    assert desk("team", "rollback", "0").returncode == 2


@pytest.mark.parametrize("argv", [["publish", "house"], ["rollback", "1"]])
def test_a_role_that_is_not_a_publisher_gets_one_line(desk: Desk, tmp_path: Path, argv: list[str]) -> None:
    desk.publish(tmp_path / "house", playbook())
    laid_out(tmp_path / "house", {"wording/more.yaml": b"schema: 1\nid: more\nname: More\n"})
    for role in ("ana", "rita"):
        done = desk("team", *argv, role=role, cwd=tmp_path)
        assert done.returncode == 1
        assert done.stderr.splitlines()[0].startswith(f"recovery: {role} may not ")
    assert desk.database.ask("SELECT count(*) FROM content_current") == [(1,)]


@pytest.mark.parametrize("role", ["ana", "rita", "paul", "nobody"])
@pytest.mark.parametrize("statement", ["UPDATE recovery.content SET note = 'x'", "DELETE FROM recovery.content",
    "TRUNCATE recovery.content",
    "UPDATE recovery.content_current SET version = 1", "DELETE FROM recovery.content_current",
    "INSERT INTO recovery.content (version, format, digest, manifest, files) VALUES (90, 1, '', '{}', '')",
    "INSERT INTO recovery.content (publisher, format, digest, manifest, files) VALUES ('rita', 1, '', '{}', '')",
    "INSERT INTO recovery.content_current (version, publisher) VALUES (1, 'rita')",
])  # fmt: skip
def test_nobody_changes_or_removes_what_was_published(database: Floor, role: str, statement: str) -> None:
    put_by_hand(database, playbook())
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        database.do(statement, role=role)


@pytest.mark.parametrize("role", ["ana", "rita", "nobody"])
def test_only_a_publisher_publishes_and_every_desk_reads(database: Floor, role: str) -> None:
    put_by_hand(database, playbook())
    for statement in ("INSERT INTO recovery.content (format, digest, manifest, files) VALUES (1, '', '{}', '')",
                      "INSERT INTO recovery.content_current (version) VALUES (1)"):  # fmt: skip
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            database.do(statement, role=role)
    if role != "nobody":
        assert database.ask("SELECT version, publisher FROM content", role=role) == [(1, "paul")]


def packet(name: str, data: bytes) -> bytes:
    return json.dumps({"format": 1, "files": [{"name": name, "data": base64.b64encode(data).decode()}]}).encode()


HOSTILE: dict[str, dict[str, Any]] = {
    "a name above its folder": {"packet": packet("../../../outside.yaml", b"x")},
    "a whole path": {"packet": packet("/tmp/outside.yaml", b"x")},  # noqa: S108
    "the name of the pointer": {"packet": packet("current", b"1-aaaa")},
    "control characters in a name": {"packet": packet("frameworks/\x1b[2J\x07.yaml", b"x")},
    "not a package": {"packet": b"\0\xff"},
    "nothing": {"packet": b""},
    "a newer format": {"format_": 2},
    "a newer format within": {"packet": b'{"format": 7}'},
    "another digest": {"said": "sha256:0"},
    "a bomb": {"files": {"frameworks/bomb.yaml": BOMB}},
    "depth": {"files": {"wording/deep.yaml": b"[" * 200_000}},
    "a fault": {"files": {"frameworks/our-way.yaml": FRAMEWORK.replace("intent: solve", "intent: slove").encode()}},
    "settings": {"files": {"remedies.toml": b'redact = []\nagent = "x"\n'}},
    "escapes in a text": {"files": {"frameworks/our-way.yaml": b"\x1b]0;x\x07"}},
}  # fmt: skip


@pytest.mark.parametrize("how", HOSTILE)
def test_a_version_that_is_broken_leaves_the_desk_on_the_last_good_one(desk: Desk, tmp_path: Path, how: str) -> None:
    desk.publish(tmp_path / "house", playbook())
    desk.pull()
    before = {path: path.read_bytes() for path in desk.recovery.data.rglob("*") if path.is_file()}
    broken = {"files": playbook(), **HOSTILE[how]}
    put_by_hand(desk.database, **broken)
    done = desk("team", "pull")
    assert (done.returncode, done.stdout) == (1, "")
    first, kept, hint = done.stderr.splitlines()
    assert first.startswith("recovery: version 2 of the team cannot be used: ")
    assert first.isprintable()
    assert len(first) < 400
    assert (kept, "paul" in hint) == ("This desk still uses team 1.", True)
    assert desk.here() == 1
    assert {path: path.read_bytes() for path in desk.recovery.data.rglob("*") if path.is_file()} == before
    assert not [*tmp_path.rglob("outside.yaml")]
    assert desk("team", "rollback", "1", role="paul").returncode == 0
    assert "is here already" in desk.pull()


def test_what_a_note_or_a_manifest_holds_is_shown_and_never_obeyed(desk: Desk) -> None:
    with desk.database.connect("paul") as publisher:
        publisher.execute(
            "INSERT INTO content (format, note, digest, manifest, files) "
            "VALUES (1, E'\\x1b[2J[bold]hi', 'x', '[1]', '')"
        )
        publisher.execute("INSERT INTO content (format, digest, manifest, files) VALUES (1, 'x', %s, '')",
                          (json.dumps({"\x1b[2J": "x", "a" * 5_000: "y"}),))  # fmt: skip
    page = desk("team", "versions")
    assert page.returncode == 0
    assert "\x1b" not in page.stdout
    assert "\\x1b[2J[bold]hi" in page.stdout
    assert max(map(len, page.stdout.splitlines())) < 400


def test_a_desk_that_was_spoilt_by_hand_says_so_and_the_next_pull_repairs_it(desk: Desk, tmp_path: Path) -> None:
    desk.publish(tmp_path / "house", playbook())
    desk.pull()
    content = desk.recovery.data / "team" / "content"
    for spoilt in (b"../../../etc", b"", b"9-zzzz", b"\xff" * 90, b"1-aaaa/.."):
        (content / "current").write_bytes(spoilt)
        listed = desk("frameworks", "list")
        assert (listed.returncode, "our-way" in listed.stdout) == (0, False)
        assert "recovery team pull" in listed.stderr
    assert "this desk now uses" in desk.pull()
    (file,) = content.glob("1-*/frameworks/our-way.yaml")
    file.write_text("spoilt", encoding="utf-8")
    assert "this desk now uses" in desk.pull()
    record = shelf.current(desk.recovery.data)
    assert record is not None
    assert record.digest == digest(playbook())
