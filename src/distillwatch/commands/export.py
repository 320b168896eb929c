"""`export`: what the knowledge base holds, in a format that others read."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from distillwatch.commands.context import reading
from distillwatch.errors import InputMissing


def register(app: typer.Typer) -> None:
    """Add the command."""

    @app.command()
    def export(
        context: typer.Context,
        format_name: Annotated[
            str, typer.Argument(metavar="FORMAT", help="labels, csv, jsonl, parquet, graphml, gexf, jsonld")
        ],
        output: Annotated[Path, typer.Argument(metavar="OUT", help="File, or folder for labels, csv and parquet.")],
    ) -> None:
        """Write the knowledge base in another format."""
        from distillwatch.graph.exports import formats

        known = formats()
        if format_name not in known:
            raise InputMissing(f"no export format {format_name!r}; there are {', '.join(sorted(known))}")
        with reading(context.obj) as db:
            written = known[format_name](db, output)
        context.obj.record("export", {"format": format_name, "rows": written, "to": str(output)})
        context.obj.finish()
