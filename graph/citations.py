"""Who rests on whose report without carrying it: a link in the body, or a line such as "first reported by"."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from msgspec import Struct

from distillwatch.graph.copies import Dependence, Page

WITHIN_DAYS = 45
"""A report that is credited without a link is sought among those of the last weeks."""
_LEAST_IN_COMMON = 2
"""Entities that both must speak about: the one who is said to have acted and the one it concerns."""


class Citable(Struct, frozen=True, kw_only=True):
    """A document as one that cites and may be cited. `origin` is the document where its report begins."""

    page: Page
    url: str
    origin: str
    links: tuple[str, ...]
    entities: frozenset[str]  # canonical, of its claims


def citations(documents: Sequence[Citable]) -> list[Dependence]:
    """Each citation once, by link first; never of the document's own origin."""
    address = {bare: d for d in documents if (bare := _bare(d.url))}
    outlets: dict[str, list[Citable]] = defaultdict(list)
    for document in sorted(documents, key=lambda d: d.page.order):
        outlets[document.page.outlet].append(document)
    found: dict[tuple[str, str], Dependence] = {}
    for document in documents:
        for other, reason in [*_linked(document, address), *_credited(document, outlets)]:
            if other.origin != document.origin:
                key = (document.page.id, other.page.id)
                found.setdefault(
                    key, Dependence(document=key[0], other=key[1], relation="cites", similarity=None, reason=reason)
                )
    return list(found.values())


def _linked(document: Citable, address: dict[str, Citable]) -> Iterator[tuple[Citable, str]]:
    for link in document.links:
        other = address.get(_bare(link))
        if other:
            yield other, "it links to it"


def _credited(document: Citable, outlets: dict[str, list[Citable]]) -> Iterator[tuple[Citable, str]]:
    for credit in document.page.credits:
        if credit.outlet == document.page.outlet:
            continue
        reports = _of_last_weeks(outlets.get(credit.outlet, ()), document.page.day)
        fitting = [other for other in reports if len(other.entities & document.entities) >= _LEAST_IN_COMMON]
        if fitting:
            best = max(fitting, key=lambda o: (len(o.entities & document.entities), o.page.order))
            yield best, f"it says “{credit.words}”"


def _of_last_weeks(reports: Sequence[Citable], day: str) -> Sequence[Citable]:
    """Those of an outlet's reports, in their order, that came out up to that day and not long before."""
    first = (date.fromisoformat(day) - timedelta(days=WITHIN_DAYS)).isoformat()
    start = bisect_left(reports, first, key=_day)
    return reports[start : bisect_right(reports, day, key=_day)]


def _day(report: Citable) -> str:
    return report.page.day


def _bare(url: str) -> str:
    """An address without scheme, fragment and final slash; "" for that of a file, to which nothing links."""
    return url.partition("#")[0].partition("://")[2].removeprefix("www.").rstrip("/")
