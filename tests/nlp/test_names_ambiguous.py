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


MEANINGS = (
    # Claude the person
    ("en", "Claude Vasseur mended the copper pots of the village.", "Claude", False),
    ("en", "My neighbour Claude came by with apples.", "Claude", False),
    ("en", "Anthropic offers Claude to developers.", "Claude", True),
    ("en", "Claude answered the prompt in nine tokens.", "Claude", True),
    ("fr", "Claude Vasseur répare les casseroles du village.", "Claude", False),
    ("fr", "Claude est venu dîner dimanche avec ses enfants.", "Claude", False),
    ("fr", "Selon Anthropic, Claude est un modèle de langage.", "Claude", True),
    ("de", "Claude Vasseur flickt die Töpfe des Dorfes.", "Claude", False),
    ("de", "Claude kam am Sonntag zum Essen.", "Claude", False),
    ("de", "Laut Anthropic ist Claude ein Sprachmodell.", "Claude", True),
    ("es", "Claude Vasseur arregla las ollas del pueblo.", "Claude", False),
    ("es", "Según Anthropic, Claude es un modelo de lenguaje.", "Claude", True),
    ("zh", "据Anthropic称，Claude是一个语言模型。", "Claude", True),
    ("ja", "Anthropicによると、Claudeは言語モデルである。", "Claude", True),
    # Gemini the sign
    ("en", "Gemini is the third sign of the zodiac.", "Gemini", False),
    ("en", "Born under Gemini, she never stays long.", "Gemini", False),
    ("en", "Google trains Gemini in several sizes.", "Gemini", True),
    ("fr", "Gemini est une constellation du zodiaque.", "Gemini", False),
    ("fr", "Google propose son modèle Gemini en plusieurs tailles.", "Gemini", True),
    ("de", "Gemini ist ein Sternbild des Tierkreises.", "Gemini", False),
    ("de", "Google bietet das Modell Gemini in mehreren Größen an.", "Gemini", True),
    ("es", "Gemini es una constelación del zodiaco.", "Gemini", False),
    ("es", "Google ofrece su modelo Gemini en varios tamaños.", "Gemini", True),
    # Llama the animal
    ("en", "The Llama herd of the Andes grazed by the road.", "Llama", False),
    ("en", "Meta trained Llama on public data.", "Llama", True),
    ("fr", "Le Llama est un animal des Andes dont on tond la laine.", "Llama", False),
    ("fr", "Meta a entraîné Llama sur des données publiques.", "Llama", True),
    ("de", "Das Llama ist ein Tier aus den Anden, seine Wolle ist warm.", "Llama", False),
    ("de", "Meta hat Llama mit öffentlichen Daten trainiert.", "Llama", True),
    ("es", "Llama a la puerta antes de entrar.", "Llama", False),
    ("es", "La Llama de los Andes da una lana suave.", "Llama", False),
    ("es", "Meta entrenó Llama con datos públicos.", "Llama", True),
    # Mistral the wind
    ("en", "The Mistral blew down the valley for three days.", "Mistral", False),
    ("en", "Mistral released a new model in Paris.", "Mistral", True),
    ("fr", "Le Mistral souffle depuis trois jours dans la vallée du Rhône.", "Mistral", False),
    ("fr", "Mistral a publié un nouveau modèle ouvert.", "Mistral", True),
    ("de", "Der Mistral weht seit drei Tagen durch das Rhonetal.", "Mistral", False),
    ("de", "Mistral hat ein neues Modell veröffentlicht.", "Mistral", True),
    ("es", "El Mistral sopla desde hace tres días en el valle.", "Mistral", False),
    ("es", "Mistral publicó un nuevo modelo.", "Mistral", True),
    # Apple the fruit
    ("en", "An Apple pie and a glass of cider were all they had.", "Apple", False),
    ("en", "Apple runs its own models on its own chips.", "Apple", True),
    ("de", "Apple betreibt eigene Modelle auf eigenen Chips.", "Apple", True),
    ("fr", "Apple fait tourner ses modèles sur ses propres puces.", "Apple", True),
    ("zh", "苹果公司使用自己的模型和芯片。", "苹果", True),
    ("zh", "他每天吃一个苹果。", "苹果", False),
    # Meta-
    ("en", "A Meta-analysis of forty papers found nothing.", "Meta", False),
    ("en", "Meta-cognition is the study of thought.", "Meta", False),
    ("de", "Eine Meta-Analyse von vierzig Studien ergab nichts.", "Meta", False),
    ("fr", "Une Meta-analyse de quarante études n'a rien trouvé.", "Meta", False),
    ("es", "La Meta de la carrera está en la plaza.", "Meta", False),
    ("de", "Meta stellt ein neues KI-Modell vor.", "Meta", True),
    ("en", "Meta shows a new AI model.", "Meta", True),
)


@pytest.mark.parametrize(("language", "text", "word", "meant"), MEANINGS)
def test_one_word_and_two_meanings_in_several_languages(
    real_finder: NameFinder, language: str, text: str, word: str, meant: bool
) -> None:
    mentions = [m for m in real_finder.find(document(text, language=language)).mentions if word in m.text]
    linked_ids = [m.entity_id for m in mentions if m.kind in ("company", "model") and m.entity_id is not None]
    assert bool(linked_ids) == meant
    assert meant or all(m.reason for m in mentions)
