"""What a run changed, in words and with links."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct

from distillwatch.site import paths
from distillwatch.site.brief import brief
from distillwatch.site.env import plural
from distillwatch.site.flags import load_flags
from distillwatch.site.queries import contradictions, documents, incidents, runs
from distillwatch.site.queries.documents import ListedRow
from distillwatch.site.queries.incidents import IncidentRow
from distillwatch.site.queries.runs import ChangeCount, ChangeRow
from distillwatch.site.reader import Reader

LINKS = 5
THINGS = {
    "documents": ("document", "documents"),
    "claims": ("claim", "claims"),
    "contradictions": ("contradiction", "contradictions"),
    "incidents": ("incident", "incidents"),
    "entities": ("name", "names"),
}


class Group(Struct, frozen=True):
    """Changes of one kind to one table: "3 documents added", the first few linked."""

    table: str
    change: str
    words: str
    number: int
    links: tuple[tuple[str, str], ...]


def groups(reader: Reader, run: str) -> Iterator[Group]:
    """The changes of a run by table and kind."""
    grouped: dict[tuple[str, str], list[str]] = {}
    for row in reader.rows(ChangeRow, runs.CHANGES, id=run):
        grouped.setdefault((row.table_name, row.change), []).append(row.row_id)
    for (table, change), ids in grouped.items():
        yield Group(table, change, _words(table, change, len(ids)), len(ids), tuple(_links(reader, table, ids[:LINKS])))


def summary(reader: Reader, run: str) -> str:
    """The changes of a run in one line: "3 documents added; 1 contradiction opened"; "nothing new" for none."""
    counted = reader.rows(ChangeCount, runs.CHANGE_COUNTS, id=run)
    return "; ".join(_words(row.table_name, row.change, row.number) for row in counted) or "nothing new"


def _words(table: str, change: str, number: int) -> str:
    one, many = THINGS.get(table, (table.replace("_", " "),) * 2)
    return f"{plural(number, one, many)} {change}"


def _links(reader: Reader, table: str, ids: Iterable[str]) -> Iterator[tuple[str, str]]:
    """(text, path) of changed rows that have a page of their own; a headline comes with its outlet."""
    for identity in ids:
        if table == "documents":
            for row in reader.rows(ListedRow, documents.LISTED_BY_ID, id=identity):
                yield f"{brief(row.title)} ({row.outlet})", paths.document(row.id)
        elif table == "incidents":
            for incident in reader.rows(IncidentRow, incidents.BY_ID, id=identity):
                yield brief(incident.title), paths.incident(incident.slug)
        elif table == "contradictions":
            for flag in load_flags(reader, contradictions.BY_ID, id=identity):
                yield f"{flag.title}: {flag.a.outlet.text} / {flag.b.outlet.text}", flag.path
        elif table == "entities" and (entity := reader.entity(identity)):
            yield brief(entity.name, entity.id), paths.entity(entity.kind, entity.id)
