"""Fingerprints and credit lines of every text, kept in the store and made anew only where the text changed."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

import msgspec
from msgspec import Struct
from sqlite_utils import Database

from distillwatch.graph import shingles
from distillwatch.graph.credits import Credit, Cues
from distillwatch.graph.rows import upsert
from distillwatch.graph.shingles import Hashes
from distillwatch.graph.translations import figures
from distillwatch.ids import text_hash
from distillwatch.topic import Vocabulary

_VERSION = "figures 2"  # raised when anything that is kept is made differently


class Signature(Struct, frozen=True):
    """What is kept of a document's text."""

    document_id: str
    text_sha256: str
    size: int  # different shingles
    sketch: Hashes
    credits: tuple[Credit, ...]
    figures: tuple[tuple[int, str], ...]  # offset and digits, in reading order


def refresh(db: Database, vocabulary: Vocabulary) -> int:
    """Make the missing and outdated signatures; returns how many."""
    lexicon = vocabulary.lexicon("credits")
    method = f"{shingles.METHOD}/{_VERSION}/{text_hash(msgspec.json.encode(lexicon).decode())[:8]}"
    cues = Cues(lexicon)
    stale = db.conn.execute(
        """SELECT d.id, d.text, d.text_sha256 FROM documents d LEFT JOIN signatures s ON s.document_id = d.id
           WHERE s.document_id IS NULL OR s.text_sha256 != d.text_sha256 OR s.method != ? ORDER BY d.id""",
        (method,),
    ).fetchall()
    rows = []
    for document_id, text, sha in stale:
        hashes = shingles.shingles(text)
        rows.append(
            {
                "document_id": document_id,
                "text_sha256": sha,
                "method": method,
                "shingles": len(hashes),
                "sketch": shingles.to_bytes(shingles.sketch(hashes)),
                "credits": msgspec.json.encode(cues.find(text.split("\n"))).decode(),
                "figures": msgspec.json.encode(list(figures(text))).decode(),
            }
        )
    upsert(db, "signatures", rows, ("document_id",))
    return len(rows)


def load(db: Database) -> dict[str, Signature]:
    """Every document's signature."""
    rows = db.conn.execute(
        "SELECT document_id, text_sha256, shingles, sketch, credits, figures FROM signatures ORDER BY document_id"
    )
    return {
        key: Signature(
            key,
            sha,
            size,
            shingles.from_bytes(sketch),
            msgspec.json.decode(lines, type=tuple[Credit, ...]),
            msgspec.json.decode(numbers, type=tuple[tuple[int, str], ...]),
        )
        for key, sha, size, sketch, lines, numbers in rows
    }


def overlaps(db: Database, pairs: Iterable[tuple[Signature, Signature]]) -> dict[tuple[str, str], int]:
    """Shingles in common of each pair, by their document ids; counted once and remembered by the texts' hashes."""
    known = {(a, b): n for a, b, n in db.conn.execute("SELECT text_a, text_b, shared FROM overlaps")}

    @lru_cache(maxsize=4096)
    def whole(document_id: str) -> Hashes:
        row = db.conn.execute("SELECT text FROM documents WHERE id = ?", (document_id,)).fetchone()
        return shingles.shingles(row[0])

    found, new = {}, []
    for one, other in pairs:
        a, b = sorted((one, other), key=lambda s: (s.text_sha256, s.document_id))
        key = (a.text_sha256, b.text_sha256)
        if key not in known:
            known[key] = shingles.shared(whole(a.document_id), whole(b.document_id))
            sizes = {"size_a": a.size, "size_b": b.size}
            new.append({"text_a": key[0], "text_b": key[1], "shared": known[key], **sizes})
        found[one.document_id, other.document_id] = known[key]
    upsert(db, "overlaps", new, ("text_a", "text_b"))
    return found
