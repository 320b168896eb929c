"""The store as collecting sees it: each response, and the document read from it, in one transaction."""

from __future__ import annotations

import msgspec
from sqlite_utils import Database

from distillwatch.crawlers.sink import Stored
from distillwatch.graph.connection import transaction
from distillwatch.graph.documents import save_document
from distillwatch.graph.runs import save_issue
from distillwatch.graph.sources import save_capture
from distillwatch.records import Capture, Document, Issue

_COLUMNS = ", ".join(Capture.__struct_fields__)


class StoreSink:
    """Implements `distillwatch.crawlers.sink.Sink` over an open store. Issues are kept under `run_id`."""

    def __init__(self, db: Database, run_id: str | None = None) -> None:
        self._db = db
        self._run_id = run_id

    def last_capture(self, url: str) -> Capture | None:
        """The latest answer with a body for an address as it was asked for."""
        row = self._db.conn.execute(
            f"SELECT {_COLUMNS} FROM captures WHERE url = ? AND sha256 != '' AND (status = 200 OR status IS NULL) "
            "ORDER BY fetched_at DESC, rowid DESC LIMIT 1",
            (url,),
        ).fetchone()
        if row is None:
            return None
        fields = dict(zip(Capture.__struct_fields__, row, strict=True))
        return msgspec.convert({k: v for k, v in fields.items() if v is not None}, Capture)

    def store(self, capture: Capture, document: Document | None) -> Stored:
        """Keep the response and the document in one transaction."""
        with transaction(self._db):
            self._db.conn.execute(  # a source that is in no table: files given by hand
                "INSERT OR IGNORE INTO sources (id, name, kind, url, tier) VALUES (?1, ?1, 'files', '', 'press')",
                (capture.source_id,),
            )
            save_capture(self._db, capture)
            if document is not None:
                return save_document(self._db, document, capture.fetched_at)
            if capture.status == 304:
                self._seen_again(capture)
        return "unchanged"

    def issue(self, issue: Issue) -> None:
        """Keep something that was lost or doubtful."""
        save_issue(self._db, issue, self._run_id)

    def _seen_again(self, capture: Capture) -> None:
        """The documents that were read from this address are still there, as they were."""
        self._db.conn.execute(
            """UPDATE documents SET last_seen = max(last_seen, ?) WHERE id IN (
                 SELECT r.document_id FROM revisions r JOIN captures c ON c.id = r.capture_id WHERE c.url = ?)""",
            (capture.fetched_at, capture.url),
        )
