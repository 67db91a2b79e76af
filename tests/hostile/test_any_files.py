"""Whatever stands in a file: it is read, or told as a fault with its place. It ends no command and never hangs."""

from __future__ import annotations

import tempfile
from datetime import datetime, timedelta, timezone
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from recoverycli.content.library import Source
from recoverycli.errors import RecoveryError
from recoverycli.frameworks.dialogues.reader import read_dialogue
from recoverycli.frameworks.library import FrameworkLibrary
from recoverycli.frameworks.reader import read_framework
from recoverycli.live.call import LiveCall
from recoverycli.live.environment import CallEnvironment
from recoverycli.paths import built_in_folder
from recoverycli.phrases.model import read_phrases
from recoverycli.review.calendar import calendar
from recoverycli.review.exporters.formats import TEXTS, export_call, pieces
from recoverycli.review.followups import followups
from recoverycli.review.replay import frames, waits
from recoverycli.review.scoring.reader import read_scorecard
from recoverycli.session.query import best_sentence, read_search
from recoverycli.session.transcript.model import Unreadable, decode, decode_call, encode_document
from recoverycli.settings.load import resolve
from recoverycli.settings.words import change_settings
from recoverycli.settings.write import write
from recoverycli.store.calls.transcript_file import Stored, read_stored
from recoverycli.store.index.values import values_of
from recoverycli.store.phrasebook import Phrasebook
from recoverycli.times.future import read_date
from recoverycli.training.scenarios.reader import read_scenario
from recoverycli.wording.files.reader import read_wording
from tests.conftest import Clock
from tests.content import started
from tests.hostile import strategies as some
from tests.hostile.fuzzing import counted, target, within
from tests.hostile.test_any_words import KNOWN, load
from tests.platforms import needs_alarm

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from recoverycli.content.nodes import Problem
    from recoverycli.settings.words import Change

NOW = datetime(2026, 11, 25, 12, 0, tzinfo=timezone(timedelta(hours=1)))
FRAMEWORKS = some.shortest("frameworks")
SCENARIOS = some.shortest("scenarios")
DIALOGUES = some.shortest("dialogues")
BUILT_IN = FrameworkLibrary((Source(built_in_folder("frameworks"), "built-in"),))
WORDING = some.shortest("wording")
PHRASES = (
    b"schema: 1\nphrases:\n  - say: I hear you, {customer|there}.\n    intent: listen\n    channels: [phone]\n"
    b"    when: {tier: gold}\n  - say: Thank you.\n    framework: learn\n    step: listen\n    moods: [angry]\n"
)
SETTINGS = (
    b'agent = "Sam"\nplain = true\ntheme = "dark"\n\n[[remedies]]\nname = "refund"\nkind = "money"\n'
    b'currency = "EUR"\nleast = 5\nmost = 50.5\nalone = 25\nneeds = "team lead"\n'
)


def _told(problems: Sequence[Problem]) -> None:
    for problem in problems:
        assert problem.found
        assert problem.line >= 1
        assert problem.column >= 1
        assert some.OBEYED.search(problem.as_line().replace("\n", "")) is None or problem.found


def _named(found: list[tuple[str, bytes]]) -> st.SearchStrategy[tuple[str, bytes]]:
    return st.sampled_from(found).flatmap(lambda one: st.tuples(st.just(one[0]), some.files(one[1])))


@target("framework", 60)
@example(("learn.yaml", b"schema: 00000000011\nid: learn\n"))
@example(("learn.yaml", b'schema: 1\nid: "learn\\n"\nextends: ../../x\n'))
@given(_named(FRAMEWORKS))
@counted("framework")
def test_any_framework_file_is_read_or_refused(file: tuple[str, bytes]) -> None:
    name, data = file
    read = read_framework(data, name, lambda _: None)
    assert (read.content is None) == bool(read.problems)
    _told(read.problems)


