"""`recovery quiz` and `practice --weakest`, as they are run."""

from __future__ import annotations

import json
import shlex
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from recoverycli.store.drill_answers import DrillAnswer, append_answer, read_answers
from recoverycli.times import clock
from tests import present
from tests.terminal.screen import Terminal

if TYPE_CHECKING:
    from pathlib import Path

    from tests.commands.recovery import Recovery

# Without the order of the steps, which is answered by more than one number.
ABOUT_ONE = ("learn", "--step", "apologize")


def keys(recovery: Recovery, *argv: str) -> list[dict[str, Any]]:
    """The questions with their answers, without asking them."""
    done = recovery("quiz", *argv, "--key", "--json")
    assert done.returncode == 0, done.stderr
    questions: list[dict[str, Any]] = json.loads(done.stdout)["questions"]
    return questions


def lines(questions: list[dict[str, Any]], *, right: bool) -> str:
    """What to type: all right, or all wrong."""
    typed = []
    for question in questions:
        answer = question["answer"]
        typed.append(" ".join(map(str, answer if right else [*answer[1:], answer[0] % len(question["options"]) + 1])))
        if not right and len(answer) > 1:
            typed[-1] = " ".join(map(str, reversed(answer)))
    return "".join(f"{line}\n" for line in typed)


def weakest(recovery: Recovery) -> dict[str, Any]:
    done = recovery("practice", "--weakest", "--json")
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def answered(recovery: Recovery, step: str | None, days_ago: float, *, right: bool = True) -> None:
    """An answer of some days ago."""
    at = clock.now() - timedelta(days=days_ago)
    append_answer(recovery.data, DrillAnswer(at, "learn", step, "step", right, "0"))


def test_the_same_seed_asks_the_same_quiz_and_another_asks_another(recovery: Recovery) -> None:
    first, second, other = (recovery("quiz", "learn", "--seed", seed).stdout for seed in ("1", "1", "2"))
    assert first == second != other
    assert "Question 1 of 8" in first
    assert not recovery.data.exists(), "nobody answered, so nothing is kept"


def test_every_answer_is_explained_and_the_end_says_how_to_go_on(recovery: Recovery) -> None:
    questions = keys(recovery, "learn", "--seed", "1")
    done = recovery("quiz", "learn", "--seed", "1", stdin=lines(questions, right=True))
    assert done.returncode == 0, done.stderr
    assert "8 of 8 right" in done.stdout
    assert "Next: recovery progress" in done.stdout
    poor = recovery("quiz", "learn", "--seed", "1", stdin=lines(questions, right=False)).stdout
    assert poor.count(", once more: ") == 1, "input ended there"
    assert "0 of 8 right" in poor
    assert poor.count("Not this time. ") == 8
    assert "Again: recovery quiz learn --step " in poor
    assert "In a call: recovery practice --weakest" in poor
    for question in questions:
        assert all(line in poor for line in question["because"])


def test_what_was_answered_is_stored_and_the_rest_is_left_when_input_ends(recovery: Recovery) -> None:
    done = recovery("quiz", *ABOUT_ONE, stdin="nonsense\n99\n1\n?\n\n")
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("is not an answer. 1 to ") == 2
    assert done.stdout.count("Not known yet. It is ") == 2
    assert "of 3 right (2 not known, 5 left for another time)" in done.stdout
    kept = read_answers(recovery.data).answers
    assert [(one.framework, one.step, one.known, one.hinted) for one in kept] == [
        ("learn", "apologize", True, True),
        ("learn", "apologize", False, True),
        ("learn", "apologize", False, True),
    ]
    assert kept[0].right is ("Right." in done.stdout)


def test_what_is_missed_comes_again_in_another_order_until_it_is_right_once(recovery: Recovery) -> None:
    about = ("learn", "--seed", "1", "--step", "apologize", "-n", "2")
    first, second = keys(recovery, *about)

    def place(question: dict[str, Any], turned: int) -> int:
        """The number of the right option after the options moved up by so many places."""
        return int((question["answer"][0] - 1 - turned) % len(question["options"]) + 1)

    typed = ["", place(second, 0), "?", place(first, 2)]
    done = recovery("quiz", *about, stdin="".join(f"{line}\n" for line in typed))
    assert done.stdout.count("Question 1 of 2, once more: ") == 2
    assert "Question 2 of 2, once more" not in done.stdout
    assert "1 of 2 right (1 not known, 1 right when asked once more)" in done.stdout


