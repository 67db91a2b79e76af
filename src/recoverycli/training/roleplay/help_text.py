"""The help of practice: what can be typed, and what it does."""

from __future__ import annotations

_WAYS = {
    False: (
        ("1, 2, 3 ...", "give that answer"),
        ("the last number", "none of these: type what you would say; Enter shows the answers again"),
    ),
    True: (("any text", "answer in your own words"),),
}
_HELP = (
    ("/said TEXT", "answer in your own words"),
    ("h", "a hint; each costs five points"),
    ("u", "take back the last answer and try another"),
    ("/restart", "start again from the beginning"),
    ("/note TEXT", "a note to yourself"),
    ("/card [NAME]", "read a card for an emergency and the like; alone: the list"),
    ("/pause", "stop for now; `recovery resume` continues"),
    ("/end", "stop and see the result so far"),
    ("Ctrl-C", "pause, end or go on"),
    ("?", "this help"),
)


def help_lines(*, own_words: bool) -> tuple[str, ...]:
    """Return the help, a line for each thing that can be typed: `what: what it does`."""
    return tuple(f"{typed}: {does}" for typed, does in (*_WAYS[own_words], *_HELP))
