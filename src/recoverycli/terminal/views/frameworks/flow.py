"""The flow of a framework."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recoverycli.frameworks.stops import flow
from recoverycli.pages.page import FlowChart

if TYPE_CHECKING:
    from recoverycli.frameworks.model import Framework
    from recoverycli.pages.page import Page


def flow_page(framework: Framework) -> Page:
    """Return its steps in order, and at each branch which answer leads where."""
    return (FlowChart(framework.name, flow(framework)),)
