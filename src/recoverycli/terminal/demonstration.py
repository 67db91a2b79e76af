"""A call shown to a class, sentence by sentence; the trainer can stop and ask what the class would say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from recoverycli.terminal.console import styles
from recoverycli.terminal.styled_text import render
from recoverycli.terminal.views.training.demo import big_screen, demo_screen, script_lines

if TYPE_CHECKING:
    from recoverycli.terminal.output import Output
    from recoverycli.terminal.styled_text import Text
    from recoverycli.training.demo import Script

# People read about 238 words a minute in silence (Brysbaert 2019, Journal of Memory and Language 109).
_WORDS_A_SECOND = 238 / 60
_LEAST = 1.5
_HIDDEN, _ASKED, _REVEALED = 0, 1, 2


class Stage:
    """The state of the demonstration. Space continues, `b` goes back, `?` asks and then reveals phrases, Esc ends.

    With a `speed` it goes on by itself, and a key that goes back or asks stops it until the next space.
    """

    def __init__(self, script: Script, *, big: bool = False, speed: float | None = None) -> None:
        self._script = script
        self._big = big
        self._speed = speed
        self.here = 0
        self.asking = _HIDDEN
        self._stopped = speed is None

    def __call__(self, key: str, _page: int) -> tuple[Any] | None:
        """Take a key by its name or letter; an empty one says that the time of a sentence is over."""
        last = len(self._script.beats) - 1
        if key in {"leave", "escape", "q"} or (
            key in {"enter", "right", " "} and self.here == last and not self.asking
        ):
            return (None,)
        if key in {" ", "enter", "right", "down", "pagedown", ""}:
            self._advance(last, by_hand=bool(key))
        elif key in {"b", "left", "up", "backspace", "pageup"}:
            self.here, self.asking, self._stopped = max(0, self.here - 1), _HIDDEN, True
        elif key in {"home", "end"}:
            self.here, self.asking, self._stopped = (0 if key == "home" else last), _HIDDEN, True
        elif key in {"?", "w"} and self._next_sentence() is not None:
            self.asking, self._stopped = min(_REVEALED, self.asking + 1), True
        return None

    def _advance(self, last: int, *, by_hand: bool) -> None:
        if by_hand and self._speed is not None and self._stopped and not self.asking:
            self._stopped = False
        if self.asking == _ASKED:
            self.asking = _REVEALED
        else:
            self.here, self.asking = min(last, self.here + 1), _HIDDEN

    def _next_sentence(self) -> int | None:
        """The agent's next sentence: the one that the class is asked for."""
        beats = self._script.beats
        return next((place for place in range(self.here + 1, len(beats)) if beats[place].who == "agent"), None)

    def wait(self) -> float | None:
        """Return the seconds until the next sentence; None to wait for a key."""
        if self._stopped or self._speed is None or self.here + 1 >= len(self._script.beats):
            return None
        words = len(self._script.beats[self.here].text.split())
        return max(_LEAST, words / _WORDS_A_SECOND) / self._speed

    def screen(self, width: int, height: int) -> list[Text]:
        """Return the screen with the keys below it."""
        draw = big_screen if self._big else demo_screen
        asked = self._next_sentence() if self.asking else None
        return draw(self._script, self.here, asked, revealed=self.asking == _REVEALED, width=width, height=height)


def demonstrate(output: Output, script: Script, *, big: bool, speed: float | None) -> None:
    """Show a script: screen by screen on a terminal, as lines in plain mode and elsewhere."""
    if not output.look.interactive or output.look.plain:
        for line in script_lines(script):
            output.text(line)
        return
    from recoverycli.terminal.ask.full_screen import run_timed

    named = styles(output.look)
    stage = Stage(script, big=big, speed=speed)
    run_timed(
        lambda width, height: render(stage.screen(width, height), named), stage, stage.wait, color=output.look.color
    )
    output.text(script.after if stage.here == len(script.beats) - 1 else "Continue: recovery demo")
