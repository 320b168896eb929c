"""A text cut into pieces at the borders of its mentions and claims, for highlighting without overlapping tags."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from msgspec import Struct

AROUND, PASSAGE = 1_500, 3_000  # characters beside a passage, and of a passage, that a page shows at most
ELLIPSIS = "…"


class Span(Struct, frozen=True):
    """Something that covers `text[start:end]`: a mention (one at a place counts) or a claim (several may)."""

    start: int
    end: int
    kind: str  # "mention" or "claim"
    ref: str  # what it points at
    label: str = ""


class Piece(Struct, frozen=True):
    """A run of text under the same spans; `opens` and `closes` are the claims that begin or end with it."""

    text: str
    mention: Span | None
    claims: tuple[Span, ...]
    opens: tuple[Span, ...]
    closes: tuple[Span, ...]


def cut(text: str, start: int, end: int, spans: Iterable[Span]) -> list[Piece]:
    """`text[start:end]` as pieces in order; joined they are that text again, whatever the spans claim about it."""
    start, end = max(0, start), min(len(text), end)
    if start >= end:
        return []
    inside = [s for s in spans if s.start < end and s.end > start and s.start < s.end]
    if not inside:
        return [_plain(text[start:end])]
    borders = sorted({start, end, *(min(max(b, start), end) for s in inside for b in (s.start, s.end))})
    return [_piece(text, a, b, start, inside) for a, b in pairwise(borders)]


def around(text: str, start: int, end: int, mark: Span) -> list[Piece]:
    """A passage in its surroundings `text[start:end]`; what is cut off for its length is shown by an ellipsis."""
    stop = min(mark.end, mark.start + PASSAGE)
    first, last = max(start, mark.start - AROUND), min(end, stop + AROUND) if stop == mark.end else stop
    pieces = cut(text, first, last, [Span(mark.start, stop, mark.kind, mark.ref)])
    before = [_plain(f"{ELLIPSIS} ")] if first > start else []
    return [*before, *pieces, *([_plain(f" {ELLIPSIS}")] if last < end else [])]


def _plain(text: str) -> Piece:
    return Piece(text, None, (), (), ())


def _piece(text: str, a: int, b: int, first: int, spans: Sequence[Span]) -> Piece:
    over = [s for s in spans if s.start <= a and s.end >= b]
    if not over:
        return _plain(text[a:b])
    mentions = [s for s in over if s.kind == "mention"]
    claims = tuple(s for s in over if s.kind == "claim")
    return Piece(
        text=text[a:b],
        mention=max(mentions, key=_length, default=None),
        claims=claims,
        opens=tuple(s for s in claims if s.start == a or (a == first and s.start < a)),
        closes=tuple(s for s in claims if s.end == b),
    )


def _length(span: Span) -> int:
    return span.end - span.start
