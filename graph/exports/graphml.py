"""`graphml`: the network of claims for Gephi, yEd and igraph."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from sqlite_utils import Database

from distillwatch.graph.exports import Export
from distillwatch.graph.exports_text import without_controls
from distillwatch.graph.network import Graph, claim_graph

_HEAD = '<?xml version="1.0" encoding="utf-8"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n'


def graphml(db: Database) -> Iterator[str]:
    """The lines of the file; every attribute of the network of claims is a text (http://graphml.graphdrawing.org)."""
    graph = without_controls(claim_graph(db))
    yield _HEAD
    for what, name, key in _attributes(graph):
        yield f'<key id="{key}" for="{what}" attr.name="{name}" attr.type="string"/>\n'
    keys = {(what, name): key for what, name, key in _attributes(graph)}
    yield '<graph edgedefault="directed">\n'
    for node, data in graph.nodes(data=True):
        yield f"<node id={quoteattr(node)}>{_data(keys, 'node', data)}</node>\n"
    for start, end, claim, data in graph.edges(keys=True, data=True):
        ends = f"source={quoteattr(start)} target={quoteattr(end)} id={quoteattr(str(claim))}"
        yield f"<edge {ends}>{_data(keys, 'edge', data)}</edge>\n"
    yield "</graph>\n</graphml>\n"


def write(db: Database, output: Path) -> int:
    """The file `output`; returns the number of edges."""
    count = 0
    with output.open("w", encoding="utf-8", newline="\n") as handle:
        for line in graphml(db):
            handle.write(line)
            count += line.startswith("<edge ")
    return count


def _attributes(graph: Graph) -> list[tuple[str, str, str]]:
    """(node or edge, name, key) of every attribute that occurs."""
    nodes = dict.fromkeys(name for _, data in graph.nodes(data=True) for name in data)
    edges = dict.fromkeys(name for _, _, data in graph.edges(data=True) for name in data)
    found = [("node", name) for name in nodes] + [("edge", name) for name in edges]
    return [(what, name, f"d{number}") for number, (what, name) in enumerate(found)]


def _data(keys: dict[tuple[str, str], str], what: str, data: dict[str, Any]) -> str:
    return "".join(f'<data key="{keys[what, name]}">{escape(str(value))}</data>' for name, value in data.items())


EXPORT = Export("graphml", "the network of claims, for Gephi, yEd or igraph", write)
