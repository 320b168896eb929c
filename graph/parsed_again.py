"""The same bytes, read by a better parser: the text takes the place of the old one and is no edit of the page."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
from sqlite_utils import Database

from distillwatch.graph.connection import transaction
from distillwatch.graph.documents import Saved, load_document, save_document
from distillwatch.graph.sources import capture_of
from distillwatch.graph.work import mark_done
from distillwatch.records import Capture, Document

STAGE = "parse"
_PARSER = "parser"  # the key in `metadata` of the version by which every document was read


def to_parse(db: Database, version: str) -> Iterator[tuple[Document, Capture]]:
    """The documents that were not read by this version of the parser, each with the capture that it was read from."""
    if _read_by(db) == version:
        return
    rows = db.conn.execute(
        """SELECT d.id, r.capture_id FROM documents d JOIN revisions r ON r.id = d.revision_id
           LEFT JOIN work w ON w.stage = ? AND w.input_id = d.id AND w.stage_version = ?
           WHERE w.input_id IS NULL AND r.capture_id IS NOT NULL ORDER BY d.id""",
        (STAGE, version),
    ).fetchall()
    for document_id, capture_id in rows:
        yield load_document(db, document_id), capture_of(db, capture_id)


def left_out(db: Database) -> Iterator[Capture]:
    """The latest capture of each address whose page was left out as off the topic."""
    rows = db.conn.execute(
        """SELECT id FROM captures c WHERE error = 'off_topic' AND fetched_at =
           (SELECT max(fetched_at) FROM captures x WHERE x.url = c.url AND x.sha256 != '') ORDER BY url, id"""
    ).fetchall()
    for (capture_id,) in rows:
        yield capture_of(db, capture_id)


def save_parsed_again(db: Database, old: Document, new: Document | None, version: str, now: str) -> Saved:
    """Store what the parser now reads out of a document's own capture; None where it reads nothing: the old one stays.

    Its identity and what a list said about it stay: the address, and whatever the page itself leaves open.
    """
    with transaction(db):
        saved: Saved = "unchanged"
        if new is not None:
            saved = save_document(db, _completed(old, new), _last_seen(db, old.id), same_page=True)
        mark_done(db, STAGE, old.id, "", version, now)
    return saved


def finish_parsing(db: Database, version: str) -> None:
    """Every document was read by this version: the next run need not look."""
    with transaction(db):
        db.conn.execute(
            "INSERT INTO metadata (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
            (_PARSER, version),
        )


def _read_by(db: Database) -> str:
    row = db.conn.execute("SELECT value FROM metadata WHERE key = ?", (_PARSER,)).fetchone()
    return str(row[0]) if row else ""


def _last_seen(db: Database, document_id: str) -> str:
    return str(db.conn.execute("SELECT last_seen FROM documents WHERE id = ?", (document_id,)).fetchone()[0])


def _completed(old: Document, new: Document) -> Document:
    dated = new if new.published_at else old
    return msgspec.structs.replace(
        new,
        id=old.id,
        url=old.url,
        title=new.title or old.title,
        byline=new.byline or old.byline,
        outlet=new.outlet or old.outlet,
        published_at=dated.published_at,
        published_precision=dated.published_precision,
        published_from=dated.published_from,
        first_seen=old.first_seen,
        capture_id=old.capture_id,
        file=old.file,
    )
