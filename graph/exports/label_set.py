"""`labels`: what was found as a labelled set, to be scored or corrected by hand."""

from __future__ import annotations

from pathlib import Path

from sqlite_utils import Database

from distillwatch.errors import InputMissing
from distillwatch.graph.exports import Export
from distillwatch.graph.found_labels import found_labels
from distillwatch.graph.labels import write_labels


def write(db: Database, output: Path) -> int:
    """Three files in the folder `output`; returns the number of claims.

    Raises InputMissing for a folder that holds a labelled set: labels are made by hand, and what was found is not that.
    """
    if (output / "gold.jsonl").exists():
        raise InputMissing(f"{output} holds a labelled set already; name another folder")
    return write_labels(found_labels(db), output)


EXPORT = Export("labels", "a labelled set: gold.jsonl, pairs.jsonl and groups.json in a folder", write)
