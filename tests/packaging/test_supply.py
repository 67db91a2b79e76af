"""What is installed with the tool: bounds of versions, a bill of materials, and licences."""

from __future__ import annotations

import importlib.util
import json
from importlib.metadata import PackageNotFoundError, requires
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

if TYPE_CHECKING:
    from types import ModuleType

ROOT = Path(__file__).parents[2]
# What may be used as a library beside a program under the MIT licence; of several licences, one is enough.
ALLOWED = ("MIT", "BSD", "Apache", "ISC", "PSF", "LGPL", "Lesser", "MPL", "Mozilla")


@pytest.fixture(scope="module")
def maker() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_bom", ROOT / "docs" / "make_bom.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def bill() -> Any:
    return json.loads((ROOT / "sbom.json").read_text(encoding="utf-8"))


def needed(name: str, extras: frozenset[str], seen: set[tuple[str, frozenset[str]]]) -> set[str]:
    """Return the names of all that a package needs here, itself included."""
    if (name, extras) in seen:
        return set()
    seen.add((name, extras))
    found = {name}
    try:
        told = requires(name) or []
    except PackageNotFoundError:  # of another platform, or not in this environment
        told = []
    for one in map(Requirement, told):
        if one.marker is None or any(one.marker.evaluate({"extra": extra}) for extra in extras or {""}):
            found |= needed(canonicalize_name(one.name), frozenset(one.extras), seen)
    return found


def test_every_dependency_is_bounded_below_the_next_major_version_and_the_tested_one_is_within(
    maker: ModuleType,
) -> None:
    pins = maker.pins()
    for text in maker.requirements():
        one = Requirement(text)
        assert {bound.operator for bound in one.specifier} == {">=", "<"}, text
        assert one.specifier.contains(pins[canonicalize_name(one.name)]), text


def test_every_pinned_package_has_the_hashes_of_its_files(maker: ModuleType) -> None:
    entries = (ROOT / "constraints.txt").read_text(encoding="utf-8").replace("\\\n", "").splitlines()
    assert len(entries) == len(maker.pins())
    assert [entry[:40] for entry in entries if "--hash=sha256:" not in entry] == []


def test_the_bill_of_materials_is_whole_and_of_the_tested_versions(maker: ModuleType, bill: Any) -> None:
    pins = maker.pins()
    listed = {canonicalize_name(one["name"]): one["version"] for one in bill["components"]}
    assert bill["bomFormat"] == "CycloneDX"
    assert {name: pins[name] for name in listed} == listed
    assert needed("recoverycli", frozenset({"trial", ""}), set()) - {"recoverycli"} <= {*listed}


def test_the_licence_of_every_package_is_listed_and_those_of_the_tool_allow_its_use(
    maker: ModuleType, bill: Any
) -> None:
    page = (ROOT / "docs" / "licences.md").read_text(encoding="utf-8")
    assert page == maker.licences(bill), "run: make bom"
    for one in bill["components"]:
        licence = maker.licence(canonicalize_name(one["name"]))
        assert any(word in licence for word in ALLOWED), (one["name"], licence)
