"""The labelled sets of this folder hold together: every label points at something that is there."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest

from distillwatch.graph.labels import read_labels
from distillwatch.topic import load_topic

GOLD = Path(__file__).resolve().parents[1] / "gold"
SETS = ("blind", "blind2", "blind3", "blind4", "blind5", "blind6", "blind7", "blind8", "blind9", "blind10")


def text(page: Path) -> str:
    """What a page says, tags away, blocks and cells apart, and runs of white space as one space."""
    spaced = re.sub(r"</?(?:div|h\d|li|p|t[dhr])\b[^>]*>", " ", page.read_text(encoding="utf-8"))
    return " ".join(html.unescape(re.sub(r"<[^>]+>", "", spaced)).split())


@pytest.mark.parametrize("name", SETS)
def test_every_label_is_found_on_its_page(name: str) -> None:
    folder = GOLD / name
    pages = read_labels(folder).pages
    assert {p.id for p in pages} == {f.stem for f in (folder / "pages").glob("*.html")}
    for page in pages:
        body = text(folder / "pages" / f"{page.id}.html")
        assert page.title in body
        assert len({c.id for c in page.claims}) == len(page.claims)
        for claim in page.claims:
            assert claim.evidence in body, f"{page.id} {claim.id}"
        for date in page.dates:
            assert date.text in body, f"{page.id} {date.text}"


@pytest.mark.parametrize("name", SETS)
def test_pairs_and_groups_name_labels_that_exist(name: str) -> None:
    labels = read_labels(GOLD / name)
    claims = {(p.id, c.id) for p in labels.pages for c in p.claims}
    pairs = [frozenset([tuple(p.a), tuple(p.b)]) for p in labels.pairs]
    assert set().union(*pairs) <= claims
    assert len(set(pairs)) == len(pairs)
    listed = {i for ids in (*labels.groups.copies, *labels.groups.incidents.values()) for i in ids}
    assert listed <= {p.id for p in labels.pages}


@pytest.mark.parametrize("name", SETS)
def test_its_topic_loads_as_a_sample(name: str) -> None:
    topic = load_topic(GOLD / name)
    assert topic.sample
    named = {e.name for p in read_labels(GOLD / name).pages for e in p.entities}
    assert named & {e.name for e in topic.entities}
