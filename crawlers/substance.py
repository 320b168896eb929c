"""What of a text an edit would change: all but the clock, the counters and the dates beside the author's name."""

from __future__ import annotations

import re

from distillwatch.crawlers.page_words import pattern, rows
from distillwatch.records import Document

_SHORT = 160  # characters of a line that may tell how long ago something was
_CLOCK = pattern("lines", "clock")
_WORD = re.compile(r"[^\W\d_]+")
_CALENDAR = frozenset(
    word for line in (*rows("calendar", "months"), *rows("calendar", "weekdays")) for word in line.split()
)


def substance(document: Document) -> tuple[tuple[str, str], ...]:
    """(speaker, text) of each block without what changes by itself; where two are equal, nobody edited the page.

    Of a line with a date beside a name the words are kept, less the names of months and days; in other short lines the
    times that run ("3 hours ago", "updated at 12:05") are left out. Prose is kept to the letter.
    """
    found = []
    for segment in document.segments:
        text = document.text[segment.start : segment.end]
        if segment.kind == "byline" and any(c.isdigit() for c in text):
            text = " ".join(word for word in _WORD.findall(text.lower()) if word not in _CALENDAR)
        elif len(text) <= _SHORT and segment.kind in ("paragraph", "list_item", "caption"):
            text = _CLOCK.sub("", text)
        found.append((segment.speaker, text))
    return tuple(found)
