"""Claims with all that is needed to show one: where it stands, in which words, said by whom."""

from __future__ import annotations

from msgspec import Struct

from distillwatch.site.queries.outlets import OUTLET


class ClaimRow(Struct, frozen=True, kw_only=True):
    """A claim, its document and its source. Offsets are code points into the text of `revision_id`."""

    id: str
    document_id: str
    revision_id: str
    segment_id: str
    start: int
    end: int
    evidence: str
    subject_id: str | None
    subject_text: str
    predicate: str
    object_id: str | None
    object_text: str
    speaker_id: str | None
    speaker_text: str
    speaker_chain: str
    speech_act: str
    polarity: str
    hedge: str
    quantity_low: float | None
    quantity_high: float | None
    unit: str
    approx: str
    when_start: str
    when_end: str
    when_precision: str
    evidence_class: str
    confidence: float
    extractor: str
    qualifiers: str
    current: int
    proposition_id: str | None
    incident_id: str | None
    scope: str  # of its proposition: what sets it apart from others of the same names
    origin_id: str
    document_title: str
    document_url: str
    outlet: str
    published_at: str
    published_precision: str
    language: str
    source_id: str
    tier: str


def of_names(*columns: str) -> str:
    """SQL for the ids of claims that have one of `:ids` (a JSON list) in one of `columns`.

    CROSS JOIN makes SQLite begin with the few ids; left to itself it expects a list to be long and reads every claim.
    """
    return " UNION ".join(
        f"SELECT n.id FROM json_each(:ids) j CROSS JOIN claims n ON n.{column} = j.value" for column in columns
    )


CLAIMS = f"""
SELECT c.id, c.document_id, c.revision_id, c.segment_id, c."start", c."end", c.evidence, c.subject_id, c.subject_text,
  c.predicate, c.object_id, c.object_text, c.speaker_id, c.speaker_text, c.speaker_chain, c.speech_act, c.polarity,
    c.hedge,
  c.quantity_low, c.quantity_high, c.unit, c.approx,
  c.when_start, c.when_end, c.when_precision,
  c.evidence_class, c.confidence, c.extractor, c.qualifiers, c.current, c.proposition_id, p.incident_id, p.scope,
  COALESCE(c.origin_id, (SELECT o.origin_id FROM document_origins o WHERE o.document_id = c.document_id
    AND o.relation <> 'cites' ORDER BY o.relation = 'original' DESC, o.origin_id LIMIT 1), c.document_id) origin_id,
  d.title document_title, d.url document_url, {OUTLET} outlet,
  d.published_at, d.published_precision, d.language,
  d.source_id, s.tier
FROM claims c JOIN documents d ON d.id = c.document_id JOIN sources s ON s.id = d.source_id
  LEFT JOIN propositions p ON p.id = c.proposition_id
"""
_ORDER = ' ORDER BY d.published_at, c.document_id, c."start", c."end", c.id'

BY_ID = CLAIMS + " WHERE c.id = :id"
OF_DOCUMENT = CLAIMS + " WHERE c.document_id = :id AND c.current = 1 AND c.revision_id = d.revision_id" + _ORDER
OF_INCIDENT = CLAIMS + " WHERE p.incident_id = :id AND c.current = 1" + _ORDER


def _newest(*columns: str) -> str:
    """SQL for the newest claims of names: they are sorted by themselves, and only those few are read as a whole."""
    return f"""{CLAIMS} WHERE c.id IN (SELECT n.id FROM ({of_names(*columns)}) x CROSS JOIN claims n ON n.id = x.id
  CROSS JOIN documents d ON d.id = n.document_id WHERE n.current = 1
  ORDER BY d.published_at DESC, n.document_id, n.id LIMIT :limit)
ORDER BY +d.published_at DESC, c.document_id, c.id"""


_ABOUT = of_names("subject_id", "object_id")
_BY_SPEAKER = of_names("speaker_id")
ABOUT = _newest("subject_id", "object_id")
BY_SPEAKER = _newest("speaker_id")
COUNT_ABOUT = f"SELECT COUNT(*) FROM claims WHERE id IN ({_ABOUT}) AND current = 1"
COUNT_BY_SPEAKER = f"SELECT COUNT(*) FROM claims WHERE id IN ({_BY_SPEAKER}) AND current = 1"
IDS_OF_DOCUMENT = """
SELECT id FROM claims c WHERE document_id = :id AND (current = 1
  OR EXISTS (SELECT 1 FROM comparisons WHERE claim_a = c.id) OR EXISTS (SELECT 1 FROM comparisons WHERE claim_b = c.id))
ORDER BY id
"""


class Passage(Struct, frozen=True, kw_only=True):
    """The block that a claim stands in, its neighbours, and the archive entry of the revision it was read from."""

    text: str  # of the whole revision
    seen_at: str
    segment_start: int
    segment_end: int
    segment_kind: str
    before_start: int  # of the block before, or the same as segment_start
    after_end: int
    capture_sha256: str
    warc_file: str
    warc_offset: int | None
    fetched_at: str
    final_url: str


PASSAGE = """
SELECT r.text, r.seen_at, g."start" segment_start, g."end" segment_end, g.kind segment_kind,
  COALESCE((SELECT b."start" FROM segments b WHERE b.document_id = g.document_id
    AND b.revision_id = g.revision_id AND b.position = g.position - 1),
    g."start") before_start,
  COALESCE((SELECT n."end" FROM segments n WHERE n.document_id = g.document_id
    AND n.revision_id = g.revision_id AND n.position = g.position + 1),
    g."end") after_end,
  k.sha256 capture_sha256, k.warc_file, k.warc_offset,
  k.fetched_at, k.final_url
FROM claims c JOIN revisions r ON r.id = c.revision_id JOIN segments g ON g.id = c.segment_id
  LEFT JOIN captures k ON k.id = r.capture_id
WHERE c.id = :id
"""


class Identity(Struct, frozen=True):
    """An id alone."""

    id: str
