"""`graphml`: the network of claims for Gephi, yEd and igraph."""

from __future__ import annotations

from pathlib import Path

import networkx as nx
from sqlite_utils import Database

from distillwatch.graph.exports import Export
from distillwatch.graph.exports_text import without_controls
from distillwatch.graph.network import claim_graph


def write(db: Database, output: Path) -> int:
    """The file `output`; returns the number of edges."""
    graph = without_controls(claim_graph(db))
    nx.write_graphml(graph, output, encoding="utf-8", prettyprint=True)
    return graph.number_of_edges()


EXPORT = Export("graphml", "the network of claims, for Gephi, yEd or igraph", write)
