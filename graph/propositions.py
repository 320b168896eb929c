"""Propositions: what is said, whoever says it. Claims with one subject, predicate, object and scope share one."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from typing import Any

import msgspec
from sqlite_utils import Database

from distillwatch.graph.names import name_key
from distillwatch.graph.rows import execute, replace_all
from distillwatch.ids import hash_id

SCOPE = ("part", "place", "period", "population", "role", "route", "rule", "scope", "stage", "student", "term", "to")
"""Qualifiers that make another proposition of the same words; "only", a quotation or a vote do not."""


def link_propositions(db: Database) -> int:
    """Give every current claim its proposition; returns how many rows that changed. Call inside a transaction."""
    rows = db.query(
        """SELECT c.id, c.predicate, c.subject_text, c.object_text, c.unit, c.qualifiers, c.proposition_id,
                  s.canonical_id AS subject, o.canonical_id AS object, sc.name AS subject_name, oc.name AS object_name
           FROM claims c LEFT JOIN entities s ON s.id = c.subject_id LEFT JOIN entities sc ON sc.id = s.canonical_id
           LEFT JOIN entities o ON o.id = c.object_id LEFT JOIN entities oc ON oc.id = o.canonical_id
           WHERE c.current ORDER BY c.id"""
    )
    propositions: dict[str, dict[str, Any]] = {}
    member: dict[str, str] = {}
    stale: list[tuple[str, str]] = []
    for row in rows:
        proposition = _proposition(row)
        propositions.setdefault(proposition["id"], proposition)
        member[row["id"]] = proposition["id"]
        if row["proposition_id"] != proposition["id"]:
            stale.append((proposition["id"], row["id"]))
    for key, incident in _incidents(db, member).items():
        propositions[key]["incident_id"] = incident
    db.conn.execute("PRAGMA defer_foreign_keys = on")  # claims may still point to a proposition that goes
    kept = [propositions[key] for key in sorted(propositions)]
    cleared = execute(db, "UPDATE claims SET proposition_id = NULL WHERE NOT current AND proposition_id IS NOT NULL")
    changed = replace_all(db, "propositions", kept, ("id",))
    db.conn.executemany("UPDATE claims SET proposition_id = ? WHERE id = ?", stale)
    return changed + len(stale) + cleared


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
        "subject_text": row["subject_name"] or row["subject_text"],
        "predicate": row["predicate"],
        "object_id": row["object"],
        "object_text": row["object_name"] or row["object_text"],
        "scope": scope,
    }


def _incidents(db: Database, member: Mapping[str, str]) -> dict[str, str]:
    """Proposition → the incident that most of its claims belong to."""
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for incident, claim in db.conn.execute("SELECT incident_id, claim_id FROM incident_claims ORDER BY incident_id"):
        if claim in member:
            votes[member[claim]][incident] += 1
    return {key: min(count, key=lambda i: (-count[i], i)) for key, count in votes.items()}
