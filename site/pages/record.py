"""What changed in each run, and what editors decided: the memory of the site."""

from __future__ import annotations

from collections.abc import Iterator

from distillwatch.site import paths
from distillwatch.site.changes import groups
from distillwatch.site.claims import Name
from distillwatch.site.page import Context, Page
from distillwatch.site.queries import archive, runs
from distillwatch.site.queries.archive import LoggedRow
from distillwatch.site.queries.runs import RunRow
from distillwatch.site.reader import Reader

RUNS = 12


def pages(reader: Reader) -> Iterator[Page]:
    """Changes, and corrections with their policy."""
    yield Page(
        path="changes.html",
        template="changes.html",
        title="What changed",
        feed="changes.xml",
        context=lambda: {
            "runs": [(run, list(groups(reader, run.id))) for run in reader.rows(RunRow, runs.WITH_CHANGES, limit=RUNS)],
            "more": max(0, reader.count(runs.COUNT_WITH_CHANGES) - RUNS),
        },
    )
    yield Page(path="corrections.html", template="corrections.html", title="Corrections", context=lambda: _log(reader))


def _log(reader: Reader) -> Context:
    return {"log": [(row, _target(reader, row)) for row in reader.rows(LoggedRow, archive.LOG)]}


def _target(reader: Reader, row: LoggedRow) -> Name:
    """What a decision is about, linked where it has a page."""
    makers = {"contradictions": paths.contradiction, "claims": paths.claim, "documents": paths.document}
    entity = reader.entity(row.target_id) if row.target_table == "entities" else None
    if entity is not None:
        return Name(entity.name, paths.entity(entity.kind, entity.id))
    known = row.target_table in makers and reader.count(archive.EXISTS[row.target_table], id=row.target_id)
    return Name(f"{row.target_table} {row.target_id}", makers[row.target_table](row.target_id) if known else "")
