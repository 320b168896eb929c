"""Documents with their revisions, segments and links: one transaction a document."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from typing import Any, Literal

import msgspec
from sqlite_utils import Database

from distillwatch.errors import ReferenceMissing, StoreUnusable
from distillwatch.graph import search
from distillwatch.graph.connection import file_of, transaction
from distillwatch.graph.revisions import new_number, save_earlier, save_revision, supersede
from distillwatch.graph.rows import replace_all, touch, upsert
from distillwatch.ids import hash_id, text_hash
from distillwatch.records import Document, Segment

Saved = Literal["new", "revised", "updated", "unchanged"]

_OWN = (
    *("source_id", "url", "kind", "language", "title", "outlet", "byline", "published_at", "published_precision"),
    *("published_from", "modified_at", "text", "file"),
)


def content_hash(document: Document) -> str:
    """Hash of everything that a later stage reads of a document; what only says when it was fetched is left out."""
    plain = msgspec.structs.replace(document, first_seen="", capture_id="")
    return text_hash(msgspec.json.encode(plain).decode())


def save_document(db: Database, document: Document, seen_at: str, *, same_page: bool = False) -> Saved:
    """Store a document as it was at `seen_at` and say what that changed.

    Another text is a new revision; the same text with other segments, title or dates is `updated` in place;
    what is the same in all only moves `last_seen`. `same_page` says that the same bytes were read by another parser:
    another text then takes the place of the old one and is no revision. Source and capture must be stored before.
    Raises ReferenceMissing where they are not, or where another document has the address.
    """
    text_sha256, content = text_hash(document.text), content_hash(document)
    revision_id = hash_id("revision", document.id, text_sha256)
    with transaction(db):
        stand = db.conn.execute(
            "SELECT text_sha256, content_sha256, revision_id FROM documents WHERE id = ?", (document.id,)
        ).fetchone()
        if stand and stand[1] == content:
            db.conn.execute("UPDATE documents SET last_seen = max(last_seen, ?) WHERE id = ?", (seen_at, document.id))
            return "unchanged"
        saved: Saved = "new" if stand is None else "updated" if stand[0] == text_sha256 else "revised"
        try:
            number, is_new = new_number(db, document.id, revision_id)
            row = {
                "id": document.id,
                **{column: getattr(document, column) for column in _OWN},
                "first_seen": document.first_seen or seen_at,
                "last_seen": seen_at,
                "text_sha256": text_sha256,
                "content_sha256": content,
                "revision": number,
                "revision_id": revision_id,
            }
            upsert(db, "documents", [row], keep=("first_seen",))
            save_revision(db, document, revision_id, number, seen_at)
        except sqlite3.IntegrityError as error:
            raise ReferenceMissing(
                f"{document.url}: its source {document.source_id!r} or its capture {document.capture_id!r} "
                f"is not stored yet, or another document has its address [{error}]"
            ) from error
        if same_page and saved == "revised":
            supersede(db, document.id, stand[2], revision_id)
        _save_segments(db, document, revision_id, is_new=is_new)
        links = [{"document_id": document.id, "url": url} for url in sorted(set(document.links))]
        replace_all(db, "document_links", links, ("document_id", "url"), "document_id = ?", (document.id,))
        search.index(db, "documents", [(document.id, document.title, document.text)])
        touch(db)
    return saved


def save_document_before(db: Database, document: Document, seen_at: str) -> Saved:
    """Store what a stored document was at an earlier time: an old archive that is read late.

    What stands, stands; another text is a revision that comes before it. `updated` where it brought one.
    """
    revision_id = hash_id("revision", document.id, text_hash(document.text))
    with transaction(db):
        db.conn.execute("UPDATE documents SET first_seen = min(first_seen, ?) WHERE id = ?", (seen_at, document.id))
        stands = db.conn.execute("SELECT revision_id FROM documents WHERE id = ?", (document.id,)).fetchone()[0]
        if stands == revision_id:
            return "unchanged"
        known = db.conn.execute("SELECT seen_at FROM revisions WHERE id = ?", (revision_id,)).fetchone()
        is_new = known is None
        if known and known[0] <= seen_at:
            return "unchanged"
        save_earlier(db, document, revision_id, seen_at)
        _save_segments(db, document, revision_id, is_new=is_new)
        touch(db)
    return "updated"


def load_documents(db: Database, ids: Sequence[str] | None = None) -> Iterator[Document]:
    """The current revision of each document (or of those with the given ids), in the order of their ids."""
    wanted = (
        sorted(ids) if ids is not None else [row[0] for row in db.conn.execute("SELECT id FROM documents ORDER BY id")]
    )
    for document_id in wanted:
        yield load_document(db, document_id)


def load_document(db: Database, document_id: str) -> Document:
    """The current revision of one document; raises StoreUnusable when there is none of that id."""
    row = db.conn.execute(
        f"SELECT {', '.join(f'd.{c}' for c in _OWN)}, d.first_seen, d.revision_id, r.capture_id "
        "FROM documents d JOIN revisions r ON r.id = d.revision_id WHERE d.id = ?",
        (document_id,),
    ).fetchone()
    if row is None:
        raise StoreUnusable(f"{file_of(db)}: no document has the id {document_id!r}")
    fields: dict[str, Any] = dict(zip(_OWN, row, strict=False))
    links = tuple(
        url
        for (url,) in db.conn.execute(
            "SELECT url FROM document_links WHERE document_id = ? ORDER BY url", (document_id,)
        )
    )
    return msgspec.convert(
        {k: v if v is not None else "" for k, v in fields.items()}
        | {
            "id": document_id,
            "first_seen": row[-3],
            "capture_id": row[-1] or "",
            "segments": load_segments(db, document_id, row[-2]),
            "links": links,
        },
        Document,
    )


def load_revision(db: Database, revision_id: str) -> Document:
    """A document as one of its revisions read: its title, text and segments, the rest as it stands now."""
    document_id, title, text = db.conn.execute(
        "SELECT document_id, title, text FROM revisions WHERE id = ?", (revision_id,)
    ).fetchone()
    segments = load_segments(db, document_id, revision_id)
    return msgspec.structs.replace(load_document(db, document_id), title=title, text=text, segments=segments)


def load_segments(db: Database, document_id: str, revision_id: str) -> tuple[Segment, ...]:
    """The segments of one revision of a document, in order."""
    rows = db.conn.execute(
        'SELECT s.position, s.kind, s."start", s."end", s.speaker, p.position, s.head, s.cells, s.at FROM segments s '
        "LEFT JOIN segments p ON p.id = s.parent_id WHERE s.document_id = ? AND s.revision_id = ? ORDER BY s.position",
        (document_id, revision_id),
    )
    return tuple(
        Segment(
            position=position,
            kind=kind,
            start=start,
            end=end,
            speaker=speaker or "",
            parent=parent,
            head=head or "",
            cells=tuple((a, b) for a, b in msgspec.json.decode(cells or "[]")),
            at=at,
        )
        for position, kind, start, end, speaker, parent, head, cells, at in rows
    )


def segment_id(revision_id: str, position: int) -> str:
    """The id of the segment at a position of a revision."""
    return hash_id("segment", revision_id, position)


def _save_segments(db: Database, document: Document, revision_id: str, *, is_new: bool) -> None:
    rows = [
        {
            "id": segment_id(revision_id, s.position),
            "document_id": document.id,
            "revision_id": revision_id,
            "position": s.position,
            "kind": s.kind,
            "start": s.start,
            "end": s.end,
            "speaker": s.speaker,
            "parent_id": None if s.parent is None else segment_id(revision_id, s.parent),
            "head": s.head,
            "cells": msgspec.json.encode(s.cells).decode(),
            "at": s.at,
        }
        for s in document.segments
    ]
    db.conn.execute("PRAGMA defer_foreign_keys = on")  # a block may answer one that stands further down
    if not is_new:
        of_this = "document_id = ? AND revision_id = ?"
        db.conn.execute(f"UPDATE segments SET parent_id = NULL WHERE {of_this}", (document.id, revision_id))
        db.conn.execute(
            f"DELETE FROM segments WHERE {of_this} AND position >= ? "
            "AND id NOT IN (SELECT segment_id FROM claims WHERE document_id = ?)",
            (document.id, revision_id, len(rows), document.id),
        )
    upsert(db, "segments", rows)
