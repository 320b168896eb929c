"""Quantities as intervals with a unit and an approximation word."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

Approx = Literal["exact", "about", "over", "under", "up_to", "nearly", "range"]


class Quantity(Struct, frozen=True):
    """`low`..`high` in `unit`; an open side is None ("more than 24,000" is low 24000, high None, `over`)."""

    low: float | None
    high: float | None
    unit: str
    approx: Approx = "exact"
