"""What the extractor read out of a document: mentions, dates, proposed entities and claims, in one transaction."""

from __future__ import annotations

import sqlite3
from collections import Counter
from typing import Any

import msgspec
from sqlite_utils import Database

from distillwatch.errors import ReferenceMissing
from distillwatch.graph import search
from distillwatch.graph.connection import transaction
from distillwatch.graph.documents import segment_id
from distillwatch.graph.edits import record_changes
from distillwatch.graph.entities import save_proposed
from distillwatch.graph.rows import replace_all, touch, upsert
from distillwatch.graph.work import mark_done
from distillwatch.ids import hash_id
from distillwatch.records import Claim, Extraction

STAGE = "extract"
EARLIER = "extract_earlier"  # the same of a revision that is not the current one, by its id


def save_extraction(db: Database, extraction: Extraction, now: str, *, stage_version: str = "") -> int:
    """Store an extraction and return how many of its claims are new.

    Claims of an older revision or extractor that are not made again stay with `current` = 0. `stage_version` is what
    `work.documents_to_do` compares (default: the extractor's version); names depend on the registry: add its hash.
    Raises ReferenceMissing for a text that is no revision of a stored document, and for an entity that nobody
    registered or proposed.
    """
    document_id, sha = extraction.document_id, extraction.text_sha256
    row = db.conn.execute(
        "SELECT r.id, r.id = d.revision_id, d.content_sha256, d.url FROM revisions r "
        "JOIN documents d ON d.id = r.document_id WHERE d.id = ? AND r.text_sha256 = ?",
        (document_id, sha),
    ).fetchone()
    if row is None:
        raise ReferenceMissing(
            f"document {document_id!r} has no revision with the text {sha[:12]}; store the document first"
        )
    revision_id, is_current, content, url = row
    try:
        with transaction(db):
            save_proposed(db, extraction.entities, now)
            ids = claim_ids(document_id, extraction.claims)
            new = _save_claims(db, extraction, dict(zip(ids, extraction.claims, strict=True)), revision_id, is_current)
            pairs = [{"revision_id": revision_id, "claim_id": key} for key in ids]
            replace_all(db, "revision_claims", pairs, ("revision_id", "claim_id"), "revision_id = ?", (revision_id,))
            version = stage_version or extraction.extractor
            if is_current:
                _save_spans(db, extraction, revision_id)
                db.conn.execute("UPDATE documents SET depth = ? WHERE id = ?", (extraction.depth, document_id))
                mark_done(db, STAGE, document_id, content, version, now)
            else:
                mark_done(db, EARLIER, revision_id, sha, version, now)
            record_changes(db, revision_id)
            touch(db)
    except sqlite3.IntegrityError as error:
        raise ReferenceMissing(
            f"{url}: the extraction names {', '.join(_unknown(db, extraction)) or 'a segment that is not there'}; "
            f"an entity must be registered or proposed: bring the registry into the store first [{error}]"
        ) from error
    return new


def claim_ids(document_id: str, claims: tuple[Claim, ...]) -> list[str]:
    """The ids of a document's claims: hashes of the sentence and what it says, so they survive edits elsewhere.

    A sentence that stands twice gives two claims; the second one's id holds its number.
    """
    seen: Counter[str] = Counter()
    ids = []
    for claim in claims:
        fields = msgspec.structs.replace(claim, segment=0, start=0, end=0, confidence=1.0)
        base = hash_id("claim", document_id, msgspec.json.encode(fields, order="sorted").decode())
        seen[base] += 1
        ids.append(base if seen[base] == 1 else hash_id(base, seen[base]))
    return ids


