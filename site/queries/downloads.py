"""Flat tables for people who want a file: names spelt out, no joins needed."""

from __future__ import annotations

from distillwatch.site.queries.outlets import OUTLET

CLAIMS = f"""
SELECT c.id, COALESCE(sp.name, NULLIF(c.speaker_text, ''), NULLIF(d.outlet, ''), s.name) said_by, c.speech_act,
  c.polarity, c.hedge, COALESCE(e.name, c.subject_text) subject, c.predicate, COALESCE(o.name, c.object_text) object,
  c.quantity_low, c.quantity_high, c.unit, c.approx, c.when_start, c.when_end, c.when_precision, c.evidence_class,
  c.evidence, {OUTLET} outlet, d.published_at, d.url, d.id document_id,
  c.proposition_id, i.slug incident
FROM claims c JOIN documents d ON d.id = c.document_id JOIN sources s ON s.id = d.source_id
  LEFT JOIN entities e ON e.id = c.subject_id LEFT JOIN entities o ON o.id = c.object_id
  LEFT JOIN entities sp ON sp.id = c.speaker_id LEFT JOIN propositions p ON p.id = c.proposition_id
  LEFT JOIN incidents i ON i.id = p.incident_id
WHERE c.current = 1 ORDER BY c.id
"""
CONTRADICTIONS = """
SELECT k.id, k.kind, k.status, k.opened_at, k.closed_at, x.severity, x.confidence, x.rule, x.rule_version,
  x.explanation, x.claim_a, a.evidence evidence_a, da.url url_a, da.published_at published_a,
  x.claim_b, b.evidence evidence_b, db.url url_b, db.published_at published_b, i.slug incident
FROM contradictions k JOIN comparisons x ON x.id = k.comparison_id
  JOIN claims a ON a.id = x.claim_a JOIN documents da ON da.id = a.document_id
  JOIN claims b ON b.id = x.claim_b JOIN documents db ON db.id = b.document_id
  LEFT JOIN incidents i ON i.id = k.incident_id
ORDER BY k.id
"""
DISPUTES = f"""
SELECT q.id dispute, q.kind, q.title, q.status, x.side, x.says,
  COALESCE(sp.name, NULLIF(c.speaker_text, ''), NULLIF(d.outlet, ''), s.name) said_by, c.speech_act, c.hedge,
  c.evidence, c.id claim, {OUTLET} outlet, d.published_at, d.url, i.slug incident
FROM disputes q JOIN dispute_claims x ON x.dispute_id = q.id JOIN claims c ON c.id = x.claim_id
  JOIN documents d ON d.id = c.document_id JOIN sources s ON s.id = d.source_id
  LEFT JOIN entities sp ON sp.id = c.speaker_id LEFT JOIN incidents i ON i.id = q.incident_id
WHERE q.moved_to IS NULL ORDER BY q.id, x.side, c.id
"""
DOCUMENTS = f"""
SELECT d.id, {OUTLET} outlet, d.title, d.byline, d.published_at, d.published_precision,
  d.language, d.kind, s.tier, d.url, d.first_seen, d.last_seen, d.revision, d.text_sha256
FROM documents d JOIN sources s ON s.id = d.source_id ORDER BY d.id
"""
# what the files of claims show beside the claims, their documents' days and outlets, and who their names stand for
BESIDE_CLAIMS = (
    "SELECT id, canonical_id, name, kind, status FROM entities ORDER BY id",
    "SELECT id, url FROM documents ORDER BY id",
    "SELECT id, name FROM sources ORDER BY id",
    "SELECT id, slug FROM incidents ORDER BY id",
)
ENTITIES = """
SELECT e.id, e.kind, e.name, w.name owner, f.name family, e.wikidata, e.status, e.canonical_id
FROM entities e LEFT JOIN entities w ON w.id = e.owner_id LEFT JOIN entities f ON f.id = e.family_id ORDER BY e.id
"""
