"""Coverage by week as a row of small bars, for a line of a table."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from msgspec import Struct

BAR, GAP, HEIGHT, MOST = 4, 1, 18, 40


class Sparkline(Struct, frozen=True):
    """Bars as (x, y, height) in a box; `words` says the same for those who do not see it."""

    width: int
    height: int
    bars: tuple[tuple[int, int, int], ...]
    words: str


def draw(weeks: Mapping[str, int]) -> Sparkline | None:
    """Bars for ISO weeks ("2026-W19" → number of texts), the last MOST weeks of the span; None for no week."""
    if not weeks:
        return None
    days = sorted(_monday(week) for week in weeks)
    first = max(days[0], days[-1] - timedelta(weeks=MOST - 1))
    span = [first + timedelta(weeks=n) for n in range((days[-1] - first).days // 7 + 1)]
    numbers = [weeks.get(f"{day.isocalendar().year}-W{day.isocalendar().week:02}", 0) for day in span]
    top = max(*numbers, 1)
    bars = []
    for place, number in enumerate(numbers):
        height = max(2, round(number / top * HEIGHT)) if number else 0
        if height:
            bars.append((place * (BAR + GAP), HEIGHT - height, height))
    busiest = max(range(len(numbers)), key=numbers.__getitem__)
    words = f"{sum(numbers)} texts in {len(numbers)} weeks, most in the week of {span[busiest].isoformat()}"
    return Sparkline(len(numbers) * (BAR + GAP), HEIGHT, tuple(bars), words)


def _monday(week: str) -> date:
    year, number = week.split("-W")
    return date.fromisocalendar(int(year), int(number), 1)
