"""Which clause of whose terms stood on which days, as the archived texts of the terms' own page have it."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import msgspec
import pytest
from sqlite_utils import Database

from distillwatch.crawlers.spiders.addresses import read_addresses
from distillwatch.graph.extractions import EARLIER
from distillwatch.graph.store import revisions_to_do, save_capture, save_document, save_extraction
from distillwatch.records import Capture, DocumentKind
from distillwatch.site.datasette_config import canned_queries
from distillwatch.topic import bundled, load_topic
from tests.graph.builders import claim, document, entity, extraction, source, store

NORVANE, TARSIL = entity("company", "Norvane"), entity("company", "Tarsil")
TERMS = entity("policy", "Norvane Terms of Use", owner="Norvane")
LEGAL = source("Norvane Legal", owner="Norvane")
RIVAL = "You may not train a rival of Ostra 2 on what it writes."
RESALE = "You may not sell what Ostra 2 writes."
EFFECT = "These terms take effect on 1 April 2026."
Row = tuple[Any, ...]


def keep(
    db: Database, day: str, *sentences: str, read: bool = True, kind: DocumentKind = "policy", **fields: Any
) -> None:
    """Archive and read the terms' page as it stood on a day; every sentence on what may not be done is a clause."""
    at = f"{day}T08:00:00Z"
    capture = Capture(
        id=f"capture {day}",
        source_id=fields.get("source_id", LEGAL.id),
        url="https://norvane.example/terms",
        final_url="https://norvane.example/terms",
        fetched_at=at,
        status=200,
        sha256=f"bytes of {day}",
    )
    save_capture(db, capture)
    on = document("terms", "Terms of use", *sentences, kind=kind, **{"source_id": LEGAL.id, "published": "", **fields})
    claims = []
    for position, sentence in enumerate(sentences, start=1):
        if sentence == EFFECT:
            when: Any = {"when": ("2026-04-01", "2026-04-01")}
            claims.append(claim(on, position, TERMS, "policy_status", "in force", **when))
        elif "may not" in sentence:
            claims.append(claim(on, position, TERMS, "prohibits", "what it says"))
    save_document(db, msgspec.structs.replace(on, capture_id=capture.id), at)
    if read:
        save_extraction(db, extraction(on, *claims), at, stage_version="1")


def ledger(db: Database) -> list[Row]:
    return db.conn.execute(
        "SELECT clause, valid_from, valid_from_basis, valid_to, seen_until, capture_sha256 FROM terms_in_force "
        "ORDER BY valid_from, clause"
    ).fetchall()


@pytest.fixture
def db(tmp_path: Path) -> Database:
    return store(tmp_path, NORVANE, TARSIL, TERMS, sources=(LEGAL,))


def test_a_clause_stands_until_the_next_text_lacks_it(db: Database) -> None:
    keep(db, "2026-03-01", RIVAL, RESALE)
    keep(db, "2026-03-20", RIVAL, "A line that forbids nothing.")
    assert ledger(db) == [
        (RESALE, "2026-03-01", "fetched", "2026-03-20", "2026-03-01", "bytes of 2026-03-01"),
        (RIVAL, "2026-03-01", "fetched", None, "2026-03-20", "bytes of 2026-03-01"),
    ]
    named = db.conn.execute("SELECT DISTINCT policy_id, owner_id FROM terms_in_force").fetchall()
    assert named == [(TERMS.id, NORVANE.id)]


@pytest.mark.parametrize(
    ("sentences", "fields", "day", "basis"),
    [
        ((), {}, "2026-03-20", "fetched"),
        ((EFFECT,), {}, "2026-04-01", "stated"),
        ((), {"published": "2026-03-15"}, "2026-03-15", "page"),
        ((), {"published": "2025-01-01"}, "2026-03-20", "fetched"),  # the old text, seen later, was without the clause
        ((), {"published": "2026-09-01"}, "2026-03-20", "fetched"),  # no page is from after the day it was fetched
        ((), {"published": "2026-03"}, "2026-03-20", "fetched"),
    ],
)
def test_from_which_day_a_new_clause_stands(
    db: Database, sentences: tuple[str, ...], fields: dict[str, Any], day: str, basis: str
) -> None:
    keep(db, "2026-03-01", RIVAL)
    keep(db, "2026-03-20", RESALE, *sentences, **fields)
    assert [row[:4] for row in ledger(db)] == [
        (RIVAL, "2026-03-01", "fetched", day),
        (RESALE, day, basis, None),
    ]


def test_a_stated_day_before_the_older_text_is_not_the_day_of_the_new_clause(db: Database) -> None:
    keep(db, "2026-05-01", RIVAL, EFFECT)
    keep(db, "2026-06-01", RIVAL, RESALE, EFFECT)
    assert [row[:3] for row in ledger(db)] == [(RIVAL, "2026-04-01", "stated"), (RESALE, "2026-06-01", "fetched")]


