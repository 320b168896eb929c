"""The network of claims and of citations: who is connected with whom by what is said, and who rests on whose report.

Measures describe what is written about, not what is true: an accusation and its denial connect the same two parties.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice, pairwise
from typing import TypeAlias

import networkx as nx
from msgspec import Struct
from sqlite_utils import Database

from distillwatch.errors import InputMissing

_SAMPLED_FROM = 1000
"""From this many nodes on betweenness is estimated from a fixed sample of sources (Brandes & Pich 2007)."""
_SAMPLE = 200
_MOST_PATHS = 1000
"""Equally short paths that are looked at: between two hubs there may be millions."""

Graph: TypeAlias = "nx.MultiDiGraph[str]"


class Step(Struct, frozen=True):
    """One step of a path: two neighbours and the claims between them, in either direction."""

    a: str
    b: str
    claims: tuple[str, ...]


class Centrality(Struct, frozen=True):
    """How central an entity is: neighbours, and the share of shortest paths that lead through it."""

    neighbours: int
    betweenness: float


def claim_graph(db: Database) -> Graph:
    """Canonical entities as nodes; each current claim between two linked entities is an edge from subject to object."""
    graph: Graph = nx.MultiDiGraph()
    rows = db.conn.execute(
        """SELECT c.id, s.canonical_id, o.canonical_id, c.predicate, c.speech_act, c.polarity, c.hedge, c.evidence,
                  d.url, coalesce(d.published_at, ''), coalesce(c.origin_id, c.document_id)
           FROM claims c JOIN entities s ON s.id = c.subject_id JOIN entities o ON o.id = c.object_id
           JOIN documents d ON d.id = c.document_id WHERE c.current ORDER BY c.id"""
    )
    fields = ("predicate", "speech_act", "polarity", "hedge", "evidence", "document", "published", "origin")
    edges = [(subject, object_, key, dict(zip(fields, rest, strict=True))) for key, subject, object_, *rest in rows]
    used = {end for subject, object_, _, _ in edges for end in (subject, object_)}
    for key, name, kind, status in db.conn.execute("SELECT id, name, kind, status FROM entities ORDER BY id"):
        if key in used:
            graph.add_node(key, label=name, kind=kind, status=status)
    for subject, object_, claim, data in edges:
        graph.add_edge(subject, object_, key=claim, **data)
    return graph


def citation_graph(db: Database) -> Graph:
    """Documents as nodes; an edge leads from each to the document where a report begins that it carries or cites."""
    graph: Graph = nx.MultiDiGraph()
    for key, title, outlet, published, url in db.conn.execute(
        "SELECT id, title, coalesce(outlet, ''), coalesce(published_at, ''), url FROM documents ORDER BY id"
    ):
        graph.add_node(key, label=title, outlet=outlet, published=published, url=url)
    for document, original, relation, similarity, reason in db.conn.execute(
        """SELECT r.document_id, o.document_id, r.relation, r.similarity, coalesce(r.reason, '') FROM document_origins r
           JOIN origins o ON o.id = r.origin_id WHERE r.relation != 'original' ORDER BY r.document_id, o.document_id"""
    ):
        measured = {} if similarity is None else {"similarity": similarity}
        graph.add_edge(document, original, key=relation, relation=relation, reason=reason, **measured)
    return graph


def measured(graph: Graph) -> Graph:
    """The network with what is measured of each entity: neighbours, betweenness, and the number of its community."""
    central = centrality(graph)
    group = {node: number for number, nodes in enumerate(communities(graph), start=1) for node in nodes}
    for node, data in graph.nodes(data=True):
        data.update(neighbours=central[node].neighbours, betweenness=central[node].betweenness, community=group[node])
    return graph


def chain(graph: Graph, steps: Iterable[Step]) -> Graph:
    """The part of the network that a path leads through: its entities and the claims between neighbours."""
    steps = list(steps)
    claims = {claim for step in steps for claim in step.claims}
    part: Graph = graph.subgraph({end for step in steps for end in (step.a, step.b)}).copy()
    part.remove_edges_from([edge for edge in part.edges(keys=True) if edge[2] not in claims])
    return part


def path_between(graph: Graph, a: str, b: str) -> list[Step]:
    """The shortest chain of claims between two entities, whichever way each points; empty when there is none.

    Of several the one with the most independent reports. Raises InputMissing for an entity that no claim connects.
    """
    for end in (a, b):
        if end not in graph:
            raise InputMissing(f"no claim connects {end!r} with another entity")
    plain = _plain(graph)
    try:
        paths = list(islice(nx.all_shortest_paths(plain, a, b), _MOST_PATHS))
    except nx.NetworkXNoPath:
        return []
    best = max(paths, key=lambda path: (min(plain[x][y]["weight"] for x, y in _pairs(path)) if path[1:] else 0, path))
    return [Step(x, y, tuple(sorted(_between(graph, x, y)))) for x, y in _pairs(best)]


def centrality(graph: Graph) -> dict[str, Centrality]:
    """Centrality of each entity, exact in small networks and estimated with a fixed seed in large ones."""
    plain = _plain(graph)
    sample = _SAMPLE if len(plain) > _SAMPLED_FROM else None
    between = nx.betweenness_centrality(plain, k=sample, seed=0)
    return {node: Centrality(plain.degree[node], round(between[node], 6)) for node in sorted(plain)}


def communities(graph: Graph) -> list[list[str]]:
    """Groups of entities that are talked of together (Louvain, fixed seed), largest first."""
    found = nx.community.louvain_communities(_plain(graph), weight="weight", seed=0)
    return sorted((sorted(group) for group in found), key=lambda group: (-len(group), group))


def _plain(graph: Graph) -> nx.Graph[str]:
    """The undirected network whose edges weigh as many as there are independent reports, in a fixed order."""
    plain: nx.Graph[str] = nx.Graph()
    plain.add_nodes_from(sorted(graph))
    origins: dict[tuple[str, str], set[str]] = {}
    for a, b, data in graph.edges(data=True):
        if a != b:
            origins.setdefault((min(a, b), max(a, b)), set()).add(data.get("origin", a))
    plain.add_weighted_edges_from((a, b, len(of)) for (a, b), of in sorted(origins.items()))
    return plain


def _pairs(path: list[str]) -> list[tuple[str, str]]:
    return list(pairwise(path))


def _between(graph: Graph, a: str, b: str) -> Iterable[str]:
    for x, y in ((a, b), (b, a)):
        if graph.has_edge(x, y):
            yield from (str(key) for key in graph[x][y])
