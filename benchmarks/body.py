"""How well the article's body is found, beside trafilatura alone, on pages whose text is known.

    python benchmarks/body.py FOLDER [--each]

FOLDER holds a public set, which is not part of this project because its pages belong to their publishers. Two layouts
are read: `html/NAME.html` beside `txt/NAME.txt`, as in newspaper4k's source distribution (`pip download --no-deps
--no-binary :all: newspaper4k`, folder tests/data), and `ground-truth.json` beside `html/NAME.html.gz`, as in
scrapinghub's article-extraction-benchmark. Precision and recall are means over pages of shared runs of four words, as
that benchmark counts them; in scripts without spaces a letter is a word. Headline, bylines and captions are left out
of our text as they are in the sets.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import statistics
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import trafilatura

from distillwatch.crawlers.decode import decode
from distillwatch.crawlers.errors import Unreadable
from distillwatch.crawlers.parse import parse
from distillwatch.records import Source

SOURCE = Source(id="body", name="Body", kind="files", url="")
RUN = 4  # words
UNSPACED = 0x0E00  # from Thai on a word of this kind is split into letters


def pages(folder: Path) -> Iterator[tuple[str, bytes, str]]:
    """(name, page, its text) for each page of a set."""
    truth = folder / "ground-truth.json"
    if truth.exists():
        for name, row in sorted(json.loads(truth.read_text(encoding="utf-8")).items()):
            yield name, gzip.decompress((folder / "html" / f"{name}.html.gz").read_bytes()), row["articleBody"]
    for text in sorted((folder / "txt").glob("*.txt")):
        page = folder / "html" / f"{text.stem}.html"
        if page.exists():
            yield text.stem, page.read_bytes(), text.read_text(encoding="utf-8", errors="replace")


def own(page: bytes) -> str:
    """The body as this project reads it."""
    try:
        document = parse(page, url="https://page.example/a/b", content_type="text/html", source=SOURCE, fetched_at="")
    except Unreadable:
        return ""
    kept = (s for s in document.segments if s.kind not in ("headline", "byline", "caption"))
    return "\n".join(document.text[s.start : s.end] for s in kept)


def bare(page: bytes, *, fast: bool) -> str:
    """The body as trafilatura reads it."""
    return trafilatura.extract(decode(page, "text/html"), include_comments=False, fast=fast) or ""


def runs(text: str) -> Counter[tuple[str, ...]]:
    """How often each run of four words occurs."""
    words = [part for word in re.findall(r"\w+", text) for part in (word if ord(word[0]) >= UNSPACED else [word])]
    return Counter(tuple(words[at : at + RUN]) for at in range(max(1, len(words) - RUN + 1))) if words else Counter()


def score(truth: str, found: str) -> tuple[float, float]:
    """(precision, recall) of a text."""
    wanted, got = runs(truth), runs(found)
    shared = (wanted & got).total()
    return shared / max(1, got.total()), shared / max(1, wanted.total())


def main() -> None:
    """Read the command line and print a line a reader."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--each", action="store_true", help="print each page")
    asked = parser.parse_args()
    scores: dict[str, list[tuple[float, float]]] = {"this project": [], "trafilatura fast": [], "trafilatura": []}
    for name, page, truth in pages(asked.folder):
        texts = (own(page), bare(page, fast=True), bare(page, fast=False))
        for reader, text in zip(scores, texts, strict=True):
            scores[reader].append(score(truth, text))
        if asked.each:
            print(f"{name:40}", *(f"{p:.3f}/{r:.3f}" for p, r in (found[-1] for found in scores.values())))
    if not scores["this project"]:
        raise SystemExit(f"{asked.folder}: no page with its text; see the head of this file for the two layouts")
    for reader, found in scores.items():
        precision, recall = (statistics.mean(column) for column in zip(*found, strict=True))
        f1 = 2 * precision * recall / (precision + recall)
        print(f"{reader:18} {len(found)} pages  precision {precision:.3f}  recall {recall:.3f}  F1 {f1:.3f}")


if __name__ == "__main__":
    main()