def test_an_answer_to_a_question_that_came_again_is_stored_as_such_and_does_not_count(recovery: Recovery) -> None:
    done = recovery("quiz", *ABOUT_ONE, "-n", "1", stdin="?\n1\n2\n3\n")
    kept = read_answers(recovery.data).answers
    assert [one.again for one in kept] == [False, *[True] * (len(kept) - 1)]
    assert len(kept) > 1
    assert kept[-1].right or len(kept) == 4, done.stdout
    value = json.loads(recovery("progress", "--json").stdout)
    assert (value["answers"], value["right"]) == (1, 0)


@pytest.mark.parametrize(
    ("option", "told"),
    [
        (("--seed", "7"), "With --seed, a quiz does not count: nothing is stored."),
        (("--class",), "This quiz is for a class: it does not count, and nothing is stored."),
        (("--class", "--seed", "7"), "This quiz is for a class: it does not count, and nothing is stored."),
    ],
)
def test_a_quiz_with_a_seed_or_a_class_says_that_it_does_not_count(
    recovery: Recovery, option: tuple[str, ...], told: str
) -> None:
    done = recovery("quiz", *ABOUT_ONE, *option, stdin="1\n?\n")
    assert done.stdout.startswith(f"{told}\n")
    assert f"of 2 right (1 not known, 6 left for another time)\n{told}" in done.stdout
    assert "Hint: " not in done.stdout, "the trainer's own results decide nothing"
    assert not recovery.data.exists()


def test_answers_are_typed_from_memory_and_what_cannot_be_read_does_not_count(recovery: Recovery) -> None:
    about = ("learn", "--seed", "1", "--own-words", "--step", "listen", "-n", "4")
    questions = keys(recovery, *about)
    assert {question["kind"] for question in questions} == {"name", "say", "repair"}
    assert all(not question["options"] for question in questions)
    right = recovery("quiz", *about, stdin="".join(f"{question['answer']}\n" for question in questions))
    assert "4 of 4 right" in right.stdout
    vague = recovery("quiz", *about, stdin="listn\n" + 3 * "The sky is blue.\n")
    assert (
        vague.stdout.count("The reader cannot tell what your sentence does, so it does not count. It looks for ") == 3
    )
    assert "1 of 1 right (3 not counted)" in vague.stdout
    assert "once more" not in vague.stdout


def test_no_word_that_is_typed_in_the_quiz_is_stored(recovery: Recovery) -> None:
    typed = "Zanzibar is far away."
    done = recovery("quiz", "learn", "--own-words", "--step", "listen", stdin=20 * f"{typed}\n")
    assert "Zanzibar" in done.stdout
    assert recovery.data.exists()
    assert not any(b"anzibar" in path.read_bytes() for path in recovery.data.rglob("*") if path.is_file())


def test_an_answer_is_on_the_disk_before_the_result_is_shown(recovery: Recovery) -> None:
    running = recovery.begin("quiz", *ABOUT_ONE)
    assert running.stdin is not None
    assert running.stdout is not None
    running.stdin.write(b"1\n")
    running.stdin.flush()
    while not (line := running.stdout.readline()).startswith((b"Right.", b"Not this time.")):
        assert line, "it ended before it told"
    running.kill()
    running.wait()
    for stream in (running.stdin, running.stdout, running.stderr):
        assert stream is not None
        stream.close()
    assert len(read_answers(recovery.data).answers) == 1


def test_q_leaves_with_what_was_answered(recovery: Recovery) -> None:
    done = recovery("quiz", "learn", "--seed", "1", stdin="q\n1\n")
    assert "Nothing was answered (nothing is stored)" in done.stdout
    assert not recovery.data.exists()


