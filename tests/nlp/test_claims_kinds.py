"""Claims whose subject or object the vocabulary has no room for are not told, whichever reader made them."""

from __future__ import annotations

import pytest

from distillwatch.nlp.claims.kinds import possible
from distillwatch.records import Claim, Entity, EntityKind
from distillwatch.topic import Topic

ENTITIES: dict[str, Entity] = {
    kind: Entity(id=kind, kind=kind, name=kind) for kind in ("company", "model", "person", "agency", "policy", "outlet")
}


def claim(subject: str | None, predicate: str, target: str | None) -> Claim:
    return Claim(
        segment=0, start=0, end=4, evidence="It.", subject_id=subject, subject_text="it", predicate=predicate,
        object_id=target, object_text="it",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("subject", "predicate", "target", "kept"),
    [
        ("company", "trained_on_outputs_of", "model", True),
        ("model", "trained_on_outputs_of", "company", True),
        ("person", "trained_on_outputs_of", "model", False),
        ("company", "trained_on_outputs_of", "policy", False),
        ("company", "has_parameters", None, False),
        ("model", "has_parameters", None, True),
        ("company", "investigates", "company", True),
        ("outlet", "sanctioned", "company", False),
        (None, "trained_on_outputs_of", "model", True),  # words that no name was linked to
        ("unheard", "trained_on_outputs_of", "model", True),
    ],
)
def test_kinds_that_a_predicate_takes(
    topic: Topic, subject: str | None, predicate: str, target: EntityKind | None, kept: bool
) -> None:
    one = claim(subject, predicate, target)
    assert list(possible([one], ENTITIES, topic.vocabulary.predicates)) == ([one] if kept else [])
