"""Which share of common text tells a copy from an article of its own: the measure behind the thresholds of `copies`.

    python benchmarks/copies.py [FOLDER ...]

The pages are the sample newsroom's and those of labelled sets (FOLDER holds `pages/ID.html` and `groups.json`; without
one, the sets of the tests). Pairs of pages that no label calls copies are what must not be taken for copies; most of
them tell of other events, and those of one incident tell of the same event in their own words. What must be found are
the labelled copies, and copies made of every page the way desks make them: cut to the first half, every third sentence
dropped, one word in ten or in five replaced, and half of the text under a new beginning. Two kinds are
made to be no copies: an article of its own that quotes two sentences, and two articles of which each carries the same
statement for a third of its length. For each threshold the table gives the part of
each kind that is found.
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from pathlib import Path
from random import Random

from distillwatch.crawlers.errors import Unreadable
from distillwatch.crawlers.parse import parse
from distillwatch.graph.copies import COPY, CREDITED_COPY, KEPT, LEAST_SHARED
from distillwatch.graph.shingles import SIZE, Hashes, shared, shingles
from distillwatch.records import Source
from distillwatch.topic import bundled

ROOT = Path(__file__).resolve().parent.parent
SOURCE = Source(id="copies", name="Copies", kind="files", url="")
SENTENCE = re.compile(r"(?<=[.!?。\uff01\uff1f])\s*|\n")
LINES = (0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8)
Pair = tuple[str, str]  # two texts: of the page, and of what may be its copy


def texts(folder: Path) -> dict[str, str]:
    """Name → text of every page below a folder; a second page of one name is named with its folders."""
    found: dict[str, str] = {}
    for file in sorted(folder.rglob("*.html")):
        name = file.stem if file.stem not in found else file.relative_to(folder).as_posix()
        try:
            found[name] = parse(
                file.read_bytes(), url=f"file:{file.name}", content_type="text/html", source=SOURCE, fetched_at=""
            ).text
        except Unreadable:
            continue
    return found


def labelled(folder: Path) -> tuple[dict[str, str], set[frozenset[str]]]:
    """(texts, pairs that are copies of each other) of a labelled set."""
    groups = json.loads((folder / "groups.json").read_text(encoding="utf-8"))
    return texts(folder / "pages"), {frozenset(p) for group in groups["copies"] for p in combinations(group, 2)}


def replaced(sentences: Sequence[str], every: int, words: Sequence[str], chance: Random) -> str:
    """The sentences with one word in `every` replaced by one from elsewhere."""
    return " ".join(
        chance.choice(words) if chance.randrange(every) == 0 else word for word in " ".join(sentences).split()
    )


def made(text: str, other: str, chance: Random) -> Iterator[tuple[str, Pair]]:
    """(kind, pair) for each copy that is made of a text, and for what is made to be none."""
    sentences, others = ([s for s in SENTENCE.split(one) if s.strip()] for one in (text, other))
    if len(sentences) < 8 or len(others) < 8:
        return
    half, words = len(sentences) // 2, other.split()
    yield "first half", (text, " ".join(sentences[:half]))
    yield "a third dropped", (text, " ".join(s for n, s in enumerate(sentences) if n % 3 != 2))
    yield "1 word in 10", (text, replaced(sentences, 10, words, chance))
    yield "1 word in 5", (text, replaced(sentences, 5, words, chance))
    yield "half, new start", (text, " ".join([*others[: half // 2], *sentences[half:]]))
    yield "no copy: a quotation", (text, " ".join([*others[:half], *sentences[3:5], *others[half:]]))
    first, said, second = sentences[:half], sentences[half : half + half // 2], others[:half]
    yield "no copy: one statement", (" ".join([*first, *said]), " ".join([*said, *second]))


def share(one: Hashes, other: Hashes) -> float:
    """The part of the shorter text that stands in the other; 0 where `copies` would say that nothing is told by it."""
    common, smaller = shared(one, other), min(len(one), len(other))
    return common / smaller if common >= LEAST_SHARED and common >= KEPT * len(other) else 0.0


def table(kinds: Mapping[str, Sequence[float]]) -> None:
    """Print a row a kind."""
    print(f"{'share from which it is a copy':32} pairs", *(f"{line:5.2f}" for line in LINES))
    for kind, shares in kinds.items():
        parts = (sum(1 for one in shares if one >= line) / len(shares) for line in LINES)
        print(f"{kind:32} {len(shares):5d}", *(f"{part:5.2f}" for part in parts))


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folders", type=Path, nargs="*")
    asked = parser.parse_args()
    folders = asked.folders or sorted(f.parent for f in (ROOT / "tests" / "gold").glob("*/groups.json"))
    kinds: dict[str, list[float]] = {}
    chance = Random(1)
    sets = [labelled(folder) for folder in folders] + [(texts(bundled("sample") / "newsroom"), None)]
    highest = (0.0, "")
    for pages, copies in sets:
        hashes = {name: shingles(text) for name, text in pages.items()}
        for one, other in combinations(sorted(pages), 2):
            found = max(share(hashes[one], hashes[other]), share(hashes[other], hashes[one]))
            if copies is not None:  # the sample's pages have other names in its labels
                kind = "labelled copies" if frozenset((one, other)) in copies else "no copy: labelled pages"
                kinds.setdefault(kind, []).append(found)
                highest = max(highest, (found, f"{one}, {other}")) if kind != "labelled copies" else highest
        names = sorted(pages)
        for name, other in zip(names, [*names[1:], *names[:1]], strict=True):
            for kind, (first, second) in made(pages[name], pages[other], chance):
                kinds.setdefault(kind, []).append(share(shingles(first), shingles(second)))
    table(dict(sorted(kinds.items())))
    print(f"shingles of {SIZE} words; in use: {COPY} where nobody is credited, {CREDITED_COPY} where somebody is")
    print(f"the most that two pages of their own share: {highest[0]:.2f} ({highest[1]})")


if __name__ == "__main__":
    main()
