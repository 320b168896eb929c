"""Runs, what they changed, and how each source is doing."""

from __future__ import annotations

from msgspec import Struct


class RunRow(Struct, frozen=True, kw_only=True):
    """One run of the command line."""

    id: str
    command: str
    started_at: str
    finished_at: str
    status: str
    version: str


RUNS = """
SELECT id, command, started_at, finished_at, status, version FROM runs
ORDER BY started_at DESC, id LIMIT :limit
"""
WITH_CHANGES = """
SELECT id, command, started_at, finished_at, status, version FROM runs
WHERE id IN (SELECT run_id FROM run_changes) ORDER BY started_at DESC, id LIMIT :limit
"""


COUNT_WITH_CHANGES = "SELECT COUNT(*) FROM runs WHERE id IN (SELECT run_id FROM run_changes)"


class ChangeRow(Struct, frozen=True, kw_only=True):
    """One row that a run added, changed or closed."""

    table_name: str
    row_id: str
    change: str


CHANGES = "SELECT table_name, row_id, change FROM run_changes WHERE run_id = :id ORDER BY table_name, change, row_id"


class ChangeCount(Struct, frozen=True, kw_only=True):
    """How many rows of one table a run changed in one way."""

    table_name: str
    change: str
    number: int


CHANGE_COUNTS = """
SELECT table_name, change, COUNT(*) number FROM run_changes WHERE run_id = :id GROUP BY 1, 2 ORDER BY 1, 2
"""


class SourceRow(Struct, frozen=True, kw_only=True):
    """A source with its last run and what it has given so far."""

    id: str
    name: str
    kind: str
    url: str
    homepage: str
    country: str
    language: str
    owner: str
    tier: str
    documents: int
    claims: int
    last_published: str
    last_run: str
    items_seen: int | None
    items_expected: float | None
    new_documents: int | None
    blocked: int | None
    robots_forbidden: int | None
    empty: int | None
    off_topic: int | None
    failed: int | None
    note: str
    last_success: str


SOURCES = """
SELECT s.id, s.name, s.kind, s.url, s.homepage, s.country,
  s.language, s.owner, s.tier,
  (SELECT COUNT(*) FROM documents d WHERE d.source_id = s.id) documents,
  (SELECT COUNT(*) FROM claims c JOIN documents d ON d.id = c.document_id WHERE d.source_id = s.id
    AND c.current = 1) claims,
  COALESCE((SELECT MAX(d.published_at) FROM documents d WHERE d.source_id = s.id), '') last_published,
  r.started_at last_run, x.items_seen, x.items_expected, x.new_documents, x.blocked,
    x.robots_forbidden, x.empty,
  x.off_topic, x.failed, x.note,
  COALESCE((SELECT MAX(y.started_at) FROM source_runs z JOIN runs y ON y.id = z.run_id
    WHERE z.source_id = s.id AND z.items_seen > 0), '') last_success
FROM sources s
  LEFT JOIN source_runs x ON x.source_id = s.id AND x.run_id = (SELECT z.run_id
    FROM source_runs z JOIN runs y ON y.id = z.run_id
    WHERE z.source_id = s.id ORDER BY y.started_at DESC, y.id LIMIT 1)
  LEFT JOIN runs r ON r.id = x.run_id
ORDER BY s.name COLLATE NOCASE, s.id
"""


class HealthRow(Struct, frozen=True, kw_only=True):
    """What one run got from one source."""

    started_at: str
    items_seen: int
    items_expected: float | None
    new_documents: int
    revised_documents: int
    unchanged: int
    blocked: int
    robots_forbidden: int
    empty: int
    off_topic: int
    failed: int
    gone: int
    truncated: int
    note: str


HEALTH = """
SELECT r.started_at, x.items_seen, x.items_expected, x.new_documents, x.revised_documents, x.unchanged, x.blocked,
  x.robots_forbidden, x.empty, x.off_topic, x.failed, x.gone, x.truncated, x.note
FROM source_runs x JOIN runs r ON r.id = x.run_id WHERE x.source_id = :id ORDER BY r.started_at DESC, r.id LIMIT 30
"""


class IssueRow(Struct, frozen=True, kw_only=True):
    """Something that was lost or doubtful on the way."""

    stage: str
    source_id: str
    level: str
    code: str
    message: str
    url: str


_ISSUES = "SELECT stage, source_id, level, code, message, url FROM issues"
_BY_LEVEL = " ORDER BY level, stage, source_id, code, url, id"
ISSUES = _ISSUES + _BY_LEVEL
ISSUES_OF = _ISSUES + " WHERE source_id = :id" + _BY_LEVEL


class Totals(Struct, frozen=True, kw_only=True):
    """How much there is."""

    documents: int
    sources: int
    claims: int
    incidents: int
    disputes: int
    checked: str


TOTALS = """
SELECT (SELECT COUNT(*) FROM documents) documents, (SELECT COUNT(DISTINCT source_id) FROM documents) sources,
  (SELECT COUNT(*) FROM claims WHERE current = 1) claims,
  (SELECT COUNT(*) FROM incidents WHERE moved_to IS NULL) incidents,
  (SELECT COUNT(*) FROM disputes WHERE open_pairs > 0) disputes,
  COALESCE((SELECT MAX(last_seen) FROM documents), '') checked
"""
