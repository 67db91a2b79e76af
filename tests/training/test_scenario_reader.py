"""A scenario file with a fault is told where it stands, why, and what was meant."""

from __future__ import annotations

from recoverycli.training.scenarios.reader import read_scenario
from tests.cases import for_each
from tests.training.played import FOLDER

SOUND = (FOLDER / "late-parcel.yaml").read_text(encoding="utf-8")


def problems(text: str, frameworks: tuple[str, ...] = ("learn", "last")) -> list[str]:
    read = read_scenario(text.encode(), "late-parcel.yaml", frameworks)
    assert (read.content is None) == bool(read.problems)
    return [problem.as_line() for problem in read.problems]


def changed(old: str, new: str, count: int = 1) -> str:
    assert old in SOUND
    return SOUND.replace(old, new, count)


def test_the_file_as_it_is_has_no_fault() -> None:
    assert problems(SOUND) == []


@for_each(
    "old, new, told",
    [
        ("mood: upset", "mood: angri", "did you mean `angry`?"),
        ("to: story", "to: stori", "there is no node `stori`"),
        ("to: story", "to: stori", "did you mean `story`?"),
        ("start: opening", "start: [opening, story]", "found a list"),
        ("start: opening", "start: opening\nstart: story", "the key `start` appears twice"),
        ("reveals: was-at-home", "reveals: at-home", "there is no fact `at-home`"),
        ("kind: recovered", "kind: patched-up", "there is no ending of the kind recovered"),
        (
            "    kind: lost\n    says:\n      - Forget",
            "    kind: patched-up\n    says:\n      - Forget",
            "the last ending is patched-up; `lost` and no `when`",
        ),
        ("was-at-home: found", "was-at-hom: found", "did you mean `was-at-home`?"),
        ("was-at-home: found", "was-at-home: yes it is", "answers: found, not found"),
        ("was-at-home: found, ease: {at-least: 8}", "was-at-home: found, ease: {at-least: much}", "it is a number"),
        ("age: [four, five, six]", "age: []", "`age` has no values"),
        ("age: [four, five, six]", "old: [four, five, six]", "unknown placeholder {age}"),
        ("age: [four, five, six]", "age: [four]\n  size: [small]", "no text uses {size}"),
        ("age: [four, five, six]", "age: [four]\n  agreed: [x]", "`agreed` is what was agreed"),
        ("agrees: [shop]", "agrees: [shopp]", "did you mean `shop`?"),
        ("agrees: [shop]", "agrees: [shop]\n        refuses: [shop]", "both agrees and refuses `shop`"),
        ("        agrees: [shop]\n", "", "no reply agrees or refuses `shop`"),
        ("id: shop", "id: was-at-home", "the fact or remedy `was-at-home` appears twice"),
        ("id: by-tonight", "id: shop", "`shop` names something else as well"),
        ("id: shop", "id: ease", "`ease` names something else as well"),
        ("when: {shop: agreed, ease", "when: {refund: agreed, ease", "`shop: agreed` in its `when`"),
        ("when: {shop: agreed, ease", "when: {shop: {not: refused}, ease", "can be reached without it"),
        ("when: {agreed: {at-least: 1}}", "when: {ease: {at-most: 2}}", "can be reached with nothing agreed"),
        ("    tells: [shop]\n", "", "`fetched-it` can be reached after"),
        ("effect: 3\n", "lure: guess\n        effect: 3\n", "is the best reply of `story` and has a lure"),
        ("lure: doubt", "lure: doubts", "did you mean `doubt`?"),
        ("framework: learn", "framework: lern", "did you mean `learn`?"),
        ("channel: phone", "channel: fax", "`fax` is not allowed here"),
        ("id: late-parcel", "id: later-parcel", "the file is named `late-parcel`"),
        ("schema: 1", "schema: 2", "written for a newer version"),
        ("effect: 2", "effect: 7", "out of bounds"),
        ("    when: {shop: agreed, ease: {at-least: 4}}\n    tells: [shop]\n", "", "hides those after it"),
        ("id: it-will-do", "id: before-breakfast", "the ending `before-breakfast` appears twice"),
        ("tells: [shop]", "tels: [shop]", "did you mean `tells`?"),
        ("You want the {gift}, or", "The {gift}, or", "`wants` of the card does not speak to the player"),
        ("wants: You want the", "wants: The customer wants the", "`wants` of the card speaks of the customer"),
        ("    hardens: You become", "    harden: You become", "did you mean `hardens`?"),
        ("You want the {gift}", "You want the {gifts}", "unknown placeholder {gifts}"),
    ],
)
def test_a_fault_says_what_it_is_with_a_suggestion(old: str, new: str, told: str) -> None:
    found = problems(changed(old, new))
    assert any(told in line for line in found), found
    assert all(line.startswith("late-parcel.yaml:") for line in found)


def test_rows_of_draws_have_the_same_names_and_values_without_braces() -> None:
    drawn = '  gift: [toy train, "doll\'s house", wooden farm]\n  age: [four, five, six]\n'
    row = "at: '12.04', by: eight"
    rows = f"  - {{gift: train, age: four, {row}}}\n  - {{gift: '{{farm}}', {row}}}\n"
    rest = SOUND[SOUND.index(drawn) + len(drawn) : SOUND.index("facts:\n")]
    told = problems(changed(drawn + rest, rows))
    assert any("this row has other names; each row: gift, age, at, by" in line for line in told)
    assert any("a brace in `{farm}`" in line for line in told)


def test_a_reply_that_needs_a_fact_which_is_never_known_there_is_reported() -> None:
    assert problems(changed("signs: [pressure", "needs: was-at-home\n        signs: [pressure")) == []
    told = problems(changed("signs: [no photo", "needs: was-at-home\n        signs: [no photo"))
    assert any("`say-what-you-see` can never be given; `was-at-home` is never known here" in line for line in told)


def test_a_dead_end_is_reported() -> None:
    head, _, rest = SOUND.partition("  - id: no-photo\n")
    _, _, after = rest.partition("  - id: options\n")
    dead = f"{head}  - id: no-photo\n    says: And?\n    replies: []\n  - id: options\n{after}"
    assert any("`no-photo` is a dead end" in line for line in problems(dead))


def test_a_conversation_that_loops_is_reported_with_its_path() -> None:
    circle = changed("to: end\n        agrees: [refund]", "to: opening\n        agrees: [refund]")
    (told,) = problems(circle)
    assert "loops" in told
    assert "opening" in told
    assert "options" in told


def test_a_node_that_nobody_leads_to_is_dead() -> None:
    told = problems(changed("to: no-photo", "to: options", count=2))
    assert any("no reply leads to the node `no-photo`" in line for line in told)


def test_an_ending_that_nobody_can_reach_says_how_far_one_gets() -> None:
    harsh = SOUND.replace("was-at-home: found, ease: {at-least: 8}", "was-at-home: found, ease: {at-least: 11}")
    (told,) = problems(harsh)
    assert "no reply leads to the ending `before-breakfast`; the customer is never more at ease than 10 of 10" in told


def test_a_reply_needs_a_reason() -> None:
    text = changed("        because: It is fair, but money is no present, and he did not ask for it.\n", "")
    assert any("the key `because` is missing; a reply needs it" in line for line in problems(text))
