"""`parse`: read the archived pages again, without the network, when the parser or the topic filter has changed."""

from __future__ import annotations

from typing import Annotated

import msgspec
import typer
from sqlite_utils import Database

from distillwatch.commands.context import Context, writing
from distillwatch.records import Source

LeftOut = Annotated[bool, typer.Option("--left-out", help="Judge pages again that were left out as off the topic.")]


def register(app: typer.Typer) -> None:
    """Add the command."""

    @app.command()
    def parse(context: typer.Context, left_out: LeftOut = False) -> None:
        """Read the archived pages again with the present parser; no network is used."""
        with writing(context.obj, "parse") as db:
            parse_stage(context.obj, db, say=True)
            if left_out:
                judge_again(context.obj, db)
        context.obj.finish()


def parse_stage(context: Context, db: Database, *, say: bool = False) -> None:
    """Read the documents again that an older parser read. Where there are none, that is told only if `say`."""
    from distillwatch.crawlers.again import parse_again
    from distillwatch.crawlers.errors import ArchiveDamaged
    from distillwatch.crawlers.parse import PARSER
    from distillwatch.graph.parsed_again import finish_parsing, save_parsed_again, to_parse

    sources, listed = _sources(context, db), {source.id for source in context.topic.sources}
    counts = {"read_again": 0, "changed": 0}
    for old, capture in to_parse(db, PARSER):
        source = sources[old.source_id]
        if source.id not in listed and source.kind != "files":  # the store does not remember what its pages are
            source = msgspec.structs.replace(source, document_kind=old.kind)
        try:
            new, reason = parse_again(capture, source, context.home.archive, file=old.file)
        except ArchiveDamaged as error:
            new, reason = None, str(error)
        if new is None:
            context.lost(f"{old.url} stays as it was read before: {reason}")
        saved = save_parsed_again(db, old, new, PARSER, context.now)
        counts["read_again"] += 1
        counts["changed"] += saved != "unchanged"
    finish_parsing(db, PARSER)
    if counts["read_again"] or say:
        context.record("parse", dict(counts))


def judge_again(context: Context, db: Database) -> None:
    """Keep the pages that were left out and that the topic's table keeps now."""
    from distillwatch.crawlers.again import parse_again
    from distillwatch.crawlers.errors import ArchiveDamaged
    from distillwatch.crawlers.relevance import load_relevance
    from distillwatch.graph.documents import save_document
    from distillwatch.graph.parsed_again import left_out
    from distillwatch.graph.sources import save_capture

    sources, relevance = _sources(context, db), load_relevance(context.topic)
    judged = kept = 0
    for capture in left_out(db):
        judged += 1
        try:
            document, _ = parse_again(capture, sources[capture.source_id], context.home.archive, relevance=relevance)
        except ArchiveDamaged as error:
            context.lost(str(error))
            continue
        if document is not None:
            save_document(db, document, capture.fetched_at)
            save_capture(db, msgspec.structs.replace(capture, error=""))
            kept += 1
    context.record("judge", {"left_out_before": judged, "kept_now": kept})


def _sources(context: Context, db: Database) -> dict[str, Source]:
    """Every source by id: as the topic has it, or as the store remembers it."""
    from distillwatch.graph.sources import load_sources

    return {**load_sources(db), **{source.id: source for source in context.topic.sources}}
