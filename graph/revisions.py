"""The texts that a document has had, numbered in the order in which they were first seen."""

from __future__ import annotations

from sqlite_utils import Database

from distillwatch.graph.edits import record_changes
from distillwatch.graph.rows import upsert
from distillwatch.ids import text_hash
from distillwatch.records import Document


def save_revision(db: Database, document: Document, revision_id: str, number: int, seen_at: str) -> None:
    """Store the text of a revision; where it is known, its number and when it was first seen stay."""
    row = {
        "id": revision_id,
        "document_id": document.id,
        "number": number,
        "capture_id": document.capture_id or None,
        "seen_at": seen_at,
        "title": document.title,
        "published_at": document.published_at,
        "modified_at": document.modified_at,
        "text": document.text,
        "text_sha256": text_hash(document.text),
    }
    upsert(db, "revisions", [row], keep=("capture_id", "seen_at", "number"))


def new_number(db: Database, document_id: str, revision_id: str) -> tuple[int, bool]:
    """(its number, whether it is new)."""
    known = db.conn.execute("SELECT number FROM revisions WHERE id = ?", (revision_id,)).fetchone()
    if known:  # a text that came back: an old revision is current again
        return int(known[0]), False
    last = db.conn.execute("SELECT max(number) FROM revisions WHERE document_id = ?", (document_id,)).fetchone()[0]
    return (last or 0) + 1, True


def save_earlier(db: Database, document: Document, revision_id: str, seen_at: str) -> None:
    """Store a revision that was seen before others that are stored already, and number them all anew by their time."""
    save_revision(db, document, revision_id, 0, seen_at)
    db.conn.execute("UPDATE revisions SET seen_at = min(seen_at, ?) WHERE id = ?", (seen_at, revision_id))
    db.conn.execute(
        """UPDATE revisions SET number = n.place FROM (
             SELECT id, row_number() OVER (ORDER BY seen_at, number) AS place FROM revisions
             WHERE document_id = ?1 AND superseded_by IS NULL) n WHERE n.id = revisions.id""",
        (document.id,),
    )
    db.conn.execute(
        """UPDATE documents SET revision = (SELECT number FROM revisions WHERE id = documents.revision_id)
           WHERE id = ?""",
        (document.id,),
    )
    record_changes(db, revision_id)


def supersede(db: Database, document_id: str, old: str, new: str) -> None:
    """Let a revision stand where another one stood; claims and segments of the old one keep what they point at."""
    known = db.conn.execute("SELECT count(*) FROM revisions WHERE superseded_by IS NULL AND id = ?", (new,)).fetchone()
    if known[0] and _number(db, new) > _number(db, old):
        db.conn.execute(
            "UPDATE revisions SET (number, capture_id, seen_at) = "
            "(SELECT number, capture_id, seen_at FROM revisions WHERE id = ?) WHERE id = ?",
            (old, new),
        )
    db.conn.execute("UPDATE revisions SET superseded_by = ? WHERE id = ?", (new, old))
    db.conn.execute("UPDATE documents SET revision = ? WHERE id = ?", (_number(db, new), document_id))


def _number(db: Database, revision_id: str) -> int:
    return int(db.conn.execute("SELECT number FROM revisions WHERE id = ?", (revision_id,)).fetchone()[0])
