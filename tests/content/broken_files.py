"""Files as authors break them: each with the file that its author meant."""

from __future__ import annotations

from typing import NamedTuple

FRAMEWORK = """\
schema: 1
id: our-way
name: Our way
expands_to: Listen, Solve
summary: For the counter, where the queue is listening too.
suits: {channels: [phone, in-person]}
placeholders: [order, call_by]
steps:
  - id: listen
    name: Listen
    intent: listen
    goal: They have told all of it, and know that you heard it.
    ask: ["What happened, from the start?"]
    avoid:
      - say: "Calm down"
        because: It makes the feeling the problem, and most people get louder.
        instead: "Go on, I want to hear it."
    phrases:
      - say: "Please tell me what happened, from the beginning."
      - say: "What happened next?"
      - say: "Please tell me everything. I won't interrupt."
        moods: [angry]
  - id: solve
    name: Solve
    intent: solve
    goal: They have chosen one of two ways out, and know by when.
    checklist:
      - {id: notice, text: Read the recording notice, required: true}
    phrases:
      - say: "I can replace it or refund it. Which do you prefer?"
      - say: "I'll call you about {order} by {call_by}."
        promise: {what: "call about the order", by: call_by}
      - say: "My name is {agent}, and you can ask for me."
"""

WORDING = """\
schema: 1
id: ours
name: Our wording
patterns:
  - id: as-per-terms
    kind: policy-wall
    say: ["as per our (general) terms", "the terms say"]
    because: It makes a rule of what they feel.
    instead: "Here's what I can do."
  - id: no-time
    kind: refusal
    say: ["no time for that"]
    because: It says that they do not matter.
    instead: "I can do that at four."
"""

SHARED = """\
schema: 1
intent: listen
placeholders: [shop]
phrases:
  - say: "Welcome back to {shop}. What happened?"
  - say: "Which tour was it, and what did you expect?"
    issues: [delivery]
    channels: [phone, in-person]
    moods: [calm]
  - say: "Please go on."
"""

FAMILIES = """\
schema: 1
families:
  - id: garden
    name: Garden tours
    words: [tour, rained off, guide]
    ask: ["Which tour was it?"]
    capture:
      - {id: tour_number, ask: "What is the number of the tour?"}
      - {id: weather, ask: "What was the weather?", kind: choice, choices: [rain, snow]}
    at: [listen]
"""


class Broken(NamedTuple):
    """A broken file, and the file after the lines of its messages were put in."""

    name: str
    text: str
    corrected: str

    @property
    def line(self) -> int:
        """The first line that the author has to change, from 1."""
        pairs = zip(self.text.split("\n"), self.corrected.split("\n"), strict=False)
        return next(number for number, (broken, corrected) in enumerate(pairs, start=1) if broken != corrected)


def _broken(name: str, right: str, wrong: str, corrected: str | None = None, text: str = FRAMEWORK) -> Broken:
    """Return a file in which an author wrote `wrong` for `right`; `corrected` is what the message tells to write."""
    assert text.count(right) == 1, (name, text.count(right))
    return Broken(name, text.replace(right, wrong), text.replace(right, right if corrected is None else corrected))


