"""Stretches of a text of which none may overlap another."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterable


class Spans:
    """A growing set of half-open spans, asked and extended in logarithmic time."""

    def __init__(self, spans: Iterable[tuple[int, int]] = ()) -> None:
        """Starts with what is taken already; spans of it that overlap are joined."""
        self._spans: list[tuple[int, int]] = []
        for start, end in sorted(spans):
            if self._spans and start < self._spans[-1][1]:
                start, end = self._spans[-1][0], max(end, self._spans.pop()[1])
            self._spans.append((start, end))

    def touches(self, start: int, end: int) -> bool:
        """Whether some character of `start`:`end` is taken."""
        at = bisect_left(self._spans, (end,))
        return at > 0 and self._spans[at - 1][1] > start

    def within(self, start: int, end: int) -> list[tuple[int, int]]:
        """The spans that share a character with `start`:`end`, counted from `start`."""
        first = bisect_left(self._spans, (start,))
        first -= first > 0 and self._spans[first - 1][1] > start
        return [(a - start, b - start) for a, b in self._spans[first : bisect_left(self._spans, (end,))]]

    def add(self, start: int, end: int) -> bool:
        """Take a span unless part of it is taken; tells whether it was."""
        if self.touches(start, end):
            return False
        insort(self._spans, (start, end))
        return True
