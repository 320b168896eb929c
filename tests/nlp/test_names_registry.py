"""The real topic's registry: every name leads to one entity, and what is known of each is well formed."""

from __future__ import annotations

import re
from collections import Counter, defaultdict

from distillwatch.nlp.names.pieces import key_of
from distillwatch.topic import Topic

# Two things that share a spelling on purpose; the text's context tells which is meant.
SHARED = {"hy", "claude|ai"}


def test_it_is_broad(topic: Topic) -> None:
    count = Counter(e.kind for e in topic.entities)
    assert sum(count.values()) >= 300
    assert set(count) == {"company", "model", "product", "person", "agency", "policy", "outlet", "group", "country"}


def test_a_name_belongs_to_one_entity(topic: Topic) -> None:
    owners: defaultdict[str, set[str]] = defaultdict(set)
    for entity in topic.entities:
        for name in (entity.name, *entity.aliases):
            owners[key_of(name)].add(entity.id)
    assert {key: ids for key, ids in owners.items() if len(ids) > 1 and key not in SHARED} == {}


def test_every_name_can_be_found(topic: Topic) -> None:
    assert [n for e in topic.entities for n in (e.name, *e.aliases) if not key_of(n)] == []


def test_days_are_days_and_models_have_owners(topic: Topic) -> None:
    day = re.compile(r"\d{4}-\d\d-\d\d")
    assert [e.name for e in topic.entities if e.born and not day.fullmatch(e.born)] == []
    assert [e.name for e in topic.entities if e.kind == "model" and not e.owner and not e.family] == []


def test_a_version_belongs_to_a_family_of_its_owner(topic: Topic) -> None:
    by_name = {e.name: e for e in topic.entities}
    strangers = [
        e.name for e in topic.entities if e.family and e.owner and by_name[e.family].owner not in (e.owner, "")
    ]
    assert set(strangers) <= {"R1 1776"}  # a fine-tune that another company published
