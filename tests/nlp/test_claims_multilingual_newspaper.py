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

# What is wanted, expected, ruled out or put off has not been done, and an answer not given is none.
SILENT = [
    ("de", "Eine Klage von Quellmark gegen Bolan ist nicht geplant."),
    ("de", "Über eine mögliche Klage von Quellmark gegen Bolan wird spekuliert."),
    ("de", "Eine Sperrung der Konten von Huaixu durch Norvane wäre überzogen."),
    ("de", "Mit der Veröffentlichung von Linmo 2 durch Huaixu wird im Herbst gerechnet."),
    ("de", "Das stimmt nicht ganz, sagte Lian Shuo."),
    ("fr", "Une éventuelle plainte de Quellmark contre Bolan n’est pas exclue."),
    ("fr", "Norvane réclame l’inscription de Huaixu sur la liste par le Sundmark Trade Ministry."),
    ("fr", "La sortie de Linmo 2 par Huaixu est attendue à l’automne."),
    ("fr", "Huaixu n’a pas encore démenti."),
    ("es", "Una eventual demanda de Quellmark contra Bolan sería lenta."),
    ("es", "El cierre de las cuentas de Huaixu por parte de Norvane se descarta."),
    ("es", "Huaixu no ha desmentido las acusaciones."),
    ("zh", "奎尔马克对泊岚智能的诉讼尚未提起。"),
    ("zh", "Norvane禁止槐序科技使用Ostra 2的回答训练模型。"),
    ("zh", "槐序科技没有否认这一指控。"),
    ("ja", "QuellmarkによるBolanへの訴訟は見送られた。"),
    ("ja", "Sundmark Trade MinistryによるHuaixuへの制裁を求める声がある。"),
    ("ja", "Huaixuは主張を否定していない。"),
]  # fmt: skip


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


@pytest.mark.parametrize(("language", "text"), SILENT, ids=[f"{language}: {text[:40]}" for language, text in SILENT])
def test_what_was_not_done_is_not_told(desk: Desk, language: str, text: str) -> None:
    assert desk.read(language, text) == []


def test_the_table_is_whole() -> None:
    counted = Counter((row[0], row[1]) for row in ROWS)
    assert len(counted) == 50
    assert all({row[2] for row in ROWS if (row[0], row[1]) == cell} == CONSTRUCTIONS for cell in counted)
