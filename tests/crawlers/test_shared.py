"""Measured on labelled pages and texts that lie beside a developer's checkout; skipped where they are absent."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from distillwatch.crawlers.parse import parse
from distillwatch.records import Document, Source

FILES = Source(id="files", name="Files", kind="files", url="")


def labelled(folder: Path) -> Iterator[tuple[dict[str, Any], Document]]:
    for part in ("dev1", "dev2"):
        for line in (folder / part / "gold.jsonl").read_text("utf-8").splitlines():
            row = json.loads(line)
            page = folder / part / "pages" / f"{row['id']}.html"
            yield (
                row,
                parse(
                    page.read_bytes(),
                    url=f"file:{page.name}",
                    content_type="text/html",
                    source=FILES,
                    fetched_at="",
                    file=page.name,
                ),
            )


def plain(text: str) -> str:
    return re.sub(r"\s+", " ", text).replace("’", "'").strip()


def test_every_labelled_sentence_and_date_stands_in_the_text(shared_gold: Path) -> None:
    for row, document in labelled(shared_gold):
        text = plain(document.text)
        wanted = [c["evidence"] for c in row["claims"]] + [d["text"] for d in row["dates"]]
        assert [w for w in wanted if plain(w) not in text] == [], row["id"]


def test_what_a_page_says_about_itself(shared_gold: Path) -> None:
    wrong: dict[str, list[str]] = {name: [] for name in ("kind", "language", "title", "published", "byline")}
    for row, document in labelled(shared_gold):
        found = {
            "kind": (document.kind, row["kind"]),
            "language": (document.language, row["lang"]),
            "title": (plain(document.title), plain(row["title"])),
            "published": (document.published_day, row["published"] or ""),
            "byline": (document.byline, row["byline"] or ""),
        }
        for name, (got, expected) in found.items():
            if got != expected:
                wrong[name].append(f"{row['id']}: {got!r}, not {expected!r}")
    assert wrong["language"] == wrong["title"] == wrong["published"] == wrong["kind"] == []
    assert len(wrong["byline"]) <= 1, wrong["byline"]  # whoever posts a link to a forum did not write it


SEEDS = [  # (number, language, kinds that fit, published)
    ("000", "en", {"news", "blog"}, ""),
    ("001", "en", {"news", "blog"}, ""),
    ("002", "en", {"news", "blog"}, "2026-04-01"),
    ("003", "en", {"forum"}, ""),
    ("004", "en", {"podcast"}, ""),
]


@pytest.mark.parametrize(("number", "language", "kinds", "published"), SEEDS)
def test_real_texts(shared_gold: Path, number: str, language: str, kinds: set[str], published: str) -> None:
    (file,) = (shared_gold.parent / "seeds").glob(f"{number}_*.txt")
    document = parse(
        file.read_bytes(),
        url=f"file:{file.name}",
        content_type="text/plain",
        source=FILES,
        fetched_at="",
        file=file.name,
    )
    assert (document.language, document.kind in kinds, document.published_at) == (language, True, published)
