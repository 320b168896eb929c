"""Disputes in the store: ids that stay when more coverage arrives, redirects where two turn out to be one."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec
from sqlite_utils import Database

from distillwatch.graph.disputes import Dispute, Pair, Said, group
from distillwatch.graph.rows import replace_all, upsert
from distillwatch.graph.statements import fold
from distillwatch.ids import hash_id
from distillwatch.topic import Predicate

LIVE = ("open", "reopened", "confirmed")
_STATUS = ("confirmed", "open", "reopened", "dismissed", "resolved")
"""A dispute has the first of these that one of its flags has; one that was reopened is open."""


GROUPING = "2"
"""Counted up where disputes are made otherwise of the same flags: then all are made anew."""


def save_disputes(db: Database, predicates: Mapping[str, Predicate]) -> int:
    """Bring the disputes of the flags that are queued as changed up to date; returns how many rows that changed.

    Flags that share no statement with a changed one, and no dispute with such a flag, are left as they stand. Call
    inside a transaction.
    """
    flags = _touched(db, predicates)
    if not flags:
        return 0
    found = group(_pairs(db, predicates, sorted(flags)), predicates)
    stand = {row["id"]: row for row in db.query(_STAND, (_json(flags), _json(flags)))}
    ids, moved = _ids(found, stand)
    rows = {key: _row(key, dispute, flags, stand) for key, dispute in zip(ids, found, strict=True)}
    for key, old in stand.items():
        if key not in rows:
            rows[key] = {**old, "status": "moved", "moved_to": moved.get(key), "pairs": 0, "open_pairs": 0}
    db.conn.execute("PRAGMA defer_foreign_keys = on")  # one that moves may stand before the one it moves to
    changed = [row for key, row in sorted(rows.items()) if stand.get(key) != row]
    upsert(db, "disputes", changed)
    pairs = [
        {"contradiction_id": p.id, "dispute_id": key, "node_a": p.node(p.a), "node_b": p.node(p.b)}
        for key, dispute in zip(ids, found, strict=True)
        for p in dispute.pairs
    ]
    told = [
        {"dispute_id": key, "claim_id": claim, "side": side, "says": says}
        for key, dispute in zip(ids, found, strict=True)
        for claim, (side, says) in dispute.sides.items()
    ]
    of_these = "{} IN (SELECT value FROM json_each(?))".format
    written = replace_all(
        db, "dispute_pairs", pairs, ("contradiction_id",), of_these("contradiction_id"), (_json(flags),)
    ) + replace_all(db, "dispute_claims", told, ("dispute_id", "claim_id"), of_these("dispute_id"), (_json(rows),))
    db.conn.execute("DELETE FROM compare_queue WHERE task = 'regroup'")
    upsert(db, "metadata", [{"key": "grouping", "value": GROUPING}], ("key",))
    return len(changed) + written


_STAND = """SELECT * FROM disputes WHERE seed_contradiction_id IN (SELECT value FROM json_each(?)) OR id IN (
  SELECT dispute_id FROM dispute_pairs WHERE contradiction_id IN (SELECT value FROM json_each(?)))"""


def _touched(db: Database, predicates: Mapping[str, Predicate]) -> dict[str, dict[str, Any]]:
    """The flags to group: those that changed, and all of the disputes that these belong or may now belong to."""
    made = db.conn.execute("SELECT value FROM metadata WHERE key = 'grouping'").fetchone()
    if made != (GROUPING,):
        return {row["id"]: row for row in db.query("SELECT * FROM contradictions")}
    changed = [key for (key,) in db.conn.execute("SELECT item FROM compare_queue WHERE task = 'regroup'")]
    if not changed:
        return {}
    pairs = _pairs(db, predicates, changed)
    nodes = _json({pair.node(said) for pair in pairs for said in (pair.a, pair.b)})
    return {
        row["id"]: row
        for row in db.query(
            """SELECT * FROM contradictions WHERE id IN (SELECT value FROM json_each(?)) OR id IN (
                 SELECT contradiction_id FROM dispute_pairs WHERE dispute_id IN (
                   SELECT dispute_id FROM dispute_pairs WHERE contradiction_id IN (SELECT value FROM json_each(?))
                   UNION SELECT dispute_id FROM dispute_pairs WHERE node_a IN (SELECT value FROM json_each(?))
                   UNION SELECT dispute_id FROM dispute_pairs WHERE node_b IN (SELECT value FROM json_each(?))))""",
            (_json(changed), _json(changed), nodes, nodes),
        )
    }


def _json(keys: Iterable[str]) -> str:
    return msgspec.json.encode(sorted(keys)).decode()


_SAID = """SELECT c.id, coalesce(nullif(substr(d.published_at, 1, 10), ''), substr(d.first_seen, 1, 10)),
  coalesce(nullif(d.outlet, ''), u.name), s.canonical_id,
  coalesce(sc.name, c.subject_text), coalesce(sc.kind, ''), c.predicate, o.canonical_id,
  coalesce(oc.name, c.object_text), coalesce(pc.name, c.speaker_text),
  coalesce(json_extract(c.qualifiers, '$.to'), ''),
  coalesce(json_extract(c.qualifiers, '$.term'), ''), c.speech_act, c.polarity, c.hedge, c.quantity_low,
  c.quantity_high, coalesce(c.unit, ''), coalesce(c.approx, 'exact'), coalesce(c.when_start, ''),
  coalesce(c.when_end, '')
