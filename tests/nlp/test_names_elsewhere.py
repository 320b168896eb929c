"""What other texts agree on is evidence in a text that shows less."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from spacy.language import Language

from distillwatch.nlp.extract import Extractor
from distillwatch.nlp.names import NameFinder
from distillwatch.nlp.names.elsewhere import agreed, holding
from distillwatch.topic import Topic
from tests.nlp.builders import document, entity, kinds


@pytest.mark.parametrize(
    ("proposals", "expected"),
    [
        ([("Post", "company", "Zelkora"), ("Gazette", "company", "Zelkora")], [("company", "Zelkora")]),
        ([("Post", "company", "Zelkora"), ("Post", "company", "Zelkora")], []),
        ([("Post", "company", "Zelkora"), ("Gazette", "model", "Zelkora")], []),
        ([("Post", "model", "Vantic 3"), ("Gazette", "model", "Vantic-3")], [("model", "Vantic 3")]),
        ([("Post", "agency", "Office of Tides"), ("Gazette", "agency", "Office of Tides")], []),
    ],
)
def test_two_sources_agree(proposals: list[tuple[str, str, str]], expected: list[tuple[str, str]]) -> None:
    made = [(source, entity(kind, name)) for source, kind, name in proposals]  # type: ignore[arg-type] # an entity kind
    assert [(e.kind, e.name) for e in agreed(made)] == expected
    assert agreed(reversed(made)) == agreed(made)


@pytest.fixture(scope="module")
def informed(topic: Topic) -> NameFinder:
    """Knows no name, but what other texts agree on."""
    others = (entity("company", "Zelkora Labs"), entity("model", "Larch 1"), entity("company", "木川科技"))
    return NameFinder((), topic.vocabulary, [replace(e, status="proposed") for e in others])


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("Nobody had heard of Zelkora before.", "en", {"Zelkora Labs": "company"}),
        ("Larch 1 is cheap.", "en", {"Larch 1": "model"}),
        ("The larch by the lake is old.", "en", {}),
        ("大家都在谈论木川科技的做法。", "zh", {"木川科技": "company"}),
    ],
)
def test_evidence_from_elsewhere(informed: NameFinder, text: str, language: str, expected: dict[str, str]) -> None:
    assert kinds(informed.find(document(text, language=language))) == expected


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Nobody had heard of Zelkora before.", True),
        ("ZELKORA-LABS was there.", True),  # in another spelling
        ("大家都在谈论木川科技的做法。", True),
        ("Nobody had heard of it before.", False),
    ],
)
def test_what_other_texts_told_is_part_of_the_version(informed: NameFinder, text: str, told: bool) -> None:
    assert bool(informed.find(document(text)).heard) == told
    assert bool(holding([("d", text)], ["Zelkora Labs", "Larch 1", "木川科技"])) == told


def test_a_row_s_version_changes_with_the_names_it_was_read_with(
    sample_topic: Topic, nlp: Language, sample_extractor: Extractor
) -> None:
    def version(text: str, *elsewhere: str) -> str:
        names = [replace(entity("company", name), status="proposed") for name in elsewhere]
        return Extractor(sample_topic, nlp, names).extract(document(text)).extractor

    text = "Zelkora sued Norvane."
    plain = sample_extractor.version
    assert version(text) == version(text, "Quellbach") == plain
    assert version(text, "Zelkora Labs") != plain
    assert version(text, "Zelkora Labs") != version(text, "Zelkora")
    assert version(text, "Zelkora", "Quellbach") == version(text, "Quellbach", "Zelkora") == version(text, "Zelkora")
