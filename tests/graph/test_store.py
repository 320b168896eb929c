"""The store: what goes in comes out equal, twice is once, and errors say what to do."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlite_utils import Database

from distillwatch.errors import InputMissing, StoreUnusable
from distillwatch.graph import connection, search
from distillwatch.graph.migrations import MIGRATIONS
from distillwatch.graph.proposals import save_proposals
from distillwatch.graph.store import (
    documents_to_do,
    load_document,
    load_entities,
    open_store,
    save_document,
    save_extraction,
    save_sources,
    sync_entities,
    transaction,
)
from distillwatch.records import Document, Segment
from tests.graph.builders import NOW, claim, document, entity, extraction, put, source, store

NORVANE = entity("company", "Norvane", "Norvane Labs")
OSTRA = entity("model", "Ostra", owner="Norvane")
OSTRA_2 = entity("model", "Ostra 2", owner="Norvane", family="Ostra")
QUELLMARK = entity("company", "Quellmark", "奎尔马克")


def count(db: Any, table: str, where: str = "1") -> int:
    return int(db.conn.execute(f"SELECT count(*) FROM {table} WHERE {where}").fetchone()[0])


def everything(db: Any) -> list[str]:
    return [line for line in db.conn.iterdump() if "_sqlite_migrations" not in line]


def test_a_document_comes_back_as_it_went_in(tmp_path: Path) -> None:
    db = store(tmp_path)
    plain = document("a", "Headline", "First.", "Second.", links=("https://z.example/1", "https://a.example/2"))
    answer = Segment(
        position=3,
        kind="comment",
        start=24,
        end=29,
        speaker="mira",
        parent=1,
        head="A\tB",
        cells=((24, 25), (26, 27)),
        at=75.5,
    )
    whole = msgspec.structs.replace(
        plain, text=plain.text + "\nx | y", segments=(*plain.segments, answer), links=tuple(sorted(plain.links))
    )
    assert save_document(db, whole, NOW) == "new"
    assert load_document(db, whole.id) == whole


@given(st.lists(st.text(min_size=1, max_size=40).filter(str.isprintable), min_size=1, max_size=5))
def test_any_text_comes_back_and_segments_slice_it(paragraphs: list[str]) -> None:
    db = open_store(Path(":memory:"))
    db.conn.execute("INSERT INTO sources (id, name, kind, url, tier) VALUES ('harbour-post', 'H', 'feed', '', 'press')")
    whole = document("a", *paragraphs)
    save_document(db, whole, NOW)
    back = load_document(db, whole.id)
    assert back == whole
    assert [back.text[s.start : s.end] for s in back.segments] == paragraphs


def test_a_document_costs_the_same_whatever_the_size_of_the_store(tmp_path: Path) -> None:
    """No statement that saves or loads a document, or what was read out of it, reads through a whole table."""
    db = store(tmp_path, NORVANE, OSTRA)
    asked: list[str] = []
    save_document(db, document("a", "One.", "Two."), NOW)
    db.conn.set_trace_callback(asked.append)
    for body in ("Two.", "Another.", "Two."):
        page = document("b", "One.", body)
        put(db, page, claim(page, 1, NORVANE, "released", OSTRA))
        save_proposals(db, page.id, [OSTRA], NOW, stage_version="v")
    load_document(db, document("b", "One.").id)
    db.conn.set_trace_callback(None)
    read = [sql for sql in map(str.strip, asked) if sql.startswith(("SELECT", "UPDATE", "DELETE", "WITH"))]
    plans = {sql: [row[3] for row in db.conn.execute(f"EXPLAIN QUERY PLAN {sql}")] for sql in read}
    assert all(any(table in sql for sql in plans) for table in ("segments", "documents", "revisions", "claims", "work"))
    # What refers to a deleted row is looked for in its tables; only a page that is read anew deletes any.
    through = {s: p for s, p in plans.items() if not s.startswith("DELETE") and any(q.startswith("SCAN") for q in p)}
    assert through == {}


def test_what_each_kind_of_change_does(tmp_path: Path) -> None:
    db = store(tmp_path)
    first = document("a", "Headline", "The letter names two firms.")
    again = msgspec.structs.replace(first, first_seen="2026-05-03T08:00:00Z")
    dated = msgspec.structs.replace(first, published_at="2026-04-21")
    corrected = document("a", "Headline", "The letter names three firms.")
    steps: list[tuple[Document, str, int]] = [
        (first, "new", 1),
        (again, "unchanged", 1),
        (dated, "updated", 1),
        (corrected, "revised", 2),
        (dated, "revised", 1),  # the page went back to its earlier text
    ]
    for step, (version, saved, revision) in enumerate(steps):
        seen = f"2026-05-0{step + 2}T08:00:00Z"
        assert save_document(db, version, seen) == saved
        row = db.conn.execute("SELECT revision, first_seen, last_seen FROM documents").fetchone()
        assert row == (revision, NOW, seen)
    assert count(db, "revisions") == 2


def test_claims_survive_edits_elsewhere_and_old_ones_stay(tmp_path: Path) -> None:
    db = store(tmp_path, NORVANE, OSTRA, OSTRA_2, QUELLMARK)
    first = document("a", "Headline", "Quellmark trained on Ostra.", "Ostra 2 has 7 billion parameters.")
    kept, changed = put(
        db,
        first,
        claim(first, 1, QUELLMARK, "trained_on_outputs_of", OSTRA),
        claim(first, 2, OSTRA_2, "has_parameters"),
    )
    second = document("a", "A longer headline", "Quellmark trained on Ostra.", "Ostra 2 has 8 billion parameters.")
    save_document(db, second, NOW)
    new = save_extraction(
        db,
        extraction(
            second,
            claim(second, 1, QUELLMARK, "trained_on_outputs_of", OSTRA),
            claim(second, 2, OSTRA_2, "has_parameters"),
        ),
        NOW,
    )
    assert new == 1
    rows = dict(db.conn.execute("SELECT id, current FROM claims"))
    assert len(rows) == 3 and rows[kept] == 1 and rows[changed] == 0
    for evidence, text, start, end in db.conn.execute(
        'SELECT c.evidence, r.text, c."start", c."end" FROM claims c JOIN revisions r ON r.id = c.revision_id'
    ):
        assert text[start:end] == evidence


def test_saving_everything_twice_changes_nothing(tmp_path: Path) -> None:
    db = store(tmp_path, NORVANE, OSTRA)
    page = document("a", "Headline", "Norvane released Ostra.", "Norvane released Ostra.")
    claims = (claim(page, 1, NORVANE, "released", OSTRA), claim(page, 2, NORVANE, "released", OSTRA))
    assert len(set(put(db, page, *claims))) == 2  # one sentence that stands twice is two claims
    before = everything(db)
    save_document(db, page, NOW)
    sync_entities(db, [NORVANE, OSTRA])
    assert documents_to_do(db, "extract", "test/1") == []
    assert everything(db) == before
    assert documents_to_do(db, "extract", "test/2") == [page.id]


def test_the_registry_is_followed_but_nothing_is_deleted(tmp_path: Path) -> None:
    db = store(tmp_path, NORVANE, OSTRA, OSTRA_2, QUELLMARK)
    renamed = entity("company", "Norvane", "Norvane AG")
    result = sync_entities(db, [renamed, OSTRA, OSTRA_2])
    assert result.retired == ("Quellmark",)
    loaded = {e.name: e for e in load_entities(db)}
    assert loaded["Norvane"].aliases == ("Norvane AG",)
    assert (loaded["Ostra 2"].owner, loaded["Ostra 2"].family) == ("Norvane", "Ostra")
    assert loaded["Quellmark"].status == "proposed"
    assert sync_entities(db, [OSTRA]).unknown_owners == ("Norvane",)


def test_an_entity_that_a_text_proposes_never_changes_the_registry(tmp_path: Path) -> None:
    db = store(tmp_path, NORVANE)
    page = document("a", "Headline", "Tarsil is new.")
    tarsil = entity("company", "Tarsil", "Tarsil AI", registered=False)
    impostor = entity("company", "Norvane", "Not Norvane", registered=False)
    put(db, page, claim(page, 1, tarsil, "released", "a report"), entities=(tarsil, impostor))
    loaded = {e.name: e for e in load_entities(db)}
    assert loaded["Tarsil"].status == "proposed" and loaded["Tarsil"].aliases == ("Tarsil AI",)
    assert loaded["Norvane"].aliases == ("Norvane Labs",)
    again = document("b", "Headline", "Tarsil is there.")
    put(db, again, entities=(entity("company", "Tarsil", "Tarsil Systems", registered=False),))
    for words, name in (("Tarsil AI", "Tarsil"), ("Tarsil Systems", "Tarsil"), ("Norvane Labs", "Norvane")):
        assert [hit.title for hit in search.find(db, words, table="entities")] == [name], words
    assert search.find(db, "Not Norvane", table="entities") == []


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("model", ["Modèles ouverts"]),  # porter: "models"; diacritics do not matter
        ("modeles", ["Modèles ouverts"]),
        ("蒸馏", ["蒸馏争议"]),  # a word inside a run of Han characters
        ("训练数据来", ["蒸馏争议"]),
        ("Quellmark蒸馏", ["蒸馏争议"]),
        ("训蒸", []),
        ('") OR x', []),  # no operators: any text is a query
        ("", []),
    ],
)
def test_search(tmp_path: Path, words: str, found: list[str]) -> None:
    db = store(tmp_path)
    save_document(db, document("fr", "Modèles ouverts", "The models are open."), NOW)
    save_document(db, document("zh", "蒸馏争议", "Quellmark的训练数据来自何处?", language="zh"), NOW)
    assert [hit.title for hit in search.find(db, words, table="documents")] == found


def test_a_corrected_text_is_no_longer_found_by_its_old_words(tmp_path: Path) -> None:
    db = store(tmp_path)
    save_document(db, document("a", "Headline", "The quince is ripe."), NOW)
    save_document(db, document("a", "Headline", "The pear is ripe."), NOW)
    assert search.find(db, "quince") == [] and len(search.find(db, "pear")) == 1


def test_unknown_source_and_entity_are_named(tmp_path: Path) -> None:
    db = store(tmp_path)
    with pytest.raises(StoreUnusable, match="'nowhere'"):
        save_document(db, document("a", "Headline", source_id="nowhere"), NOW)
    page = document("b", "Headline", "Quellmark trained.")
    with pytest.raises(StoreUnusable, match="registry"):
        put(db, page, claim(page, 1, QUELLMARK, "released", "a report"))
    assert count(db, "claims") == 0
    with pytest.raises(StoreUnusable, match="store the document first"):
        save_extraction(db, extraction(document("c", "Unseen")), NOW)


def test_little_of_the_file_is_kept_in_memory_while_pages_are_collected(tmp_path: Path) -> None:
    db = store(tmp_path)
    whole = db.conn.execute("PRAGMA cache_size").fetchone()
    with pytest.raises(KeyError), connection.lean(db):
        assert db.conn.execute("PRAGMA cache_size").fetchone() == (-connection.LEAN_KIB,)
        raise KeyError
    assert db.conn.execute("PRAGMA cache_size").fetchone() == whole == (-connection.CACHE_KIB,)


def test_a_newer_or_broken_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "knowledge.db"
    db = open_store(path)
    db.table("_sqlite_migrations").insert({"migration_set": "distillwatch", "name": "0099 later", "applied_at": "2027"})
    db.close()
    with pytest.raises(StoreUnusable, match=r"newer distillwatch.*0099 later"):
        open_store(path)
    path.write_bytes(b"this is not a database at all" * 100)
    with pytest.raises(StoreUnusable, match="not a database"):
        open_store(path)
    with pytest.raises(InputMissing, match="run `distillwatch run` first"):
        open_store(tmp_path / "none.db", readonly=True)


STEPS = [step.name for step in MIGRATIONS.pending(Database(memory=True))]


@pytest.mark.parametrize("missing", STEPS[1:])
def test_an_older_file_is_brought_up_to_date_by_a_writer_and_told_to_a_reader(missing: str, tmp_path: Path) -> None:
    path = tmp_path / "knowledge.db"
    old = connection.connect(path)
    MIGRATIONS.apply(old, stop_before=missing)
    old.close()
    with pytest.raises(StoreUnusable, match=rf"older distillwatch.*{missing}.*`distillwatch link`"):
        open_store(path, readonly=True)
    db = open_store(path)
    assert MIGRATIONS.pending(db) == [] and db.conn.execute("PRAGMA foreign_key_check").fetchall() == []
    save_sources(db, [source()])
    assert save_document(db, document("a", "Headline"), NOW) == "new"
    db.close()
    open_store(path, readonly=True).close()


def test_a_locked_file_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "BUSY_SECONDS", 0.05)
    first, second = open_store(tmp_path / "knowledge.db"), open_store(tmp_path / "knowledge.db")
    with transaction(first), pytest.raises(StoreUnusable, match="another process is writing"):
        save_document(second, document("a", "Headline"), NOW)


def test_a_full_disk_says_so_and_loses_nothing(tmp_path: Path) -> None:
    db = store(tmp_path)
    save_document(db, document("a", "Headline"), NOW)
    pages = db.conn.execute("PRAGMA page_count").fetchone()[0]
    db.conn.execute(f"PRAGMA max_page_count = {pages}")  # SQLite's own way to play a full disk
    with pytest.raises(StoreUnusable, match="disk is full"):
        save_document(db, document("b", "Headline", "word " * 200_000), NOW)
    assert count(db, "documents") == 1


def test_the_readonly_store_cannot_be_written(tmp_path: Path) -> None:
    store(tmp_path).close()
    db = open_store(tmp_path / "knowledge.db", readonly=True)
    with pytest.raises(StoreUnusable, match="cannot be written"):
        save_document(db, document("a", "Headline"), NOW)


@pytest.fixture
def readonly_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder with a store, on a medium that cannot be written to; also for root, whom no mode of a folder stops."""
    folder = tmp_path / "disc"
    folder.mkdir()
    db = open_store(folder / "knowledge.db")
    save_sources(db, [source()])
    db.close()
    may = os.access
    monkeypatch.setattr(os, "access", lambda path, mode: path != folder and may(path, mode))
    folder.chmod(0o555)
    yield folder
    folder.chmod(0o755)


def test_a_file_on_a_readonly_medium_is_read_without_a_file_beside_it(readonly_folder: Path) -> None:
    db = open_store(readonly_folder / "knowledge.db", readonly=True)
    assert count(db, "sources") == 1
    assert sorted(file.name for file in readonly_folder.iterdir()) == ["knowledge.db"]


def test_what_a_writer_has_not_yet_put_into_the_file_is_read_there_too(readonly_folder: Path) -> None:
    readonly_folder.chmod(0o755)
    writer = open_store(readonly_folder / "knowledge.db")
    save_document(writer, document("a", "Headline"), NOW)
    assert count(open_store(readonly_folder / "knowledge.db", readonly=True), "documents") == 1
    writer.close()


def test_an_error_of_our_own_sql_is_not_dressed_up(tmp_path: Path) -> None:
    db = store(tmp_path)
    with pytest.raises(sqlite3.OperationalError, match="no such table"), transaction(db):
        db.conn.execute("SELECT 1 FROM nothing_of_that_name")
    assert source().id == "harbour-post"
