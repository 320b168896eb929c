"""Incidents and what belongs to each."""

from __future__ import annotations

from msgspec import Struct

from distillwatch.site.queries.outlets import OUTLET


class IncidentRow(Struct, frozen=True, kw_only=True):
    """An incident with what a list shows of it."""

    id: str
    slug: str
    title: str
    kind: str
    started_on: str
    precision: str
    status: str
    summary: str
    moved_to: str | None
    documents: int
    origins: int
    claims: int
    open_disputes: int
    last_published: str
    last_precision: str


INCIDENTS = """
SELECT i.id, i.slug, i.title, i.kind, i.started_on, i.precision,
  i.status, i.summary, i.moved_to,
  (SELECT COUNT(*) FROM incident_documents x WHERE x.incident_id = i.id) documents,
  (SELECT COUNT(DISTINCT COALESCE((SELECT o.origin_id FROM document_origins o WHERE o.document_id = x.document_id
    AND o.relation <> 'cites' ORDER BY o.relation = 'original' DESC, o.origin_id LIMIT 1), x.document_id))
    FROM incident_documents x WHERE x.incident_id = i.id) origins,
  (SELECT COUNT(*) FROM claims c JOIN propositions p ON p.id = c.proposition_id
    WHERE p.incident_id = i.id AND c.current = 1) claims,
  (SELECT COUNT(*) FROM disputes q WHERE q.incident_id = i.id AND q.open_pairs > 0) open_disputes,
  COALESCE((SELECT MAX(d.published_at) FROM documents d JOIN incident_documents x ON x.document_id = d.id
    WHERE x.incident_id = i.id), '') last_published,
  COALESCE((SELECT d.published_precision FROM documents d JOIN incident_documents x ON x.document_id = d.id
    WHERE x.incident_id = i.id ORDER BY d.published_at DESC, d.id LIMIT 1), '') last_precision
FROM incidents i
"""
BY_ACTIVITY = INCIDENTS + " ORDER BY i.moved_to IS NOT NULL, last_published DESC, documents DESC, i.id"
BY_ID = INCIDENTS + " WHERE i.id = :id"
OF_ENTITIES = (
    INCIDENTS
    + """ WHERE i.moved_to IS NULL AND i.id IN (SELECT incident_id FROM incident_entities
  WHERE entity_id IN (SELECT value FROM json_each(:ids))) ORDER BY last_published DESC, i.id"""
)


class IncidentName(Struct, frozen=True, kw_only=True):
    """An incident as a link."""

    id: str
    slug: str
    title: str


OF_DOCUMENT = """
SELECT i.id, i.slug, i.title FROM incident_documents x JOIN incidents i ON i.id = x.incident_id
WHERE x.document_id = :id ORDER BY i.id
"""


class RelatedIncident(Struct, frozen=True, kw_only=True):
    """Another incident with some of the same names in it."""

    id: str
    slug: str
    title: str
    shared: int


RELATED = """
SELECT i.id, i.slug, i.title, COUNT(DISTINCT b.entity_id) shared FROM incident_entities a
JOIN incident_entities b ON b.entity_id = a.entity_id AND b.incident_id <> a.incident_id
JOIN incidents i ON i.id = b.incident_id AND i.moved_to IS NULL
WHERE a.incident_id = :id GROUP BY i.id HAVING shared > 1 ORDER BY shared DESC, i.id LIMIT 6
"""


class EvidenceRow(Struct, frozen=True, kw_only=True):
    """A claim of an incident with all that is needed to check it without this site."""

    id: str
    statement: str | None
    said_by: str
    speech_act: str
    polarity: str
    hedge: str
    evidence: str
    start: int
    end: int
    text_sha256: str
    outlet: str
    title: str
    url: str
    published_at: str
    fetched_at: str
    archived_sha256: str
    warc_file: str
    warc_offset: int | None
    extractor: str


