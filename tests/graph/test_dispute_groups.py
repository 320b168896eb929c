"""Disputes: many pairs, one question; sides that count origins; ids that stay, and redirects where two become one."""

from __future__ import annotations

from functools import partial
from itertools import permutations
from pathlib import Path
from typing import Any

import msgspec
import pytest
from sqlite_utils import Database

from distillwatch.graph.compare import compare
from distillwatch.graph.connection import transaction
from distillwatch.graph.dispute_rows import save_disputes
from distillwatch.graph.disputes import Dispute, Pair, Said, group
from distillwatch.graph.link import link
from distillwatch.records import Decision
from distillwatch.topic import Topic
from tests.graph import comparing
from tests.graph.builders import NOW, claim, document, entity, put, store
from tests.graph.comparing import ALL, MIREL, NORVANE, OSTRA, USED, page, size

_DEFAULTS: dict[str, Any] = {
    "day": "2026-04-20", "outlet": "Harbour Post", "subject": "model-mirel", "subject_name": "Mirel",
    "subject_kind": "model", "predicate": USED, "object": "model-ostra", "object_name": "Ostra", "speaker": "",
    "receiver": "", "term": "", "act": "asserts", "polarity": "+", "hedge": "none", "low": None, "high": None,
    "unit": "", "approx": "exact", "start": "", "end": "",
}  # fmt: skip


def said(key: str, **fields: Any) -> Said:
    return Said(claim=key, **{**_DEFAULTS, **fields})


def pair(a: Said, b: Said, kind: str = "denial", scope: str = "i1") -> Pair:
    return Pair(f"{a.claim}-{b.claim}", kind, scope, NOW, a, b)


def sides(dispute: Dispute) -> list[set[str]]:
    """What is said on each side."""
    found: dict[int, set[str]] = {}
    for number, says in dispute.sides.values():
        found.setdefault(number, set()).add(says)
    return [found[number] for number in sorted(found)]


DAYS = {n: said(f"d{n}", predicate="released", start=f"2025-09-{n:02}", end=f"2025-09-{n:02}") for n in (4, 9, 10)}
FIGURES = {n: said(f"f{n}", low=n * 10.0, high=n * 10.0, unit="accounts") for n in (1, 2, 3)}
JUDGE = said("j", subject="company-tarsil", subject_name="Tarsil", subject_kind="company", predicate="evaluated_with")


@pytest.mark.parametrize(
    ("pairs", "expected"),
    [
        # two texts against one evaluator: one dispute
        (
            [pair(said("a"), JUDGE, "mechanism"), pair(said("b"), JUDGE, "mechanism")],
            [[{"evaluated with"}, {"trained on outputs of"}]],
        ),
        # another incident, or another kind, is another dispute
        ([pair(said("a"), JUDGE, "mechanism"), pair(said("b"), JUDGE, "mechanism", "i2")], [2, 2]),
        ([pair(said("a"), JUDGE, "mechanism"), pair(said("a"), JUDGE, "entity")], [2, 2]),
        # two days that nobody sets against each other are one side
        (
            [pair(DAYS[9], DAYS[4], "date"), pair(DAYS[10], DAYS[4], "date")],
            [[{"2025-09-09", "2025-09-10"}, {"2025-09-04"}]],
        ),
        # three figures of which each excludes the others are three sides
        (
            [pair(FIGURES[x], FIGURES[y], "numeric") for x, y in ((1, 2), (2, 3), (1, 3))],
            [[{"10 accounts"}, {"20 accounts"}, {"30 accounts"}]],
        ),
        # broken, kept, and not broken
        (
            [
                pair(said("v", predicate="violates"), said("k", predicate="complies_with"), "legality"),
                pair(said("v", predicate="violates"), said("n", predicate="violates", polarity="-"), "legality"),
            ],
            [[{"complies with", "violates, said not to be so"}, {"violates"}]],
        ),
        # what usually tells the sides apart is the same: who tells it does
        (
            [pair(said("a", outlet="One"), said("b", outlet="Two"), "attribution")],
            [[{"as told by One"}, {"as told by Two"}]],
        ),
        # a text against its own date
        ([pair(said("a"), said("a"), "anachronism")], [[{"as it stands"}]]),
    ],
)
def test_pairs_become_disputes(topic: Topic, pairs: list[Pair], expected: list[Any]) -> None:
    found = group(pairs, topic.vocabulary.predicates)
    if expected and isinstance(expected[0], int):
        assert [len(sides(d)) for d in found] == expected
        return
    assert len(found) == len(expected)
    for dispute, wanted in zip(found, expected, strict=True):
        assert sorted(map(sorted, sides(dispute))) == sorted(map(sorted, wanted))


def test_the_order_of_flags_does_not_matter(topic: Topic) -> None:
    pairs = [
        pair(said("a"), JUDGE, "mechanism"),
        pair(said("b"), JUDGE, "mechanism"),
        pair(DAYS[4], DAYS[9], "date"),
    ]
    once = group(pairs, topic.vocabulary.predicates)
    assert len(once) == 2
    assert all(group(order, topic.vocabulary.predicates) == once for order in permutations(pairs))


def test_a_title_is_a_question_and_never_an_accusation(topic: Topic) -> None:
    kinds = ("denial", "polarity", "numeric", "date", "mechanism", "attribution", "entity", "modality", "legality",
             "definition", "anachronism", "status")  # fmt: skip
    for kind in kinds:
        (found,) = group([pair(said("a"), said("b", polarity="-"), kind)], topic.vocabulary.predicates)
        assert found.title.split()[0] in {"Whether", "Whom", "How", "What"}, found.title


