"""Records with defaults, so that a row of a test says only what is special about it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlite_utils import Database

from distillwatch.dates import DateRange
from distillwatch.graph.store import open_store, save_document, save_extraction, save_sources, sync_entities
from distillwatch.ids import entity_id, hash_id, text_hash
from distillwatch.quantities import Quantity
from distillwatch.records import Claim, Document, DocumentKind, Entity, EntityKind, Extraction, Segment, Source

NOW = "2026-05-02T08:00:00Z"


def source(name: str = "Harbour Post", **fields: Any) -> Source:
    """A source with an id made from its name."""
    defaults = {"id": name.lower().replace(" ", "-"), "name": name, "kind": "feed", "url": "https://x.example/feed"}
    return Source(**{**defaults, **fields})


def document(
    key: str,
    *paragraphs: str,
    source_id: str = "harbour-post",
    published: str = "2026-04-20",
    outlet: str = "Harbour Post",
    kind: DocumentKind = "news",
    language: str = "en",
    title: str = "",
    links: tuple[str, ...] = (),
    speaker: str = "",
) -> Document:
    """A document of paragraphs; its first paragraph is the headline."""
    segments, start = [], 0
    for position, paragraph in enumerate(paragraphs):
        end = start + len(paragraph)
        segments.append(
            Segment(
                position=position, kind="paragraph" if position else "headline", start=start, end=end, speaker=speaker
            )
        )
        start = end + 1
    return Document(
        id=hash_id("document", key),
        source_id=source_id,
        url=f"https://{source_id}.example/{key}",
        kind=kind,
        language=language,
        title=title or paragraphs[0],
        text="\n".join(paragraphs),
        segments=tuple(segments),
        outlet=outlet,
        published_at=published,
        published_precision="day",
        first_seen=NOW,
        file=f"{key}.html",
        links=links,
    )


def entity(
    kind: EntityKind, name: str, *aliases: str, owner: str = "", family: str = "", registered: bool = True
) -> Entity:
    """An entity of an invented world."""
    return Entity(
        id=entity_id(kind, name),
        kind=kind,
        name=name,
        aliases=aliases,
        owner=owner,
        family=family,
        status="registered" if registered else "proposed",
    )


def claim(
    on: Document,
    segment: int,
    subject: Entity | str,
    predicate: str,
    obj: Entity | str = "",
    *,
    speaker: Entity | None = None,
    when: tuple[str | None, str | None] | None = None,
    quantity: Quantity | None = None,
    **fields: Any,
) -> Claim:
    """A claim whose evidence is a whole segment of `on`."""
    place = on.segments[segment]
    subject_id, subject_text = (None, subject) if isinstance(subject, str) else (subject.id, subject.name)
    object_id, object_text = (None, obj) if isinstance(obj, str) else (obj.id, obj.name)
    return Claim(
        segment=segment,
        start=place.start,
        end=place.end,
        evidence=on.text[place.start : place.end],
        subject_id=subject_id,
        subject_text=subject_text,
        predicate=predicate,
        object_id=object_id,
        object_text=object_text,
        speaker_id=speaker.id if speaker else None,
        speaker_text=speaker.name if speaker else "",
        when=DateRange(*when) if when else None,
        quantity=quantity,
        **fields,
    )


def extraction(
    on: Document, *claims: Claim, entities: tuple[Entity, ...] = (), extractor: str = "test/1"
) -> Extraction:
    """What was read out of a document."""
    return Extraction(
        document_id=on.id,
        text_sha256=text_hash(on.text),
        extractor=extractor,
        depth="full",
        entities=entities,
        mentions=(),
        dates=(),
        claims=claims,
    )


def store(path: Path, *entities: Entity, sources: tuple[Source, ...] = ()) -> Database:
    """A store with two sources and a registry."""
    db = open_store(path / "knowledge.db")
    save_sources(db, [source(), source("Inland Gazette"), *sources])
    sync_entities(db, entities)
    return db


def put(db: Database, on: Document, *claims: Claim, entities: tuple[Entity, ...] = ()) -> list[str]:
    """Store a document with its claims; returns the claims' ids."""
    save_document(db, on, NOW)
    save_extraction(db, extraction(on, *claims, entities=entities), NOW)
    return [
        row[0] for row in db.conn.execute('SELECT id FROM claims WHERE document_id = ? ORDER BY "start", id', (on.id,))
    ]
