"""Names with an everyday meaning: linked where the text shows what is meant, else left open with a reason."""

from __future__ import annotations

import pytest

from distillwatch.nlp.names import NameFinder
from tests.nlp.builders import document, kinds, linked


@pytest.mark.parametrize(
    ("text", "linked_to"),
    [
        ("Norvane trained Claude on its own.", "Claude"),  # its owner stands in the text
        ("The chatbot Claude answered.", "Claude"),  # a word of the field in its sentence
        ("R1 of Huaixu was released.", "Linmo-R1"),
        ("Mistral released a model in Paris.", "Mistral AI"),
        ("He told The Information that he was tired.", "The Information"),
    ],
)
def test_linked_by_context(finder: NameFinder, text: str, linked_to: str) -> None:
    assert linked_to in linked(finder.find(document(text))).values()


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Claude came down to watch the pot.", "Claude"),
        ("The mistral blew; the Mistral wind is cold.", "Mistral"),
        ("We took the R1 road to the coast.", "R1"),
        ("The Information was wrong and everybody knew it.", "The Information"),
    ],
)
def test_left_open_with_a_reason(finder: NameFinder, text: str, word: str) -> None:
    found = [m for m in finder.find(document(text)).mentions if m.text == word]
    assert found and all(m.entity_id is None and m.reason for m in found)


def test_a_given_name_with_a_surname_is_a_person(finder: NameFinder) -> None:
    names = finder.find(
        document("Claude Vasseur, who has tended copper pots for years, came to watch. Norvane was there.")
    )
    assert kinds(names) == {"Claude Vasseur": "person"}
    assert "Claude" not in linked(names).values()


def test_another_family_s_version_is_not_linked(finder: NameFinder) -> None:
    names = finder.find(document("Huaixu says that Skarn-R1 is no model of its own."))
    assert "Linmo-R1" not in linked(names).values()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Slice one apple; the Apple pie was eaten.", set()),
        ("Gemini is the third sign of the zodiac.", set()),
        ("A llama is an animal. The Llama herd of the Andes grazed.", set()),
        ("Amazon deforestation worries the tribe.", set()),
        ("Google says that Gemini was not trained that way.", {"Google", "Gemini"}),
        ("Meta declined to comment on its AI model.", {"Meta Platforms"}),
        ("A meta-analysis: Meta analysis of forty papers.", set()),
    ],
)
def test_words_of_the_real_registry(real_finder: NameFinder, text: str, expected: set[str]) -> None:
    assert set(linked(real_finder.find(document(text))).values()) == expected
