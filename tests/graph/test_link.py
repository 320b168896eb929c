"""Linking whole: incidents by who did what to whom and when, propositions, ledgers; stable, idempotent, reversible."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
import pytest

from distillwatch.graph.lineage import load_lineage
from distillwatch.graph.link import LinkReport, link
from distillwatch.graph.store import load_entities, save_document
from distillwatch.quantities import Quantity
from distillwatch.topic import Topic
from tests.graph.builders import NOW, document, entity, put, store
from tests.graph.linking import (
    ALL,
    ALLEGED,
    ASKED,
    HUAIXU,
    LABS,
    MINISTRY,
    NORVANE,
    OSTRA,
    PELLAN,
    Q_TO_N,
    QUELLMARK,
    SPOKESMAN,
    TARSIL,
    TERMS,
    USED,
    groups,
    linked,
    page,
    told,
    world,
)


def test_incidents_are_made_by_actors_not_by_titles(tmp_path: Path, topic: Topic) -> None:
    db = linked(
        tmp_path,
        topic,
        told(page("a", title="Trouble at the lab"), Q_TO_N),
        told(page("b", published="2026-05-30", title="A quiet summer"), (1, PELLAN, ASKED, NORVANE, {"hedge": "weak"})),
        told(page("c", title="Trouble at the lab"), (1, TARSIL, USED, OSTRA, ALLEGED)),
        told(page("off", title="Trouble at the lab"), (1, NORVANE, "released", OSTRA)),
        told(page("nothing", title="Trouble at the lab")),
    )
    assert groups(db) == {
        "Alleged training on outputs of Ostra by Quellmark": {"a", "b"},
        "Alleged training on outputs of Ostra by Tarsil": {"c"},
    }


def test_a_digest_tells_of_several_and_a_reminder_only_mentions(tmp_path: Path, topic: Topic) -> None:
    many = [(n, TARSIL, USED, PELLAN, ALLEGED) for n in range(1, 13)]
    db = linked(
        tmp_path,
        topic,
        told(page("a"), Q_TO_N),
        told(page("b"), (1, TARSIL, USED, PELLAN, ALLEGED)),
        told(page("digest"), (1, QUELLMARK, USED, OSTRA, ALLEGED), (3, TARSIL, USED, PELLAN, ALLEGED)),
        told(page("long", lines=20), *many, (19, QUELLMARK, USED, OSTRA, ALLEGED)),
    )
    assert groups(db) == {
        "Alleged training on outputs of Ostra by Quellmark": {"a", "digest"},
        "Alleged training on outputs of Pellan by Tarsil": {"b", "digest", "long"},
    }
    assert groups(db, "mention") == {"Alleged training on outputs of Ostra by Quellmark": {"long"}}


def test_actors_that_are_named_together_are_one_incident_and_a_list_names_its_members(
    tmp_path: Path, topic: Topic
) -> None:
    db = linked(
        tmp_path,
        topic,
        told(page("a"), (1, QUELLMARK, USED, OSTRA, ALLEGED), (1, TARSIL, USED, OSTRA, ALLEGED)),
        told(page("b"), (1, "Quellmark and Tarsil", USED, OSTRA, ALLEGED)),
        told(page("c"), (1, LABS, ASKED, OSTRA, ALLEGED), (2, TARSIL, ASKED, OSTRA, ALLEGED)),
        told(page("d", published="2026-04-28"), (1, HUAIXU, USED, PELLAN, ALLEGED)),
    )
    assert groups(db) == {
        "Alleged training on outputs of Ostra by Quellmark and Tarsil": {"a", "b", "c"},
        "Alleged training on outputs of Pellan by Huaixu": {"d"},
    }


def test_an_unnamed_collective_joins_nothing(tmp_path: Path, topic: Topic) -> None:
    db = linked(
        tmp_path,
        topic,
        told(page("a"), Q_TO_N, (3, LABS, USED, OSTRA, ALLEGED)),
        told(page("b"), (1, TARSIL, USED, PELLAN, ALLEGED), (3, LABS, USED, PELLAN, ALLEGED)),
        told(page("c"), (1, LABS, USED, PELLAN, ALLEGED), (3, LABS, USED, OSTRA, ALLEGED)),
    )
    assert len(groups(db)) == 2


def test_the_same_pair_years_later_is_another_incident_but_a_look_back_is_not(tmp_path: Path, topic: Topic) -> None:
    old = {"when": ("2023-04-01", "2023-04-30"), **ALLEGED}
    db = linked(
        tmp_path,
        topic,
        told(page("old", published="2023-05-02"), (1, PELLAN, USED, NORVANE, ALLEGED)),
        told(page("dated", published="2026-04-02"), (1, QUELLMARK, USED, NORVANE, old)),
        told(page("looks-back", published="2026-04-03"), (1, PELLAN, USED, NORVANE, ALLEGED)),
        told(page("new", published="2026-04-04"), (1, QUELLMARK, ASKED, NORVANE, ALLEGED)),
    )
    assert sorted(map(sorted, groups(db).values())) == [["dated", "looks-back", "old"], ["new"]]


@pytest.mark.parametrize(
    "claims",
    [
        [(1, PELLAN, "built_on", PELLAN)],  # its own work
        [(1, QUELLMARK, USED, OSTRA)],  # said plainly, by nobody against anybody: open use
        [(1, QUELLMARK, USED, OSTRA, {"speech_act": "supposes"})],
        [(1, QUELLMARK, "sued", TARSIL, ALLEGED)],  # another matter
        [(1, "somebody", USED, OSTRA, ALLEGED)],
    ],
)
def test_what_is_no_incident(tmp_path: Path, topic: Topic, claims: list[tuple[Any, ...]]) -> None:
    assert groups(linked(tmp_path, topic, told(page("a"), *claims))) == {}


def test_consequences_answers_and_letters_go_with_their_act(tmp_path: Path, topic: Topic) -> None:
    db = linked(
        tmp_path,
        topic,
        told(
            page("a", lines=9),
            (1, QUELLMARK, USED, OSTRA, {"speech_act": "alleges", "speaker": MINISTRY}),
            (2, NORVANE, "restricted", QUELLMARK),
            (3, QUELLMARK, "violates", TERMS, ALLEGED),
            (4, QUELLMARK, "commented", "denied", {}),
            (5, MINISTRY, "sent", "open letter"),
            (6, NORVANE, "restricted", HUAIXU),
        ),
        told(page("b"), (1, MINISTRY, "sent", "the letter")),
        told(page("c"), (1, NORVANE, "restricted", QUELLMARK)),
    )
    assert groups(db) == {"Alleged training on outputs of Ostra by Quellmark": {"a", "b", "c"}}
    roles = db.conn.execute(
        "SELECT c.predicate, r.role FROM incident_claims r JOIN claims c ON c.id = r.claim_id ORDER BY c.predicate"
    ).fetchall()
    assert sorted(set(roles)) == [
        ("commented", "response"),
        ("restricted", "consequence"),
        ("sent", "consequence"),
        (USED, "seed"),
        ("violates", "consequence"),
    ]


def test_a_rerun_changes_nothing_and_a_forced_one_neither(tmp_path: Path, topic: Topic) -> None:
    pages = [told(page(f"p{n}"), Q_TO_N, (2, TARSIL, USED, PELLAN, ALLEGED)) for n in range(4)]
    db = linked(tmp_path, topic, *pages)
    before = list(db.conn.iterdump())
    assert link(db, world(topic), NOW).changed == 0
    assert list(db.conn.iterdump()) == before
    db.conn.execute("DELETE FROM work WHERE stage = 'link'")
    db.conn.commit()
    report = link(db, world(topic), NOW)
    assert report == LinkReport(
        documents=4,
        origins=4,
        copies=0,
        translations=0,
        citations=0,
        incidents=2,
        policies=0,
        propositions=2,
        changed=0,
    )
    assert list(db.conn.iterdump()) == before


def test_order_of_arrival_does_not_matter_to_what_is_found(tmp_path: Path, topic: Topic) -> None:
    pages = [
        told(page("a", published="2026-04-01"), Q_TO_N),
        told(
            page("b", published="2026-04-05"), (1, TARSIL, USED, PELLAN, ALLEGED), (3, QUELLMARK, ASKED, OSTRA, ALLEGED)
        ),
        told(page("c", published="2026-04-09"), (1, LABS, ASKED, OSTRA, ALLEGED), (1, TARSIL, ASKED, OSTRA, ALLEGED)),
    ]
    (tmp_path / "x").mkdir()
    (tmp_path / "y").mkdir()
    dumps = []
    for folder, order in (("x", pages), ("y", pages[::-1])):
        db = linked(tmp_path / folder, topic, *order)
        dumps.append(sorted(line for line in db.conn.iterdump() if 'INTO "incident' in line or 'INTO "propos' in line))
    assert dumps[0] == dumps[1]


def test_an_incident_keeps_its_address_and_a_merged_one_redirects(tmp_path: Path, topic: Topic) -> None:
    first = told(page("a", published="2026-04-10"), Q_TO_N)
    second = told(page("b", published="2026-04-12"), (1, TARSIL, USED, OSTRA, ALLEGED))
    db = linked(tmp_path, topic, first, second)
    before = dict(db.conn.execute("SELECT slug, id FROM incidents"))
    assert set(before) == {"quellmark-ostra-2026-04", "tarsil-ostra-2026-04"}
    older = told(page("c", published="2026-04-01"), Q_TO_N)  # earlier coverage that arrives late
    put(db, older[0], *older[1])
    link(db, world(topic), NOW)
    assert dict(db.conn.execute("SELECT slug, id FROM incidents")) == before
    both = told(page("d"), (1, QUELLMARK, USED, OSTRA, ALLEGED), (1, TARSIL, USED, OSTRA, ALLEGED))
    for number in range(3):
        on = msgspec.structs.replace(both[0], id=f"{both[0].id}{number}", url=f"https://x.example/d{number}")
        put(db, on, *both[1])
    link(db, world(topic), NOW)
    after = {row["slug"]: row for row in db.query("SELECT * FROM incidents")}
    assert {slug: row["id"] for slug, row in after.items()} == before
    assert after["tarsil-ostra-2026-04"]["moved_to"] == before["quellmark-ostra-2026-04"]
    assert after["tarsil-ostra-2026-04"]["status"] == "moved"
    assert db.conn.execute("SELECT count(DISTINCT incident_id) FROM incident_documents").fetchone() == (1,)


def test_an_incident_whose_claims_are_gone_is_withdrawn_not_deleted(tmp_path: Path, topic: Topic) -> None:
    on, claims = told(page("a"), Q_TO_N)
    db = linked(tmp_path, topic, (on, claims))
    save_document(db, document("a", "Corrected", "It was another firm."), NOW)
    put(db, document("a", "Corrected", "It was another firm."))
    link(db, world(topic), NOW)
    assert db.conn.execute("SELECT slug, status FROM incidents").fetchall() == [
        ("quellmark-ostra-2026-04", "withdrawn")
    ]
    put(db, on, *claims)  # the publisher went back to its first text
    link(db, world(topic), NOW)
    assert db.conn.execute("SELECT slug, status FROM incidents").fetchall() == [("quellmark-ostra-2026-04", "alleged")]


def test_support_is_counted_in_origins_and_comments_are_no_reporting(tmp_path: Path, topic: Topic) -> None:
    text = [f"Line {n} of a text that two pages carry word for word, as agencies' texts are." for n in range(5)]
    pages = [
        told(document("a", *text, published="2026-04-01"), Q_TO_N),
        told(document("b", *text, published="2026-04-02", source_id="inland-gazette", outlet="Inland Gazette"), Q_TO_N),
        told(page("c", kind="forum"), Q_TO_N),
        told(page("d"), (1, QUELLMARK, USED, OSTRA, {"polarity": "-", "speech_act": "denies", "speaker": SPOKESMAN})),
    ]
    db = linked(tmp_path, topic, *pages)
    rows = db.conn.execute("SELECT polarity, pages, origins, reporting_origins, named_speakers FROM support ORDER BY 1")
    assert rows.fetchall() == [("+", 3, 2, 1, 1), ("-", 1, 1, 1, 1)]


def test_stakes_come_from_the_graph(tmp_path: Path, topic: Topic) -> None:
    db = linked(
        tmp_path,
        topic,
        told(
            page("a", lines=8),
            (1, QUELLMARK, USED, OSTRA, ALLEGED),
            (2, QUELLMARK, USED, OSTRA, {"polarity": "-", "speech_act": "denies", "speaker": SPOKESMAN}),
            (3, MINISTRY, "investigates", QUELLMARK, {"speaker": MINISTRY}),
            (4, HUAIXU, "owns", QUELLMARK),
            (5, QUELLMARK, USED, OSTRA, {"speech_act": "opines", "speaker": HUAIXU}),
        ),
    )
    rows = db.conn.execute("SELECT entity_id, stake FROM stakes ORDER BY 1, 2").fetchall()
    assert rows == [
        (MINISTRY.id, "regulator"),
        (HUAIXU.id, "investor"),
        (NORVANE.id, "accuser"),
        (NORVANE.id, "target"),
        (QUELLMARK.id, "accused"),
        (SPOKESMAN.id, "accused"),
    ]
    reason = db.conn.execute("SELECT reason FROM stakes WHERE entity_id = ?", (SPOKESMAN.id,)).fetchone()[0]
    assert reason == "Ivo Lantz belongs through Quellmark to the side that is said to have acted"


def test_owners_investors_partners_and_the_press_of_a_party_have_a_stake(tmp_path: Path, topic: Topic) -> None:
    holding, gazette = entity("company", "Orvane Holding"), entity("outlet", "Quay Gazette", owner="Orvane Holding")
    norvane = msgspec.structs.replace(NORVANE, owner="Orvane Holding")
    others = [e for e in ALL if e.id != NORVANE.id]
    entities = (holding, gazette, norvane, *others)
    opines = {"speech_act": "opines"}
    on, claims = told(
        page("a", lines=9, outlet="Quay Gazette"),
        (1, QUELLMARK, USED, OSTRA, {"speech_act": "alleges", "speaker": norvane}),
        (2, QUELLMARK, USED, OSTRA, {"speaker": holding, **opines}),
        (3, HUAIXU, "owns", QUELLMARK, {"quantity": Quantity(62.0, 62.0, "percent")}),
        (4, QUELLMARK, USED, OSTRA, {"speaker": HUAIXU, **opines}),
        (5, TARSIL, "released", PELLAN),
        (5, QUELLMARK, "released", PELLAN),
        (6, QUELLMARK, USED, OSTRA, {"speaker": TARSIL, **opines}),
    )
    db = store(tmp_path, *entities)
    put(db, on, *claims)
    link(db, msgspec.structs.replace(topic, entities=entities, decisions=()), NOW)
    stakes: dict[str, dict[str, str]] = {}
    for key, stake, reason in db.conn.execute("SELECT entity_id, stake, reason FROM stakes ORDER BY 1, 2"):
        stakes.setdefault(key, {})[stake] = reason
    assert stakes[holding.id]["owner"] == "Norvane belongs to Orvane Holding"
    assert stakes[HUAIXU.id] == {"owner": "a text says that Huaixu holds more than half of Quellmark"}
    assert stakes[TARSIL.id]["partner"] == "one sentence names Tarsil and Quellmark together for Pellan"
    assert stakes[gazette.id] == {"owned": "Quay Gazette reports on it and belongs to Orvane Holding"}
    assert set(stakes[norvane.id]) == {"accuser", "target"}


def test_a_page_without_a_date_goes_with_the_pair_whenever_it_was_found(tmp_path: Path, topic: Topic) -> None:
    db = linked(
        tmp_path,
        topic,
        told(page("old", published="2024-02-01"), (1, QUELLMARK, USED, NORVANE, ALLEGED)),
        told(page("undated", published=""), (1, QUELLMARK, ASKED, NORVANE, ALLEGED)),
    )
    assert list(groups(db).values()) == [{"old", "undated"}]
    assert db.conn.execute("SELECT started_on, slug FROM incidents").fetchone() == (
        "2024-02-01",
        "quellmark-norvane-2024-02",
    )


def test_where_no_text_has_a_date_none_is_made_up(tmp_path: Path, topic: Topic) -> None:
    db = linked(tmp_path, topic, told(page("undated", published=""), (1, QUELLMARK, ASKED, NORVANE, ALLEGED)))
    assert db.conn.execute("SELECT started_on, slug FROM incidents").fetchone() == ("", "quellmark-norvane")


@pytest.mark.parametrize(
    ("how", "stated"),
    [
        ({}, True),
        ({"speech_act": "reports"}, True),
        ({"speech_act": "asks"}, False),
        ({"speech_act": "predicts"}, False),
        ({"speech_act": "supposes"}, False),
        ({"hedge": "strong"}, False),
        ({"polarity": "-"}, False),
    ],
)
def test_only_what_is_stated_makes_an_owner(how: dict[str, Any], stated: bool, tmp_path: Path, topic: Topic) -> None:
    mirel = entity("model", "Mirel", registered=False)
    on, claims = told(
        page("a", lines=6),
        (1, TARSIL, "released", mirel, how),
        (2, HUAIXU, "owns", QUELLMARK, {"quantity": Quantity(62.0, 62.0, "percent"), **how}),
        (3, QUELLMARK, USED, OSTRA, ALLEGED),
        (4, QUELLMARK, USED, OSTRA, {"speech_act": "opines", "speaker": HUAIXU}),
    )
    db = store(tmp_path, *ALL)
    put(db, on, *claims, entities=(mirel,))
    link(db, world(topic), NOW)
    lineage = load_lineage(db, list(load_entities(db)), ())
    assert (lineage.root(mirel.id) == TARSIL.id) is stated
    holding = db.conn.execute("SELECT count(*) FROM stakes WHERE stake IN ('owner', 'investor')").fetchone()
    assert holding == (int(stated),)
