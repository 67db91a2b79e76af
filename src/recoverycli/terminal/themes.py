"""The colours of each theme. Numbers are those of the 256 colours, which look the same on every terminal that has them.

Contrast is at least 4.5 to 1 (WCAG 2.1, level AA) against black in `dark` and against white in `light`; `default`
holds middle tones that read on both grounds, at least 3 to 1. `high-contrast` takes the terminal's own colour and tells
by weight and underline. Colour never stands alone: words or signs say the same.
"""

from __future__ import annotations

from typing import NamedTuple


class Theme(NamedTuple):
    """Colours for accents, less important words, warnings and danger; None is the terminal's own colour."""

    accent: int | None
    quiet: int | None
    warning: int | None
    danger: int | None


THEMES = {
    "default": Theme(accent=31, quiet=244, warning=166, danger=160),
    "dark": Theme(accent=81, quiet=249, warning=215, danger=210),
    "light": Theme(accent=25, quiet=240, warning=130, danger=124),
    "high-contrast": Theme(accent=None, quiet=None, warning=None, danger=None),
}
# So that two roles differ without colour.
_WEIGHTS = {"accent": "bold", "here": "bold", "quiet": "", "warning": "", "danger": "bold", "strong": "bold"}
_WEIGHTS_ALONE = {**_WEIGHTS, "accent": "bold underline", "here": "bold underline", "warning": "bold", "quiet": ""}
_LEVELS = (0, 95, 135, 175, 215, 255)


def drawn_styles(theme: str) -> dict[str, str]:
    """Return the styles of a theme by name, in the words of Rich."""
    return {
        name: " ".join(filter(None, (weight, f"color({color})" if color is not None else "")))
        for name, weight, color in _styles(theme)
    }


def prompt_styles(theme: str) -> dict[str, str]:
    """Return the same in the words of prompt_toolkit."""
    named = {
        name: " ".join(filter(None, (weight, hexadecimal(color) if color is not None else "fg:ansidefault")))
        for name, weight, color in _styles(theme)
    }
    kept = ("accent", "quiet", "warning", "strong")
    return {
        "question": named["accent"],
        "answer": "fg:ansidefault nobold",
        **{name: named[name] for name in kept},
    }


def hexadecimal(color: int) -> str:
    """Return one of the 256 colours as `#rrggbb`."""
    return "#" + "".join(f"{level:02x}" for level in levels(color))


def levels(color: int) -> tuple[int, int, int]:
    """Return red, green and blue (0 to 255) of one of the colours from 16 on."""
    if color >= 232:
        grey = 8 + 10 * (color - 232)
        return grey, grey, grey
    place = color - 16
    return _LEVELS[place // 36], _LEVELS[place // 6 % 6], _LEVELS[place % 6]


def _styles(theme: str) -> list[tuple[str, str, int | None]]:
    chosen = THEMES.get(theme, THEMES["default"])
    weights = _WEIGHTS_ALONE if chosen.accent is None else _WEIGHTS
    colors = {**chosen._asdict(), "here": chosen.accent}
    return [(name, weight, colors.get(name)) for name, weight in weights.items()]
