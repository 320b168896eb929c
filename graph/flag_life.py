"""The life of a flag, step by step: opened, confirmed, dismissed, resolved, reopened, each with its day and reason."""

from __future__ import annotations

from sqlite_utils import Database

from distillwatch.graph.rows import execute


def record(db: Database, now: str) -> int:
    """Add a step for each queued flag whose status or reason is not that of its last step; returns how many.

    Nothing is ever taken back: the table is the history, `contradictions` the last state. Call inside a transaction,
    before the queue is emptied.
    """
    return execute(
        db,
        """INSERT INTO contradiction_events (contradiction_id, number, at, status, reason, rule, rule_version)
           SELECT k.id, coalesce(e.number, 0) + 1, ?, k.status, k.reason, x.rule, x.rule_version
           FROM compare_queue q JOIN contradictions k ON k.id = q.item JOIN comparisons x ON x.id = k.comparison_id
           LEFT JOIN contradiction_events e ON e.contradiction_id = k.id AND e.number = (
             SELECT max(number) FROM contradiction_events WHERE contradiction_id = k.id)
           WHERE q.task = 'regroup' AND (e.status IS NOT k.status OR e.reason IS NOT k.reason)""",
        (now,),
    )
