"""Disputes: the questions behind the flags, and the support of each side counted in origins."""

from __future__ import annotations

from msgspec import Struct

from distillwatch.site.queries.contradictions import FLAGS


class DisputeRow(Struct, frozen=True, kw_only=True):
    """A question that the sources answer differently."""

    id: str
    kind: str
    title: str
    status: str
    pairs: int
    open_pairs: int
    incident_slug: str
    incident_title: str
    moved_to: str


class SideRow(Struct, frozen=True, kw_only=True):
    """One answer and who supports it."""

    side: int
    says: str
    pages: int
    origins: int
    first_published: str


_DISPUTES = """
SELECT d.id, d.kind, d.title, d.status, d.pairs, d.open_pairs, i.slug incident_slug, i.title incident_title, d.moved_to
FROM disputes d LEFT JOIN incidents i ON i.id = d.incident_id
"""
_ORDER = " ORDER BY d.open_pairs = 0, d.opened_at DESC, d.pairs DESC, d.id"
ALL = _DISPUTES + _ORDER
STANDING = _DISPUTES + " WHERE d.moved_to IS NULL" + _ORDER
OPEN = _DISPUTES + " WHERE d.moved_to IS NULL AND d.open_pairs > 0" + _ORDER
OF_INCIDENT = _DISPUTES + " WHERE d.moved_to IS NULL AND d.incident_id = :id" + _ORDER
OF_FLAG = _DISPUTES + " WHERE d.id IN (SELECT dispute_id FROM dispute_pairs WHERE contradiction_id = :id)"
SIDES = "SELECT side, says, pages, origins, first_published FROM dispute_sides WHERE dispute_id = :id ORDER BY side"
FLAGS_OF_DISPUTE = (
    FLAGS
    + """ JOIN dispute_pairs p ON p.contradiction_id = k.id WHERE p.dispute_id = :id
  ORDER BY k.status IN ('dismissed', 'resolved'), x.severity, x.confidence DESC, k.id"""
)
COUNTS = """
SELECT (SELECT count(*) FROM contradictions WHERE status IN ('open', 'confirmed', 'reopened')) flags,
  (SELECT count(*) FROM disputes WHERE open_pairs > 0 AND moved_to IS NULL) disputes
"""


class Counts(Struct, frozen=True, kw_only=True):
    """How many pairs are open, and how many questions they are about."""

    flags: int
    disputes: int
