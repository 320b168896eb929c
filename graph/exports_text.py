"""Text that XML cannot hold is left out of networks that are written as XML."""

from __future__ import annotations

import re

from distillwatch.graph.network import Graph

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def without_controls(graph: Graph) -> Graph:
    """A copy of the network whose attributes hold only characters that XML 1.0 allows."""
    clean = graph.copy()
    for _, data in clean.nodes(data=True):
        _clean(data)
    for _, _, data in clean.edges(data=True):
        _clean(data)
    return clean


def _clean(data: dict[str, object]) -> None:
    for key, value in data.items():
        if isinstance(value, str):
            data[key] = _NOT_XML.sub("", value)
