"""What was published and flagged when, who speaks how often, and what editors decided."""

from __future__ import annotations

from msgspec import Struct

from distillwatch.site.queries import claims as claim_queries
from distillwatch.site.queries import documents


class PeriodRow(Struct, frozen=True, kw_only=True):
    """A month or week and how much belongs to it."""

    period: str
    documents: int


# ISO weeks: the year and week of a day are those of its Thursday; strftime of this SQLite has no %G and %V
WEEK = (
    "strftime('%Y', date({0}, '-3 days', 'weekday 4')) || '-W' || "
    "printf('%02d', (strftime('%j', date({0}, '-3 days', 'weekday 4')) - 1) / 7 + 1)"
)
# a date comes from a page and may be anything: what is no day belongs to no week, what is no month to no month
# (SQLite takes a bare year for a number of days)
_DAY = "{0} GLOB '[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]*' AND date({0}) IS NOT NULL"
_DATED = _DAY.format("d.published_at")
_MONTHLY = "d.published_at GLOB '[12][0-9][0-9][0-9]-[01][0-9]*' AND substr(d.published_at, 6, 2) BETWEEN '01' AND '12'"
MONTHS = f"""
SELECT substr(d.published_at, 1, 7) period, COUNT(*) documents FROM documents d WHERE {_MONTHLY}
GROUP BY 1 ORDER BY 1 DESC
"""
# the week of each day on which something was published: there are fewer days than texts
_WEEKS = f"""WITH weeks AS MATERIALIZED (SELECT d.published_at, {WEEK.format("d.published_at")} week
  FROM (SELECT DISTINCT published_at FROM documents) d WHERE {_DATED})"""
WEEKS = f"""
{_WEEKS} SELECT w.week period, COUNT(*) documents FROM documents d JOIN weeks w ON w.published_at = d.published_at
GROUP BY 1 ORDER BY 1 DESC
"""
UNDATED = f"SELECT COUNT(*) FROM documents d WHERE ({_MONTHLY}) IS NOT TRUE"
OF_MONTH = documents.LISTED + " WHERE d.published_at BETWEEN :period AND :period || '~' ORDER BY d.published_at, d.id"
# the week is asked for twice: once so that the index on days is used, once for what is a date at all
OF_WEEK = (
    documents.LISTED
    + f""" WHERE d.published_at >= :first AND d.published_at < :next AND {_DATED}
  AND {WEEK.format("d.published_at")} = :period ORDER BY d.published_at, d.id"""
)

# flags by the week in which the later of their two texts was published: the day of the run says nothing about the news
_LATER = """(SELECT MAX(d.published_at) FROM claims c JOIN documents d ON d.id = c.document_id
  WHERE c.id IN (x.claim_a, x.claim_b))"""


class WeekOfDispute(Struct, frozen=True, kw_only=True):
    """A dispute that is not closed, and a week in which the later text of one of its pairs was published."""

    week: str
    id: str


WEEKS_OF_DISPUTES = f"""
{_WEEKS} SELECT w.week, f.id FROM (SELECT p.dispute_id id, {_LATER} later
  FROM contradictions k JOIN comparisons x ON x.id = k.comparison_id JOIN dispute_pairs p ON p.contradiction_id = k.id
  WHERE k.status IN ('open', 'confirmed', 'reopened')) f JOIN weeks w ON w.published_at = f.later
GROUP BY 1, 2 ORDER BY 1, COUNT(*) DESC, 2
"""


class SpeakerRow(Struct, frozen=True, kw_only=True):
    """Somebody who is quoted."""

    entity_id: str
    claims: int
    documents: int


SPEAKERS = """
SELECT COALESCE(e.canonical_id, e.id) entity_id, COUNT(*) claims, COUNT(DISTINCT c.document_id) documents
FROM claims c JOIN entities e ON e.id = c.speaker_id WHERE c.current = 1
GROUP BY 1 ORDER BY documents DESC, claims DESC, 1 LIMIT :limit
"""


COUNT_SPEAKERS = """
SELECT COUNT(DISTINCT COALESCE(e.canonical_id, e.id)) FROM claims c JOIN entities e ON e.id = c.speaker_id
WHERE c.current = 1
"""


class LineRow(Struct, frozen=True, kw_only=True):
    """A line of the lineage: who is said to have done what to whom, and in how many claims."""

    subject: str
    predicate: str
    object: str
    claims: int


