"""Disputes: questions that the sources answer differently, each with its sides and the flagged pairs behind it."""

from __future__ import annotations

from msgspec import Struct

from distillwatch.site.queries.claims import CLAIMS, of_names
from distillwatch.site.queries.outlets import OUTLET


class DisputeRow(Struct, frozen=True, kw_only=True):
    """A dispute; `incident_slug` is "" for one outside any incident."""

    id: str
    incident_id: str | None
    incident_slug: str
    incident_title: str
    kind: str
    title: str
    status: str
    opened_at: str
    closed_at: str
    pairs: int
    open_pairs: int
    moved_to: str | None
    newest: str  # publication of the latest of its texts


DISPUTES = """
SELECT q.id, q.incident_id, i.slug incident_slug, i.title incident_title, q.kind, q.title, q.status, q.opened_at,
  q.closed_at, q.pairs, q.open_pairs, q.moved_to,
  COALESCE((SELECT MAX(d.published_at) FROM dispute_claims x JOIN claims c ON c.id = x.claim_id
    JOIN documents d ON d.id = c.document_id WHERE x.dispute_id = q.id), '') newest
FROM disputes q LEFT JOIN incidents i ON i.id = q.incident_id
"""
# what is open first; of that what many pairs show, the latest first
_ORDER = " ORDER BY q.open_pairs = 0, q.pairs DESC, newest DESC, q.id"
_HERE = " WHERE q.moved_to IS NULL"
ALL = DISPUTES + " ORDER BY q.id"
LISTED = DISPUTES + _HERE + _ORDER
NEWEST = DISPUTES + _HERE + " ORDER BY q.open_pairs = 0, newest DESC, q.pairs DESC, q.id LIMIT :limit"
BY_ID = DISPUTES + " WHERE q.id = :id"
OF_INCIDENT = DISPUTES + _HERE + " AND q.incident_id = :id" + _ORDER
OF_FLAG = DISPUTES + " WHERE q.id = (SELECT dispute_id FROM dispute_pairs WHERE contradiction_id = :id)"
_TOUCHED = " AND q.id IN (SELECT dispute_id FROM dispute_claims WHERE claim_id IN ({}))"
OF_CLAIM = DISPUTES + _HERE + _TOUCHED.format(":id") + _ORDER
OF_DOCUMENT = DISPUTES + _HERE + _TOUCHED.format("SELECT id FROM claims WHERE document_id = :id") + _ORDER
OF_ENTITIES = (
    DISPUTES + _HERE + _TOUCHED.format(of_names("subject_id", "object_id", "speaker_id")) + _ORDER + " LIMIT :limit"
)


class AnswerRow(Struct, frozen=True, kw_only=True):
    """A claim of a dispute and its side; `paired` is 1 where a flag names it."""

    claim_id: str
    side: int
    says: str
    paired: int


ANSWERS = "SELECT claim_id, side, says, paired FROM dispute_statements WHERE dispute_id = :id ORDER BY claim_id"
CLAIMS_OF = (
    CLAIMS
    + """ WHERE c.id IN (SELECT claim_id FROM dispute_claims WHERE dispute_id = :id)
ORDER BY d.published_at = '' OR d.published_at IS NULL, d.published_at, c.document_id, c."start", c.id"""
)


class PairRow(Struct, frozen=True, kw_only=True):
    """A flag as a line of its dispute."""

    id: str
    status: str
    claim_a: str
    claim_b: str


_PAIRS = f"""
SELECT k.id,
  (SELECT {OUTLET} FROM claims c JOIN documents d ON d.id = c.document_id JOIN sources s ON s.id = d.source_id
    WHERE c.id = x.claim_a) outlet_a,
  (SELECT {OUTLET} FROM claims c JOIN documents d ON d.id = c.document_id JOIN sources s ON s.id = d.source_id
    WHERE c.id = x.claim_b) outlet_b
FROM contradictions k JOIN comparisons x ON x.id = k.comparison_id
"""
PAIRS = """
SELECT k.id, k.status, x.claim_a, x.claim_b FROM contradictions k JOIN comparisons x ON x.id = k.comparison_id
WHERE k.id IN (SELECT contradiction_id FROM dispute_pairs WHERE dispute_id = :id)
ORDER BY k.status IN ('dismissed', 'resolved'), x.severity, x.confidence DESC, k.id
"""


class FlagName(Struct, frozen=True, kw_only=True):
    """A flag as a title: its kind and whose texts."""

    id: str
    kind: str
    outlet_a: str
    outlet_b: str


FLAG_NAMES = f"SELECT p.id, k.kind, outlet_a, outlet_b FROM ({_PAIRS}) p JOIN contradictions k USING (id) ORDER BY 1"
