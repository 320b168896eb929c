"""Calendar dates as pages print them beside a headline, in English, French, German, Spanish, Chinese and Japanese.

Only what a page head or a file name shows: a full date, or a month with its year. Running text is not read here.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from msgspec import Struct

from distillwatch.crawlers.page_words import rows

_MONTH = {word: number for number, words in enumerate(rows("calendar", "months"), start=1) for word in words.split()}
_M = "|".join(sorted(_MONTH, key=len, reverse=True))
_DAY = r"(?P<d>\d{1,2})(?:st|nd|rd|th|er|º|\.)?"
_CLOCK = (
    r"(?:[\s,·|T-]{0,4}(?:at|à|um|a\ las|le)?\s*(?P<h>\d{1,2})\s?(?::|h|時|时|点)\s?(?P<n>\d{2})?(?::(?P<s>\d{2}))?"
    r"(?:分)?\s?(?P<ap>[ap]\.?m\b\.?)?\s?(?P<z>UTC|GMT|Z)?)?"
)
_PATTERNS = tuple(
    re.compile(pattern + _CLOCK, re.I | re.X)
    for pattern in (
        rf"\b{_DAY}\s+(?:de\s+)?(?P<m>{_M})\b\.?,?\s+(?:de\s+|del\s+)?(?P<y>(?:19|20)\d\d)\b",
        rf"\b(?P<m>{_M})\b\.?\s+{_DAY}\s*,?\s+(?P<y>(?:19|20)\d\d)\b",
        r"(?P<y>(?:19|20)\d\d)\s?年\s?(?P<m>\d{1,2})\s?月\s?(?P<d>\d{1,2})\s?日(?:\s?[(\uff08][^)\uff09]{1,4}[)\uff09])?",
        r"\b(?P<y>(?:19|20)\d\d)[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})(?!\d)",
        r"\b(?P<d>\d{1,2})\.(?P<m>\d{1,2})\.(?P<y>(?:19|20)\d\d)\b",
    )
)
_MONTH_ONLY = (
    re.compile(rf"(?<!\d )(?<!\d\. )\b(?P<m>{_M})\b\.?,?\s+(?:de\s+)?(?P<y>(?:19|20)\d\d)\b", re.I),
    re.compile(r"(?P<y>(?:19|20)\d\d)\s?年\s?(?P<m>\d{1,2})\s?月(?!\s?\d)"),
)


class Printed(Struct, frozen=True):
    """A printed date: `value` is an ISO day or time (a month's first day), `start` where it stands in its line."""

    value: str
    precision: str  # "time", "day" or "month"
    start: int
    end: int


def printed_dates(line: str) -> Iterator[Printed]:
    """The dates of one line in order; a day that no calendar has is none."""
    full = sorted(_full(line), key=lambda p: (p.start, -p.end))
    end = 0
    for found in full:
        if found.start >= end:
            yield found
            end = found.end
    if not full:
        for pattern in _MONTH_ONLY:
            for match in pattern.finditer(line):
                month = _month(match["m"])
                if 1 <= month <= 12:
                    yield Printed(f"{match['y']}-{month:02}-01", "month", match.start(), match.end())


def _full(line: str) -> Iterator[Printed]:
    for pattern in _PATTERNS:
        for match in pattern.finditer(line):
            try:
                day = dt.date(int(match["y"]), _month(match["m"]), int(match["d"])).isoformat()
            except ValueError:
                continue
            clock = _clock(match)
            yield Printed(day + clock, "time" if clock else "day", match.start(), match.end())


def _month(text: str) -> int:
    return int(text) if text.isdecimal() else _MONTH[text.lower()]


def _clock(match: re.Match[str]) -> str:
    """ "T14:05:00" or "" ; a time zone only where UTC is printed, since other names are ambiguous."""
    if match["h"] is None or (match["n"] is None and match["ap"] is None):
        return ""
    hour = int(match["h"])
    if match["ap"]:
        hour = hour % 12 + (12 if match["ap"].lower().startswith("p") else 0)
    minute, second = int(match["n"] or 0), int(match["s"] or 0)
    if hour > 23 or minute > 59 or second > 59:
        return ""
    return f"T{hour:02}:{minute:02}:{second:02}{'Z' if match['z'] else ''}"
