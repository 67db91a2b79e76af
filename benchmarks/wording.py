"""The words of an agent while they are typed: the warning in the toolbar, and what is loaded for it before the prompt.

The drafts are the labelled sentences of the tests, 200 words at a time, with their marks and without. Of each the
fastest of five runs counts, and the slowest draft is reported. Loading is compared with parsing the same YAML.
"""

from __future__ import annotations

import gc
import statistics
import sys
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
from recoverycli.live.cards import CallCards
from recoverycli.live.coach import Coach
from recoverycli.session.state import begin
from recoverycli.wording import library, places, reader
from recoverycli.wording.cards import CardTriggers
from recoverycli.wording.matcher import Matcher

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROOT = Path(__file__).resolve().parent.parent
WORDS = 200
FRAME = 16
FRAMEWORKS = FrameworkLibrary((Source(ROOT / "frameworks", "built-in"),))
WORDING = Source(ROOT / library.FOLDER, "built-in")
FILES = [path.read_bytes() for path in sorted(WORDING.folder.glob("*.yaml"))]
CARDS = CallCards(FRAMEWORKS).ids
_MARKS = str.maketrans("", "", '.,;:!?"()')


def wording_rows() -> list[Row]:
    """The warning while typing, and the loading of the wording."""
    # As in a call.
    gc.disable()
    framework = FRAMEWORKS.load("learn").content
    coach = Coach(load=lambda: Matcher(library.load((WORDING,), CARDS).wording))
    coach.warm(framework)
    session = begin(started(framework, datetime.now(UTC)))
    warnings = (partial(coach.suggest_better, draft, session) for draft in drafts())
    slowest = max(min(_seconds(warning) for _ in range(5)) for warning in warnings)
    parsing = statistics.median(_seconds(_parse) for _ in range(RUNS))
    loading = statistics.median(_seconds(_load) for _ in range(RUNS))
    gc.enable()
    return [
        Row(f"warning while typing, {WORDS} words", slowest * 1000, FRAME, "ms", "one frame"),
        Row("wording loaded after the first step", loading / parsing, 6, floor=f"its YAML, {parsing * 1000:.0f} ms"),
    ]


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


def _load() -> None:
    reader.read_built_in.cache_clear()
    places.places.cache_clear()
    places._part.cache_clear()  # noqa: SLF001
    wording = library.load((WORDING,), CARDS).wording
    Matcher(wording)
    CardTriggers(wording)
