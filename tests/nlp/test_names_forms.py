"""What the form of an unknown name shows, and what only looks like a name."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from distillwatch.nlp.names import NameFinder
from tests.nlp.builders import document, kinds


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "In a statement on Sunday Noah's Ferry Lab denied it.", {"Noah's Ferry Lab": "company"}),
        (
            "en",
            "In a statement on Sunday Tollmere's Ferry Lab denied it.",
            {"Ferry Lab": "company", "Tollmere": "company"},
        ),
        ("en", "Varrow & Brisk acts for none of the parties.", {"Varrow & Brisk": "company"}),
        ("en", "Terms & Conditions apply to everybody.", {}),
        ("en", "As everybody knows, Groupe Sorvane owns a third of it.", {"Groupe Sorvane": "company"}),
        ("en", "Palisade Nine spotted the accounts in April.", {"Palisade Nine": "company"}),
        ("en", "Zhuming has sued Tolland over it.", {"Tolland": "company", "Zhuming": "company"}),  # no gerund
        ("en", "Reselling has sued nobody yet.", {}),
        ("en", "Anthroposophic has sued Tolland.", {"Anthroposophic": "company", "Tolland": "company"}),  # no noun
        ("en", "Similar models were tested.", {}),
        ("en", "The case is Halden Systems Inc. v. Tolland.", {"Halden Systems": "company", "Tolland": "company"}),
        (
            "en",
            "Sparrow 2 was trained on Quoll 4. Sparrow 2.5 is next.",  # another version speaks for it
            {"Quoll 4": "model", "Sparrow 2": "model", "Sparrow 2.5": "model"},
        ),
        ("en", "The Clerk asked witnesses to be brief, and the Clerk said so twice.", {}),
        ("en", "(3) Departments may go on as before. Departments have asked and said so.", {}),
        ("en", "It was signed by the Director of Public Technology on Monday.", {}),
        ("en", "A penalty was imposed by the Board on TokenBarge for the resale of keys.", {"TokenBarge": "company"}),
        ("en", "She sits on the Board on Weights and Measures.", {"Board on Weights and Measures": "agency"}),
        (
            "en",
            "It was trained on Tolland's Quoll, Varrow's Gemmit and Brackwater's Merrin.",
            {
                "Tolland": "company",
                "Quoll": "model",
                "Varrow": "company",
                "Gemmit": "model",
                "Brackwater": "company",
                "Merrin": "model",
            },
        ),
        ("en", "The firm trained its new Merrin AI model in May.", {"Merrin": "model"}),  # an AI model
        ("en", "They ran Quoll and Quoll Mini, and Quoll scored 71.", {"Quoll": "model", "Quoll Mini": "model"}),
        ("en", "Tolland AI said on Monday that it was sorry.", {"Tolland AI": "company"}),
        ("de", "Auch Antworten des US-Modells Quoll seien nicht verwendet worden.", {"Quoll": "model"}),
        ("de", "Der Finanzinvestor Rhenus Kapital hält 24 Prozent.", {"Rhenus Kapital": "company"}),
        (
            "es",
            "En junio Brackwater cerró su servicio a Tarvolabs, un estudio de Bilbao.",
            {"Brackwater": "company", "Tarvolabs": "company"},
        ),
        ("es", "Quoll-8B es el modelo más conocido de la firma de Tokio.", {"Quoll-8B": "model"}),
        ("zh", "多伦多公司Rookmead指控对方。", {"Rookmead": "company"}),
    ],
)
def test_forms(ignorant: NameFinder, language: str, text: str, expected: dict[str, str]) -> None:
    assert kinds(ignorant.find(document(text, language=language))) == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Ines Hallbrook, technology correspondent", {}),
        ("Ines Hallbrook, associate at Varrow Labs · 1 July 2026", {}),
        ("Ines Hallbrook, a lawyer, said no.", {"Ines Hallbrook": "person"}),
        ("Imke Dunmore, technology correspondent", {"Imke Dunmore": "person"}),  # not who wrote the page
    ],
)
def test_who_wrote_a_page_is_not_what_it_is_about(ignorant: NameFinder, line: str, expected: dict[str, str]) -> None:
    page = replace(document("It rained all day.", line), byline="Ines Hallbrook")
    assert kinds(ignorant.find(page)) == expected
