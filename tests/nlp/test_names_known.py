"""Registered names in every spelling, script and inflection; words that only look like them are left alone."""

from __future__ import annotations

import pytest

from distillwatch.nlp.names import NameFinder
from distillwatch.topic import Topic
from tests.nlp.builders import document, entity, kinds, linked


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("Norvane’s model beat Linmo.", "en", {"Norvane": "Norvane", "Linmo": "Linmo"}),
        ("NORVANE SUES HUAIXU", "en", {"NORVANE": "Norvane", "HUAIXU": "Huaixu Technology"}),
        ("Staff of Huaixu Technology met.", "en", {"Huaixu Technology": "Huaixu Technology"}),  # the longest wins
        (
            "Ostra-2, Ostra 2 and Ostra2 are one.",
            "en",
            {"Ostra-2": "Ostra 2", "Ostra 2": "Ostra 2", "Ostra2": "Ostra 2"},
        ),
        (
            "They ran Linmo2.5-14B and Linmo 2.5 14B.",
            "en",
            {"Linmo2.5-14B": "Linmo 2.5-14B", "Linmo 2.5 14B": "Linmo 2.5-14B"},
        ),
        ("La réponse d'Norvane et l’API.", "fr", {"Norvane": "Norvane"}),
        ("Norvanes Antwort kam spät.", "de", {"Norvane": "Norvane"}),  # a German genitive without apostrophe
        ("Der Norvane-Sprecher schwieg.", "de", {"Norvane": "Norvane"}),
        ("据悉诺凡否认了槐序科技的说法。", "zh", {"诺凡": "Norvane", "槐序科技": "Huaixu Technology"}),
        ("因克・桑德瓦尔说。", "zh", {"因克・桑德瓦尔": "Imke Sondervall"}),  # another middle dot
        ("ノーヴェインは回答を控えた。", "ja", {"ノーヴェイン": "Norvane"}),
        ("sold in the U.S. and the US", "en", {"U.S.": "United States", "US": "United States"}),
        ("a Chinese companies list", "en", {"Chinese companies": "Chinese AI companies"}),
    ],
)
def test_spellings(finder: NameFinder, text: str, language: str, expected: dict[str, str]) -> None:
    assert linked(finder.find(document(text, language=language))) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The rtf file opened.",  # an acronym in small letters is a word
        "See https://norvane.example/blog and mail press@norvane.example.",
        "Norvaneware is sold here.",
        "Ostrax is a town.",
        "ノーヴェインズ",  # part of a longer run of katakana
    ],
)
def test_not_names(finder: NameFinder, text: str) -> None:
    assert linked(finder.find(document(text))) == {}


def test_lower_case_only_where_writers_use_it(finder: NameFinder) -> None:
    said = "I think norvane did it."
    assert linked(finder.find(document(said))) == {}
    assert linked(finder.find(document(said, kind="forum", segments="comment"))) == {"norvane": "Norvane"}


def test_bylines_credits_and_code_hold_no_mentions(finder: NameFinder) -> None:
    assert finder.find(document("Norvane", segments="byline")).mentions == ()
    assert finder.find(document("import Norvane", segments="code")).mentions == ()
    assert finder.find(document("(Reporting by Norvane staff; editing by Imke Sondervall)")).mentions == ()


def test_a_name_does_not_run_over_cells(finder: NameFinder) -> None:
    import msgspec

    made = document("Ostra 2 Norvane", segments="table_row")
    row = msgspec.structs.replace(made.segments[0], cells=((0, 5), (6, 7), (8, 15)), head="Model\tRank\tMaker")
    found = finder.find(msgspec.structs.replace(made, segments=(row,)))
    assert linked(found) == {"Ostra": "Ostra", "Norvane": "Norvane"}


def test_headline_family_is_the_version_below(finder: NameFinder) -> None:
    made = document("Linmo 2.5-14B was trained in May.", headline="Who taught Linmo?")
    assert linked(finder.find(made))["Linmo"] == "Linmo 2.5-14B"
    both = document("Linmo 2.5-14B was trained in May. Linmo is a family.", headline="Who taught Linmo?")
    assert linked(finder.find(both))["Linmo"] == "Linmo"


def test_short_forms_follow_the_full_name(finder: NameFinder) -> None:
    names = finder.find(document("Imke Sondervall left. Sondervall had been ill, Imke's friends say."))
    assert set(linked(names).values()) == {"Imke Sondervall"}
    assert [m.text for m in names.mentions] == ["Imke Sondervall", "Sondervall", "Imke"]


def test_middle_initials(finder: NameFinder) -> None:
    assert linked(finder.find(document("Imke R. Sondervall left."))) == {"Imke R. Sondervall": "Imke Sondervall"}


def test_speakers_of_the_layout_are_entities_without_mentions(finder: NameFinder) -> None:
    made = document("We did not.", "Nor did we.", segments="quote", speakers=("Imke Sondervall", "Orla Quist"))
    names = finder.find(made)
    assert names.mentions == () and names.proposed == ()
    assert {s: (e.name, e.status) for s, e in names.speakers.items()} == {
        "Imke Sondervall": ("Imke Sondervall", "registered"),
        "Orla Quist": ("Orla Quist", "proposed"),
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("GPT4 and GPT-4", {"GPT-4"}),
        ("Qwen2.5-14B, Qwen 2.5 14B", {"Qwen 2.5-14B"}),
        ("Anthropic trained Claude 3.7 Sonnet.", {"Anthropic", "Claude 3.7 Sonnet"}),
        ("DeepSeek-R1-0528 and R1 of DeepSeek", {"DeepSeek-R1-0528", "DeepSeek-R1", "DeepSeek"}),
        ("豆包 1.5 Pro与字节跳动", {"Doubao 1.5 Pro", "ByteDance"}),
    ],
)
def test_the_real_registry(real_finder: NameFinder, text: str, expected: set[str]) -> None:
    assert set(linked(real_finder.find(document(text))).values()) == expected


def test_an_alias_with_an_article_hides_no_longer_name(topic: Topic) -> None:
    registry = (entity("agency", "Sundmark Senate", ("Senate", "the Senate")),)
    names = NameFinder(registry, topic.vocabulary).find(
        document("The Senate Trade Committee advanced the bill. Then the Senate rose.")
    )
    assert [(m.text, m.kind) for m in names.mentions] == [
        ("Senate Trade Committee", "agency"),
        ("Senate", "agency"),
    ]
    assert kinds(names) == {"Senate Trade Committee": "agency"}
