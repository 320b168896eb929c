"""Texts in different languages that are translations of each other: the same names and figures in the same order."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date

from msgspec import Struct

_NUMBER = re.compile(r"\d{1,3}(?:[.,\u00a0\u202f ]\d{3})+(?!\d)|\d+(?:[.,]\d+)?")  # thousands in groups, or plain
_APART_DAYS = 14
_LEAST_FIGURES = 3
_LEAST_LENGTH = 10
ALIKE = 0.75
"""Share of the longer sequence that stands in the other in the same order. Two reports of one event by different desks
share most names and some of the order: they reach 0.61 on the labelled pages, which hold no translation."""
_FIRST_HOLDERS = 8


class Reading(Struct, frozen=True, kw_only=True):
    """The names (canonical entity ids) and figures of one document in reading order."""

    id: str
    language: str
    day: str
    items: tuple[str, ...]

    @property
    def numbers(self) -> frozenset[str]:
        """Its different figures."""
        return frozenset(i for i in self.items if i[0].isdigit())


def figures(text: str) -> Iterator[tuple[int, str]]:
    """(offset, digits) of the figures in a text that two languages write alike: "24,000" and "24 000" are 24000.

    >>> list(figures("By 2026, 24,000 accounts and 3.4 million"))
    [(9, '24000'), (29, '34')]
    """
    for match in _NUMBER.finditer(text):
        digits = "".join(str(unicodedata.digit(c)) for c in match.group() if c.isdigit())
        if len(digits) >= 2 and not (len(digits) == 4 and digits[:2] in ("19", "20")):  # years are everywhere
            yield match.start(), digits


def translated_pairs(documents: Sequence[Reading]) -> Iterator[tuple[str, str, float]]:
    """(later, earlier, likeness) of documents that are one text in two languages; linear by blocking on figures."""
    ordered = sorted(documents, key=lambda d: (d.day, d.id))
    holders: dict[str, list[int]] = {}
    for number, document in enumerate(ordered):
        common: Counter[int] = Counter()
        for figure in sorted(document.numbers):
            first = holders.setdefault(figure, [])
            common.update(first)
            if len(first) < _FIRST_HOLDERS:
                first.append(number)
        for other, count in sorted(common.items()):
            earlier = ordered[other]
            if count >= _LEAST_FIGURES and earlier.language != document.language and _near(earlier.day, document.day):
                alike = likeness(document.items, earlier.items)
                if alike >= ALIKE:
                    yield document.id, earlier.id, alike


def likeness(a: Sequence[str], b: Sequence[str]) -> float:
    """Longest common subsequence over the longer length, 0 to 1; 0 for sequences too short to tell."""
    if min(len(a), len(b)) < _LEAST_LENGTH:
        return 0.0
    row = [0] * (len(b) + 1)
    for left in a:
        diagonal = 0
        for j, right in enumerate(b, start=1):
            above = row[j]
            row[j] = diagonal + 1 if left == right else max(above, row[j - 1])
            diagonal = above
    return row[-1] / max(len(a), len(b))


def _near(a: str, b: str) -> bool:
    if not a or not b:
        return False
    return abs((date.fromisoformat(a) - date.fromisoformat(b)).days) <= _APART_DAYS
