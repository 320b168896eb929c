"""What ran, what each source gave, what changed and what was lost."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec
from sqlite_utils import Database

from distillwatch.crawlers.report import SourceCounts
from distillwatch.graph.connection import transaction
from distillwatch.graph.rows import upsert
from distillwatch.ids import hash_id
from distillwatch.records import Issue


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


def record_sources(db: Database, run_id: str, counts: Iterable[SourceCounts]) -> None:
    """Record what each source gave, beside what it usually gives, with a note on what is doubtful about it."""
    with transaction(db):
        rows = [_source_run(run_id, count, usual_items(db, count.source_id)) for count in counts]
        upsert(db, "source_runs", rows, ("run_id", "source_id"))


def last_asked(db: Database) -> dict[str, str]:
    """Source → when the last run began that read its list of pages; sources that were never read are left out."""
    return dict(
        db.conn.execute(
            """SELECT s.source_id, max(r.started_at) FROM source_runs s JOIN runs r ON r.id = s.run_id
               GROUP BY s.source_id ORDER BY s.source_id"""
        )
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


def _source_run(run_id: str, count: SourceCounts, expected: float | None) -> dict[str, Any]:
    return {
        "run_id": run_id,
        "source_id": count.source_id,
        "items_seen": count.seen,
        "items_expected": expected,
        "new_documents": count.new,
        "revised_documents": count.revised,
        "unchanged": count.unchanged,
        "blocked": count.blocked,
        "robots_forbidden": count.robots_forbidden,
        "empty": count.empty,
        "off_topic": count.off_topic,
        "failed": count.failed,
        "note": _note(count, expected),
    }


def _note(count: SourceCounts, expected: float | None) -> str:
    """What a person should look at: an unreadable list, a silent zero, far fewer items than usual, pages refused."""
    if count.feed_failed:
        return "its list of pages could not be read"
    if count.silent:
        return "it listed no page" + (f", where it usually lists {expected:g}" if expected else "")
    if expected and count.seen < expected / 4:
        return f"it listed {count.seen} pages, far fewer than the usual {expected:g}"
    lost = count.blocked + count.failed + count.empty
    return f"{lost} of {count.seen} pages were lost" if 2 * lost > count.seen else ""
