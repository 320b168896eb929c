"""Flags and the pairs behind them."""

from __future__ import annotations

from msgspec import Struct

from distillwatch.site.queries.claims import of_names


class FlagRow(Struct, frozen=True, kw_only=True):
    """A contradiction with the comparison that raised it."""

    id: str
    comparison_id: str
    incident_id: str | None
    incident_slug: str
    incident_title: str
    kind: str
    status: str
    opened_at: str
    closed_at: str
    reason: str
    claim_a: str
    claim_b: str
    rule: str
    rule_version: str
    explanation: str
    confidence: float
    severity: str


FLAGS = """
SELECT k.id, k.comparison_id, k.incident_id, i.slug incident_slug, i.title incident_title, k.kind,
  k.status, k.opened_at, k.closed_at, k.reason, x.claim_a, x.claim_b,
    x.rule,
  x.rule_version, x.explanation, x.confidence, x.severity
FROM contradictions k JOIN comparisons x ON x.id = k.comparison_id LEFT JOIN incidents i ON i.id = k.incident_id
"""
_ORDER = " ORDER BY k.status IN ('dismissed', 'resolved'), k.opened_at DESC, x.severity, x.confidence DESC, k.id"
ALL = FLAGS + _ORDER
BY_ID = FLAGS + " WHERE k.id = :id"
NEWEST = ALL + " LIMIT :limit"
OF_INCIDENT = FLAGS + " WHERE k.incident_id = :id" + _ORDER
FLAGGED = f"""
SELECT claim_a id FROM ({OF_INCIDENT}) WHERE status IN ('open', 'confirmed', 'reopened')
UNION SELECT claim_b FROM ({OF_INCIDENT}) WHERE status IN ('open', 'confirmed', 'reopened')
"""
# a flag has a dispute unless the stage that joins them has not run since
ALONE = FLAGS + " WHERE k.id NOT IN (SELECT contradiction_id FROM dispute_pairs)" + _ORDER
OF_CLAIM = FLAGS + " WHERE x.claim_a = :id OR x.claim_b = :id" + _ORDER


def _touching(claims: str) -> str:
    """Flags of which a side is among the claims that a query selects."""
    return (
        f"{FLAGS} WHERE x.id IN (SELECT id FROM comparisons WHERE claim_a IN ({claims})"
        f" UNION SELECT id FROM comparisons WHERE claim_b IN ({claims})){_ORDER}"
    )


OF_DOCUMENT = _touching("SELECT id FROM claims WHERE document_id = :id")
OF_ENTITIES = _touching(of_names("subject_id", "object_id", "speaker_id")) + " LIMIT :limit"


class PairRow(Struct, frozen=True, kw_only=True):
    """A compared pair and its verdict, flagged or not."""

    id: str
    claim_a: str
    claim_b: str
    verdict: str
    kind: str
    rule: str
    explanation: str


PAIRS = "SELECT id, claim_a, claim_b, verdict, kind, rule, explanation FROM comparisons"
PAIRS_OF_CLAIM = (
    PAIRS + " WHERE (claim_a = :id OR claim_b = :id) AND verdict <> 'contradiction' ORDER BY verdict, kind, id"
)
NOTES_OF_INCIDENT = (
    PAIRS
    + """ WHERE verdict = 'cannot_compare' AND claim_a IN (SELECT c.id FROM claims c JOIN propositions p
  ON p.id = c.proposition_id WHERE p.incident_id = :id) ORDER BY kind, id"""
)


class StepRow(Struct, frozen=True, kw_only=True):
    """A step in the life of a flag."""

    at: str
    status: str
    reason: str


LIFE = "SELECT at, status, reason FROM contradiction_events WHERE contradiction_id = :id ORDER BY number"
STEPS = "SELECT contradiction_id, at, status, reason FROM contradiction_events ORDER BY contradiction_id, number"


class DecisionRow(Struct, frozen=True, kw_only=True):
    """A human judgement about one row."""

    decision: str
    value: str
    reason: str
    author: str
    decided_at: str


DECISIONS = """
SELECT decision, value, reason, author, decided_at FROM decisions
WHERE target_table = :target_table AND target_id = :target_id ORDER BY decided_at, id
"""
