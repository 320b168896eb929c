"""Documents, their blocks, revisions, copies and what was read out of them."""

from __future__ import annotations

from msgspec import Struct

from distillwatch.site.queries.outlets import OUTLET


class DocumentRow(Struct, frozen=True, kw_only=True):
    """A document in its current revision."""

    id: str
    source_id: str
    source_name: str
    tier: str
    url: str
    kind: str
    language: str
    title: str
    outlet: str
    byline: str
    published_at: str
    published_precision: str
    published_from: str
    modified_at: str
    first_seen: str
    last_seen: str
    text: str
    text_sha256: str
    revision: int
    revision_id: str
    depth: str
    file: str
    gone_at: str


DOCUMENTS = f"""
SELECT d.id, d.source_id, s.name source_name, s.tier, d.url, d.kind, d.language, d.title,
  {OUTLET} outlet,
  d.byline, d.published_at, d.published_precision,
  d.published_from, d.modified_at, d.first_seen, d.last_seen,
    d.text,
  d.text_sha256, d.revision, d.revision_id, d.depth, d.file, COALESCE(d.gone_at, '') gone_at
FROM documents d JOIN sources s ON s.id = d.source_id
"""
BY_ID = DOCUMENTS + " WHERE d.id = :id"


class SegmentRow(Struct, frozen=True, kw_only=True):
    """A block of a document's current revision."""

    id: str
    position: int
    kind: str
    start: int
    end: int
    speaker: str
    parent_id: str | None
    head: str
    at: float | None


SEGMENTS = """
SELECT g.id, g.position, g.kind, g."start", g."end", g.speaker, g.parent_id, g.head, g.at
FROM segments g WHERE g.document_id = :id AND g.revision_id = :revision ORDER BY g.position
"""


class MentionRow(Struct, frozen=True, kw_only=True):
    """A name in the text of the current revision."""

    start: int
    end: int
    text: str
    kind: str
    entity_id: str | None


MENTIONS = """
SELECT "start", "end", text, kind, entity_id FROM mentions WHERE document_id = :id AND revision_id = :revision
ORDER BY "start", "end" DESC, id
"""


class RevisionRow(Struct, frozen=True, kw_only=True):
    """One state of a document's text, with where the response is archived."""

    id: str
    number: int
    seen_at: str
    title: str
    text: str
    text_sha256: str
    capture_sha256: str
    warc_file: str
    warc_offset: int | None
    fetched_at: str


REVISIONS = """
SELECT r.id, r.number, r.seen_at, r.title, r.text, r.text_sha256, k.sha256 capture_sha256,
  k.warc_file, k.warc_offset, k.fetched_at
FROM revisions r LEFT JOIN captures k ON k.id = r.capture_id WHERE r.document_id = :id
  AND r.superseded_by IS NULL ORDER BY r.number
"""


class EditRow(Struct, frozen=True, kw_only=True):
    """What a revision did to one claim."""

    revision_id: str
    change: str
    explanation: str


EDITS = """
SELECT revision_id, change, explanation FROM claim_changes WHERE document_id = :id ORDER BY revision_id, change, id
"""


class RelatedRow(Struct, frozen=True, kw_only=True):
    """A document that shares an origin with another, and how each stands to it."""

    document_id: str
    title: str
    outlet: str
    published_at: str
    published_precision: str
    language: str
    relation: str
    similarity: float | None
    reason: str
    origin_id: str
    origin_kind: str


RELATED = f"""
SELECT d.id document_id, d.title, {OUTLET} outlet, d.published_at,
  d.published_precision, d.language, o.relation, o.similarity, o.reason,
  o.origin_id, g.kind origin_kind
FROM document_origins mine JOIN document_origins o ON o.origin_id = mine.origin_id
  JOIN documents d ON d.id = o.document_id JOIN sources s ON s.id = d.source_id JOIN origins g ON g.id = o.origin_id
WHERE mine.document_id = :id ORDER BY o.origin_id, o.relation = 'original' DESC, d.published_at, d.id
"""


class ListedRow(Struct, frozen=True, kw_only=True):
    """A document as a line of a list."""

    id: str
    title: str
    outlet: str
    source_id: str
    kind: str
    language: str
    published_at: str
    published_precision: str
    first_seen: str
    claims: int


LISTED = f"""
SELECT d.id, d.title, {OUTLET} outlet, d.source_id, d.kind, d.language,
  d.published_at, d.published_precision, d.first_seen,
  (SELECT COUNT(*) FROM claims c WHERE c.document_id = d.id AND c.current = 1) claims
FROM documents d JOIN sources s ON s.id = d.source_id
"""
_NEWEST = " ORDER BY d.published_at DESC, d.id"
TITLE = f"SELECT d.title, {OUTLET} outlet FROM documents d JOIN sources s ON s.id = d.source_id WHERE d.id = :id"
LISTED_BY_ID = LISTED + " WHERE d.id = :id"
LATEST = LISTED + _NEWEST + " LIMIT :limit"
OF_INCIDENT = LISTED + " WHERE d.id IN (SELECT document_id FROM incident_documents WHERE incident_id = :id)" + _NEWEST
OF_SOURCE = LISTED + " WHERE d.source_id = :id" + _NEWEST
MOST_OF_NAME = 20  # documents that the page of a name lists, the newest
OF_IDS = f"{LISTED} WHERE d.id IN (SELECT value FROM json_each(:ids)) ORDER BY +d.published_at DESC, d.id"

# what may not fit a page: present texts of many bytes or with many statements, and where these begin
LONG = """
SELECT d.id, d.text, (SELECT json_group_array(c."start") FROM claims c WHERE c.document_id = d.id AND c.current = 1
  AND c.revision_id = d.revision_id)
FROM documents d WHERE length(CAST(d.text AS BLOB)) > {bytes}
  OR d.id IN (SELECT document_id FROM claims GROUP BY document_id HAVING COUNT(*) > {claims})
"""
