"""What comes from the web may be endless, empty, backwards or a thousand times the usual: the pages hold."""

from __future__ import annotations

import copy
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from lxml import html

from distillwatch.graph.store import open_store
from distillwatch.site.brief import NAME, TITLE, brief
from distillwatch.site.build import publish
from distillwatch.topic import Topic
from tests.site.affairs import DAY, Newsroom
from tests.site.rows import build_database

ENDLESS = "Donaudampfschifffahrt" * 500
INVISIBLE = "\u200b\u2060 \u00ad"
BACKWARDS = "\u202eTarsil\u2066\u200f שלום"
PAGE_BYTES = 150_000


def published(folder: Path, data: Newsroom, watch: Topic, *changes: str) -> dict[str, html.HtmlElement]:
    """The pages of a newsroom after some SQL, by path; none of them heavy, no link of them dead."""
    database = build_database(folder / "knowledge.db", data)
    connection = sqlite3.connect(database)
    for change in changes:
        connection.execute(change)
    connection.commit()
    connection.close()
    return pages_of(database, folder, watch)


def pages_of(database: Path, folder: Path, watch: Topic) -> dict[str, html.HtmlElement]:
    """The pages of a database, by path."""
    assert publish(database, folder / "public", watch, DAY).dead_links == ()
    site = (folder / "public" / "site").resolve()
    found = {}
    for file in site.rglob("*.html"):
        path = file.relative_to(site).as_posix()
        assert file.stat().st_size < PAGE_BYTES, path
        found[path] = html.document_fromstring(file.read_text(encoding="utf-8"))
    return found


def text(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("Norvane denies it", "Norvane denies it"),
        ("", "(without a title)"),
        (INVISIBLE, "(without a title)"),
        ("\u3000\n\t", "(without a title)"),
        ("奎尔马克", "奎尔马克"),
        ("x" * TITLE, "x" * TITLE),
        ("x" * (TITLE + 1), "x" * (TITLE - 1) + "…"),
    ],
)
def test_a_headline_can_be_seen_and_ends(given: str, shown: str) -> None:
    assert brief(given) == shown


def test_nothing_collected_yet(tmp_path: Path, watch: Topic) -> None:
    """A first crawl that found nothing: each page says what is missing, and none is an empty frame."""
    open_store(tmp_path / "knowledge.db").conn.close()
    pages = pages_of(tmp_path / "knowledge.db", tmp_path, watch)
    for path in ("index", "incidents", "contradictions", "entities", "sources", "speakers", "lineage", "agreement"):
        assert pages[f"{path}.html"].xpath("//*[contains(@class, 'empty')]"), path
    assert "no day" not in text(pages["about.html"])
    assert "keeps 0 statements from 0 documents of 0 sources." in text(pages["about.html"])


def titles(newsroom: Newsroom, title: str) -> Iterator[dict[str, Any]]:
    for document in newsroom["documents"]:
        yield document | {"title": title}


@pytest.mark.parametrize("title", [ENDLESS, "Ein Titel ohne Ende " * 500, "", INVISIBLE, BACKWARDS])
def test_headlines_of_any_length(title: str, newsroom: Newsroom, tmp_path: Path, watch: Topic) -> None:
    data = copy.deepcopy(newsroom)
    data["documents"] = list(titles(data, title))
    for incident in data["incidents"]:
        incident["title"] = title or "An affair"
    for pair in data["comparisons"]:
        pair["explanation"] = title[:500]
    for path, page in published(tmp_path, data, watch).items():
        for link in page.xpath("//main//a[not(*)]"):
            assert brief(text(link), "") or link.get("aria-label"), (path, link.get("href"))
            assert len(text(link)) <= TITLE + 60, path
        assert len(text(page.xpath("//title")[0])) <= TITLE + 60, path


def test_names_of_any_length(newsroom: Newsroom, tmp_path: Path, watch: Topic) -> None:
    data = copy.deepcopy(newsroom)
    for entity in data["entities"]:
        entity |= {"name": f"{entity['name']} {ENDLESS}"[:10_000], "aliases": [f"{entity['id']} {ENDLESS}"]}
    pages = published(tmp_path, data, watch)
    (names,) = (page for path, page in pages.items() if path == "entities.html")
    shown = [text(link) for link in names.xpath("//ul[@class='names']//a")]
    assert shown
    assert all(len(name) <= NAME and name.endswith("…") for name in shown)
    for label in pages["incident/norvane-tarsil-2026.html"].xpath("//*[name()='text'][contains(@class, 'node')]"):
        assert len(text(label)) < 40
        assert text(label.getnext()).startswith(text(label).rstrip("…"))  # the whole name, for the pointer


UNDATED = (
    "UPDATE documents SET published_at = '', published_precision = ''",
    "UPDATE claims SET when_start = NULL, when_end = NULL",
    "UPDATE incidents SET started_on = NULL, precision = NULL, status = NULL, summary = NULL",
)
ABSURD = (
    "UPDATE documents SET published_at = '2025-13-45'",
    "UPDATE claims SET when_start = '0000-00-00', when_end = 'last week', when_precision = 'season'",
    "UPDATE incidents SET started_on = '9999-99-99', precision = 'day'",
)