NBSP = "\u00a0"
# Written before the code that explains them.
FIRST = (
    _broken("no space after a colon", "name: Our way", "name:Our way"),
    _broken("no space after a colon in a list", '- say: "What happened next?"', '- say:"What happened next?"'),
    _broken(
        "a colon in a sentence",
        "summary: For the counter, where the queue is listening too.",
        "summary: For the counter: the queue is listening too.",
        'summary: "For the counter: the queue is listening too."',
    ),
    _broken(
        "a colon in a sentence of a list",
        '    ask: ["What happened, from the start?"]',
        "    ask:\n      - First of all: what happened?",
        '    ask:\n      - "First of all: what happened?"',
    ),
    _broken(
        "an apostrophe in single quotes",
        '- say: "Please tell me everything. I won\'t interrupt."',
        "- say: 'Please tell me everything. I won't interrupt.'",
    ),
    _broken("a tab", "    name: Listen\n", "\tname: Listen\n"),
    Broken("tabs throughout", FRAMEWORK.replace("  ", "\t"), FRAMEWORK),
    _broken("a tab after a dash", '      - say: "What happened next?"', '      -\tsay: "What happened next?"'),
    _broken("no-break spaces as an indent", "    goal: They have told", f"{NBSP * 4}goal: They have told"),
    _broken("a no-break space after a colon", "name: Solve", f"name:{NBSP}Solve"),
    _broken("an indent of one too few", "    intent: solve", "   intent: solve"),
    _broken("an indent of one too many", "    intent: solve", "     intent: solve"),
    _broken("a first line with an indent", "schema: 1", " schema: 1"),
    _broken("a step with an indent of its own", "  - id: solve", "   - id: solve"),
    _broken(
        "a phrase with an indent of its own",
        '      - say: "What happened next?"',
        '       - say: "What happened next?"',
    ),
    _broken("a text that begins with a hash", "name: Our way", "name: #ourway", 'name: "#ourway"'),
    _broken(
        "typographic quotes around a colon",
        '- say: "I can replace it or refund it. Which do you prefer?"',
        "- say: “I can do one of two things: replace it or refund it.”",
        '- say: "I can do one of two things: replace it or refund it."',
    ),
    _broken("typographic quotes around a key", "name: Our way", "“name”: Our way"),
    _broken("no colon", "name: Our way", "name Our way"),
    _broken("no colon above a list", "    checklist:\n", "    checklist\n"),
    _broken("an equals sign", "    name: Solve", "    name = Solve"),
    _broken("a semicolon", '      - say: "What happened next?"', '      - say; "What happened next?"'),
    _broken("a wide colon", "name: Our way", "name\uff1aOur way"),
    _broken("no dash, at the words above", '      - say: "What happened next?"', '        say: "What happened next?"'),
    _broken("no dash, at the dash above", '      - say: "What happened next?"', '      say: "What happened next?"'),
    _broken("no space after a dash", '      - say: "What happened next?"', '      -say: "What happened next?"'),
    _broken("a bullet", '      - say: "What happened next?"', '      • say: "What happened next?"'),
    _broken("a dash of a word processor", '      - say: "What happened next?"', '      – say: "What happened next?"'),
    _broken("a quote that is not closed", '- say: "What happened next?"', '- say: "What happened next?'),
    _broken("a quote closed by another one", '- say: "What happened next?"', "- say: \"What happened next?'"),
    _broken("a bracket that is not closed", "placeholders: [order, call_by]", "placeholders: [order, call_by"),
    _broken(
        "a brace that is not closed", "suits: {channels: [phone, in-person]}", "suits: {channels: [phone, in-person]"
    ),
    _broken("a line twice", "    intent: listen\n", "    intent: listen\n    intent: listen\n"),
    _broken(
        "a key twice",
        "    goal: They have told all of it, and know that you heard it.\n",
        "    goal: They have told all of it, and know that you heard it.\n    goal: They are calm.\n",
        "    goal: They have told all of it, and know that you heard it.\n    # goal: They are calm.\n",
    ),
    _broken(
        "a placeholder at the start",
        '- say: "My name is {agent}, and you can ask for me."',
        "- say: {agent} is my name, and you can ask for me.",
        '- say: "{agent} is my name, and you can ask for me."',
    ),
    _broken(
        "a bracket at the start",
        "goal: They have told all of it, and know that you heard it.",
        "goal: [All] of it is told, and they know it.",
        'goal: "[All] of it is told, and they know it."',
    ),
    _broken(
        "quotes in quotes",
        '- say: "What happened next?"',
        '- say: "You said "never again", and I understand."',
        "- say: 'You said \"never again\", and I understand.'",
    ),
    _broken(
        "a text that goes on after quotes",
        '- say: "What happened next?"',
        '- say: "What happened" is what I ask.',
        "- say: '\"What happened\" is what I ask.'",
    ),
    _broken(
        "a sentence that was wrapped",
        "goal: They have told all of it, and know that you heard it.",
        "goal: They have told all of it, and know that\nyou heard it.",
    ),
    _broken(
        "a colon in the second line of a sentence",
        "        because: It makes the feeling the problem, and most people get louder.\n",
        "        because: It makes the feeling the problem\n          and then: most people get louder.\n",
        '        because: "It makes the feeling the problem\n          and then: most people get louder."\n',
    ),
    Broken("a block of a chat", f"```yaml\n{FRAMEWORK}```\n", FRAMEWORK),
    Broken("a quotation of a chat", "".join(f"> {line}\n" for line in FRAMEWORK.splitlines()), FRAMEWORK),
    _broken("a comma at the end of a line", "    name: Solve", '    name: "Solve",', '    name: "Solve"'),
    _broken("a word that means true", "    name: Solve", "    name: Yes", '    name: "Yes"'),
    _broken("a number for a name", "name: Our way", "name: 2026", 'name: "2026"'),
    _broken(
        "a colon in braces",
        "text: Read the recording notice,",
        "text: Read the notice: all of it,",
        'text: "Read the notice: all of it",',
    ),
    _broken(
        "a comma in braces",
        "text: Read the recording notice,",
        "text: Read the notice, all of it,",
        'text: "Read the notice, all of it",',
    ),
    _broken(
        "a star at the start",
        '- say: "What happened next?"',
        "- say: *What happened next?*",
        '- say: "*What happened next?*"',
    ),
    _broken(
        "an at sign at the start",
        "goal: They have told all of it, and know that you heard it.",
        "goal: @agent has heard all of it.",
        'goal: "@agent has heard all of it."',
    ),
    _broken(
        "a path with backslashes",
        '- say: "What happened next?"',
        '- say: "The form is in C:\\forms\\my refund."',
        "- say: 'The form is in C:\\forms\\my refund.'",
    ),
    _broken(
        "a text where a list belongs", 'ask: ["What happened, from the start?"]', "ask: What happened, from the start?"
    ),
    _broken("one word where a list belongs", "moods: [angry]", "moods: angry"),
    _broken("a key with a letter missing", "    checklist:\n", "    cheklist:\n"),
    _broken("a key with a capital", "name: Our way", "Name: Our way"),
    _broken(
        "a colon in a wording file",
        "because: It says that they do not matter.",
        "because: It says one thing: they do not matter.",
        'because: "It says one thing: they do not matter."',
        WORDING,
    ),
    _broken(
        "an apostrophe in a wording file",
        'instead: "Here\'s what I can do."',
        "instead: 'Here's what I can do.'",
        None,
        WORDING,
    ),
    _broken("Windows line ends", "name: Our way\r\n", "name:Our way\r\n", None, FRAMEWORK.replace("\n", "\r\n")),
)

