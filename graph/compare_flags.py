"""Verdicts in the store, and the life of a flag: open, confirmed or dismissed by a person, resolved, reopened.

A flag is never deleted. One whose texts no longer give it is resolved with the reason; one that a person has judged
and whose text changed comes back as a new, reopened flag that says so.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from sqlite_utils import Database

from distillwatch.graph.decided import last
from distillwatch.graph.rows import execute, upsert
from distillwatch.graph.statements import Judged
from distillwatch.ids import hash_id
from distillwatch.records import Decision

UNSHOWN = "Other texts, seen first or the originals of these, say the same and stand for these now."
_OUTCOME = {"confirm": "confirmed", "dismiss": "dismissed", "reopen": "reopened"}


def flag_id(comparison_id: str) -> str:
    """The id of the flag that a comparison raises."""
    return hash_id("contradiction", comparison_id)


def save(db: Database, found: Sequence[Judged], texts: Mapping[str, str], now: str) -> Counter[str]:
    """Store verdicts and open flags for contradictions; counts what was opened and reopened. Inside a transaction.

    `texts`: the document of each claim.
    """
    ids = {judged.id: judged for judged in found}
    upsert(db, "comparisons", [_row(key, judged) for key, judged in ids.items()])
    db.conn.executemany(
        "DELETE FROM compare_queue WHERE task IN ('stale', 'unshown') AND item = ?", [(key,) for key in ids]
    )
    flagged = {key: judged for key, judged in ids.items() if judged.verdict == "contradiction"}
    if not flagged:
        return Counter()
    flags = {flag_id(key): (key, judged) for key, judged in flagged.items()}
    _queue(db, flags)
    stand = _standing(db, list(flags))
    decided = _decided(db, {texts[key] for j in flagged.values() for key in (j.a, j.b)})
    rows, counts = [], Counter[str]()
    for key, (comparison_id, judged) in flags.items():
        if stand.get(key) not in (None, "resolved"):
            continue
        a, b = texts[judged.a], texts[judged.b]
        status, reason = ("reopened", "It is found again.") if key in stand else ("open", None)
        if key not in stand and (earlier := decided.get((a, b, judged.kind))):
            status, reason = "reopened", f"The text has changed since an earlier form was {earlier[0]}: {earlier[1]}"
        counts[status] += 1
        rows.append(
            {
                "id": key,
                "comparison_id": comparison_id,
                "incident_id": None,  # see `flag_incidents`
                "kind": judged.kind,
                "status": status,
                "opened_at": now,
                "closed_at": None,
                "reason": reason,
            }
        )
    upsert(db, "contradictions", rows)
    return counts


def _queue(db: Database, flags: Iterable[str]) -> None:
    """Have the disputes of some flags looked at again."""
    db.conn.executemany(
        "INSERT OR IGNORE INTO compare_queue (task, item) VALUES ('regroup', ?)", [(key,) for key in flags]
    )


def sweep(db: Database, now: str) -> int:
    """Close or drop the verdicts that were not found again; returns how many flags were resolved. In a transaction.

    A flag whose statements other texts stand for now is closed too, unless a person has judged it.
    """
    db.conn.execute(
        """DELETE FROM comparisons WHERE id IN (SELECT item FROM compare_queue WHERE task IN ('stale', 'unshown'))
           AND id NOT IN (SELECT comparison_id FROM contradictions)"""
    )
    db.conn.execute(
        """INSERT OR IGNORE INTO compare_queue (task, item) SELECT 'regroup', k.id FROM compare_queue q
           JOIN contradictions k ON k.comparison_id = q.item WHERE q.task IN ('stale', 'unshown')"""
    )
    unshown = execute(
        db,
        """UPDATE contradictions SET status = 'resolved', closed_at = ?, reason = ? WHERE comparison_id IN (
             SELECT item FROM compare_queue WHERE task = 'unshown'
             AND item NOT IN (SELECT item FROM compare_queue WHERE task = 'stale'))
           AND status IN ('open', 'reopened')""",
        (now, UNSHOWN),
    )
    resolved = execute(
        db,
        """UPDATE contradictions SET status = 'resolved', closed_at = ?, reason = ( SELECT CASE WHEN a.current AND
        b.current THEN 'The rules no longer find it: ' ELSE 'One of the two statements no longer stands in its text: '
        END || x.rule || ' ' || x.rule_version || '.' FROM comparisons x JOIN claims a ON a.id = x.claim_a JOIN claims
        b ON b.id = x.claim_b WHERE x.id = contradictions.comparison_id) WHERE comparison_id IN (SELECT item FROM
        compare_queue WHERE task = 'stale') AND status NOT IN ('resolved', 'dismissed')
        """,
        (now,),
    )
    db.conn.execute("DELETE FROM compare_queue WHERE task IN ('stale', 'unshown')")
    return resolved + unshown


def apply_decisions(db: Database, decisions: Sequence[Decision]) -> int:
    """Give each flag the status that the last decision about it says; returns how many changed. In a transaction."""
    changed = 0
    for target, decision in sorted(last(decisions, "contradictions").items()):
        status = _OUTCOME.get(decision.decision)
        if status is None:
            continue
        reason = f"{decision.reason} ({decision.author})"
        _queue(db, [target])
        closed = decision.decided_at if status == "dismissed" else None
        changed += execute(
            db,
            """UPDATE contradictions SET status = ?, closed_at = ?, reason = ?
               WHERE id = ? AND status != 'resolved' AND (status != ? OR reason IS NOT ?)""",
            (status, closed, reason, target, status, reason),
        )
    return changed


def _row(key: str, judged: Judged) -> dict[str, object]:
    return {
        "id": key,
        "claim_a": judged.a,
        "claim_b": judged.b,
        "verdict": judged.verdict,
        "kind": judged.kind,
        "rule": judged.rule,
        "rule_version": judged.version,
        "explanation": judged.why,
        "confidence": judged.confidence,
        "severity": judged.severity,
    }


def _standing(db: Database, ids: Sequence[str]) -> dict[str, str]:
    sql = "SELECT id, status FROM contradictions WHERE id IN (SELECT value FROM json_each(?))"
    return dict(db.conn.execute(sql, (json.dumps(list(ids)),)))


def _decided(db: Database, documents: set[str]) -> dict[tuple[str, str, str], tuple[str, str]]:
    """(document, document, kind) → status and reason of a flag that a person judged and whose text has changed."""
    rows = db.conn.execute(
        """SELECT a.document_id, b.document_id, k.kind, k.status, k.reason FROM claims c
           JOIN comparisons x ON x.claim_a = c.id OR x.claim_b = c.id JOIN contradictions k ON k.comparison_id = x.id
           JOIN claims a ON a.id = x.claim_a JOIN claims b ON b.id = x.claim_b
           WHERE c.document_id IN (SELECT value FROM json_each(?)) AND NOT c.current
             AND k.status IN ('dismissed', 'confirmed')""",
        (json.dumps(sorted(documents)),),
    )
    return {(a, b, kind): (status, reason or "") for a, b, kind, status, reason in rows}
