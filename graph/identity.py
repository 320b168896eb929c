"""Who is who: entities that are one get one canonical id, with the reason; statements keep the id they were made with.

The clusters are connected components over "same", built so that no component ever joins two entities that a human said
are not the same (the approach of OpenSanctions' nomenklatura: judgements, also negative ones, are data). Pure.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Literal

from msgspec import Struct

from distillwatch.graph.decided import in_time
from distillwatch.graph.names import NameIndex, name_key
from distillwatch.records import Decision, Entity

Basis = Literal["decision", "alias", "spelling", "not_same"]
_STRENGTH: tuple[Basis, ...] = ("decision", "alias", "spelling")


class Link(Struct, frozen=True, kw_only=True):
    """Why an entity is taken to be another, or (`not_same`) why it is kept apart."""

    entity_id: str
    canonical_id: str
    basis: Basis
    reason: str
    decision_id: str | None = None


class _Edge(Struct, frozen=True, kw_only=True):
    a: str
    b: str
    basis: Basis
    reason: str
    decision_id: str | None = None


def resolve(entities: Sequence[Entity], decisions: Iterable[Decision], forms: Collection[str]) -> list[Link]:
    """One link for each entity that is another one, or that a decision keeps apart; the others stand for themselves.

    `forms`: legal forms that names are compared without.
    """
    by_id = {e.id: e for e in entities}
    judged = _latest(d for d in in_time(decisions, "entities") if {d.target_id, d.value} <= by_id.keys())
    same = [_edge(d, by_id) for d in judged if d.decision == "same"]
    apart = {frozenset((d.target_id, d.value)): d for d in judged if d.decision == "not_same"}
    edges = [*same, *_by_name(entities, forms)]
    parent = {e.id: e.id for e in entities}
    members: dict[str, set[str]] = {e.id: {e.id} for e in entities}

    def top(key: str) -> str:
        while parent[key] != key:
            parent[key] = parent[parent[key]]
            key = parent[key]
        return key

    used: dict[str, list[_Edge]] = {}
    for edge in sorted(edges, key=lambda e: (_STRENGTH.index(e.basis), e.a, e.b)):
        a, b = top(edge.a), top(edge.b)
        if a == b or any(frozenset((x, y)) in apart for x in members[a] for y in members[b]):
            continue
        parent[b] = a
        members[a] |= members.pop(b)
        for end in (edge.a, edge.b):
            used.setdefault(end, []).append(edge)
    preferred = {d.value for d in judged if d.decision == "same"}
    links = [link for group in members.values() if len(group) > 1 for link in _links(group, by_id, used, preferred)]
    linked = {link.entity_id for link in links}
    return sorted([*links, *_kept_apart(apart, by_id, linked)], key=lambda link: link.entity_id)


def _latest(decisions: Iterable[Decision]) -> list[Decision]:
    """The last decision on each pair, given in the order of time: a later one takes an earlier one back."""
    last: dict[frozenset[str], Decision] = {}
    for decision in decisions:
        if decision.decision in ("same", "not_same"):
            last[frozenset((decision.target_id, decision.value))] = decision
    return list(last.values())


def _edge(decision: Decision, by_id: Mapping[str, Entity]) -> _Edge:
    a, b = by_id[decision.target_id], by_id[decision.value]
    reason = f"{decision.author} decided on {decision.decided_at[:10]} that {a.name} is {b.name}: {decision.reason}"
    return _Edge(a=a.id, b=b.id, basis="decision", reason=reason, decision_id=decision.id)


def _by_name(entities: Sequence[Entity], forms: Collection[str]) -> Iterable[_Edge]:
    """A proposed name is the registered entity of that name, or the one proposed elsewhere in that spelling."""
    index = NameIndex((e for e in entities if e.status == "registered"), forms)
    first: dict[tuple[str, str], Entity] = {}
    for entity in sorted(entities, key=lambda e: e.id):
        if entity.status == "registered":
            continue
        registered = index.find(entity.name, entity.kind)
        if registered:
            exact = registered.name == entity.name or entity.name in registered.aliases
            how = "is a registered name of" if exact else "differs only in spelling from a registered name of"
            yield _Edge(a=registered.id, b=entity.id, basis="alias", reason=f"“{entity.name}” {how} {registered.name}")
            continue
        other = first.setdefault((entity.kind, name_key(entity.name) or entity.id), entity)
        if other is not entity:
            reason = f"“{entity.name}” and “{other.name}” differ only in spelling"
            yield _Edge(a=other.id, b=entity.id, basis="spelling", reason=reason)


def _links(
    group: set[str], by_id: Mapping[str, Entity], used: Mapping[str, list[_Edge]], preferred: set[str]
) -> Iterable[Link]:
    """Every member points to the canonical one: registered before proposed, then the one a decision names as right."""
    canonical = min(group, key=lambda k: (by_id[k].status != "registered", k not in preferred, k))
    for key in sorted(group - {canonical}):
        edge = next((e for e in used[key] if canonical in (e.a, e.b)), used[key][0])
        yield Link(
            entity_id=key, canonical_id=canonical, basis=edge.basis, reason=edge.reason, decision_id=edge.decision_id
        )


def _kept_apart(
    apart: Mapping[frozenset[str], Decision], by_id: Mapping[str, Entity], linked: set[str]
) -> Iterable[Link]:
    for decision in apart.values():
        for key, other in ((decision.target_id, decision.value), (decision.value, decision.target_id)):
            if key not in linked:
                linked.add(key)
                yield Link(
                    entity_id=key,
                    canonical_id=key,
                    basis="not_same",
                    reason=f"{decision.author} decided on {decision.decided_at[:10]} that {by_id[key].name} is not "
                    f"{by_id[other].name}: {decision.reason}",
                    decision_id=decision.id,
                )
