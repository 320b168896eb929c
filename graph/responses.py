"""What each accused party answered, incident by incident; also that no answer was found, and up to which day."""

from __future__ import annotations

from collections.abc import Iterable

from sqlite_utils import Database

from distillwatch.graph.acts import Act
from distillwatch.graph.incidents import Incident
from distillwatch.graph.lineage import Lineage
from distillwatch.graph.rows import replace_all

STATUSES = ("denied", "declined", "no_response", "confirmed", "reviewing")
_BY_ACT = {"denies": "denied", "confirms": "confirmed"}


def link_responses(db: Database, incidents: Iterable[tuple[str, Incident]], lineage: Lineage) -> int:
    """Write the ledger for (incident id, incident) pairs; returns how many rows that changed. Inside a transaction."""
    looked = db.conn.execute("SELECT max(substr(last_seen, 1, 10)) FROM documents").fetchone()[0] or ""
    rows: dict[tuple[str, str, str, str], dict[str, str | None]] = {}
    for key, incident in incidents:
        for party in sorted(_accused(incident, lineage)):
            answers: list[tuple[str, str | None, str]] = list(_answers(incident, party, lineage))
            answers = answers or [("none_found", None, looked)]
            for status, claim, day in answers:
                row: dict[str, str | None] = {"incident_id": key, "entity_id": party, "claim_id": claim}
                rows.setdefault((key, party, status, day), {**row, "status": status, "as_of": day})
    return replace_all(db, "responses", list(rows.values()), ("incident_id", "entity_id", "status", "as_of"))


def _accused(incident: Incident, lineage: Lineage) -> set[str]:
    """Firms that are said to have acted; collectives cannot be asked."""
    actors = {t.key[0] for t in incident.threads if t.founding}
    firms = {p.firm for t in incident.threads for a in t.acts if a.role != "rule" for p in a.actors if p.root in actors}
    return {firm for firm in firms if lineage.entity(firm).kind not in ("group", "country")}


def _answers(incident: Incident, party: str, lineage: Lineage) -> Iterable[tuple[str, str | None, str]]:
    """(status, claim, day) of what the party, its people or its owner said on the matter."""
    root = lineage.root(party)
    for act in sorted(incident.acts, key=lambda a: (a.published, a.document, a.sentence, a.claim)):
        if act.role == "response":
            status = act.words if any(p.root == root for p in act.actors) else ""
        else:
            status = _BY_ACT.get(act.speech_act, "") if act.speaker == root and _concerns(act, root) else ""
        if status in STATUSES:
            yield status, act.claim, act.until or act.published


def _concerns(act: Act, root: str) -> bool:
    return act.role == "act" and any(p.root == root for p in act.actors)
