"""What is coverage of the topic, in six languages, and what only uses its words."""

from __future__ import annotations

import pytest

from distillwatch.crawlers.relevance import compiled, load_relevance
from distillwatch.topic import Topic

CASES = [
    ("Norvane accused Huaixu of having trained Linmo 2 on the answers of Ostra 2.", True),
    ("Quellmark closed 5,000 accounts at its API that Bolan and Huaixu had used.", True),
    (
        "Norvane confirme : Huaixu a entraîné son modèle sur les réponses d'Ostra 2.",
        True,
    ),
    ("Huaixu soll Linmo 2 mit Antworten von Ostra 2 trainiert haben, sagt Norvane.", True),
    ("Huaixu entrenó Linmo 2 con respuestas de Ostra 2, afirma Norvane.", True),
    ("诺凡称槐序科技用Ostra 2的回答训练林墨2。", True),
    ("I distilled the rosemary twice; distillation is slow, and the pot still has a dent.", False),
    (
        "Knowledge distillation: the student model is trained on the outputs of the teacher.",
        False,
    ),
    ("Norvane and Quellmark open a new office by the harbour, with a canteen.", False),
    ("The ferry did not sail on Thursday.", False),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_relevance(sample_topic: Topic, text: str, expected: bool) -> None:
    relevance = load_relevance(sample_topic)
    assert relevance is not None
    assert relevance.keeps("", text) is expected


def test_a_name_counts_as_a_word_of_its_own() -> None:
    from distillwatch.records import Entity

    table = {
        "threshold": 1.0,
        "actors": 1,
        "actor_weight": 1.0,
        "rule_weight": 1.0,
        "alone": 9.0,
        "actor_kinds": ["company"],
        "rule_kinds": [],
        "en": {"distilled": 1.0},
    }
    relevance = compiled(table, [Entity(id="company-ost", kind="company", name="Ost")])
    assert relevance.keeps("", "Ost distilled it.")
    assert not relevance.keeps("", "The host distilled it.")
