"""Pages that look across incidents."""

from __future__ import annotations

import pytest
from lxml import html

from distillwatch.graph.floor import read_floor
from distillwatch.site.claims import Name, definition, words
from distillwatch.topic import bundled

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
