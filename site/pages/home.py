"""Home: open contradictions, incidents by activity, what the last run changed."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from distillwatch.ids import hash_id
from distillwatch.site import linked
from distillwatch.site.changes import groups
from distillwatch.site.coverage import by_activity, sparklines
from distillwatch.site.disputes import load_disputes, varied
from distillwatch.site.page import Context, Page
from distillwatch.site.queries import archive, disputes, documents, runs
from distillwatch.site.queries.disputes import DisputeRow
from distillwatch.site.queries.documents import ListedRow
from distillwatch.site.queries.runs import RunRow, Totals
from distillwatch.site.reader import Reader

DISPUTES, INCIDENTS, DOCUMENTS = 6, 12, 12
POOL = 200  # of the newest disputes, from which those of the home page are taken


def pages(reader: Reader) -> Iterator[Page]:
    """The one home page."""

    def context() -> Context:
        listed = [i for i in by_activity(reader) if not i.moved_to][:INCIDENTS]
        last = reader.rows(RunRow, runs.WITH_CHANGES, limit=1)
        return {
            "linked": linked.node(
                reader,
                "WebSite",
                name=reader.topic.title,
                description=reader.topic.description,
                url=linked.address(reader, ""),
            ),
            "incidents": listed,
            "sparks": sparklines(reader, [i.id for i in listed]),
            "totals": reader.rows(Totals, runs.TOTALS)[0],
            "disputes": [d for row in _newest(reader) for d in load_disputes(reader, disputes.BY_ID, id=row.id)],
            "latest": reader.rows(ListedRow, documents.LATEST, limit=DOCUMENTS),
            "run": last[0] if last else None,
            "changes": list(groups(reader, last[0].id)) if last else [],
        }

    yield Page(
        path="index.html",
        template="index.html",
        title=reader.topic.title,
        description=reader.topic.description,
        section="index.html",
        context=context,
        key=lambda: _key(reader),
    )


def _key(reader: Reader) -> str:
    """Of all that is shown here: a run that found nothing new leaves it as it is."""
    (totals,), last = reader.rows(Totals, runs.TOTALS), reader.rows(RunRow, runs.WITH_CHANGES, limit=1)
    return hash_id(
        msgspec.structs.replace(totals, checked=""),  # is not shown
        by_activity(reader),
        reader.digest(archive.COVERAGE),
        reader.digest(documents.LATEST, limit=DOCUMENTS),
        *(reader.fingerprints.dispute(row.id) for row in _newest(reader)),
        last,
        [list(groups(reader, run.id)) for run in last],
    )


def _newest(reader: Reader) -> list[DisputeRow]:
    found = reader.rows(DisputeRow, disputes.NEWEST, limit=POOL)
    return varied([row for row in found if row.open_pairs], DISPUTES)
