"""What every table and column means, in one place: Datasette shows it and the documentation prints it."""

from __future__ import annotations

import tomllib
from importlib import resources

import msgspec
from msgspec import Struct


class Table(Struct, frozen=True, forbid_unknown_fields=True):
    """One table: what a row is, and what each column holds."""

    description: str
    columns: dict[str, str]


def load() -> dict[str, Table]:
    """Table name → its description, in the order in which a reader meets them."""
    text = resources.files("distillwatch.graph").joinpath("dictionary.toml").read_text(encoding="utf-8")
    return msgspec.convert(tomllib.loads(text), dict[str, Table])
