"""What the page of an incident says of its names."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from lxml import html

from distillwatch.site.page import all_pages
from distillwatch.site.reader import open_reader
from distillwatch.site.render import text_of
from distillwatch.topic import Topic


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("trained_on_outputs_of", {"Norvane": "said to act", "Tarsil": "said to be acted on"}),
        ("sanctioned", {"Norvane": "said to be subject to it", "Tarsil": "said to stand behind it"}),
    ],
)
def test_incident_says_which_part_a_name_has(
    kind: str, expected: dict[str, str], database: Path, watch: Topic, tmp_path: Path
) -> None:
    """Who is sanctioned does not act in the sanctions, though the incident is about it."""
    copy = tmp_path / "knowledge.db"
    copy.write_bytes(database.read_bytes())
    connection = sqlite3.connect(copy)
    connection.execute("DELETE FROM incident_entities WHERE incident_id = 'i1'")
    connection.executemany(
        "INSERT INTO incident_entities (incident_id, entity_id, role) VALUES ('i1', ?, ?)",
        [("company-norvane", "actor"), ("company-tarsil", "target")],
    )
    connection.execute("UPDATE incidents SET kind = ? WHERE id = 'i1'", (kind,))
    connection.commit()
    connection.close()
    with open_reader(copy, watch) as reader:
        (page,) = (p for p in all_pages(reader) if p.path == "incident/norvane-tarsil-2026.html")
        tree = html.document_fromstring(text_of(page, reader))
    names = tree.xpath("//p[@class='members']/a")
    assert {a.text: a.getnext().text for a in names} == expected
