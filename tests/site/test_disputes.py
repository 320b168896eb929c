"""Disputes on the site: the question, its sides with their origins, and the way to the pairs."""

from __future__ import annotations

from lxml import html

Pages = dict[str, html.HtmlElement]


def text(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def test_lists_lead_to_disputes_and_disputes_to_their_pairs(pages: Pages) -> None:
    for listing in ("index.html", "contradictions.html"):
        cards = pages[listing].xpath("//article[contains(@class, 'flag')]//h2/a | //article//h3/a")
        assert cards and all(card.get("href").startswith("dispute/") for card in cards)
    for path, page in pages.items():
        if path.startswith("dispute/"):
            pairs = page.xpath("//section[@aria-labelledby='pairs']//h3/a/@href")
            assert pairs and all(link.startswith("../contradiction/") for link in pairs)
            assert "origin" in text(page.xpath("//main//ul")[0])


def test_a_flag_names_its_dispute(pages: Pages) -> None:
    for path, page in pages.items():
        if path.startswith("contradiction/"):
            assert page.xpath("//header[@class='pagehead']//a[starts-with(@href, '../dispute/')]"), path
