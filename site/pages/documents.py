"""A page for each document: its stored text with names and claims highlighted, its revisions and its copies."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from functools import partial

from msgspec import Struct

from distillwatch.site import linked, paths
from distillwatch.site.brief import NAME, brief
from distillwatch.site.claims import Claim, load, words
from distillwatch.site.figures import day_words, published_words
from distillwatch.site.flags import kind_words
from distillwatch.site.marking import Piece, Span, cut
from distillwatch.site.page import Context, Page, Sheaves
from distillwatch.site.queries import claims as claim_queries
from distillwatch.site.queries import disputes, documents, incidents
from distillwatch.site.queries.disputes import DisputeRow
from distillwatch.site.queries.documents import (
    DocumentRow,
    EditRow,
    MentionRow,
    RelatedRow,
    RevisionRow,
    SegmentRow,
)
from distillwatch.site.queries.incidents import IncidentName
from distillwatch.site.reader import Reader

DEEPEST = 6  # replies nested further are shown at this depth
LINKED = 300  # names of one page that lead to theirs
FACETS = 80  # names by which the search finds a page, those that it has most often


class Block(Struct, frozen=True):
    """A segment with its highlighted pieces; `depth` is how deep a reply is nested.

    Its speaker is named only where the block before was somebody else's. `at` is the time in a recording, "1:02:03".
    """

    kind: str
    speaker: str
    depth: int
    pieces: tuple[Piece, ...]
    head: str
    at: str = ""

    @property
    def text(self) -> str:
        """The words of the segment."""
        return "".join(piece.text for piece in self.pieces)


class Part(Struct, frozen=True):
    """One of the pages of a text: its number from 1, of how many, and which characters it holds."""

    number: int
    of: int
    start: int
    end: int

    def holds(self, start: int, end: int) -> bool:
        """Whether any of these characters stand on it."""
        return start < self.end and end > self.start


class Change(Struct, frozen=True):
    """A line that differs between two revisions: `sign` is "+" or "-"."""

    sign: str
    text: str


class Revision(Struct, frozen=True):
    """A revision and what it changed against the one before, in its lines and in its claims."""

    row: RevisionRow
    changes: tuple[Change, ...]
    edits: tuple[EditRow, ...] = ()


def pages(reader: Reader) -> Iterator[Sheaves]:
    """One page a document; several for a long text."""
    yield Sheaves(kind="document", of=reader.documents, key=reader.fingerprints.document, pages=partial(_pages, reader))


def _pages(reader: Reader, identity: str) -> Iterator[Page]:
    ((title, outlet),) = reader.bare(documents.TITLE, id=identity)
    called = title or f"A document of {outlet}"
    of = len(reader.parts.get(identity, (0,)))
    for number in range(1, of + 1):
        yield Page(
            path=paths.document(identity, number),
            template="document.html",
            title=called if number == 1 else f"{brief(called)} (part {number} of {of})",
            section="sources.html",
            context=partial(_document, reader, identity, number),
            found_as="document",
        )


def _document(reader: Reader, identity: str, number: int) -> Context:
    row = reader.rows(DocumentRow, documents.BY_ID, id=identity)[0]
    begins = reader.parts.get(identity, (0,))
    part = Part(number, len(begins), begins[number - 1], (*begins, max(len(row.text), 1))[number])
    claims = load(reader, claim_queries.OF_DOCUMENT, id=identity)
    here = [(n, c) for n, c in enumerate(claims, start=1) if part.holds(c.row.start, c.row.end)]
    mentions = reader.rows(MentionRow, documents.MENTIONS, id=identity, revision=row.revision_id)
    mentions = [m for m in mentions if part.holds(m.start, m.end)]
    segments = reader.rows(SegmentRow, documents.SEGMENTS, id=identity, revision=row.revision_id)
    blocks = _blocks(reader, row.text, part, segments, mentions[:LINKED], [claim for _, claim in here])
    first = blocks[0] if blocks and blocks[0].kind == "headline" and blocks[0].text == row.title else None
    found = reader.rows(DisputeRow, disputes.OF_DOCUMENT, id=identity)
    text = linked.work(brief(row.title), row.kind, row.url, row.published_at, row.outlet, row.language)
    return {
        "linked": linked.node(reader, "WebPage", name=brief(row.title), mainEntity=text),
        "facets": _facets(reader, row, mentions, found),
        "document": row,
        "part": part,
        "headline": first,  # shown as the page's own headline rather than twice
        "blocks": blocks[1:] if first else blocks,
        "claims": here,
        "statements": len(claims),
        "numbered": _numbered,
        "unlinked": max(0, len(mentions) - LINKED),
        "disputes": found,
        "incidents": reader.rows(IncidentName, incidents.OF_DOCUMENT, id=identity),
        **(_history(reader, identity) if number == 1 else {"revisions": [], "related": []}),
    }


def _numbered(listed: Sequence[tuple[int, Claim]]) -> dict[str, int]:
    """Claim → its number, of those that a page lists: only these can be pointed at."""
    return {claim.row.id: number for number, claim in listed}


def _history(reader: Reader, identity: str) -> Context:
    """What became of a text, and which others share its origin: told on its first page."""
    return {
        "revisions": _revisions(
            reader.rows(RevisionRow, documents.REVISIONS, id=identity),
            reader.rows(EditRow, documents.EDITS, id=identity),
        ),
        "related": [r for r in reader.rows(RelatedRow, documents.RELATED, id=identity) if r.document_id != identity],
    }


def _facets(
    reader: Reader, row: DocumentRow, mentions: Sequence[MentionRow], found: Sequence[DisputeRow]
) -> list[tuple[str, str]]:
    """What the search can be narrowed by."""
    named = Counter(e for e in (reader.entity(m.entity_id) for m in mentions) if e is not None)
    often = {entity for entity, _ in named.most_common(FACETS)}
    day = published_words(row.published_at, row.published_precision)
    return [
        ("outlet", row.outlet),
        ("kind", row.kind),
        ("language", words()["language"].get(row.language, row.language)),
        ("date", day),
        *([("year", row.published_at[:4]), ("month", day_words(row.published_at[:7]))] if row.published_at else []),
        *((e.kind, brief(e.name, most=NAME)) for e in named if e in often and e.kind in ("company", "model")),
        *(("flag", title) for title in dict.fromkeys(kind_words(dispute.kind)[0] for dispute in found)),
    ]


def _blocks(
    reader: Reader,
    text: str,
    part: Part,
    segments: Sequence[SegmentRow],
    mentions: Sequence[MentionRow],
    claims: Sequence[Claim],
) -> list[Block]:
    spans = [Span(c.row.start, c.row.end, "claim", c.row.id) for c in claims]
    for mention in mentions:
        entity = reader.entity(mention.entity_id)
        path = paths.entity(entity.kind, entity.id) if entity else ""
        spans.append(Span(mention.start, mention.end, "mention", path, mention.kind))
    depths: dict[str, int] = {}
    blocks: list[Block] = []
    before = ("", 0)
    for segment in segments:
        depth = depths.get(segment.parent_id or "", -1) + 1
        depths[segment.id] = depth
        start, end = max(segment.start, part.start), min(segment.end, part.end)
        if start >= end:
            continue
        near = [s for s in spans if s.start < end and s.end > start]
        blocks.append(
            Block(
                kind=segment.kind,
                speaker=segment.speaker if (segment.speaker, depth) != before else "",
                depth=min(depth, DEEPEST),
                pieces=tuple(cut(text, start, end, near)),
                head=segment.head,
                at="" if segment.at is None else str(dt.timedelta(seconds=int(segment.at))),
            )
        )
        before = (segment.speaker, depth)
    return blocks


def _revisions(rows: Sequence[RevisionRow], edits: Sequence[EditRow]) -> list[Revision]:
    """Newest first, each with its difference to the one before, line by line."""
    found = []
    for number, row in enumerate(rows):
        before = rows[number - 1].text if number else ""
        lines = tuple(_changes(before, row.text)) if number else ()
        found.append(Revision(row, lines, tuple(edit for edit in edits if edit.revision_id == row.id)))
    return found[::-1]


def _changes(before: str, after: str) -> Iterator[Change]:
    old, new = before.split("\n"), after.split("\n")
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag != "equal":
            yield from (Change("-", line) for line in old[a:b])
            yield from (Change("+", line) for line in new[c:d])
