"""Formats that the knowledge base is exported to: one file each, found by the registry."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from msgspec import Struct
from sqlite_utils import Database

from distillwatch import registry
from distillwatch.graph.network import Graph


class Export(Struct, frozen=True):
    """One format: its name on the command line, what it is, and the function that writes it and returns its rows."""

    name: str
    description: str
    write: Callable[[Database, Path], int]
    draw: Callable[[Graph, Path], int] | None = None  # for a format of networks: writes a given one


def exports() -> list[Export]:
    """Every format, by name."""
    found = registry.load("distillwatch.graph.exports", "EXPORT").values()
    return sorted((e for e in found if isinstance(e, Export)), key=lambda e: e.name)


def formats() -> dict[str, Export]:
    """The formats by name."""
    return {export.name: export for export in exports()}
