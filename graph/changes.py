"""What came and changed since readers were last told, as rows: the site's "what changed" and the feeds are views of
them.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlite_utils import Database

from distillwatch.graph.connection import transaction
from distillwatch.graph.rows import upsert

_DIFFERENCE = """
SELECT n.table_name, n.row_id, t.state, n.state FROM (
  SELECT 'documents' AS table_name, id AS row_id, CAST(revision AS TEXT) AS state FROM documents
  UNION ALL SELECT 'incidents', id, coalesce(moved_to, '') FROM incidents
  UNION ALL SELECT 'contradictions', id, status FROM contradictions) n
LEFT JOIN told t ON t.table_name = n.table_name AND t.row_id = n.row_id
WHERE t.state IS NOT n.state ORDER BY 1, 2"""
_STEPS = {"reopened": "reopened", "confirmed": "confirmed"}  # any other later status of a flag closes it


def save_changes(db: Database, run_id: str) -> int:
    """Record under a run what came and changed since the last call, whichever runs did it; returns how many changes."""
    with transaction(db):
        found = db.conn.execute(_DIFFERENCE).fetchall()
        rows = [
            {"run_id": run_id, "table_name": table, "row_id": key, "change": change}
            for table, key, before, now in found
            for change in _changes(table, before, now)
        ]
        upsert(db, "run_changes", rows, ("run_id", "table_name", "row_id", "change"))
        told = [{"table_name": table, "row_id": key, "state": now} for table, key, _, now in found]
        upsert(db, "told", told, ("table_name", "row_id"))
    return len(rows)


def _changes(table: str, before: str | None, now: str) -> Iterator[str]:
    """What happened to a row: `before` is what was told of it, None where nothing was."""
    if before is None:
        yield "opened" if table == "contradictions" else "new"
    if table == "documents" and now != (before or "1"):
        yield "revised"
    elif table == "incidents" and now:
        yield "moved"
    elif table == "contradictions" and before is not None:
        yield _STEPS.get(now, "closed")
