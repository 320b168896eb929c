"""`citations`: who carries, translates or cites whose report, as a network in GraphML."""

from __future__ import annotations

from pathlib import Path

from sqlite_utils import Database

from distillwatch.graph.exports import Export
from distillwatch.graph.exports.graphml import draw
from distillwatch.graph.network import citation_graph


def write(db: Database, output: Path) -> int:
    """The file `output`; returns the number of edges."""
    return draw(citation_graph(db), output)


EXPORT = Export("citations", "who carries, translates or cites whose report, as GraphML", write)
