"""Turns newsroom.toml into a knowledge base, row by row, so that the site is tested without the stages before it."""

from __future__ import annotations

import copy
import json
import sqlite3
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest
from lxml import html

from distillwatch.graph import search
from distillwatch.graph.store import open_store
from distillwatch.ids import hash_id, text_hash
from distillwatch.site.build import publish
from distillwatch.topic import Topic

Newsroom = dict[str, Any]
Builder = Callable[[Path, Newsroom], Path]
Pages = dict[str, html.HtmlElement]

NEWSROOM = Path(__file__).parent / "newsroom.toml"
DAY = "2026-06-03T06:00:00Z"
# each breaks out of another context: element, attribute, comment, script, address, template, CSS, SVG
CORPUS = (
    "<script>window.hit=1</script>",
    "\"><img src=x onerror='window.hit=1'>",
    "' onmouseover='window.hit=1' x='",
    "</title></textarea></style></script><svg onload=window.hit=1>",
    "--><iframe srcdoc='<script>parent.hit=1</script>'></iframe><!--",
    "javascript:window.hit=1//",
    "{{ ''.__class__.__mro__ }}{% for x in ().__class__.__bases__ %}{% endfor %}",
    "<style>@import '//evil.example/x.css'</style>",
    "<a href='javascript:window.hit=1'>click</a><form action=//evil.example><input autofocus onfocus=window.hit=1>",
    "\u202e<math><mi xlink:href='javascript:window.hit=1'>\u2028</mi></math>\x0b\ud7ff&lt;script&gt;",
)


