"""Dates that know how precise they are, compared only as finely as both sides know."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

Precision = Literal["day", "month", "quarter", "half", "year", "season", "range"]


class DateRange(Struct, frozen=True):
    """An inclusive span of days; an open end is None ("since May" has no end, "by 2027" no start)."""

    start: str | None
    end: str | None
    precision: Precision = "day"
