"""The index of sources, a page for each with its record, and the coverage ledger."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from distillwatch.ids import hash_id
from distillwatch.site import linked, paths
from distillwatch.site.claims import words
from distillwatch.site.page import Context, Page
from distillwatch.site.queries import documents, runs
from distillwatch.site.queries.documents import ListedRow
from distillwatch.site.queries.runs import HealthRow, IssueRow, RunRow, SourceRow
from distillwatch.site.reader import Reader

DOCUMENTS, RUNS = 60, 10


def pages(reader: Reader) -> Iterator[Page]:
    """Index, coverage ledger, and a page a source."""
    rows = reader.rows(SourceRow, runs.SOURCES)
    yield Page(
        path="sources.html",
        template="sources.html",
        title="Sources",
        section="sources.html",
        context=lambda: {"sources": [(row, health(row)) for row in rows]},
    )
    yield Page(
        path="coverage.html",
        template="coverage.html",
        title="Coverage",
        section="sources.html",
        context=lambda: {
            "sources": [(row, health(row)) for row in rows],
            "issues": reader.rows(IssueRow, runs.ISSUES),
            "runs": reader.rows(RunRow, runs.RUNS, limit=RUNS),
            "names": {row.id: row.name for row in rows},
        },
    )
    for row in rows:
        yield Page(
            path=paths.source(row.id),
            template="source.html",
            title=row.name,
            section="sources.html",
            context=partial(_source, reader, row),
            key=partial(_key, reader, row),
        )


def _key(reader: Reader, row: SourceRow) -> str:
    """Of the page of a source."""
    records = (reader.digest(sql, id=row.id) for sql in (runs.HEALTH, runs.ISSUES_OF))
    return hash_id(row, reader.fingerprints.source(row.id), *records)


def _source(reader: Reader, row: SourceRow) -> Context:
    listed = reader.rows(ListedRow, documents.OF_SOURCE, id=row.id)
    return {
        "linked": linked.node(
            reader,
            "NewsMediaOrganization" if row.tier in ("press", "wire") else "Organization",
            name=row.name,
            url=paths.outside(row.homepage),
            parentOrganization=row.owner,
        ),
        "source": row,
        "health": health(row),
        "record": reader.rows(HealthRow, runs.HEALTH, id=row.id),
        "documents": listed[:DOCUMENTS],
        "more_documents": max(0, len(listed) - DOCUMENTS),
        "issues": reader.rows(IssueRow, runs.ISSUES_OF, id=row.id),
        "tier": words()["tier"].get(row.tier, row.tier),
    }


def health(row: SourceRow) -> tuple[str, str]:
    """(word, reason) for how a source is doing: "well", "thin", "failing", "silent", "not run"."""
    if row.items_seen is None:
        return "not run", "no run has asked it yet"
    if row.failed or row.blocked:
        return "failing", f"{row.failed or 0} requests failed, {row.blocked or 0} were refused"
    if row.items_seen == 0:
        return "silent", "it answered and gave nothing"
    if row.items_expected and row.items_seen < row.items_expected / 2:
        return "thin", f"{row.items_seen} items where {row.items_expected:.0f} are usual"
    return "well", f"{row.items_seen} items seen"
