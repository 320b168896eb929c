"""Scores of groups: syndicated copies by pairs, incidents by B-cubed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from itertools import combinations

from distillwatch.graph.scores.rates import BCubed, Rate


def score_copies(gold: Iterable[Sequence[str]], found: Iterable[Sequence[str]], pages: Set[str]) -> Rate:
    """Pairs of labelled pages that carry one text."""
    wanted, got = _pairs(gold, pages), _pairs(found, pages)
    return Rate(len(wanted & got), len(got), len(wanted))


def score_incidents(gold: Mapping[str, Sequence[str]], found: Mapping[str, Sequence[str]]) -> BCubed:
    """B-cubed over pages that belong to an incident on both sides; a page may belong to several."""
    wanted, got = _groups_of(gold), _groups_of(found)
    items = [i for i in wanted if i in got]
    p, r = _side(items, got, wanted), _side(items, wanted, got)
    return BCubed(p, r, len(items), len(got), len(wanted))


def _pairs(groups: Iterable[Sequence[str]], pages: Set[str]) -> set[tuple[str, ...]]:
    return {tuple(sorted(pair)) for group in groups for pair in combinations(set(group) & pages, 2)}


def _groups_of(groups: Mapping[str, Sequence[str]]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for name, members in groups.items():
        for member in members:
            found[member].add(name)
    return dict(found)


def _side(items: Sequence[str], x: Mapping[str, set[str]], y: Mapping[str, set[str]]) -> float:
    """Mean over items of how many of the groups that two items share on side x they also share on side y."""
    total = 0.0
    for i in items:
        mates = [j for j in items if x[i] & x[j]]
        total += sum(min(len(x[i] & x[j]), len(y[i] & y[j])) / len(x[i] & x[j]) for j in mates) / len(mates)
    return total / len(items) if items else 0.0
