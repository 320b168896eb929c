"""What an edit of a page did to its claims."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
import pytest
from sqlite_utils import Database

from distillwatch.graph.extractions import EARLIER
from distillwatch.graph.store import load_revision, revisions_to_do, save_document, save_extraction
from distillwatch.quantities import Quantity
from distillwatch.records import Document
from tests.graph.builders import NOW, claim, document, entity, extraction, store

LATER = "2026-05-03T08:00:00Z"
NORVANE, TARSIL = entity("company", "Norvane"), entity("company", "Tarsil")
FIRM = "Tarsil trained its model on answers of Norvane, the company said."
SOFT = "Tarsil may have trained its model on answers of Norvane, the company said."


def page(*paragraphs: str) -> Document:
    return document("a", "Norvane and Tarsil", *paragraphs)


def edited(path: Path, before: tuple[Document, list[Any]], after: tuple[Document, list[Any]]) -> Database:
    """A store with both states of a page, each read, in the order of the command: the old one last seen first."""
    db = store(path, NORVANE, TARSIL)
    (old, said), (new, says) = before, after
    save_document(db, old, NOW)
    save_extraction(db, extraction(old, *said), NOW, stage_version="1")
    save_document(db, new, LATER)
    (revision,) = revisions_to_do(db, EARLIER, "1")
    assert load_revision(db, revision).text == old.text
    save_extraction(db, extraction(old, *said), LATER, stage_version="1")
    save_extraction(db, extraction(new, *says), LATER, stage_version="1")
    assert revisions_to_do(db, EARLIER, "1") == []
    return db


def says(on: Document, **fields: Any) -> Any:
    fields = {"speech_act": "asserts", "speaker": NORVANE, **fields}
    return claim(on, 1, TARSIL, "trained_on", NORVANE, **fields)


def listed(db: Database) -> list[str]:
    return [row[0] for row in db.conn.execute("SELECT change FROM claim_changes ORDER BY change")]


@pytest.mark.parametrize(
    ("before", "after", "change"),
    [
        ({}, {"hedge": "strong"}, ["softened"]),
        ({}, {"speech_act": "alleges", "hedge": "weak"}, ["softened"]),
        ({"hedge": "strong"}, {}, ["hardened"]),
        ({"speech_act": "alleges"}, {"speech_act": "confirms"}, ["hardened"]),
        ({"speech_act": "alleges"}, {"speech_act": "asserts", "hedge": "weak"}, ["changed"]),  # firmer and softer
        ({}, {"speech_act": "denies", "polarity": "-"}, ["reversed"]),
        (
            {"quantity": Quantity(24_000, 24_000, "account")},
            {"quantity": Quantity(2_400, 2_400, "account")},
            ["changed"],
        ),
        ({}, {}, []),  # only put in other words
    ],
)
def test_one_claim_put_otherwise(
    tmp_path: Path, before: dict[str, Any], after: dict[str, Any], change: list[str]
) -> None:
    old, new = page(FIRM), page(SOFT)
    db = edited(tmp_path, (old, [says(old, **before)]), (new, [says(new, **after)]))
    assert listed(db) == change
    for told, left, right in db.conn.execute("SELECT explanation, earlier_id, claim_id FROM claim_changes"):
        assert FIRM in told and SOFT in told and left and right


def test_what_came_and_went(tmp_path: Path) -> None:
    old, new = page(FIRM), page("Norvane said that it had been wrong about Tarsil.", "Norvane released Ostra 2 in May.")
    released = claim(new, 2, NORVANE, "released", "Ostra 2")
    db = edited(tmp_path, (old, [says(old)]), (new, [released]))
    assert listed(db) == ["appeared", "vanished"]
    assert db.conn.execute("SELECT count(*) FROM claims WHERE NOT current").fetchone() == (1,), "what is gone stays"


def test_a_better_extractor_is_no_edit(tmp_path: Path) -> None:
    old, new = page(FIRM), page(FIRM, "A line about the weather in the harbour was added.")
    db = edited(tmp_path, (old, []), (new, [says(new)]))
    assert listed(db) == [], "the sentence stood there before, whether it was read or not"


def test_nothing_is_listed_before_both_texts_are_read(tmp_path: Path) -> None:
    db = store(tmp_path, NORVANE, TARSIL)
    old, new = page(FIRM), page("Norvane has nothing to add.")
    for state, seen in ((old, NOW), (new, LATER)):
        save_document(db, msgspec.structs.replace(state, first_seen=NOW), seen)
    save_extraction(db, extraction(old, says(old)), LATER)
    assert listed(db) == [], "that the new text says nothing of it is not known yet"
    save_extraction(db, extraction(new), LATER)
    assert listed(db) == ["vanished"]