@pytest.fixture(scope="session")
def newsroom() -> Newsroom:
    """The invented newsroom as a value; copy it before changing it."""
    return tomllib.loads(NEWSROOM.read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def build() -> Builder:
    """Makes a database out of a newsroom."""
    return build_database


@pytest.fixture(scope="session")
def watch(topic: Topic) -> Topic:
    """The real vocabulary with the notice of a sample."""
    return msgspec.structs.replace(topic, title="Watch", sample=True, notice="An invented sample: nobody here exists.")


@pytest.fixture(scope="session")
def database(tmp_path_factory: pytest.TempPathFactory, newsroom: Newsroom) -> Path:
    """The newsroom's database."""
    return build_database(tmp_path_factory.mktemp("newsroom") / "knowledge.db", newsroom)


@pytest.fixture(scope="session")
def public(tmp_path_factory: pytest.TempPathFactory, database: Path, watch: Topic) -> Path:
    """The published newsroom; nobody changes it."""
    folder = tmp_path_factory.mktemp("published") / "public"
    report = publish(database, folder, watch, DAY)
    assert report.dead_links == ()
    return folder


@pytest.fixture(scope="session")
def pages(public: Path) -> Pages:
    """Path → parsed page of the published newsroom."""
    site = (public / "site").resolve()
    files = sorted(site.rglob("*.html"))
    return {f.relative_to(site).as_posix(): html.document_fromstring(f.read_text(encoding="utf-8")) for f in files}


@pytest.fixture(scope="session")
def corpus() -> tuple[str, ...]:
    """Hostile texts."""
    return CORPUS


@pytest.fixture(scope="session")
def poison() -> Callable[..., Newsroom]:
    """Puts a hostile text, or all of them, into every field of a newsroom."""
    return poisoned


def poisoned(newsroom: Newsroom, text: str = "".join(CORPUS)) -> Newsroom:
    """The newsroom with `text` put into every field that comes from the web or from a curator."""
    data = copy.deepcopy(newsroom)
    for entity in data["entities"]:
        entity |= {"name": f"{entity['name']} {text}", "description": text, "aliases": [f"{text} {entity['id']}"]}
    for source in data["sources"]:
        source |= {"name": f"{source['name']} {text}", "owner": text, "homepage": text, "country": text}
    for document in data["documents"]:
        document |= {"title": f"{document['title']} {text}", "byline": text, "reason": text}
        document["url"] = f"{text} {document['id']}"
        for block in document["blocks"][1:]:
            block[1] = f"{block[1]} {text}"
            if len(block) > 2:
                block[2] = f"{block[2]} {text}"
        for claim in document["claims"]:
            claim["qualifiers"] = {text: text}
            claim["class"] = text
            if "speaker" not in claim:
                claim["speaker_text"] = text
            if "object" not in claim and "text" not in claim:
                claim["text"] = text
    for incident in data["incidents"]:
        incident |= {"title": f"{incident['title']} {text}", "summary": text, "slug": f"{incident['slug']} {text}"}
        incident["entities"] = [[entity, text] for entity, _ in incident.get("entities", [])]
    for pair in data["comparisons"]:
        pair |= {"explanation": text, "reason": text}
    return data


def add(db: sqlite3.Connection, table: str, **row: object) -> None:
    """Insert one row."""
    columns = ", ".join(f'"{name}"' for name in row)
    db.execute(f"INSERT INTO {table} ({columns}) VALUES ({', '.join('?' * len(row))})", list(row.values()))


def build_database(path: Path, data: Newsroom) -> Path:
    """The database of a newsroom at `path`."""
    store = open_store(path)
    with store.conn:
        search.index(
            store, "documents", [(d["id"], d["title"], "\n".join(b[1] for b in d["blocks"])) for d in data["documents"]]
        )
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
    for incident in data["incidents"]:
        _incident(db, incident, propositions)
    for pair in data["comparisons"]:
        _comparison(db, pair)
    _ledger(db, data)
    db.commit()
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
        canonical_id=e.get("canonical"),
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
        depth="full",
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


def _incident(db: sqlite3.Connection, i: dict[str, Any], propositions: dict[str, Any]) -> None:
    add(
        db,
        "incidents",
        id=i["id"],
        slug=i["slug"],
        title=i["title"],
        kind=i["kind"],
        started_on=i.get("started"),
        precision=i.get("precision"),
        status=i.get("status"),
        summary=i.get("summary"),
        moved_to=i.get("moved_to"),
    )
    for document in i.get("documents", []):
        add(db, "incident_documents", incident_id=i["id"], document_id=document, role="coverage")
    for entity, role in i.get("entities", []):
        add(db, "incident_entities", incident_id=i["id"], entity_id=entity, role=role)
    for proposition in i.get("propositions", []):
        db.execute("UPDATE propositions SET incident_id = ? WHERE id = ?", (i["id"], proposition))
        claim = propositions[proposition]
        db.execute(
            "INSERT INTO incident_claims SELECT ?, id, 'statement' FROM claims WHERE proposition_id = ?",
            (i["id"], proposition),
        )
        if claim["predicate"] == "commented":
            add(
                db,
                "responses",
                incident_id=i["id"],
                entity_id=claim["subject"],
                claim_id=claim["id"],
                status=claim["text"],
                as_of="2026-05-05",
            )


def _comparison(db: sqlite3.Connection, x: dict[str, Any]) -> None:
    add(
        db,
        "comparisons",
        id=x["id"],
        claim_a=x["a"],
        claim_b=x["b"],
        verdict=x["verdict"],
        kind=x["kind"],
        rule=x["kind"],
        rule_version="1",
        explanation=x["explanation"],
        confidence=0.9,
        severity="hard",
    )
    if "flag" in x:
        add(
            db,
            "contradictions",
            id=f"k-{x['id']}",
            comparison_id=x["id"],
            incident_id=x["incident"],
            kind=x["kind"],
            status=x["flag"],
            opened_at=DAY,
            closed_at=x.get("closed"),
            reason=x.get("reason"),
        )
        if x["flag"] in ("confirmed", "dismissed"):
            add(
                db,
                "decisions",
                id=f"dec-{x['id']}",
                target_table="contradictions",
                target_id=f"k-{x['id']}",
                decision="confirm" if x["flag"] == "confirmed" else "dismiss",
                reason=x.get("reason", "Both texts were read."),
                author="an editor",
                decided_at="2026-06-02T08:00:00Z",
            )


def _ledger(db: sqlite3.Connection, data: dict[str, Any]) -> None:
    """Runs, source records, an issue, a prediction and a policy, as the stages leave them."""
    add(
        db,
        "runs",
        id="run1",
        command="run",
        started_at=DAY,
        finished_at="2026-06-03T06:02:00Z",
        status="done",
        version="0.1.0",
    )
    for source in data["sources"]:
        silent = source["id"] == "silent"
        add(
            db,
            "source_runs",
            run_id="run1",
            source_id=source["id"],
            items_seen=0 if silent else 12,
            items_expected=10.0,
            new_documents=0 if silent else 1,
            revised_documents=0,
            unchanged=3,
            blocked=0,
            robots_forbidden=1,
            empty=0,
            off_topic=2,
            failed=0,
            note="",
        )
    for table, row, change in [
        ("documents", "d4ledger", "revised"),
        ("contradictions", "k-x1", "added"),
        ("claims", "c41", "added"),
        ("incidents", "i2", "added"),
        ("entities", "company-quellmark", "added"),
    ]:
        add(db, "run_changes", run_id="run1", table_name=table, row_id=row, change=change)
    add(
        db,
        "issues",
        id="issue1",
        run_id="run1",
        stage="collect",
        source_id="silent",
        level="warning",
        code="silent_zero",
        message="the feed answered and held nothing",
        url="https://silent.example/feed.xml",
    )
    if any(c["id"] == "c43" for d in data["documents"] for c in d["claims"]):
        add(db, "predictions", claim_id="c43", due_start="2025-07-01", due_end="2025-09-30", status="overdue")
        add(db, "policies", entity_id="policy-output-use-rule", jurisdiction="NO")
        add(
            db,
            "policy_events",
            policy_id="policy-output-use-rule",
            on_date="2026-06-01",
            stage="in force",
            claim_id="c45",
        )
