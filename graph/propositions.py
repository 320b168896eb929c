"""Propositions: what is said, whoever says it. Claims with one subject, predicate, object and scope share one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec
from sqlite_utils import Database

from distillwatch.graph.names import name_key
from distillwatch.graph.rows import execute, upsert
from distillwatch.ids import hash_id

SCOPE = ("part", "place", "period", "population", "role", "route", "rule", "scope", "stage", "student", "term", "to")
"""Qualifiers that make another proposition of the same words; "only", a quotation or a vote do not."""


def link_propositions(db: Database, *, anew: bool = False) -> int:
    """Give every current claim its proposition; returns how many rows that changed. Call inside a transaction.

    A claim that has one keeps it while its subject and object stand for the same entities: what it says never changes.
    `anew` makes all of them again, as a new version of this code must.
    """
    rows = db.query(
        """SELECT c.id, c.predicate, c.subject_text, c.object_text, c.unit, c.qualifiers, c.proposition_id,
                  s.canonical_id AS subject, o.canonical_id AS object
           FROM claims c LEFT JOIN entities s ON s.id = c.subject_id LEFT JOIN entities o ON o.id = c.object_id
           LEFT JOIN propositions p ON p.id = c.proposition_id
           WHERE c.current AND (? OR p.id IS NULL OR p.subject_id IS NOT s.canonical_id
             OR p.object_id IS NOT o.canonical_id)
           ORDER BY c.id""",
        (anew,),
    )
    new: dict[str, dict[str, Any]] = {}
    stale: list[tuple[str, str]] = []
    for row in rows:
        proposition = _proposition(row)
        new.setdefault(proposition["id"], proposition)
        if row["proposition_id"] != proposition["id"]:
            stale.append((proposition["id"], row["id"]))
    db.conn.execute("PRAGMA defer_foreign_keys = on")  # claims may still point to a proposition that goes
    changed = execute(db, "UPDATE claims SET proposition_id = NULL WHERE NOT current AND proposition_id IS NOT NULL")
    known = {key for (key,) in db.conn.execute("SELECT id FROM propositions")}
    added = [row for key, row in sorted(new.items()) if key not in known]
    upsert(db, "propositions", added)
    db.conn.executemany("UPDATE claims SET proposition_id = ? WHERE id = ?", stale)
    gone = "SELECT p.id FROM propositions p WHERE NOT EXISTS (SELECT 1 FROM claims c WHERE c.proposition_id = p.id)"
    changed += execute(db, f"DELETE FROM propositions WHERE id IN ({gone})")
    changed += execute(db, _NAMED) + execute(db, _TOLD)
    return changed + len(added) + len(stale)


_NAMED = """UPDATE propositions SET (subject_text, object_text) = (n.subject, n.object) FROM (
  SELECT p.id, coalesce(s.name, f.subject_text) AS subject, coalesce(o.name, f.object_text) AS object
  FROM propositions p
  JOIN (SELECT proposition_id, min(id) AS id FROM claims WHERE current GROUP BY 1) c ON c.proposition_id = p.id
  JOIN claims f ON f.id = c.id LEFT JOIN entities s ON s.id = p.subject_id LEFT JOIN entities o ON o.id = p.object_id) n
WHERE n.id = propositions.id AND (subject_text, object_text) IS NOT (n.subject, n.object)"""
"""Called by the names of their entities, else by the words of their first claim."""
_TOLD = """UPDATE propositions SET incident_id = n.incident FROM (
  SELECT p.id, (SELECT i.incident_id FROM claims c JOIN incident_claims i ON i.claim_id = c.id
    WHERE c.proposition_id = p.id AND c.current GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1) AS incident
  FROM propositions p) n
WHERE n.id = propositions.id AND incident_id IS NOT n.incident"""
"""Each belongs to the incident that most of its claims tell of."""


def scope_of(unit: str | None, qualifiers: Mapping[str, str]) -> str:
    """What limits a claim, as sorted key=value pairs.

    >>> scope_of("exchanges", {"to": "the Senate", "only": "yes"})
    'to=the senate; unit=exchanges'
    """
    parts = {key: name_key(value) for key, value in qualifiers.items() if key in SCOPE and value}
    if unit:
        parts["unit"] = unit
    return "; ".join(f"{key}={parts[key]}" for key in sorted(parts))


def _proposition(row: Mapping[str, Any]) -> dict[str, Any]:
    scope = scope_of(row["unit"], msgspec.json.decode(row["qualifiers"], type=dict[str, str]))
    subject = row["subject"] or f"words:{name_key(row['subject_text'])}"
    object_ = row["object"] or f"words:{name_key(row['object_text'])}"
    return {
        "id": hash_id("proposition", subject, row["predicate"], object_, scope),
        "incident_id": None,
        "subject_id": row["subject"],
        "subject_text": row["subject_text"],
        "predicate": row["predicate"],
        "object_id": row["object"],
        "object_text": row["object_text"],
        "scope": scope,
    }
