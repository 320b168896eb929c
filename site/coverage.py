"""How an incident is covered: its texts by the origin they go back to, and how many there were week by week."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import Struct

from distillwatch.site.queries import archive, incidents
from distillwatch.site.queries.archive import CoverageRow as WeekRow
from distillwatch.site.queries.incidents import CoverageRow, IncidentRow
from distillwatch.site.reader import Reader
from distillwatch.site.sparkline import Sparkline, draw


class Origin(Struct, frozen=True):
    """An origin and the documents that go back to it, the original first."""

    id: str
    first: CoverageRow
    others: tuple[CoverageRow, ...]


def by_activity(reader: Reader) -> list[IncidentRow]:
    """Every incident, the one with the newest text first, those that were merged into another last."""
    return reader.kept("incidents by activity", lambda: reader.rows(IncidentRow, incidents.BY_ACTIVITY))


def origins(reader: Reader, incident: str) -> list[Origin]:
    """The origins of an incident, in the order of their first texts."""
    return _grouped(reader.rows(CoverageRow, incidents.COVERAGE, id=incident))


def _grouped(coverage: Sequence[CoverageRow]) -> list[Origin]:
    grouped: dict[str, list[CoverageRow]] = {}
    for row in coverage:
        grouped.setdefault(row.origin_id, []).append(row)
    found = []
    for identity, rows in grouped.items():
        first = next((r for r in rows if r.relation == "original"), rows[0])
        found.append(Origin(identity, first, tuple(r for r in rows if r is not first)))
    return found


def sparklines(reader: Reader, listed: Iterable[str]) -> dict[str, Sparkline | None]:
    """Incident → its bars; None where no text has a date."""
    weeks: dict[str, dict[str, int]] = {}
    for row in reader.rows(WeekRow, archive.COVERAGE):
        weeks.setdefault(row.incident_id, {})[row.week] = row.documents
    return {identity: draw(weeks.get(identity, {})) for identity in listed}
