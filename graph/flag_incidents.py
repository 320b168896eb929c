"""Which incident each flag belongs to. Incidents grow, join and part after a flag was opened."""

from __future__ import annotations

import json
from collections.abc import Collection

from sqlite_utils import Database

from distillwatch.graph.work import mark_done
from distillwatch.ids import hash_id

STAGE = "flag-incident"


def place(db: Database, now: str) -> int:
    """Give every flag the incident that both of its statements speak of, else one that either does; of several the one
    that began first. Looks at the flags that are queued and at those of incidents that changed; returns how many moved.
    Call inside a transaction.
    """
    order = {
        key: (moved or "", started or "9", title, key)
        for key, moved, started, title in db.conn.execute("SELECT id, moved_to, started_on, title FROM incidents")
    }
    known = dict(db.conn.execute("SELECT input_id, input_hash FROM work WHERE stage = ?", (STAGE,)))
    states = {key: hash_id(*state) for key, state in order.items()}
    changed = [key for key, state in states.items() if known.get(key) != state]
    for key in changed:
        mark_done(db, STAGE, key, states[key], "", now)
    stale = []
    for key, stands, *sides in _flags(db, changed):
        one, other = (_told(db, *sides[:2]), _told(db, *sides[2:]))
        incident = min(one & other or one | other, key=order.__getitem__, default=None)
        if incident != stands:
            stale.append((incident, key))
    db.conn.executemany("UPDATE contradictions SET incident_id = ? WHERE id = ?", stale)
    db.conn.executemany(
        "INSERT OR IGNORE INTO compare_queue (task, item) VALUES ('regroup', ?)", [(key,) for _, key in stale]
    )
    return len(stale)


_FLAG = """SELECT k.id, k.incident_id, a.id, a.document_id, b.id, b.document_id FROM contradictions k
JOIN comparisons x ON x.id = k.comparison_id JOIN claims a ON a.id = x.claim_a JOIN claims b ON b.id = x.claim_b
WHERE k.status != 'resolved' AND k.id IN ({})"""
_QUEUED = "SELECT item FROM compare_queue WHERE task = 'regroup'"
_OF_INCIDENTS = """SELECT f.id FROM incident_documents i JOIN claims c ON c.document_id = i.document_id
JOIN comparisons x ON c.id IN (x.claim_a, x.claim_b) JOIN contradictions f ON f.comparison_id = x.id
WHERE i.incident_id IN (SELECT value FROM json_each(?))"""


def _flags(db: Database, incidents: Collection[str]) -> list[tuple[str, ...]]:
    """(flag, its incident, claim and document of each side) of what has to be looked at."""
    found = set(db.conn.execute(_FLAG.format(_QUEUED)))
    if incidents:
        found |= set(db.conn.execute(_FLAG.format(_OF_INCIDENTS), (json.dumps(sorted(incidents)),)))
    return sorted(found)


def _told(db: Database, claim: str, document: str) -> set[str]:
    """The incidents that a claim tells of; those of its document where it tells of none itself."""
    own = {key for (key,) in db.conn.execute("SELECT incident_id FROM incident_claims WHERE claim_id = ?", (claim,))}
    sql = "SELECT incident_id FROM incident_documents WHERE document_id = ?"
    return own or {key for (key,) in db.conn.execute(sql, (document,))}
