"""What a typed answer is worth: right, wrong, not known, or nothing that can be told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from recoverycli.text.tokens import tokens
from recoverycli.training.quiz.questions import read_answer
from recoverycli.training.quiz.step_names import read_name

if TYPE_CHECKING:
    from recoverycli.training.quiz.questions import QuizQuestion
    from recoverycli.training.quiz.sentences import SentenceReader
    from recoverycli.wording.model import GoodAct

Verdict = Literal["right", "wrong", "unknown", "unclear"]

_DO_NOT_KNOW = frozenset(["", "don t know", "i don t know", "dont know", "i dont know", "i do not know", "no idea"])
# What the reader looks for, of each act.
_LOOKED_FOR: dict[GoodAct, str] = {
    "acknowledges": "words that show you heard them",
    "asks": "a question, or words that ask them to tell more",
    "apologizes": "words that say sorry",
    "takes-responsibility": "words that take the fault on us",
    "explains": "words that give the reason",
    "offers": "words that offer a way to solve it",
    "commits": "words that say what you will do, and by when",
    "thanks": "words that thank them",
}


class JudgedAnswer(NamedTuple):
    """A verdict and what is said of the answer itself. Only the first three verdicts count."""

    verdict: Verdict
    remarks: tuple[str, ...] = ()

    @property
    def counts(self) -> bool:
        """Whether it says something about the learner."""
        return self.verdict != "unclear"


def judge(question: QuizQuestion, typed: str, reader: SentenceReader) -> JudgedAnswer | None:
    """Return what an answer is worth; None if it can be no answer, and is asked for again.

    Nothing, `?` and "don't know" all say that it is not known.
    """
    if typed.strip() == "?" or " ".join(token.text for token in tokens(typed)) in _DO_NOT_KNOW:
        return JudgedAnswer("unknown")
    if question.names:
        return _judge_name(question, typed)
    if question.is_typed:
        return _judge_sentence(question, typed, reader)
    given = read_answer(question, typed)
    if given is None:
        return None
    if given == question.answer:
        return JudgedAnswer("right")
    remark = question.remarks[given[0] - 1] if len(given) == 1 and question.remarks else ""
    return JudgedAnswer("wrong", (f"Your {given[0]}: {remark}",) if remark else ())


def _judge_name(question: QuizQuestion, typed: str) -> JudgedAnswer:
    named = read_name(typed, (*question.names, *question.others))
    if named in question.names:
        return JudgedAnswer("right")
    if named is None:
        return JudgedAnswer("wrong", (f'No step of {question.framework_name} is called "{typed.strip()[:40]}".',))
    return JudgedAnswer("wrong", (f"{named} is another step of {question.framework_name}.",))


def _judge_sentence(question: QuizQuestion, typed: str, reader: SentenceReader) -> JudgedAnswer:
    heard = question.sentence if question.kind == "say" else ""
    read = reader.read(typed, question.wants, heard)
    if read.backfires:
        return JudgedAnswer("wrong", read.backfires)
    if read.does:
        return JudgedAnswer("right", read.does)
    wanted = "; or ".join(_LOOKED_FOR[act] for act in question.wants)
    return JudgedAnswer("unclear", (f"It looks for {wanted}.",))
