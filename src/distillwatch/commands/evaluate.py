"""`evaluate`: the whole pipeline over a labelled set, scored, and held against the pinned floor where there is one."""

from __future__ import annotations

from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated

import typer
from sqlite_utils import Database

from distillwatch.commands.collect import collect_stage
from distillwatch.commands.compare import compare_stage
from distillwatch.commands.context import Context, writing
from distillwatch.commands.extract import extract_stage
from distillwatch.commands.link import link_stage
from distillwatch.errors import InputMissing

if TYPE_CHECKING:
    from distillwatch.graph.evaluate import Scores
    from distillwatch.graph.labels import Labels


def register(app: typer.Typer) -> None:
    """Add the command."""

    @app.command()
    def evaluate(
        context: typer.Context,
        folder: Annotated[Path, typer.Argument(metavar="DIR", help="A labelled set: gold.jsonl, pairs.jsonl, pages/.")],
        errors: Annotated[int, typer.Option(help="Print that many mistakes of each sort.")] = 0,
        from_gold_claims: Annotated[
            bool, typer.Option("--from-gold-claims", help="Link and compare the labels' own claims.")
        ] = False,
        raise_floor: Annotated[bool, typer.Option("--raise-floor", help="Pin what was reached, where higher.")] = False,
        lower_floor: Annotated[bool, typer.Option("--lower-floor", help="Pin what was reached, also if less.")] = False,
    ) -> None:
        """Run the whole pipeline over a labelled set and score what it found."""
        from distillwatch.graph.evaluate import as_json, table

        folder = folder.resolve()  # what lies beside it is asked for, also of "."
        scores = score(context.obj, folder, from_gold_claims=from_gold_claims)
        context.obj.summary["scores"] = as_json(scores)
        if not context.obj.as_json:
            print(table(scores, errors=errors))
        if not from_gold_claims:
            hold_floor(context.obj, folder, scores, raise_floor=raise_floor, lower_floor=lower_floor)
        context.obj.finish()


def score(context: Context, folder: Path, *, from_gold_claims: bool = False, registry: Path | None = None) -> Scores:
    """Read the set's pages in a home of their own that is thrown away afterwards, and score what came out.

    A set without `pages` beside a newsroom (the sample's) is crawled. `registry` is a topic folder that the pages are
    read with in the place of the set's own; names are scored by the set's own all the same. Raises InputMissing when
    there are neither pages nor a newsroom.
    """
    from distillwatch.graph.evaluate import evaluate
    from distillwatch.graph.found_labels import found_labels
    from distillwatch.graph.labels import read_labels
    from distillwatch.graph.scores.known_names import from_tables

    gold = read_labels(folder)
    pages, newsroom = folder / "pages", folder.parent / "newsroom"
    if not pages.is_dir() and not newsroom.is_dir():
        raise InputMissing(f"{folder}: the set has no pages/ folder, and no newsroom stands beside it")
    crawled = not pages.is_dir()
    with TemporaryDirectory(prefix="distillwatch-") as home:
        topic = folder.parent if crawled else context.topic_folder
        inner = Context(Path(home), registry or topic, as_json=True, clock=context.clock)
        with writing(inner, "evaluate") as db:
            collect_stage(inner, db, files=() if crawled else (pages,), sample=crawled)
            if from_gold_claims:
                store_gold(inner, db, gold)
            else:
                extract_stage(inner, db)
            link_stage(inner, db)
            compare_stage(inner, db)
            found = found_labels(db)
        context.losses += inner.losses
        tables = [topic / "entities.tsv", *sorted(folder.glob("entities*.tsv"))]
        return evaluate(gold, found, from_tables(tables))


def store_gold(context: Context, db: Database, gold: Labels) -> None:
    """Put the labels' own claims in the place of extraction, to tell errors of the rules from errors of reading."""
    from distillwatch.graph.labelled_store import store_labels
    from distillwatch.graph.names import NameIndex, legal_forms
    from distillwatch.graph.store import load_documents, sync_entities

    sync_entities(db, context.topic.entities)
    known = {key: d for d in load_documents(db) for key in (d.url.rstrip("/"), PurePosixPath(d.file).stem) if key}
    documents = {
        page.id: document
        for page in gold.pages
        if (document := known.get((page.url or "").rstrip("/")) or known.get(page.id)) is not None
    }
    present = type(gold)(tuple(p for p in gold.pages if p.id in documents), gold.pairs, gold.groups)
    names = NameIndex(context.topic.entities, legal_forms(context.topic.vocabulary))
    store_labels(db, present, documents, names, context.now)


def hold_floor(context: Context, folder: Path, scores: Scores, *, raise_floor: bool, lower_floor: bool) -> None:
    """Write the floor if asked to, else say every score that fell under it; a set without a floor is only measured."""
    from distillwatch.graph.floor import below, labels_digest, lowered, measured, raised, read_floor, write_floor

    file, reached, digest = folder.parent / "floor.toml", measured(scores), labels_digest(folder)
    if lower_floor or raise_floor:
        pinned = read_floor(file) if file.exists() else None
        write_floor(file, lowered(reached, digest) if lower_floor else raised(pinned, reached, digest))
        context.say(f"wrote {file}")
    elif file.exists():
        for line in below(read_floor(file), reached, digest):
            context.lost(line)
