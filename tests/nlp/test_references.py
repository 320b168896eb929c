"""Words that point back are resolved where one entity fits, and left open where none or several do."""

from __future__ import annotations

from itertools import pairwise

import pytest

from distillwatch.nlp.names import NameFinder
from distillwatch.nlp.references import References
from distillwatch.topic import Topic
from tests.nlp.builders import REGISTRY, document

NAMES = {e.id: e.name for e in REGISTRY}
Told = dict[str, tuple[str, ...]]


@pytest.fixture(scope="module")
def references(topic: Topic) -> References:
    return References(topic.vocabulary)


def told(finder: NameFinder, references: References, *paragraphs: str, language: str = "en") -> Told:
    made = document(*paragraphs, language=language)
    names = finder.find(made)
    assert {m.entity_id for m in names.mentions if m.entity_id} == {e.id for e in names.named}
    found = references.resolve(made, names)
    return {r.text: tuple(NAMES.get(i, i) for i in r.entity_ids) for r in found}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Norvane apologised. The company had used Linmo.", {"The company": ("Norvane",)}),
        ("Norvane and Huaixu argue. The Hangzhou start-up says no.", {"The Hangzhou start-up": ("Huaixu Technology",)}),
        ("Norvane and Huaixu argue. The Chinese company says no.", {"The Chinese company": ("Huaixu Technology",)}),
        ("Norvane and Rautenfels argue. The German firm says no.", {"The German firm": ("Rautenfels",)}),
        ("Norvane, the laboratory, was closed.", {"the laboratory": ("Norvane",)}),
        ("Huaixu released Linmo. The model, which is big, was cheap.", {"The model": ("Linmo",)}),
        ("Norvane used Linmo to test its own drafts.", {"its": ("Norvane",)}),
        ("Norvane used Linmo to test its flagship model.", {"its": ("Norvane",)}),  # none of its models is named
        ("Norvane trains Ostra. Rautenfels says the Norvane model is bad.", {"model": ("Ostra",)}),
        ("Norvane said that it had trained on nothing.", {"it": ("Norvane",)}),
        ("Imke Sondervall spoke. She said that Norvane was fine.", {"She": ("Imke Sondervall",)}),
        ("Norvane sued Rautenfels. Both companies are small.", {"Both companies": ("Norvane", "Rautenfels")}),
        (
            "Norvane, Huaixu and Rautenfels trained models. The three labs denied it.",
            {"The three labs": ("Norvane", "Huaixu Technology", "Rautenfels")},
        ),
        (  # never listed, but the page has one more firm only, whose model it is about
            "Norvane made Ostra. Huaixu queried Ostra. Rautenfels did too. Tarsil sent more. Did the three labs learn?",
            {"the three labs": ("Huaixu Technology", "Rautenfels", "company-tarsil")},
        ),
        (
            "The Trade Ministry wrote to Norvane. The ministry was angry.",
            {"The ministry": ("Ministry of Trade of Sundmark",)},
        ),
        ("The Model Provenance Act was adopted. The act is short.", {"The act": ("Model Provenance Act",)}),
    ],
)
def test_one_candidate(finder: NameFinder, references: References, text: str, expected: Told) -> None:
    assert told(finder, references, text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Norvane and Rautenfels argue. The company says no.",  # either could be meant
        "Norvane accused the company of nothing.",  # nobody accuses himself
        "The company that makes lifts is fine. Norvane is not.",  # goes on to say which one
        "Norvane and Huaixu met. She was late.",  # no person at all
        "Imke Sondervall came. He was late.",  # known to be called she
        "Norvane met Rautenfels over its model.",
        "Norvane, Huaixu and Rautenfels met. The two companies agreed.",
        "Norvane made Ostra. Huaixu queried Ostra. Rautenfels did too. Did the three labs learn?",  # one is the maker
        "Huaixu declined to comment. The company accuses others.",  # a story goes back to its subject after the answers
    ],
)
def test_left_open(finder: NameFinder, references: References, text: str) -> None:
    assert told(finder, references, text) == {}


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("Norvane a démenti. L’entreprise refuse d’en dire plus.", "fr", {"L’entreprise": ("Norvane",)}),
        (
            "Norvane und Huaixu streiten. Das chinesische Unternehmen schwieg.",
            "de",
            {"Das chinesische Unternehmen": ("Huaixu Technology",)},
        ),
        ("Norvane negó todo. La empresa no dijo más.", "es", {"La empresa": ("Norvane",)}),
        ("诺凡否认了。该公司没有回应。", "zh", {"该公司": ("Norvane",)}),
        ("ノーヴェインは否定した。同社は回答を控えた。", "ja", {"同社": ("Norvane",)}),
    ],
)
def test_other_languages(finder: NameFinder, references: References, text: str, language: str, expected: Told) -> None:
    assert told(finder, references, text, language=language) == expected


def test_a_language_without_words_gives_nothing(finder: NameFinder, references: References) -> None:
    assert told(finder, references, "Norvane nega. L'azienda tace.", language="it") == {}


def test_references_overlap_no_mention_and_come_in_order(finder: NameFinder, references: References) -> None:
    made = document("Norvane said that it had used Linmo.", "The company kept its word. Imke Sondervall said she knew.")
    names = finder.find(made)
    found = references.resolve(made, names)
    spans = sorted([(r.start, r.end) for r in found] + [(m.start, m.end) for m in names.mentions])
    assert all(a_end <= b_start for (_, a_end), (b_start, _) in pairwise(spans))
    assert [r.start for r in found] == sorted(r.start for r in found)
    assert all(made.text[r.start : r.end] == r.text and r.reason for r in found)
