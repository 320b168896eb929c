"""A long text on several pages: where it is cut, and on which of its pages each statement stands.

A page holds so many bytes. Where the text is cut depends on the text and the places of its statements alone, both of
which tell in the fingerprint of whatever shows one of these statements: whoever points at one points at the right page.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import msgspec

from distillwatch.site.escaping import escaped
from distillwatch.site.queries import documents

if TYPE_CHECKING:  # the reader holds what is cut here
    from distillwatch.site.reader import Reader

PAGE_BYTES = 55_000  # of text and statements; the names in it, the head and the rest of a page want as much again
LINE_BYTES = 90  # of the element around a block
CLAIM_BYTES = 1_000  # of a statement: its line in the list, its marks and its number in the text
LOOKED_AT = PAGE_BYTES // 3  # bytes of text; one of fewer stays whole, however much of it must be escaped
STEP = 1_000  # characters: what a block longer than a page is cut by


def starts(text: str, claims: Sequence[int]) -> tuple[int, ...]:
    """Where the pages of a text begin: (0,) for one that fits a page. `claims` holds where its statements begin.

    Pages end with a block, or between two words of a block that is longer than a page.
    """
    claims = sorted(claims)
    found, used = [0], 0
    for start, end in _steps(text):
        told = bisect_left(claims, end) - bisect_left(claims, start)
        cost = len(escaped(text[start:end]).encode()) + LINE_BYTES * text.count("\n", start, end) + CLAIM_BYTES * told
        if used and used + cost > PAGE_BYTES:
            found.append(start)
            used = 0
        used += cost
    return tuple(found)


def _steps(text: str) -> Iterator[tuple[int, int]]:
    """A text cut into blocks, long ones further between words; together they are all of it."""
    start = 0
    while start < len(text):
        block = text.find("\n", start) + 1 or len(text)
        while block - start > STEP:
            word = max(text.rfind(" ", start + 1, start + STEP), text.rfind("\u3002", start + 1, start + STEP)) + 1
            end = word or start + STEP
            yield start, end
            start = end
        yield start, block
        start = block


def long_texts(reader: Reader) -> dict[str, tuple[int, ...]]:
    """Document → where its pages begin, of those whose present text does not fit one."""
    few = PAGE_BYTES // CLAIM_BYTES // 2
    found = {}
    for identity, text, claims in reader.tuples(documents.LONG.format(bytes=LOOKED_AT, claims=few)):
        cut = starts(text, msgspec.json.decode(claims, type=list[int]))
        if len(cut) > 1:
            found[identity] = cut
    return found


def part_of(begins: Sequence[int], place: int) -> int:
    """The number of the page on which a place of the text stands, from 1."""
    return max(1, bisect_right(begins, place))
