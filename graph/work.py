"""What each stage has done already: an input whose hash and stage version are unchanged is skipped."""

from __future__ import annotations

from sqlite_utils import Database

from distillwatch.graph.rows import upsert


def is_done(db: Database, stage: str, input_id: str, input_hash: str, stage_version: str) -> bool:
    """Whether the stage has worked on exactly this input with exactly this version."""
    row = db.conn.execute(
        "SELECT input_hash, stage_version FROM work WHERE stage = ? AND input_id = ?", (stage, input_id)
    ).fetchone()
    return row is not None and tuple(row) == (input_hash, stage_version)


def version_done(db: Database, stage: str, input_id: str = "") -> str:
    """The version in which the stage last worked on an input; "" when it never has."""
    row = db.conn.execute(
        "SELECT stage_version FROM work WHERE stage = ? AND input_id = ?", (stage, input_id)
    ).fetchone()
    return str(row[0]) if row else ""


def mark_done(db: Database, stage: str, input_id: str, input_hash: str, stage_version: str, now: str) -> None:
    """Remember it. Call inside the transaction that stores the result, so that neither stands without the other."""
    row = {
        "stage": stage,
        "input_id": input_id,
        "input_hash": input_hash,
        "stage_version": stage_version,
        "done_at": now,
    }
    upsert(db, "work", [row], ("stage", "input_id"))


def revisions_to_do(db: Database, stage: str, stage_version: str) -> list[str]:
    """Ids of the revisions just before a current one that the stage has not worked on, oldest first."""
    rows = db.conn.execute(
        """SELECT r.id FROM documents d JOIN revisions r ON r.document_id = d.id AND r.number = d.revision - 1
             AND r.superseded_by IS NULL
           LEFT JOIN work w ON w.stage = ? AND w.input_id = r.id
           WHERE d.revision > 1 AND (w.input_id IS NULL OR w.input_hash != r.text_sha256 OR w.stage_version != ?)
             AND EXISTS (SELECT 1 FROM segments s WHERE s.document_id = d.id AND s.revision_id = r.id)
           ORDER BY r.seen_at, r.id""",
        (stage, stage_version),
    )
    return [row[0] for row in rows]


def documents_to_do(db: Database, stage: str, stage_version: str) -> list[str]:
    """Ids of the documents that the stage has not worked on in their current form, oldest first seen first."""
    rows = db.conn.execute(
        """SELECT d.id FROM documents d LEFT JOIN work w ON w.stage = ? AND w.input_id = d.id
           WHERE w.input_id IS NULL OR w.input_hash != d.content_sha256 OR w.stage_version != ?
           ORDER BY d.first_seen, d.id""",
        (stage, stage_version),
    )
    return [row[0] for row in rows]
