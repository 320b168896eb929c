"""What linking keeps beside the incidents: status, responses, propositions, policies, predictions."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
import pytest

from distillwatch.graph.link import link
from distillwatch.graph.propositions import link_propositions
from distillwatch.graph.store import transaction
from distillwatch.quantities import Quantity
from distillwatch.records import Decision
from distillwatch.site.datasette_config import canned_queries
from distillwatch.topic import Topic
from tests.graph.builders import NOW
from tests.graph.linking import (
    ALLEGED,
    ASKED,
    NORVANE,
    ORDER,
    OSTRA,
    PELLAN,
    Q_TO_N,
    QUELLMARK,
    SPOKESMAN,
    TARSIL,
    USED,
    linked,
    page,
    told,
    world,
)

STATUSES = [
    ([Q_TO_N], "alleged"),
    ([Q_TO_N, (2, QUELLMARK, USED, OSTRA, {"speech_act": "denies", "polarity": "-", "speaker": SPOKESMAN})], "denied"),
    ([Q_TO_N, (2, QUELLMARK, "commented", "denied")], "denied"),
    ([Q_TO_N, (2, TARSIL, "commented", "denied")], "alleged"),
    ([Q_TO_N, (2, QUELLMARK, USED, OSTRA, {"speech_act": "confirms", "speaker": QUELLMARK})], "confirmed"),
    ([Q_TO_N, (2, QUELLMARK, USED, OSTRA, {"speech_act": "confirms", "speaker": TARSIL})], "alleged"),
    ([Q_TO_N, (2, QUELLMARK, "commented", "confirmed"), (3, QUELLMARK, "commented", "denied")], "disputed"),
    ([(1, QUELLMARK, USED, OSTRA), (2, NORVANE, "restricted", QUELLMARK)], "reported"),
]


@pytest.mark.parametrize(("claims", "status"), STATUSES)
def test_status_follows_what_the_accused_say(
    tmp_path: Path, topic: Topic, claims: list[tuple[Any, ...]], status: str
) -> None:
    db = linked(tmp_path, topic, told(page("a"), *claims))
    found, title = db.conn.execute("SELECT status, title FROM incidents").fetchone()
    assert found == status
    assert title == "Alleged training on outputs of Ostra by Quellmark"


def test_the_ledger_of_responses_names_who_has_not_answered(tmp_path: Path, topic: Topic) -> None:
    db = linked(
        tmp_path,
        topic,
        told(
            page("a"),
            (1, QUELLMARK, USED, OSTRA, ALLEGED),
            (1, TARSIL, USED, OSTRA, ALLEGED),
            (2, QUELLMARK, "commented", "declined", {"when": ("2026-04-19", "2026-04-19")}),
            (3, QUELLMARK, USED, OSTRA, {"speech_act": "denies", "polarity": "-", "speaker": SPOKESMAN}),
        ),
    )
    rows = db.conn.execute("SELECT entity_id, status, as_of, claim_id IS NULL FROM responses ORDER BY 1, 2").fetchall()
    assert rows == [
        (QUELLMARK.id, "declined", "2026-04-19", 0),
        (QUELLMARK.id, "denied", "2026-04-20", 0),
        (TARSIL.id, "none_found", NOW[:10], 1),
    ]


def test_propositions_are_shared_by_those_who_say_the_same_of_the_same_scope(tmp_path: Path, topic: Topic) -> None:
    def figure(unit: str) -> dict[str, Any]:
        return {"quantity": Quantity(900.0, 900.0, unit), **ALLEGED}

    db = linked(
        tmp_path,
        topic,
        told(
            page("a"), (1, QUELLMARK, ASKED, OSTRA, figure("accounts")), (2, QUELLMARK, ASKED, OSTRA, figure("queries"))
        ),
        told(page("b"), (1, QUELLMARK, ASKED, OSTRA, {"polarity": "-", "speech_act": "denies"} | figure("accounts"))),
        told(page("c"), (1, PELLAN, ASKED, OSTRA, figure("accounts"))),
    )
    rows = db.conn.execute(
        """SELECT p.scope, p.subject_text, count(*) FROM propositions p JOIN claims c ON c.proposition_id = p.id
           GROUP BY p.id ORDER BY 1, 2"""
    ).fetchall()
    assert rows == [("unit=accounts", "Pellan", 1), ("unit=accounts", "Quellmark", 2), ("unit=queries", "Quellmark", 1)]
    assert db.conn.execute("SELECT count(*) FROM propositions WHERE incident_id IS NULL").fetchone() == (0,)


def test_a_policy_is_an_incident_of_its_own_with_its_latest_stage(tmp_path: Path, topic: Topic) -> None:
    def on(day: str) -> dict[str, Any]:
        return {"when": (day, day)}

    db = linked(
        tmp_path,
        topic,
        told(page("a"), (1, ORDER, "policy_status", "proposed", on("2026-03-01"))),
        told(page("b"), (1, ORDER, "policy_status", "adopted", on("2026-04-02"))),
        told(page("c"), (1, ORDER, "policy_status", "in force", {"speech_act": "predicts", **on("2026-09-01")})),
    )
    rows = db.conn.execute("SELECT title, kind, status, started_on FROM incidents").fetchall()
    assert rows == [("Order 7", "policy", "adopted", "2026-03-01")]
    assert db.conn.execute("SELECT * FROM policies").fetchall() == [(ORDER.id, "Ministry of Trade")]
    assert db.conn.execute("SELECT on_date, stage FROM policy_events ORDER BY 1").fetchall() == [
        ("2026-03-01", "proposed"),
        ("2026-04-02", "adopted"),
        ("2026-09-01", "in force"),
    ]


def test_predictions_become_overdue_and_are_met_by_a_later_text(tmp_path: Path, topic: Topic) -> None:
    def due(day: str) -> dict[str, Any]:
        return {"speech_act": "predicts", "when": (None, day)}

    first = told(
        page("a", published="2026-01-10"),
        (1, QUELLMARK, "released", PELLAN, due("2026-03-31")),
        (2, NORVANE, "sued", QUELLMARK, due("2026-03-31")),
        (3, NORVANE, "released", OSTRA, due("2026-12-31")),
    )
    later = told(
        page("b", published="2026-03-20"), (1, QUELLMARK, "released", PELLAN, {"when": ("2026-03-19", "2026-03-19")})
    )
    db = linked(tmp_path, topic, first, later)
    rows = db.conn.execute(
        """SELECT c.object_text, p.status, p.resolved_by IS NOT NULL FROM predictions p
           JOIN claims c ON c.id = p.claim_id ORDER BY 1"""
    )
    assert rows.fetchall() == [("Ostra", "pending", 0), ("Pellan", "met", 1), ("Quellmark", "overdue", 0)]
    key = db.conn.execute("SELECT claim_id FROM predictions WHERE status = 'overdue'").fetchone()[0]
    for settled in ("void", "failed", "met"):
        decision = Decision(
            target_table="predictions", target_id=key, decision=settled, reason="it was sold", author="ada",
            decided_at=NOW,
        )  # fmt: skip
        link(db, msgspec.structs.replace(world(topic), decisions=(decision,)), NOW)
        (status,) = db.conn.execute("SELECT status FROM predictions WHERE claim_id = ?", (key,)).fetchone()
        assert status == settled
    link(db, world(topic), NOW)  # taken out of the file again: a slip of the pen
    assert db.conn.execute("SELECT status FROM predictions WHERE claim_id = ?", (key,)).fetchone() == ("overdue",)


def test_propositions_follow_their_claims_and_names(tmp_path: Path, topic: Topic) -> None:
    db = linked(tmp_path, topic, told(page("a"), Q_TO_N), told(page("b"), (1, "a lab", USED, OSTRA)))
    before = db.conn.execute("SELECT * FROM propositions ORDER BY id").fetchall()
    with transaction(db):
        assert link_propositions(db) == 0 == link_propositions(db, anew=True)
    assert db.conn.execute("SELECT * FROM propositions ORDER BY id").fetchall() == before
    with transaction(db):
        db.conn.execute("UPDATE entities SET name = 'Quellmark Systems' WHERE id = ?", (QUELLMARK.id,))
        db.conn.execute("UPDATE claims SET current = 0 WHERE subject_text = 'a lab'")
        assert link_propositions(db) > 0
    assert db.conn.execute("SELECT subject_text FROM propositions").fetchall() == [("Quellmark Systems",)]
    with transaction(db):  # what one of two entities is merged into takes its propositions over
        db.conn.execute("UPDATE entities SET canonical_id = ? WHERE id = ?", (TARSIL.id, QUELLMARK.id))
        link_propositions(db)
    assert db.conn.execute("SELECT subject_id, subject_text FROM propositions").fetchall() == [(TARSIL.id, "Tarsil")]
    assert db.conn.execute("SELECT id FROM propositions").fetchone()[0] not in {row[0] for row in before}


def test_the_question_for_stages_tells_what_is_stated_from_what_is_denied(tmp_path: Path, topic: Topic) -> None:
    denied = {"speech_act": "denies", "polarity": "-"}
    db = linked(
        tmp_path,
        topic,
        told(page("a"), (1, ORDER, "policy_status", "adopted")),
        told(page("b"), (1, ORDER, "policy_status", "withdrawn", denied)),
    )
    rows = list(db.query(canned_queries()["policy_stages"]["sql"]))
    assert [(r["stage"], r["speech_act"], r["polarity"]) for r in rows] == [
        ("adopted", "asserts", "+"),
        ("withdrawn", "denies", "-"),
    ]
