"""Figures of one sentence that one can reckon with: shares and differences, right and wrong, in several languages."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from distillwatch.graph.compare import compare
from distillwatch.graph.rules import difference, share
from distillwatch.graph.statements import Judged, Party, Statement, Text
from distillwatch.graph.world import World
from distillwatch.topic import Topic
from tests.graph.builders import NOW, claim, document, put, store
from tests.graph.linking import ALL, OSTRA, QUELLMARK, TARSIL, world

SHARES = [
    ("en", "Quellmark made 81 percent of the 16 million exchanges, or 13 million.", ""),
    ("en", "Quellmark made 80% of the 16 million exchanges, or 9 million.", "12,800,000, and it gives 9,000,000"),
    ("en", "It made 13 million exchanges, or 81% of the 16 million.", ""),
    ("en", "It made 13 million exchanges, or 45 percent of the 16 million.", "7,200,000, and it gives 13,000,000"),
    ("en", "It made more than 13 million exchanges, or 60 percent of the 16 million.", ""),  # a bound says less
    ("en", "It asked 40 percent of the 500 testers in 2025, and 16 million people use it.", ""),
    ("de", "Quellmark stellte 80 Prozent der 1,5 Millionen Anfragen, also 1,2 Millionen.", ""),
    ("de", "Quellmark stellte 80 Prozent der 1,5 Millionen Anfragen, also 600.000.", "1,200,000, and it gives 600,000"),
    ("fr", "Quellmark a envoyé 40 % des 500 000 requêtes, soit 350 000.", "200,000, and it gives 350,000"),
    ("es", "Quellmark hizo 350.000 consultas, es decir, el 40 % de 500.000.", "200,000, and it gives 350,000"),
    ("es", "Quellmark hizo 200.000 consultas, es decir, el 40 % de 500.000.", ""),
    ("ja", "Quellmark は16件のうち80%、9件を送った。", ""),  # no pattern: no verdict
]
DIFFERENCES = [
    ("en", "Requests rose from 12,000 to 18,000 a day, an increase of 50 percent.", ""),
    ("en", "Requests rose from 12,000 to 18,000 a day, an increase of 90 percent.", "50 percent, and it gives 90"),
    ("en", "Requests rose from 12,000 to 18,000 a day, an increase of 6,000.", ""),
    ("en", "Requests rose from 0 to 18,000 a day, an increase of 50 percent.", ""),
    ("en", "Requests fell from 18,000 to 12,000 a day, a drop of 9,000.", "6,000, and it gives 9,000"),
    ("en", "Requests rose 50% from 12,000 to 18,000.", ""),
    ("en", "Requests rose 20% from 12,000 to 18,000.", "50 percent, and it gives 20"),
    ("en", "The share rose from 40 to 60 percent, an increase of 20 percentage points.", ""),
    ("de", "Die Zahl stieg von 12.000 auf 18.000, ein Plus von 90 Prozent.", "50 percent, and it gives 90"),
    ("de", "Die Zahl stieg um 50 Prozent von 12.000 auf 18.000.", ""),
    ("fr", "Le nombre est passé de 12 000 à 18 000, soit une hausse de 50 %.", ""),
    ("fr", "Le nombre est passé de 12 000 à 18 000, soit une hausse de 9 000.", "6,000, and it gives 9,000"),
    ("es", "Las consultas pasaron de 12.000 a 18.000, un aumento del 90 %.", "50 percent, and it gives 90"),
]


@pytest.fixture(scope="module")
def asked(topic: Topic) -> World:
    return World({}, topic.vocabulary)


def said(language: str, evidence: str, **fields: Any) -> Statement:
    text = Text(id="t", outlet="Harbour Post", language=language, published="2026-04-20")
    quellmark = Party("company-quellmark", "Quellmark", "company")
    return Statement(id="s", text=text, subject=quellmark, predicate="accessed", evidence=evidence, **fields)


def why(found: Judged | None) -> str:
    return found.why if found else ""


@pytest.mark.parametrize(("language", "evidence", "told"), SHARES)
def test_a_share_of_a_whole(asked: World, language: str, evidence: str, told: str) -> None:
    statement = said(language, evidence)
    found = why(share.judge(statement, statement, asked))
    assert told in found and bool(told) == bool(found)


@pytest.mark.parametrize(("language", "evidence", "told"), DIFFERENCES)
def test_a_change_between_two_figures(asked: World, language: str, evidence: str, told: str) -> None:
    statement = said(language, evidence)
    found = why(difference.judge(statement, statement, asked))
    assert told in found and bool(told) == bool(found)


def test_what_is_only_supposed_is_not_reckoned(asked: World) -> None:
    language, evidence, _ = SHARES[1]
    supposed = said(language, evidence, act="supposes")
    assert share.judge(supposed, supposed, asked) is None
    one, other = said(language, evidence), said(language, evidence)
    assert share.judge(one, another(other), asked) is None


def another(statement: Statement) -> Statement:
    """The same sentence as another statement."""
    return Statement(id="other", text=statement.text, subject=statement.subject, predicate=statement.predicate)


def test_a_sentence_that_does_not_add_up_is_one_flag_of_one_claim(tmp_path: Path, topic: Topic) -> None:
    db = store(tmp_path, *ALL)
    on = document("a", "Headline", "Quellmark and Tarsil made 80% of the 16 million exchanges, or 9 million.")
    put(db, on, *(claim(on, 1, firm, "accessed", OSTRA) for firm in (QUELLMARK, TARSIL)))
    compare(db, world(topic), NOW)
    ((kind, rule, a, b),) = db.conn.execute(
        "SELECT k.kind, x.rule, x.claim_a, x.claim_b FROM contradictions k JOIN comparisons x ON x.id = k.comparison_id"
    )
    assert (kind, rule) == ("numeric", "share") and a == b
    assert (
        db.conn.execute("SELECT title FROM disputes")
        .fetchone()[0]
        .startswith("What figure the sources give when they say that")
    )
