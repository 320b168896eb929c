"""How much comes through when the registry knows none of the names of the pages?

    python benchmarks/unknown_names.py [--without-recogniser] DIR [DIR …]

For each labelled set the pages are read twice: with the registry as it is, and with one from which every company,
model, person and product that the labels name is taken out, together with their families and what they own. The
difference is what the patterns of use have to carry on pages about somebody new. A set that is a topic, or lies in one,
brings its own registry. Without the recogniser the patterns have no witness beside them.
"""

from __future__ import annotations

import argparse
import csv
import re
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext, redirect_stderr
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

from distillwatch.commands.context import Context
from distillwatch.commands.evaluate import score
from distillwatch.graph.evaluate import Scores
from distillwatch.graph.labels import read_labels
from distillwatch.nlp import extract, proposals
from distillwatch.topic import bundled, load_topic

TAKEN_OUT = {"company", "model", "person", "product"}


@contextmanager
def registry_without(topic: Path, names: set[str]) -> Iterator[Path]:
    """A copy of a topic whose registry has no row for `names`, their versions, or what they own."""
    with TemporaryDirectory() as place:
        copy = Path(place) / "topic"
        shutil.copytree(topic, copy, ignore=shutil.ignore_patterns("pages"))
        shutil.copytree(load_topic(topic).vocabulary.folder, Path(place) / "vocabulary")
        head = re.sub(r"(?m)^vocabulary = .*$", "", (copy / "topic.toml").read_text(encoding="utf-8"))
        (copy / "topic.toml").write_text(head, encoding="utf-8")
        for table in Path(place).rglob("relevance.toml"):  # what is on topic is asked by names, too: here all is read
            table.unlink()
        file = topic / "entities.tsv"
        with file.open(encoding="utf-8", newline="") as handle:
            reader = csv.DictReader(handle, delimiter="\t", quoting=csv.QUOTE_NONE)
            columns, rows = list(reader.fieldnames or ()), list(reader)
        gone = set(names)
        while more := {r["name"] for r in rows if {r["owner"], r.get("family", "")} & gone} - gone:
            gone |= more
        kept = [r for r in rows if r["name"] not in gone]
        with (copy / "entities.tsv").open("w", encoding="utf-8", newline="") as handle:
            writer = csv.DictWriter(handle, columns, delimiter="\t", quoting=csv.QUOTE_NONE, quotechar=None)
            writer.writeheader()
            writer.writerows(kept)
        yield copy


@contextmanager
def unwitnessed() -> Iterator[None]:
    """Read without spaCy's recogniser."""
    with patch.object(extract, "Recogniser", _nobody), patch.object(proposals, "Recogniser", _nobody):
        yield


def _nobody() -> None:
    return None


def line(label: str, scores: Scores) -> str:
    """One row of the table."""
    rates = [scores.entities[kind] for kind in ("company", "model", "person")] + [scores.claims.core]
    figures = "  ".join(f"{rate.p:.2f}/{rate.r:.2f}/{rate.f1:.2f}" for rate in rates)
    return f"{label:32s} {figures}  {scores.pairs.found.right:>3}/{scores.pairs.found.of}"


def main() -> int:
    """Print the table; status 2 when no set was given."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("sets", nargs="+", type=Path)
    parser.add_argument("--without-recogniser", action="store_true")
    asked = parser.parse_args()
    print(f"{'precision/recall/F1':32s} {'company':14s}  {'model':14s}  {'person':14s}  {'claims':14s}  flags")
    for folder in asked.sets:
        own = [place for place in (folder, folder.parent) if (place / "topic.toml").is_file()]
        topic = own[0] if own else bundled("distillation")
        names = {e.name for page in read_labels(folder).pages for e in page.entities if e.kind in TAKEN_OUT}
        with (
            TemporaryDirectory() as home,
            redirect_stderr(StringIO()),
            registry_without(topic, names) as bare,
            unwitnessed() if asked.without_recogniser else nullcontext(),
        ):
            context = Context(Path(home), topic, as_json=True, clock=lambda: datetime.now(UTC))
            print(line(f"{folder.parent.name}/{folder.name} known", score(context, folder)), flush=True)
            print(
                line(f"{folder.parent.name}/{folder.name} unknown", score(context, folder, registry=bare)), flush=True
            )
    return 0


if __name__ == "__main__":
    sys.exit(main())
