"""The flow of a framework for readers: its live steps in order, and where each answer of a branch leads. Pure.

Branches that no answer can lead along are left out, by the same proofs as in the validation of a file.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from recoverycli.frameworks.checks import check_capture, every_check
from recoverycli.frameworks.computed import computed_words
from recoverycli.frameworks.condition_text import answer_text, condition_text
from recoverycli.frameworks.model import ON, WRAP_UP
from recoverycli.frameworks.paths import condition_names, plain_next
from recoverycli.frameworks.validation.proof import cover_all, hidden_by, never_holds

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from recoverycli.frameworks.model import Capture, Framework, Step, StepPath

END = "Wrap-up"
# The end of a playbook that another one calls.
RETURN = "Return"
ALONG = "on along its path"
OTHERWISE = "else"


class Branch(NamedTuple):
    """An answer, and the names of the steps that it leads through; the call continues at the last one.

    `is_clause` says that the answer is a clause that stands after "if", because it is about several values. `outcome`
    is how a call ends that goes this way; empty if the branch says nothing of it.
    """

    answer: str
    through: tuple[str, ...]
    is_clause: bool = False
    outcome: str = ""

    @property
    def words(self) -> str:
        """The answer as it stands alone."""
        if self.answer == OTHERWISE:
            return "otherwise"
        return f"if {self.answer}" if self.is_clause else self.answer


class FlowRule(NamedTuple):
    """A value that is worked out: what it is, and how, a line for each row of its table."""

    name: str
    rows: tuple[str, ...]


class FlowStep(NamedTuple):
    """A step of the flow. `aside` says that only a path leads to it.

    `on` is where it leads when no branch is taken; empty if one is always taken.
    """

    number: int
    id: str
    name: str
    aside: bool
    question: str
    branches: tuple[Branch, ...]
    on: str
    # The playbook that the step calls before it leads on, and its name; empty if it calls none.
    calls: str = ""
    called: str = ""
    rules: tuple[FlowRule, ...] = ()
    # How a call ends in which it is done; empty if it says nothing of it.
    outcome: str = ""


def call_words(step: FlowStep) -> str:
    """Return which playbook a step calls, in words."""
    named = f"{step.called} ({step.calls})" if step.called else step.calls
    return f"goes through {named} and returns"


def ends_otherwise(step: FlowStep) -> bool:
    """Whether the last branch of a step takes every other case."""
    return any(branch.answer == OTHERWISE for branch in step.branches)


def flow(framework: Framework, called: Iterable[Framework] = (), end: str = END) -> tuple[FlowStep, ...]:
    """Return the live steps of a framework with their branches, in the order of the file.

    `called` are the playbooks that it calls: its conditions may be about what they capture.
    """
    steps = framework.live_steps
    names = {step.id: step.name for step in steps} | {WRAP_UP: end}
    inner = {one for step in steps for path in step.paths for one in path.through}
    playbooks = {one.id: one for one in called}
    facts = dict(_facts((*(step for one in playbooks.values() for step in one.live_steps), *reversed(framework.steps))))
    return tuple(
        FlowStep(
            number,
            step.id,
            step.name,
            step.by_path,
            _question(step, facts),
            *_ways(step, steps, names, facts, is_inner=step.by_path and step.id in inner),
            step.call or "",
            playbooks[step.call].name if step.call in playbooks else "",
            tuple(FlowRule(one.ask, how) for one in step.capture if (how := computed_words(one))),
            _outcome(step),
        )
        for number, step in enumerate(steps, start=1)
    )


def _ways(
    step: Step, steps: Sequence[Step], names: Mapping[str, str], facts: Mapping[str, Capture], *, is_inner: bool
) -> tuple[tuple[Branch, ...], str]:
    """The branches of a step that an answer can lead along, and where it leads without one; empty if nowhere."""
    plain = ALONG if is_inner else names[plain_next(steps, step)]
    whens = [path.when for path in step.paths]
    hidden = hidden_by(whens, facts)
    branches = tuple(
        _branch(step, path, steps, names)
        for number, path in enumerate(step.paths)
        if number not in hidden and not (path.when and never_holds(path.when, facts))
    )
    if len(branches) == 1 and branches[0].answer == OTHERWISE and len(branches[0].through) == 1:
        return (), branches[0].through[0]
    return branches, "" if whens and all(whens) and cover_all(whens, facts) else plain


def _outcome(step: Step) -> str:
    """The outcome of a step, or of the only path that it always takes."""
    only = step.paths[0].outcome if len(step.paths) == 1 and not step.paths[0].when else None
    return only or step.outcome or ""


def _facts(steps: Iterable[Step]) -> Iterator[tuple[str, Capture]]:
    for step in steps:
        yield from ((check.id, check_capture(check)) for check in every_check(step))
        yield from ((capture.id, capture) for capture in step.capture)


def _question(step: Step, facts: Mapping[str, Capture]) -> str:
    asks = (facts[name].ask if name in facts else _name_question(name) for name in condition_names(step))
    return " ".join(asks)


def _name_question(name: str) -> str:
    return f"{name.replace('_', ' ').capitalize()}?"


def _branch(step: Step, path: StepPath, steps: Sequence[Step], names: Mapping[str, str]) -> Branch:
    end = plain_next(steps, step) if path.to == ON else path.to
    through = tuple(names[one] for one in (*path.through, end))
    if not path.when:
        return Branch(OTHERWISE, through, outcome=path.outcome or "")
    is_clause = len(condition_names(step)) > 1
    words = condition_text(path.when) if is_clause else answer_text(path.when)
    return Branch(words, through, is_clause, path.outcome or "")
