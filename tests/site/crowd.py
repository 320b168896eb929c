"""A newsroom of which there is far too much of everything: hundreds of statements in a text, thousands of texts."""

from __future__ import annotations

import copy
import sqlite3
from collections.abc import Iterable
from typing import Any

from tests.site.affairs import DAY, Newsroom, add

WIRE, STATEMENTS, DISPUTED, COVERING, NAMES, PROPOSITIONS = 300, 500, 200, 400, 300, 60
SOURCES, FILLED, MONTHS = 300, 3000, 240
TITLE = (
    "„Über die Konten“ & was man davon hält: " + "豆腐と納豆" * 40
)  # what must be escaped, and letters of three bytes
PARAGRAPH = "Nobody counted how many letters Norvane and Tarsil wrote about Ostra 2 in those weeks. " * 12


def crowded(newsroom: Newsroom) -> Newsroom:
    """The newsroom with too much of everything that its documents hold."""
    data = copy.deepcopy(newsroom)
    data["entities"] += [
        {"id": f"company-house-{n}", "kind": "company", "name": f"House {n} {TITLE}", "owner": "company-norvane",
         "aliases": [f"House {n}"]} for n in range(NAMES)
    ]  # fmt: skip
    data["entities"] += [{"id": f"policy-rule-{n}", "kind": "policy", "name": f"Rule {n}"} for n in range(NAMES)]
    data["entities"][0]["aliases"] = [f"Norvane {n} {TITLE}" for n in range(NAMES)]
    data["sources"] += [
        {"id": f"paper-{n}", "name": f"Paper {n} {TITLE}", "tier": "press", "owner": TITLE} for n in range(SOURCES)
    ]
    figures = [f"In week {n} Norvane opened {n + 10} accounts at Halden." for n in range(STATEMENTS)]
    data["documents"].append(_document("many", figures, [_figure(n, said) for n, said in enumerate(figures)]))
    data["documents"].append(_document("long", [PARAGRAPH.strip()] * 300 + ["a"] * 2000, []))
    data["documents"].append(_document("endless", [PARAGRAPH * 200, "“&”" * 30_000], []))
    for n in range(COVERING):
        said = f"House {n % NAMES} used Halden to train Ostra 2, reports paper {n}."
        claim = {"id": f"cover-{n}", "evidence": said, "subject": f"company-house-{n % NAMES}", "act": "alleges",
                 "speaker": f"company-house-{(n + 1) % NAMES}", "predicate": "trained_on_outputs_of",
                 "object": "model-halden", "proposition": f"p-cover-{n % PROPOSITIONS}"}  # fmt: skip
        data["documents"].append(_document(f"cover-{n}", [said], [claim], source=f"paper-{n % SOURCES}"))
    data["documents"] += [
        _document(f"wire-{n}", ["The wire says so."], [], origin="many", relation="copy", source=f"paper-{n}")
        for n in range(WIRE)
    ]
    first = data["incidents"][0]
    first["documents"] += ["many", *(f"cover-{n}" for n in range(COVERING))]
    first["propositions"] += [f"p-cover-{n}" for n in range(PROPOSITIONS)] + [f"p-many-{n}" for n in range(50)]
    first["entities"] += [[f"company-house-{n}", "party"] for n in range(NAMES)]
    data["incidents"] += [
        {"id": f"affair-{n}", "slug": f"affair-{n}", "title": f"Affair {n} {TITLE}", "kind": "accessed",
         "documents": ["many"], "entities": [["company-norvane", "actor"]]} for n in range(400)
    ]  # fmt: skip
    data["comparisons"] += [
        {"id": f"many-{n}", "a": "many-0", "b": f"many-{n + 1}", "verdict": "contradiction", "kind": "numeric",
         "explanation": TITLE, "flag": "open", "incident": first["id"]} for n in range(DISPUTED)
    ]  # fmt: skip
    data["comparisons"] += [
        {"id": f"alone-{n}", "a": f"cover-{2 * n}", "b": f"cover-{2 * n + 1}", "verdict": "contradiction",
         "kind": "mechanism", "explanation": TITLE, "flag": "open",
         "incident": f"affair-{n}" if n % 2 else first["id"]} for n in range(140)
    ]  # fmt: skip
    data["comparisons"].append(
        {"id": "three", "a": "many-1", "b": "many-2", "verdict": "contradiction", "kind": "numeric",
         "explanation": TITLE, "flag": "open", "incident": first["id"]}
    )  # fmt: skip  # else the figures would be two sides: now each is an answer of its own
    data["comparisons"] += [
        {"id": f"calm-{n}", "a": "many-0", "b": f"cover-{n}", "verdict": "cannot_compare", "kind": "numeric",
         "explanation": TITLE} for n in range(COVERING)
    ]  # fmt: skip
    return data


