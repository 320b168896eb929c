"""What those who speak in an incident have to win or lose by it, as far as the graph knows. A stake is no verdict."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from msgspec import Struct
from sqlite_utils import Database

from distillwatch.graph.incidents import Incident
from distillwatch.graph.lineage import Lineage
from distillwatch.graph.rows import replace_all

MAJORITY = 50.0
"""Percent from which a holder is an owner; a holding whose share no text gives makes an investor."""


class Ties(Struct, frozen=True):
    """Who is tied to whom, by canonical ids, apart from the chain of owners that the lineage knows."""

    owned: dict[str, set[str]]  # holder → what texts say it holds more than half of
    held: dict[str, set[str]]  # holder → what texts say it holds a share of
    joint: dict[str, dict[str, str]]  # firm → firm that one sentence names beside it, and the thing they are named for
    makers: set[str]  # firms to which a model or product belongs
    outlets: dict[str, set[str]]  # document → the outlets that it is from, as entities


def link_stakes(db: Database, incidents: Iterable[tuple[str, Incident]], lineage: Lineage) -> int:
    """Write the stakes of every speaker, party and outlet; returns how many rows that changed. Inside a transaction."""
    owned, held = _holdings(db)
    ties = Ties(owned, held, _joint(db, lineage), _makers(db, lineage), _outlets(db))
    rows: dict[tuple[str, str, str], dict[str, str]] = {}
    for key, incident in incidents:
        for entity, stake, reason in _stakes(incident, lineage, ties):
            row = {"incident_id": key, "entity_id": entity, "stake": stake, "reason": reason}
            rows.setdefault((key, entity, stake), row)
    return replace_all(db, "stakes", list(rows.values()), ("incident_id", "entity_id", "stake"))


def _stakes(incident: Incident, lineage: Lineage, ties: Ties) -> Iterator[tuple[str, str, str]]:
    """(entity, stake, reason) for everybody who speaks or takes part, and for the outlets that tell it."""
    founding = [t for t in incident.threads if t.founding and not t.loose] or [
        t for t in incident.threads if t.founding
    ]
    actors, targets = {t.key[0] for t in founding}, {t.key[1] for t in founding}
    alleging = {a.voice for a in incident.acts if a.role == "act" and a.speech_act == "alleges" and a.voice}
    parties = {p.firm for a in incident.acts for p in (*a.actors, *a.targets)}
    central = {p.firm for a in incident.acts for p in (*a.actors, *a.targets) if p.root in actors | targets}
    speaking = {a.voice for a in incident.acts if a.voice}
    for entity in sorted(parties | speaking):
        chain = lineage.chain(entity)
        name, root = lineage.entity(entity).name, chain[-1]
        via = "" if len(chain) == 1 else f" through {lineage.entity(chain[1]).name}"
        if root in actors:
            yield entity, "accused", f"{name} belongs{via} to the side that is said to have acted"
        if root in targets:
            yield entity, "target", f"{name} belongs{via} to the side whose work is said to have been used"
        if entity in alleging:
            yield entity, "accuser", f"{name} makes the accusation"
        yield from _ties(entity, root, sorted(central | actors | targets), lineage, ties)
        kind = lineage.entity(root).kind
        if kind == "agency":
            yield entity, "regulator", f"{name} is a public body"
        elif kind == "company" and root in ties.makers and root not in actors | targets:
            yield entity, "competitor", f"{name} makes models or products of its own"
    for outlet in sorted({o for document in incident.documents for o in ties.outlets.get(document, ())}):
        if outlet not in parties | speaking and lineage.root(outlet) in actors | targets:
            owner = lineage.entity(lineage.root(outlet)).name
            yield outlet, "owned", f"{lineage.entity(outlet).name} reports on it and belongs to {owner}"


def _ties(
    entity: str, root: str, parties: Iterable[str], lineage: Lineage, ties: Ties
) -> Iterator[tuple[str, str, str]]:
    """The stakes of one who owns, holds a share of or works together with a party."""
    name = lineage.entity(entity).name
    for party in parties:
        told = lineage.entity(party).name
        if party == entity:
            continue
        if entity in lineage.chain(party)[1:]:
            yield entity, "owner", f"{told} belongs to {name}"
        holds = ("owner", "more than half of ", ties.owned), ("investor", "", ties.held)
        for stake, share, known in holds if party != root else ():
            holder = next((h for h in (entity, root) if party in known.get(h, ())), "")
            if holder:
                whose = name if holder == entity else f"{lineage.entity(holder).name}, to which {name} belongs,"
                yield entity, stake, f"a text says that {whose} holds {share}{told}"
        thing = ties.joint.get(root, {}).get(lineage.root(party))
        if thing and lineage.root(party) != root:
            yield entity, "partner", f"one sentence names {name} and {told} together for {lineage.entity(thing).name}"


def _holdings(db: Database) -> tuple[dict[str, set[str]], dict[str, set[str]]]:
    """Holder → what texts say it holds more than half of; and what it holds otherwise.

    A holding that is asked for, supposed, predicted or only possible is none.
    """
    owned: dict[str, set[str]] = defaultdict(set)
    held: dict[str, set[str]] = defaultdict(set)
    for holder, thing, share in db.conn.execute(
        """SELECT s.canonical_id, o.canonical_id, coalesce(c.quantity_low, c.quantity_high) FROM claims c
           JOIN entities s ON s.id = c.subject_id JOIN entities o ON o.id = c.object_id
           WHERE c.current AND c.predicate = 'owns' AND c.polarity = '+' AND c.hedge != 'strong'
             AND c.speech_act IN ('asserts', 'confirms', 'reports', 'alleges') ORDER BY c.id"""
    ):
        (owned if share is not None and share > MAJORITY else held)[holder].add(thing)
    return owned, held


def _joint(db: Database, lineage: Lineage) -> dict[str, dict[str, str]]:
    """Firm → firm that one sentence says made one thing public, or holds one firm, together with it; and the thing."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for one, other, thing in db.conn.execute(
        """WITH said AS (
             SELECT c.document_id, c."start", c.predicate, s.canonical_id AS firm, o.canonical_id AS thing FROM claims c
             JOIN entities s ON s.id = c.subject_id AND s.kind = 'company' JOIN entities o ON o.id = c.object_id
             WHERE c.predicate IN ('released', 'owns') AND c.current AND c.polarity = '+' AND c.hedge = 'none'
               AND c.speech_act IN ('asserts', 'confirms', 'reports'))
           SELECT DISTINCT a.firm, b.firm, a.thing FROM said a
           JOIN said b USING (document_id, "start", predicate, thing) WHERE a.firm != b.firm ORDER BY 1, 2, 3"""
    ):
        found[lineage.root(one)].setdefault(lineage.root(other), thing)
    return found


def _outlets(db: Database) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for document, outlet in db.conn.execute(
        """SELECT d.id, e.canonical_id FROM entities e JOIN documents d ON d.outlet = e.name WHERE e.kind = 'outlet'
           UNION SELECT d.id, e.canonical_id FROM entities e JOIN sources s ON s.name = e.name
           JOIN documents d ON d.source_id = s.id AND coalesce(d.outlet, '') = '' WHERE e.kind = 'outlet'"""
    ):
        found[document].add(outlet)
    return found


def _makers(db: Database, lineage: Lineage) -> set[str]:
    """Firms to which a model or product belongs."""
    things = db.conn.execute("SELECT id FROM entities WHERE kind IN ('model', 'product') AND canonical_id = id")
    return {lineage.root(key) for (key,) in things}
