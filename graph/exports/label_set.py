"""`labels`: what was found as a labelled set, to be scored or corrected by hand."""

from __future__ import annotations

from pathlib import Path

from sqlite_utils import Database

from distillwatch.graph.exports import Export
from distillwatch.graph.found_labels import found_labels
from distillwatch.graph.labels import write_labels


def write(db: Database, output: Path) -> int:
    """Three files in the folder `output`; returns the number of claims."""
    return write_labels(found_labels(db), output)


EXPORT = Export("labels", "a labelled set: gold.jsonl, pairs.jsonl and groups.json in a folder", write)
