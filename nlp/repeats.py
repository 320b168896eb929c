"""A statement that a text makes twice is kept once, where it is fullest."""

from __future__ import annotations

import re
from collections.abc import Sequence

from distillwatch.records import Claim, Document

CAPS = frozenset({"headline", "heading"})


def without_repeats(claims: Sequence[Claim], document: Document) -> tuple[Claim, ...]:
    """The claims in text order, each statement once.

    Two claims repeat each other when subject, predicate, object and polarity agree, nothing that both give differs,
    and the same voice speaks with the same act; a headline repeats its text whoever speaks there: it leaves that out.
    """
    kinds = {s.position: s.kind for s in document.segments}
    kept: list[Claim] = []
    for claim in sorted(claims, key=lambda c: (-_fullness(c, cap=kinds[c.segment] in CAPS), c.start, c.end)):
        cap = kinds[claim.segment] in CAPS
        if not any(_repeats(claim, other, cap=cap) for other in kept):
            kept.append(claim)
    return tuple(
        sorted(kept, key=lambda c: (c.start, c.end, c.predicate, c.subject_id or "", c.object_id or c.object_text))
    )


def _fullness(claim: Claim, *, cap: bool) -> int:
    given = (claim.quantity, claim.when, claim.speaker_id or claim.speaker_text)
    return sum(x is not None and x != "" for x in given) - 4 * cap


def _repeats(claim: Claim, other: Claim, *, cap: bool) -> bool:
    if (claim.subject_id, claim.predicate) != (other.subject_id, other.predicate) or not _same_object(claim, other):
        return False
    if cap:
        return claim.quantity in (None, other.quantity)
    if claim.polarity != other.polarity or claim.speech_act != other.speech_act or claim.hedge != other.hedge:
        return False
    if (claim.speaker_id, claim.speaker_text) != (other.speaker_id, other.speaker_text):
        return False
    return claim.quantity in (None, other.quantity) and claim.when in (None, other.when)


def _same_object(claim: Claim, other: Claim) -> bool:
    if claim.object_id or other.object_id:
        return claim.object_id == other.object_id
    return _plain(claim.object_text) == _plain(other.object_text)


def _plain(text: str) -> str:
    return re.sub(r"\W+", " ", text.casefold()).strip()
