"""Scores of what stands on single pages: date of publication, language, entities, dates."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from distillwatch.graph.labels import LabelledPage
from distillwatch.graph.scores.known_names import KnownNames
from distillwatch.graph.scores.rates import Rate, Share

Pages = Mapping[str, LabelledPage]

KINDS: dict[str, frozenset[str] | None] = {
    "company": frozenset({"company"}),
    "model": frozenset({"model"}),
    "person": frozenset({"person"}),
    "agency+policy": frozenset({"agency", "policy"}),
    "all kinds": None,
}
_NOTHING = LabelledPage(id="")


def published(gold: Pages, found: Pages) -> Share:
    """Pages with the right day of publication."""
    dated = [page for page in gold.values() if page.published]
    right = sum((found.get(p.id, _NOTHING).published or "")[:10] == (p.published or "")[:10] for p in dated)
    return Share(right, len(dated))


def language(gold: Pages, found: Pages) -> Share:
    """Pages with the right language."""
    known = [page for page in gold.values() if page.lang]
    return Share(sum(found.get(p.id, _NOTHING).lang[:2] == p.lang[:2] for p in known), len(known))


def entities(gold: Pages, found: Pages, names: KnownNames) -> dict[str, Rate]:
    """Each entity once a page, by groups of kinds."""
    return {
        label: _sum(
            (_entities(page, kinds, names), _entities(found.get(key, _NOTHING), kinds, names))
            for key, page in gold.items()
        )
        for label, kinds in KINDS.items()
    }


def dates(gold: Pages, found: Pages) -> Rate:
    """Each span of days once a page."""
    return _sum((_dates(page), _dates(found.get(key, _NOTHING))) for key, page in gold.items())


def entity_errors(gold: Pages, found: Pages, names: KnownNames) -> dict[str, list[tuple[str, ...]]]:
    """Companies and models that were missed, and wrong ones, with their pages."""
    errors: dict[str, list[tuple[str, ...]]] = {}
    for label in ("company", "model"):
        for key, page in gold.items():
            wanted, got = (_entities(p, KINDS[label], names) for p in (page, found.get(key, _NOTHING)))
            errors.setdefault(f"{label} missed", []).extend((key, *e) for e in sorted(wanted - got))
            errors.setdefault(f"{label} wrong", []).extend((key, *e) for e in sorted(got - wanted))
    return errors


def _entities(page: LabelledPage, kinds: frozenset[str] | None, names: KnownNames) -> set[tuple[str, ...]]:
    return {(names(e.name), e.kind) for e in page.entities if kinds is None or e.kind in kinds}


def _dates(page: LabelledPage) -> set[tuple[str | None, ...]]:
    return {(d.start, d.end) for d in page.dates}


def _sum(sides: Iterable[tuple[set[Any], set[Any]]]) -> Rate:
    pairs = list(sides)
    return Rate(sum(len(g & p) for g, p in pairs), sum(len(p) for _, p in pairs), sum(len(g) for g, _ in pairs))
