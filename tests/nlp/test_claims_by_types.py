"""Sentences that no pattern foresaw, in five languages, one a line of by_types.tsv: cue words and types decide.

The table also holds sentences with the same words that tell nothing. The world is the sample's.
"""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from distillwatch.topic import Topic
from tests.nlp.test_claims_multilingual import Desk

# language, text, and every claim as "subject;predicate;object;speaker act polarity hedge", joined by " | "
with (Path(__file__).parent / "by_types.tsv").open(encoding="utf-8", newline="") as file:
    ROWS = list(csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE))

# Two houses could be meant, somebody unknown is named, or the act is only wished for: open.
OPEN = [
    ("de", "Mit Antworten von Ostra 2 trainierten, so hört man, entweder Huaixu, Bolan, Tarsil."),
    ("fr", "Les réponses d’Ostra 2 ont nourri l’apprentissage, mais lequel ? Linmo 2, ou bien Yuanxi 3."),
    ("es", "Tarsil quiere comprar el 30 % de Rautenfels."),
    ("de", "Bolan fordert vom Federal Office for Computation eine Untersuchung gegen Huaixu."),
    ("zh", "槐序科技呼吁诺凡公开奥斯特拉2的训练数据。"),
    ("ja", "HuaixuはNorvaneにOstra 2の学習データの公開を求めた。"),
]  # fmt: skip


@pytest.fixture(scope="module")
def desk(sample_topic: Topic) -> Desk:
    return Desk(sample_topic)


@pytest.mark.parametrize(("language", "text", "claims"), ROWS, ids=[f"{r[0]}: {r[1][:50]}" for r in ROWS])
def test_the_one_reading_that_types_leave_is_taken(desk: Desk, language: str, text: str, claims: str) -> None:
    expected = sorted(claims.split(" | ")) if claims else []
    assert sorted(";".join(desk.row(claim)) for claim in desk.read(language, text)) == expected


@pytest.mark.parametrize(("language", "text"), OPEN, ids=[f"{language}: {text[:40]}" for language, text in OPEN])
def test_what_types_leave_open_is_not_read(desk: Desk, language: str, text: str) -> None:
    assert desk.read(language, text) == []
