"""`graphml`: the network of claims for Gephi, yEd and igraph."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from sqlite_utils import Database

from distillwatch.graph.exports import Export
from distillwatch.graph.exports_text import without_controls
from distillwatch.graph.network import Graph, claim_graph, measured

_TYPES = {int: "int", float: "double"}
_HEAD = '<?xml version="1.0" encoding="utf-8"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n'


def graphml(db: Database) -> Iterator[str]:
    """The lines of the file of the network of claims, without measures: those take long in a large one."""
    return lines(claim_graph(db))


def lines(graph: Graph) -> Iterator[str]:
    """The lines of the file of a network (http://graphml.graphdrawing.org)."""
    graph = without_controls(graph)
    yield _HEAD
    keys = {}
    for number, ((what, name), kind) in enumerate(_attributes(graph).items()):
        keys[what, name] = f"d{number}"
        yield f'<key id="d{number}" for="{what}" attr.name="{name}" attr.type="{_TYPES.get(kind, "string")}"/>\n'
    yield '<graph edgedefault="directed">\n'
    for node, data in graph.nodes(data=True):
        yield f"<node id={quoteattr(node)}>{_data(keys, 'node', data)}</node>\n"
    for start, end, claim, data in graph.edges(keys=True, data=True):
        ends = f"source={quoteattr(start)} target={quoteattr(end)} id={quoteattr(str(claim))}"
        yield f"<edge {ends}>{_data(keys, 'edge', data)}</edge>\n"
    yield "</graph>\n</graphml>\n"


def write(db: Database, output: Path) -> int:
    """The network of claims with its measures, in the file `output`; returns the number of edges."""
    return draw(measured(claim_graph(db)), output)


def draw(graph: Graph, output: Path) -> int:
    """A network in the file `output`; returns the number of edges."""
    count = 0
    with output.open("w", encoding="utf-8", newline="\n") as handle:
        for line in lines(graph):
            handle.write(line)
            count += line.startswith("<edge ")
    return count


def _attributes(graph: Graph) -> dict[tuple[str, str], type]:
    """(node or edge, name) of every attribute that occurs → the type of its values."""
    nodes = {("node", name): type(value) for _, data in graph.nodes(data=True) for name, value in data.items()}
    edges = {("edge", name): type(value) for _, _, data in graph.edges(data=True) for name, value in data.items()}
    return nodes | edges


def _data(keys: dict[tuple[str, str], str], what: str, data: dict[str, Any]) -> str:
    return "".join(f'<data key="{keys[what, name]}">{escape(str(value))}</data>' for name, value in data.items())


EXPORT = Export("graphml", "the network of claims, for Gephi, yEd or igraph", write, draw)