def _save_claims(
    db: Database, extraction: Extraction, claims: dict[str, Claim], revision_id: str, is_current: bool
) -> int:
    document_id = extraction.document_id
    stand = dict(db.conn.execute("SELECT id, current FROM claims WHERE document_id = ?", (document_id,)))
    rows = [
        {
            "id": key,
            "document_id": document_id,
            "revision_id": revision_id,
            "extractor": extraction.extractor,
            "current": int(is_current),
            **_claim_row(claim, revision_id),
        }
        for key, claim in claims.items()
    ]
    if is_current:
        gone = [key for key, current in stand.items() if current and key not in claims]
        db.conn.executemany("UPDATE claims SET current = 0 WHERE id = ?", [(key,) for key in gone])
        search.unindex(db, "claims", gone)
        upsert(db, "claims", rows)
        search.index(db, "claims", [(key, c.subject_text, c.evidence) for key, c in claims.items()])
    else:  # late work on an old revision adds what is missing and leaves the current claims alone
        upsert(db, "claims", [row for row in rows if row["id"] not in stand])
    return sum(key not in stand for key in claims)


def _unknown(db: Database, extraction: Extraction) -> list[str]:
    """Ids of entities that the extraction refers to and that are neither in the store nor proposed by it."""
    known = {row[0] for row in db.conn.execute("SELECT id FROM entities")} | {e.id for e in extraction.entities}
    sides = {key for c in extraction.claims for key in (c.subject_id, c.object_id, c.speaker_id)}
    named = {m.entity_id for m in extraction.mentions} | sides
    return sorted(repr(key) for key in named if key is not None and key not in known)


def _claim_row(claim: Claim, revision_id: str) -> dict[str, Any]:
    quantity, when = claim.quantity, claim.when
    return {
        "segment_id": segment_id(revision_id, claim.segment),
        "start": claim.start,
        "end": claim.end,
        "evidence": claim.evidence,
        "subject_id": claim.subject_id,
        "subject_text": claim.subject_text,
        "predicate": claim.predicate,
        "object_id": claim.object_id,
        "object_text": claim.object_text,
        "speaker_id": claim.speaker_id,
        "speaker_text": claim.speaker_text,
        "speaker_chain": msgspec.json.encode(claim.speaker_chain).decode(),
        "speech_act": claim.speech_act,
        "polarity": claim.polarity,
        "hedge": claim.hedge,
        "quantity_low": quantity and quantity.low,
        "quantity_high": quantity and quantity.high,
        "unit": quantity and quantity.unit,
        "approx": quantity and quantity.approx,
        "when_start": when and when.start,
        "when_end": when and when.end,
        "when_precision": when and when.precision,
        "evidence_class": claim.evidence_class,
        "confidence": claim.confidence,
        "qualifiers": msgspec.json.encode(claim.qualifiers, order="sorted").decode(),
    }


def _save_spans(db: Database, extraction: Extraction, revision_id: str) -> None:
    """Mentions and dates are views of the current text that nothing refers to: they are written anew."""
    document_id = extraction.document_id
    db.conn.execute("DELETE FROM mentions WHERE document_id = ?", (document_id,))
    db.conn.execute("DELETE FROM dates WHERE document_id = ?", (document_id,))
    upsert(
        db,
        "mentions",
        [
            {
                "id": hash_id("mention", document_id, m.start, m.end, m.kind, m.entity_id),
                "document_id": document_id,
                "revision_id": revision_id,
                "start": m.start,
                "end": m.end,
                "text": m.text,
                "kind": m.kind,
                "entity_id": m.entity_id,
                "score": m.score,
                "reason": m.reason,
            }
            for m in extraction.mentions
        ],
    )
    upsert(
        db,
        "dates",
        [
            {
                "id": hash_id("date", document_id, d.start, d.end, d.date.start, d.date.end),
                "document_id": document_id,
                "revision_id": revision_id,
                "start": d.start,
                "end": d.end,
                "text": d.text,
                "date_start": d.date.start,
                "date_end": d.date.end,
                "precision": d.date.precision,
                "anchor": d.anchor,
            }
            for d in extraction.dates
        ],
    )
