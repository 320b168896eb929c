"""Which incident each flag belongs to. Incidents grow, join and part after a flag was opened."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable

from sqlite_utils import Database

from distillwatch.graph.rows import upsert
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
    done = {"stage": STAGE, "stage_version": "", "done_at": now}
    upsert(db, "work", [{**done, "input_id": k, "input_hash": states[k]} for k in changed], ("stage", "input_id"))
    flags = _flags(db, changed)
    told = _told(db, flags)
    stale = []
    for key, stands, *sides in flags:
        one, other = told(*sides[:2]), told(*sides[2:])
        incident = min(one & other or one | other, key=order.__getitem__, default=None)
        if incident != stands:
            stale.append((incident, key))
    db.conn.executemany("UPDATE contradictions SET incident_id = ? WHERE id = ?", stale)
    db.conn.executemany(
        "INSERT OR IGNORE INTO compare_queue (task, item) VALUES ('regroup', ?)", [(key,) for _, key in stale]
    )
    return len(stale)


_STANDING = """SELECT k.id, k.incident_id, a.id, a.document_id, b.id, b.document_id FROM contradictions k
JOIN comparisons x ON x.id = k.comparison_id JOIN claims a ON a.id = x.claim_a JOIN claims b ON b.id = x.claim_b
WHERE k.status != 'resolved'"""
_QUEUED = " AND k.id IN (SELECT item FROM compare_queue WHERE task = 'regroup')"
Flag = tuple[str, str | None, str, str, str, str]


def _flags(db: Database, incidents: Collection[str]) -> list[Flag]:
    """(flag, its incident, claim and document of each side) of what has to be looked at.

    Flags are fewer than the claims of an incident's documents: all are read, and those of the documents picked out.
    """
    found = set(db.conn.execute(_STANDING + _QUEUED))
    if incidents:
        rows = db.conn.execute(
            "SELECT document_id FROM incident_documents WHERE incident_id IN (SELECT value FROM json_each(?))",
            (json.dumps(sorted(incidents)),),
        )
        documents = {key for (key,) in rows}
        found |= {flag for flag in db.conn.execute(_STANDING) if flag[3] in documents or flag[5] in documents}
    return sorted(found, key=lambda flag: flag[0])


def _told(db: Database, flags: Iterable[Flag]) -> Callable[[str, str], set[str]]:
    """What gives the incidents that a claim tells of: those of its document where it tells of none itself."""
    claims = {claim for flag in flags for claim in (flag[2], flag[4])}
    documents = {document for flag in flags for document in (flag[3], flag[5])}
    own = _by_key(db, "SELECT claim_id, incident_id FROM incident_claims WHERE claim_id", claims)
    around = _by_key(db, "SELECT document_id, incident_id FROM incident_documents WHERE document_id", documents)
    return lambda claim, document: own.get(claim) or around.get(document, set())


def _by_key(db: Database, sql: str, keys: set[str]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for key, incident in db.conn.execute(f"{sql} IN (SELECT value FROM json_each(?))", (json.dumps(sorted(keys)),)):
        found[key].add(incident)
    return found
