"""Whole rows, grouped by the page that shows them: what the fingerprints of pages are made of.

The first column is what the row belongs to; every other column of a table that a page may show is in the row, or in the
text that `digest` is given.
"""

from __future__ import annotations

from distillwatch.site.queries.outlets import OUTLET

# what is shown of a document where one of its claims is: whose it is and when it was published
BYLINES = f"""
SELECT d.id, {OUTLET}, d.source_id, d.language, d.published_at, d.published_precision
FROM documents d JOIN sources s ON s.id = d.source_id ORDER BY d.published_at DESC, d.id
"""
DOCUMENTS = """
SELECT d.id, digest(json_array(d.id, d.source_id, d.url, d.kind, d.language, d.title, d.outlet, d.byline,
  d.published_at, d.published_precision, d.published_from, d.first_seen, substr(d.last_seen, 1, 10), d.text_sha256,
  d.revision, d.revision_id, d.depth, d.gone_at, s.name, s.kind, s.tier))
FROM documents d JOIN sources s ON s.id = d.source_id ORDER BY d.id
"""
# what a document holds, as the digest of one text: SQLite writes that in half the time in which it could hand over rows
SEGMENTS = """
SELECT document_id, digest(json_group_array(json_array(revision_id, position, kind, "start", "end", speaker, parent_id,
  head, at))) FROM segments GROUP BY document_id
"""
MENTIONS = """
SELECT document_id, digest(json_group_array(json_array(entity_id, revision_id, "start", "end", text, kind)))
FROM mentions GROUP BY document_id
"""
# what shows an unregistered name to be of its kind
EVIDENCE = """
SELECT DISTINCT m.entity_id, m.document_id, m.reason FROM mentions m JOIN entities e ON e.id = m.entity_id
WHERE e.status = 'proposed' AND m.reason != '' ORDER BY 1, 2, 3
"""
REVISIONS = """
SELECT r.document_id, digest(json_group_array(json_array(r.id, r.number, r.seen_at, r.title, r.text_sha256,
  r.superseded_by, k.sha256, k.warc_file, k.warc_offset, k.fetched_at)))
FROM revisions r LEFT JOIN captures k ON k.id = r.capture_id GROUP BY r.document_id
"""
EDITS = """
SELECT document_id, digest(json_group_array(json_array(id, revision_id, change, explanation))) FROM claim_changes
GROUP BY document_id
"""
# the names in the present text of a document
NAMED = """
SELECT d.id, json_group_array(DISTINCT m.entity_id) FROM documents d CROSS JOIN mentions m ON m.document_id = d.id
  AND m.revision_id = d.revision_id WHERE m.entity_id IS NOT NULL GROUP BY d.id
"""
ORIGINS = """
SELECT o.origin_id, o.document_id, o.relation, o.similarity, o.reason, g.kind, g.document_id
FROM document_origins o JOIN origins g ON g.id = o.origin_id ORDER BY o.origin_id, o.document_id
"""
# the last is of all the claims of the document, of the columns that `table_info` gives
CLAIMS = """
SELECT c.document_id, json_group_array(c.subject_id), json_group_array(c.object_id), json_group_array(c.speaker_id),
  digest(json_group_array(json_array(p.incident_id, p.scope, {columns})))
FROM claims c LEFT JOIN propositions p ON p.id = c.proposition_id GROUP BY c.document_id
"""
COLUMNS_OF_CLAIMS = "SELECT 'c.\"' || name || '\"' FROM pragma_table_info('claims') ORDER BY cid"
# the documents that have claims of an incident
TELLING = """
SELECT p.incident_id, json_group_array(DISTINCT c.document_id)
FROM propositions p JOIN claims c ON c.proposition_id = p.id
WHERE p.incident_id IS NOT NULL GROUP BY p.incident_id
"""
COMPARISONS = """
SELECT x.id, a.document_id, b.document_id, x.claim_a, x.claim_b, x.verdict, x.kind, x.rule, x.rule_version,
  x.explanation, x.confidence, x.severity
FROM comparisons x JOIN claims a ON a.id = x.claim_a JOIN claims b ON b.id = x.claim_b ORDER BY x.id
"""
FLAGS = (
    "SELECT comparison_id, incident_id, id, kind, status, opened_at, closed_at, reason FROM contradictions ORDER BY id"
)
DISPUTES = """
SELECT id, moved_to, incident_id, kind, title, status, opened_at, closed_at, pairs, open_pairs FROM disputes ORDER BY id
"""
ANSWERS = """
SELECT x.dispute_id, c.document_id, x.claim_id, x.side, x.says
FROM dispute_claims x JOIN disputes q ON q.id = x.dispute_id JOIN claims c ON c.id = x.claim_id
ORDER BY x.dispute_id, x.claim_id
"""
# a dispute shows further claims that say the same: they are among those of one proposition
ECHOES = """
SELECT x.dispute_id, json_group_array(DISTINCT r.document_id) FROM (
  SELECT DISTINCT x.dispute_id, c.proposition_id FROM dispute_claims x JOIN disputes q ON q.id = x.dispute_id
  JOIN claims c ON c.id = x.claim_id WHERE c.proposition_id IS NOT NULL ORDER BY 1, 2
) x CROSS JOIN claims r ON r.proposition_id = x.proposition_id GROUP BY x.dispute_id
"""
PAIRS_OF_DISPUTES = "SELECT dispute_id, contradiction_id FROM dispute_pairs ORDER BY 1, 2"
DECISIONS = """
SELECT target_id, id, decision, value, reason, author, decided_at FROM decisions WHERE target_table = 'contradictions'
ORDER BY target_id, decided_at, id
"""
INCIDENTS = "SELECT id, moved_to, slug, title, kind, started_on, precision, status, summary FROM incidents ORDER BY id"
COVERAGE = "SELECT incident_id, document_id, role FROM incident_documents ORDER BY incident_id, document_id"
MEMBERS = "SELECT incident_id, entity_id, role FROM incident_entities ORDER BY incident_id, entity_id, role"
# a response may be told in a text that is about another incident
RESPONSES = """
SELECT r.incident_id, r.entity_id, c.document_id, r.claim_id, r.status, r.as_of
FROM responses r LEFT JOIN claims c ON c.id = r.claim_id ORDER BY r.incident_id, r.entity_id, r.as_of, r.status
"""
STAKES = "SELECT incident_id, entity_id, stake, reason FROM stakes ORDER BY incident_id, entity_id, stake"
ALIASES = "SELECT entity_id, alias, language FROM entity_aliases ORDER BY entity_id, alias"
STAGES = "SELECT policy_id, on_date, stage, claim_id FROM policy_events ORDER BY policy_id, stage, claim_id"
JURISDICTIONS = "SELECT entity_id, jurisdiction FROM policies ORDER BY entity_id"
LONG = (BYLINES, DOCUMENTS, SEGMENTS, REVISIONS, MENTIONS, NAMED, ORIGINS)
