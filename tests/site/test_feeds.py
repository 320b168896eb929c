"""Feeds and files: readable by other programs, complete, attributed, and harmless in a spreadsheet."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import sqlite3
from pathlib import Path

import feedparser
import msgspec
import networkx as nx
import pytest
from arro3.io import read_parquet

from distillwatch.site.build import publish
from distillwatch.site.downloads import as_csv
from distillwatch.topic import Topic

FEEDS = ("feed", "flags", "changes", "incident/norvane-tarsil-2026", "company/norvane")


@pytest.mark.parametrize("name", FEEDS)
def test_atom_and_json_say_the_same(name: str, public: Path) -> None:
    atom = feedparser.parse((public / "site" / f"{name}.xml").read_bytes())
    assert not atom.bozo
    feed = json.loads((public / "site" / f"{name}.json").read_text(encoding="utf-8"))
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert [e.id for e in atom.entries] == [i["id"] for i in feed["items"]]
    assert len({e.id for e in atom.entries}) == len(atom.entries) > 0
    assert [e.updated for e in atom.entries] == sorted((e.updated for e in atom.entries), reverse=True)
    for entry in atom.entries:
        assert entry.author
        path, _, place = entry.link.partition("#")
        page = (public / "site" / name).parent.joinpath(path).resolve().read_text(encoding="utf-8")
        assert not place or f'id="{place}"' in page


def test_a_run_that_found_nothing_is_no_news(database: Path, watch: Topic, tmp_path: Path) -> None:
    """It stands in the ledger; feed and page of changes tell of those that changed something, and what."""
    copy = tmp_path / "knowledge.db"
    copy.write_bytes(database.read_bytes())
    connection = sqlite3.connect(copy)
    connection.execute(
        """INSERT INTO runs (id, command, started_at, finished_at, status, version)
        VALUES ('run2', 'collect', '2026-06-04T06:00:00Z', '2026-06-04T06:01:00Z', 'done', '0.1.0')"""
    )
    connection.commit()
    connection.close()
    publish(copy, tmp_path / "public", watch, "2026-06-04T07:00:00Z")
    site = tmp_path / "public" / "site"
    (item,) = json.loads((site / "changes.json").read_text(encoding="utf-8"))["items"]
    assert item["title"] == "run, 3 June 2026"
    assert item["content_text"].startswith("done: 1 claim added; 1 contradiction added; 1 document revised")
    assert "4 June 2026" not in (site / "changes.html").read_text(encoding="utf-8")
    assert "4 June 2026: collect" in (site / "coverage.html").read_text(encoding="utf-8")


def test_flags_in_a_feed_name_both_sides(public: Path) -> None:
    feed = json.loads((public / "site" / "flags.json").read_text(encoding="utf-8"))
    (denial,) = [i for i in feed["items"] if i["id"].endswith("k-x1")]
    assert "Tarsil alleges that Ostra 2" in denial["content_text"]
    assert "Norvane denies that Ostra 2" in denial["content_text"]
    assert "The Harbour Ledger, 5 May 2026" in denial["content_text"]


def test_a_published_address_makes_links_whole(database: Path, watch: Topic, tmp_path: Path) -> None:
    topic = msgspec.structs.replace(watch, address="https://watch.example/")
    publish(database, tmp_path / "public", topic, "2026-06-03T07:00:00Z")
    site = tmp_path / "public" / "site"
    atom = feedparser.parse((site / "company" / "norvane.xml").read_bytes())
    assert all(e.link.startswith("https://watch.example/") for e in atom.entries)
    sitemap = (site / "sitemap.xml").read_text(encoding="utf-8")
    assert "<loc>https://watch.example/incident/norvane-tarsil-2026.html</loc>" in sitemap
    assert "404" not in sitemap
    assert "Sitemap: https://watch.example/sitemap.xml" in (site / "robots.txt").read_text(encoding="utf-8")


def test_a_sample_is_not_for_search_engines(public: Path) -> None:
    assert "Disallow: /\n" in (public / "site" / "robots.txt").read_text(encoding="utf-8")


def test_programs_are_told_to_keep_the_speaker(public: Path) -> None:
    words = (public / "site" / "llms.txt").read_text(encoding="utf-8")
    assert "name who makes it" in words
    assert "An invented sample" in words


def test_checksums_fit_and_rows_are_attributed(public: Path) -> None:
    folder = public / "site" / "downloads"
    for line in (folder / "SHA256SUMS").read_text(encoding="ascii").splitlines():
        digest, name = line.split("  ")
        file = public / name if name == "knowledge.db" else folder / name
        assert hashlib.sha256(file.read_bytes()).hexdigest() == digest
    rows = list(csv.DictReader(io.StringIO((folder / "claims.csv").read_text(encoding="utf-8"))))
    assert len(rows) == 20
    assert all(row["said_by"] and row["outlet"] for row in rows)
    lines = [json.loads(line) for line in (folder / "claims.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [line["id"] for line in lines] == [row["id"] for row in rows]
    assert next(line for line in lines if line["id"] == "c02")["quantity_low"] == 24000


def test_parquet_holds_the_same_rows_with_their_types(public: Path) -> None:
    folder = public / "site" / "downloads"
    table = read_parquet(folder / "claims.parquet").read_all()
    lines = [json.loads(line) for line in (folder / "claims.jsonl").read_text(encoding="utf-8").splitlines()]
    assert {name: table[name].to_pylist() for name in table.column_names} == {
        name: [line[name] for line in lines] for name in lines[0]
    }
    assert 24000.0 in table["quantity_low"].to_pylist()


def test_network_is_read_by_others(public: Path) -> None:
    graph = nx.read_graphml(public / "site" / "downloads" / "claims.graphml", force_multigraph=True)
    assert graph.nodes["company-norvane"]["label"] == "Norvane"
    assert {data["speech_act"] for _, _, data in graph.edges(data=True)} >= {"alleges", "denies"}
    assert all(data["evidence"] and data["document"] for _, _, data in graph.edges(data=True))


def test_licence_note_stands_beside_the_files(public: Path) -> None:
    note = (public / "site" / "downloads" / "LICENCE.txt").read_text(encoding="utf-8")
    assert "An invented sample" in note
    assert "Keep who makes it" in note


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_no_cell_is_a_formula(cell: str) -> None:
    body = as_csv(["a", "b", "c"], [(cell, -1, "plain")]).decode("utf-8")
    (row,) = csv.DictReader(io.StringIO(body, newline=""))
    assert row == {"a": f"'{cell}", "b": "-1", "c": "plain"}  # numbers stay numbers
