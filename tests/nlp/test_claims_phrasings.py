"""Ordinary ways to say each predicate in five languages, one a line of phrasings.tsv; the world is the sample's."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from distillwatch.topic import Topic
from tests.nlp.test_claims_multilingual import Desk

# language, text, and every claim as "subject;predicate;object;speaker act polarity hedge", joined by " | "
with (Path(__file__).parent / "phrasings.tsv").open(encoding="utf-8", newline="") as file:
    ROWS = list(csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


@pytest.fixture(scope="module")
def desk(sample_topic: Topic) -> Desk:
    return Desk(sample_topic)


@pytest.mark.parametrize(("language", "text", "claims"), ROWS, ids=[f"{r[0]}: {r[1][:50]}" for r in ROWS])
def test_what_is_said_is_read(desk: Desk, language: str, text: str, claims: str) -> None:
    expected = sorted(claims.split(" | ")) if claims else []
    assert sorted(";".join(desk.row(claim)) for claim in desk.read(language, text)) == expected
