"""Which found page is which labelled page, and which found claim is which labelled claim."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec.structs import replace

from distillwatch.graph.labels import Groups, LabelledClaim, LabelledPair, LabelledQuantity, Labels
from distillwatch.graph.scores.known_names import KnownNames
from distillwatch.graph.scores.text import norm, overlap

SLOTS = ("speaker", "speech_act", "polarity", "hedge", "quantity", "when")
_ONE_SENTENCE = 0.5  # share of words from which two stretches of a page are one sentence


def with_gold_ids(found: Labels, gold: Labels) -> Labels:
    """The found set under the labelled pages' ids, matched by address, by id, or by the stem of address or file."""
    ids = {page.id for page in gold.pages}
    address = {page.url.rstrip("/"): page.id for page in gold.pages if page.url}
    to: dict[str, str] = {}
    for page in found.pages:
        known = (x for x in (page.id, _stem(page.url), _stem(page.file)) if x in ids)
        to[page.id] = address.get(page.url.rstrip("/")) or next(known, page.id)

    def renamed(group: Sequence[str]) -> tuple[str, ...]:
        return tuple(to.get(i, i) for i in group)

    def pair(p: LabelledPair) -> LabelledPair:
        return replace(p, a=(to.get(p.a[0], p.a[0]), p.a[1]), b=(to.get(p.b[0], p.b[0]), p.b[1]))

    return Labels(
        pages=tuple(replace(page, id=to[page.id]) for page in found.pages),
        pairs=tuple(pair(p) for p in found.pairs),
        groups=Groups(
            copies=tuple(renamed(g) for g in found.groups.copies),
            incidents={name: renamed(g) for name, g in found.groups.incidents.items()},
        ),
    )


def same_core(a: LabelledClaim, b: LabelledClaim, names: KnownNames, *, lenient: bool = False) -> bool:
    """Whether two claims agree on subject, predicate and object; leniently also a firm for its model."""
    if a.predicate != b.predicate:
        return False
    if lenient:
        both = bool(a.object) and bool(b.object) and names.related(a.object, b.object)
        return names.related(a.subject, b.subject) and (_same_object(a, b, names) or both)
    return names(a.subject) == names(b.subject) and _same_object(a, b, names)


def align(
    gold: Sequence[LabelledClaim], found: Sequence[LabelledClaim], names: KnownNames, *, lenient: bool = False
) -> list[tuple[int, int]]:
    """One-to-one pairs of positions of claims with one core, those of the most alike evidence first."""
    scored = sorted(
        (
            (overlap(g.evidence, p.evidence), i, j)
            for i, g in enumerate(gold)
            for j, p in enumerate(found)
            if same_core(g, p, names, lenient=lenient)
        ),
        reverse=True,
    )
    used_gold: set[int] = set()
    used_found: set[int] = set()
    pairs = []
    for _, i, j in scored:
        if i not in used_gold and j not in used_found:
            used_gold.add(i)
            used_found.add(j)
            pairs.append((i, j))
    return pairs


def same_slot(slot: str, gold: LabelledClaim, found: LabelledClaim, names: KnownNames) -> bool:
    """Whether two matched claims agree on one of the `SLOTS`."""
    if slot == "speaker":
        return _named(gold.speaker, names) == _named(found.speaker, names)
    if slot == "quantity":
        return _same_quantity(gold.quantity, found.quantity)
    if slot == "when":
        a, b = gold.when, found.when
        return (a.start, a.end) == (b.start, b.end) if a and b else not a and not b
    empty = {"hedge": "none", "polarity": "+"}.get(slot)
    return bool((getattr(gold, slot) or empty) == (getattr(found, slot) or empty))


def same_sentence(a: LabelledClaim, b: LabelledClaim) -> bool:
    """Whether two claims rest on the same sentence."""
    return overlap(a.evidence, b.evidence) >= _ONE_SENTENCE


def _same_object(a: LabelledClaim, b: LabelledClaim, names: KnownNames) -> bool:
    if not a.object or not b.object:
        return not a.object and not b.object
    return names(a.object) == names(b.object) or overlap(a.object, b.object) >= _ONE_SENTENCE


def _named(speaker: str | None, names: KnownNames) -> str:
    return "" if norm(speaker).startswith(("unnamed", "anonymous")) else names(speaker)


def _same_quantity(a: LabelledQuantity | None, b: LabelledQuantity | None) -> bool:
    if not a or not b:
        return not a and not b
    if "nearly" in (a.approx, b.approx):  # written as an upper bound or as a point: the figure counts
        return _close(_figure(a), _figure(b))
    return _close(a.low, b.low) and _close(a.high, b.high)


def _figure(quantity: LabelledQuantity) -> float | None:
    return quantity.high if quantity.high is not None else quantity.low


def _close(x: float | None, y: float | None) -> bool:
    if x is None or y is None:
        return x is y
    return abs(x - y) <= 0.005 * max(abs(x), abs(y), 1e-9)


def _stem(address: str | None) -> str:
    """The last part of an address or path, without its ending."""
    last = re.sub(r"[?#].*$", "", address or "").rstrip("/").rpartition("/")[2]
    return re.sub(r"\.(html?|txt)$", "", last)