def test_a_trainer_prints_it_with_and_without_the_answers(recovery: Recovery) -> None:
    paper = recovery("quiz", "learn", "--seed", "1", "--print")
    with_key = recovery("quiz", "learn", "--seed", "1", "--key").stdout
    assert paper.returncode == 0, paper.stderr
    assert "LEARN: recovery quiz learn --seed 1" in paper.stdout
    assert "Name: ____" in paper.stdout
    assert with_key.startswith(paper.stdout)
    assert "Answers\n1. It is " in with_key.removeprefix(paper.stdout)
    assert max(map(len, with_key.splitlines())) <= 76
    bare = json.loads(recovery("quiz", "learn", "--seed", "1", "--json").stdout)
    assert bare["again"] == "recovery quiz learn --seed 1"
    assert not {"answer", "because", "step"} & {key for question in bare["questions"] for key in question}
    assert not recovery.data.exists()


@pytest.mark.parametrize(
    ("argv", "told"),
    [
        (("quiz", "learn", "--seed", "abc"), "the seed abc is not a whole number"),
        (("quiz", "learn", "--seed", "-1"), "the seed -1 is not a whole number"),
        (("quiz", "lern"), "did you mean learn?"),
        (("quiz", "learn", "--step", "apologise"), "did you mean apologize?"),
        (("quiz", "learn", "--questions", "0"), "--questions"),
        (("practice", "late-parcel", "--weakest"), "--weakest chooses the scenario itself"),
        (("practice", "--weakest", "--framework", "lern"), "did you mean learn?"),
    ],
)
def test_a_wrong_word_gets_a_plain_message(recovery: Recovery, argv: tuple[str, ...], told: str) -> None:
    done = recovery(*argv)
    assert done.returncode == 2
    assert told in done.stderr
    assert not recovery.data.exists()


def test_the_step_that_was_missed_is_offered_first_and_after_right_answers_later(recovery: Recovery) -> None:
    answered(recovery, "listen", 20)
    for _ in range(2):
        answered(recovery, "apologize", 0, right=False)
    assert weakest(recovery)["next"]["step"] == "listen", "what is missed today is due tomorrow"
    with present.at(clock.now() + timedelta(days=1)):
        found = weakest(recovery)["next"]
        assert (found["step"], found["is_due"], found["why"]) == (
            "apologize",
            True,
            "two of two tries missed; due today",
        )
        assert (found["support"], found["own_words"], found["hints"]) == ("choose with hints", False, True)
        answered(recovery, "apologize", 0)
        assert weakest(recovery)["next"]["step"] == "listen"


def test_it_leads_into_a_role_play_that_trains_the_step_and_says_why(recovery: Recovery) -> None:
    answered(recovery, "apologize", 3, right=False)
    told = recovery("practice", "--weakest", stdin="1\n" * 12)
    assert told.returncode == 0, told.stderr
    assert told.stdout.startswith("Apologize of LEARN: missed the one time; due since ")
    (played,) = recovery.data.glob("practice/**/*.json")
    before = json.loads(played.read_bytes())
    assert (before["kind"], before["framework"]["id"]) == ("practice", "learn")
    assert "apologize" in json.loads(recovery("scenarios", "show", before["scenario"], "--json").stdout)["trains"]


def test_when_nothing_is_due_it_says_so_and_offers_the_weakest_all_the_same(recovery: Recovery) -> None:
    for days_ago in (9, 7, 0.01):
        answered(recovery, "listen", days_ago)
    told = recovery("practice", "--weakest", stdin="").stdout
    assert "Nothing is due. Weakest: Listen of LEARN: never missed in three tries; due on " in told
    quiz = recovery("quiz").stdout
    assert "Nothing is due today, 4 steps are new." in quiz
    for step in ("empathize", "apologize", "resolve", "notify"):
        answered(recovery, step, 0.01)
    assert "Nothing is due today; the next is on " in recovery("quiz").stdout


def test_when_nothing_is_known_it_says_how_to_begin(recovery: Recovery) -> None:
    told = recovery("practice", "--weakest")
    assert (told.returncode, told.stdout.splitlines()[0]) == (0, "Nothing is known yet about what you find hard.")
    assert "recovery quiz" in told.stdout
    assert weakest(recovery) == {"next": None, "begin": "recovery quiz", "reached": []}
    assert "Question 1 of 8" in recovery("quiz").stdout
    assert not recovery.data.exists()


