"""Days of training: an evening that goes on after midnight is one day."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date, datetime


def training_day(moment: datetime, begins: int) -> date:
    """Return the day of a moment by the clocks where it was recorded; a day begins at the hour `begins`."""
    return (moment - timedelta(hours=begins)).date()
