"""The stages of laws and rules, each with those who say that it was reached."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from distillwatch.site.claims import Claim, Name, name, show
from distillwatch.site.figures import published_words
from distillwatch.site.matrix import Voice, voices
from distillwatch.site.queries import claims, entities
from distillwatch.site.queries.claims import ClaimRow
from distillwatch.site.queries.entities import EventRow
from distillwatch.site.reader import Reader


class Stage(Struct, frozen=True, kw_only=True):
    """A stage on a day; two days for one stage are two lines, for the sources differ."""

    day: str
    stage: str
    voices: tuple[Voice, ...]


class Policy(Struct, frozen=True, kw_only=True):
    """A law or rule and its way so far."""

    name: Name
    jurisdiction: str
    stages: tuple[Stage, ...]


def stages(reader: Reader, ids: Sequence[str]) -> tuple[Stage, ...]:
    """The stages of one policy, under whichever of its ids they were read, by day; undated ones last."""
    found: dict[tuple[str, str], list[Claim]] = {}
    for identity in ids:
        for row in reader.rows(EventRow, entities.POLICY_EVENTS, id=identity):
            for claim in reader.rows(ClaimRow, claims.BY_ID, id=row.claim_id):
                found.setdefault((row.on_date, row.stage), []).append(show(reader, claim))
    order = sorted(found, key=lambda key: (not key[0], key))
    return tuple(Stage(day=published_words(d, "day"), stage=s, voices=voices(found[d, s])) for d, s in order)


def tracked(reader: Reader) -> list[Policy]:
    """Every policy of which a stage is known, by name."""
    found = []
    for entity in reader.entities.values():
        if entity.kind == "policy" and reader.entity(entity.id) is entity:
            reached = stages(reader, reader.merged_ids(entity.id))
            if reached:
                jurisdiction = str(reader.value(entities.JURISDICTION, id=entity.id) or "")
                found.append(Policy(name=name(reader, entity.id, ""), jurisdiction=jurisdiction, stages=reached))
    return sorted(found, key=lambda policy: policy.name.text.casefold())
