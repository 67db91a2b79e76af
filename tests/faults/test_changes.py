"""Every other command that changes files, killed or cut off from power at each step: all of a file is old or new."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeAlias

import pytest

from recoverycli.store.calls.archive import Archive
from tests.faults.seam import Fault
from tests.faults.stores import CARD, PERSON, done, make_store, strangers, sums, whole
from tests.faults.test_kills import struck
from tests.faults.trials import Trial, assert_told_well

if TYPE_CHECKING:
    from pathlib import Path

    from tests.faults.seam import Harm

Judge: TypeAlias = Callable[[Trial], object]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Trial:
    return make_store(tmp_path_factory.mktemp("made") / "store")


def call(trial: Trial, fact: str) -> str:
    """The id of the call with that fact in it."""
    (found,) = [
        path.stem for path in trial.data.glob("sessions/*/*/*/[!.]*.json") if fact in path.read_text(encoding="utf-8")
    ]
    return found


def summary(trial: Trial) -> object:
    return [entry["new"] for entry in _call(trial, "fact801").get("amendments", ())]


def kept_promise(trial: Trial) -> object:
    return [entry["field"] for entry in _call(trial, "fact801").get("amendments", ())]


def _call(trial: Trial, fact: str) -> dict[str, Any]:
    return next(found for found in whole(trial.root).values() if fact in json.dumps(found.get("steps")))


def assessed(trial: Trial) -> object:
    (path,) = trial.data.glob("reviews/[!.]*.json")
    return len(json.loads(path.read_bytes())["assessments"])


def ids(trial: Trial) -> object:
    return sorted(row["id"] for row in trial.calls())


def names(trial: Trial) -> object:
    """The files with the name."""
    files = [path for path in trial.data.rglob("*") if path.is_file() and PERSON.encode() in path.read_bytes()]
    return len(files)


def masked(trial: Trial) -> object:
    return CARD in "".join(trial.texts())


def settings(trial: Trial) -> object:
    return (trial.root / "config" / "settings.toml").read_text(encoding="utf-8")


def phrases(trial: Trial) -> object:
    listed = done(trial("phrases", "list", "--json"))
    return sorted(json.loads(line)["say"] for line in listed.stdout.splitlines())


# What is typed ({id} is the call of fact801), how to see what has become of it, and other codes of a second try.
CHANGES: dict[str, tuple[tuple[str, ...], Judge, set[int]]] = {
    "amend": (("log", "amend", "{id}", "--summary", "fact900"), summary, {0}),
    "keep a promise": (("followups", "done", "{id}/p1"), kept_promise, {0}),
    "review": (("log", "review", "{id}", "--set", "steps=no"), assessed, {0}),
    "delete": (("log", "delete", "{id}", "--yes"), ids, {0, 1}),
    "prune": (("log", "prune", "--older-than", "1y", "--yes"), ids, {0}),
    "erase": (("log", "erase", "--customer", PERSON, "--yes"), names, {0, 1}),
    "scrub": (("log", "scrub", "--yes"), masked, {0}),
    "restore": (("log", "restore", "{root}/calls.tar.gz", "--yes"), ids, {0}),
    "import": (("log", "import", "{root}/calls.jsonl"), ids, {0}),
    "reindex": (("log", "reindex"), ids, {0}),
    "phrases add": (("phrases", "add", "fact901 is with you.", "--intent", "listen"), phrases, {0}),
    "config set": (("config", "set", "channel", "chat"), settings, {0}),
}
# The words are added once more when the command is given once more.
ADDING = {"review"}
OFTEN = {"amend", "delete", "import"}


def prepared(store: Trial, root: Path, name: str) -> tuple[Trial, tuple[str, ...]]:
    """A copy of the store, in which what is to be restored or imported is missing, and the command."""
    trial = store.again(root)
    target = call(trial, "fact801")
    if name in {"restore", "import"}:
        done(trial("log", "delete", target, "--yes"))
    argv = CHANGES[name][0]
    return trial, tuple(word.format(id=target, root=trial.root) for word in argv)


@pytest.mark.parametrize("harm", ["kill", "power"])
@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=() if name in OFTEN else pytest.mark.slow) for name in CHANGES]
)
def test_an_interrupted_change_is_all_old_or_all_new_and_can_be_repeated(
    store: Trial, tmp_path: Path, name: str, harm: Harm
) -> None:
    _, judge, again = CHANGES[name]
    trial, argv = prepared(store, tmp_path / "old", name)
    through = trial.again(tmp_path / "new")
    done(through(*_elsewhere(argv, trial, through)))
    old, new, untouched = judge(trial), judge(through), _unconcerned(trial.root, through.root)
    strange = strangers(trial.root)
    steps = 0
    for step, _ended, found in struck(tmp_path, harm, *argv, stdin="", start=trial):
        steps += 1
        whole(found.root)
        assert strangers(found.root) == strange, step
        assert {path: sums(found.root, path).get(path) for path in untouched} == untouched, step
        if name not in {"prune", "erase", "restore", "import"}:
            assert judge(found) in (old, new), step
        listed = found("log", "list")
        assert listed.code == 0, (step, listed)
        assert_told_well(listed)
        second = found(*_elsewhere(argv, trial, found))
        assert_told_well(second)
        assert second.code in again, (step, second)
        whole(found.root)
        if name not in ADDING:
            assert judge(found) == new, step
        assert strangers(found.root) == strange, step
    assert steps > 1


def _elsewhere(argv: tuple[str, ...], before: Trial, after: Trial) -> tuple[str, ...]:
    return tuple(word.replace(str(before.root), str(after.root)) for word in argv)


def _unconcerned(before: Path, after: Path) -> dict[str, str]:
    """The files that the change is not about: their bytes are those of before."""
    now = sums(after)
    return {path: digest for path, digest in sums(before).items() if now.get(path) == digest}


@pytest.mark.parametrize("name", ["amend", "review", "scrub", "restore", "import", "phrases add", "config set"])
def test_a_change_on_a_full_disk_fails_and_changes_nothing(store: Trial, tmp_path: Path, name: str) -> None:
    _, judge, _ = CHANGES[name]
    trial, argv = prepared(store, tmp_path / "old", name)
    old, strange, refused = judge(trial), strangers(trial.root), 0
    for at in range(1, 100):
        found = trial.again(tmp_path / str(at))
        fault = Fault("error", at, ("write", "open"), "ENOSPC", times=1000)
        ended = found(*_elsewhere(argv, trial, found), fault=fault)
        if sum(step.split()[0] in fault.kinds for step in ended.steps) < at:
            break
        assert_told_well(ended)
        whole(found.root)
        assert strangers(found.root) == strange
        if ended.code:
            refused += 1
            assert "the disk is full" in ended.stderr or "No space left on device" in ended.stderr, (at, ended)
            if name not in {"restore", "import", "scrub"}:
                assert judge(found) == old, (at, ended)
    assert refused


def test_finish_does_not_remove_the_journal_for_an_unreadable_transcript(trial: Trial) -> None:
    """A process was killed between writing the transcript and taking the journal away; then the disk lost a block."""
    begun = trial("start", "learn", stdin="fact001\n/end resolved\n", fault=Fault("kill", 1, ("unlink",)))
    assert begun.killed
    (path,) = trial.data.glob("sessions/*/*/*/[!.]*.json")
    path.write_bytes(path.read_bytes()[:500])
    resumed = trial("resume")
    assert resumed.code == 1
    assert_told_well(resumed)
    assert "Every entry of the call is stored in " in resumed.stderr
    assert [*trial.data.glob("live/*.jsonl")]
    path.unlink()
    done(trial("resume"))
    assert "fact001" in trial.facts()
    assert isinstance(Archive(trial.data).read(path.stem).transcript.call.id, str)
