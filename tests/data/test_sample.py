"""The sample newsroom and its labels fit each other: a label that no page carries would measure nothing."""

from __future__ import annotations

import json
import re
import tomllib
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any, get_args
from urllib.parse import urlsplit
from urllib.robotparser import RobotFileParser

import pytest
from lxml import etree, html

from distillwatch.records import DocumentKind, EntityKind, Hedge, Polarity, SpeechAct
from distillwatch.topic import Topic, bundled, load_topic

SAMPLE = bundled("sample")
NEWSROOM = SAMPLE / "newsroom"
LABELS = SAMPLE / "labels"
CONTRADICTIONS = frozenset(
    {"denial", "polarity", "numeric", "date", "mechanism", "attribution"}
    | {"entity", "modality", "legality", "definition", "anachronism", "status"}
)
COMPATIBLE = frozenset(
    {"rounding", "bound", "time_zone", "update", "correction", "scope", "precision"}
    | {"alias", "translation", "different_event", "quoted_allegation", "opinion", "partial"}
)
BLOCKS = frozenset(
    {"p", "li", "h1", "h2", "h3", "h4", "tr", "blockquote", "caption", "dt", "dd", "td", "th", "div", "time"}
)


def lines(name: str) -> list[dict[str, Any]]:
    """The rows of one label file."""
    return [json.loads(line) for line in (LABELS / name).read_text(encoding="utf-8").splitlines() if line]


PAGES = lines("gold.jsonl")
PAIRS = lines("pairs.jsonl")
GROUPS: dict[str, Any] = json.loads((LABELS / "groups.json").read_text(encoding="utf-8"))
CLAIMS = {(page["id"], claim["id"]): claim for page in PAGES for claim in page["claims"]}


@cache
def sample() -> Topic:
    return load_topic(SAMPLE)


def file_of(url: str) -> Path:
    """The last edition that the newsroom holds for an address."""
    first = NEWSROOM / urlsplit(url).netloc / urlsplit(url).path.lstrip("/")
    editions = sorted(first.parent.glob(f"{first.stem}.[0-9]{first.suffix}"))
    return editions[-1] if editions else first


@cache
def visible_text(url: str) -> str:
    """All that a reader of the page sees, white space made single; the cells of a row stand a space apart."""
    tree = html.fromstring(file_of(url).read_bytes())
    etree.strip_elements(tree, "head", "script", "style", etree.Comment, with_tail=False)
    for element in tree.iter(*BLOCKS):
        element.text = f" {element.text or ''}"
        element.tail = f" {element.tail or ''}"
    return " ".join("".join(str(part) for part in tree.itertext()).split())


@cache
def feed_links(host: str) -> frozenset[str]:
    """The article addresses that a host's feed lists, RSS 2.0 or Atom."""
    tree = etree.parse(NEWSROOM / host / "feed.xml")
    rss = [item.text or "" for item in tree.findall("channel/item/link")]
    atom = [str(link.get("href")) for link in tree.findall("{*}entry/{*}link")]
    return frozenset(rss + atom)


@pytest.mark.parametrize("page", PAGES, ids=[page["id"] for page in PAGES])
class TestPage:
    def test_is_in_the_newsroom_and_in_a_feed(self, page: dict[str, Any]) -> None:
        host = urlsplit(page["url"]).netloc
        assert file_of(page["url"]).is_file()
        assert page["url"] in feed_links(host)
        robots = RobotFileParser()
        robots.parse((NEWSROOM / host / "robots.txt").read_text(encoding="utf-8").splitlines())
        assert robots.can_fetch("distillwatch", page["url"])
        assert f"http://{host}/feed.xml" in {source.url for source in sample().sources}

    def test_evidence_stands_in_the_page(self, page: dict[str, Any]) -> None:
        text = visible_text(page["url"])
        for claim in page["claims"]:
            assert claim["evidence"] in text, f"{page['id']} {claim['id']}: {claim['evidence']}"
        for date in page["dates"]:
            assert date["text"] in text, f"{page['id']}: {date['text']}"
        assert page["title"] in text

    def test_speaks_the_vocabulary(self, page: dict[str, Any]) -> None:
        predicates = sample().vocabulary.predicates
        assert page["kind"] in get_args(DocumentKind)
        for claim in page["claims"]:
            predicate = predicates[claim["predicate"]]
            assert claim["speech_act"] in get_args(SpeechAct)
            assert claim["polarity"] in get_args(Polarity)
            assert claim["hedge"] in get_args(Hedge)
            assert (claim["object"] is None) == (predicate.object == "none"), claim
            if predicate.values:
                assert claim["object"] in predicate.values, claim
            if claim["speech_act"] == "denies":
                assert claim["polarity"] == "-", claim

    def test_quantities_and_dates_are_ordered(self, page: dict[str, Any]) -> None:
        for claim in page["claims"]:
            quantity, when = claim["quantity"], claim["when"]
            if quantity:
                assert quantity["low"] is not None or quantity["high"] is not None
                assert None in (quantity["low"], quantity["high"]) or quantity["low"] <= quantity["high"]
            if when:
                assert when["start"] or when["end"]
                assert not (when["start"] and when["end"]) or when["start"] <= when["end"]
        for date in page["dates"]:
            assert not (date["start"] and date["end"]) or date["start"] <= date["end"]

    def test_names_are_registered_or_left_out_on_purpose(self, page: dict[str, Any]) -> None:
        registered = {entity.name: entity.kind for entity in sample().entities}
        named = set()
        for entity in page["entities"]:
            named.add(entity["name"])
            assert entity["kind"] in get_args(EntityKind)
            if entity.get("unknown"):
                assert entity["name"] not in registered
            else:
                assert registered[entity["name"]] == entity["kind"], entity
        text = visible_text(page["url"])
        for claim in page["claims"]:
            kinds = sample().vocabulary.predicates[claim["predicate"]]
            for name in filter(None, (claim["subject"], claim["speaker"])):
                assert name in named or name in text or name == page["outlet"], f"{page['id']} {claim['id']}: {name}"
            if kinds.object == "entity" and claim["object"] in registered:
                assert claim["object"] in named, f"{page['id']} {claim['id']}: {claim['object']}"

    def test_claim_ids_are_unique(self, page: dict[str, Any]) -> None:
        assert not [name for name, count in Counter(c["id"] for c in page["claims"]).items() if count > 1]