def _figure(n: int, said: str) -> dict[str, Any]:
    return {"id": f"many-{n}", "evidence": said, "subject": "company-norvane", "predicate": "accessed", "low": n + 10,
            "object": "model-halden", "high": n + 10, "unit": "accounts", "proposition": f"p-many-{n % 50}",
            "when": [f"20{10 + n % 15}-02-01", f"20{10 + n % 15}-02-09", "range"],
            "qualifiers": {"route": TITLE}}  # fmt: skip


def _document(name: str, blocks: Iterable[str], claims: list[dict[str, Any]], **more: str) -> dict[str, Any]:
    known = {"source": "ledger", "kind": "news", "published": "2026-05-20", "origin": name, "byline": TITLE}
    return {"id": name, "title": f"{name} {TITLE}", "claims": claims, "blocks": [["paragraph", b] for b in blocks],
            **known, **more}  # fmt: skip


def fill(db: sqlite3.Connection) -> None:
    """Too much of what the stages leave beside documents, and texts that say nothing: 2,000 of them in one month."""
    db.execute("PRAGMA foreign_keys = 0")
    columns = [row[1] for row in db.execute("PRAGMA table_info(documents)")]
    changed = {"id": "'quiet-' || n", "url": "'https://quiet.example/' || n", "text": "'Nothing. ' || n",
               "text_sha256": "'quiet' || n", "revision_id": "'quiet-r' || n",
               "published_at": f"CASE WHEN n < 2000 THEN '2026-05-11' ELSE "
                               f"date('2006-01-10', (n % {MONTHS}) || ' months') END"}  # fmt: skip
    counted = f"(WITH RECURSIVE k(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM k LIMIT {FILLED}) SELECT n FROM k)"
    db.execute(
        f"INSERT INTO documents ({', '.join(columns)}) SELECT {', '.join(changed.get(c, 'd.' + c) for c in columns)} "
        f"FROM documents d, {counted} WHERE d.id = 'wire-0'"
    )
    db.execute("UPDATE documents SET source_id = 'ledger' WHERE id LIKE 'quiet-%'")
    for n in range(40):  # a text that was rewritten over and over
        add(db, "revisions", id=f"r{n}", document_id="many", number=n + 2, seen_at=DAY, title=TITLE,
            text=f"Rewritten {n}.\n" + TITLE * 40, text_sha256=f"r{n}")  # fmt: skip
    for n in range(400):
        add(db, "predictions", claim_id=f"cover-{n}", due_start="2026-01-01", due_end="2026-02-01", status="overdue")
        add(db, "responses", incident_id="i1", entity_id=f"company-house-{n % NAMES}", claim_id=f"cover-{n}",
            status="declined", as_of=f"20{10 + n // NAMES}-01-01")  # fmt: skip
        add(db, "decisions", id=f"dec{n}", target_table="claims", target_id=f"cover-{n}", decision="keep",
            reason=TITLE, author=f"Editor {n}", decided_at=DAY)  # fmt: skip
        add(db, "decisions", id=f"life{n}", target_table="contradictions", target_id="k-many-0", decision="confirm",
            reason=TITLE, author=f"Editor {n}", decided_at=DAY)  # fmt: skip
        add(db, "issues", id=f"lost{n}", run_id="run1", stage="collect", source_id="ledger", level="warning",
            code="cut_short", message=TITLE, url=f"https://ledger.example/{n}/{TITLE}")  # fmt: skip
    for n in range(NAMES):
        add(db, "policies", entity_id=f"policy-rule-{n}", jurisdiction="NO")
        add(db, "stakes", incident_id="i1", entity_id=f"company-house-{n}", stake="competitor", reason=TITLE)
        for m in range(4):
            add(db, "policy_events", policy_id=f"policy-rule-{n}", on_date=f"2026-0{m + 1}-01", stage="in force",
                claim_id=f"cover-{n + m}")  # fmt: skip
        add(db, "policy_events", policy_id="policy-rule-0", on_date="2026-01-01", stage=f"stage {n}",
            claim_id=f"cover-{n}")  # fmt: skip
    for n in range(5000):
        table, row = ("documents", f"quiet-{n}") if n < FILLED else (f"thing {n % 300}", f"x{n}")
        add(db, "run_changes", run_id="run1", table_name=table, row_id=row, change="added")
    for n in range(60):
        add(
            db,
            "runs",
            id=f"r-{n}",
            command="run",
            started_at=f"2026-05-{n % 28 + 1:02}T06:00:00Z",
            finished_at=DAY,
            status="done",
            version=TITLE,
        )
        add(db, "run_changes", run_id=f"r-{n}", table_name="documents", row_id=f"quiet-{n}", change="added")
        add(db, "source_runs", run_id=f"r-{n}", source_id="ledger", items_seen=1, new_documents=1, unchanged=0,
            revised_documents=0, blocked=0, robots_forbidden=0, empty=0, off_topic=0, failed=0, note=TITLE)  # fmt: skip
    db.commit()
