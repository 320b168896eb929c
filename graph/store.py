"""The knowledge base as one SQLite file: open it, write records to it, read them back."""

from __future__ import annotations

from pathlib import Path

from sqlite_utils import Database

from distillwatch.errors import InputMissing, StoreUnusable
from distillwatch.graph.changes import save_changes
from distillwatch.graph.connection import connect, explained, transaction
from distillwatch.graph.documents import content_hash, load_document, load_documents, load_revision, save_document
from distillwatch.graph.entities import load_entities, sync_entities
from distillwatch.graph.extractions import save_extraction
from distillwatch.graph.migrations import MIGRATIONS, newer
from distillwatch.graph.runs import finish_run, load_issues, record_sources, save_issue, start_run
from distillwatch.graph.sources import load_sources, save_capture, save_sources
from distillwatch.graph.work import documents_to_do, is_done, mark_done, revisions_to_do

__all__ = [
    "content_hash",
    "documents_to_do",
    "finish_run",
    "is_done",
    "load_document",
    "load_documents",
    "load_entities",
    "load_issues",
    "load_revision",
    "load_sources",
    "mark_done",
    "open_store",
    "record_sources",
    "revisions_to_do",
    "save_capture",
    "save_changes",
    "save_document",
    "save_extraction",
    "save_issue",
    "save_sources",
    "start_run",
    "sync_entities",
    "transaction",
]


def open_store(path: Path, *, readonly: bool = False) -> Database:
    """The database at `path`, made if need be and brought to the present schema.

    `readonly` opens an existing file without changing it. Raises InputMissing when there is none, StoreUnusable when
    the file is no database, is damaged or locked, or was written by a newer version, or, if only to be read, by an
    older one.
    """
    if readonly and not path.exists():
        raise InputMissing(f"{path}: there is no database yet; run `distillwatch run` first")
    if not readonly:
        path.parent.mkdir(parents=True, exist_ok=True)
    with explained(str(path)):
        db = connect(path, readonly=readonly)
        unknown = newer(db)
        if unknown:
            raise StoreUnusable(
                f"{path}: was written by a newer distillwatch (schema step {unknown[-1]!r}); install that version"
            )
        pending = MIGRATIONS.pending(db)
        if readonly and pending:
            raise StoreUnusable(
                f"{path}: was written by an older distillwatch (schema step {pending[0].name!r} is missing); "
                "`distillwatch link` brings it up to date"
            )
        if pending:
            MIGRATIONS.apply(db)
    return db