def test_pairs_refer_to_claims_and_kinds() -> None:
    for pair in PAIRS:
        for side in ("a", "b"):
            assert tuple(pair[side]) in CLAIMS, pair
        assert pair["why"]
        match pair["label"]:
            case "contradiction":
                assert pair["kind"] in CONTRADICTIONS, pair
            case "compatible":
                assert pair["kind"] in COMPATIBLE, pair
            case label:
                assert label == "cannot_compare", pair
        if pair["a"] == pair["b"]:
            assert pair["kind"] == "anachronism", pair


def test_no_pair_is_judged_twice() -> None:
    keys = Counter(tuple(sorted([tuple(pair["a"]), tuple(pair["b"])])) for pair in PAIRS)
    twice = [key for key, count in keys.items() if count > 1]
    for key in twice:  # one pair of sentences may differ in more than one way, never be both a conflict and none
        labels = {p["label"] for p in PAIRS if tuple(sorted([tuple(p["a"]), tuple(p["b"])])) == key}
        assert len(labels) == 1, key


def test_groups_refer_to_pages() -> None:
    ids = {page["id"] for page in PAGES}
    for group in [*GROUPS["copies"], *GROUPS["incidents"].values()]:
        assert len(group) > 1
        assert set(group) <= ids


def test_every_kind_of_verdict_is_measured() -> None:
    judged = Counter((pair["label"], pair["kind"]) for pair in PAIRS)
    for kind in CONTRADICTIONS:
        assert judged["contradiction", kind] >= 2, kind
    for kind in COMPATIBLE:
        assert judged["compatible", kind] >= 2, kind


def test_the_newsroom_is_as_varied_as_the_web() -> None:
    assert len(PAGES) >= 28
    assert len({page["outlet"] for page in PAGES}) >= 8
    assert {page["kind"] for page in PAGES} == set(get_args(DocumentKind))
    assert {page["lang"] for page in PAGES} >= {"en", "fr", "zh", "de"}
    assert len(GROUPS["incidents"]) >= 5
    unknown = {(e["kind"], e["name"]) for page in PAGES for e in page["entities"] if e.get("unknown")}
    assert sum(kind in ("company", "model") for kind, _ in unknown) >= 3


def test_robots_forbid_a_listed_page() -> None:
    forbidden = []
    for folder in sorted(NEWSROOM.iterdir()):
        robots = RobotFileParser()
        robots.parse((folder / "robots.txt").read_text(encoding="utf-8").splitlines())
        forbidden += [link for link in feed_links(folder.name) if not robots.can_fetch("distillwatch", link)]
    assert forbidden
    assert not set(forbidden) & {page["url"] for page in PAGES}


def test_feeds_list_what_exists() -> None:
    for folder in sorted(NEWSROOM.iterdir()):
        for link in feed_links(folder.name):
            assert urlsplit(link).netloc == folder.name
            assert file_of(link).is_file(), link


def test_a_page_has_a_second_edition() -> None:
    second = list(NEWSROOM.rglob("*.2.html"))
    assert second
    for path in second:
        first = path.with_name(path.name.replace(".2.html", ".html"))
        assert first.read_bytes() != path.read_bytes()


def test_every_page_says_that_it_is_invented() -> None:
    notice = re.compile("invented|erfunden|inventé|inventado|虚构", re.IGNORECASE)
    for path in NEWSROOM.rglob("*.html"):
        body = path.read_bytes().decode("utf-8", errors="replace").split("<!-- Sample page", 1)
        assert len(body) == 2, path
        assert notice.search(body[1].split("-->", 1)[1]), path


def test_the_sample_names_nobody_real() -> None:
    """No name of the real topic's registry stands in the sample; countries are the exception."""
    head = tomllib.loads((SAMPLE / "topic.toml").read_text(encoding="utf-8"))
    assert head["sample"] is True
    assert head["notice"]
    real = {e.name for e in load_topic(bundled("distillation")).entities if e.kind not in ("country", "group")}
    assert not real & {e.name for e in sample().entities}
    words = re.compile("|".join(rf"\b{re.escape(n)}\b" for n in sorted(real, key=len, reverse=True) if len(n) > 3))
    for page in PAGES:
        found = words.search(visible_text(page["url"]))
        assert found is None, f"{page['id']}: {found.group() if found else ''}"
