"""The words of an agent while they are typed: the warning in the toolbar, and what is loaded for it before the prompt.

The drafts are the labelled sentences of the tests, 200 words at a time, with their marks and without. Of each the
fastest of five runs counts, and the slowest draft is reported. Loading is compared with parsing the same YAML: in the
first call after a change, when it is compiled, and in every other call, when it is read from the cache.
"""

from __future__ import annotations

import gc
import itertools
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from measuring import RUNS, Row

sys.path.insert(0, str(Path(__file__).parent.parent))

from tests.content import started
from tests.wording.reading_sets import SETS, sentences

from recoverycli.content.library import Source
from recoverycli.frameworks.library import FrameworkLibrary
from recoverycli.live.call_wording import load_for_call
from recoverycli.live.cards import CallCards
from recoverycli.live.coach import Coach
from recoverycli.session.state import begin
from recoverycli.store.layout import WORDING_CACHE
from recoverycli.system.threads import run_in_thread
from recoverycli.wording.files.library import FOLDER

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROOT = Path(__file__).resolve().parent.parent
WORDS = 200
FRAME = 16
# Milliseconds without a key that nobody notices.
PAUSE = 20
FRAMEWORKS = FrameworkLibrary((Source(ROOT / "frameworks", "built-in"),))
WORDING = Source(ROOT / FOLDER, "built-in")
FILES = [path.read_bytes() for path in sorted(WORDING.folder.glob("*.yaml"))]
CARDS = CallCards(FRAMEWORKS).ids
_MARKS = str.maketrans("", "", '.,;:!?"()')


def wording_rows() -> list[Row]:
    """The warning while typing, and the loading of the wording."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        slowest = _slowest_warning(home)
        parsing = statistics.median(_seconds(_parse) for _ in range(RUNS))
        from_cache = statistics.median(_in_new_process("load", home) for _ in range(RUNS))
        compiling = statistics.median(_in_new_process("load", _emptied(home)) for _ in range(RUNS))
        waiting = min(_in_new_process("wait", _emptied(home)) for _ in range(RUNS))
    floor = f"its YAML, {parsing * 1000:.0f} ms"
    return [
        Row(f"warning while typing, {WORDS} words", slowest * 1000, FRAME, "ms", "one frame"),
        Row("wording loaded, in every call", from_cache / parsing, 0.5, floor=floor),
        Row("wording loaded, in the first call after a change", compiling / parsing, 7, floor=floor),
        Row("meanwhile the longest wait for a key", waiting * 1000, PAUSE, "ms"),
    ]


def _slowest_warning(home: Path) -> float:
    # As in a call.
    gc.disable()
    framework = FRAMEWORKS.load("learn").content
    coach = Coach(load=lambda: load_for_call(home, (WORDING,), CARDS).readers())
    for _ in coach.warm(framework):
        pass
    session = begin(started(framework, datetime.now(UTC)))
    warnings = (partial(coach.suggest_better, draft, session) for draft in drafts())
    slowest = max(min(_seconds(warning) for _ in range(5)) for warning in warnings)
    gc.enable()
    return slowest


def drafts() -> Iterator[str]:
    """Yield texts of 200 words, with marks and without."""
    words = " ".join(row.text for one in SETS for row in sentences(*one.tuned)).split()
    for start in range(0, len(words) - WORDS, WORDS):
        draft = " ".join(words[start : start + WORDS])
        yield draft
        yield draft.translate(_MARKS)


def _seconds(run: Callable[[], object]) -> float:
    """Seconds of this process: nothing here waits, and another process may be at work."""
    began = time.process_time()
    run()
    return time.process_time() - began


def _parse() -> None:
    import yaml

    for data in FILES:
        yaml.load(data, yaml.CSafeLoader)


def _in_new_process(what: str, home: Path) -> float:
    told = subprocess.run([sys.executable, __file__, what, str(home)], capture_output=True, check=True).stdout
    return float(told)


def _emptied(home: Path) -> Path:
    (home / WORDING_CACHE).unlink(missing_ok=True)
    return home


def _load(home: Path) -> None:
    load_for_call(home, (WORDING,), CARDS).readers()


def _longest_wait(home: Path) -> float:
    """Seconds that both threads need in the longest step, in which no key would be read."""
    moments = [time.process_time()]
    moments += (time.process_time() for _ in run_in_thread(partial(_load, home)))
    return max(after - before for before, after in itertools.pairwise(moments))


if __name__ == "__main__":
    gc.disable()
    measured, where = sys.argv[1], Path(sys.argv[2])
    print(_longest_wait(where) if measured == "wait" else _seconds(partial(_load, where)))
