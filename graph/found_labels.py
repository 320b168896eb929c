"""What the system found, in the form of a labelled set: to be scored, or corrected by hand into labels."""

from __future__ import annotations

from collections import defaultdict

import msgspec
from sqlite_utils import Database

from distillwatch.graph.labels import (
    Groups,
    LabelledClaim,
    LabelledDate,
    LabelledEntity,
    LabelledPage,
    LabelledPair,
    LabelledQuantity,
    LabelledWhen,
    Labels,
)


def found_labels(db: Database) -> Labels:
    """All documents with canonical names, judged pairs as they stand (without flags that were dismissed or resolved),
    copies and incidents.
    """
    entities, dates, claims = _entities(db), _dates(db), _claims(db)
    rows = db.conn.execute(
        """SELECT d.id, d.url, coalesce(nullif(d.outlet, ''), s.name), d.kind, d.language, d.title, d.byline,
                  d.published_at, d.file FROM documents d JOIN sources s ON s.id = d.source_id ORDER BY d.id"""
    )
    pages = tuple(
        LabelledPage(
            id=key,
            url=url,
            outlet=outlet,
            kind=kind,
            lang=language,
            title=title,
            byline=byline or None,
            published=(published or "")[:10] or None,
            file=file or None,
            entities=tuple(entities[key]),
            dates=tuple(dates[key]),
            claims=tuple(claims[key]),
        )
        for key, url, outlet, kind, language, title, byline, published, file in rows
    )
    return Labels(pages=pages, pairs=_pairs(db), groups=Groups(copies=_copies(db), incidents=_incidents(db)))


def _entities(db: Database) -> dict[str, list[LabelledEntity]]:
    found: dict[str, list[LabelledEntity]] = defaultdict(list)
    for document_id, name, kind in db.conn.execute(
        # what claims are about belongs to a page where no word names it, too: a statement's "we" (no comment's "I")
        """WITH found AS (
             SELECT document_id, entity_id FROM mentions
             UNION SELECT k.document_id, s.id FROM claims k
             JOIN entities s ON s.id IN (k.subject_id, k.object_id) AND s.kind != 'person' WHERE k.current)
           SELECT DISTINCT f.document_id, c.name, c.kind FROM found f JOIN entities e ON e.id = f.entity_id
           JOIN entities c ON c.id = e.canonical_id ORDER BY f.document_id, c.kind, c.name"""
    ):
        found[document_id].append(LabelledEntity(name, kind))
    return found


def _dates(db: Database) -> dict[str, list[LabelledDate]]:
    found: dict[str, list[LabelledDate]] = defaultdict(list)
    for document_id, *fields in db.conn.execute(
        'SELECT document_id, text, date_start, date_end, precision FROM dates ORDER BY document_id, "start", "end"'
    ):
        if fields[1] or fields[2]:
            found[document_id].append(LabelledDate(*fields))
    return found


def _claims(db: Database) -> dict[str, list[LabelledClaim]]:
    found: dict[str, list[LabelledClaim]] = defaultdict(list)
    rows = db.query(
        """SELECT c.*, sc.name AS subject, oc.name AS object, pc.name AS speaker FROM claims c
           LEFT JOIN entities s ON s.id = c.subject_id LEFT JOIN entities sc ON sc.id = s.canonical_id
           LEFT JOIN entities o ON o.id = c.object_id LEFT JOIN entities oc ON oc.id = o.canonical_id
           LEFT JOIN entities p ON p.id = c.speaker_id LEFT JOIN entities pc ON pc.id = p.canonical_id
           WHERE c.current ORDER BY c.document_id, c."start", c.id"""
    )
    for row in rows:
        qualifiers = msgspec.json.decode(row["qualifiers"], type=dict[str, str])
        kept = {name: qualifiers[name] for name in qualifiers if name in LabelledClaim.__struct_fields__}
        when = LabelledWhen(row["when_start"], row["when_end"], row["when_precision"], qualifiers.get("event"))
        quantity = LabelledQuantity(row["quantity_low"], row["quantity_high"], row["unit"], row["approx"])
        found[row["document_id"]].append(
            LabelledClaim(
                id=row["id"],
                subject=row["subject"] or row["subject_text"] or None,
                predicate=row["predicate"],
                object=row["object"] or row["object_text"] or None,
                speaker=row["speaker"] or row["speaker_text"] or None,
                speech_act=row["speech_act"],
                polarity=row["polarity"],
                hedge=row["hedge"],
                quantity=quantity if row["unit"] is not None or row["approx"] is not None else None,
                when=when if row["when_start"] or row["when_end"] else None,
                evidence=row["evidence"],
                **kept,
            )
        )
    return found


def _pairs(db: Database) -> tuple[LabelledPair, ...]:
    rows = db.conn.execute(
        """SELECT a.document_id, a.id, b.document_id, b.id, m.verdict, m.kind, m.explanation, m.rule FROM comparisons m
           JOIN claims a ON a.id = m.claim_a JOIN claims b ON b.id = m.claim_b
           LEFT JOIN contradictions x ON x.comparison_id = m.id
           WHERE a.current AND b.current AND coalesce(x.status, '') NOT IN ('dismissed', 'resolved') ORDER BY m.id"""
    )
    return tuple(
        LabelledPair(a=(da, a), b=(db_, b), label=verdict, kind=kind, why=why, rule=rule)
        for da, a, db_, b, verdict, kind, why, rule in rows
    )


def _copies(db: Database) -> tuple[tuple[str, ...], ...]:
    groups: dict[str, list[str]] = defaultdict(list)
    for origin, document in db.conn.execute(
        """SELECT r.origin_id, r.document_id FROM document_origins r JOIN documents d ON d.id = r.document_id
           WHERE r.relation IN ('original', 'copy')
           ORDER BY r.origin_id, r.relation = 'copy', d.published_at, d.id"""
    ):
        groups[origin].append(document)
    return tuple(sorted(tuple(group) for group in groups.values() if len(group) > 1))


def _incidents(db: Database) -> dict[str, tuple[str, ...]]:
    groups: dict[str, list[str]] = defaultdict(list)
    for slug, document in db.conn.execute(
        """SELECT i.slug, r.document_id FROM incident_documents r JOIN incidents i ON i.id = r.incident_id
           WHERE r.role = 'main' AND i.moved_to IS NULL ORDER BY i.slug, r.document_id"""
    ):
        groups[slug].append(document)
    return {slug: tuple(documents) for slug, documents in groups.items()}
