"""Policies and their course: which stage each law, order or set of terms is said to have reached, and when."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Any

from sqlite_utils import Database

from distillwatch.graph.acts import Act
from distillwatch.graph.incident_rows import Row
from distillwatch.graph.incidents import MAIN, weigh
from distillwatch.graph.lineage import Lineage
from distillwatch.graph.rows import replace_all

KIND = "policy"
_STATED = ("asserts", "reports", "confirms")


def link_policies(db: Database, acts: Sequence[Act], lineage: Lineage, stages: Sequence[str]) -> int:
    """Write policies and their stages; returns how many rows that changed. `stages` is the vocabulary's closed list."""
    days = {row[0]: row[1] for row in db.conn.execute("SELECT id, when_start FROM claims WHERE current")}
    policies: dict[str, dict[str, Any]] = {}
    events = []
    for act, policy in _stages(acts, lineage):
        policies[policy] = {"entity_id": policy, "jurisdiction": jurisdiction(policy, lineage)}
        if act.words in stages:
            events.append({"policy_id": policy, "on_date": days[act.claim], "stage": act.words, "claim_id": act.claim})
    db.conn.execute("PRAGMA defer_foreign_keys = on")
    return replace_all(db, "policies", list(policies.values()), ("entity_id",)) + replace_all(
        db, "policy_events", events, ("policy_id", "stage", "claim_id")
    )


def policy_incidents(acts: Sequence[Act], lineage: Lineage) -> list[Row]:
    """Each policy whose course is told, as an incident of its own kind; its status is the latest stage."""
    told: dict[str, list[Act]] = defaultdict(list)
    for act, policy in _stages(acts, lineage):
        told[policy].append(act)
    total: Counter[str] = Counter()
    weights = weigh(acts)
    for act in acts:
        total[act.document] += weights[act.claim]
        for party in act.targets if act.role == "rule" else ():
            told[party.id].append(act)
    rows = []
    for policy in sorted(told):
        ordered = sorted(told[policy], key=lambda a: (a.when or a.published, a.document, a.sentence, a.claim))
        stages = [
            a for a in ordered if a.speech_act in _STATED and a.polarity == "+" and a.predicate == "policy_status"
        ]
        if not stages:
            continue
        first = min(ordered, key=lambda a: (a.published, a.document, a.sentence, a.claim))
        name = lineage.entity(policy).name
        counts: Counter[str] = Counter()
        for act in ordered:
            counts[act.document] += weights[act.claim]
        rows.append(
            Row(
                seed=first.claim,
                title=name,
                kind=KIND,
                started_on=stages[0].when or stages[0].published,
                precision=stages[0].precision or "day",
                status=stages[-1].words,
                summary=f"{len(counts)} {'document tells' if len(counts) == 1 else 'documents tell'} of its course.",
                claims={a.claim: "seed" if a.predicate == "policy_status" else "context" for a in ordered},
                documents={d: "main" if n >= MAIN * total[d] else "mention" for d, n in sorted(counts.items())},
                entities=frozenset({(policy, "actor")}),
                address=name,
            )
        )
    return rows


def jurisdiction(policy: str, lineage: Lineage) -> str:
    """Name of the country, else of the body or firm whose rule it is; "" when unknown."""
    chain = [lineage.entity(key) for key in lineage.chain(policy)[1:]]
    countries = [e.name for e in chain if e.kind == "country"]
    return countries[0] if countries else chain[-1].name if chain else ""


def _stages(acts: Sequence[Act], lineage: Lineage) -> list[tuple[Act, str]]:
    """(act, policy) for what is said of a policy itself."""
    return [
        (act, party.id)
        for act in acts
        if act.role == "policy"
        for party in act.actors
        if lineage.entity(party.id).kind == "policy"
    ]
