"""The network of claims and citations, and the files that others load."""

from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
import rdflib
from sqlite_utils import Database

from distillwatch.errors import InputMissing
from distillwatch.graph import dictionary
from distillwatch.graph.exports import exports, formats
from distillwatch.graph.labels import Labels, read_labels
from distillwatch.graph.link import link
from distillwatch.graph.network import centrality, chain, citation_graph, claim_graph, communities, path_between
from distillwatch.graph.store import open_store
from distillwatch.topic import Topic
from tests.graph.builders import NOW, claim, document, put, store
from tests.graph.linking import ALL, HUAIXU, NORVANE, OSTRA, PELLAN, QUELLMARK, TARSIL, USED, page, told, world

SCHEMA = rdflib.Namespace("https://schema.org/")


@pytest.fixture
def db(tmp_path: Path, topic: Topic) -> Database:
    """Three pages: one origin carried twice, one of its own; Quellmark → Ostra ← Tarsil, Tarsil → Pellan."""
    store_ = store(tmp_path, *ALL)
    says = "Norvane\x0b says <that> both & others asked its model for answers in March of this year."
    text = ["A headline of its own", says]
    first = document("a", *text, published="2026-04-01")
    copy = document("b", *text, published="2026-04-02", source_id="inland-gazette", outlet="Inland Gazette")
    for on in (first, copy):
        put(store_, on, claim(on, 1, QUELLMARK, USED, OSTRA, speech_act="alleges", speaker=NORVANE),
            claim(on, 1, TARSIL, USED, OSTRA, speech_act="alleges", speaker=NORVANE))  # fmt: skip
    on, claims = told(
        page("c"), (1, TARSIL, USED, PELLAN), (2, TARSIL, USED, OSTRA), (3, HUAIXU, "commented", "denied")
    )
    put(store_, on, *claims)
    link(store_, world(topic), NOW)
    return store_


def test_claims_are_edges_between_canonical_entities(db: Database) -> None:
    graph = claim_graph(db)
    assert set(graph) == {QUELLMARK.id, OSTRA.id, TARSIL.id, PELLAN.id}
    assert graph.number_of_edges(QUELLMARK.id, OSTRA.id) == 2 and graph.number_of_edges(TARSIL.id, OSTRA.id) == 3
    assert graph.nodes[OSTRA.id] == {"label": "Ostra", "kind": "model", "status": "registered"}


def test_the_path_between_two_firms_names_its_claims(db: Database) -> None:
    graph = claim_graph(db)
    steps = path_between(graph, QUELLMARK.id, PELLAN.id)
    assert [(s.a, s.b, len(s.claims)) for s in steps] == [
        (QUELLMARK.id, OSTRA.id, 2),
        (OSTRA.id, TARSIL.id, 3),
        (TARSIL.id, PELLAN.id, 1),
    ]
    assert path_between(graph, OSTRA.id, OSTRA.id) == []
    graph.add_node("alone")
    assert path_between(graph, "alone", OSTRA.id) == []
    with pytest.raises(InputMissing, match="nobody"):
        path_between(graph, "nobody", OSTRA.id)


def test_centrality_and_communities(db: Database) -> None:
    graph = claim_graph(db)
    central = centrality(graph)
    assert central[TARSIL.id].neighbours == 2 and central[QUELLMARK.id].betweenness == 0.0
    assert central[OSTRA.id].betweenness == central[TARSIL.id].betweenness > 0
    assert sorted(node for group in communities(graph) for node in group) == sorted(graph)
    assert communities(graph) == communities(graph)


def test_citations_lead_to_where_a_report_begins(db: Database) -> None:
    graph = citation_graph(db)
    assert len(graph) == 3
    assert [(graph.nodes[a]["outlet"], graph.nodes[b]["published"], key) for a, b, key in graph.edges(keys=True)] == [
        ("Inland Gazette", "2026-04-01", "copy")
    ]


def test_an_empty_store_has_empty_networks_and_files(tmp_path: Path) -> None:
    db = open_store(tmp_path / "empty.db")
    assert len(claim_graph(db)) == len(citation_graph(db)) == 0 and communities(claim_graph(db)) == []
    for export in exports():
        assert export.write(db, tmp_path / export.name) == 0


def test_every_format_gives_the_same_bytes_twice(db: Database, tmp_path: Path) -> None:
    assert set(formats()) == {"citations", "csv", "gexf", "graphml", "jsonl", "jsonld", "labels", "parquet"}
    for export in exports():
        one, other = tmp_path / f"{export.name}1", tmp_path / f"{export.name}2"
        assert export.write(db, one) == export.write(db, other) > 0
        files = sorted(one.rglob("*")) if one.is_dir() else [one]
        for file in files:
            twin = other / file.relative_to(one) if one.is_dir() else other
            assert file.read_bytes() == twin.read_bytes(), file
        assert export.description


def test_graphml_and_gexf_load(db: Database, tmp_path: Path) -> None:
    for name, read in (("graphml", nx.read_graphml), ("gexf", nx.read_gexf)):
        formats()[name].write(db, tmp_path / name)
        graph = read(tmp_path / name)
        assert len(graph) == 4 and graph.number_of_edges() == 6
        assert graph.nodes[TARSIL.id]["neighbours"] == 2 and graph.nodes[TARSIL.id]["betweenness"] > 0
        assert {data["community"] for _, data in graph.nodes(data=True)} <= {1, 2}
        evidence = {data["evidence"] for _, _, data in graph.edges(data=True)}
        assert any("<that> both & others" in text and "\x0b" not in text for text in evidence)


