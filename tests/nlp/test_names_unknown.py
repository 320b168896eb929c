"""Names that no registry knows, told by how a text uses them."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from distillwatch.crawlers.parse import parse
from distillwatch.ids import entity_id
from distillwatch.nlp.names import NameFinder
from distillwatch.records import Entity, Source
from distillwatch.topic import Topic
from tests.nlp.builders import document, kinds, linked


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Zelkora Labs said on Monday that it was sorry.", {"Zelkora Labs": "company"}),
        ("The start-up Zelkora raised money.", {"Zelkora": "company"}),
        ("Zelkora, a Toronto-based AI lab, was founded in 2021.", {"Zelkora": "company"}),
        ("A spokesman for Zelkora declined to comment.", {"Zelkora": "company"}),
        ("Yesterday Zelkora did not respond to questions.", {"Zelkora": "company"}),
        ("They say that Zelkora's engineers opened accounts.", {"Zelkora": "company"}),
        ("The model Vantic 3 was trained on the answers of Pelorus.", {"Vantic 3": "model", "Pelorus": "model"}),
        ("Vantic, a 295B model from Zelkora, is out.", {"Vantic": "model", "Zelkora": "company"}),
        ("Zelkora's new model Vantic 2.5 is cheap.", {"Zelkora": "company", "Vantic 2.5": "model"}),
        ("They ran Vantic-7B on a laptop.", {"Vantic-7B": "model"}),
        ("Vantic 3 has 12 billion parameters.", {"Vantic 3": "model"}),
        ("The chatbot Plonk is rude.", {"Plonk": "product"}),
        ("“No,” said Ulrika Tombs, a lecturer at the university.", {"Ulrika Tombs": "person"}),
        ("Senator Quillfeather voted for it.", {"Quillfeather": "person"}),
        ("He told the Dunmore Gazette that he was tired.", {"Dunmore Gazette": "outlet"}),
        ("The Ministry of Weather and Tides opened a case.", {"Ministry of Weather and Tides": "agency"}),
        ("The Federal Compute Commission voted.", {"Federal Compute Commission": "agency"}),
        ("Under the Open Weights Act 2025 it is legal.", {"Open Weights Act 2025": "policy"}),
        ("Security Notice 2026-31 was issued.", {"Security Notice 2026-31": "policy"}),
        ("a memo known as ZXTM-9 says so", {"ZXTM-9": "policy"}),
        ("She works at the University of Tarnholm now.", {"University of Tarnholm": "group"}),
    ],
)
def test_english(ignorant: NameFinder, text: str, expected: dict[str, str]) -> None:
    assert kinds(ignorant.find(document(text))) == expected


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("La start-up Zelkora a démenti mercredi.", "fr", {"Zelkora": "company"}),
        ("Le modèle Vantic 3 a été entraîné en mai.", "fr", {"Vantic 3": "model"}),
        (
            "Das Start-up Zelkora erklärte, das Sprachmodell Vantic 3 sei neu.",
            "de",
            {"Zelkora": "company", "Vantic 3": "model"},
        ),
        ("La empresa Zelkora negó haber usado el modelo Vantic 3.", "es", {"Zelkora": "company", "Vantic 3": "model"}),
        ("初创公司Zelkora表示，模型Vantic 3是从头训练的。", "zh", {"Zelkora": "company", "Vantic 3": "model"}),
        ("据报道，木川科技发布了新产品。", "zh", {"木川科技": "company"}),
        ("发言人王若溪表示不知情。", "zh", {"王若溪": "person"}),
        ("新興企業Zelkoraは言語モデル「Vantic」を公開した。", "ja", {"Zelkora": "company", "Vantic": "model"}),
        ("弁護士の村井恵氏は否定した。", "ja", {"村井恵": "person"}),
    ],
)
def test_other_languages(ignorant: NameFinder, text: str, language: str, expected: dict[str, str]) -> None:
    assert kinds(ignorant.find(document(text, language=language))) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Researchers said on Monday that it works.",
        "Meanwhile, the weather in Toronto was fine.",
        "Distillation was trained into them.",
        "Form OCIO-12 must be filed by Friday.",
        "The S&P 500 fell, and the Dow Jones rose.",
        "In Q3 2025 the company grew 20 percent.",
        "Model Weights: The numbers inside.",
    ],
)
def test_everyday_words_are_no_names(ignorant: NameFinder, text: str) -> None:
    assert kinds(ignorant.find(document(text))) == {}


def test_a_name_decided_once_is_found_everywhere(ignorant: NameFinder) -> None:
    made = document(
        "Zelkora Systems, a start-up, was founded in 2020.",
        "Nobody there had heard of Zelkora.",
        headline="ZELKORA SUED OVER EVERYTHING IT DID",
    )
    names = ignorant.find(made)
    assert set(linked(names).values()) == {"Zelkora Systems"}
    assert len(names.mentions) == 3


def test_lists_lend_evidence(ignorant: NameFinder) -> None:
    names = ignorant.find(document("The companies accused are Zelkora, Plimsoll AI and Quendale, she wrote."))
    assert kinds(names) == {"Zelkora": "company", "Plimsoll AI": "company", "Quendale": "company"}


def test_owners_and_employers(ignorant: NameFinder) -> None:
    names = ignorant.find(
        document("Vantic 3, a model from Zelkora Labs, is new. Ulrika Tombs, a spokeswoman for Zelkora Labs, said so.")
    )
    assert {e.name: e.owner for e in names.proposed} == {
        "Vantic 3": "Zelkora Labs",
        "Zelkora Labs": "",
        "Ulrika Tombs": "Zelkora Labs",
    }


def test_table_columns_tell_the_kind(ignorant: NameFinder) -> None:
    import msgspec

    made = document("Vantic Zelkora", segments="table_row")
    row = msgspec.structs.replace(made.segments[0], cells=((0, 6), (7, 14)), head="Model\tMaker")
    assert kinds(ignorant.find(msgspec.structs.replace(made, segments=(row,)))) == {
        "Vantic": "model",
        "Zelkora": "company",
    }


def test_what_belongs_to_an_owner(finder: NameFinder) -> None:
    names = finder.find(
        document("Norvane's commercial terms forbid it. Huaixu's terms of service do not. The Rautenfels API is open.")
    )
    assert linked(names)["commercial terms"] == "Norvane Commercial Terms"
    assert linked(names)["terms of service"] == "Huaixu Technology Terms of Use"
    assert kinds(names) == {"Huaixu Technology Terms of Use": "policy", "Rautenfels API": "product"}


def test_our_terms_on_a_statement(finder: NameFinder) -> None:
    made = document("This is a breach of our commercial terms.", kind="statement", outlet="Norvane newsroom")
    assert linked(finder.find(made)) == {"commercial terms": "Norvane Commercial Terms"}


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("Norvane has Service Terms. The Service Terms forbid it.", "Norvane Service Terms"),
        ("Norvane and Quellmark have Usage Terms.", "Usage Terms"),  # both have rules of that name
        ("Huaixu breaks the Service Terms.", "Service Terms"),  # nobody here has such rules
        ("Norvane has read Huaixu's Service Terms.", "Service Terms"),  # somebody else's
    ],
)
def test_a_rule_by_its_name_without_its_owner(sample_topic: Topic, text: str, rule: str) -> None:
    rules = (
        ("Norvane Service Terms", "Norvane"),
        ("Norvane Usage Terms", "Norvane"),
        ("Quellmark Usage Terms", "Quellmark"),
    )
    known = [Entity(id=entity_id("policy", name), kind="policy", name=name, owner=owner) for name, owner in rules]
    found = NameFinder([*sample_topic.entities, *known], sample_topic.vocabulary).find(document(text))
    assert {name for name in linked(found).values() if "Terms" in name} == {rule}


# What the invented newsroom's pages give to a finder that knows none of their companies, models, people and products.
# A change of rules may raise these floors; lowering one needs a reason in the changelog.
FLOORS = {"company": (0.95, 0.80), "model": (0.93, 0.90), "person": (0.97, 0.88)}


def test_the_sample_newsroom_with_nothing_known(sample_topic: Topic) -> None:
    hidden = {"company", "model", "person", "product"}
    finder = NameFinder([e for e in sample_topic.entities if e.kind not in hidden], sample_topic.vocabulary)
    canonical = {n.casefold(): e.name for e in sample_topic.entities for n in (*e.aliases, e.name)}
    counts: dict[str, Counter[str]] = {kind: Counter() for kind in FLOORS}
    for page in _labels(sample_topic.folder):
        names = finder.find(_parsed(sample_topic.folder, page["url"]))
        found = {(canonical.get(e.name.casefold(), e.name), e.kind) for e in names.named}
        for kind, count in counts.items():
            said = {n for n, k in found if k == kind}
            true = {e["name"] for e in page["entities"] if e["kind"] == kind}
            count.update(both=len(said & true), said=len(said), true=len(true))
    for kind, (precision, recall) in FLOORS.items():
        assert counts[kind]["both"] / counts[kind]["said"] >= precision, (kind, counts[kind])
        assert counts[kind]["both"] / counts[kind]["true"] >= recall, (kind, counts[kind])


def _labels(folder: Path) -> list[dict]:  # type: ignore[type-arg] # rows of a file that other tests check
    lines = (folder / "labels" / "gold.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines if line.strip()]


def _parsed(folder: Path, url: str):  # type: ignore[no-untyped-def] # a Document
    path = folder / "newsroom" / url.split("://", 1)[1]
    second = path.with_suffix(".2.html")
    body = (second if second.exists() else path).read_bytes()
    source = Source(id="s", name="s", kind="files", url="")
    return parse(body, url=url, content_type="text/html", source=source, fetched_at="2026-01-01T00:00:00Z")
