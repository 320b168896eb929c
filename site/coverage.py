"""How the coverage of each incident went, week by week."""

from __future__ import annotations

from collections.abc import Iterable

from distillwatch.site.queries import archive
from distillwatch.site.queries.archive import CoverageRow
from distillwatch.site.reader import Reader
from distillwatch.site.sparkline import Sparkline, draw


def sparklines(reader: Reader, incidents: Iterable[str]) -> dict[str, Sparkline | None]:
    """Incident → its bars; None where no text has a date."""
    weeks: dict[str, dict[str, int]] = {}
    for row in reader.rows(CoverageRow, archive.COVERAGE):
        weeks.setdefault(row.incident_id, {})[row.week] = row.documents
    return {identity: draw(weeks.get(identity, {})) for identity in incidents}
