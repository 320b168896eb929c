"""What reading costs beside the bare parser, and how it grows.

    python benchmarks/extract.py [--documents 100 1000] [--processes 1 2] [--pages DIR]

The documents are the sample newsroom's (or the HTML pages of DIR), repeated under new ids until there are enough.
Each round times, one after the other: spaCy's `nlp.pipe` over the plain segments of the documents with the same
pipeline, and the whole reading stage (names, dates, figures, claims) over the same documents. The ratio is of times
taken side by side; the target is 1.25. Memory is the highest resident size of the process and its workers.
"""

from __future__ import annotations

import argparse
import resource
import statistics
import sys
import time
from collections.abc import Iterator
from itertools import cycle, islice
from pathlib import Path

from msgspec.structs import replace
from spacy.language import Language

from distillwatch.crawlers.errors import Unreadable
from distillwatch.crawlers.parse import parse
from distillwatch.nlp.extract import Extractor
from distillwatch.nlp.model import load_model
from distillwatch.nlp.pool import chunks, read_all
from distillwatch.records import Document, Source
from distillwatch.topic import bundled, load_topic

SOURCE = Source(id="bench", name="bench", kind="files", url="file:")


def pages(folder: Path) -> list[Document]:
    """Every English page under a folder as a document."""
    found = []
    for file in sorted(folder.rglob("*.html")):
        try:
            document = parse(
                file.read_bytes(), url=f"file:{file.name}", content_type="text/html", source=SOURCE,
                fetched_at="2026-01-01T00:00:00Z", file=file.name,
            )  # fmt: skip
        except Unreadable:
            continue
        if document.language == "en":
            found.append(document)
    return found


def repeated(documents: list[Document], count: int) -> Iterator[Document]:
    """`count` documents, each under an id of its own."""
    for number, document in enumerate(islice(cycle(documents), count)):
        yield replace(document, id=f"{number:08}")


def bare(documents: list[Document], nlp: Language) -> float:
    """Seconds of the parser alone."""
    started = time.perf_counter()
    texts = (d.text[s.start : s.end] for d in documents for s in d.segments)
    for _ in nlp.pipe(texts, batch_size=32):
        pass
    return time.perf_counter() - started


def whole(documents: list[Document], extractor: Extractor) -> float:
    """Seconds of the whole stage in this process."""
    started = time.perf_counter()
    for chunk in chunks(documents):
        extractor.read(chunk)
    return time.perf_counter() - started


def megabytes() -> float:
    """Highest resident size so far, of this process and of its largest finished worker."""
    return sum(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)) / 1024


def main() -> int:
    """Print the tables."""
    arguments = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    arguments.add_argument("--documents", nargs="+", type=int, default=[100, 1000])
    arguments.add_argument("--processes", nargs="+", type=int, default=[1, 2])
    arguments.add_argument("--rounds", type=int, default=3)
    arguments.add_argument("--pages", type=Path, default=bundled("sample") / "newsroom")
    chosen = arguments.parse_args()
    topic = bundled("sample")
    base = pages(chosen.pages)
    words = sum(len(d.text.split()) for d in base) / len(base)
    nlp = load_model()
    extractor = Extractor(load_topic(topic), nlp)
    batch = list(repeated(base, 60))
    whole(batch[:5], extractor)
    ratios = []
    print(f"{len(base)} pages, {words:.0f} words each")
    print(f"{'round':>6} {'parser s':>9} {'stage s':>9} {'ratio':>6} {'words/s':>8}")
    for number in range(chosen.rounds):
        parser, stage = bare(batch, nlp), whole(batch, extractor)
        ratios.append(stage / parser)
        print(f"{number:>6} {parser:>9.2f} {stage:>9.2f} {stage / parser:>6.2f} {len(batch) * words / stage:>8.0f}")
    print(f"median ratio {statistics.median(ratios):.2f}, target 1.25\n")
    print(f"{'documents':>10} {'processes':>10} {'seconds':>8} {'words/s':>8} {'MB':>6}")
    for count in chosen.documents:
        for processes in chosen.processes:
            started = time.perf_counter()
            read = sum(1 for _ in read_all(repeated(base, count), topic, processes=processes))
            seconds = time.perf_counter() - started
            print(f"{read:>10} {processes:>10} {seconds:>8.1f} {count * words / seconds:>8.0f} {megabytes():>6.0f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
