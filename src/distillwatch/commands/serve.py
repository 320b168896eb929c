"""`serve`: the published snapshot, site and Datasette on one port."""

from __future__ import annotations

from typing import Annotated

import typer

from distillwatch.errors import InputMissing


def register(app: typer.Typer) -> None:
    """Add the command."""

    @app.command()
    def serve(
        context: typer.Context,
        host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
        port: Annotated[int, typer.Option(help="Port to listen on; 0 takes a free one.")] = 8001,
    ) -> None:
        """Serve the published site and Datasette, and print the address."""
        public = context.obj.home.public
        if not (public / "knowledge.db").exists():
            raise InputMissing(f"{public}: nothing is published yet; run `distillwatch run` first")
        from distillwatch.site.serve import serve as serve_public

        serve_public(public, host, port)
