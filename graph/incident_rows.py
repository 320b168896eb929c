"""Incidents in the store: ids and addresses that stay when more coverage arrives, neutral titles, status, redirects."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from itertools import product
from typing import Any

from msgspec import Struct
from sqlite_utils import Database

from distillwatch.graph import search
from distillwatch.graph.acts import Act
from distillwatch.graph.incidents import Incident
from distillwatch.graph.lineage import Lineage, Party
from distillwatch.graph.rows import replace_all, upsert
from distillwatch.ids import hash_id, slug
from distillwatch.topic import Predicate

_MOST_NAMES = 3


class Row(Struct, frozen=True, kw_only=True):
    """One incident as it is stored, with the rows that belong to it."""

    seed: str  # the claim its id is made from, if it is new
    title: str
    kind: str
    started_on: str
    precision: str
    status: str
    summary: str
    claims: dict[str, str]  # id → role
    documents: dict[str, str]
    entities: frozenset[tuple[str, str]]  # (entity id, role)
    address: str  # what a new slug is made from


def describe(
    incident: Incident, lineage: Lineage, predicates: Mapping[str, Predicate], origins: Mapping[str, str]
) -> Row:
    """Title, status and dates of an incident; `origins`: document → origin."""
    seeds = sorted((a for a in incident.acts if incident.roles[a.claim] == "seed"), key=_age)
    central = _central(incident, seeds)
    kind = _act_of(list(central), list(predicates))
    status = _status(incident)
    actors, targets = _names({a: p for a, p in central.items() if a.predicate == kind}, lineage)
    sides = (targets, actors) if predicates[kind].incident == "sanction" else (actors, targets)
    title = predicates[kind].title.format(subject=_listed(sides[0]), object=_listed(sides[1]))
    if predicates[kind].accusation:  # also where it is confirmed: a title must be right even if a reading was wrong
        title = f"alleged {title}"
    told = sorted((a.when, a.precision) for a in seeds if a.when and a.polarity == "+")
    reported = sorted((a.published, "day") for a in seeds if a.dated)
    started, precision = next(iter(told or reported), ("", ""))
    sources = len({origins[d] for d in incident.documents})
    return Row(
        seed=seeds[0].claim,
        title=title[0].upper() + title[1:],
        kind=kind,
        started_on=started,
        precision=precision,
        status=status,
        summary=f"{_count(len(incident.documents), 'document')} from {_count(sources, 'origin')} with "
        f"{_count(len(incident.roles), 'statement')}.",
        claims=incident.roles,
        documents=incident.documents,
        entities=frozenset(_entities(incident.acts)),
        address=f"{'-'.join(actors[:2])} {'-'.join(targets[:1])} {reported[0][0][:7] if reported else ''}",
    )


def save_incidents(
    db: Database, rows: Sequence[Row], titles: Mapping[str, str], kept: Collection[str]
) -> tuple[list[str], int]:
    """Bring the incident tables up to date; returns the id of each row and how many rows of the tables changed.

    `titles`: what people decided to call an incident, by id; `kept`: ids of those that others were decided to be the
    same as, which go on. Nothing is deleted: what was merged points to where it went, what lost its claims is
    withdrawn. Call inside a transaction.
    """
    stand: dict[str, dict[str, Any]] = {row["id"]: row for row in db.query("SELECT * FROM incidents")}
    held: dict[str, set[str]] = defaultdict(set)
    for key, claim in db.conn.execute("SELECT incident_id, claim_id FROM incident_claims"):
        held[key].add(claim)
    ids, moved = _ids(rows, stand, held, kept)
    taken = {row["slug"]: key for key, row in stand.items()}
    wanted: dict[str, dict[str, Any]] = {}
    for key, row in zip(ids, rows, strict=True):
        address = stand[key]["slug"] if key in stand else _free(slug(row.address), key, taken)
        taken[address] = key
        wanted[key] = {
            "id": key,
            "slug": address,
            "title": titles.get(key, row.title),
            "kind": row.kind,
            "started_on": row.started_on,
            "precision": row.precision,
            "status": row.status,
            "summary": row.summary,
            "seed_claim_id": stand[key]["seed_claim_id"] if key in stand else row.seed,
            "moved_to": None,
        }
    for key, old in stand.items():
        if key not in wanted:
            to = moved.get(key)
            wanted[key] = {**old, "moved_to": to, "status": "moved" if to else "withdrawn"}
    changed = [row for key, row in sorted(wanted.items()) if stand.get(key) != row]
    upsert(db, "incidents", changed)
    search.index(db, "incidents", [(r["id"], r["title"], r["summary"] or "") for r in changed if not r["moved_to"]])
    search.unindex(db, "incidents", [r["id"] for r in changed if r["moved_to"]])
    return ids, len(changed) + _save_parts(db, ids, rows)


def _save_parts(db: Database, ids: Sequence[str], rows: Sequence[Row]) -> int:
    pairs = list(zip(ids, rows, strict=True))
    claims = [{"incident_id": k, "claim_id": c, "role": r} for k, row in pairs for c, r in row.claims.items()]
    documents = [{"incident_id": k, "document_id": d, "role": r} for k, row in pairs for d, r in row.documents.items()]
    entities = [{"incident_id": k, "entity_id": e, "role": r} for k, row in pairs for e, r in sorted(row.entities)]
    return (
        replace_all(db, "incident_claims", claims, ("incident_id", "claim_id"))
        + replace_all(db, "incident_documents", documents, ("incident_id", "document_id"))
        + replace_all(db, "incident_entities", entities, ("incident_id", "entity_id", "role"))
    )


def _ids(
    rows: Sequence[Row],
    stand: Mapping[str, Mapping[str, Any]],
    held: Mapping[str, set[str]],
    kept: Collection[str],
) -> tuple[list[str], dict[str, str]]:
    """The id of each row, and where each incident that was merged away has moved.

    An incident lives on where the claim is that its id was made from; where that claim is gone, where most of its other
    claims are.
    """
    holders: dict[str, list[int]] = defaultdict(list)
    for number, row in enumerate(rows):
        for claim in row.claims:
            holders[claim].append(number)
    home: dict[str, int] = {}
    for key, old in stand.items():
        shared = Counter(number for claim in held[key] for number in holders.get(claim, ()))
        candidates = holders.get(old["seed_claim_id"], []) or list(shared)
        if candidates:
            home[key] = min(candidates, key=lambda number: (-shared[number], number))
    inhabitants: dict[int, list[str]] = defaultdict(list)
    for key, number in home.items():
        inhabitants[number].append(key)
    ids, moved = [], {}
    for number, row in enumerate(rows):
        here = sorted(
            inhabitants[number],
            key=lambda k: (k not in kept, stand[k]["moved_to"] is not None, -len(held[k] & set(row.claims)), k),
        )
        chosen = here[0] if here else hash_id("incident", row.seed)
        moved.update(dict.fromkeys(here[1:], chosen))
        ids.append(chosen)
    return ids, moved


def _free(wish: str, key: str, taken: Mapping[str, str]) -> str:
    return wish if wish not in taken else f"{wish}-{key[:6]}"


def _age(act: Act) -> tuple[bool, str, str, int, str]:
    return (not act.dated, act.published, act.document, act.sentence, act.claim)


def _act_of(seeds: Sequence[Act], order: Sequence[str]) -> str:
    """The act that most documents speak of; of two the one that stands first in the vocabulary."""
    documents: dict[str, set[str]] = defaultdict(set)
    for act in seeds:
        documents[act.predicate].add(act.document)
    return min(documents, key=lambda p: (-len(documents[p]), order.index(p)))


def _status(incident: Incident) -> str:
    """What the accused say decides: confirmed, denied, both; else whether it is alleged or plainly reported."""
    actors = {p.root for t in incident.threads for a in t.acts for p in a.actors if p.root == t.key[0]}
    own = [a for a in incident.acts if (a.speaker in actors if a.role != "response" else _root(a) in actors)]
    denied = any(a.speech_act == "denies" or (a.role == "response" and a.words == "denied") for a in own)
    confirmed = any(
        (a.role == "act" and a.speech_act == "confirms" and a.polarity == "+")
        or (a.role == "response" and a.words == "confirmed")
        for a in own
    )
    if denied or confirmed:
        return "disputed" if denied and confirmed else "denied" if denied else "confirmed"
    return "alleged" if any(a.contested for a in incident.acts if a.role == "act") else "reported"


def _root(act: Act) -> str:
    return act.actors[0].root if act.actors else ""


def _central(incident: Incident, seeds: Sequence[Act]) -> dict[Act, list[tuple[Party, Party]]]:
    """The seeds that say who did it to whom, with those sides; where all speak of collectives, these."""
    founding = [t for t in incident.threads if t.founding]
    keys = {t.key for t in founding if not t.loose} or {t.key for t in founding}
    pairs = {act: [(a, t) for a, t in product(act.actors, act.targets) if (a.root, t.root) in keys] for act in seeds}
    return {act: found for act, found in pairs.items() if found}


def _names(central: Mapping[Act, list[tuple[Party, Party]]], lineage: Lineage) -> tuple[list[str], list[str]]:
    """Names of actors and targets, those of most documents first: the firms that are said to have acted, and what of
    the other side they are said to have used."""
    told: tuple[dict[str, set[str]], dict[str, set[str]]] = (defaultdict(set), defaultdict(set))
    shown: tuple[dict[str, Counter[str]], dict[str, Counter[str]]] = (defaultdict(Counter), defaultdict(Counter))
    for act, pairs in central.items():
        for actor, target in pairs:
            for side, party, name in ((0, actor, actor.firm), (1, target, target.id)):
                told[side][party.root].add(act.document)
                shown[side][party.root][name] += 1 if name == party.firm else 2
    actors, targets = (
        [
            lineage.entity(min(shown[side][root], key=lambda n: (-shown[side][root][n], n))).name
            for root in sorted(told[side], key=lambda r: (-len(told[side][r]), r))
        ]
        for side in (0, 1)
    )
    return actors, targets


def _listed(names: Sequence[str]) -> str:
    if len(names) > _MOST_NAMES:
        names = [*names[: _MOST_NAMES - 1], f"{len(names) - _MOST_NAMES + 1} others"]
    return " and ".join(filter(None, [", ".join(names[:-1]), names[-1]]))


def _entities(acts: Sequence[Act]) -> set[tuple[str, str]]:
    found = set()
    for act in acts:
        main = act.role in ("act", "sanction", "rule")
        found |= {(key, "actor" if main else "party") for p in act.actors for key in (p.id, p.firm)}
        found |= {(key, "target" if main else "party") for p in act.targets for key in (p.id, p.firm)}
    strong = {key for key, role in found if role != "party"}
    return {(key, role) for key, role in found if role != "party" or key not in strong}


def _count(number: int, thing: str) -> str:
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"