FROM claims c JOIN documents d ON d.id = c.document_id JOIN sources u ON u.id = d.source_id
LEFT JOIN entities s ON s.id = c.subject_id LEFT JOIN entities sc ON sc.id = s.canonical_id
LEFT JOIN entities o ON o.id = c.object_id LEFT JOIN entities oc ON oc.id = o.canonical_id
LEFT JOIN entities p ON p.id = c.speaker_id LEFT JOIN entities pc ON pc.id = p.canonical_id
WHERE c.id IN (SELECT value FROM json_each(?))"""


def _pairs(db: Database, predicates: Mapping[str, Predicate], flags: Sequence[str]) -> list[Pair]:
    rows = db.conn.execute(
        """SELECT k.id, k.kind, coalesce(i.moved_to, i.id, ''), k.opened_at, x.claim_a, x.claim_b,
             k.status != 'resolved' FROM contradictions k
           JOIN comparisons x ON x.id = k.comparison_id LEFT JOIN incidents i ON i.id = k.incident_id
           WHERE k.id IN (SELECT value FROM json_each(?))""",
        (_json(flags),),
    ).fetchall()
    said: dict[str, Said] = {}
    for key, day, outlet, subject, subject_name, kind, predicate, target, target_name, *rest in db.conn.execute(
        _SAID, (_json({claim for row in rows for claim in row[4:6]}),)
    ):
        parties = (subject or fold(subject_name), subject_name, kind, predicate, target or fold(target_name))
        said[key] = msgspec.convert((key, day, outlet, *parties, target_name, *rest), Said)
    pairs = []
    for key, kind, incident, opened, a, b, found in rows:
        told = any((p := predicates.get(said[c].predicate)) is not None and p.incident for c in (a, b))
        pairs.append(Pair(key, kind, incident if told else "", opened, said[a], said[b], bool(found)))
    return pairs


def _ids(found: Sequence[Dispute], stand: Mapping[str, Mapping[str, Any]]) -> tuple[list[str], dict[str, str]]:
    """The id of each dispute, and where those that are joined with another go. A dispute lives on where the flag is
    that its id was made from; of several in one the oldest that is not gone yet takes in the others."""
    place = {pair.id: number for number, dispute in enumerate(found) for pair in dispute.pairs}
    here: dict[int, list[str]] = defaultdict(list)
    for key, row in stand.items():
        here[place[row["seed_contradiction_id"]]].append(key)
    ids, moved = [], {}
    for number, dispute in enumerate(found):
        known = sorted(here[number], key=lambda k: (stand[k]["moved_to"] is not None, stand[k]["opened_at"], k))
        ids.append(known[0] if known else hash_id("dispute", dispute.seed))
        moved.update(dict.fromkeys(known[1:], ids[-1]))
    return ids, moved


def _row(
    key: str, dispute: Dispute, flags: Mapping[str, Mapping[str, Any]], stand: Mapping[str, Mapping[str, Any]]
) -> dict[str, Any]:
    own = [flags[pair.id] for pair in dispute.pairs]
    status = next(s for s in _STATUS if any(f["status"] == s for f in own))
    live = [f for f in own if f["status"] in LIVE]
    incidents = Counter(f["incident_id"] for f in live or own if f["incident_id"])
    return {
        "id": key,
        "incident_id": min(incidents, key=lambda i: (-incidents[i], i), default=None),
        "kind": dispute.kind,
        "title": dispute.title,
        "status": "open" if status == "reopened" else status,
        "opened_at": own[0]["opened_at"],
        "closed_at": None if live else max((f["closed_at"] for f in own if f["closed_at"]), default=None),
        "pairs": len(own),
        "open_pairs": len(live),
        "seed_contradiction_id": stand[key]["seed_contradiction_id"] if key in stand else dispute.seed,
        "moved_to": None,
    }
