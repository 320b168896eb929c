"""Which names are one entity, and which belong together as a firm and its model, for scoring."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from distillwatch.errors import LabelsInvalid
from distillwatch.graph.scores.text import norm


class KnownNames:
    """Names with their canonical form and owner. The first that claims a name has it."""

    def __init__(self, rows: Iterable[tuple[str, Sequence[str], str]] = ()) -> None:
        """`rows`: (canonical name, further names, owner's name)."""
        self._to: dict[str, str] = {}
        self._owner: dict[str, str] = {}
        for name, aliases, owner in rows:
            if norm(owner):
                self._owner[norm(name)] = norm(owner)
            for alias in filter(norm, (name, *aliases)):
                self._to.setdefault(norm(alias), norm(name))

    def __call__(self, name: str | None) -> str:
        """The canonical form of a name; of an unknown one, itself."""
        key = norm(name)
        return self._to.get(key, key)

    def related(self, a: str | None, b: str | None) -> bool:
        """Whether two names are one entity, or a firm and what it owns."""
        x, y = self(a), self(b)
        return x == y or self._owned_by(x) == y or self._owned_by(y) == x

    def _owned_by(self, key: str) -> str:
        return self(self._owner.get(key, key))


def from_tables(files: Iterable[Path]) -> KnownNames:
    """The names of tab-separated tables with a name column and, if any, aliases (";" or "|") and owner or parent."""
    return KnownNames(row for file in files for row in _table(file))


def _table(file: Path) -> Iterable[tuple[str, Sequence[str], str]]:
    with file.open(encoding="utf-8", newline="") as handle:
        rows = [row for row in csv.reader(handle, delimiter="\t", quoting=csv.QUOTE_NONE) if any(row)]
    head = [cell.strip().lower() for cell in rows[0]] if rows else []
    at = {what: _column(head, words) for what, words in _COLUMNS.items()}
    if at["name"] is None:
        raise LabelsInvalid(f"{file}: its first line names no column with names")
    for row in rows[1:]:
        cells = {what: row[i] if i is not None and i < len(row) else "" for what, i in at.items()}
        yield cells["name"], re.split(r"\s*[|;]\s*", cells["aliases"]), cells["owner"]


_COLUMNS = {"name": ("name", "canonical"), "aliases": ("alias",), "owner": ("owner", "parent")}


def _column(head: Sequence[str], words: Sequence[str]) -> int | None:
    return next((i for i, cell in enumerate(head) if any(word in cell for word in words)), None)
