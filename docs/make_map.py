"""Write docs/architecture.svg: the layers of pyproject.toml, their packages, and which package imports which.

The packages stand on a staircase, the highest layer first. A line runs down from each package; where it imports a lower
package, an arrow leaves the line to the right. The text beside a package is its row of the table in architecture.md.
"""

from __future__ import annotations

import re
import sys
import tomllib
from html import escape
from pathlib import Path

import grimp

DOCS = Path(__file__).resolve().parent
ROOT_PACKAGE = "recoverycli"

LEFT, TOP = 16, 72
ROW, STEP = 30, 27
BOX_WIDTH, BOX_HEIGHT = 104, 22
TEXT_WIDTH = 330
# Lines that run side by side have different colours.
COLOURS = ("#1f5fa8", "#b3471d", "#2e7d46", "#7a3fa0", "#8a6a00")
NOTE = (
    "Follow the line down from a package: each arrow leads to a package that it imports. "
    "A band is a layer; imports only lead to lower layers."
)

STYLE = """
text { font-family: "DejaVu Sans", Verdana, Arial, sans-serif; font-size: 12px; fill: #1c2330; }
.title { font-size: 17px; font-weight: bold; }
.note { fill: #4c5665; }
.band { fill: #f3f5f8; }
.box { fill: #ffffff; stroke: #1c2330; }
.name { font-weight: bold; text-anchor: middle; }
.line { fill: none; stroke-width: 1.3; }
"""


def layers() -> list[list[str]]:
    """Return the packages of each layer, the highest first, as the import contract declares them."""
    with (DOCS.parent / "pyproject.toml").open("rb") as file:
        contracts = tomllib.load(file)["tool"]["importlinter"]["contracts"]
    declared = next(contract["layers"] for contract in contracts if contract["type"] == "layers")
    return [re.findall(r"\w+", layer) for layer in declared]


def imports() -> set[tuple[str, str]]:
    """Return every pair of packages of which the first imports the second directly."""
    graph = grimp.build_graph(ROOT_PACKAGE, cache_dir=None)
    pairs = set()
    for module in graph.modules:
        for imported in graph.find_modules_directly_imported_by(module):
            pair = (_package(module), _package(imported))
            if pair[0] != pair[1] and all(pair):
                pairs.add(pair)
    return pairs


def _package(module: str) -> str:
    return module.partition(".")[2].partition(".")[0]


def descriptions() -> dict[str, str]:
    """Return the text of each package from the table in architecture.md."""
    page = (DOCS / "architecture.md").read_text(encoding="utf-8")
    return dict(re.findall(r"^\| `(\w+)/?` \| ([^|]+?) \|", page, re.MULTILINE))


def picture(rows: list[list[str]], pairs: set[tuple[str, str]], texts: dict[str, str]) -> str:
    """Draw the packages and their imports as SVG; the same arguments give the same text."""
    packages = [package for row in rows for package in row]
    place = {package: number for number, package in enumerate(packages)}
    width = LEFT * 2 + STEP * (len(packages) - 1) + BOX_WIDTH + TEXT_WIDTH
    height = TOP + ROW * len(packages) + 12
    drawn = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}">',
        f"<style>{STYLE}</style>",
        "<defs>",
        *(_arrowhead(number, colour) for number, colour in enumerate(COLOURS)),
        "</defs>",
        f'<rect width="{width}" height="{height}" fill="#ffffff"/>',
        f'<text class="title" x="{LEFT}" y="28">Packages of {ROOT_PACKAGE} and their imports</text>',
        f'<text class="note" x="{LEFT}" y="50">{NOTE}</text>',
    ]
    for number, row in enumerate(rows):
        if number % 2 == 0:
            y = TOP + ROW * place[row[0]]
            drawn.append(f'<rect class="band" x="0" y="{y}" width="{width}" height="{ROW * len(row)}"/>')
    for package in packages:
        drawn += _arrows(sorted(place[lower] for upper, lower in pairs if upper == package), place[package])
    for package in packages:
        drawn += _box(package, place[package], texts.get(package, ""))
    return "\n".join([*drawn, "</svg>"]) + "\n"


def _arrowhead(number: int, colour: str) -> str:
    return (
        f'<marker id="head{number}" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="7" markerHeight="7" orient="auto">'
        f'<path d="M0 0 L8 4 L0 8 z" fill="{colour}"/></marker>'
    )


def _left(place: int) -> int:
    return LEFT + STEP * place


def _middle(place: int) -> int:
    return TOP + ROW * place + ROW // 2


def _arrows(imported: list[int], place: int) -> list[str]:
    """The line down from a package, and an arrow from it to each package that it imports."""
    if not imported:
        return []
    number = place % len(COLOURS)
    colour = COLOURS[number]
    x, top = _left(place) + STEP // 2, _middle(place) + BOX_HEIGHT // 2
    drawn = ["<g>"]
    drawn.append(f'<path class="line" stroke="{colour}" d="M{x} {top} V{_middle(imported[-1])}"/>')
    for lower in imported:
        y = _middle(lower)
        drawn.append(f'<circle cx="{x}" cy="{y}" r="3.4" fill="{colour}"/>')
        drawn.append(
            f'<path class="line" stroke="{colour}" stroke-opacity="0.55" marker-end="url(#head{number})" '
            f'd="M{x} {y} H{_left(lower)}"/>'
        )
    return [*drawn, "</g>"]


def _box(package: str, place: int, text: str) -> list[str]:
    x, y = _left(place), _middle(place)
    return [
        f'<rect class="box" x="{x}" y="{y - BOX_HEIGHT // 2}" width="{BOX_WIDTH}" height="{BOX_HEIGHT}" rx="3"/>',
        f'<text class="name" x="{x + BOX_WIDTH // 2}" y="{y + 4}">{escape(package)}</text>',
        f'<text class="note" x="{x + BOX_WIDTH + 10}" y="{y + 4}">{escape(text)}</text>',
    ]


def main(target: Path) -> None:
    """Write the picture to a file."""
    target.write_text(picture(layers(), imports(), descriptions()), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else DOCS / "architecture.svg")
