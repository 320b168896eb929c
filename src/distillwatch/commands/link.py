"""`link`: entities, copies, incidents and propositions out of the claims."""

from __future__ import annotations

import msgspec
import typer
from sqlite_utils import Database

from distillwatch.commands.context import Context, writing


def register(app: typer.Typer) -> None:
    """Add the command."""

    @app.command()
    def link(context: typer.Context) -> None:
        """Join documents and claims into incidents, copies and propositions."""
        with writing(context.obj, "link") as db:
            link_stage(context.obj, db)
        context.obj.finish()


def link_stage(context: Context, db: Database) -> None:
    """Link what changed since the last time."""
    from distillwatch.graph.link import link as link_store

    report = link_store(db, context.topic, context.now)
    context.record("link", msgspec.to_builtins(report))
