"""What readers are told has changed, also where the run that changed it never came to tell."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlite_utils import Database

from distillwatch.graph.changes import save_changes
from distillwatch.graph.runs import start_run
from distillwatch.graph.store import save_document
from tests.graph.builders import NOW, document, store

LATER = "2026-05-03T08:00:00Z"


def flag(db: Database, status: str) -> None:
    """A flag in that state; what it compares does not matter here."""
    db.conn.execute("PRAGMA foreign_keys = off")
    db.conn.execute(
        """INSERT INTO contradictions (id, comparison_id, kind, status, opened_at) VALUES ('f', 'x', 'numeric', ?, ?)
           ON CONFLICT (id) DO UPDATE SET status = excluded.status""",
        (status, NOW),
    )


def incident(db: Database, moved: str | None) -> None:
    """An incident, and where it went."""
    db.conn.execute("PRAGMA foreign_keys = off")
    db.conn.execute(
        """INSERT INTO incidents (id, slug, title, kind, status, moved_to) VALUES ('i', 'i', 'I', 'k', 's', ?)
           ON CONFLICT (id) DO UPDATE SET moved_to = excluded.moved_to""",
        (moved,),
    )


def tell(db: Database, at: str) -> list[str]:
    """What a run tells that begins at that time."""
    run = start_run(db, "run", "0.1", at)
    count = save_changes(db, run)
    rows = db.conn.execute("SELECT table_name || ' ' || change FROM run_changes WHERE run_id = ? ORDER BY 1", (run,))
    told = [row[0] for row in rows]
    assert len(told) == count
    return told


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("open", "open", []),
        ("open", "dismissed", ["contradictions closed"]),
        ("open", "resolved", ["contradictions closed"]),
        ("open", "confirmed", ["contradictions confirmed"]),
        ("resolved", "reopened", ["contradictions reopened"]),
    ],
)
def test_the_life_of_a_flag_is_told_step_by_step(before: str, after: str, told: list[str], tmp_path: Path) -> None:
    db = store(tmp_path)
    flag(db, before)
    assert tell(db, NOW) == ["contradictions opened"]
    flag(db, after)
    assert tell(db, LATER) == told


def test_what_came_and_changed_is_told_once(tmp_path: Path) -> None:
    db = store(tmp_path)
    save_document(db, document("a", "Headline", "Text."), NOW)
    incident(db, None)
    assert tell(db, NOW) == ["documents new", "incidents new"]
    assert tell(db, NOW) == []
    save_document(db, document("a", "Headline", "Another text."), LATER)
    incident(db, "j")
    assert tell(db, LATER) == ["documents revised", "incidents moved"]


def test_what_a_run_changed_that_was_cut_off_is_told_by_the_next(tmp_path: Path) -> None:
    db = store(tmp_path)
    start_run(db, "run", "0.1", NOW)
    save_document(db, document("a", "Headline", "Text."), NOW)
    save_document(db, document("a", "Headline", "Another text."), NOW)
    assert tell(db, LATER) == ["documents new", "documents revised"]
