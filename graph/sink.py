"""The store as collecting sees it: each response, and the document read from it, in one transaction."""

from __future__ import annotations

from typing import NamedTuple

import msgspec
from sqlite_utils import Database

from distillwatch.crawlers.hosts import Closure
from distillwatch.crawlers.sink import Stored, Visits
from distillwatch.crawlers.substance import substance
from distillwatch.graph.connection import transaction
from distillwatch.graph.documents import load_document, save_document, save_document_before
from distillwatch.graph.rows import touch, upsert
from distillwatch.graph.runs import save_issue
from distillwatch.ids import text_hash
from distillwatch.records import Capture, Document, Issue

_COLUMNS = ", ".join(Capture.__struct_fields__)
_READ_FROM = """
SELECT d.id, d.url, d.text_sha256, d.title, d.gone_at, d.last_seen FROM captures c
JOIN revisions r ON r.capture_id = c.id JOIN documents d ON d.id = r.document_id
WHERE c.url = ? GROUP BY d.id ORDER BY max(c.fetched_at) DESC"""

_DUE = """
WITH old AS (
  SELECT revision_id, max(1.0, (julianday(:now) - julianday(first_seen)) / 2) AS pause FROM documents
  WHERE source_id = :source
    AND julianday(:now) - julianday(last_seen) >= max(1.0, (julianday(:now) - julianday(first_seen)) / 2)),
due AS (
  SELECT c.url, pause, (SELECT max(x.fetched_at) FROM captures x WHERE x.url = c.url) AS asked
  FROM old JOIN revisions r ON r.id = revision_id JOIN captures c ON c.id = r.capture_id WHERE c.url LIKE 'http%')
SELECT DISTINCT url FROM due WHERE julianday(:now) - julianday(asked) >= pause ORDER BY asked, url LIMIT :most"""

_BEGUN = 20  # characters of a line that breaks off
_WORTH = 800  # characters: of a shorter text the beginning is too little to tell a teaser from an edit


def cut_short(before: str, after: str) -> bool:
    """Whether a text is the beginning of an earlier one and less than half of it: a teaser in its place.

    The last line of a teaser may break off and end in dots, and a line that asks for a subscription may follow it.
    """
    old, new = before.split("\n"), [line for line in after.split("\n") if line]
    if len(before) < _WORTH or 2 * len(after) >= len(before) or len(new) < 2:
        return False
    same = next((n for n, line in enumerate(new) if n >= len(old) or line != old[n]), len(new))
    rest = new[same:]
    if rest and same < len(old):
        begun = rest[0].rstrip(" .…[]")
        rest = rest[1:] if len(begun) >= _BEGUN and old[same].startswith(begun) else rest
    return same >= 1 and len(rest) <= 1 and sum(map(len, rest)) < len(after) / 4


class _Stand(NamedTuple):
    """What stands of a document: its text, when it was last seen and found gone, the hash of the page it is from."""

    text: str
    last_seen: str
    gone_at: str | None
    sha256: str | None


