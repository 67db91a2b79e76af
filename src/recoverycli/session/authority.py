"""What an agent may offer, as the settings say."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from recoverycli.settings.model import Remedy


class Authority(NamedTuple):
    """The remedies there are, and the currency of amounts that name none."""

    remedies: tuple[Remedy, ...] = ()
    currency: str | None = None
