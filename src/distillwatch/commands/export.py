"""`export`: what the knowledge base holds, in a format that others read."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from sqlite_utils import Database

from distillwatch.commands.context import Context, reading
from distillwatch.errors import InputMissing

if TYPE_CHECKING:
    from distillwatch.graph.network import Graph


def register(app: typer.Typer) -> None:
    """Add the command."""

    @app.command()
    def export(
        context: typer.Context,
        format_name: Annotated[
            str, typer.Argument(metavar="FORMAT", help="labels, csv, jsonl, parquet, graphml, gexf, jsonld, citations")
        ],
        output: Annotated[Path, typer.Argument(metavar="OUT", help="File, or folder for labels, csv and parquet.")],
        between: Annotated[
            tuple[str, str] | None,
            typer.Option(metavar="NAME NAME", help="For graphml and gexf: only the shortest chain of claims."),
        ] = None,
    ) -> None:
        """Write the knowledge base in another format."""
        from distillwatch.graph.exports import formats

        known = formats()
        if format_name not in known:
            raise InputMissing(f"no export format {format_name!r}; there are {', '.join(sorted(known))}")
        chosen = known[format_name]
        with reading(context.obj) as db:
            if between is None:
                written = chosen.write(db, output)
            elif chosen.draw is None:
                networks = ", ".join(name for name, one in known.items() if one.draw is not None)
                raise InputMissing(f"--between is for networks: {networks}")
            else:
                written = chosen.draw(chain_between(context.obj, db, *between), output)
        context.obj.record("export", {"format": format_name, "rows": written, "to": str(output)})
        context.obj.finish()


def chain_between(context: Context, db: Database, *names: str) -> Graph:
    """The shortest chain of claims between two names (or ids), told step by step.

    Raises InputMissing for a name that is nobody's or several ones', and where no chain leads from one to the other.
    """
    from distillwatch.graph.network import chain, claim_graph, path_between

    graph = claim_graph(db)
    steps = path_between(graph, *(entity_named(context, db, name) for name in names))
    if not steps:
        raise InputMissing(f"no chain of claims leads from {names[0]} to {names[1]}")
    for step in steps:
        a, b = (graph.nodes[end]["label"] for end in (step.a, step.b))
        context.say(f"{a} – {b}: {len(step.claims)} claims")
    return chain(graph, steps)


def entity_named(context: Context, db: Database, name: str) -> str:
    """The canonical id of the one entity that goes by a name or an id."""
    from distillwatch.graph.entities import load_entities
    from distillwatch.graph.names import NameIndex, legal_forms

    canonical: dict[str, str] = dict(db.conn.execute("SELECT id, canonical_id FROM entities"))
    if name in canonical:
        return canonical[name]
    found = NameIndex(load_entities(db), legal_forms(context.topic.vocabulary), canonical).find(name)
    if found is None:
        raise InputMissing(f"{name!r} is the name of nobody here, or of several; give the id of the table entities")
    return canonical[found.id]
