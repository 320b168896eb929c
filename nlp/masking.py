"""A copy of a sentence that the parser understands: every name is one familiar proper noun, every date one plain word.

A parser trained on newspaper text of 2012 reads "Norvane utilized Tarsil's Ostra 2" as a noun phrase, and "Google used
Google's Windows" rightly. The copy keeps the way back to the source and is never shown.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from operator import attrgetter

from msgspec import Struct


class Mask(Struct, frozen=True):
    """`document.text[start:end]` is to be read as `word`; `key` says what it was ("" for a mere rewording)."""

    start: int
    end: int
    word: str
    key: str = ""


class Masked(Struct, frozen=True):
    """The copy and its way back: `borders` are (offset in the copy, offset in the source) at each end of each mask."""

    text: str
    start: int
    end: int
    masks: tuple[Mask, ...]
    at: tuple[int, ...]  # where each mask's word begins in `text`

    def source(self, offset: int) -> int:
        """The source offset that a copy offset stands for; inside a mask's word, the mask's start."""
        i = bisect_right(self.at, offset) - 1
        if i < 0:
            return self.start + offset
        mask, begin = self.masks[i], self.at[i]
        inside = offset - begin
        return mask.start if inside < len(mask.word) else mask.end + inside - len(mask.word)

    def copy(self, offset: int) -> int:
        """The copy offset of a source offset outside the masks; inside one, where its word begins."""
        i = bisect_right(self.masks, offset, key=attrgetter("start")) - 1
        if i < 0:
            return offset - self.start
        mask, begin = self.masks[i], self.at[i]
        return begin + len(mask.word) + offset - mask.end if offset >= mask.end else begin

    def source_end(self, offset: int) -> int:
        """The source offset that a copy's end offset stands for; inside or behind a mask's word, the mask's end."""
        i = bisect_right(self.at, offset - 1) - 1
        if i < 0:
            return self.start + offset
        mask, begin = self.masks[i], self.at[i]
        inside = offset - begin
        return mask.end if inside <= len(mask.word) else mask.end + inside - len(mask.word)


def mask(text: str, start: int, end: int, masks: Sequence[Mask]) -> Masked:
    """The masked copy of `text[start:end]`. Masks outside it are ignored; of two that overlap, the first wins."""
    kept: list[Mask] = []
    for one in sorted(masks, key=_order):
        if start <= one.start < one.end <= end and (not kept or one.start >= kept[-1].end):
            kept.append(one)
    pieces: list[str] = []
    at: list[int] = []
    cursor, length = start, 0
    for one in kept:
        before = text[cursor : one.start]
        at.append(length + len(before))
        pieces += (before, one.word)
        length += len(before) + len(one.word)
        cursor = one.end
    pieces.append(text[cursor:end])
    return Masked("".join(pieces), start, end, tuple(kept), tuple(at))


def _order(one: Mask) -> tuple[int, int]:
    return one.start, -one.end
