"""Ten predicates in six constructions of newspaper language, in five languages, one sentence a line of newspaper.tsv.

The world is the sample's. A line marked `unread` is one that no pattern reads yet: nothing else may be read from it.
"""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest

from distillwatch.topic import Topic
from tests.nlp.test_claims_multilingual import Desk

CONSTRUCTIONS = {"active", "passive", "nominal", "relative", "negated", "reported"}

# language, predicate, construction, text, claims as in phrasings.tsv, and `unread` or nothing
with (Path(__file__).parent / "newspaper.tsv").open(encoding="utf-8", newline="") as file:
    ROWS = list(csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


@pytest.fixture(scope="module")
def desk(sample_topic: Topic) -> Desk:
    return Desk(sample_topic)


@pytest.mark.parametrize(
    ("language", "text", "claims", "mark"),
    [(row[0], row[3], row[4], row[5]) for row in ROWS],
    ids=[f"{row[0]}: {row[1]}, {row[2]}" for row in ROWS],
)
def test_newspaper_constructions_are_read(desk: Desk, language: str, text: str, claims: str, mark: str) -> None:
    expected = sorted(claims.split(" | "))
    read = sorted(";".join(desk.row(claim)) for claim in desk.read(language, text))
    assert set(read) < set(expected) if mark == "unread" else read == expected


def test_the_table_is_whole() -> None:
    counted = Counter((row[0], row[1]) for row in ROWS)
    assert len(counted) == 50
    assert all({row[2] for row in ROWS if (row[0], row[1]) == cell} == CONSTRUCTIONS for cell in counted)
