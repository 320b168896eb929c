"""Incidents of an earlier day with the title, beginning, state and address that they had then, as far as is known.

Titles are made from statements. Of an incident that was told of further since, they are made again from those that were
there; one that the statements of that day do not make an incident yet is named after who has a part in it, and by its
id. What editors decided until then counts, what they decided later does not.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence

from sqlite_utils import Database

from distillwatch.graph import search
from distillwatch.graph.acts import load_acts
from distillwatch.graph.entities import load_entities
from distillwatch.graph.incident_decisions import rulings, titles
from distillwatch.graph.incident_rows import Row, describe
from distillwatch.graph.incidents import incidents
from distillwatch.graph.lineage import load_lineage
from distillwatch.graph.names import legal_forms
from distillwatch.graph.policies import policy_incidents
from distillwatch.ids import slug
from distillwatch.records import Decision
from distillwatch.topic import Topic

# incidents of which something was told, or decided, after the day; asked before anything is taken out
CHANGED = """
SELECT DISTINCT p.incident_id FROM claims c JOIN propositions p ON p.id = c.proposition_id
  JOIN documents d ON d.id = c.document_id JOIN revisions r ON r.id = c.revision_id
WHERE p.incident_id IS NOT NULL AND max(d.first_seen, r.seen_at) > :end
UNION SELECT target_id FROM decisions WHERE target_table = 'incidents' AND decided_at > :end
"""
NAMED = 3  # in a title that says no more than who has a part
# of its parties, those who act and who are acted on, as the page of an incident lists them
PARTIES = """
SELECT DISTINCT e.name FROM incident_entities x JOIN entities o ON o.id = x.entity_id
  JOIN entities e ON e.id = COALESCE(o.canonical_id, o.id)
WHERE x.incident_id = ? AND x.role IN ('actor', 'target') ORDER BY x.role, e.name
"""


def named_as_then(copy: sqlite3.Connection, changed: Sequence[str], topic: Topic, end: str) -> None:
    """Name those incidents of a copy, from which all that came after `end` has been taken, as they were then."""
    db = Database(copy)
    told = _told(db, topic, end)
    held: dict[str, set[str]] = {}
    for incident, claim in copy.execute("SELECT incident_id, claim_id FROM incident_claims"):
        held.setdefault(incident, set()).add(claim)
    taken = {row[0] for row in copy.execute("SELECT slug FROM incidents")}
    for identity, address, seed in copy.execute("SELECT id, slug, seed_claim_id FROM incidents").fetchall():
        if identity not in changed:
            continue
        row = _of(told, seed, held.get(identity, set()))
        taken.discard(address)
        wanted = _address(copy, identity, address, row)
        if wanted in taken:
            wanted = identity
        taken.add(wanted)
        title = row.title if row else _neutral(copy, identity)
        title = titles(_until(topic, end)).get(identity, title)
        copy.execute(
            "UPDATE incidents SET title = ?, slug = ?, started_on = ?, precision = ?, status = ? WHERE id = ?",
            (title, wanted, *((row.started_on or None, row.precision, row.status) if row else [None] * 3), identity),
        )
        search.index(db, "incidents", [(identity, title, "")])


def _told(db: Database, topic: Topic, end: str) -> dict[str, Row]:
    """Claim → the incident that it belongs to, of those that the statements of the copy make."""
    vocabulary = topic.vocabulary
    lineage = load_lineage(db, list(load_entities(db)), legal_forms(vocabulary))
    acts = load_acts(db, vocabulary.predicates, lineage)
    origins = dict(db.conn.execute("SELECT document_id, origin_id FROM document_origins WHERE relation != 'cites'"))
    known = [act for act in acts if act.document in origins]
    found = incidents(known, rulings(db, _until(topic, end), lineage))
    rows = [describe(incident, lineage, vocabulary.predicates, origins) for incident in found]
    return {claim: row for row in (*policy_incidents(known, lineage), *rows) for claim in row.claims}


def _until(topic: Topic, end: str) -> list[Decision]:
    """What had been decided by then."""
    return [decision for decision in topic.decisions if decision.decided_at <= end]


def _of(told: Mapping[str, Row], seed: str | None, held: Iterable[str]) -> Row | None:
    """The incident that has the claim which one began with, else that which has most of its claims."""
    if seed is not None and seed in told:
        return told[seed]
    shared = [told[claim] for claim in sorted(held) if claim in told]
    return max(shared, key=lambda row: sum(row is other for other in shared), default=None)


def _address(copy: sqlite3.Connection, identity: str, address: str, row: Row | None) -> str:
    """The address, if a run until then recorded the incident: it stays once it is given. Else one made anew."""
    recorded = "SELECT 1 FROM run_changes WHERE table_name = 'incidents' AND row_id = ? AND change IN ('new', 'added')"
    if copy.execute(recorded, (identity,)).fetchone():
        return address
    return (row and slug(row.address)) or identity


def _neutral(copy: sqlite3.Connection, identity: str) -> str:
    """What can be said of an incident that was none yet: who is spoken of."""
    names = [row[0] for row in copy.execute(PARTIES, (identity,))][:NAMED]
    return f"What is said of {' and '.join(filter(None, [', '.join(names[:-1]), *names[-1:]]))}" if names else "Unnamed"
