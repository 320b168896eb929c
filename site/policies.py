"""The stages of laws and rules, each with those who say that it was reached, and the clauses of archived terms."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from distillwatch.site import paths
from distillwatch.site.claims import Claim, Name, name, show
from distillwatch.site.figures import published_words
from distillwatch.site.matrix import Voice, voices
from distillwatch.site.queries import claims, entities
from distillwatch.site.queries.claims import ClaimRow
from distillwatch.site.queries.entities import ClauseRow, EventRow
from distillwatch.site.reader import Reader


class Stage(Struct, frozen=True, kw_only=True):
    """A stage on a day; two days for one stage are two lines, for the sources differ."""

    day: str
    stage: str
    voices: tuple[Voice, ...]


class Clause(Struct, frozen=True, kw_only=True):
    """What terms forbid, in their own words; days as words, `until` the last one on which the archive saw them.

    `path` is "" for a clause that the page no longer has: only current claims have a page.
    """

    words: str
    language: str
    path: str
    since: str
    basis: str
    ended: str
    until: str


class Policy(Struct, frozen=True, kw_only=True):
    """A law or rule and its way so far."""

    id: str
    name: Name
    jurisdiction: str
    stages: tuple[Stage, ...]
    clauses: tuple[Clause, ...]


def stages(reader: Reader, ids: Sequence[str]) -> tuple[Stage, ...]:
    """The stages of one policy, under whichever of its ids they were read, by day; undated ones last."""
    found: dict[tuple[str, str], list[Claim]] = {}
    for identity in ids:
        for row in reader.rows(EventRow, entities.POLICY_EVENTS, id=identity):
            for claim in reader.rows(ClaimRow, claims.BY_ID, id=row.claim_id):
                found.setdefault((row.on_date, row.stage), []).append(show(reader, claim))
    order = sorted(found, key=lambda key: (not key[0], key))
    return tuple(Stage(day=published_words(d, "day"), stage=s, voices=voices(found[d, s])) for d, s in order)


def clauses(reader: Reader) -> dict[str, tuple[Clause, ...]]:
    """Policy id → the clauses that its own archived page has or had, by day."""
    found: dict[str, list[Clause]] = {}
    for row in reader.rows(ClauseRow, entities.CLAUSES):
        clause = Clause(
            words=row.clause,
            language=row.language,
            path=paths.claim(row.claim_id) if row.current else "",
            since=published_words(row.valid_from, "day"),
            basis=row.valid_from_basis,
            ended=published_words(row.valid_to, "day") if row.valid_to else "",
            until=published_words(row.seen_until, "day"),
        )
        found.setdefault(row.policy_id, []).append(clause)
    return {policy: tuple(listed) for policy, listed in found.items()}


def tracked(reader: Reader) -> list[Policy]:
    """Every policy of which a stage or an archived clause is known, by name."""
    found, archived = [], clauses(reader)
    for entity in reader.entities.values():
        if entity.kind == "policy" and reader.entity(entity.id) is entity:
            reached, worded = stages(reader, reader.merged_ids(entity.id)), archived.get(entity.id, ())
            if reached or worded:
                jurisdiction = str(reader.value(entities.JURISDICTION, id=entity.id) or "")
                known = name(reader, entity.id, "")
                found.append(
                    Policy(id=entity.id, name=known, jurisdiction=jurisdiction, stages=reached, clauses=worded)
                )
    return sorted(found, key=lambda policy: policy.name.text.casefold())