_FIRST_STEP, _SECOND_STEP = FRAMEWORK.split("  - id: solve")
# Written after the first ones were explained, and counted once before anything was changed for them.
SECOND = (
    _broken(
        "no space, typographic quotes and a colon in one line",
        '- say: "What happened next?"',
        "- say:“Tell me: what happened next?”",
        '- say: "Tell me: what happened next?"',
    ),
    _broken("a quote that a word processor closed", '- say: "What happened next?"', '- say: "What happened next?”'),
    Broken("a comment as in a program", f"// our first try\n{FRAMEWORK}", f"# our first try\n{FRAMEWORK}"),
    _broken(
        "French quotes",
        '- say: "What happened next?"',
        "- say: « Dites-moi : que s'est-il passé ? »",
        '- say: "Dites-moi : que s\'est-il passé ?"',
    ),
    _broken(
        "German quotes", '- say: "What happened next?"', "- say: „Kurz: was war dann?“", '- say: "Kurz: was war dann?"'
    ),
    Broken(
        "tabs in the second step",
        f"{_FIRST_STEP}\t- id: solve{_SECOND_STEP.replace('  ', chr(9))}",
        f"{_FIRST_STEP}  - id: solve{_SECOND_STEP}",
    ),
    _broken(
        "no dash before any phrase",
        """\
      - say: "Please tell me what happened, from the beginning."
      - say: "What happened next?"
      - say: "Please tell me everything. I won't interrupt."
        moods: [angry]
""",
        """\
      say: "Please tell me what happened, from the beginning."
      say: "What happened next?"
      say: "Please tell me everything. I won't interrupt."
""",
        """\
      - say: "Please tell me what happened, from the beginning."
      - say: "What happened next?"
      - say: "Please tell me everything. I won't interrupt."
""",
    ),
    _broken(
        "a quote that is not closed in braces",
        'promise: {what: "call about the order", by: call_by}',
        'promise: {what: "call about the order, by: call_by}',
    ),
    _broken(
        "a dash before each key",
        "        because: It makes the feeling the problem, and most people get louder.\n        instead:",
        "      - because: It makes the feeling the problem, and most people get louder.\n      - instead:",
    ),
    _broken(
        "one map where a list belongs",
        "    checklist:\n      - {id: notice, text: Read the recording notice, required: true}",
        "    checklist: {id: notice, text: Read the recording notice, required: true}",
        "    checklist: [{id: notice, text: Read the recording notice, required: true}]",
    ),
    _broken("a yes in quotes", "required: true", 'required: "yes"', "required: true"),
    _broken("a version with a point", "id: our-way\n", "id: our-way\nversion: 1.0\n", "id: our-way\nversion: 1\n"),
    _broken("a comma for a colon", '- say: "What happened next?"', '- say, "What happened next?"'),
    _broken("a pointing hand", '      - say: "What happened next?"', '      \U0001f449 say: "What happened next?"'),
    _broken(
        "both kinds of quotes and a colon",
        "because: It makes the feeling the problem, and most people get louder.",
        'because: It\'s "policy": nobody likes that.',
        'because: "It\'s \\"policy\\": nobody likes that."',
    ),
    _broken("a key of two words", "expands_to: Listen, Solve", "expands to: Listen, Solve"),
    _broken(
        "a list that was pasted at the margin",
        """\
      - say: "Please tell me what happened, from the beginning."
      - say: "What happened next?"
      - say: "Please tell me everything. I won't interrupt."
        moods: [angry]
""",
        """\
- say: "Please tell me what happened, from the beginning."
- say: "What happened next?"
- say: "Please tell me everything. I won't interrupt."
  moods: [angry]
""",
    ),
    Broken(
        "the last words of a chat",
        f"{FRAMEWORK}Let me know if you need anything else!\n",
        f"{FRAMEWORK}# Let me know if you need anything else!\n",
    ),
    _broken("an id of two words", "id: our-way", "id: our way"),
)

