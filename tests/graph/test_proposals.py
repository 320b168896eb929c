"""Names that two sources agree on, and which texts are read again when that changes."""

from __future__ import annotations

from pathlib import Path

from distillwatch.graph.proposals import STAGE, agree, load_agreed, save_proposals, settled
from distillwatch.graph.store import documents_to_do, mark_done, save_document
from tests.graph.builders import NOW, document, entity, store

ZELKORA = entity("company", "Zelkora Labs", registered=False)


def test_a_new_agreement_has_only_the_texts_that_hold_the_name_read_again(tmp_path: Path) -> None:
    db = store(tmp_path)
    papers = {
        "a": document("a", "One", "Zelkora Labs is a start-up.", outlet="Post"),
        "b": document("b", "Two", "The start-up Zelkora Labs is new.", outlet="Gazette"),
        "c": document("c", "Three", "Nobody asked ZELKORA.", outlet="Herald"),
        "d": document("d", "Four", "Rain fell.", outlet="Herald"),
    }
    for paper in papers.values():
        save_document(db, paper, NOW)
    assert sorted(documents_to_do(db, STAGE, "v")) == sorted(p.id for p in papers.values())
    for key, paper in papers.items():
        save_proposals(db, paper.id, [ZELKORA] if key == "a" else [], NOW, stage_version="v")
        content = db.conn.execute("SELECT content_sha256 FROM documents WHERE id = ?", (paper.id,)).fetchone()[0]
        mark_done(db, "extract", paper.id, content, "v", NOW)
    assert agree(db) == []
    assert documents_to_do(db, "extract", "v") == []

    save_proposals(db, papers["b"].id, [ZELKORA], NOW, stage_version="v")
    assert agree(db) == [ZELKORA] == load_agreed(db)
    assert sorted(documents_to_do(db, "extract", "v")) == sorted(papers[key].id for key in "abc")

    before = db.conn.total_changes
    assert agree(db) == [ZELKORA]
    assert db.conn.total_changes == before


def test_a_run_that_ends_between_proposing_and_agreeing_leaves_that_to_the_next(tmp_path: Path) -> None:
    db = store(tmp_path)
    assert not settled(db)
    for key in "ab":
        paper = document(key, "One", "Zelkora Labs is a start-up.", outlet=f"Outlet {key}")
        save_document(db, paper, NOW)
        save_proposals(db, paper.id, [ZELKORA], NOW, stage_version="v")
    assert not settled(db) and load_agreed(db) == []
    assert agree(db) == [ZELKORA] and settled(db)
    save_proposals(db, paper.id, [ZELKORA], NOW, stage_version="v2")
    assert not settled(db)