@pytest.mark.parametrize(
    ("kind", "one", "other", "title"),
    [
        ("entity", {"object": "o2", "object_name": "Ostra 2"}, {"object": "o3", "object_name": "Ostra 3"},
         "Whether Mirel was trained, fine-tuned or distilled on what Ostra 2 or Ostra 3 produced"),
        ("entity", {}, {"subject": "m3", "subject_name": "Mirel 3"},
         "Whether Mirel or Mirel 3 was trained, fine-tuned or distilled on what Ostra produced"),
        ("legality", {"predicate": "violates"}, {"predicate": "complies_with"},
         "Whether Mirel breaks or keeps to Ostra"),
        ("mechanism", {"predicate": "built_on"}, {"predicate": "sued"},
         "Whether Mirel starts from the weights or code of Ostra, or took Ostra to court"),
        ("mechanism", {"predicate": "built_on"}, {"predicate": "released", "subject": "t", "subject_name": "Tarsil"},
         "Whether Mirel starts from the weights or code of Ostra, or Tarsil made Ostra public"),
        ("numeric", {}, {"low": 5.0},
         "What figure the sources give when they say that Mirel was trained, fine-tuned or distilled on what Ostra "
         "produced"),
    ],
)  # fmt: skip
def test_a_title_says_what_the_answers_share_once(
    kind: str, one: dict[str, Any], other: dict[str, Any], title: str, topic: Topic
) -> None:
    (found,) = group([pair(said("a", **one), said("b", **other), kind)], topic.vocabulary.predicates)
    assert found.title == title


@pytest.fixture
def world(topic: Topic) -> Topic:
    return comparing.small_world(topic)


alleged, denied = (partial(make, subject=MIREL) for make in (comparing.alleged, comparing.denied))


def run(db: Database, topic: Topic, now: str = NOW) -> int:
    link(db, topic, now)
    return compare(db, topic, now).disputes


def test_more_coverage_stays_in_the_dispute(tmp_path: Path, world: Topic) -> None:
    db = store(tmp_path, *ALL)
    for key, make in (("a", alleged), ("b", denied)):
        on = page(key)
        put(db, on, make(on))
    assert run(db, world) == 1
    first = next(db.query("SELECT id, pairs, title FROM disputes"))
    for key, make in (("c", alleged), ("d", denied), ("e", alleged)):
        on = page(key, "2026-04-22")
        put(db, on, make(on))
        assert run(db, world, "2026-05-03T08:00:00Z") == 1
    now = next(db.query("SELECT id, pairs, open_pairs, status, title FROM disputes"))
    assert now == {**first, "pairs": 6, "open_pairs": 6, "status": "open"}
    support = db.conn.execute(
        "SELECT says, pages, origins, first_published FROM dispute_sides ORDER BY side"
    ).fetchall()
    assert sorted(support) == [("said not to be so", 2, 2, "2026-04-20"), ("said to be so", 3, 3, "2026-04-20")]


def test_a_copy_adds_a_page_and_no_origin(tmp_path: Path, world: Topic) -> None:
    db = store(tmp_path, *ALL)
    a, b = page("a"), page("b")
    put(db, a, alleged(a))
    put(db, b, denied(b))
    text = a.text.split("\n")
    copied = document("copy", *text, published="2026-04-25", outlet="Outlet copy")
    put(db, copied, claim(copied, 1, MIREL, USED, OSTRA, speaker=NORVANE, speech_act="alleges"))
    run(db, world)
    support = dict(db.conn.execute("SELECT says, pages || ' pages, ' || origins FROM dispute_sides").fetchall())
    assert support["said to be so"] in ("1 pages, 1", "2 pages, 1")
    assert db.conn.execute("SELECT count(*) FROM document_origins WHERE relation = 'copy'").fetchone() == (1,)


def test_a_dispute_closes_with_its_flags_and_joins_leave_a_redirect(tmp_path: Path, world: Topic) -> None:
    other = entity("model", "Mirel One", registered=False)
    db = store(tmp_path, *ALL)
    for key, billions, of in (("a", 72, MIREL), ("b", 91, MIREL), ("c", 72, other), ("d", 91, other)):
        on = page(key)
        put(db, on, size(on, billions, of), entities=(other,) if of is other else ())
    assert run(db, world) == 2
    before = {row["id"] for row in db.query("SELECT id FROM disputes")}
    same = Decision(
        target_table="entities", target_id=other.id, decision="same", value=MIREL.id, reason="the maker says so",
        author="an editor", decided_at="2026-05-02T09:00:00Z",
    )  # fmt: skip
    merged = msgspec.structs.replace(world, decisions=(same,))
    assert run(db, merged, "2026-05-03T08:00:00Z") == 1
    rows = {row["id"]: row for row in db.query("SELECT * FROM disputes")}
    assert rows.keys() == before
    (stays,) = (row for row in rows.values() if row["moved_to"] is None)
    (gone,) = (row for row in rows.values() if row["moved_to"] is not None)
    assert gone["moved_to"] == stays["id"] and gone["status"] == "moved" and stays["pairs"] == 4
    db.conn.execute("UPDATE contradictions SET status = 'dismissed', closed_at = ?", (NOW,))
    db.conn.execute("INSERT INTO compare_queue (task, item) SELECT 'regroup', id FROM contradictions LIMIT 1")
    with transaction(db):
        assert save_disputes(db, world.vocabulary.predicates)
        assert save_disputes(db, world.vocabulary.predicates) == 0  # nothing is queued
    row = db.conn.execute("SELECT status, open_pairs, closed_at FROM disputes WHERE id = ?", (stays["id"],)).fetchone()
    assert row == ("dismissed", 0, NOW)
