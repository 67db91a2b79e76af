"""Only one module converts between wall time and moments: elsewhere a fixed offset stands in for the zone's rules."""

from __future__ import annotations

import ast
from pathlib import Path

SOURCE = Path(__file__).parents[2] / "src" / "recoverycli"
OWNER = SOURCE / "times" / "wall_clock.py"


def conversions(path: Path) -> list[str]:
    """The places in a module where a moment is given a zone other than UTC."""
    return [
        f"{path.relative_to(SOURCE)}:{node.lineno}: {ast.unparse(node)}"
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and _gives_a_zone(node, node.func.attr)
    ]


def _gives_a_zone(call: ast.Call, name: str) -> bool:
    zones = [ast.unparse(keyword.value) for keyword in call.keywords if keyword.arg in ("tz", "tzinfo")]
    if name == "astimezone":
        return [ast.unparse(argument) for argument in call.args] + zones != ["UTC"]
    return name in ("replace", "combine") and any(zone != "UTC" for zone in zones)


def test_no_other_module_gives_a_moment_a_zone() -> None:
    modules = [path for path in SOURCE.rglob("*.py") if path != OWNER]
    assert [place for path in modules for place in conversions(path)] == []
    assert conversions(OWNER), "what is looked for is found where it belongs"
