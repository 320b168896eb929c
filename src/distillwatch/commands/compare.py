"""`compare`: which claims cannot both be true, and why the others can."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import msgspec
import typer
from sqlite_utils import Database

from distillwatch.commands.context import Context, writing
from distillwatch.workers import processors


def register(app: typer.Typer) -> None:
    """Add the command."""

    @app.command()
    def compare(
        context: typer.Context,
        output: Annotated[Path | None, typer.Argument(help="With --claims: the file that verdicts go to.")] = None,
        claims: Annotated[
            Path | None, typer.Option(help="Compare the claims of this file instead of the database.")
        ] = None,
    ) -> None:
        """Compare claims and flag contradictions; with --claims FILE OUT, those of a file of structured claims."""
        if claims is not None:
            compare_file(context.obj, claims, output)
        elif output is not None:
            raise typer.BadParameter("OUT is only written with --claims FILE")
        else:
            with writing(context.obj, "compare") as db:
                compare_stage(context.obj, db)
        context.obj.finish()


def compare_stage(context: Context, db: Database) -> None:
    """Compare what changed since the last time."""
    from distillwatch.graph.compare import compare as compare_store

    report = compare_store(db, context.topic, context.now, processes=processors())
    context.record("compare", msgspec.to_builtins(report))


def compare_file(context: Context, claims: Path, output: Path | None) -> None:
    """Judge the claims of a `gold.jsonl`; without OUT the verdicts go to standard output."""
    from distillwatch.graph.claims_file import compare_claims

    rows = compare_claims(claims, context.topic)
    lines = "".join(msgspec.json.encode(row).decode() + "\n" for row in rows)
    if output is None:
        print(lines, end="")
        return
    output.write_text(lines, encoding="utf-8")
    counts: dict[str, int] = {}
    for row in rows:
        counts[row["label"]] = counts.get(row["label"], 0) + 1
    context.record("compare", {"pairs": len(rows), **counts})