@target("scenario", 60)
@example((SCENARIOS[0][0], SCENARIOS[0][1].replace(b"schema: 1", b"schema: 0000000011", 1)))
@given(_named(SCENARIOS))
@counted("scenario")
def test_any_scenario_file_is_read_or_refused(file: tuple[str, bytes]) -> None:
    name, data = file
    read = read_scenario(data, name, ("learn", "heart", "latte"))
    assert (read.content is None) == bool(read.problems)
    _told(read.problems)


@target("dialogue", 20)
@example((DIALOGUES[0][0], DIALOGUES[0][1].replace(b"schema: 1", b"schema: 0000000011", 1)))
@given(_named(DIALOGUES))
@counted("dialogue")
def test_any_dialogue_file_is_read_or_refused(file: tuple[str, bytes]) -> None:
    name, data = file
    read = read_dialogue(data, name, BUILT_IN)
    assert (read.content is None) == bool(read.problems)
    _told(read.problems)


@target("wording", 60)
@example((WORDING[0][0], WORDING[0][1].replace(b"schema: 1", b"schema: 0000000011", 1)))
@given(_named(WORDING))
@counted("wording")
def test_any_wording_file_is_read_or_refused(file: tuple[str, bytes]) -> None:
    name, data = file
    read = read_wording(data, name)
    assert (read.content is None) == bool(read.problems)
    _told(read.problems)


@target("phrases", 60)
@example(PHRASES.replace(b"schema: 1", b"schema: 0000000011"))
@given(some.files(PHRASES))
@counted("phrases")
def test_any_file_of_phrases_is_read_or_refused(data: bytes) -> None:
    _told(read_phrases(data, "phrases.yaml").problems)
    with tempfile.TemporaryDirectory() as folder:
        book = Phrasebook(Path(folder) / "phrases.yaml")
        book.path.write_bytes(data)
        _masked_or_unchanged(book.path, book.change_words)


def _masked_or_unchanged(file: Path, change_words: Callable[[Change], int]) -> None:
    """The words of a file are changed so that nothing is left to change, or the file stays."""
    data = file.read_bytes()

    def change(text: str) -> tuple[str, int]:
        return text.replace("e", "*"), text.count("e")

    try:
        change_words(change)
    except RecoveryError as refused:
        assert refused.kept
        assert file.read_bytes() == data
    else:
        assert change_words(change) == 0


@target("scorecard", 60)
@example(b"schema: 0000000011\n")
@given(some.files((some.ROOT / "scorecards" / "default.yaml").read_bytes()))
@counted("scorecard")
def test_any_scorecard_is_read_or_refused(data: bytes) -> None:
    read = read_scorecard(data, "default.yaml")
    assert (read.content is None) == bool(read.problems)
    _told(read.problems)


