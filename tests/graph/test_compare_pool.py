"""Comparing with several processes gives, row for row, what one gives; a run that fails is taken up by the next."""

from __future__ import annotations

from pathlib import Path
from random import Random
from typing import Any

import pytest
from sqlite_utils import Database

from distillwatch.graph import compare as comparing
from distillwatch.graph import compare_blocks, compare_pool
from distillwatch.graph.compare import compare
from distillwatch.graph.link import link
from distillwatch.topic import Topic
from tests.graph.builders import NOW, put, store
from tests.graph.linking import ALL, world
from tests.graph.test_order import pages

TABLES = ("comparisons", "contradictions", "contradiction_events", "disputes", "dispute_pairs", "dispute_claims",
          "claim_blocks", "crowded_blocks", "compare_queue", "work")  # fmt: skip


@pytest.fixture(autouse=True)
def small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Parts so small that a small store has enough of them for several processes."""
    monkeypatch.setattr(compare_blocks, "_DOCUMENTS_AT_ONCE", 2)
    monkeypatch.setattr(comparing, "_BLOCKS_AT_ONCE", 3)
    monkeypatch.setattr(compare_pool, "WORTH", 4)


def filled(folder: Path, topic: Topic) -> Database:
    db = store(folder, *ALL)
    for on, claims, found in pages(Random(5), 24):
        put(db, on, *claims, entities=found)
    link(db, world(topic), NOW)
    return db


def rows(db: Database) -> dict[str, list[tuple[Any, ...]]]:
    return {table: sorted(db.conn.execute(f"SELECT * FROM {table}").fetchall(), key=repr) for table in TABLES}


def test_two_processes_give_what_one_gives(tmp_path: Path, topic: Topic) -> None:
    one, two = filled(tmp_path / "one", topic), filled(tmp_path / "two", topic)
    report = compare(one, world(topic), NOW)
    assert compare(two, world(topic), NOW, processes=2) == report and report.contradictions > 10
    assert rows(two) == rows(one)
    assert compare(two, world(topic), NOW, processes=2).pairs == 0


def test_a_run_that_fails_is_taken_up_by_several_processes(
    tmp_path: Path, topic: Topic, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole, broken = filled(tmp_path / "whole", topic), filled(tmp_path / "broken", topic)
    compare(whole, world(topic), NOW)
    with monkeypatch.context() as patch:
        patch.setattr("distillwatch.graph.compare_places.settle", _fails)
        with pytest.raises(ValueError, match="on purpose"):
            compare(broken, world(topic), NOW, processes=2)
    assert broken.table("compare_queue").count and not broken.table("comparisons").count_where("verdict != 'x'")
    compare(broken, world(topic), NOW, processes=2)
    assert rows(broken) == rows(whole)


def _fails(*_: object) -> None:
    raise ValueError("on purpose")
