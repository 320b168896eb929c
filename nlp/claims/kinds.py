"""What the vocabulary leaves no room for: a person is not trained, a company is no model's size."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from distillwatch.records import Claim, Entity
from distillwatch.topic import Predicate


def possible(
    claims: Iterable[Claim], entities: Mapping[str, Entity], predicates: Mapping[str, Predicate]
) -> Iterator[Claim]:
    """The claims whose subject and object are of kinds that their predicate takes; an id without an entity passes."""
    for claim in claims:
        predicate = predicates[claim.predicate]
        subject, target = entities.get(claim.subject_id or ""), entities.get(claim.object_id or "")
        if subject is not None and predicate.subject_kinds and subject.kind not in predicate.subject_kinds:
            continue
        if target is not None and predicate.object_kinds and target.kind not in predicate.object_kinds:
            continue
        yield claim