def test_a_quiz_without_a_framework_asks_what_is_due(recovery: Recovery) -> None:
    answered(recovery, "notify", 9, right=False)
    answered(recovery, None, 8, right=False)
    told = recovery("quiz").stdout
    assert "2 steps are due today, 4 steps are new." in told
    questions = keys(recovery)
    assert {question["step"] for question in questions} >= {"notify", None}
    assert [question["step"] for question in questions].count("notify") >= 2
    assert len(questions) <= 8


def test_a_step_of_a_company_that_no_role_play_trains_leads_to_questions(recovery: Recovery, tmp_path: Path) -> None:
    own = tmp_path / "config" / "frameworks"
    own.mkdir(parents=True)
    steps = "".join(
        f"  - {{id: {name}, name: {name}, intent: {intent}, goal: Do {name} well., phrases: [{{say: Now {name}.}}]}}\n"
        for name, intent in (("write", "document"), ("teach", "train"), ("look", "diagnose"))
    )
    head = "schema: 1\nid: ours\nname: OURS\nexpands_to: Write, teach, look\nsummary: Ours.\nsteps:\n"
    (own / "ours.yaml").write_text(head + steps, encoding="utf-8")
    append_answer(recovery.data, DrillAnswer(clock.now(), "ours", "teach", "goal", False, "0"))
    told = recovery("practice", "--weakest")
    assert "No role-play trains it; the quiz does: recovery quiz ours --step teach" in told.stdout, told.stderr
    assert {question["step"] for question in keys(recovery, "ours", "--step", "teach")} == {"teach"}


def test_a_damaged_line_is_reported_and_skipped(recovery: Recovery) -> None:
    answered(recovery, "listen", 3, right=False)
    path = recovery.data / "practice" / "answers.jsonl"
    path.open("ab").write(b"torn")
    done = recovery("practice", "--weakest", "--json")
    assert json.loads(done.stdout)["next"]["step"] == "listen"
    assert f"warning: {path}:2: this is not a valid answer" in done.stderr


def test_the_debrief_names_a_quiz_about_the_step_that_was_hardest(recovery: Recovery) -> None:
    told = recovery("practice", "late-parcel", "--seed", "1", stdin="2\n2\n2\n2\n2\n").stdout
    drill = next(line for line in told.splitlines() if line.startswith("Then: "))
    assert drill.startswith("Then: recovery quiz learn --step ")
    assert "Question 1 of" in recovery(*shlex.split(drill.removeprefix("Then: recovery "))).stdout


def test_on_a_terminal_it_is_asked_answered_not_known_and_left(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path, "quiz", *ABOUT_ONE)
    terminal.expect("1 of 8", "Enter: not known, q: leave")
    terminal.say("0")
    terminal.expect("0 is not an answer.")
    terminal.say("1")
    terminal.expect("2 of 8")
    assert "Right." in terminal.text or "Not this time." in terminal.text
    terminal.press("enter")
    # Wherever the third question is just then: on its way to the screen, or waiting for its answer.
    terminal.expect("3 of 8", "Not known yet.")
    terminal.press("ctrl-c")
    terminal.expect("1 not known, 6 left for another time")
    assert terminal.end() == 0
    assert [one.known for one in read_answers(tmp_path / "data").answers] == [True, False]


def test_in_a_small_window_the_reason_is_read_before_the_next_question(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path, "--no-pager", "quiz", *ABOUT_ONE, columns=40, lines=10)
    terminal.expect("q: leave)")
    terminal.say("1")
    terminal.expect("Press a key to go on.")
    terminal.press(" ")
    terminal.expect("q: leave):", gone="Press a key")
    assert all(len(line) <= 40 for line in terminal.lines)
    terminal.say("q")
    assert terminal.end() == 0


def test_a_big_quiz_fills_the_screen_with_one_question_and_then_with_its_answer(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path, "quiz", "learn", "--class", "--big", "-n", "1", "--seed", "3")
    terminal.expect("Question 1 of 1", "not known")
    assert max(len(line.strip()) for line in terminal.lines[:-1]) <= 38
    terminal.press("enter")
    terminal.expect("Not known yet.", "Press a key to go on", gone="Question 1 of 1")
    terminal.press(" ")
    terminal.expect("once more")
    terminal.press("ctrl-c")
    assert terminal.end() == 0
    assert read_answers(tmp_path / "data").answers == ()
