"""What those who speak in an incident have to win or lose by it, as far as the graph knows. A stake is no verdict."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from sqlite_utils import Database

from distillwatch.graph.incidents import Incident
from distillwatch.graph.lineage import Lineage
from distillwatch.graph.rows import replace_all


def link_stakes(db: Database, incidents: Iterable[tuple[str, Incident]], lineage: Lineage) -> int:
    """Write the stakes of every speaker and party; returns how many rows that changed. Call inside a transaction."""
    owned = _owned(db)
    makers = _makers(db, lineage)
    rows: dict[tuple[str, str, str], dict[str, str]] = {}
    for key, incident in incidents:
        for entity, stake, reason in _stakes(incident, lineage, owned, makers):
            row = {"incident_id": key, "entity_id": entity, "stake": stake, "reason": reason}
            rows.setdefault((key, entity, stake), row)
    return replace_all(db, "stakes", list(rows.values()), ("incident_id", "entity_id", "stake"))


def _stakes(
    incident: Incident, lineage: Lineage, owned: dict[str, dict[str, str]], makers: set[str]
) -> Iterator[tuple[str, str, str]]:
    """(entity, stake, reason) for everybody who speaks or takes part."""
    founding = [t for t in incident.threads if t.founding and not t.loose] or [
        t for t in incident.threads if t.founding
    ]
    actors, targets = {t.key[0] for t in founding}, {t.key[1] for t in founding}
    alleging = {a.voice for a in incident.acts if a.role == "act" and a.speech_act == "alleges" and a.voice}
    parties = {p.firm for a in incident.acts for p in (*a.actors, *a.targets)}
    for entity in sorted(parties | {a.voice for a in incident.acts if a.voice}):
        chain = lineage.chain(entity)
        name, root = lineage.entity(entity).name, chain[-1]
        via = "" if len(chain) == 1 else f" through {lineage.entity(chain[1]).name}"
        if root in actors:
            yield entity, "accused", f"{name} belongs{via} to the side that is said to have acted"
        if root in targets:
            yield entity, "target", f"{name} belongs{via} to the side whose work is said to have been used"
        if entity in alleging:
            yield entity, "accuser", f"{name} makes the accusation"
        for party in sorted(actors | targets):
            if party in owned.get(root, {}) and root != party:
                yield entity, "investor", f"a text says that {name} holds {lineage.entity(party).name}"
        kind = lineage.entity(root).kind
        if kind == "agency":
            yield entity, "regulator", f"{name} is a public body"
        elif kind == "company" and root in makers and root not in actors | targets:
            yield entity, "competitor", f"{name} makes models or products of its own"


def _owned(db: Database) -> dict[str, dict[str, str]]:
    """Owner → what texts say it owns or holds a share of, with the claim."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for owner, thing, claim in db.conn.execute(
        """SELECT s.canonical_id, o.canonical_id, c.id FROM claims c JOIN entities s ON s.id = c.subject_id
           JOIN entities o ON o.id = c.object_id
           WHERE c.current AND c.predicate = 'owns' AND c.polarity = '+' AND c.speech_act != 'supposes' ORDER BY c.id"""
    ):
        found[owner].setdefault(thing, claim)
    return found


def _makers(db: Database, lineage: Lineage) -> set[str]:
    """Firms to which a model or product belongs."""
    things = db.conn.execute("SELECT id FROM entities WHERE kind IN ('model', 'product') AND canonical_id = id")
    return {lineage.root(key) for (key,) in things}
