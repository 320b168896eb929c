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

_HISTORY = 10  # documents of a source before their length says what is usual


def start_run(db: Database, command: str, version: str, now: str) -> str:
    """Record that a run has begun; returns its id. One that never finished is "cut off" from then on: there is never
    more than one that writes.
    """
    with transaction(db):
        db.conn.execute("UPDATE runs SET status = 'cut off' WHERE status = 'running'")
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


def record_sources(db: Database, run_id: str, counts: Iterable[SourceCounts]) -> list[str]:
    """Record what each source gave, beside what it usually gives, with a note on what is doubtful about it.

    Returns a line for each source whose yield has collapsed.
    """
    collapsed = []
    with transaction(db):
        started = db.conn.execute("SELECT started_at FROM runs WHERE id = ?", (run_id,)).fetchone()[0]
        for count in counts:
            expected = usual_items(db, count.source_id)
            short, new = _short(db, count.source_id, started)
            note = _note(count, expected) or (
                f"{short} of {new} new pages are far shorter than its pages were: teasers, perhaps, or a login wall"
                if 2 * short > new
                else ""
            )
            row = _source_run(run_id, count, expected)
            upsert(
                db,
                "source_runs",
                [{**row, "truncated": count.truncated + short, "note": note}],
                ("run_id", "source_id"),
            )
            if note and _has_collapsed(count, expected):
                collapsed.append(f"{count.source_id}: {note}")
    return collapsed


def _short(db: Database, source_id: str, started: str) -> tuple[int, int]:
    """(new documents that are far shorter than those that stood before, new documents) of a source in a run."""
    lengths = db.conn.execute(
        "SELECT length(text), first_seen >= ? FROM documents WHERE source_id = ? ORDER BY first_seen DESC, rowid DESC "
        "LIMIT 200",
        (started, source_id),
    ).fetchall()
    before = sorted(length for length, is_new in lengths if not is_new)
    new = [length for length, is_new in lengths if is_new]
    if len(before) < _HISTORY:
        return 0, len(new)
    return sum(length < before[len(before) // 2] / 5 for length in new), len(new)


def _has_collapsed(count: SourceCounts, expected: float | None) -> bool:
    return bool(expected and not count.silent and not count.feed_failed and count.seen < expected / 4)


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
        "gone": count.gone,
    }


def _note(count: SourceCounts, expected: float | None) -> str:
    """What a person should look at: an unreadable list, a silent zero, far fewer items than usual, pages refused."""
    if count.feed_failed:
        return "its list of pages could not be read"
    if count.silent:
        return "it listed no page" + (f", where it usually lists {expected:g}" if expected else "")
    if expected and count.seen < expected / 4:
        return f"it listed {count.seen} pages, far fewer than the usual {expected:g}"
    lost = count.blocked + count.failed + count.empty + count.truncated
    return f"{lost} of {count.seen} pages were lost" if 2 * lost > count.seen else ""
