"""Names: aliases, how often each is named, families and holdings."""

from __future__ import annotations

from msgspec import Struct


class AliasRow(Struct, frozen=True, kw_only=True):
    """Another name of an entity."""

    alias: str
    language: str


ALIASES = """
SELECT DISTINCT alias, language FROM entity_aliases WHERE entity_id IN (SELECT value FROM json_each(:ids))
    ORDER BY language, alias
"""


class EvidenceRow(Struct, frozen=True, kw_only=True):
    """What shows an unregistered name to be of its kind, and in how many documents."""

    reason: str
    documents: int


EVIDENCE = """
SELECT reason, COUNT(DISTINCT document_id) documents FROM mentions
WHERE entity_id IN (SELECT value FROM json_each(:ids)) AND reason != ''
GROUP BY reason ORDER BY documents DESC, reason LIMIT :limit
"""


class UseRow(Struct, frozen=True, kw_only=True):
    """How much is said about an entity."""

    id: str
    claims: int


USES = """
SELECT id, SUM(claims) claims FROM (
  SELECT subject_id id, COUNT(*) claims FROM claims WHERE current = 1 AND subject_id IS NOT NULL GROUP BY 1
  UNION ALL SELECT object_id, COUNT(*) FROM claims
  WHERE current = 1 AND object_id IS NOT NULL AND object_id IS NOT subject_id GROUP BY 1
  UNION ALL SELECT id, 0 FROM entities
) GROUP BY 1
"""


class EventRow(Struct, frozen=True, kw_only=True):
    """A stage that a policy is said to have reached."""

    on_date: str
    stage: str
    claim_id: str


POLICY_EVENTS = """
SELECT on_date, stage, claim_id FROM policy_events WHERE policy_id = :id ORDER BY on_date,
    stage, claim_id
"""
JURISDICTION = "SELECT jurisdiction FROM policies WHERE entity_id = :id"


class ClauseRow(Struct, frozen=True, kw_only=True):
    """A clause of somebody's terms, as the archived texts of the terms' own page have it."""

    policy_id: str
    clause: str
    language: str
    claim_id: str
    current: int
    valid_from: str
    valid_from_basis: str
    valid_to: str
    seen_until: str


CLAUSES = """
SELECT t.policy_id, t.clause, d.language, t.claim_id, c.current, t.valid_from, t.valid_from_basis,
  t.valid_to, t.seen_until
FROM terms_in_force t JOIN documents d ON d.id = t.document_id JOIN claims c ON c.id = t.claim_id
WHERE t.policy_id IS NOT NULL ORDER BY t.policy_id, t.valid_from, t.clause, t.claim_id
"""


class PredictionRow(Struct, frozen=True, kw_only=True):
    """What a text foresaw, and what became of it."""

    claim_id: str
    due_start: str
    due_end: str
    status: str
    resolved_by: str | None


PREDICTIONS = """
SELECT claim_id, due_start, due_end, status, resolved_by FROM predictions
ORDER BY CASE status WHEN 'overdue' THEN 0 WHEN 'pending' THEN 1 ELSE 2 END, due_end, claim_id
"""
