"""What spaCy's recogniser says of an unregistered name: kept as evidence, and a judge of nothing but close cases."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from distillwatch.nlp.names import NameFinder
from distillwatch.nlp.names.recogniser import Label, Recogniser
from distillwatch.topic import Topic
from tests.nlp.builders import REGISTRY, document, kinds


class Told(Recogniser):
    """Says what it is told to say of each name, and remembers what it was asked."""

    def __init__(self, labels: dict[str, str]) -> None:
        """`labels` by name."""
        super().__init__()
        self.asked: list[str] = []
        self._told = labels

    def labels(self, texts: Sequence[str]) -> list[tuple[Label, ...]]:
        """The labels of the names that stand in each text."""
        self.asked += texts
        return [
            tuple((text.find(n), text.find(n) + len(n), label) for n, label in self._told.items() if n in text)
            for text in texts
        ]


@pytest.mark.parametrize(
    ("text", "without", "labels", "with_it"),
    [
        # one weak cue, and the recogniser agrees
        ("Yesterday Anneke Scale of the lab smiled.", {"Anneke Scale": "person"}, {}, {"Anneke Scale": "person"}),
        ("They say Hazel Scale.", {}, {"Hazel Scale": "PERSON"}, {}),  # its word alone is not enough
        # a full name that does what firms do as well
        (
            "Quilla Brandvold launched a model. The case against Quilla Brandvold was dropped.",
            {"Quilla Brandvold": "company"},
            {"Quilla Brandvold": "PERSON"},
            {"Quilla Brandvold": "person"},
        ),
        # an everyday noun that it takes for no name
        ("An inquiry into Heron has begun.", {"Heron": "company"}, {}, {}),
        (
            "An inquiry into Heron has begun.",
            {"Heron": "company"},
            {"Heron": "ORG"},
            {"Heron": "company"},
        ),
        # what a city has is no name of a firm
        ("There was talk of Sundmark Cloud.", {"Sundmark Cloud": "company"}, {"Sundmark": "GPE"}, {}),
        # it differs, and what the text does with the name goes before it
        ("Zelkora AG was sad.", {"Zelkora AG": "company"}, {"Zelkora AG": "PERSON"}, {"Zelkora AG": "company"}),
        ("The start-up Zelkora raised money.", {"Zelkora": "company"}, {"Zelkora": "GPE"}, {"Zelkora": "company"}),
        ("Zelkora sued in May.", {"Zelkora": "company"}, {"Zelkora": "DATE"}, {"Zelkora": "company"}),
        ("Vantic 3 has 12 billion parameters.", {"Vantic 3": "model"}, {"Vantic 3": "PERSON"}, {"Vantic 3": "model"}),
    ],
)  # fmt: skip
def test_it_decides_close_cases_alone(
    topic: Topic, text: str, without: dict[str, str], labels: dict[str, str], with_it: dict[str, str]
) -> None:
    assert kinds(NameFinder((), topic.vocabulary).find(document(text))) == without
    witnessed = NameFinder((), topic.vocabulary, recogniser=Told(labels))
    assert kinds(witnessed.find(document(text))) == with_it


@pytest.mark.parametrize(
    ("labels", "kept"),
    [
        ({"Zelkora": "ORG"}, "the recogniser agrees (ORG)"),
        ({"Zelkora": "PERSON"}, "the recogniser differs (PERSON)"),
        ({"Zelk": "GPE"}, "the recogniser sees a part as GPE"),
        ({}, "the recogniser sees no name"),
    ],
)
def test_what_it_sees_is_kept_with_the_name(topic: Topic, labels: dict[str, str], kept: str) -> None:
    finder = NameFinder((), topic.vocabulary, recogniser=Told(labels))
    reasons = {
        m.reason for m in finder.find(document("Zelkora has sued Vantor over it.")).mentions if m.text == "Zelkora"
    }
    assert {reason.rpartition("; ")[2] for reason in reasons} == {kept}


@pytest.mark.parametrize(
    ("text", "language", "asked"),
    [
        ("Norvane has sued Huaixu Technology over Ostra 2.", "en", 0),  # all of them registered
        ("It rained all day. Nobody came.", "en", 0),
        ("Le modèle Vantic 3 a été entraîné en mai.", "fr", 0),  # it reads English
        ("Zelkora has sued Norvane. Zelkora is small. It rained all day.", "en", 2),
    ],
)
def test_it_is_asked_about_open_names_alone(topic: Topic, text: str, language: str, asked: int) -> None:
    witness = Told({})
    NameFinder(REGISTRY, topic.vocabulary, recogniser=witness).find(document(text, language=language))
    assert len(witness.asked) == asked


def test_it_is_loaded_when_first_asked(topic: Topic) -> None:
    loaded: list[str] = []

    def load() -> None:
        loaded.append("recogniser")
        raise LookupError("no recogniser")

    finder = NameFinder(REGISTRY, topic.vocabulary, recogniser=Recogniser(load))  # type: ignore[arg-type] # never returns
    finder.find(document("Norvane has sued Huaixu Technology over Ostra 2."))
    assert loaded == []
    with pytest.raises(LookupError, match="no recogniser"):
        finder.find(document("Zelkora has sued Norvane."))
    assert loaded == ["recogniser"]


def test_the_real_one_gives_spans_of_its_texts() -> None:
    texts = ["Ulrika Tombs spoke in Boston.", "It rained."]
    found = Recogniser().labels(texts)
    assert [{texts[0][start:end]: label for start, end, label in found[0]}, found[1]] == [
        {"Ulrika Tombs": "PERSON", "Boston": "GPE"},
        (),
    ]
