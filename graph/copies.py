"""Which documents carry, translate or rest on another one: the earliest is the origin, later ones depend on it.

Counts of support are counts of origins, not of pages (Dong, Berti-Équille & Srivastava 2009): forty pages that carry
one agency's text are one witness. Pure; the store side is in `origins.py`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

import numpy as np
from msgspec import Struct

from distillwatch.graph.credits import Credit
from distillwatch.graph.shingles import Hashes

Relation = Literal["original", "copy", "translation", "cites"]

COPY = 0.5
"""Share of the shorter text that stands in the other from which it is a copy (the literature's usual line)."""
CREDITED_COPY = 0.25
"""The same where the text says who supplied it, or both carry one byline: such pages are often cut or re-edited."""
CITES = 0.1
"""From here on it quotes at length; below lie common phrases (unrelated labelled pages share 0.02 at most)."""
LEAST_SHARED = 12
"""Shingles in common below which a share says nothing: a quotation of three lines."""
KEPT = 0.3
"""A later, longer text of which less than this is the earlier one is an article of its own that includes it."""
_FIRST_HOLDERS = 4
"""Each text is compared with the first few that hold a shingle: enough to meet the original, and linear."""


class Page(Struct, frozen=True, kw_only=True):
    """What is compared of a document. `day` is its publication, else the day it was first seen."""

    id: str
    outlet: str
    day: str
    moment: str = ""  # the time of publication in UTC, "" where only the day is known
    first_seen: str = ""
    leading: bool = False  # a primary source or a news agency: others carry its text, not the other way round
    byline: str = ""
    credits: tuple[Credit, ...] = ()

    @property
    def order(self) -> tuple[str, bool, str, str, str]:
        """Sorts pages by who may have written first."""
        return (self.day, not self.leading, self.moment or "~", self.first_seen, self.id)


class Dependence(Struct, frozen=True, kw_only=True):
    """`document` stands in this relation to `other`, which is as far as is known the earlier one."""

    document: str
    other: str
    relation: Relation
    similarity: float | None
    reason: str


def candidates(pages: Sequence[Page], sketches: Mapping[str, Hashes]) -> list[tuple[str, str]]:
    """(later, earlier) ids of pages that share enough of their sketches to be worth reading in full."""
    ordered = sorted(pages, key=lambda p: p.order)
    held = [sketches[page.id] for page in ordered]
    sizes = np.array([len(sketch) for sketch in held], dtype=np.int64)
    if not sizes.any():
        return []
    values = np.concatenate(held)
    sorting = np.argsort(values, kind="stable")  # of one shingle the earliest page first
    values, holders = values[sorting], np.repeat(np.arange(len(held)), sizes)[sorting]
    place = np.arange(len(values))
    first = np.maximum.accumulate(np.where(np.append(True, values[1:] != values[:-1]), place, 0))
    pairs = []
    for earliest in range(_FIRST_HOLDERS):
        further = place - first > earliest
        pairs.append(holders[further] * len(held) + holders[first[further] + earliest])
    found, common = np.unique(np.concatenate(pairs), return_counts=True)
    later, earlier = np.divmod(found, len(held))
    smaller = np.minimum(sizes[later], sizes[earlier])
    enough = (common >= 3) & (common >= CITES / 2 * smaller)  # half the line: the sketch only estimates
    return [(ordered[x].id, ordered[y].id) for x, y in zip(later[enough], earlier[enough], strict=True)]


def compare(later: Page, earlier: Page, common: int, later_size: int, earlier_size: int) -> Dependence | None:
    """How two pages depend on each other, given their shingles in common and each; None where they do not."""
    if _credits(earlier, later) and not _credits(later, earlier):
        later, earlier, later_size, earlier_size = earlier, later, earlier_size, later_size
    shorter = min(later_size, earlier_size)
    share = common / shorter if shorter else 0.0
    if common < LEAST_SHARED or share < CITES:
        return None
    percent = f"{share:.0%} of the shorter text stands in the other"
    credit = _credits(later, earlier)
    byline = later.byline if later.byline and later.byline.casefold() == earlier.byline.casefold() else ""
    same_publisher = later.outlet == earlier.outlet != ""
    is_copy = share >= (CREDITED_COPY if credit or byline else COPY) and common >= KEPT * later_size
    why = [percent]
    if same_publisher:
        why.append("both are the same publisher's, so the later is its own new version")
    if credit:
        why.append(f"it says “{credit.words}”")
    elif byline and not same_publisher:
        why.append(f"both carry the byline “{byline}”")
    if not is_copy:
        why.append("the rest is its own")
    return Dependence(
        document=later.id,
        other=earlier.id,
        relation="copy" if is_copy else "cites",
        similarity=round(share, 3),
        reason="; ".join(why),
    )


def resolve(pages: Iterable[Page], found: Iterable[Dependence]) -> tuple[dict[str, str], list[Dependence]]:
    """(document → its origin's document, citations between origins).

    Each copy or translation goes to the one page that it has most of, and its origin is where that chain begins. A
    circle, which only contradictory credit lines can make, is opened at the earliest page.
    """
    order = {page.id: page.order for page in pages}
    parents: dict[str, Dependence] = {}
    citations: list[Dependence] = []
    for dependence in sorted(found, key=lambda d: (d.document, -(d.similarity or 0.0), order[d.other])):
        if dependence.relation == "cites":
            citations.append(dependence)
        elif dependence.document not in parents:
            parents[dependence.document] = dependence
    root: dict[str, str] = {}
    for page in order:
        chain: list[str] = []
        at = page
        while at in parents and at not in chain:
            chain.append(at)
            at = parents[at].other
        root[page] = min(chain[chain.index(at) :], key=order.__getitem__) if at in chain else at
    return root, [c for c in citations if root[c.document] != root[c.other]]


def _credits(page: Page, other: Page) -> Credit | None:
    """The line in which `page` says that it carries the other one's text."""
    return next((c for c in page.credits if c.kind == "copy" and c.outlet == other.outlet), None)