def test_a_text_not_yet_read_ends_nothing(db: Database) -> None:
    keep(db, "2026-03-01", RIVAL)
    keep(db, "2026-03-20", "Nothing is said here.", read=False)
    assert [row[3] for row in ledger(db)] == [None]
    keep(db, "2026-03-21", "Nothing is said here either.")
    assert [row[3] for row in ledger(db)] == ["2026-03-21"]


def test_a_text_that_came_back_stands_twice(db: Database) -> None:
    keep(db, "2026-03-01", RIVAL)
    keep(db, "2026-03-20", RESALE)
    keep(db, "2026-04-10", RIVAL)
    assert [row[:4] for row in ledger(db)] == [
        (RIVAL, "2026-03-01", "fetched", "2026-03-20"),
        (RESALE, "2026-03-20", "fetched", "2026-04-10"),
        (RIVAL, "2026-04-10", "fetched", None),
    ]


@pytest.mark.parametrize("fields", [{"kind": "news"}, {"source_id": "harbour-post"}])
def test_others_words_on_the_terms_are_no_clauses(db: Database, fields: dict[str, Any]) -> None:
    keep(db, "2026-03-01", RIVAL, **fields)
    assert ledger(db) == []


@pytest.mark.parametrize(("owner", "day"), [(LEGAL.id, "2026-06-01"), ("harbour-post", None)])
def test_only_the_owner_ends_the_terms(db: Database, owner: str, day: str | None) -> None:
    keep(db, "2026-03-01", RIVAL)
    on = document("notice", "Notice", "The Norvane Terms of Use were withdrawn on 1 June 2026.", source_id=owner)
    save_document(db, on, "2026-06-02T08:00:00Z")
    gone = claim(on, 1, TERMS, "policy_status", "withdrawn", when=("2026-06-01", "2026-06-01"))
    save_extraction(db, extraction(on, gone), "2026-06-02T08:00:00Z")
    with db.conn:
        db.conn.execute("INSERT INTO policies VALUES (?, 'Norvane')", (TERMS.id,))
        db.conn.execute(
            "INSERT INTO policy_events SELECT subject_id, when_start, object_text, id FROM claims "
            "WHERE document_id = ?",
            (on.id,),
        )
    assert [row[3] for row in ledger(db)] == [day]


@pytest.mark.parametrize("name", ["norvane", "Norvane Terms of Use"])
@pytest.mark.parametrize(
    ("day", "clauses"),
    [
        ("2026-02-28", []),
        ("2026-03-01", [RIVAL]),
        ("2026-03-19", [RIVAL]),
        ("2026-03-20", [RESALE]),
        ("2027-01-01", [RESALE]),
    ],
)
def test_which_clause_was_in_force_on_a_day(db: Database, name: str, day: str, clauses: list[str]) -> None:
    keep(db, "2026-03-01", RIVAL)
    keep(db, "2026-03-20", RESALE)
    assert asked(db, name, day) == clauses
    assert asked(db, "Tarsil", day) == []


def asked(db: Database, name: str, day: str) -> list[str]:
    cursor = db.conn.cursor()
    cursor.row_factory = sqlite3.Row
    sql = canned_queries()["terms_in_force_on_a_day"]["sql"]
    return [row["clause"] for row in cursor.execute(sql, {"name": name, "day": day})]


def test_older_texts_read_again_give_the_same_ledger(db: Database) -> None:
    keep(db, "2026-03-01", RIVAL, RESALE)
    keep(db, "2026-03-20", RIVAL)
    before = ledger(db)
    for earlier in revisions_to_do(db, EARLIER, "2"):
        on = document("terms", "Terms of use", RIVAL, RESALE, source_id=LEGAL.id, published="", kind="policy")
        claims = [claim(on, n, TERMS, "prohibits", "something else") for n in (1, 2)]
        assert earlier
        save_extraction(db, extraction(on, *claims, extractor="test/2"), "2026-03-21T08:00:00Z", stage_version="2")
    assert ledger(db) == before


def test_the_shipped_topic_asks_for_the_terms_of_firms_in_its_registry() -> None:
    topic = load_topic(bundled("distillation"))
    firms = {entity.name for entity in topic.entities if entity.kind == "company"}
    rows = [s for s in topic.sources if s.document_kind == "policy" and s.kind == "addresses"]
    assert len(rows) >= 5
    for row in rows:
        assert row.owner in firms, row.id  # the view joins them by this name
        pages = read_addresses(topic.folder / row.url)
        assert pages and all(page.url.startswith("https://") for page in pages)
        assert row.options.get("keep") == "all" and "once" not in row.options  # asked again: texts change
