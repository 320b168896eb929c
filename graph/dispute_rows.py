"""Disputes in the store: ids that stay when more coverage arrives, redirects where two turn out to be one."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
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


def save_disputes(db: Database, predicates: Mapping[str, Predicate]) -> int:
    """Group all flags into disputes; returns how many rows that changed. Call inside a transaction."""
    flags = {row["id"]: row for row in db.query("SELECT * FROM contradictions")}
    found = group(_pairs(db, predicates), predicates)
    stand = {row["id"]: row for row in db.query("SELECT * FROM disputes")}
    ids, moved = _ids(found, stand)
    rows = {key: _row(key, dispute, flags, stand) for key, dispute in zip(ids, found, strict=True)}
    for key, old in stand.items():
        if key not in rows:
            rows[key] = {**old, "status": "moved", "moved_to": moved.get(key), "pairs": 0, "open_pairs": 0}
    db.conn.execute("PRAGMA defer_foreign_keys = on")  # one that moves may stand before the one it moves to
    changed = [row for key, row in sorted(rows.items()) if stand.get(key) != row]
    upsert(db, "disputes", changed)
    pairs = [{"contradiction_id": p.id, "dispute_id": k} for k, d in zip(ids, found, strict=True) for p in d.pairs]
    told = [
        {"dispute_id": key, "claim_id": claim, "side": side, "says": says, "paired": 1}
        for key, dispute in zip(ids, found, strict=True)
        for claim, (side, says) in dispute.sides.items()
    ]
    told += _repeats(db, told)
    return (
        len(changed)
        + replace_all(db, "dispute_pairs", pairs, ("contradiction_id",))
        + replace_all(db, "dispute_claims", told, ("dispute_id", "claim_id"))
    )


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
WHERE c.id IN (SELECT x.claim_a FROM comparisons x JOIN contradictions k ON k.comparison_id = x.id
  UNION SELECT x.claim_b FROM comparisons x JOIN contradictions k ON k.comparison_id = x.id)"""


def _pairs(db: Database, predicates: Mapping[str, Predicate]) -> list[Pair]:
    said: dict[str, Said] = {}
    for key, day, outlet, subject, subject_name, kind, predicate, target, target_name, *rest in db.conn.execute(_SAID):
        parties = (subject or fold(subject_name), subject_name, kind, predicate, target or fold(target_name))
        said[key] = msgspec.convert((key, day, outlet, *parties, target_name, *rest), Said)
    pairs = []
    for key, kind, incident, opened, a, b, found in db.conn.execute(
        """SELECT k.id, k.kind, coalesce(i.moved_to, i.id, ''), k.opened_at, x.claim_a, x.claim_b,
             k.status != 'resolved' FROM contradictions k
           JOIN comparisons x ON x.id = k.comparison_id LEFT JOIN incidents i ON i.id = k.incident_id"""
    ):
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


_REPEATS = """SELECT DISTINCT r.id FROM claims c JOIN claims r ON r.proposition_id = c.proposition_id
WHERE c.id IN (SELECT value FROM json_each(?)) AND c.proposition_id IS NOT NULL AND r.current AND r.id != c.id
  AND r.speaker_id IS c.speaker_id AND r.speaker_text = c.speaker_text AND r.speech_act = c.speech_act
  AND r.polarity = c.polarity AND r.hedge = c.hedge AND r.quantity_low IS c.quantity_low
  AND r.quantity_high IS c.quantity_high AND r.approx IS c.approx AND r.when_start IS c.when_start
  AND r.when_end IS c.when_end AND r.qualifiers = c.qualifiers"""


def _repeats(db: Database, told: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The statements of other texts that say what one of a dispute says: the same words by the same speaker."""
    answers: dict[tuple[str, int, str], list[str]] = defaultdict(list)
    for row in told:
        answers[row["dispute_id"], row["side"], row["says"]].append(row["claim_id"])
    taken = {(row["dispute_id"], row["claim_id"]) for row in told}
    found = []
    for (dispute, side, says), claims in answers.items():
        for (claim,) in db.conn.execute(_REPEATS, (msgspec.json.encode(claims).decode(),)).fetchall():
            if (dispute, claim) not in taken:
                taken.add((dispute, claim))
                found.append({"dispute_id": dispute, "claim_id": claim, "side": side, "says": says, "paired": 0})
    return found
