"""Pages that look across incidents."""

from __future__ import annotations

from lxml import html

Pages = dict[str, html.HtmlElement]


def text(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def test_a_speaker_is_quoted_with_each_passage_once(pages: Pages) -> None:
    for section in pages["speakers.html"].xpath("//main/section"):
        passages = [text(quote) for quote in section.xpath(".//blockquote")]
        assert 0 < len(passages) == len(set(passages)) <= 3
        assert all(text(who) for who in section.xpath(".//figcaption//*[@class='who']"))
