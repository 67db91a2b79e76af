"""A call shown to a class, sentence by sentence; the trainer can stop and ask what the class would say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from recoverycli.terminal.console import styles
from recoverycli.terminal.styled_text import render
from recoverycli.terminal.views.training.demo import (
    ROOM_FOR_TWO,
    ClassQuestion,
    big_screen,
    both_screen,
    demo_screen,
    script_lines,
)

if TYPE_CHECKING:
    from recoverycli.terminal.output import Output
    from recoverycli.terminal.styled_text import Text
    from recoverycli.training.demo import Script

# People read about 238 words a minute in silence (Brysbaert 2019, Journal of Memory and Language 109).
_WORDS_A_SECOND = 238 / 60
_LEAST = 1.5
_HIDDEN, _ASKED, _REVEALED = 0, 1, 2


class Stage:
    """The state of the demonstration. Space continues, `b` goes back, `?` asks and then tells, Esc ends.

    With a `speed` it goes on by itself, and a key that goes back or asks stops it until the next space. With a
    `beside`, that script is shown on the right of the other, and the class is not asked.
    """

    def __init__(
        self, script: Script, *, big: bool = False, speed: float | None = None, beside: Script | None = None
    ) -> None:
        self._script = script
        self._beside = beside
        self._big = big
        self._speed = speed
        self._last = max(len(script.beats), len(beside.beats) if beside is not None else 0) - 1
        self.here = 0
        self.asking = _HIDDEN
        self._stopped = speed is None

    def __call__(self, key: str, _page: int) -> tuple[Any] | None:
        """Take a key by its name or letter; an empty one says that the time of a sentence is over."""
        if key in {"leave", "escape", "q"} or (
            key in {"enter", "right", " "} and self.here == self._last and not self.asking
        ):
            return (None,)
        if key in {" ", "enter", "right", "down", "pagedown", ""}:
            self._advance(by_hand=bool(key))
        elif key in {"b", "left", "up", "backspace", "pageup"}:
            self.here, self.asking, self._stopped = max(0, self.here - 1), _HIDDEN, True
        elif key in {"home", "end"}:
            self.here, self.asking, self._stopped = (0 if key == "home" else self._last), _HIDDEN, True
        elif key in {"?", "w"} and (asked := self._asked_place()) is not None:
            # What the customer says before it is part of the question.
            self.here = max(self.here, asked - 1)
            self.asking, self._stopped = min(_REVEALED, self.asking + 1), True
        return None

    def _advance(self, *, by_hand: bool) -> None:
        if by_hand and self._speed is not None and self._stopped and not self.asking:
            self._stopped = False
        if self.asking == _ASKED:
            self.asking = _REVEALED
        else:
            self.here, self.asking = min(self._last, self.here + 1), _HIDDEN

    def _asked_place(self) -> int | None:
        """The sentence that the class is asked about: in a good take the agent's next one, in a bad one their last."""
        if self._beside is not None:
            return None
        beats = self._script.beats
        take = beats[self.here].take
        places = range(self.here + 1, len(beats)) if take == "good" else range(self.here, -1, -1)
        return next((place for place in places if beats[place].take == take and beats[place].who == "agent"), None)

    def wait(self) -> float | None:
        """Return the seconds until the next sentence; None to wait for a key."""
        if self._stopped or self._speed is None or self.here >= self._last:
            return None
        scripts = [one for one in (self._script, self._beside) if one is not None and self.here < len(one.beats)]
        words = sum(len(one.beats[self.here].text.split()) for one in scripts)
        return max(_LEAST, words / _WORDS_A_SECOND) / self._speed

    def screen(self, width: int, height: int) -> list[Text]:
        """Return the screen with the keys below it."""
        if self._beside is not None:
            return both_screen(self._script, self._beside, self.here, width=width, height=height)
        draw = big_screen if self._big else demo_screen
        place = self._asked_place() if self.asking else None
        asked = ClassQuestion(self._script.beats[place], self.asking == _REVEALED) if place is not None else None
        return draw(self._script, self.here, asked, width=width, height=height)


def demonstrate(output: Output, script: Script, other: Script | None, *, big: bool, speed: float | None) -> None:
    """Show a script: screen by screen on a terminal, as lines in plain mode and elsewhere.

    The `other` take is shown beside it, or after it where there is no room or one sentence at a time is shown.
    """
    if not output.look.interactive or output.look.plain:
        for line in script_lines(script):
            output.text(line)
        for line in ["", *script_lines(other)] if other is not None else []:
            output.text(line)
        return
    from recoverycli.terminal.ask.full_screen import run_timed

    named = styles(output.look)
    if other is not None and (big or output.look.width < ROOM_FOR_TWO):
        script, other = script.then(other), None
    stage = Stage(script, big=big, speed=speed, beside=other)
    run_timed(
        lambda width, height: render(stage.screen(width, height), named), stage, stage.wait, color=output.look.color
    )
