"""A statement that a text makes twice is kept once, where it is fullest."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from distillwatch.records import Claim, Document, Entity

CAPS = frozenset({"headline", "heading"})


def houses_of(entities: Iterable[Entity]) -> dict[str, tuple[str, bool]]:
    """Entity id → the case-folded name of whose it is (its owner's, else its own), and whether that is itself."""
    return {e.id: ((e.owner or e.name).casefold(), not e.owner) for e in entities}


def without_repeats(
    claims: Sequence[Claim], document: Document, houses: Mapping[str, tuple[str, bool]]
) -> tuple[Claim, ...]:
    """The claims in text order, each statement once.

    Two claims repeat each other when subject, predicate, object and polarity agree, nothing that both give differs,
    and the same voice speaks with the same act. A headline repeats its text whoever speaks there, and may put a company
    for its model: `houses` says whose each entity is.
    """
    kinds = {s.position: s.kind for s in document.segments}
    kept: list[Claim] = []
    for claim in sorted(claims, key=lambda c: (-_fullness(c, cap=kinds[c.segment] in CAPS), c.start, c.end)):
        cap = kinds[claim.segment] in CAPS
        if not any(_repeats(claim, other, houses if cap else None) for other in kept):
            kept.append(claim)
    return tuple(
        sorted(kept, key=lambda c: (c.start, c.end, c.predicate, c.subject_id or "", c.object_id or c.object_text))
    )


def _fullness(claim: Claim, *, cap: bool) -> int:
    given = (claim.quantity, claim.when, claim.speaker_id or claim.speaker_text)
    return sum(x is not None and x != "" for x in given) - 4 * cap


def _repeats(claim: Claim, other: Claim, houses: Mapping[str, tuple[str, bool]] | None) -> bool:
    if claim.predicate != other.predicate:
        return False
    if houses is not None:
        objects = _stands_for(claim.object_id, other.object_id, houses) or _same_object(claim, other)
        same = objects and (
            claim.subject_id == other.subject_id or _stands_for(claim.subject_id, other.subject_id, houses)
        )
        return same and claim.quantity in (None, other.quantity)
    if claim.subject_id != other.subject_id or not _same_object(claim, other):
        return False
    if claim.polarity != other.polarity or claim.speech_act != other.speech_act or claim.hedge != other.hedge:
        return False
    if (claim.speaker_id, claim.speaker_text) != (other.speaker_id, other.speaker_text):
        return False
    return claim.quantity in (None, other.quantity) and claim.when in (None, other.when)


def _stands_for(one: str | None, other: str | None, houses: Mapping[str, tuple[str, bool]]) -> bool:
    """A company put for its model, or the other way round; two models of one house are two."""
    if one is None or other is None or one not in houses or other not in houses:
        return False
    (house, owner), (other_house, other_owner) = houses[one], houses[other]
    return house == other_house and owner != other_owner


def _same_object(claim: Claim, other: Claim) -> bool:
    if claim.object_id or other.object_id:
        return claim.object_id == other.object_id
    return _plain(claim.object_text) == _plain(other.object_text)


def _plain(text: str) -> str:
    return re.sub(r"\W+", " ", text.casefold()).strip()
