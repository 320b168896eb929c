"""Home: open contradictions, incidents by activity, what the last run changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct

from distillwatch.site import paths
from distillwatch.site.env import plural
from distillwatch.site.flags import Flag, load_flags
from distillwatch.site.page import Context, Page
from distillwatch.site.queries import contradictions, documents, incidents, runs
from distillwatch.site.queries.documents import ListedRow
from distillwatch.site.queries.incidents import IncidentRow
from distillwatch.site.queries.runs import ChangeRow, RunRow, Totals
from distillwatch.site.reader import Reader

FLAGS, INCIDENTS, DOCUMENTS, LINKS = 6, 12, 12, 5
THINGS = {
    "documents": ("document", "documents"),
    "claims": ("claim", "claims"),
    "contradictions": ("contradiction", "contradictions"),
    "incidents": ("incident", "incidents"),
    "entities": ("name", "names"),
}


class Group(Struct, frozen=True):
    """Changes of one kind to one table: "3 documents added", the first few linked."""

    words: str
    number: int
    links: tuple[tuple[str, str], ...]


def pages(reader: Reader) -> Iterator[Page]:
    """The one home page."""

    def context() -> Context:
        last = reader.rows(RunRow, runs.LAST_WITH_CHANGES)
        return {
            "totals": reader.rows(Totals, runs.TOTALS)[0],
            "flags": _varied([f for f in load_flags(reader, contradictions.NEWEST, limit=10 * FLAGS) if f.is_open]),
            "incidents": [i for i in reader.rows(IncidentRow, incidents.BY_ACTIVITY) if not i.moved_to][:INCIDENTS],
            "latest": reader.rows(ListedRow, documents.LATEST, limit=DOCUMENTS),
            "run": last[0] if last else None,
            "changes": list(_groups(reader, last[0].id)) if last else [],
        }

    yield Page(
        path="index.html",
        template="index.html",
        title=reader.topic.title,
        description=reader.topic.description,
        section="index.html",
        context=context,
    )


def _varied(flags: list[Flag]) -> list[Flag]:
    """A few flags that show different kinds and incidents before more of the same."""
    shown: dict[tuple[str, str | None], Flag] = {}
    for flag in flags:
        shown.setdefault((flag.row.kind, flag.row.incident_id), flag)
    rest = [flag for flag in flags if flag not in shown.values()]
    return [*shown.values(), *rest][:FLAGS]


def _groups(reader: Reader, run: str) -> Iterator[Group]:
    grouped: dict[tuple[str, str], list[str]] = {}
    for row in reader.rows(ChangeRow, runs.CHANGES, id=run):
        grouped.setdefault((row.table_name, row.change), []).append(row.row_id)
    for (table, change), ids in grouped.items():
        one, many = THINGS.get(table, (table.replace("_", " "),) * 2)
        yield Group(f"{plural(len(ids), one, many)} {change}", len(ids), tuple(_links(reader, table, ids[:LINKS])))


def _links(reader: Reader, table: str, ids: Iterable[str]) -> Iterator[tuple[str, str]]:
    """(text, path) of changed rows that have a page of their own and a name that accuses nobody without a source."""
    for identity in ids:
        if table == "documents":
            for row in reader.rows(ListedRow, documents.LISTED_BY_ID, id=identity):
                yield f"{row.title or '(without a title)'} ({row.outlet})", paths.document(row.id)
        elif table == "incidents":
            for incident in reader.rows(IncidentRow, incidents.BY_ID, id=identity):
                yield incident.title, paths.incident(incident.slug)
        elif table == "contradictions":
            for flag in load_flags(reader, contradictions.BY_ID, id=identity):
                yield f"{flag.title}: {flag.a.outlet.text} / {flag.b.outlet.text}", flag.path
        elif table == "entities" and (entity := reader.entity(identity)):
            yield entity.name, paths.entity(entity.kind, entity.id)
