"""The main job from page to published flag, as a person starts it."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from distillwatch.graph.store import open_store
from distillwatch.topic import bundled

Cli = Callable[..., Any]


def rows(home: Path, sql: str) -> list[tuple[Any, ...]]:
    connection = sqlite3.connect(home / "knowledge.db")
    try:
        return connection.execute(sql).fetchall()
    finally:
        connection.close()


def test_the_sample_becomes_documents_claims_incidents_flags_and_pages(sample_home: Path) -> None:
    counts = {
        table: rows(sample_home, f"SELECT count(*) FROM {table}")[0][0]
        for table in ("documents", "claims", "incidents", "propositions", "comparisons", "contradictions")
    }
    assert counts["documents"] >= 24
    assert all(counts.values()), counts
    assert (sample_home / "public" / "current" / "site" / "index.html").exists()
    assert (sample_home / "public" / "current" / "knowledge.db").exists()


def test_a_rerun_with_nothing_new_changes_nothing_and_is_quick(sample_home: Path, cli: Cli) -> None:
    tables = ("documents", "revisions", "segments", "claims", "mentions", "incidents", "comparisons", "contradictions")
    before = {table: rows(sample_home, f"SELECT * FROM {table} ORDER BY 1") for table in tables if table != "documents"}
    started = time.monotonic()
    done = cli("--home", sample_home, "--json", "run", "--sample")
    seconds = time.monotonic() - started
    assert done.status == 0, done.err
    assert done.summary["collect"]["new"] == done.summary["collect"]["revised"] == 0
    assert done.summary["extract"]["documents"] == 0
    after = {table: rows(sample_home, f"SELECT * FROM {table} ORDER BY 1") for table in before}
    assert after == before
    assert seconds < 30, "nothing new should cost seconds; the benchmark holds the real bound"


def test_every_claim_slices_to_its_evidence(sample_home: Path) -> None:
    sql = 'SELECT c.id, c.evidence, c."start", c."end", r.text FROM claims c JOIN revisions r ON r.id = c.revision_id'
    found = rows(sample_home, sql)
    assert found
    assert [key for key, evidence, start, end, text in found if text[start:end] != evidence] == []


def test_the_corrected_page_keeps_both_revisions(sample_home: Path) -> None:
    numbers = rows(sample_home, "SELECT document_id, count(*) FROM revisions GROUP BY 1 HAVING count(*) > 1")
    assert len(numbers) == 1


def test_what_robots_forbid_is_not_fetched(sample_home: Path) -> None:
    assert rows(sample_home, "SELECT sum(robots_forbidden) FROM source_runs")[0][0]
    forbidden = rows(sample_home, "SELECT url FROM issues WHERE code LIKE '%robots%'")
    fetched = {url for (url,) in rows(sample_home, "SELECT url FROM captures WHERE sha256 != ''")}
    assert forbidden and not fetched & {url for (url,) in forbidden}


def test_the_run_tells_what_it_changed(sample_home: Path) -> None:
    told: dict[str, int] = dict(
        rows(sample_home, "SELECT table_name || ' ' || change, count(*) FROM run_changes GROUP BY 1")
    )
    assert told["documents new"] == rows(sample_home, "SELECT count(*) FROM documents")[0][0]
    assert told["contradictions opened"] >= 1


def test_foreign_keys_hold(sample_home: Path) -> None:
    db = open_store(sample_home / "knowledge.db", readonly=True)
    assert db.conn.execute("PRAGMA foreign_key_check").fetchall() == []
    db.close()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("run", "--files", "no-such-page.html"), "no-such-page.html: no such file or folder"),
        (("run", "--source", "nobody"), "no source nobody"),
        (("export", "csv", "out"), "there is no database yet"),
        (("status",), "there is no database yet"),
        (("serve",), "run `distillwatch publish` first"),
        (("--topic", "nowhere", "run"), "topic.toml is missing"),
    ],
)
def test_a_mistake_is_one_line_that_names_it(arguments: tuple[str, ...], said: str, tmp_path: Path, cli: Cli) -> None:
    done = cli("--home", tmp_path / "home", *arguments)
    assert done.status == 2
    assert said in done.err
    assert "Traceback" not in done.err


def test_a_live_crawl_names_somebody_who_can_be_reached(tmp_path: Path, cli: Cli) -> None:
    topic = tmp_path / "topic"
    topic.mkdir()
    vocabulary = Path(str(bundled("sample"))).parent / "vocabulary"
    head = f'id = "t"\ntitle = "T"\nvocabulary = "{vocabulary}"\ncontact = "https://tracker.example/about"\n'
    (topic / "topic.toml").write_text(head)
    (topic / "sources.tsv").write_text("id\tname\tkind\turl\nquay\tQuay\tfeed\thttps://quay.invalid/feed.xml\n")
    done = cli("--home", tmp_path / "home", "--topic", topic, "collect")
    assert done.status == 2
    assert "topic.toml: `contact` is the placeholder https://tracker.example/about; set it" in done.err
