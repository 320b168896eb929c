"""One SQL statement gives a flag anew: the inputs, what was compared, and whether the columns bear the verdict out."""

from __future__ import annotations

import math
from pathlib import Path
from random import Random

import pytest
from sqlite_utils import Database

from distillwatch.graph import reproduce
from distillwatch.graph.compare import compare
from distillwatch.graph.link import link
from distillwatch.quantities import Approx, Quantity
from distillwatch.topic import Topic
from tests.graph.builders import NOW, claim, put, store
from tests.graph.linking import ALL, PELLAN, page, world
from tests.graph.test_order import pages


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory, topic: Topic) -> Database:
    """An invented newsroom, linked and compared."""
    made = store(tmp_path_factory.mktemp("reproduce"), *ALL)
    for on, claims, found in pages(Random(7), 30):
        put(made, on, *claims, entities=found)
    link(made, world(topic), NOW)
    compare(made, world(topic), NOW)
    return made


def test_the_statement_bears_out_every_flag(db: Database) -> None:
    flags = db.conn.execute("SELECT id, kind FROM contradictions WHERE status = 'open'").fetchall()
    assert len(flags) > 20 and len({kind for _, kind in flags}) >= 5
    for key, kind in flags:
        (row,) = db.query(reproduce.of_flag(key))
        assert (row["kind"], row["recomputed"]) == (kind, 1), row
        assert row["evidence_a"] and row["url_a"] and row["evidence_b"] and row["url_b"]
        assert list(db.query(reproduce.statement(), {"id": key})) == [row]


def test_a_verdict_that_the_claims_do_not_bear_out_is_seen(db: Database) -> None:
    key = db.conn.execute("SELECT id FROM contradictions WHERE kind = 'numeric' AND status = 'open'").fetchone()[0]
    side = "(SELECT claim_{} FROM comparisons WHERE id = (SELECT comparison_id FROM contradictions WHERE id = ?))"
    db.conn.execute("BEGIN")
    db.conn.execute(
        f"""UPDATE claims SET (quantity_low, quantity_high, approx) = (SELECT quantity_low, quantity_high, approx
            FROM claims WHERE id = {side.format("a")}) WHERE id = {side.format("b")}""",
        (key, key),
    )
    (row,) = db.query(reproduce.of_flag(key))
    db.conn.rollback()
    assert row["recomputed"] == 0


FIGURES: list[tuple[float, Approx]] = [
    (24_000, "exact"), (25_000, "exact"), (16e6, "over"), (16.5e6, "exact"), (6e6, "exact"), (5_576_000, "exact"),
    (12, "exact"), (0.927, "exact"), (71.4, "about"), (3_000, "up_to"), (25_000, "nearly"), (700, "under"),
]  # fmt: skip


def test_figures_are_widened_as_the_rules_widen_them(tmp_path: Path, topic: Topic) -> None:
    store_ = store(tmp_path, *ALL)
    for n, (figure, approx) in enumerate(FIGURES):
        on = page(f"p{n}")
        low, high = None if approx in ("under", "up_to") else figure, None if approx == "over" else figure
        (key,) = put(store_, on, claim(on, 1, PELLAN, "has_parameters", quantity=Quantity(low, high, "parts", approx)))
        store_.table("comparisons").insert(
            {"id": f"m{n}", "claim_a": key, "claim_b": key, "verdict": "contradiction", "kind": "numeric",
             "rule": "numeric", "rule_version": "1", "explanation": "", "confidence": 1.0, "severity": "hard"}
        )  # fmt: skip
        flag = {"id": f"k{n}", "comparison_id": f"m{n}", "kind": "numeric", "status": "open", "opened_at": NOW}
        store_.table("contradictions").insert(flag)
        (row,) = store_.query(reproduce.of_flag(f"k{n}"))
        least, most = Quantity(low, high, "parts", approx).interval
        assert math.isclose(row["least_a"], least) or row["least_a"] == least, (figure, approx)
        assert math.isclose(row["most_a"], most) or row["most_a"] == most, (figure, approx)


def test_only_an_id_is_pasted_into_a_query() -> None:
    with pytest.raises(ValueError, match="no id"):
        reproduce.of_flag("x' OR 1 --")