@target("settings", 60)
@example(b"agent = " + b"9" * 5000)
@example(b"agent = 0x" + b"f" * 5000)
@example(b"[[remedies]]\nname = 'x'\nkind = 'money'\nmost = " + b"9" * 400)
@example(b"[[remedies]]\nname = 'x'\nkind = 'money'\nmost = 0x" + b"f" * 5000)
@example(b"a." * 50_000 + b"b = 1")
@example(b"agent = " + b"[" * 100_000)
@given(some.files(SETTINGS))
@counted("settings")
def test_any_settings_are_used_or_reported_and_changed_or_unchanged(data: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "settings.toml"
        file.write_bytes(data)
        _masked_or_unchanged(file, lambda change: change_settings(file, change))
        file.write_bytes(data)
        before = resolve({}, file, None)
        msgspec.json.encode(before)
        try:
            write(file, {"agent": "Kim"})
        except RecoveryError as refused:
            said = refused.kept
            assert said
            assert file.read_bytes() == data
            return
        after = resolve({}, file, None)
        assert after.settings == msgspec.structs.replace(before.settings, agent="Kim")


# What ended a command once: a moment without its offset, or at the ends of the calendar; a number beyond 64 bits.
def _with(change: dict[str, Any]) -> Any:
    return {**some.transcripts()[0], **change}


@target("transcripts", 120)
@example(_with({"started_at": "2026-11-23T09:00:00"}))
@example(_with({"ended_at": "9999-12-31T23:59:59Z"}))
@example(_with({"promises": [{"id": "p1\rATTACH:x", "at": "0001-01-01T00:00:00+23:59", "what": "x", "due": None}]}))
@example(_with({"x": 10**30}))
@example(_with({"seconds": 1e308}))
@given(some.documents)
@counted("transcripts")
def test_any_transcript_is_refused_or_shown_exported_indexed_and_found(document: Any) -> None:
    data = msgspec.json.encode(document)
    try:
        transcript = decode(data)
    except Unreadable:
        with pytest.raises(Unreadable):
            decode_call(data)
        return
    call = transcript.call
    assert decode_call(data) == call
    assert decode(encode_document(transcript)) == transcript
    one = export_call(transcript)
    for name in TEXTS:
        text = "".join(pieces(name, [one]))
        if name != "cast":
            assert some.OBEYED.search(text.replace("\r\n", "")) is None or name == "json"
    export_call(transcript, notes=False)
    list(waits(frames(call)))
    if call.kind == "call":
        told = calendar(followups([call], NOW), NOW)
        assert b"\r" not in told.replace(b"\r\n", b"")
    best_sentence(call, read_search("refund -x note:a* customer:b"))
    values_of(call)


@cache
def _journals() -> tuple[tuple[str, tuple[Any, ...]], ...]:
    """Two journals of calls in which everything happens, line by line."""
    scripts = (
        (
            "1|/customer Noor|/tick 1|/set weight heavy||x|/promise y by friday 5pm|/hold|/back-on|b"
            "|/offer refund 20 EUR|/switch other|2|/switch|/end|/outcome resolved|/pause"
        ),
        "/set charges pending||||u|/mood angry|/escalate lead: y|/pause",
    )
    made = []
    for framework, script in zip(("little", "branching"), scripts, strict=True):
        with tempfile.TemporaryDirectory() as folder:
            clock = Clock()
            world = CallEnvironment(Path(folder), clock, load, read_date)
            call = LiveCall.start(world, lambda content=KNOWN[framework], clock=clock: started(content, clock()))  # type: ignore[misc]
            path = Path(folder) / "live" / f"{call.session.id}.jsonl"
            for line in script.split("|"):
                call.hear(line)
            made.append((path.name, tuple(map(msgspec.json.decode, path.read_bytes().splitlines()))))
    return tuple(made)


@target("journals", 50)
@example(0, [some.Edit(0, 0, 0)], b'{"schema":1,"id":"x","z":' + b"[" * 100_000)
@given(st.integers(0, 1), some.edits, st.sampled_from([b"", b'{"event":"noted"', b"\x00\x00\x00", b"[" * 2000 + b"\n"]))
@counted("journals")
def test_any_journal_is_refused_untouched_or_gone_on_with_to_a_transcript_that_can_be_read(
    which: int, changed: list[some.Edit], torn: bytes
) -> None:
    name, lines = _journals()[which]
    data = b"\n".join(map(msgspec.json.encode, some.edited(list(lines), changed))) + b"\n" + torn
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        path = home / "live" / name
        path.parent.mkdir()
        path.write_bytes(data)
        clock = Clock()
        try:
            call = LiveCall.resume(CallEnvironment(home, clock, load, read_date), path)
        except RecoveryError:
            assert path.read_bytes() == data
            return
        try:
            if call.session.finished is not None:
                return
            for line in ("a fact that was confirmed", "/end resolved"):
                reply = call.hear(line)
        except RecoveryError as refused:
            told = refused.kept
            assert "is kept" in told
            assert b"a fact that was confirmed" in path.read_bytes()
            return
        assert reply.left is not None
        stored = read_stored(reply.left.path)
        assert isinstance(stored, Stored), stored
        assert stored.transcript.call.outcome == "resolved"
        assert b"a fact that was confirmed" in stored.raw


@needs_alarm
def test_a_target_that_hangs_fails() -> None:
    def forever() -> None:
        with within(0.05):
            while True:
                pass

    with pytest.raises(AssertionError, match="more than"):
        forever()
