"""The ledger of predictions: what was said would come, by when, and whether it did."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlite_utils import Database

from distillwatch.graph.decided import last
from distillwatch.graph.rows import replace_all
from distillwatch.records import Decision
from distillwatch.topic import DECISIONS


def link_predictions(db: Database, now: str, decisions: Iterable[Decision]) -> int:
    """Bring every prediction's due days and status up to date; returns how many rows that changed.

    A decision ("met", "failed", "void") settles one for good; else a later claim of the same proposition that plainly
    says it has happened, from another document, makes it "met". Call inside a transaction, after the propositions.
    """
    decided = {key: d.decision for key, d in last(decisions, "predictions").items()}
    claims = {
        row["id"]: row
        for row in db.query(
            """SELECT c.*, coalesce(nullif(substr(d.published_at, 1, 10), ''), substr(d.first_seen, 1, 10)) AS said_on
               FROM claims c JOIN documents d ON d.id = c.document_id WHERE c.current AND c.speech_act = 'predicts'"""
        )
    }
    rows = []
    for key in sorted(claims):
        claim = claims[key]
        status, by = decided.get(key, ""), None
        if status not in DECISIONS["predictions"]:
            by = _came_true(db, claim)
            due = claim["when_end"]
            status = "met" if by else "overdue" if due and due < now[:10] else "pending"
        rows.append(
            {
                "claim_id": key,
                "due_start": claim["when_start"],
                "due_end": claim["when_end"],
                "status": status,
                "resolved_by": by,
            }
        )
    return replace_all(db, "predictions", rows, ("claim_id",))


def _came_true(db: Database, claim: dict[str, Any]) -> str | None:
    """The earliest later claim that says the predicted thing has happened, as the prediction says it would."""
    row = db.conn.execute(
        """SELECT c.id FROM claims c JOIN documents d ON d.id = c.document_id
           WHERE c.proposition_id = ? AND c.current AND c.document_id != ? AND c.polarity = ? AND c.hedge = 'none'
             AND c.speech_act IN ('asserts', 'confirms') AND substr(d.published_at, 1, 10) > ?
             AND (c.when_start IS NULL OR c.when_start > ?)
           ORDER BY d.published_at, c.id LIMIT 1""",
        (claim["proposition_id"], claim["document_id"], claim["polarity"], claim["said_on"], claim["said_on"]),
    ).fetchone()
    return str(row[0]) if row else None
