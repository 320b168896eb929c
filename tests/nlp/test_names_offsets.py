"""Offsets slice to the words in any text; the same text gives the same names; long lines cost their length."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from distillwatch.nlp.names import NameFinder, Names
from distillwatch.nlp.names.pieces import key_of
from distillwatch.nlp.names.spans import Spans
from distillwatch.nlp.references import References
from distillwatch.records import Document
from distillwatch.topic import Topic
from tests.nlp.builders import document

PARTS = st.sampled_from(
    [
        "Norvane",
        "Ostra 2",
        "林墨",
        "ノーヴェイン",
        "槐序科技",
        "R1",
        "U.S.",
        "Imke Sondervall",
        "’s",
        "-",
        "–",
        " ",
        "\u00a0",
        "\r\n",
        "\x00",
        "\u202e",
        "e\u0301",
        "👩‍👩‍👧",
        "مرحبا",
        "ß",
        "İ",
        "said",
        "the company",
        "its model",
        "(",
        "“",
        "”",
        ".",
        ",",
        "3",
        "2.5-14B",
        "Zelkora Labs",
    ]
)
TEXTS = st.one_of(
    st.text(max_size=60), st.lists(PARTS, max_size=14).map("".join), st.lists(PARTS, max_size=14).map(" ".join)
)


def sound(made: Document, names: Names) -> None:
    end = 0
    entities = {e.id for e in names.named}
    for mention in names.mentions:
        assert made.text[mention.start : mention.end] == mention.text
        assert end <= mention.start < mention.end
        assert mention.entity_id is None or mention.entity_id in entities
        assert 0 < mention.score <= 1 and mention.reason
        end = mention.end
    assert {e.id for e in names.proposed} == {e.id for e in names.named if e.status == "proposed"}


@settings(max_examples=150)
@given(st.lists(TEXTS, min_size=1, max_size=4), st.sampled_from(["en", "fr", "de", "es", "zh", "ja", "ko"]))
def test_any_text(finder: NameFinder, paragraphs: list[str], language: str) -> None:
    made = document(*paragraphs, language=language)
    names = finder.find(made)
    sound(made, names)
    assert names == finder.find(made)


@settings(max_examples=60)
@given(st.lists(TEXTS, min_size=1, max_size=4), st.sampled_from(["en", "fr", "de", "es", "zh", "ja"]))
def test_any_reference(finder: NameFinder, topic: Topic, paragraphs: list[str], language: str) -> None:
    made = document(*paragraphs, language=language)
    for reference in References(topic.vocabulary).resolve(made, finder.find(made)):
        assert made.text[reference.start : reference.end] == reference.text
        assert reference.entity_ids


@given(st.text(max_size=30))
def test_keys_are_blind_to_case_and_gaps(name: str) -> None:
    assert key_of(name) == key_of(f" {name} ") == key_of(name.replace(" ", "-"))


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(1, 5)), max_size=8), st.integers(0, 55), st.integers(1, 6))
def test_spans_agree_with_a_plain_search(starts: list[tuple[int, int]], at: int, length: int) -> None:
    spans: list[tuple[int, int]] = []
    for start, size in sorted(starts):
        if not spans or start >= spans[-1][1]:
            spans.append((start, start + size))
    held, end = Spans(spans), at + length
    assert held.overlaps(at, end) == any(a < end and at < b for a, b in spans)
    assert held.covers(at, end) == any(a <= at and end <= b for a, b in spans)
    assert held.begins(at, end) == any(at <= a <= end for a, _ in spans)
    assert held.tears(at, end) == any(a < border < b for a, b in spans for border in (at, end))


def test_a_line_of_half_a_megabyte_takes_time_in_proportion(finder: NameFinder) -> None:
    sentence = "Norvane said that Zelkora Labs had trained Vantic 3 on Ostra 2. "
    seconds = []
    for count in (500, 4_000):
        made = document(sentence * count)
        begun = time.process_time()
        sound(made, finder.find(made))
        seconds.append(time.process_time() - begun)
    assert seconds[1] < 8 * seconds[0] * 2.5


@pytest.mark.parametrize(
    ("language", "unit"),
    [
        ("en", "A-"),
        ("en", "A "),
        ("en", "Aab "),
        ("en", "A."),
        ("en", "A'"),
        ("en", "a@"),
        ("en", "1."),
        ("en", "Ministry of Aab and "),
        ("en", "Ostra 2 Pro-"),
        ("zh", "我们"),
        ("zh", "云杉智能表示"),
        ("ja", "アイ"),
    ],
)
def test_no_pattern_chews_on_junk(finder: NameFinder, topic: Topic, language: str, unit: str) -> None:
    made = document(unit * (40_000 // len(unit)), language=language)
    begun = time.process_time()
    names = finder.find(made)
    References(topic.vocabulary).resolve(made, names)
    assert time.process_time() - begun < 5
