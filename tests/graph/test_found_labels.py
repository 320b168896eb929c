"""What the system found, as labels: whom a page is about is an entity of it, named or not."""

from __future__ import annotations

from pathlib import Path

import pytest

from distillwatch.graph.found_labels import found_labels
from distillwatch.records import Entity
from tests.graph.builders import claim, document, entity, put, store

NORVANE, TARSIL = entity("company", "Norvane"), entity("company", "Tarsil")
WREN = entity("person", "third_wren")


@pytest.mark.parametrize(
    ("text", "subject", "expected"),
    [
        ("We have banned the reseller.", NORVANE, {"Norvane", "Tarsil"}),  # no word of the statement names either
        ("I have banned the reseller.", WREN, {"Tarsil"}),  # who writes a comment is not what the page is about
    ],
)
def test_what_claims_are_about_is_on_the_page(tmp_path: Path, text: str, subject: Entity, expected: set[str]) -> None:
    db = store(tmp_path, NORVANE, TARSIL, WREN)
    page = document("one", "Headline", text)
    put(db, page, claim(page, 1, subject, "restricted", TARSIL))
    (found,) = found_labels(db).pages
    assert {e.name for e in found.entities} == expected
