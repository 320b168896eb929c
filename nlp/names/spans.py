"""Spans of a text that do not overlap, asked in logarithmic time: a line of a megabyte holds many."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable


class Spans:
    """Half-open spans, sorted; of two that overlap both count."""

    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
        """Spans in any order."""
        ordered = sorted(spans)
        self._starts = [start for start, _ in ordered]
        self._ends = [end for _, end in ordered]

    def overlaps(self, start: int, end: int) -> bool:
        """Whether any span shares a character with `start`..`end`."""
        at = bisect_left(self._starts, end)
        return at > 0 and self._ends[at - 1] > start

    def covers(self, start: int, end: int) -> bool:
        """Whether one span holds `start`..`end` whole."""
        at = bisect_right(self._starts, start)
        return at > 0 and self._ends[at - 1] >= end

    def begins(self, first: int, last: int) -> bool:
        """Whether a span begins between the two offsets, both included."""
        at = bisect_left(self._starts, first)
        return at < len(self._starts) and self._starts[at] <= last

    def tears(self, start: int, end: int) -> bool:
        """Whether a border of `start`..`end` falls inside a span."""
        return any(self._inside(border) for border in (start, end))

    def _inside(self, border: int) -> bool:
        at = bisect_left(self._starts, border)
        return at > 0 and self._ends[at - 1] > border
