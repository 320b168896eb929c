"""`publish`: pages and database as one snapshot that readers see whole or not at all."""

from __future__ import annotations

import msgspec
import typer

from distillwatch.commands.context import Context, writing


def register(app: typer.Typer) -> None:
    """Add the command."""

    @app.command()
    def publish(context: typer.Context) -> None:
        """Build the site from the database and switch readers to it."""
        with writing(context.obj, "publish"):
            publish_stage(context.obj)
        context.obj.finish()


def publish_stage(context: Context) -> None:
    """Publish what stands in the database."""
    from distillwatch.site.build import publish as publish_site

    report = publish_site(context.home.database, context.home.public, context.topic, context.now)
    context.record("publish", msgspec.to_builtins(report))
    for link in report.dead_links:
        context.lost(f"dead link inside the site: {link}")
