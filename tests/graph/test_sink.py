"""The store as collecting sees it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
import pytest

from distillwatch.crawlers.report import Failure, SourceCounts
from distillwatch.crawlers.sink import Sink
from distillwatch.graph.runs import (
    finish_run,
    last_asked,
    load_issues,
    record_sources,
    save_changes,
    save_issue,
    start_run,
    usual_items,
)
from distillwatch.graph.sink import StoreSink
from distillwatch.records import Capture, Issue
from tests.graph.builders import NOW, document, store

LATER = "2026-05-03T08:00:00Z"
ANSWER = Capture(
    id="c1", source_id="harbour-post", url="https://h.example/a", final_url="https://h.example/a", fetched_at=NOW,
    status=200, sha256="00", etag='"1"', warc_file="a.warc.gz", warc_offset=7,
)  # fmt: skip


def test_captures_and_documents_are_kept_together(tmp_path: Path) -> None:
    db = store(tmp_path)
    sink: Sink = StoreSink(db)
    page = msgspec.structs.replace(document("a", "Headline", "Text."), capture_id="c1")
    assert sink.last_capture(ANSWER.url) is None
    assert sink.store(ANSWER, page) == "new"
    assert sink.last_capture(ANSWER.url) == ANSWER
    not_modified = msgspec.structs.replace(ANSWER, id="c2", status=304, sha256="", fetched_at=LATER, etag="")
    assert sink.store(not_modified, None) == "unchanged"
    assert sink.last_capture(ANSWER.url) == ANSWER
    assert db.conn.execute("SELECT first_seen, last_seen FROM documents").fetchone() == (NOW, LATER)


def test_a_file_given_by_hand_brings_its_own_source(tmp_path: Path) -> None:
    db = store(tmp_path)
    capture = msgspec.structs.replace(ANSWER, source_id="files", status=None)
    assert StoreSink(db).store(capture, document("a", "Headline", source_id="files")) == "new"
    assert StoreSink(db).last_capture(ANSWER.url) == capture


def test_issues_are_kept_once_a_run(tmp_path: Path) -> None:
    db = store(tmp_path)
    issue = Issue(
        stage="collect", source_id="harbour-post", level="warning", code="robots", message="forbidden", url="u"
    )
    for started in (NOW, LATER):
        sink = StoreSink(db, start_run(db, "collect", "0", started))
        sink.issue(issue)
        sink.issue(issue)
    save_issue(db, issue)
    assert load_issues(db) == [issue] * 3


@pytest.mark.parametrize(
    ("counts", "note"),
    [
        ({"seen": 20, "new": 20}, ""),
        ({"seen": 0}, "it listed no page, where it usually lists 20"),
        ({"seen": 0, "feed_failed": True}, "its list of pages could not be read"),
        ({"seen": 4, "new": 4}, "it listed 4 pages, far fewer than the usual 20"),
        ({"seen": 20, "new": 5, "blocked": 15, "failures": (Failure("u", "403"),)}, "15 of 20 pages were lost"),
    ],
)
def test_a_source_is_measured_by_what_it_usually_gives(tmp_path: Path, counts: dict[str, Any], note: str) -> None:
    db = store(tmp_path)
    for day in ("01", "02", "03"):
        run = start_run(db, "collect", "0", f"2026-05-{day}T08:00:00Z")
        record_sources(db, run, [SourceCounts(source_id="harbour-post", seen=20)])
    assert usual_items(db, "harbour-post") == 20 and usual_items(db, "inland-gazette") is None
    run = start_run(db, "collect", "0", LATER)
    record_sources(db, run, [SourceCounts(source_id="harbour-post", **counts)])
    assert db.conn.execute("SELECT note, items_expected FROM source_runs WHERE run_id = ?", (run,)).fetchone() == (
        note,
        20,
    )
    assert last_asked(db) == {"harbour-post": LATER}


def test_a_run_is_recorded_with_what_it_changed(tmp_path: Path) -> None:
    db = store(tmp_path)
    run = start_run(db, "run", "0.1", NOW)
    assert db.conn.execute("SELECT status FROM runs").fetchone() == ("running",)
    save_changes(db, run, [("documents", "d1", "new")] * 2)
    finish_run(db, run, "ok", LATER, {"new": 1})
    assert db.conn.execute("SELECT status, finished_at, summary FROM runs").fetchone() == ("ok", LATER, '{"new":1}')
    assert db.conn.execute("SELECT count(*) FROM run_changes").fetchone() == (1,)
