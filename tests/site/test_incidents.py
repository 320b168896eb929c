"""What the page of an incident says of its names."""

from __future__ import annotations

import sqlite3
from collections import Counter
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pytest
from lxml import html

from distillwatch.site.page import all_pages
from distillwatch.site.reader import open_reader
from distillwatch.site.render import text_of
from distillwatch.topic import Topic

Pages = dict[str, html.HtmlElement]


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        (
            "trained_on_outputs_of",
            [("Said to act", "Norvane"), ("Said to be acted on", "Tarsil, Ostra 2"), ("Involved", "Norvane")],
        ),
        (
            "sanctioned",
            [
                ("Said to be subject to it", "Norvane"),
                ("Said to stand behind it", "Tarsil, Ostra 2"),
                ("Involved", "Norvane"),
            ],
        ),
    ],
)
def test_incident_says_which_part_a_name_has(
    kind: str, expected: list[tuple[str, str]], database: Path, watch: Topic, tmp_path: Path
) -> None:
    """Names stand together by their part; who is sanctioned does not act, though the incident is about it."""
    copy = tmp_path / "knowledge.db"
    copy.write_bytes(database.read_bytes())
    connection = sqlite3.connect(copy)
    connection.execute("DELETE FROM incident_entities WHERE incident_id = 'i1'")
    connection.executemany(
        "INSERT INTO incident_entities (incident_id, entity_id, role) VALUES ('i1', ?, ?)",
        [
            ("company-norvane", "party"),
            ("company-norvane", "actor"),
            ("company-tarsil", "target"),
            ("model-ostra-2", "target"),
        ],
    )
    connection.execute("UPDATE incidents SET kind = ? WHERE id = 'i1'", (kind,))
    connection.commit()
    connection.close()
    with open_reader(copy, watch) as reader:
        (page,) = (p for p in all_pages(reader) if p.path == "incident/norvane-tarsil-2026.html")
        tree = html.document_fromstring(text_of(page, reader))
    rows = tree.xpath("//dl[@class='members']/div")
    assert [tuple(" ".join(part.text_content().split()) for part in row) for row in rows] == expected


def test_a_response_in_a_text_of_another_incident_names_its_outlet(
    database: Path, watch: Topic, tmp_path: Path
) -> None:
    """The claim that a response rests on is shown wherever it stands, and the page is made anew when it changes."""
    copy = tmp_path / "knowledge.db"
    copy.write_bytes(database.read_bytes())
    keys = []
    for outlet in ("Fjord Wire", "Fjord Wire Service"):
        connection = sqlite3.connect(copy)
        connection.execute("DELETE FROM responses")
        connection.execute(
            """INSERT INTO responses (incident_id, entity_id, claim_id, status, as_of)
            SELECT 'i2', 'company-norvane', id, 'denied', '2026-05-06' FROM claims
            WHERE document_id = 'd2wire' LIMIT 1"""
        )
        connection.execute("UPDATE documents SET outlet = ? WHERE id = 'd2wire'", (outlet,))
        connection.commit()
        connection.close()
        with open_reader(copy, watch) as reader:
            (page,) = (p for p in all_pages(reader) if p.path == "incident/ostra-2-release.html")
            assert page.key is not None
            keys.append(page.key())
            tree = html.document_fromstring(text_of(page, reader))
        (line,) = tree.xpath("//section[@aria-labelledby='responses']//li")
        said = " ".join(line.text_content().split())
        assert said.startswith(f"Norvane denied it as of 6 May 2026, according to {outlet}, ")
    assert keys[0] != keys[1]


def test_the_list_is_narrowed_by_what_the_pages_are_found_by(pages: Pages) -> None:
    """Each facet of the list gives as many incidents as the search finds by it."""
    found = Counter(
        (meta.get("property").removeprefix("found:"), meta.get("content"))
        for path, page in pages.items()
        if path.startswith("incident/")
        for meta in page.xpath("//meta[starts-with(@property, 'found:')]")
    )
    offered = set()
    for link in pages["incidents.html"].xpath("//nav[starts-with(@aria-label, 'By ')]//a"):
        ((facet, value),) = [pair for pair in parse_qsl(urlsplit(link.get("href")).query) if pair[0] != "type"]
        assert found[(facet, value)] == int(link.xpath("span")[0].text)
        offered.add(facet)
    assert offered == {"kind", "status", "year", "flag", "company", "model"}
