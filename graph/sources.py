"""Sources and captures: where coverage comes from, and every response as it came."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec
from sqlite_utils import Database

from distillwatch.graph import search
from distillwatch.graph.connection import transaction
from distillwatch.graph.rows import upsert
from distillwatch.records import Capture, Source

_COLUMNS = ("id", "name", "kind", "url", "homepage", "country", "language", "owner", "tier", "interval_hours")


def save_sources(db: Database, sources: Iterable[Source]) -> None:
    """Bring the rows of the topic's sources up to date; one that left the topic keeps its row and documents."""
    rows = [{column: getattr(source, column) for column in _COLUMNS} for source in sources]
    with transaction(db):
        upsert(db, "sources", rows)
        search.index(db, "sources", [(r["id"], r["name"], f"{r['homepage']} {r['owner']}".strip()) for r in rows])


def load_sources(db: Database) -> dict[str, Source]:
    """Every source by id, also those that left the topic (without their options and kind of document)."""
    rows = db.conn.execute(f"SELECT {', '.join(_COLUMNS)} FROM sources ORDER BY id")
    known = ({k: v for k, v in zip(_COLUMNS, row, strict=True) if v is not None} for row in rows)
    return {row["id"]: msgspec.convert(row, Source) for row in known}


def save_capture(db: Database, capture: Capture) -> None:
    """Keep one response; the same response saved twice is one row."""
    with transaction(db):
        upsert(db, "captures", [msgspec.structs.asdict(capture)])


def capture_of(db: Database, capture_id: str) -> Capture:
    """One response by its id."""
    names = Capture.__struct_fields__
    row = db.conn.execute(f"SELECT {', '.join(names)} FROM captures WHERE id = ?", (capture_id,)).fetchone()
    return msgspec.convert({k: v for k, v in zip(names, row, strict=True) if v is not None}, Capture)
