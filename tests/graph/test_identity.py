"""Who is who: decisions, names and spellings; a "not the same" is kept, and a merge destroys nothing."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from distillwatch.graph.canonical import ORIGINS_TO_ESTABLISH, establish, link_entities, save_decisions
from distillwatch.graph.decided import in_time
from distillwatch.graph.identity import Link, resolve
from distillwatch.graph.lineage import Lineage, load_lineage
from distillwatch.graph.link import link
from distillwatch.graph.names import NameIndex, bare_key, legal_forms, name_key
from distillwatch.graph.origins import link_origins
from distillwatch.graph.store import load_entities, save_document, save_extraction, transaction
from distillwatch.records import Decision, Entity, Mention
from distillwatch.topic import Topic
from tests.graph.builders import NOW, claim, document, entity, extraction, put, store

NORVANE = entity("company", "Norvane", "Norvane Labs", "诺瓦")
OSTRA_25 = entity("model", "Ostra 2.5")
TARSIL = entity("company", "Tarsil", registered=False)
FORMS = frozenset(("inc", "co", "ltd", "s a"))
TARSIL_AG = entity("company", "Tarsil-AG", registered=False)


def decision(what: str, a: Entity, b: Entity, day: str = "2026-05-01") -> Decision:
    return Decision(
        target_table="entities", target_id=a.id, decision=what, value=b.id, reason="the register of firms",
        author="ada", decided_at=f"{day}T08:00:00Z",
    )  # fmt: skip


def same(links: list[Link]) -> dict[str, str]:
    return {link.entity_id: link.canonical_id for link in links if link.entity_id != link.canonical_id}


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("Ostra-2.5", "ostra 2.5", True),
        ("OSTRA2.5", "Ostra 2.5", True),
        ("Ostra 2.5", "Ostra 25", False),
        ("Ostra 2", "Ostra 2.0", False),
        ("Norvane’s", "Norvane's", True),
        ("Ｎｏｒｖａｎｅ", "Norvane", True),
    ],
)
def test_names_are_compared_by_words_and_numbers(one: str, other: str, is_same: bool) -> None:
    assert (name_key(one) == name_key(other)) == is_same


def test_legal_forms_do_not_make_another_firm() -> None:
    assert bare_key("Norvane Co., Ltd.", FORMS) == "norvane" and bare_key("Inc", FORMS) == "inc"
    assert bare_key("Norvane S.A.", FORMS) == "norvane" and bare_key("Norvane S. A. Inc", FORMS) == "norvane"
    assert bare_key("Norvane Cogs", FORMS) == "norvane cogs" and bare_key("Norvane Inc", ()) == "norvane inc"


def test_the_forms_of_law_are_words_of_the_vocabulary(topic: Topic) -> None:
    assert {"inc", "gmbh", "s a", "pte", "company"} <= legal_forms(topic.vocabulary)


def test_a_name_of_two_is_nobodys() -> None:
    twin = entity("company", "Norvane Labs")
    index = NameIndex([NORVANE, twin], FORMS)
    assert index.find("norvane labs") is None and index.find("诺瓦") == NORVANE
    assert NameIndex([OSTRA_25], FORMS).find("Ostra 2.5", "company") is None
    assert NameIndex([NORVANE, twin], FORMS, {twin.id: NORVANE.id}).find("norvane labs") == NORVANE
    assert index.find("Norvane", "person") is None and index.find("NORVANE Inc", "group") == NORVANE


def test_two_names_of_what_is_one_are_no_two_names_in_a_list() -> None:
    seen = entity("company", "NORVANE LABS Inc", registered=False)
    canonical = {NORVANE.id: NORVANE.id, seen.id: NORVANE.id, TARSIL.id: TARSIL.id}
    lineage = Lineage({e.id: e for e in (NORVANE, seen, TARSIL)}, canonical, {}, FORMS)
    assert [party.id for party in lineage.parties(None, "Norvane Labs and Tarsil")] == [NORVANE.id, TARSIL.id]


def test_a_proposed_name_is_the_registered_one_it_spells() -> None:
    seen = [entity("company", "NORVANE LABS Inc", registered=False), entity("model", "OSTRA2.5", registered=False)]
    links = resolve([NORVANE, OSTRA_25, *seen], [], FORMS)
    assert same(links) == {seen[0].id: NORVANE.id, seen[1].id: OSTRA_25.id}
    assert links[0].basis == "alias" and "Norvane" in links[0].reason


def test_two_spellings_that_nobody_registered_are_one() -> None:
    other = entity("company", "TARSIL", registered=False)
    spelled = msgspec.structs.replace(other, id="company-tarsil-2")
    links = resolve([TARSIL, spelled], [], FORMS)
    assert same(links) == {"company-tarsil-2": TARSIL.id} and links[0].basis == "spelling"


def test_decisions_join_and_keep_apart_and_the_later_one_counts() -> None:
    entities = [NORVANE, OSTRA_25, TARSIL, TARSIL_AG]
    joined = decision("same", TARSIL_AG, TARSIL)
    assert same(resolve(entities, [joined], FORMS)) == {TARSIL_AG.id: TARSIL.id}
    to_norvane = decision("same", TARSIL, NORVANE)
    assert same(resolve(entities, [joined, to_norvane], FORMS)) == {TARSIL_AG.id: NORVANE.id, TARSIL.id: NORVANE.id}
    apart = decision("not_same", TARSIL_AG, NORVANE)
    links = resolve(entities, [joined, to_norvane, apart], FORMS)  # the chain must not join what was kept apart
    assert same(links).get(TARSIL_AG.id) != NORVANE.id
    assert len(same(links)) == 1
    assert same(resolve(entities, [joined, decision("not_same", TARSIL, TARSIL_AG, "2026-05-02")], FORMS)) == {}
    taken_back = [decision("not_same", TARSIL, TARSIL_AG), decision("same", TARSIL_AG, TARSIL, "2026-05-02")]
    assert same(resolve(entities, taken_back, FORMS)) == {TARSIL_AG.id: TARSIL.id}


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        ("2026-05-01", "2026-05-01T08:00:00Z"),
        ("2026-05-02T01:00:00+02:00", "2026-05-01T23:30:00Z"),
        ("20260501", "2026-05-02"),
        ("2026-05-01T08:00:00", "2026-05-01T08:00:01Z"),
        ("2026-05-01T08:00:00Z", "2026-05-01T08:00:00Z"),
    ],
)
def test_decisions_count_by_the_moment_however_it_is_written(earlier: str, later: str) -> None:
    first, second = (
        msgspec.structs.replace(decision("not_same", TARSIL, NORVANE), decided_at=at) for at in (earlier, later)
    )
    assert in_time([first, second], "entities") == [first, second]
    if earlier != later:
        assert in_time([second, first], "entities") == [first, second]


def test_a_no_also_stops_a_merge_by_name() -> None:
    seen = entity("company", "Norvane Labs", registered=False)
    links = resolve([NORVANE, seen], [decision("not_same", seen, NORVANE)], FORMS)
    assert same(links) == {}
    assert {(link.entity_id, link.basis) for link in links} == {(seen.id, "not_same"), (NORVANE.id, "not_same")}


def test_a_decision_on_an_unknown_entity_waits() -> None:
    assert resolve([NORVANE], [decision("same", NORVANE, TARSIL)], FORMS) == []


def test_a_proposed_name_stays_proposed_until_two_origins_name_it(tmp_path: Path, topic: Topic) -> None:
    db = store(tmp_path, NORVANE)
    texts = {
        "one": "The firm Tarsil was heard of first in the spring.",
        "two": "In autumn the firm Tarsil moved to the coast.",
    }
    for number, (key, text) in enumerate(texts.items(), start=1):
        page = document(key, f"Headline {key}", text, kind="news")
        at = page.text.find("Tarsil")
        mention = Mention(start=at, end=at + 6, text="Tarsil", kind="company", entity_id=TARSIL.id)
        save_document(db, page, NOW)
        save_extraction(db, msgspec.structs.replace(extraction(page, entities=(TARSIL,)), mentions=(mention,)), NOW)
        with transaction(db):
            link_origins(db, topic.vocabulary)
            establish(db, ())
        status = {e.name: e.status for e in load_entities(db)}["Tarsil"]
        assert status == ("established" if number >= ORIGINS_TO_ESTABLISH else "proposed")


@pytest.mark.parametrize(
    ("decisions", "status"),
    [
        (("establish",), "established"),
        (("doubt",), "proposed"),
        (("establish", "doubt"), "proposed"),  # the later one counts
        (("doubt", "establish"), "established"),
    ],
)
@pytest.mark.parametrize("origins", [1, 2])
def test_a_decision_goes_before_what_texts_do(
    tmp_path: Path, topic: Topic, origins: int, decisions: tuple[str, ...], status: str
) -> None:
    db = store(tmp_path, NORVANE)
    for number, word in enumerate(("spring", "autumn")[:origins]):
        page = document(f"page{number}", f"Headline {word}", f"The firm Tarsil was seen in {word}.", kind="news")
        at = page.text.find("Tarsil")
        mention = Mention(start=at, end=at + 6, text="Tarsil", kind="company", entity_id=TARSIL.id)
        save_document(db, page, NOW)
        save_extraction(db, msgspec.structs.replace(extraction(page, entities=(TARSIL,)), mentions=(mention,)), NOW)
    made = tuple(
        Decision(
            target_table="entities", target_id=TARSIL.id, decision=what, reason="looked up", author="ada",
            decided_at="2026-03-01T08:00:00Z",  # of one moment: as they stand in the file
        )
        for what in decisions
    )  # fmt: skip
    with transaction(db):
        link_origins(db, topic.vocabulary)
        establish(db, made)
    assert {e.name: e.status for e in load_entities(db)}["Tarsil"] == status


def test_the_store_keeps_the_reason_and_a_second_pass_changes_nothing(tmp_path: Path, topic: Topic) -> None:
    db = store(tmp_path, NORVANE, TARSIL)
    with_decision = msgspec.structs.replace(topic, decisions=(decision("same", TARSIL, NORVANE),))
    with transaction(db):
        save_decisions(db, with_decision)
        assert link_entities(db, with_decision) == 2
        assert link_entities(db, with_decision) == 0
    assert db.conn.execute("SELECT canonical_id FROM entities WHERE id = ?", (TARSIL.id,)).fetchone() == (NORVANE.id,)
    assert "ada decided" in db.conn.execute("SELECT reason FROM entity_links").fetchone()[0]
    with transaction(db):
        assert link_entities(db, topic) == 2  # the decision was taken out of the file
    assert db.conn.execute("SELECT canonical_id FROM entities WHERE id = ?", (TARSIL.id,)).fetchone() == (TARSIL.id,)


def test_a_subsidiary_a_brand_and_a_renamed_firm_are_who_they_are(tmp_path: Path, topic: Topic) -> None:
    """Each keeps its own row and claims; what they did and what was done to them is one affair of the firms."""
    lab = entity("company", "Norvane Research", owner="Norvane")
    brand = entity("product", "Ostra Chat", owner="Norvane Research")
    quellmark, new_name = entity("company", "Quellmark"), entity("company", "Velmark Systems", registered=False)
    known = (NORVANE, lab, brand, quellmark)
    db = store(tmp_path, *known)
    for key, subject, predicate, target in (
        ("a", quellmark, "trained_on_outputs_of", NORVANE),
        ("b", quellmark, "trained_on_outputs_of", lab),
        ("c", new_name, "accessed", brand),
        ("d", quellmark, "commented", "denied"),
    ):
        on = document(key, f"Headline {key}", f"What {key} tells is in no other text.", f"And {key} goes on.")
        told = [claim(on, 1, subject, predicate, target, speaker=lab, speech_act="alleges")]
        if key in "bc":
            told.append(claim(on, 1, quellmark, "trained_on_outputs_of", NORVANE, speaker=lab, speech_act="alleges"))
        if key == "d":
            told.append(claim(on, 2, quellmark, "trained_on_outputs_of", brand, speech_act="alleges", speaker=lab))
        put(db, on, *told, entities=(new_name,))
    renamed = decision("same", new_name, quellmark)
    link(db, msgspec.structs.replace(topic, entities=known, decisions=(renamed,)), NOW)
    incidents = db.conn.execute("SELECT id, status FROM incidents WHERE moved_to IS NULL").fetchall()
    assert len(incidents) == 1 and incidents[0][1] == "denied"
    assert db.conn.execute("SELECT count(*) FROM incident_documents").fetchone() == (4,)
    lineage = load_lineage(db, list(load_entities(db)), FORMS)
    assert [lineage.root(e.id) for e in (lab, brand, NORVANE)] == [NORVANE.id] * 3
    assert lineage.root(new_name.id) == quellmark.id
    rows = db.conn.execute("SELECT subject_id FROM claims WHERE predicate = 'accessed'").fetchall()
    assert rows == [(new_name.id,)]  # what the text said stays; who that is stands beside it
    for key, canonical in db.conn.execute("SELECT id, canonical_id FROM entities WHERE canonical_id != id").fetchall():
        basis, reason = db.conn.execute(
            "SELECT basis, reason FROM entity_links WHERE entity_id = ? AND canonical_id = ?", (key, canonical)
        ).fetchone()
        assert basis == "decision" and "the register of firms" in reason
