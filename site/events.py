"""What the timeline of an incident is drawn from: its texts by day, and the periods that somebody speaks of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from textwrap import shorten

from distillwatch.site import paths, timeline
from distillwatch.site.brief import brief
from distillwatch.site.claims import Claim
from distillwatch.site.coverage import Origin
from distillwatch.site.figures import published_words

LABEL = 95  # characters that fit a bar of the timeline


def published(origins: Iterable[Origin]) -> list[timeline.Event]:
    """A dot for each dated document; copies are drawn fainter."""
    events = []
    for origin in origins:
        for row in (origin.first, *origin.others):
            day = _day(row.published_at)
            if day is not None:
                when = published_words(row.published_at, row.published_precision)
                label = f"{row.outlet}: {brief(row.title, most=LABEL)}, {when}"
                style = "original" if row is origin.first else "copy"
                events.append(timeline.Event(day, day, label, paths.document(row.document_id), style))
    return events


def happened(claims: Sequence[Claim]) -> list[timeline.Event]:
    """A bar for each period that somebody says something about, one for equal statements."""
    events: dict[tuple[str, str, str], timeline.Event] = {}
    for claim in claims:
        start, end = _day(claim.row.when_start), _day(claim.row.when_end)
        if start is None or end is None or end < start:
            continue
        label = shorten(f"{claim.when}: {claim.sentence}", LABEL, placeholder=" …")
        key = (claim.row.when_start, claim.row.when_end, claim.row.predicate)
        events.setdefault(key, timeline.Event(start, end, label, claim.path, claim.colour, claim.who.text))
    return list(events.values())


def _day(iso: str) -> date | None:
    try:
        return date.fromisoformat(iso[:10])
    except ValueError:
        return None
