"""Five real texts that lie beside a developer's checkout: what a careful reader would have taken out of them."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

SEEDS = Path(__file__).resolve().parents[3] / "shared" / "seeds"
pytestmark = pytest.mark.skipif(not SEEDS.is_dir(), reason="the seed texts do not lie beside this checkout")

CLAIM = """
SELECT c.* FROM claims c JOIN documents d ON d.id = c.document_id
LEFT JOIN entities s ON s.id = c.subject_id LEFT JOIN entities o ON o.id = c.object_id
LEFT JOIN entities v ON v.id = c.speaker_id
WHERE d.file LIKE :file AND (s.name = :subject OR s.owner_id IN (SELECT id FROM entities WHERE name = :subject))
  AND c.predicate = :predicate AND coalesce(o.name, c.object_text) = :object AND coalesce(v.name, '') LIKE :speaker
"""


@pytest.fixture(scope="module")
def seeds(tmp_path_factory: pytest.TempPathFactory, cli: Callable[..., Any]) -> Iterator[sqlite3.Connection]:
    home = tmp_path_factory.mktemp("seeds")
    done = cli("--home", home, "run", "--files", SEEDS)
    assert done.status == 0, done.err
    connection = sqlite3.connect(home / "knowledge.db")
    connection.row_factory = sqlite3.Row
    yield connection
    connection.close()


@pytest.mark.parametrize(
    ("file", "kinds"),
    [
        ("000%", {"news", "blog"}),
        ("001%", {"news", "blog"}),
        ("002%", {"news", "blog"}),  # a French title over an English body, with tables
        ("003%", {"forum"}),
        ("004%", {"podcast"}),
    ],
)
def test_kind_and_language(seeds: sqlite3.Connection, file: str, kinds: set[str]) -> None:
    row = seeds.execute("SELECT kind, language FROM documents WHERE file LIKE ?", (file,)).fetchone()
    assert row["kind"] in kinds
    assert row["language"] == "en"


@pytest.mark.parametrize(
    ("file", "subject", "predicate", "target", "speaker"),
    [
        ("000%", "Tencent", "trained_on_outputs_of", "Claude", "%"),
        ("002%", "Tencent", "trained_on_outputs_of", "Claude", "%"),
        ("001%", "Tencent", "evaluated_with", "Claude", "%"),
        ("000%", "Chinese AI companies", "accessed", "Claude", "Anthropic"),
    ],
)
def test_claims_that_must_be_there(
    seeds: sqlite3.Connection, file: str, subject: str, predicate: str, target: str, speaker: str
) -> None:
    values = {"file": file, "subject": subject, "predicate": predicate, "object": target, "speaker": speaker}
    assert seeds.execute(CLAIM, values).fetchall()


def flags(seeds: sqlite3.Connection) -> list[tuple[str, set[str], str]]:
    """(kind, predicates of both claims, explanation) of every flag."""
    rows = seeds.execute(
        "SELECT k.kind, a.predicate AS a, b.predicate AS b, x.explanation FROM contradictions k JOIN comparisons x "
        "ON x.id = k.comparison_id JOIN claims a ON a.id = x.claim_a JOIN claims b ON b.id = x.claim_b"
    )
    return [(row["kind"], {row["a"], row["b"]}, row["explanation"]) for row in rows]


def test_training_against_judging_is_one_kind_of_flag(seeds: sqlite3.Connection) -> None:
    found = [predicates for kind, predicates, _ in flags(seeds) if kind == "mechanism"]
    assert {"trained_on_outputs_of", "evaluated_with"} in found


def test_two_texts_against_one_evaluator_are_one_dispute(seeds: sqlite3.Connection) -> None:
    rows = seeds.execute("SELECT kind, pairs FROM disputes WHERE kind = 'mechanism'").fetchall()
    assert [tuple(row) for row in rows] == [("mechanism", 2)]


def test_a_deadline_that_had_passed_is_an_anachronism(seeds: sqlite3.Connection) -> None:
    assert [why for kind, _, why in flags(seeds) if kind == "anachronism" and "2025-09-30" in why]


def test_another_rule_is_no_contradiction(seeds: sqlite3.Connection) -> None:
    assert [kind for kind, _, _ in flags(seeds) if kind not in {"mechanism", "anachronism"}] == []


def test_figures_headed_hypothetical_are_suppositions(seeds: sqlite3.Connection) -> None:
    acts = {
        row["speech_act"]
        for row in seeds.execute(
            "SELECT c.speech_act FROM claims c JOIN documents d ON d.id = c.document_id "
            "JOIN segments s ON s.id = c.segment_id WHERE d.file LIKE '002%' AND s.kind = 'table_row' "
            "AND c.predicate = 'scored'"
        )
    }
    assert acts == {"supposes"}


def test_the_guests_speak_their_lines(seeds: sqlite3.Connection) -> None:
    spoken = dict(
        seeds.execute(
            "SELECT s.speaker, count(*) FROM segments s JOIN documents d ON d.id = s.document_id "
            "WHERE d.kind = 'podcast' AND s.speaker != '' GROUP BY 1"
        ).fetchall()
    )
    assert set(spoken) == {"Chamath Palihapitiya", "David Friedberg"}
    named = {row["name"] for row in seeds.execute("SELECT name FROM entities WHERE kind = 'person'")}
    assert set(spoken) <= named


def test_every_claim_slices_to_its_evidence(seeds: sqlite3.Connection) -> None:
    rows = seeds.execute(
        'SELECT c.evidence, r.text, c."start" AS a, c."end" AS b FROM claims c JOIN revisions r ON r.id = c.revision_id'
    )
    assert json.dumps([row["evidence"] for row in rows if row["text"][row["a"] : row["b"]] != row["evidence"]]) == "[]"
