"""Every theme can be read on its ground, also by those who see colours poorly."""

from __future__ import annotations

import pytest

from recoverycli.settings.model import THEMES as NAMES
from recoverycli.terminal.themes import THEMES, drawn_styles, levels, prompt_styles

BLACK, WHITE = (0, 0, 0), (255, 255, 255)


def luminance(color: tuple[int, int, int]) -> float:
    """Relative luminance as WCAG 2.1 defines it."""
    parts = [level / 255 for level in color]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: tuple[int, int, int], other: tuple[int, int, int]) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize(
    ("theme", "grounds", "least"),
    [("dark", [BLACK], 4.5), ("light", [WHITE], 4.5), ("default", [BLACK, WHITE], 3.0)],
)
def test_each_colour_reads_on_its_ground(theme: str, grounds: list[tuple[int, int, int]], least: float) -> None:
    for role, color in THEMES[theme]._asdict().items():
        for ground in grounds:
            assert contrast(levels(color), ground) >= least, (role, color)


def test_high_contrast_uses_the_terminals_own_colour() -> None:
    assert not any("color(" in style for style in drawn_styles("high-contrast").values())
    assert drawn_styles("high-contrast")["accent"] != drawn_styles("high-contrast")["strong"]


def test_there_is_a_theme_for_every_name_that_can_be_set() -> None:
    assert {*THEMES, "none"} == set(NAMES)


def test_the_prompt_and_the_screen_show_the_same_colours() -> None:
    assert prompt_styles("default")["accent"] == "bold #0087af"
    assert drawn_styles("default")["accent"] == "bold color(31)"
