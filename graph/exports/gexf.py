"""`gexf`: the network of claims in Gephi's own format."""

from __future__ import annotations

import re
from pathlib import Path

import networkx as nx
from sqlite_utils import Database

from distillwatch.graph.exports import Export
from distillwatch.graph.exports_text import without_controls
from distillwatch.graph.network import Graph, claim_graph, measured

_STAMP = re.compile(r' lastmodifieddate="[^"]*"')  # the day of writing: the same network must give the same bytes


def write(db: Database, output: Path) -> int:
    """The network of claims with its measures, in the file `output`; returns the number of edges."""
    return draw(measured(claim_graph(db)), output)


def draw(graph: Graph, output: Path) -> int:
    """A network in the file `output`; returns the number of edges."""
    lines = "\n".join(nx.generate_gexf(without_controls(graph), encoding="utf-8"))
    output.write_text(_STAMP.sub("", lines, count=1) + "\n", encoding="utf-8")
    return graph.number_of_edges()


EXPORT = Export("gexf", "the network of claims, in Gephi's own format", write, draw)