@pytest.mark.parametrize(("changes", "when"), [(UNDATED, "undated"), (ABSURD, "2025-13-45")])
def test_days_that_are_missing_or_none(
    changes: tuple[str, ...], when: str, newsroom: Newsroom, tmp_path: Path, watch: Topic
) -> None:
    pages = published(tmp_path, newsroom, watch, *changes)
    page = pages["incident/norvane-tarsil-2026.html"]
    assert when in text(page.xpath("//table[@class='matrix']/thead")[0])
    assert not page.xpath("//*[name()='svg' and @class='timeline']")
    assert "without a date" in text(pages["archive.html"])


def test_an_incident_and_a_name_of_which_nothing_else_is_known(
    newsroom: Newsroom, tmp_path: Path, watch: Topic
) -> None:
    data = copy.deepcopy(newsroom)
    data["entities"].append({"id": "company-lonely", "kind": "company", "name": "Lonely"})
    bare = {"id": "i9", "slug": "bare", "title": "A bare affair", "kind": "accessed"}
    data["incidents"].append(bare | {"entities": [["company-lonely", "actor"]]})
    pages = published(tmp_path, data, watch)
    assert "No statement has been linked" in text(pages["incident/bare.html"])
    for page in (pages["incident/bare.html"], pages["company/lonely.html"]):
        for section in page.xpath("//main//section"):
            assert section.xpath("count(.//p | .//li | .//tr)") > 0, text(section)
        for place in page.xpath("//main//a[starts-with(@href, '#')]/@href"):
            assert page.xpath(f"//*[@id='{place[1:]}']"), place


def test_a_name_of_which_five_hundred_things_are_said(newsroom: Newsroom, tmp_path: Path, watch: Topic) -> None:
    data = copy.deepcopy(newsroom)
    said = [f"In week {n} Norvane opened {n + 10} accounts at Halden." for n in range(500)]
    claims = [
        {"id": f"m{n}", "evidence": s, "subject": "company-norvane", "predicate": "accessed", "object": "model-halden",
         "low": n + 10, "high": n + 10, "unit": "accounts", "proposition": f"pm{n % 50}"}
        for n, s in enumerate(said)
    ]  # fmt: skip
    blocks = [["headline", "Five hundred"], *(["paragraph", s] for s in said)]
    data["documents"].append(
        {"id": "many", "source": "ledger", "kind": "news", "title": "Five hundred", "published": "2026-05-20",
         "origin": "many", "blocks": blocks, "claims": claims}
    )  # fmt: skip
    data["incidents"][0]["documents"].append("many")
    data["incidents"][0]["propositions"] += [f"pm{n}" for n in range(50)]
    data["comparisons"] += [
        {"id": f"xm{n}", "a": f"m{n}", "b": f"m{n + 1}", "verdict": "contradiction", "kind": "numeric",
         "explanation": "Two figures.", "flag": "open", "incident": data["incidents"][0]["id"]}
        for n in range(499)
    ]  # fmt: skip
    pages = published(tmp_path, data, watch)
    assert "more statements about it in the database" in text(pages["company/norvane.html"])
    assert "more in dispute" in text(pages["incident/norvane-tarsil-2026.html"])


def test_figures_of_several_together_are_not_those_of_one(
    newsroom: Newsroom, build: Callable[[Path, Newsroom], Path], tmp_path: Path, watch: Topic
) -> None:
    """Two that give 24,000 accounts say different things where one speaks of more firms than the other."""
    data = copy.deepcopy(newsroom)
    said = {
        "one": ("company-norvane", "Norvane alone opened 24,000 accounts at Halden."),
        "all": ("company-tarsil", "Tarsil opened 24,000 accounts at Halden."),
        "few": ("company-norvane", "Norvane opened 9,000 accounts at Halden."),
    }
    for n, (key, (subject, words)) in enumerate(said.items()):
        claim = {"id": key, "evidence": words, "subject": subject, "predicate": "accessed", "object": "model-halden",
                 "low": 9000 if key == "few" else 24000, "high": 9000 if key == "few" else 24000, "unit": "accounts",
                 "proposition": f"p-{key}"}  # fmt: skip
        data["documents"].append(
            {"id": f"doc-{key}", "source": "ledger", "kind": "news", "title": f"Text {n}", "published": f"2026-05-1{n}",
             "origin": f"doc-{key}", "blocks": [["paragraph", words]], "claims": [claim]}
        )  # fmt: skip
    data["comparisons"] += [
        {"id": f"x-{a}-{b}", "a": a, "b": b, "verdict": "contradiction", "kind": "numeric", "explanation": "Figures.",
         "flag": "open", "incident": "i1"}
        for a, b in (("one", "few"), ("one", "all"))
    ]  # fmt: skip
    pages = published(tmp_path, data, watch)
    (page,) = (
        p
        for path, p in pages.items()
        if path.startswith("dispute/") and "Norvane alone" in text(p) and "Tarsil" in text(p)
    )
    labels = [text(title) for title in page.xpath("//h2[@class='answer-title']")]
    assert labels == ["Norvane: 24,000 accounts", "Tarsil: 24,000 accounts; Norvane: 9,000 accounts"]
