"""Blocks of a text and how they become one text with exact offsets."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from msgspec import Struct

from distillwatch.records import Segment, SegmentKind


class Block(Struct, frozen=True, kw_only=True):
    """One block before it has a place: `parent` is the index of the block it answers or belongs to.

    `cells` of a table row are offsets into `text`; `at` is the second of a recording at which it is said.
    """

    kind: SegmentKind
    text: str
    speaker: str = ""
    parent: int | None = None
    head: str = ""
    cells: tuple[tuple[int, int], ...] = ()
    at: float | None = None


def row(cells: Sequence[str], *, head: Sequence[str] = (), parent: int | None = None) -> Block:
    """A table row: cells joined by one space; an empty cell has an empty range and adds no second space."""
    text = ""
    places = []
    for cell in cells:
        if cell and text:
            text += " "
        places.append((len(text), len(text) + len(cell)))
        text += cell
    return Block(kind="table_row", text=text, head="\t".join(head), cells=tuple(places), parent=parent)


def without(blocks: Sequence[Block], dropped: set[int]) -> list[Block]:
    """The blocks less those at the `dropped` indexes, with the parents of the rest moved along."""
    kept = [i for i in range(len(blocks)) if i not in dropped]
    moved = {old: new for new, old in enumerate(kept)}
    return [_with_parent(blocks[i], _at(moved, blocks[i].parent)) for i in kept]


def assemble(blocks: Sequence[Block]) -> tuple[str, tuple[Segment, ...]]:
    """(text, segments): the blocks' texts joined by newlines, each segment slicing its block. Empty ones vanish."""
    kept = without(blocks, {i for i, b in enumerate(blocks) if not b.text})
    segments = []
    start = 0
    for position, block in enumerate(kept):
        end = start + len(block.text)
        segments.append(
            Segment(
                position=position,
                kind=block.kind,
                start=start,
                end=end,
                speaker=block.speaker,
                parent=block.parent,
                head=block.head,
                cells=tuple((start + a, start + b) for a, b in block.cells),
                at=block.at,
            )
        )
        start = end + 1
    return "\n".join(b.text for b in kept), tuple(segments)


def _at(moved: dict[int, int], old: int | None) -> int | None:
    return None if old is None else moved.get(old)


def _with_parent(block: Block, parent: int | None) -> Block:
    return block if block.parent == parent else msgspec.structs.replace(block, parent=parent)
