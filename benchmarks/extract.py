"""What reading costs beside the bare parser, and how it grows.

    python benchmarks/extract.py [--documents 100 1000] [--processes 1 2] [--rounds 3] [--words N] [--pages DIR]

The documents are the sample newsroom's (or the HTML pages of DIR), repeated under new ids until there are enough; with
`--words` each is cut to so many words. Each round times, one after the other: spaCy's `nlp.pipe` over the plain
segments of the documents with the same pipeline, and the whole reading stage (names, dates, figures, claims) over the
same documents. The ratio is of times taken side by side, on the clock and in CPU seconds; the target is 1.25. Each row
of the second table is a process of its own, so that its memory is its own: the highest resident size of it and of its
largest worker.
"""

from __future__ import annotations

import argparse
import json
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from itertools import cycle, islice
from pathlib import Path

from msgspec.structs import replace
from spacy.language import Language

from distillwatch.crawlers.errors import Unreadable
from distillwatch.crawlers.parse import parse
from distillwatch.nlp.extract import Extractor
from distillwatch.nlp.model import load_model
from distillwatch.nlp.pool import chunks, read_all
from distillwatch.records import Document, Segment, Source
from distillwatch.topic import bundled, load_topic

TOPIC = bundled("sample")
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


def cut(document: Document, words: int) -> Document:
    """Its first segments, up to so many words; all of it for 0."""
    kept: list[Segment] = []
    count = 0
    for segment in document.segments if words else ():
        if count >= words:
            break
        count += len(document.text[segment.start : segment.end].split())
        kept.append(segment)
    return replace(document, segments=tuple(kept), text=document.text[: kept[-1].end]) if kept else document


def repeated(documents: list[Document], count: int) -> Iterator[Document]:
    """`count` documents, each under an id of its own."""
    for number, document in enumerate(islice(cycle(documents), count)):
        yield replace(document, id=f"{number:08}")


def timed(work: Callable[[], object]) -> tuple[float, float]:
    """Seconds on the clock, and of the processor."""
    clock, processor = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - clock, time.process_time() - processor


def bare(documents: list[Document], nlp: Language) -> None:
    """The parser alone."""
    texts = (d.text[s.start : s.end] for d in documents for s in d.segments)
    for _ in nlp.pipe(texts, batch_size=32):
        pass


def whole(documents: list[Document], extractor: Extractor) -> None:
    """The whole stage in this process."""
    for chunk in chunks(documents):
        extractor.read(chunk)


def ratios(base: list[Document], rounds: int) -> None:
    """Print the first table."""
    words = sum(len(d.text.split()) for d in base) / len(base)
    nlp = load_model()
    extractor = Extractor(load_topic(TOPIC), nlp)
    batch = list(repeated(base, 60))
    whole(batch[:5], extractor)
    found = []
    print(f"{len(base)} pages, {words:.0f} words each")
    print(f"{'round':>6} {'parser s':>9} {'stage s':>9} {'ratio':>6} {'CPU ratio':>10} {'words/s':>8}")
    for number in range(rounds):
        parser, stage = timed(lambda: bare(batch, nlp)), timed(lambda: whole(batch, extractor))
        found.append((stage[0] / parser[0], stage[1] / parser[1]))
        speed = len(batch) * words / stage[0]
        print(
            f"{number:>6} {parser[0]:>9.2f} {stage[0]:>9.2f} {found[-1][0]:>6.2f} {found[-1][1]:>10.2f} {speed:>8.0f}"
        )
    clock, processor = (statistics.median(column) for column in zip(*found, strict=True))
    print(f"median ratio {clock:.2f}, in CPU seconds {processor:.2f}; target 1.25\n")


def row(base: list[Document], count: int, processes: int) -> dict[str, float]:
    """One row of the second table: seconds, CPU seconds and megabytes."""
    clock = time.perf_counter()
    read = sum(1 for _ in read_all(repeated(base, count), TOPIC, processes=processes))
    own, workers = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return {
        "read": read,
        "seconds": time.perf_counter() - clock,
        "cpu": own.ru_utime + own.ru_stime + workers.ru_utime + workers.ru_stime,
        "own": own.ru_maxrss / 1024,
        "worker": workers.ru_maxrss / 1024,
    }


def main() -> int:
    """Print the tables."""
    arguments = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    arguments.add_argument("--documents", nargs="*", type=int, default=[100, 1000])
    arguments.add_argument("--processes", nargs="+", type=int, default=[1, 2])
    arguments.add_argument("--rounds", type=int, default=3)
    arguments.add_argument("--words", type=int, default=0)
    arguments.add_argument("--pages", type=Path, default=TOPIC / "newsroom")
    arguments.add_argument("--row", action="store_true", help=argparse.SUPPRESS)
    chosen = arguments.parse_args()
    base = [cut(document, chosen.words) for document in pages(chosen.pages)]
    if chosen.row:
        print(json.dumps(row(base, chosen.documents[0], chosen.processes[0])))
        return 0
    if chosen.rounds:
        ratios(base, chosen.rounds)
    print(f"{'documents':>10} {'processes':>10} {'seconds':>8} {'CPU s':>8} {'docs/s':>8} {'MB':>6} {'worker MB':>10}")
    for count in chosen.documents:
        for processes in chosen.processes:
            command = [sys.executable, __file__, "--row", "--documents", str(count), "--processes", str(processes)]
            command += ["--words", str(chosen.words), "--pages", str(chosen.pages)]
            one = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
            print(
                f"{one['read']:>10} {processes:>10} {one['seconds']:>8.1f} {one['cpu']:>8.1f}"
                f" {one['read'] / one['seconds']:>8.1f} {one['own']:>6.0f} {one['worker']:>10.0f}",
                flush=True,
            )
    return 0


if __name__ == "__main__":
    sys.exit(main())
