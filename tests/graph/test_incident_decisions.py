"""Decisions about incidents: joined, parted and renamed, with redirects, and kept when more is told."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import msgspec
from sqlite_utils import Database

from distillwatch.graph.link import link
from distillwatch.records import Claim, Decision, Document
from distillwatch.topic import Topic
from tests.graph.builders import NOW, put
from tests.graph.linking import ALLEGED, OSTRA, Q_TO_N, QUELLMARK, TARSIL, USED, groups, linked, page, told, world

ONE, OTHER = "Alleged training on outputs of Ostra by Quellmark", "Alleged training on outputs of Ostra by Tarsil"
BOTH = "Alleged training on outputs of Ostra by Quellmark and Tarsil"


def decided(topic: Topic, *rows: tuple[str, str, str]) -> Topic:
    """The invented world with decisions (what, incident, value), one a day."""
    made = tuple(
        Decision(
            target_table="incidents", target_id=target, decision=what, value=value, reason="as the court papers say",
            author="ada", decided_at=f"2026-05-0{day}T08:00:00Z",
        )
        for day, (what, target, value) in enumerate(rows, start=1)
    )  # fmt: skip
    return msgspec.structs.replace(world(topic), decisions=made)


def incidents(db: Database) -> dict[str, str]:
    """Title → id of the incidents that stand."""
    return dict(db.conn.execute("SELECT title, id FROM incidents WHERE moved_to IS NULL AND status != 'withdrawn'"))


def two(tmp_path: Path, topic: Topic) -> Database:
    return linked(
        tmp_path,
        topic,
        told(page("a"), Q_TO_N),
        told(page("b", published="2026-04-22"), (1, TARSIL, USED, OSTRA, ALLEGED)),
    )


def test_two_incidents_are_joined_and_the_address_of_the_other_leads_on(tmp_path: Path, topic: Topic) -> None:
    db = two(tmp_path, topic)
    ids = incidents(db)
    link(db, decided(topic, ("same", ids[ONE], ids[OTHER])), NOW)
    assert groups(db) == {BOTH: {"a", "b"}}
    assert incidents(db) == {BOTH: ids[ONE]}
    gone = db.conn.execute("SELECT moved_to, status FROM incidents WHERE id = ?", (ids[OTHER],)).fetchone()
    assert gone == (ids[ONE], "moved")
    more, claims = told(page("c", published="2026-04-25"), (1, TARSIL, USED, OSTRA, ALLEGED))
    put(db, more, *claims)
    link(db, decided(topic, ("same", ids[ONE], ids[OTHER])), NOW)
    assert [*groups(db).values()] == [{"a", "b", "c"}]  # the decision holds for what is told later
    link(db, world(topic), NOW)  # and is taken back
    assert groups(db) == {ONE: {"a"}, OTHER: {"b", "c"}} and {*incidents(db).values()} == {*ids.values()}


def test_what_an_incident_tells_of_one_actor_becomes_an_incident_of_its_own(tmp_path: Path, topic: Topic) -> None:
    db = linked(
        tmp_path,
        topic,
        told(page("a"), Q_TO_N, (1, TARSIL, USED, OSTRA, ALLEGED)),
        told(page("b"), Q_TO_N, (1, TARSIL, USED, OSTRA, ALLEGED)),
    )
    ((title, key),) = incidents(db).items()
    assert title == BOTH
    seed = db.conn.execute(
        "SELECT c.subject_text FROM incidents i JOIN claims c ON c.id = i.seed_claim_id WHERE i.id = ?", (key,)
    ).fetchone()[0]
    apart = TARSIL.id if seed == "Quellmark" else "company-quellmark"
    link(db, decided(topic, ("part", key, apart)), NOW)
    assert {*incidents(db)} == {ONE, OTHER} and key in incidents(db).values()


def test_a_title_that_was_decided_stays(tmp_path: Path, topic: Topic) -> None:
    db = two(tmp_path, topic)
    ids = incidents(db)
    named = decided(topic, ("rename", ids[ONE], "The first"), ("rename", ids[ONE], "The Quellmark affair"))
    link(db, named, NOW)
    assert incidents(db) == {"The Quellmark affair": ids[ONE], OTHER: ids[OTHER]}
    more, claims = told(page("c", published="2026-04-25"), Q_TO_N)
    put(db, more, *claims)
    link(db, named, NOW)
    assert groups(db)["The Quellmark affair"] == {"a", "c"}


def test_a_decision_on_an_unknown_incident_waits(tmp_path: Path, topic: Topic) -> None:
    db = two(tmp_path, topic)
    link(db, decided(topic, ("same", "nothing", "nowhere"), ("part", "nothing", TARSIL.id)), NOW)
    assert {*incidents(db)} == {ONE, OTHER}


def bridged(tmp_path: Path, topic: Topic, day: str = "2026-04-23") -> tuple[Database, Callable[[str], None]]:
    """Two incidents, and a way to add coverage that would join them: pages that tell both in one sentence."""
    db = two(tmp_path, topic)

    def bridge(key: str) -> None:
        on, claims = told(page(key, published=day), Q_TO_N, (1, TARSIL, USED, OSTRA, ALLEGED))
        put(db, on, *claims)

    return db, bridge


def test_two_incidents_that_are_never_one_stay_two_whatever_is_told(tmp_path: Path, topic: Topic) -> None:
    db, bridge = bridged(tmp_path, topic)
    ids = incidents(db)
    apart = decided(topic, ("not_same", ids[ONE], ids[OTHER]))
    for key in "cde":
        bridge(key)
        link(db, apart, NOW)
        assert incidents(db) == ids
    link(db, world(topic), NOW)  # without the decision the pages that tell both join them
    assert [*incidents(db)] == [BOTH]
    link(db, apart, NOW)  # and the decision parts them again: each has its id and its address back
    assert incidents(db) == ids
    assert db.conn.execute("SELECT count(*) FROM incidents WHERE moved_to IS NOT NULL").fetchone() == (0,)


def test_the_last_decision_on_a_pair_counts(tmp_path: Path, topic: Topic) -> None:
    db, _ = bridged(tmp_path, topic)
    one, other = (incidents(db)[title] for title in (ONE, OTHER))
    link(db, decided(topic, ("not_same", one, other), ("same", other, one)), NOW)
    assert [*incidents(db)] == [BOTH]
    link(db, decided(topic, ("same", one, other), ("not_same", other, one)), NOW)
    assert {*incidents(db)} == {ONE, OTHER}


def test_what_is_told_of_one_pair_at_two_times_stays_two_when_the_gap_is_filled(tmp_path: Path, topic: Topic) -> None:
    def on(key: str, day: str) -> tuple[Document, list[Claim]]:
        return told(page(key, published=day), (1, QUELLMARK, USED, OSTRA, {"when": (day, day), **ALLEGED}))

    db = linked(tmp_path, topic, on("a", "2025-03-01"), on("b", "2026-04-01"))
    rows = db.conn.execute("SELECT id FROM incidents ORDER BY started_on").fetchall()
    earlier, later = (key for (key,) in rows)
    apart = decided(topic, ("not_same", later, earlier))
    for key, day in (("c", "2025-07-15"), ("d", "2025-11-20")):
        more, claims = on(key, day)
        put(db, more, *claims)
        link(db, apart, NOW)
    held = db.conn.execute(
        """SELECT r.incident_id, group_concat(substr(d.file, 1, 1), '') FROM (SELECT * FROM incident_documents
           ORDER BY document_id) r JOIN documents d ON d.id = r.document_id GROUP BY 1"""
    )
    assert {key: set(files) for key, files in held} == {earlier: {"a", "c"}, later: {"b", "d"}}
    link(db, world(topic), NOW)
    assert db.conn.execute("SELECT count(*) FROM incidents WHERE moved_to IS NULL").fetchone() == (1,)
