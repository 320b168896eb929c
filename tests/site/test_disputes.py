"""Disputes on the site: the question, its sides with their origins, and the way to the pairs."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import msgspec
import pytest
from lxml import html

from distillwatch.site.build import publish
from distillwatch.site.disputes import varied
from distillwatch.site.figures import day_words
from distillwatch.site.page import all_pages
from distillwatch.site.queries.disputes import DisputeRow
from distillwatch.site.reader import open_reader
from distillwatch.site.render import text_of
from distillwatch.topic import Topic

Pages = dict[str, html.HtmlElement]


def text(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def test_lists_lead_to_disputes_and_disputes_to_their_pairs(pages: Pages) -> None:
    for listing in ("index.html", "contradictions.html"):
        cards = pages[listing].xpath("//article[contains(@class, 'flag')]//h2/a | //article//h3/a")
        assert cards and all(card.get("href").startswith("dispute/") for card in cards)
    for path, page in pages.items():
        if path.startswith("dispute/"):
            pairs = page.xpath(
                "//section[@aria-labelledby='pairs']//tbody//a[starts-with(@href, '../contradiction/')]/@href"
            )
            assert pairs, path
            for side in page.xpath("//article[contains(@class, 'side')]"):
                assert "origin" in text(side.xpath(".//*[@class='support']")[0])
                assert side.xpath(".//figure[@data-attributed]//blockquote")


LIVES = [
    ([], [("2026-06-03", "opened by the rule")]),
    (
        [("2026-06-04", "resolved", "the text was changed"), ("2026-06-07", "reopened", None)],
        [
            ("2026-06-03", "opened by the rule"),
            ("2026-06-04", "resolved: the text was changed"),
            ("2026-06-07", "reopened"),
        ],
    ),
]


@pytest.mark.parametrize(("steps", "told"), LIVES)
def test_the_life_of_a_flag_is_told_step_by_step(
    steps: list[tuple[str, str, str | None]], told: list[tuple[str, str]], database: Path, watch: Topic, tmp_path: Path
) -> None:
    copy = tmp_path / "knowledge.db"
    copy.write_bytes(database.read_bytes())
    connection = sqlite3.connect(copy)
    connection.executemany(
        "INSERT INTO contradiction_events VALUES ('k-x1', ?, ?, ?, ?, 'denial', '1')",
        [(number, f"{day}T06:00:00Z", status, why) for number, (day, status, why) in enumerate(steps, start=2)],
    )
    connection.commit()
    connection.close()
    with open_reader(copy, watch) as reader:
        (page,) = (p for p in all_pages(reader) if p.path == "contradiction/k-x1.html")
        tree = html.document_fromstring(text_of(page, reader))
    assert [text(li) for li in tree.xpath("//ol[@class='life']/li")] == [
        f"{day_words(day)}: {words}" for day, words in told
    ]


def test_a_text_that_its_own_date_contradicts_is_not_set_against_itself(pages: Pages) -> None:
    (path,) = {
        link.get("href").removeprefix("../")
        for link in pages["contradiction/k-x3.html"].xpath("//a[starts-with(@href, '../dispute/')]")
    }
    (row,) = pages[path].xpath("//section[@aria-labelledby='pairs']//tbody/tr")
    assert text(row.xpath("td")[1]).startswith("the date of its text, ")
    assert text(pages[path].xpath("//h2[@id='pairs']")[0]) == "Set against its own date"
    assert "with a bar" not in text(pages["contradiction/k-x3.html"])


def test_a_flag_without_a_dispute_is_on_the_page_of_its_kind(database: Path, watch: Topic, tmp_path: Path) -> None:
    copy = tmp_path / "knowledge.db"
    copy.write_bytes(database.read_bytes())
    connection = sqlite3.connect(copy)
    connection.executescript("DELETE FROM dispute_pairs; DELETE FROM dispute_claims; DELETE FROM disputes")
    kinds = [kind for (kind,) in connection.execute("SELECT DISTINCT kind FROM contradictions")]
    connection.close()
    assert publish(copy, tmp_path / "public", watch, "2026-06-03T07:00:00Z").dead_links == ()
    site = tmp_path / "public" / "site"
    for kind in kinds:
        assert "contradiction/" in (site / "contradictions" / f"{kind}.html").read_text(encoding="utf-8")


def test_a_flag_names_its_dispute(pages: Pages) -> None:
    for path, page in pages.items():
        if path.startswith("contradiction/"):
            assert page.xpath("//header[@class='pagehead']//a[starts-with(@href, '../dispute/')]"), path


def test_a_document_and_a_claim_lead_to_their_disputes(pages: Pages) -> None:
    for path in ("document/d1ledger.html", "claim/c12.html", "company/norvane.html"):
        assert pages[path].xpath("//main//a[starts-with(@href, '../dispute/')]"), path


def test_home_shows_one_dispute_of_each_incident_before_a_second() -> None:
    pairs = (("a", "x"), ("a", "x"), ("a", "y"), ("b", "x"), ("b", "z"), ("c", "x"))
    rows = [row(number, incident, kind) for number, (incident, kind) in enumerate(pairs)]
    assert [r.id for r in varied(rows, 5)] == ["0", "4", "5", "2", "3"]
    assert varied(rows, 99)[-1].id == "1"
    assert varied([], 3) == []


def row(number: int, incident: str, kind: str) -> DisputeRow:
    texts = dict.fromkeys(
        ("incident_slug", "incident_title", "title", "status", "opened_at", "closed_at", "newest"), ""
    )
    found = {"id": str(number), "incident_id": incident, "kind": kind, "pairs": 1, "open_pairs": 1, "moved_to": None}
    return msgspec.convert({**texts, **found}, DisputeRow)
