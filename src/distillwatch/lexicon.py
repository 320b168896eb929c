"""A lexicon of a vocabulary as it is read: what is missing in it, or stands in the wrong place, is named by its file.

A folder of one's own is held against the one that ships: its lexicons have the same entries of the same kind.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from distillwatch.errors import TopicInvalid

_CALLED: dict[type, str] = {dict: "a table", list: "a list", str: "a text", bool: "true or false"}


class Entries(dict[str, Any]):
    """A table that says where an entry is missing. Raises TopicInvalid for one that is asked for and not there."""

    def __init__(self, entries: Mapping[str, Any], place: str) -> None:
        super().__init__({key: placed(value, f"{place}: {key}") for key, value in entries.items()})
        self._place = place

    def pop(self, key: str, *default: Any) -> Any:
        """The entry, taken out."""
        return super().pop(key, *default) if key in self or default else self[key]

    def __missing__(self, key: str) -> Any:
        raise TopicInvalid(f"{self._place}: the entry {key!r} is missing")


def placed(value: Any, place: str) -> Any:
    """A value of a TOML file whose tables know where they stand."""
    if isinstance(value, dict):
        return Entries(value, place)
    if isinstance(value, list):
        return [placed(one, f"{place}[{number}]") for number, one in enumerate(value)]
    return value


def check_entries(table: Mapping[str, Any], shipped: Mapping[str, Any], file: Path) -> None:
    """Hold a lexicon against the one of that name that ships. Raises TopicInvalid for an entry that nobody would read,
    and for one of another kind.
    """
    for key, value in table.items():
        if key not in shipped:
            raise TopicInvalid(f"{file}: nothing reads the entry {key!r}; there are {', '.join(sorted(shipped))}")
        if type(value) is not type(shipped[key]):
            wanted = _CALLED.get(type(shipped[key]), "a number")
            raise TopicInvalid(f"{file}: {key} is {_CALLED.get(type(value), 'a number')}, and should be {wanted}")


COMMON = ("dates", "quantities")
"""Lexicons of how languages write dates and figures, whatever the topic: read from what ships."""


def check_files(folder: Path, shipped: Path) -> None:
    """Hold the lexicons of a folder of one's own against those that ship. Raises TopicInvalid for a file that nobody
    would read: one that goes by no lexicon's name, and other words for dates and figures.
    """
    known = {file.name: file for file in shipped.glob("*.toml")}
    for file in sorted(folder.glob("*.toml")):
        if file.name not in known:
            raise TopicInvalid(f"{file}: nothing reads a lexicon of that name; there are {', '.join(sorted(known))}")
        if file.stem in COMMON and file.read_bytes() != known[file.name].read_bytes():
            raise TopicInvalid(
                f"{file}: dates and figures are read by the lexicon that ships, whatever the topic; take this file out "
                "(a word that it lacks belongs into the one that ships)"
            )
