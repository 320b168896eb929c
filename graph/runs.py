"""What ran, what each source gave, what changed and what was lost."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec
from msgspec import Struct
from sqlite_utils import Database

from distillwatch.graph.connection import transaction
from distillwatch.graph.rows import upsert
from distillwatch.ids import hash_id
from distillwatch.records import Issue


class SourceRun(Struct, frozen=True, kw_only=True):
    """What one source gave in one run. `items_expected` is what it usually gives, None before there is a usual."""

    source_id: str
    items_seen: int = 0
    items_expected: float | None = None
    new_documents: int = 0
    revised_documents: int = 0
    unchanged: int = 0
    blocked: int = 0
    robots_forbidden: int = 0
    empty: int = 0
    off_topic: int = 0
    failed: int = 0
    note: str = ""


def start_run(db: Database, command: str, version: str, now: str) -> str:
    """Record that a run has begun; returns its id. A run that never finishes keeps the status "running"."""
    with transaction(db):
        number = db.conn.execute("SELECT count(*) FROM runs").fetchone()[0]
        run_id = hash_id("run", command, now, number)
        upsert(
            db, "runs", [{"id": run_id, "command": command, "started_at": now, "status": "running", "version": version}]
        )
    return run_id


def finish_run(db: Database, run_id: str, status: str, now: str, summary: dict[str, Any] | None = None) -> None:
    """Close a run with "ok", "incomplete" or "failed" and the figures of its summary."""
    encoded = msgspec.json.encode(summary or {}, order="sorted").decode()
    with transaction(db):
        db.conn.execute(
            "UPDATE runs SET finished_at = ?, status = ?, summary = ? WHERE id = ?", (now, status, encoded, run_id)
        )


def save_source_runs(db: Database, run_id: str, rows: Iterable[SourceRun]) -> None:
    """Record what each source gave."""
    with transaction(db):
        upsert(
            db,
            "source_runs",
            [{"run_id": run_id, **msgspec.structs.asdict(row)} for row in rows],
            ("run_id", "source_id"),
        )


def usual_items(db: Database, source_id: str, runs: int = 10) -> float | None:
    """The median number of items of a source's last runs that gave any; None before the third such run."""
    rows = db.conn.execute(
        "SELECT s.items_seen FROM source_runs s JOIN runs r ON r.id = s.run_id "
        "WHERE s.source_id = ? AND s.items_seen > 0 ORDER BY r.started_at DESC, r.id LIMIT ?",
        (source_id, runs),
    )
    seen = sorted(row[0] for row in rows)
    middle = len(seen) // 2
    return None if len(seen) < 3 else float(seen[middle] if len(seen) % 2 else (seen[middle - 1] + seen[middle]) / 2)


def save_changes(db: Database, run_id: str, changes: Iterable[tuple[str, str, str]]) -> None:
    """Record (table, row id, change) of a run: "new", "revised", "opened", "closed", "reopened", "moved"."""
    rows = [
        {"run_id": run_id, "table_name": table, "row_id": row_id, "change": change} for table, row_id, change in changes
    ]
    with transaction(db):
        upsert(db, "run_changes", rows, ("run_id", "table_name", "row_id", "change"))


def save_issue(db: Database, issue: Issue, run_id: str | None = None) -> None:
    """Keep something that was lost or doubtful; the same issue of the same run is kept once."""
    row = {"run_id": run_id, **msgspec.structs.asdict(issue)}
    identity = hash_id("issue", run_id, issue.stage, issue.source_id, issue.code, issue.url, issue.message)
    with transaction(db):
        upsert(db, "issues", [{"id": identity, **row, "source_id": issue.source_id or None}])


def load_issues(db: Database, run_id: str | None = None) -> list[Issue]:
    """The issues of a run, or all, errors first."""
    only, values = ("WHERE run_id = ?", (run_id,)) if run_id else ("", ())
    rows = db.conn.execute(
        "SELECT stage, source_id, level, code, message, url FROM issues "
        f"{only} ORDER BY level, stage, source_id, url, id",
        values,
    )
    return [Issue(stage=a, source_id=b or "", level=c, code=d, message=e, url=f or "") for a, b, c, d, e, f in rows]