def test_a_chain_is_written_with_its_own_claims_only(db: Database, tmp_path: Path) -> None:
    graph = claim_graph(db)
    part = chain(graph, path_between(graph, OSTRA.id, PELLAN.id))
    for name, read in (("graphml", nx.read_graphml), ("gexf", nx.read_gexf)):
        draw = formats()[name].draw
        assert draw is not None and draw(part, tmp_path / name) == 4
        assert set(read(tmp_path / name)) == {OSTRA.id, TARSIL.id, PELLAN.id}
    assert graph.number_of_edges() == 6, "the network itself stays whole"


def test_citations_are_a_network_of_their_own(db: Database, tmp_path: Path) -> None:
    assert formats()["citations"].write(db, tmp_path / "c") == 1
    graph = nx.read_graphml(tmp_path / "c")
    ((_, original, data),) = graph.edges(data=True)
    assert (data["relation"], data["similarity"]) == ("copy", 1.0)
    assert graph.nodes[original]["published"] == "2026-04-01"


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")  # rdflib's own reader uses it
def test_jsonld_loads_without_a_network(db: Database, tmp_path: Path) -> None:
    count = formats()["jsonld"].write(db, tmp_path / "k.jsonld")
    graph = rdflib.Graph().parse(tmp_path / "k.jsonld", format="json-ld")
    claims = set(graph.subjects(rdflib.RDF.type, SCHEMA.Claim))
    assert len(claims) == 7 and count == len(set(graph.subjects(rdflib.RDF.type, None)) - _blank(graph))
    assert all(graph.value(c, SCHEMA.appearance) for c in claims)
    assert len(list(graph.subject_objects(SCHEMA.isBasedOn))) == 1


def test_a_flag_becomes_a_review_only_when_a_person_confirmed_it(db: Database, tmp_path: Path) -> None:
    a, b = (row[0] for row in db.conn.execute("SELECT id FROM claims ORDER BY id LIMIT 2"))
    db.table("comparisons").insert(
        {"id": "m", "claim_a": a, "claim_b": b, "verdict": "contradiction", "kind": "numeric", "rule": "numeric",
         "rule_version": "1", "explanation": "two figures", "confidence": 1.0, "severity": "hard"}
    )  # fmt: skip
    db.table("contradictions").insert(
        {"id": "x", "comparison_id": "m", "kind": "numeric", "status": "open", "opened_at": NOW}
    )
    formats()["jsonld"].write(db, tmp_path / "open")
    assert flag(tmp_path / "open")["@type"] == "dw:Contradiction"
    db.table("contradictions").update("x", {"status": "confirmed"})
    db.table("decisions").insert_all(
        [{"id": "c", "target_table": "contradictions", "target_id": "x", "decision": "confirm", "reason": "at a glance",
         "author": "bela", "decided_at": "2026-04-01"},
        {"id": "d", "target_table": "contradictions", "target_id": "x", "decision": "confirm", "reason": "read both",
         "author": "ada", "decided_at": NOW},
        {"id": "e", "target_table": "contradictions", "target_id": "x", "decision": "confirm", "reason": "as seen",
         "author": "cyra", "decided_at": "2026-04-02"}]
    )  # fmt: skip
    formats()["jsonld"].write(db, tmp_path / "confirmed")
    review = flag(tmp_path / "confirmed")
    assert review["@type"] == "ClaimReview" and review["author"]["name"] == "ada" and "reviewRating" not in review
    pair = read_found(db, tmp_path).pairs
    assert [(p.label, p.kind, p.why) for p in pair] == [("contradiction", "numeric", "two figures")]
    for gone in ("dismissed", "resolved"):
        db.table("contradictions").update("x", {"status": gone})
        assert read_found(db, tmp_path).pairs == ()


def test_csv_and_json_lines_hold_every_row(db: Database, tmp_path: Path) -> None:
    formats()["csv"].write(db, tmp_path / "csv")
    with (tmp_path / "csv" / "claims.csv").open(encoding="utf-8", newline="") as handle:
        rows = list(csv.DictReader(handle))
    assert len(rows) == 7 and list(rows[0]) == list(dictionary.load()["claims"].columns)
    formats()["jsonl"].write(db, tmp_path / "claims.jsonl")
    lines = [json.loads(line) for line in (tmp_path / "claims.jsonl").read_text(encoding="utf-8").splitlines()]
    assert len(lines) == 7
    assert {line["subject"] for line in lines} == {"Quellmark", "Tarsil", "Huaixu"}
    assert all(isinstance(line["incidents"], list) for line in lines)


def read_found(db: Database, folder: Path) -> Labels:
    shutil.rmtree(folder / "labels", ignore_errors=True)
    formats()["labels"].write(db, folder / "labels")
    with pytest.raises(InputMissing, match="holds a labelled set already"):  # somebody may have corrected it by hand
        formats()["labels"].write(db, folder / "labels")
    return read_labels(folder / "labels")


def flag(file: Path) -> dict[str, Any]:
    graph = json.loads(file.read_text(encoding="utf-8"))["@graph"]
    found: dict[str, Any] = next(node for node in graph if ":contradiction:" in node["@id"])
    return found


def _blank(graph: rdflib.Graph) -> set[rdflib.term.Node]:
    return {s for s in graph.subjects(rdflib.RDF.type, None) if isinstance(s, rdflib.BNode)}
