"""Whose an unregistered model is, and whom an unregistered person works for: by what stands between the two names."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

import msgspec

from distillwatch.nlp.names.lexicon import Relations
from distillwatch.nlp.names.pieces import key_of
from distillwatch.records import Entity, Mention

REACH = 90
HOUSES = ("company", "agency", "group")


def with_owners(
    entities: Mapping[str, Entity], mentions: Sequence[Mention], plain: str, relations: Relations
) -> dict[str, Entity]:
    """The entities, the proposed ones with the owner or employer that the document tells, where it tells only one.

    `plain` is the document as cues read it; `mentions` are in order.
    """
    told: dict[str, Counter[str]] = {}
    linked = [m for m in mentions if m.entity_id in entities]
    for first, last in _pairs(linked, plain):
        owner, owned = _related(
            entities[first.entity_id or ""], entities[last.entity_id or ""], plain, (first, last), relations
        )
        if owned is not None and owner is not None:
            told.setdefault(owned.id, Counter())[owner.name] += 1
    families = {key_of(e.name): e.name for e in entities.values() if e.kind == "model"}
    return {i: _in_family(_owned(entity, told.get(i)), families) for i, entity in entities.items()}


def _pairs(mentions: Sequence[Mention], plain: str) -> Iterator[tuple[Mention, Mention]]:
    for first, last in pairwise(mentions):
        if last.start - first.end <= REACH and "\n" not in plain[first.end : last.start]:
            yield first, last


def _related(
    first: Entity, last: Entity, plain: str, places: tuple[Mention, Mention], relations: Relations
) -> tuple[Entity | None, Entity | None]:
    """(owner, owned) where what stands between the names says so."""
    gap = (places[0].end, places[1].start)
    if first.kind in HOUSES and _open(last, ("model", "product")) and _fits(relations.owner_first, plain, gap):
        return (first, last) if first.kind == "company" else (None, None)
    if last.kind in HOUSES and _open(first, ("model", "product")) and _fits(relations.owner_last, plain, gap):
        return (last, first) if last.kind == "company" else (None, None)
    if first.kind in HOUSES and _open(last, ("person",)) and _fits(relations.employer_first, plain, gap):
        return first, last
    if last.kind in HOUSES and _open(first, ("person",)) and _fits(relations.employer_last, plain, gap):
        return last, first
    return None, None


def _open(entity: Entity, kinds: tuple[str, ...]) -> bool:
    return entity.kind in kinds and entity.status == "proposed" and not entity.owner


def _fits(pattern: re.Pattern[str] | None, plain: str, gap: tuple[int, int]) -> bool:
    return pattern is not None and pattern.fullmatch(plain, *gap) is not None


def _in_family(entity: Entity, families: Mapping[str, str]) -> Entity:
    """ "Ostra 2" belongs to "Ostra" where the document names both."""
    if entity.kind != "model" or entity.status != "proposed" or entity.family:
        return entity
    family = families.get(key_of(entity.name.split()[0]), "")
    return msgspec.structs.replace(entity, family=family) if family and family != entity.name else entity


def _owned(entity: Entity, told: Counter[str] | None) -> Entity:
    if not told:
        return entity
    (name, count), *others = told.most_common(2)
    return msgspec.structs.replace(entity, owner=name) if not others or count > others[0][1] else entity