_SHIFTED = "".join(f"    {line}\n" for line in FRAMEWORK.splitlines()[1:])
_NUMBERED = "".join(f"{number} {line}\n" for number, line in enumerate(FRAMEWORK.splitlines(), start=1))
_PASTED = "".join(f"    {line}\n" for line in f"  - id: solve{_SECOND_STEP}".splitlines())
# Written after the second ones were explained, and counted once before anything was changed for them.
THIRD = (
    _broken(
        "words without brackets", "words: [tour, rained off, guide]", "words: tour, rained off, guide", None, FAMILIES
    ),
    _broken("a brace that is not closed in a list", 'of the tour?"}', 'of the tour?"', None, FAMILIES),
    _broken("a bracket that a brace closes", "[rain, snow]}", "[rain, snow}", None, FAMILIES),
    _broken("an intent with a capital", "intent: listen", "intent: Listen", None, SHARED),
    _broken("a quote that is not closed before another", 'What happened?"', "What happened?", None, SHARED),
    _broken("a number for a dash", '  - say: "Please go on."', '  3. say: "Please go on."', None, SHARED),
    _broken("and for a comma", "channels: [phone, in-person]", "channels: phone and in-person", None, SHARED),
    _broken("a mood with a capital", "moods: [calm]", "moods: [Calm]", None, SHARED),
    _broken("no colon in the first line", "schema: 1", "schema 1", None, SHARED),
    _broken("a number in quotes", "schema: 1", 'schema: "1"', None, SHARED),
    _broken("a no-break space after a dash", '- say: "What happened next?"', f'-{NBSP}say: "What happened next?"'),
    _broken("a sign without width", "  - id: solve", "\u200b  - id: solve"),
    _broken("a byte order mark in the middle", "steps:", "\ufeffsteps:"),
    _broken("codes of a web page", '- say: "What happened next?"', "- say: &quot;What happened next?&quot;"),
    Broken("numbers of lines", _NUMBERED, FRAMEWORK),
    Broken("all but the first line moved", f"schema: 1\n{_SHIFTED}", f"    schema: 1\n{_SHIFTED}"),
    _broken(
        "a bar before a text",
        "goal: They have told all of it, and know that you heard it.",
        "goal: |They have told all of it.",
        'goal: "They have told all of it."',
    ),
    Broken("a step that was pasted too far in", _FIRST_STEP + _PASTED, FRAMEWORK),
    _broken(
        "an item without braces",
        "- {id: notice, text: Read the recording notice, required: true}",
        "- id: notice, text: Read the recording notice, required: true",
    ),
    _broken(
        "a map without braces",
        "suits: {channels: [phone, in-person]}",
        "suits: channels: [phone, in-person]",
    ),
    _broken(
        "no comma in braces",
        'promise: {what: "call about the order", by: call_by}',
        'promise: {what: "call about the order" by: call_by}',
    ),
    _broken(
        "two texts in quotes",
        '- say: "What happened next?"',
        '- say: "What happened next?" or "And then?"',
        '- say: \'"What happened next?" or "And then?"\'',
    ),
    _broken("a quote that is not closed in brackets", "moods: [angry]", 'moods: ["angry]', 'moods: ["angry"]'),
    _broken(
        "a question that ends in a colon",
        '    ask: ["What happened, from the start?"]',
        "    ask:\n      - What happened, and then:",
        '    ask:\n      - "What happened, and then:"',
    ),
)
