"""Rows of what stands above the documents: incidents, comparisons and ledgers."""

from __future__ import annotations

import sqlite3
from typing import Any

Newsroom = dict[str, Any]
DAY = "2026-06-03T06:00:00Z"


def add(db: sqlite3.Connection, table: str, **row: object) -> None:
    """Insert one row."""
    columns = ", ".join(f'"{name}"' for name in row)
    db.execute(f"INSERT INTO {table} ({columns}) VALUES ({', '.join('?' * len(row))})", list(row.values()))


def incident(db: sqlite3.Connection, i: dict[str, Any], propositions: dict[str, Any]) -> None:
    add(
        db,
        "incidents",
        id=i["id"],
        slug=i["slug"],
        title=i["title"],
        kind=i["kind"],
        started_on=i.get("started"),
        precision=i.get("precision"),
        status=i.get("status"),
        summary=i.get("summary"),
        moved_to=i.get("moved_to"),
    )
    for document in i.get("documents", []):
        add(db, "incident_documents", incident_id=i["id"], document_id=document, role="coverage")
    for entity, role in i.get("entities", []):
        add(db, "incident_entities", incident_id=i["id"], entity_id=entity, role=role)
        if role == "accuser":
            (name,) = db.execute("SELECT name FROM entities WHERE id = ?", (entity,)).fetchone()
            reason = f"{name} makes the accusation"
            add(db, "stakes", incident_id=i["id"], entity_id=entity, stake=role, reason=reason)
    for proposition in i.get("propositions", []):
        db.execute("UPDATE propositions SET incident_id = ? WHERE id = ?", (i["id"], proposition))
        claim = propositions[proposition]
        db.execute(
            "INSERT INTO incident_claims SELECT ?, id, 'statement' FROM claims WHERE proposition_id = ?",
            (i["id"], proposition),
        )
        if claim["predicate"] == "commented":
            add(
                db,
                "responses",
                incident_id=i["id"],
                entity_id=claim["subject"],
                claim_id=claim["id"],
                status=claim["text"],
                as_of="2026-05-05",
            )


def comparison(db: sqlite3.Connection, x: dict[str, Any]) -> None:
    add(
        db,
        "comparisons",
        id=x["id"],
        claim_a=x["a"],
        claim_b=x["b"],
        verdict=x["verdict"],
        kind=x["kind"],
        rule=x["kind"],
        rule_version="1",
        explanation=x["explanation"],
        confidence=0.9,
        severity="hard",
    )
    if "flag" in x:
        add(
            db,
            "contradictions",
            id=f"k-{x['id']}",
            comparison_id=x["id"],
            incident_id=x["incident"],
            kind=x["kind"],
            status=x["flag"],
            opened_at=DAY,
            closed_at=x.get("closed"),
            reason=x.get("reason"),
        )
        for number, (at, status, reason) in enumerate(x.get("life", [(DAY, x["flag"], None)]), start=1):
            add(
                db,
                "contradiction_events",
                contradiction_id=f"k-{x['id']}",
                number=number,
                at=at,
                status=status,
                reason=reason,
                rule=x["kind"],
                rule_version="1",
            )
        if x["flag"] in ("confirmed", "dismissed"):
            add(
                db,
                "decisions",
                id=f"dec-{x['id']}",
                target_table="contradictions",
                target_id=f"k-{x['id']}",
                decision="confirm" if x["flag"] == "confirmed" else "dismiss",
                reason=x.get("reason", "Both texts were read."),
                author="an editor",
                decided_at="2026-06-02T08:00:00Z",
            )


def ledger(db: sqlite3.Connection, data: dict[str, Any]) -> None:
    """Runs, source records, an issue, a prediction and a policy, as the stages leave them."""
    add(
        db,
        "runs",
        id="run1",
        command="run",
        started_at=DAY,
        finished_at="2026-06-03T06:02:00Z",
        status="done",
        version="0.1.0",
    )
    for source in data["sources"]:
        silent = source["id"] == "silent"
        add(
            db,
            "source_runs",
            run_id="run1",
            source_id=source["id"],
            items_seen=0 if silent else 12,
            items_expected=10.0,
            new_documents=0 if silent else 1,
            revised_documents=0,
            unchanged=3,
            blocked=0,
            robots_forbidden=1,
            empty=0,
            off_topic=2,
            failed=0,
            note="",
        )
    for table, row, change in [
        ("documents", "d4ledger", "revised"),
        ("contradictions", "k-x1", "added"),
        ("claims", "c41", "added"),
        ("incidents", "i2", "added"),
        ("entities", "company-quellmark", "added"),
    ]:
        add(db, "run_changes", run_id="run1", table_name=table, row_id=row, change=change)
    add(
        db,
        "issues",
        id="issue1",
        run_id="run1",
        stage="collect",
        source_id="silent",
        level="warning",
        code="silent_zero",
        message="the feed answered and held nothing",
        url="https://silent.example/feed.xml",
    )
    if any(c["id"] == "c43" for d in data["documents"] for c in d["claims"]):
        add(db, "predictions", claim_id="c43", due_start="2025-07-01", due_end="2025-09-30", status="overdue")
        add(db, "policies", entity_id="policy-output-use-rule", jurisdiction="NO")
        add(
            db,
            "policy_events",
            policy_id="policy-output-use-rule",
            on_date="2026-06-01",
            stage="in force",
            claim_id="c45",
        )
