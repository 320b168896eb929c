"""`publish`: pages and database as one snapshot that readers see whole or not at all."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import msgspec
import typer
from sqlite_utils import Database

from distillwatch.commands.context import Context, reading, settle_topic, writing
from distillwatch.errors import InputMissing
from distillwatch.workers import processors


def register(app: typer.Typer) -> None:
    """Add the command."""

    @app.command()
    def publish(
        context: typer.Context,
        as_of: Annotated[
            str,
            typer.Option(metavar="DAY", help="As it was known at the end of a day such as 2026-05-01. Give --to, too."),
        ] = "",
        to: Annotated[
            Path | None, typer.Option(help="Folder to publish into, instead of the one that readers see.")
        ] = None,
    ) -> None:
        """Build the site from the database and switch readers to it."""
        if as_of and to is None:
            raise InputMissing(
                "say with --to FOLDER where the site of an earlier day is to go; `serve --from` shows it"
            )
        if to is not None:
            _published_apart(context.obj, as_of, to)
        else:
            with writing(context.obj, "publish") as db:
                tell_changes(context.obj, db)
                publish_stage(context.obj)
        context.obj.finish()


def _published_apart(context: Context, as_of: str, to: Path) -> None:
    """Publish into a folder of its own; the database is only read."""
    with reading(context) as db:
        settle_topic(context, db)
    publish_stage(context, as_of, to)


def tell_changes(context: Context, db: Database) -> None:
    """Record what this publication shows for the first time, also what stages or broken-off runs before it changed."""
    from distillwatch.graph.changes import save_changes

    save_changes(db, context.summary["run"])


def publish_stage(context: Context, as_of: str = "", to: Path | None = None) -> None:
    """Publish what stands in the database, or stood in it on a day, for readers or into a folder of its own."""
    from distillwatch.site.build import publish as publish_site

    place = to or context.home.public
    report = publish_site(context.home.database, place, context.topic, context.now, as_of, processors())
    context.record("publish", msgspec.to_builtins(report))
    for link in report.dead_links:
        context.lost(f"dead link inside the site: {link}")
