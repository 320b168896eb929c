"""`extract`: read names, dates and claims out of every document that has changed since it was last read."""

from __future__ import annotations

from itertools import chain

import typer
from sqlite_utils import Database

from distillwatch.commands.context import Context, writing
from distillwatch.errors import ReferenceMissing
from distillwatch.records import Entity, Issue
from distillwatch.workers import processors

WORTH_A_PROCESS = 60
"""Documents that take about as long to read as a worker takes to start and load the model."""


def register(app: typer.Typer) -> None:
    """Add the command."""

    @app.command()
    def extract(context: typer.Context) -> None:
        """Read names, dates and claims out of the stored documents."""
        with writing(context.obj, "extract") as db:
            extract_stage(context.obj, db)
        context.obj.finish()


def extract_stage(context: Context, db: Database) -> None:
    """Extract what is new. A document that cannot be read costs itself: it is named, and the rest goes on."""
    from distillwatch.graph.extractions import EARLIER
    from distillwatch.graph.store import (
        documents_to_do,
        load_documents,
        load_revision,
        revisions_to_do,
        save_extraction,
        save_issue,
        sync_entities,
    )
    from distillwatch.nlp.version import reader_version

    sync = sync_entities(db, context.topic.entities)
    version = reader_version(context.topic)
    elsewhere = agreed_names(context, db, version)
    todo = documents_to_do(db, "extract", version)
    edited = revisions_to_do(db, EARLIER, version)  # what an edit did is told from the claims before it
    claims, failures = 0, []
    if todo or edited:
        from distillwatch.nlp.pool import read_all

        # A second process pays for loading the model only when there is work for it.
        processes = min(processors(), 1 + (len(todo) + len(edited)) // WORTH_A_PROCESS)
        texts = chain((load_revision(db, revision) for revision in edited), load_documents(db, todo))
        readings = read_all(texts, context.topic.folder, processes=processes, elsewhere=elsewhere)
        for reading in context.progress(readings, "extracting", len(todo) + len(edited)):
            try:
                if reading.extraction is not None:
                    claims += save_extraction(db, reading.extraction, context.now, stage_version=version)
                    continue
                error = reading.error
            except ReferenceMissing as broken:  # a full disk ends the run: no other document fares better
                error = str(broken)
            failures.append((reading.document_id, error))
    for document_id, error in failures:
        url, source = db.conn.execute("SELECT url, source_id FROM documents WHERE id = ?", (document_id,)).fetchone()
        lost = Issue(stage="extract", source_id=source, level="error", code="extract", message=error, url=url)
        save_issue(db, lost, context.summary["run"])
        context.lost(f"{url} could not be read: {error}")
    figures: dict[str, object] = {"documents": len(todo), "new_claims": claims, "failed": len(failures)}
    if sync.retired:
        figures["retired_names"] = len(sync.retired)
    context.record("extract", figures)
    if todo and claims == 0 and db.table("claims").count == 0:
        context.lost(f"{len(todo)} documents gave not one claim; is --topic the right one?")


def agreed_names(context: Context, db: Database, version: str) -> list[Entity]:
    """The unregistered names that texts of two sources agree on, after a first look at what is new.

    Each text proposes by itself, so the outcome does not depend on the order in which texts came.
    """
    from distillwatch.graph.proposals import STAGE, agree, load_agreed, save_proposals, settled
    from distillwatch.graph.store import documents_to_do, load_documents

    new = documents_to_do(db, STAGE, version)
    if new:
        from distillwatch.nlp.proposals import propose

        for document_id, entities in propose(load_documents(db, new), context.topic.folder):
            save_proposals(db, document_id, entities, context.now, stage_version=version)
    return load_agreed(db) if settled(db) else agree(db)
