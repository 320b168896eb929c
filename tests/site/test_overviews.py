"""Pages that look across incidents."""

from __future__ import annotations

import pytest
from lxml import html

from distillwatch.graph.floor import read_floor
from distillwatch.site.claims import Name, definition, words
from distillwatch.topic import bundled
from tests.site.asking import Get

Pages = dict[str, html.HtmlElement]


def text(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def test_a_speaker_is_quoted_with_each_passage_once(pages: Pages) -> None:
    for section in pages["speakers.html"].xpath("//main/section"):
        passages = [text(quote) for quote in section.xpath(".//blockquote")]
        assert 0 < len(passages) == len(set(passages)) <= 3
        assert all(text(who) for who in section.xpath(".//figcaption//*[@class='who']"))


def test_the_precision_card_speaks_to_readers(pages: Pages) -> None:
    """Every score that is guarded stands on it, in words of its own."""
    scores = read_floor(bundled("sample") / "floor.toml").scores
    assert set(scores) == set(words()["score"])
    rows = pages["methodology.html"].xpath("//table[@class='scores']/tbody/tr")
    shown = {text(row.xpath("th")[0]): text(row.xpath("td")[0]) for row in rows}
    assert shown == {words()["score"][name]: f"{value:.0%}" for name, value in scores.items()}


def test_what_is_foreseen_does_not_read_as_done(pages: Pages) -> None:
    (card,) = pages["predictions.html"].xpath("//li[@class='card']")
    assert "predicts that two makers will make marked outputs public" in text(card)


@pytest.mark.parametrize(
    ("subject", "speaker", "said"),
    [
        ("Norvane", "Norvane", "“distillation” means copying weights"),
        ("Output Use Rule", "Harbour Ledger", "Output Use Rule defines “distillation” as copying weights"),
    ],
)
def test_a_meaning_is_told_with_its_term(subject: str, speaker: str, said: str) -> None:
    told = definition(Name(subject), Name(speaker), "distillation", Name("copying weights"))
    assert "".join(piece.text for piece in told) == said


def test_every_cell_of_the_map_of_sources_leads_to_its_list(pages: Pages, get: Get) -> None:
    """By links, so by keyboard, too: to the statements that both speak of, and to the flags between the two."""
    page, met = pages["agreement.html"], 0
    for cell in page.xpath("//table[@class='agreement']/tbody//td[a]"):
        shared, _, flags = (part.strip() for part in text(cell).partition("/"))
        links = {text(link): link.get("href") for link in cell.xpath("./a")}
        if shared != "0":
            rows = get(f"/{links[shared].replace('outlets?', 'outlets.json?_shape=array&')}").json()
            assert len(rows) == int(shared)
        if flags:
            (section,) = page.xpath(f"//*[@id='{cell.xpath('./a[strong]/@href')[0][1:]}']/..")
            listed = section.xpath(".//li/a/@href")
            assert len(listed) == int(flags)
            assert all(path in pages for path in listed)
            title = cell.xpath("./a[strong]/@title")[0]
            assert all(text(name) in title for name in section.xpath("./h3//a[@class='name']"))
            met += 1
    assert met >= 4
    other = get("/db/knowledge/flags_of_two_outlets.json?_shape=array&source_id=ledger&other_source_id=tarsil-news")
    turned = get("/db/knowledge/flags_of_two_outlets.json?_shape=array&source_id=tarsil-news&other_source_id=ledger")
    assert [row["contradiction_id"] for row in other.json()] == ["k-x1"]
    assert [row["contradiction_id"] for row in turned.json()] == ["k-x1"]