EVIDENCE = f"""
SELECT c.id, c.proposition_id statement,
  COALESCE(sp.name, NULLIF(c.speaker_text, ''), NULLIF(d.outlet, ''), s.name) said_by, c.speech_act,
  c.polarity, c.hedge,
  c.evidence, c."start", c."end", r.text_sha256,
  {OUTLET} outlet, d.title, d.url, d.published_at, k.fetched_at, k.sha256 archived_sha256,
  k.warc_file, k.warc_offset, c.extractor
FROM claims c JOIN propositions p ON p.id = c.proposition_id JOIN documents d ON d.id = c.document_id
  JOIN sources s ON s.id = d.source_id JOIN revisions r ON r.id = c.revision_id
  LEFT JOIN captures k ON k.id = r.capture_id LEFT JOIN entities sp ON sp.id = c.speaker_id
WHERE p.incident_id = :id AND c.current = 1 ORDER BY d.published_at, c.document_id, c."start", c.id
"""


class CoverageRow(Struct, frozen=True, kw_only=True):
    """A document of an incident and the origin that it goes back to."""

    document_id: str
    title: str
    url: str
    outlet: str
    source_id: str
    tier: str
    language: str
    kind: str
    published_at: str
    published_precision: str
    role: str
    origin_id: str
    origin_kind: str
    origin_document: str
    relation: str
    similarity: float | None
    reason: str


COVERAGE = f"""
SELECT d.id document_id, d.title, d.url, {OUTLET} outlet, d.source_id, s.tier,
    d.language, d.kind,
  d.published_at, d.published_precision, x.role,
  COALESCE(o.origin_id, d.id) origin_id, g.kind origin_kind, COALESCE(g.document_id, d.id) origin_document,
  COALESCE(o.relation, 'original') relation, o.similarity, o.reason
FROM incident_documents x JOIN documents d ON d.id = x.document_id JOIN sources s ON s.id = d.source_id
  LEFT JOIN document_origins o ON o.document_id = d.id AND o.relation <> 'cites' AND o.origin_id = (
    SELECT y.origin_id FROM document_origins y WHERE y.document_id = d.id AND y.relation <> 'cites'
    ORDER BY y.relation = 'original' DESC, y.origin_id LIMIT 1)
  LEFT JOIN origins g ON g.id = o.origin_id
WHERE x.incident_id = :id ORDER BY d.published_at = '' OR d.published_at IS NULL, d.published_at, d.id
"""


class MemberRow(Struct, frozen=True, kw_only=True):
    """An entity of an incident and its part in it."""

    entity_id: str
    role: str


MEMBERS = "SELECT entity_id, role FROM incident_entities WHERE incident_id = :id ORDER BY role, entity_id"


class ResponseRow(Struct, frozen=True, kw_only=True):
    """How somebody answered, or did not, as far as the sources say."""

    incident_id: str
    incident_slug: str
    incident_title: str
    entity_id: str
    claim_id: str | None
    status: str
    as_of: str


RESPONSES = """
SELECT r.incident_id, i.slug incident_slug, i.title incident_title, r.entity_id, r.claim_id, r.status, r.as_of
FROM responses r JOIN incidents i ON i.id = r.incident_id
"""
ALL_RESPONSES = RESPONSES + " ORDER BY r.as_of DESC, r.incident_id, r.entity_id, r.status"
RESPONSES_OF_INCIDENT = RESPONSES + " WHERE r.incident_id = :id ORDER BY r.entity_id, r.as_of DESC, r.status"


class FacetRow(Struct, frozen=True, kw_only=True):
    """A company or model in an incident, or the kind of one of its disputes; the other one is ""."""

    incident_id: str
    entity_id: str
    flag: str


FACETS = """
SELECT m.incident_id, m.entity_id, '' flag FROM incident_entities m JOIN entities e ON e.id = m.entity_id
WHERE e.kind IN ('company', 'model')
UNION SELECT incident_id, '', kind FROM disputes WHERE incident_id IS NOT NULL AND moved_to IS NULL
ORDER BY 1, 2, 3
"""


class StakeRow(Struct, frozen=True, kw_only=True):
    """What somebody who speaks or takes part has to win or lose by an incident."""

    entity_id: str
    stake: str
    reason: str


STAKES = "SELECT entity_id, stake, reason FROM stakes WHERE incident_id = :id ORDER BY entity_id, stake"
