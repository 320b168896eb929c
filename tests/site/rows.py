"""Turns newsroom.toml into a knowledge base, row by row, so that the site is tested without the stages before it."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from distillwatch.graph import search
from distillwatch.graph.dispute_rows import save_disputes
from distillwatch.graph.store import open_store
from distillwatch.ids import hash_id, text_hash
from distillwatch.topic import bundled, load_topic
from tests.site.affairs import DAY, Newsroom, add, comparison, incident, ledger


def build_database(path: Path, data: Newsroom) -> Path:
    """The database of a newsroom at `path`."""
    store = open_store(path)
    with store.conn:
        search.index(
            store, "documents", [(d["id"], d["title"], "\n".join(b[1] for b in d["blocks"])) for d in data["documents"]]
        )
        claims = [(c["id"], "", c["evidence"]) for d in data["documents"] for c in d["claims"]]
        search.index(store, "claims", claims)
        search.index(store, "entities", [(e["id"], e["name"], "") for e in data["entities"]])
        search.index(store, "incidents", [(i["id"], i["title"], "") for i in data["incidents"]])
    store.conn.close()
    db = sqlite3.connect(path)
    db.execute("PRAGMA foreign_keys = 0")
    for entity in data["entities"]:
        _entity(db, entity)
    for source in data["sources"]:
        add(
            db,
            "sources",
            id=source["id"],
            name=source["name"],
            kind="feed",
            url=f"https://{source['id']}.example/feed.xml",
            homepage=source.get("homepage", ""),
            country=source.get("country", ""),
            language=source.get("language", ""),
            owner=source.get("owner", ""),
            tier=source["tier"],
            interval_hours=6.0,
        )
    propositions: dict[str, dict[str, Any]] = {}
    for document in data["documents"]:
        _document(db, document, data["entities"], propositions)
    db.execute("INSERT INTO revision_claims SELECT revision_id, id FROM claims")
    for affair in data["incidents"]:
        incident(db, affair, propositions)
    for pair in data["comparisons"]:
        comparison(db, pair)
    ledger(db, data)
    db.commit()
    disputes = Database(db)
    with disputes.conn:
        save_disputes(disputes, load_topic(bundled("distillation")).vocabulary.predicates)
    db.execute("PRAGMA foreign_keys = 1")
    broken = db.execute("PRAGMA foreign_key_check").fetchall()
    db.close()
    if broken:
        raise ValueError(f"the newsroom's rows do not fit together: {broken}")
    return path


def _entity(db: sqlite3.Connection, e: dict[str, Any]) -> None:
    add(
        db,
        "entities",
        id=e["id"],
        kind=e["kind"],
        name=e["name"],
        owner_id=e.get("owner"),
        family_id=e.get("family"),
        description=e.get("description", ""),
        status=e.get("status", "registered"),
        canonical_id=e.get("canonical", e["id"]),
    )
    for alias in [e["name"], *e.get("aliases", [])]:
        add(db, "entity_aliases", entity_id=e["id"], alias=alias, language="" if alias.isascii() else "ja")


def _document(
    db: sqlite3.Connection, d: dict[str, Any], entities: list[dict[str, Any]], propositions: dict[str, Any]
) -> None:
    identity, seen = d["id"], f"{d['published']}T09:00:00Z"
    text = "\n".join(block[1] for block in d["blocks"])
    texts = [t for t in [d.get("revised_from"), text] if t]
    capture = hash_id("capture", identity)
    url = d.get("url", f"https://{d['source']}.example/{identity}")
    add(
        db,
        "captures",
        id=capture,
        source_id=d["source"],
        url=url,
        final_url=url,
        fetched_at=seen,
        status=200,
        content_type="text/html",
        sha256=text_hash(text),
        warc_file=f"{d['published']}.warc.gz",
        warc_offset=4096,
    )
    add(
        db,
        "documents",
        id=identity,
        source_id=d["source"],
        url=url,
        kind=d["kind"],
        language=d.get("language", "en"),
        title=d["title"],
        byline=d.get("byline", ""),
        published_at=d["published"],
        published_precision="day",
        published_from="jsonld",
        first_seen=seen,
        last_seen=DAY,
        text=text,
        text_sha256=text_hash(text),
        content_sha256=text_hash(text),
        revision=len(texts),
        revision_id=f"{identity}-r{len(texts)}",
        depth="full" if d.get("language", "en") == "en" else "partial",
    )
    for number, state in enumerate(texts, start=1):
        add(
            db,
            "revisions",
            id=f"{identity}-r{number}",
            document_id=identity,
            number=number,
            capture_id=capture,
            seen_at=seen if number == 1 else DAY,
            title=d["title"],
            text=state,
            text_sha256=text_hash(state),
        )
    revision, start, segments = f"{identity}-r{len(texts)}", 0, []
    for position, block in enumerate(d["blocks"]):
        parent = block[3] if len(block) > 3 and block[3] else None
        add(
            db,
            "segments",
            id=f"{identity}-s{position}",
            document_id=identity,
            revision_id=revision,
            position=position,
            kind=block[0],
            start=start,
            end=start + len(block[1]),
            speaker=block[2] if len(block) > 2 else "",
            parent_id=f"{identity}-s{parent}" if parent is not None else None,
            head="Benchmark\tModel\tPoints" if block[0] == "table_row" else "",
        )
        segments.append((start, start + len(block[1])))
        start += len(block[1]) + 1
    if d.get("relation", "original") == "original":
        add(db, "origins", id=f"o-{d['origin']}", document_id=identity, kind="report")
    add(
        db,
        "document_origins",
        document_id=identity,
        origin_id=f"o-{d['origin']}",
        relation=d.get("relation", "original"),
        similarity=d.get("similarity"),
        reason=d.get("reason", ""),
    )
    _mentions(db, identity, revision, text, entities)
    for claim in d["claims"]:
        _claim(db, claim, d, text, revision, segments, propositions)


def _mentions(db: sqlite3.Connection, identity: str, revision: str, text: str, entities: list[dict[str, Any]]) -> None:
    taken: list[tuple[int, int]] = []
    for entity in sorted(entities, key=lambda e: -len(e["name"])):
        at = text.find(entity["name"])
        while at >= 0:
            end = at + len(entity["name"])
            if not any(a < end and b > at for a, b in taken):
                taken.append((at, end))
                add(
                    db,
                    "mentions",
                    id=hash_id(identity, at),
                    document_id=identity,
                    revision_id=revision,
                    start=at,
                    end=end,
                    text=entity["name"],
                    kind=entity["kind"],
                    entity_id=entity["id"],
                    score=1.0,
                    reason="its name",
                )
            at = text.find(entity["name"], end)


def _claim(
    db: sqlite3.Connection,
    c: dict[str, Any],
    d: dict[str, Any],
    text: str,
    revision: str,
    segments: list[tuple[int, int]],
    propositions: dict[str, Any],
) -> None:
    start = text.index(c["evidence"])
    end = start + len(c["evidence"])
    position = next(n for n, (a, b) in enumerate(segments) if a <= start and end <= b)
    when = c.get("when", [None, None, None])
    if c["proposition"] not in propositions:
        propositions[c["proposition"]] = c
        add(
            db,
            "propositions",
            id=c["proposition"],
            subject_id=c.get("subject"),
            subject_text=c.get("subject_text", ""),
            predicate=c["predicate"],
            object_id=c.get("object"),
            object_text=c.get("text", ""),
            scope="",
        )
    add(
        db,
        "claims",
        id=c["id"],
        document_id=d["id"],
        revision_id=revision,
        segment_id=f"{d['id']}-s{position}",
        start=start,
        end=end,
        evidence=c["evidence"],
        subject_id=c.get("subject"),
        subject_text=c.get("subject_text", ""),
        predicate=c["predicate"],
        object_id=c.get("object"),
        object_text=c.get("text", ""),
        speaker_id=c.get("speaker"),
        speaker_text=c.get("speaker_text", ""),
        speech_act=c.get("act", "asserts"),
        polarity=c.get("polarity", "+"),
        hedge=c.get("hedge", "none"),
        quantity_low=c.get("low"),
        quantity_high=c.get("high"),
        unit=c.get("unit"),
        approx=c.get("approx"),
        when_start=when[0],
        when_end=when[1],
        when_precision=when[2],
        evidence_class=c.get("class", "none_given"),
        confidence=0.9,
        extractor="rules 1",
        qualifiers=json.dumps(c.get("qualifiers", {})),
        proposition_id=c["proposition"],
        origin_id=f"o-{d['origin']}",
    )
