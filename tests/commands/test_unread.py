"""A document that breaks the reader costs itself only, and `status` says which one it is and why."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from msgspec.structs import replace

from distillwatch.commands.context import Context, writing
from distillwatch.commands.extract import extract_stage
from distillwatch.commands.status import ledger
from distillwatch.errors import StoreUnusable
from distillwatch.graph.documents import save_document
from distillwatch.graph.sources import save_sources
from distillwatch.nlp.names import NameFinder
from distillwatch.records import Document, Extraction, Source
from distillwatch.topic import bundled
from tests.nlp.builders import document

NOW = "2026-05-01T08:00:00Z"


def stage(home: Path, *add: Document) -> Context:
    context = Context(home, bundled("sample"), as_json=True, clock=lambda: datetime(2026, 5, 1, 8, tzinfo=UTC))
    with writing(context, "extract") as db:
        save_sources(db, [Source(id="s", name="s", kind="files", url="file:")])
        for one in add:
            save_document(db, one, NOW)
        extract_stage(context, db)
    return context


def breaking(find: Callable[[NameFinder, Document], object]) -> Callable[[NameFinder, Document], object]:
    def fragile(finder: NameFinder, one: Document) -> object:
        if one.id == "bad":
            raise ValueError("no such thing")
        return find(finder, one)

    return fragile


def test_what_could_not_be_read_is_told_until_it_can(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "Norvane alleges that Huaixu trained Linmo 2 on the outputs of Ostra 2."
    good, bad = (replace(document(text), id=name, url=f"file:{name}") for name in ("good", "bad"))
    with monkeypatch.context() as patch:
        patch.setattr(NameFinder, "finding", breaking(NameFinder.finding))
        context = stage(tmp_path, good, bad)
    assert context.summary["extract"]["failed"] == 1
    assert context.summary["extract"]["new_claims"] > 0
    ledger(context)
    [row] = context.summary["unread"]
    assert (row["url"], row["source"]) == ("file:bad", "s")
    assert row["error"].startswith("ValueError: no such thing (test_unread.py:")

    again = stage(tmp_path)
    assert (again.summary["extract"]["documents"], again.summary["extract"]["failed"]) == (1, 0)
    ledger(again)
    assert again.summary["unread"] == []


def test_a_store_that_cannot_be_written_ends_the_reading_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "Norvane alleges that Huaixu trained Linmo 2 on the outputs of Ostra 2."
    asked: list[str] = []

    def full(db: object, extraction: Extraction, *rest: object, **options: object) -> int:
        asked.append(extraction.document_id)
        raise StoreUnusable("the disk is full")

    monkeypatch.setattr("distillwatch.graph.store.save_extraction", full)
    with pytest.raises(StoreUnusable, match="the disk is full"):
        stage(tmp_path, *(replace(document(text), id=name, url=f"file:{name}") for name in ("one", "two")))
    assert asked == ["one"]
