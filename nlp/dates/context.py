"""What surrounds a date expression: the tense of its clause, the words that open an end, the dates before it."""

from __future__ import annotations

import re
from datetime import date
from typing import Literal

from msgspec import Struct

from distillwatch.dates import Bound, DateRange
from distillwatch.nlp.dates.lexicon import Lexicon

Tense = Literal["past", "future", ""]

_SENTENCE_END = re.compile(r"(?<=[.!?;…][\s”\"’')»])|(?<=[。！？；\n])")
_WINDOW = 400  # characters to either side that a sentence is looked for in
_REACH = 60  # characters beside a date in which a cue is looked for


class Surroundings(Struct, frozen=True):
    """Everything that resolving one expression may look at."""

    published: date | None
    tense: Tense
    bound: Bound
    previous: DateRange | None  # the last date before it in the text


def surroundings(
    text: str, start: int, end: int, lexicon: Lexicon, *, published: date | None, previous: DateRange | None
) -> Surroundings:
    """The context of `text[start:end]`."""
    bound = _bound(text, start, end, lexicon)
    tense = _tense(text, start, end, lexicon)
    if bound in ("until", "before") and not tense:
        tense = "future"
    return Surroundings(published, tense, bound, previous)


def _bound(text: str, start: int, end: int, lexicon: Lexicon) -> Bound:
    before, behind = text[max(0, start - _REACH) : start], text[end : end + _REACH]
    for cue in lexicon.cues:
        if cue.regex.search(before if cue.side == "before" else behind):
            return cue.bound
    return ""


def _tense(text: str, start: int, end: int, lexicon: Lexicon) -> Tense:
    """The nearest cue before the date in its sentence decides, else the nearest behind it."""
    if lexicon.future_behind and lexicon.future_behind.match(text, end):
        return "future"
    if lexicon.past_before and lexicon.past_before.search(text, max(0, start - _REACH), start):
        return "past"
    low, high = sentence_of(text, start, end)
    before: Tense = ""
    for match in lexicon.tense.finditer(text, low, high):
        tense: Tense = "future" if match["future"] is not None else "past"
        if match.start() < start:
            before = tense
        elif match.start() >= end:
            return before or tense
    return before


def sentence_of(text: str, start: int, end: int) -> tuple[int, int]:
    """Offsets of the sentence around a span, or of what is near it in a very long one.

    Abbreviations may cut it short, which only narrows the search.
    """
    low, high = max(0, start - _WINDOW), min(len(text), end + _WINDOW)
    for match in _SENTENCE_END.finditer(text, low, high):
        if match.start() <= start:
            low = match.start()
        elif match.start() >= end:
            return low, match.start()
    return low, high
