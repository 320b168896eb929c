"""Unregistered names in the store: what single texts propose, and those that two sources agree on."""

from __future__ import annotations

from collections.abc import Iterable

from sqlite_utils import Database

from distillwatch.graph import extractions
from distillwatch.graph.connection import transaction
from distillwatch.graph.rows import replace_all
from distillwatch.graph.work import mark_done
from distillwatch.ids import entity_id
from distillwatch.nlp.names.elsewhere import agreed, holding
from distillwatch.records import Entity

STAGE = "names"
_SETTLED = "names_agreed"  # the key in `metadata` that stands while no text has proposed anything since `agree` looked


def save_proposals(db: Database, document_id: str, entities: Iterable[Entity], now: str, *, stage_version: str) -> None:
    """Put the names that one text by itself proposes in the place of those it proposed before."""
    rows = sorted({(document_id, e.kind, e.name) for e in entities})
    columns = ("document_id", "kind", "name")
    with transaction(db):
        stored = [dict(zip(columns, row, strict=True)) for row in rows]
        replace_all(db, "proposals", stored, columns, "document_id = ?", (document_id,))
        content = db.conn.execute("SELECT content_sha256 FROM documents WHERE id = ?", (document_id,)).fetchone()[0]
        mark_done(db, STAGE, document_id, content, stage_version, now)
        db.conn.execute("DELETE FROM metadata WHERE key = ?", (_SETTLED,))


def settled(db: Database) -> bool:
    """Whether `agree` has looked since the last text proposed names; not so where a run was broken off in between."""
    return db.conn.execute("SELECT 1 FROM metadata WHERE key = ?", (_SETTLED,)).fetchone() is not None


def load_agreed(db: Database) -> list[Entity]:
    """The names that two sources agreed on when `agree` last looked, by kind and name."""
    rows = db.conn.execute("SELECT kind, name FROM agreed_names ORDER BY kind, name")
    return [Entity(id=entity_id(kind, name), kind=kind, name=name, status="proposed") for kind, name in rows]


def agree(db: Database) -> list[Entity]:
    """Find anew which names two sources agree on; texts that hold one whose standing has changed are to be read again.

    A source is an outlet, or the document itself where no outlet is known.
    """
    proposals = [
        (source, Entity(id=entity_id(kind, name), kind=kind, name=name, status="proposed"))
        for source, kind, name in db.conn.execute(
            """SELECT coalesce(nullif(d.outlet, ''), d.id), p.kind, p.name
               FROM proposals p JOIN documents d ON d.id = p.document_id"""
        )
    ]
    now = [{"kind": e.kind, "name": e.name} for e in agreed(proposals)]
    with transaction(db):
        before = set(db.conn.execute("SELECT kind, name FROM agreed_names"))
        changed = sorted({name for _, name in before ^ {(row["kind"], row["name"]) for row in now}})
        replace_all(db, "agreed_names", now, ("kind", "name"))
        db.conn.execute("INSERT OR IGNORE INTO metadata (key, value) VALUES (?, '')", (_SETTLED,))
        for document in holding(db.conn.execute("SELECT id, text FROM documents"), changed):
            db.conn.execute("DELETE FROM work WHERE stage = ? AND input_id = ?", (extractions.STAGE, document))
            db.conn.execute(  # the text before an edit is read with the same knowledge as the one behind it
                """DELETE FROM work WHERE stage = ? AND input_id IN
                   (SELECT id FROM revisions WHERE document_id = ?)""",
                (extractions.EARLIER, document),
            )
    return load_agreed(db)