class StoreSink:
    """Implements `distillwatch.crawlers.sink.Sink` over an open store. Issues are kept under `run_id`."""

    def __init__(self, db: Database, run_id: str | None = None) -> None:
        self._db = db
        self._run_id = run_id
        self._sources = {row[0] for row in db.conn.execute("SELECT id FROM sources")}
        begun = db.conn.execute("SELECT started_at FROM runs WHERE id = ?", (run_id,)).fetchone()
        self._begun = str(begun[0]) if begun else ""

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

    def visits(self, url: str) -> Visits | None:
        """When an address was first and last asked for."""
        row = self._db.conn.execute(
            "SELECT min(fetched_at) OVER (), fetched_at, error FROM captures WHERE url = ? "
            "ORDER BY fetched_at DESC, rowid DESC LIMIT 1",
            (url,),
        ).fetchone()
        return Visits(row[0], row[1], row[2] or "") if row else None

    def standing(self, url: str) -> Document | None:
        """The document of an address as it stands."""
        row = self._db.conn.execute("SELECT id FROM documents WHERE url = ?", (url,)).fetchone()
        return load_document(self._db, row[0]) if row else None

    def store(self, capture: Capture, document: Document | None, *, gone: bool = False) -> Stored:
        """Keep the response and the document in one transaction."""
        with transaction(self._db):
            if capture.source_id not in self._sources:  # a source that is in no table: files given by hand
                self._db.conn.execute(
                    "INSERT OR IGNORE INTO sources (id, name, kind, url, tier) VALUES (?1, ?1, 'files', '', 'press')",
                    (capture.source_id,),
                )
            upsert(self._db, "captures", [msgspec.structs.asdict(capture)])
            if document is not None:
                document, stand = self._known(capture.url, document)
                # The page as it came before: another text is then the parser's doing.
                same_page = stand is not None and stand.sha256 == capture.sha256
                if stand is not None and self._is_past(capture, stand.last_seen):
                    if same_page:
                        return save_document(self._db, document, stand.last_seen, same_page=True)
                    return save_document_before(self._db, document, capture.fetched_at)
                if stand is not None and stand.gone_at is not None:
                    self._db.conn.execute("UPDATE documents SET gone_at = NULL WHERE id = ?", (document.id,))
                if stand is not None and cut_short(stand.text, document.text):
                    cut = msgspec.structs.replace(capture, error="truncated")
                    upsert(self._db, "captures", [msgspec.structs.asdict(cut)])
                    return "truncated"
                if stand is not None and not same_page and self._is_untouched(document, stand.text):
                    self._db.conn.execute(
                        "UPDATE documents SET last_seen = max(last_seen, ?) WHERE id = ?",
                        (capture.fetched_at, document.id),
                    )
                    return "unchanged"
                return save_document(self._db, document, capture.fetched_at, same_page=same_page)
            if capture.status == 304:
                self._seen_again(capture)
            elif gone and self._mark_gone(capture):
                return "gone"
        return "unchanged"

    def due_again(self, source_id: str, now: str, most: int) -> list[str]:
        """Addresses of documents to be looked at again. `last_seen` is asked first: no look at the captures of most."""
        rows = self._db.conn.execute(
            _DUE,
            {"source": source_id, "now": now, "most": most},
        )
        return [url for (url,) in rows]

    def closed_hosts(self) -> list[Closure]:
        """The hosts that were closed."""
        rows = self._db.conn.execute("SELECT host, closed_until, closures, reason FROM hosts ORDER BY host")
        return [Closure(host=host, until=until, closures=count, reason=reason) for host, until, count, reason in rows]

    def close_host(self, closure: Closure, now: str) -> None:
        """Remember that a host is left alone."""
        row = {
            "host": closure.host,
            "closed_until": closure.until,
            "closures": closure.closures,
            "reason": closure.reason,
            "noted_at": now,
        }
        with transaction(self._db):
            upsert(self._db, "hosts", [row], ("host",))

    def open_host(self, host: str) -> None:
        """Forget that a host was closed."""
        with transaction(self._db):
            self._db.conn.execute("DELETE FROM hosts WHERE host = ?", (host,))

    def _known(self, asked: str, document: Document) -> tuple[Document, _Stand | None]:
        """The document under the address that it was first read from, where the page has moved since; what stands.

        A page has moved when its old address now gives, under a new one, the same text or the same title.
        """
        stand = self._stand(document.id)
        before = None if stand else self._db.conn.execute(f"{_READ_FROM} LIMIT 1", (asked,)).fetchone()
        if before is None or not (
            before[2] == text_hash(document.text) or (document.title and before[3] == document.title)
        ):
            return document, stand
        return msgspec.structs.replace(document, id=before[0], url=before[1]), self._stand(before[0])

    def _is_untouched(self, document: Document, text: str) -> bool:
        """Whether another text differs from the one that stands only in what changes by itself: clocks and counters."""
        if document.text == text:
            return False  # a change of something else than the text is written in place
        before = load_document(self._db, document.id)
        return (before.title, before.byline, before.published_at) == (
            document.title,
            document.byline,
            document.published_at,
        ) and substance(before) == substance(document)

    def _is_past(self, capture: Capture, last_seen: str) -> bool:
        """Whether a response is from before a document was last seen: of an old archive. What this run fetched is news,
        whatever the clock said in earlier runs.
        """
        return capture.fetched_at < last_seen and not (self._begun and capture.fetched_at >= self._begun)

    def _stand(self, document_id: str) -> _Stand | None:
        row = self._db.conn.execute(
            "SELECT d.text, d.last_seen, d.gone_at, c.sha256 FROM documents d "
            "LEFT JOIN revisions r ON r.id = d.revision_id LEFT JOIN captures c ON c.id = r.capture_id WHERE d.id = ?",
            (document_id,),
        ).fetchone()
        return _Stand(*row) if row else None

    def _mark_gone(self, capture: Capture) -> bool:
        """Mark the documents of an address that were not seen later; says whether there is one."""
        rows = self._db.conn.execute(_READ_FROM, (capture.url,)).fetchall()
        found = [(row[0], row[4]) for row in rows if not self._is_past(capture, row[5])]
        for document_id, gone_at in found:
            if gone_at is None:
                self._db.conn.execute(
                    "UPDATE documents SET gone_at = ? WHERE id = ?", (capture.fetched_at, document_id)
                )
                touch(self._db)
        return bool(found)

    def issue(self, issue: Issue) -> None:
        """Keep something that was lost or doubtful."""
        save_issue(self._db, issue, self._run_id)

    def _seen_again(self, capture: Capture) -> None:
        """The documents that were read from this address are still there, as they were."""
        self._db.conn.execute(
            """UPDATE documents SET last_seen = max(last_seen, ?), gone_at = NULL WHERE id IN (
                 SELECT r.document_id FROM revisions r JOIN captures c ON c.id = r.capture_id WHERE c.url = ?)""",
            (capture.fetched_at, capture.url),
        )