_LINES = """
FROM claims c JOIN entities s ON s.id = c.subject_id JOIN entities o ON o.id = c.object_id
WHERE c.current = 1 AND c.predicate IN (SELECT value FROM json_each(:predicates))
  AND COALESCE(s.canonical_id, s.id) <> COALESCE(o.canonical_id, o.id)
"""
LINES = f"""
SELECT COALESCE(s.canonical_id, s.id) subject, c.predicate, COALESCE(o.canonical_id, o.id) object, COUNT(*) claims
{_LINES} GROUP BY 1, 2, 3 ORDER BY claims DESC, 1, 2, 3
"""
LINEAGE = (
    claim_queries.CLAIMS
    + f""" WHERE c.id IN (SELECT c.id {_LINES} AND COALESCE(s.canonical_id, s.id) || ' ' || c.predicate || ' '
  || COALESCE(o.canonical_id, o.id) IN (SELECT value FROM json_each(:lines))) ORDER BY d.published_at, c.id"""
)


class AgreementRow(Struct, frozen=True, kw_only=True):
    """Two sources: how many statements both speak of, and how many open flags stand between their texts."""

    source_a: str
    source_b: str
    shared: int
    flags: int


AGREEMENT = """
WITH spoken AS (
  SELECT DISTINCT c.proposition_id, d.source_id FROM claims c JOIN documents d ON d.id = c.document_id
  WHERE c.current = 1 AND c.proposition_id IS NOT NULL
), shared AS (
  SELECT a.source_id source_a, b.source_id source_b, COUNT(*) shared FROM spoken a
  JOIN spoken b ON b.proposition_id = a.proposition_id AND b.source_id > a.source_id GROUP BY 1, 2
), flagged AS (
  SELECT MIN(da.source_id, db.source_id) source_a, MAX(da.source_id, db.source_id) source_b, COUNT(*) flags
  FROM contradictions k JOIN comparisons x ON x.id = k.comparison_id
    JOIN claims a ON a.id = x.claim_a JOIN documents da ON da.id = a.document_id
    JOIN claims b ON b.id = x.claim_b JOIN documents db ON db.id = b.document_id
  WHERE k.status IN ('open', 'confirmed', 'reopened') AND da.source_id <> db.source_id GROUP BY 1, 2
), pairs AS (SELECT source_a, source_b FROM shared UNION SELECT source_a, source_b FROM flagged)
SELECT p.source_a, p.source_b, COALESCE(s.shared, 0) shared, COALESCE(f.flags, 0) flags
FROM pairs p LEFT JOIN shared s USING (source_a, source_b) LEFT JOIN flagged f USING (source_a, source_b)
ORDER BY p.source_a, p.source_b
"""


class BetweenRow(Struct, frozen=True, kw_only=True):
    """An open flag between the texts of two sources, as a line that leads to it."""

    source_a: str
    source_b: str
    id: str
    kind: str
    title: str  # of its dispute, else what the comparison says


BETWEEN = """
SELECT MIN(da.source_id, db.source_id) source_a, MAX(da.source_id, db.source_id) source_b, k.id, k.kind,
  COALESCE((SELECT q.title FROM dispute_pairs p JOIN disputes q ON q.id = p.dispute_id WHERE p.contradiction_id = k.id),
    x.explanation) title
FROM contradictions k JOIN comparisons x ON x.id = k.comparison_id
  JOIN claims a ON a.id = x.claim_a JOIN documents da ON da.id = a.document_id
  JOIN claims b ON b.id = x.claim_b JOIN documents db ON db.id = b.document_id
WHERE k.status IN ('open', 'confirmed', 'reopened') AND da.source_id <> db.source_id
  AND da.source_id IN (SELECT value FROM json_each(:sources))
  AND db.source_id IN (SELECT value FROM json_each(:sources))
ORDER BY 1, 2, k.kind, title, k.id
"""


class LoggedRow(Struct, frozen=True, kw_only=True):
    """A decision of an editor, with what it is about."""

    id: str
    target_table: str
    target_id: str
    decision: str
    value: str
    reason: str
    author: str
    decided_at: str


LOG = """
SELECT id, target_table, target_id, decision, value, reason, author, decided_at FROM decisions
ORDER BY decided_at DESC, id
"""


class CoverageRow(Struct, frozen=True, kw_only=True):
    """How many texts an incident got in a week."""

    incident_id: str
    week: str
    documents: int


COVERAGE = f"""
{_WEEKS} SELECT x.incident_id, w.week, COUNT(*) documents FROM incident_documents x JOIN documents d
  ON d.id = x.document_id JOIN weeks w ON w.published_at = d.published_at GROUP BY 1, 2 ORDER BY 1, 2
"""

EXISTS = {table: f"SELECT COUNT(*) FROM {table} WHERE id = :id" for table in ("contradictions", "claims", "documents")}
