"""`serve`: the published snapshot, site and Datasette on one port."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def register(app: typer.Typer) -> None:
    """Add the command."""

    @app.command()
    def serve(
        context: typer.Context,
        host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
        port: Annotated[int, typer.Option(min=0, max=65535, help="Port to listen on; 0 takes a free one.")] = 8001,
        folder: Annotated[
            Path | None, typer.Option("--from", help="A folder that `publish --to` wrote, instead of the home's.")
        ] = None,
    ) -> None:
        """Serve the published site and Datasette, and print the address."""
        from distillwatch.site.serve import serve as serve_public

        serve_public(folder or context.obj.home.public, host, port)
