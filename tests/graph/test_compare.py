"""The comparison in the store: idempotent, incremental, broken off and taken up, and the life of a flag."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
import pytest
from sqlite_utils import Database

from distillwatch.graph.compare import CompareReport, compare
from distillwatch.graph.link import link
from distillwatch.graph.store import save_document, save_extraction
from distillwatch.quantities import Quantity
from distillwatch.records import Decision
from distillwatch.topic import Topic
from tests.graph.builders import NOW, claim, document, entity, extraction, put, store
from tests.graph.comparing import (
    ALL,
    MIREL,
    alleged,
    denied,
    page,
    size,
    small_world,
)


@pytest.fixture
def world(topic: Topic) -> Topic:
    return small_world(topic)


@pytest.fixture
def db(tmp_path: Path) -> Database:
    return store(tmp_path, *ALL)


def run(db: Database, topic: Topic, now: str = NOW) -> CompareReport:
    link(db, topic, now)
    return compare(db, topic, now)


def verdicts(db: Database) -> set[tuple[str, ...]]:
    return set(db.conn.execute("SELECT id, claim_a, claim_b, verdict, kind, rule, explanation FROM comparisons"))


def flags(db: Database) -> list[tuple[str, str, str]]:
    return db.conn.execute(
        "SELECT kind, status, coalesce(reason, '') FROM contradictions ORDER BY kind, status"
    ).fetchall()


def test_a_denial_is_flagged_with_both_claims_and_its_sentence(db: Database, world: Topic) -> None:
    a, b = page("a"), page("b")
    put(db, a, alleged(a))
    put(db, b, denied(b))
    report = run(db, world)
    assert (report.documents, report.opened, report.contradictions) == (2, 1, 1)
    row = next(db.query("SELECT * FROM contradictions k JOIN comparisons x ON x.id = k.comparison_id"))
    assert row["status"] == "open" and row["opened_at"] == NOW and row["severity"] == "hard"
    assert "Norvane alleges that Tarsil" in row["explanation"] and "Ivo Lantz denies" in row["explanation"]


def test_a_rerun_with_nothing_new_writes_nothing(db: Database, world: Topic) -> None:
    a, b = page("a"), page("b")
    put(db, a, alleged(a), size(a, 72))
    put(db, b, denied(b), size(b, 91))
    run(db, world)
    before = db.conn.total_changes
    report = run(db, world)
    assert (report.documents, report.pairs, report.opened) == (0, 0, 0)
    assert verdicts(db) and db.conn.total_changes == before


def test_bit_by_bit_gives_what_one_run_gives(tmp_path: Path, world: Topic) -> None:
    pages = [page(key, f"2026-04-{10 + n}") for n, key in enumerate("abcdef")]
    claims = [(alleged(d), size(d, 70 + n)) if n % 2 else (denied(d), size(d, 70 + n)) for n, d in enumerate(pages)]
    whole, bits = (store(tmp_path / name, *ALL) for name in ("whole", "bits"))
    for on, made in zip(pages, claims, strict=True):
        put(whole, on, *made)
    run(whole, world)
    for on, made in zip(pages, claims, strict=True):
        put(bits, on, *made)
        run(bits, world)
    assert verdicts(whole) == verdicts(bits) and len(verdicts(whole)) > 5


def test_only_what_is_new_is_judged(db: Database, world: Topic) -> None:
    for n in range(8):
        on = page(f"p{n}")
        put(db, on, size(on, 70 + n))
    first = run(db, world)
    on = page("new")
    put(db, on, size(on, 90))
    second = run(db, world)
    assert first.pairs == 28 and (second.documents, second.pairs) == (1, 8)


def test_a_run_that_breaks_off_is_taken_up(db: Database, world: Topic, monkeypatch: pytest.MonkeyPatch) -> None:
    a, b = page("a"), page("b")
    put(db, a, alleged(a), size(a, 72))
    put(db, b, denied(b), size(b, 91))
    link(db, world, NOW)

    def broken(*_: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("distillwatch.graph.compare_places.settle", broken)
        with pytest.raises(KeyboardInterrupt):
            compare(db, world, NOW)
    assert not verdicts(db) and db.table("compare_queue").count
    report = compare(db, world, NOW)
    assert report.opened == 2 and db.table("compare_queue").count == 0


def test_a_flag_whose_text_changed_is_resolved_and_kept(db: Database, world: Topic) -> None:
    a, b = page("a"), page("b")
    put(db, a, size(a, 72))
    put(db, b, size(b, 91))
    run(db, world)
    save_extraction(db, extraction(b, size(b, 72), extractor="test/2"), NOW)
    report = run(db, world, "2026-05-03T08:00:00Z")
    assert report.resolved == 1
    ((kind, status, reason),) = flags(db)
    assert (kind, status) == ("numeric", "resolved")
    assert reason.startswith("One of the two statements no longer stands in its text: numeric ")


def test_what_is_found_again_is_reopened(db: Database, world: Topic) -> None:
    a, b = page("a"), page("b")
    put(db, a, size(a, 72))
    put(db, b, size(b, 91))
    run(db, world)
    for version, billions in (("test/2", 72), ("test/3", 91)):
        save_extraction(db, extraction(b, size(b, billions), extractor=version), f"2026-05-0{version[-1]}T08:00:00Z")
        run(db, world, "2026-05-03T08:00:00Z")
    assert flags(db) == [("numeric", "reopened", "It is found again.")]


def decision(db: Database, what: str) -> Decision:
    target = db.conn.execute("SELECT id FROM contradictions").fetchone()[0]
    return Decision(
        target_table="contradictions", target_id=target, decision=what, reason="two editions", author="an editor",
        decided_at="2026-05-02T09:00:00Z",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("what", "status", "closed"), [("dismiss", "dismissed", True), ("confirm", "confirmed", False)]
)
def test_decisions_survive_reruns(db: Database, world: Topic, what: str, status: str, closed: bool) -> None:
    a, b = page("a"), page("b")
    put(db, a, size(a, 72))
    put(db, b, size(b, 91))
    run(db, world)
    decided = msgspec.structs.replace(world, decisions=(decision(db, what),))
    assert run(db, decided).decided == 1
    on = page("c")
    put(db, on, alleged(on))
    run(db, decided, "2026-05-04T08:00:00Z")
    assert flags(db) == [("numeric", status, "two editions (an editor)")]
    row = next(db.query("SELECT closed_at FROM contradictions"))
    assert (row["closed_at"] is not None) is closed


def test_a_dismissed_flag_comes_back_when_its_text_changed(db: Database, world: Topic) -> None:
    a, b = page("a"), page("b")
    put(db, a, size(a, 72))
    put(db, b, size(b, 91))
    run(db, world)
    decided = msgspec.structs.replace(world, decisions=(decision(db, "dismiss"),))
    run(db, decided)
    save_extraction(db, extraction(b, size(b, 95), extractor="test/2"), NOW)
    run(db, decided, "2026-05-04T08:00:00Z")
    found = flags(db)
    assert [status for _, status, _ in found] == ["dismissed", "reopened"]
    assert "has changed since an earlier form was dismissed: two editions" in found[1][2]


def test_an_unknown_subject_is_compared_with_nobody(db: Database, world: Topic) -> None:
    for n, key in enumerate("ab"):
        on = page(key)
        put(
            db,
            on,
            claim(
                on,
                1,
                "the company",
                "has_parameters",
                quantity=Quantity((70 + 9 * n) * 1e9, None, "parameters", "over"),
            ),
        )
    assert run(db, world).pairs == 0


def test_two_papers_by_one_publisher_with_a_notice(db: Database, world: Topic) -> None:
    a = page("a", outlet="Outlet")
    lines = (
        "Headline.",
        "Mirel has 72 billion parameters. A higher figure that stood here on Monday was wrong; we regret it.",
    )
    b = document("b", *lines, published="2026-04-22", outlet="Outlet")
    put(db, a, size(a, 91))
    put(db, b, claim(b, 1, MIREL, "has_parameters", quantity=Quantity(72e9, 72e9, "parameters")))
    run(db, world)
    assert [row[3:5] for row in verdicts(db)] == [("compatible", "correction")]


def test_an_entity_that_is_merged_is_compared_anew(db: Database, world: Topic) -> None:
    other = entity("model", "Mirel One", registered=False)
    a, b = page("a"), page("b")
    put(db, a, size(a, 72))
    put(db, b, claim(b, 3, other, "has_parameters", quantity=Quantity(91e9, 91e9, "parameters")), entities=(other,))
    assert run(db, world).contradictions == 0
    same = Decision(
        target_table="entities", target_id=other.id, decision="same", value=MIREL.id, reason="the maker says so",
        author="an editor", decided_at="2026-05-02T09:00:00Z",
    )  # fmt: skip
    report = run(db, msgspec.structs.replace(world, decisions=(same,)), "2026-05-03T08:00:00Z")
    assert report.contradictions == 1


def test_a_document_without_claims_is_no_trouble(db: Database, world: Topic) -> None:
    save_document(db, page("a"), NOW)
    assert run(db, world) == CompareReport(
        documents=1,
        pairs=0,
        opened=0,
        reopened=0,
        resolved=0,
        decided=0,
        contradictions=0,
        disputes=0,
        compatible=0,
        cannot_compare=0,
    )


def test_a_confirmed_flag_stays_when_the_original_of_its_text_arrives(db: Database, world: Topic) -> None:
    a, b = page("a"), page("b", "2026-04-25")
    put(db, a, size(a, 72))
    put(db, b, size(b, 91))
    run(db, world)
    decided = msgspec.structs.replace(world, decisions=(decision(db, "confirm"),))
    run(db, decided)
    original = document("original", *b.text.split("\n"), published="2026-04-19", outlet="Outlet original")
    put(db, original, size(original, 91))
    run(db, decided, "2026-05-02T09:00:00Z")
    assert [status for _, status, _ in flags(db)] == ["confirmed", "open"]
    assert db.conn.execute("SELECT open_pairs FROM disputes").fetchall() == [(2,)]


def test_every_step_in_the_life_of_a_flag_is_kept(db: Database, world: Topic) -> None:
    a, b = page("a"), page("b")
    put(db, a, size(a, 72))
    put(db, b, size(b, 91))
    run(db, world)
    decided = msgspec.structs.replace(world, decisions=(decision(db, "confirm"),))
    run(db, decided, "2026-05-03T08:00:00Z")
    run(db, decided, "2026-05-04T08:00:00Z")  # nothing new, no step
    for version, billions in (("test/2", 72), ("test/3", 91)):
        now = f"2026-05-0{3 + int(version[-1])}T08:00:00Z"
        save_extraction(db, extraction(b, size(b, billions), extractor=version), now)
        run(db, world, now)
    steps = db.conn.execute("SELECT at, status, coalesce(reason, ''), rule FROM contradiction_events ORDER BY number")
    days, states, reasons, rules = zip(*steps.fetchall(), strict=True)
    assert states == ("open", "confirmed", "resolved", "reopened") and set(rules) == {"numeric"}
    assert [day[:10] for day in days] == ["2026-05-02", "2026-05-03", "2026-05-05", "2026-05-06"]
    assert reasons[1] == "two editions (an editor)" and "no longer stands" in reasons[2] and "again" in reasons[3]
