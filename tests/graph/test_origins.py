"""Copies, translations, citations: who carries whose report."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from sqlite_utils import Database

from distillwatch.graph import copies, shingles
from distillwatch.graph.citations import Citable, citations
from distillwatch.graph.copies import Dependence, Page, resolve
from distillwatch.graph.credits import Credit, Cues, Publishers
from distillwatch.graph.origins import link_origins
from distillwatch.graph.store import save_document, save_extraction, transaction
from distillwatch.graph.translations import figures, likeness
from distillwatch.records import Document, Mention
from distillwatch.topic import Topic
from tests.graph.builders import NOW, claim, document, entity, extraction, put, source, store

NORVANE, QUELLMARK = entity("company", "Norvane"), entity("company", "Quellmark")
WIRE = source("Tarn Press Agency", tier="wire")
STORY = (
    "Norvane says that Quellmark opened nine hundred accounts to put questions to its model over three weeks.",
    "The accounts were closed when an engineer noticed that most asked for worked solutions in the same order.",
    "Quellmark said that it had bought the answers from a reseller and did not know where the reseller had got them.",
    "A hearing is set for the second week of June, and the court has asked both firms to keep their records.",
)
OTHER = (
    "The harbour of Port Ellery will close its northern gate for repairs while the new crane is being put together.",
    "Ferries will leave from the old pier, which the town had meant to give over to anglers and to a summer cafe.",
)


def relations(db: Database) -> dict[tuple[str, str], tuple[str, str]]:
    """(file, file of the origin) → relation and reason."""
    return {
        (row[0], row[1]): (row[2], row[3])
        for row in db.conn.execute(
            """SELECT d.file, s.file, r.relation, r.reason FROM document_origins r
               JOIN documents d ON d.id = r.document_id JOIN origins o ON o.id = r.origin_id
               JOIN documents s ON s.id = o.document_id"""
        )
    }


def linked(path: Path, topic: Topic, *pages: Document) -> dict[tuple[str, str], tuple[str, str]]:
    db = store(path, NORVANE, QUELLMARK, sources=(WIRE,))
    for page in pages:
        put(db, page, claim(page, 0, QUELLMARK, "accessed", NORVANE))
    with transaction(db):
        link_origins(db, topic.vocabulary)
    return relations(db)


def only(found: dict[tuple[str, str], tuple[str, str]]) -> dict[tuple[str, str], str]:
    return {key: relation for key, (relation, _) in found.items()}


@given(st.text(max_size=300), st.text(max_size=300))
def test_shingles_of_any_text(a: str, b: str) -> None:
    x, y = shingles.shingles(a), shingles.shingles(b)
    assert shingles.shared(x, y) == shingles.shared(y, x) <= min(len(x), len(y))
    assert shingles.from_bytes(shingles.to_bytes(x)).tolist() == x.tolist()
    assert set(shingles.sketch(x).tolist()) <= set(x.tolist())


def gazette(key: str, *paragraphs: str, published: str) -> Document:
    return document(key, *paragraphs, published=published, source_id="inland-gazette", outlet="Inland Gazette")


def agency(key: str, *paragraphs: str, published: str) -> Document:
    return document(key, *paragraphs, published=published, source_id="tarn-press-agency", outlet="Tarn Press Agency")


def test_a_shortened_copy_an_independent_report_and_an_unrelated_page(tmp_path: Path, topic: Topic) -> None:
    own = (f"Point {number} is of its own and long." for number in range(40))
    first = document("first", "Norvane on accounts", *STORY, published="2026-04-20")
    shortened = gazette("short", "What Norvane says", STORY[0], STORY[2], published="2026-04-21")
    quoting = gazette("quoting", "A long look back", STORY[0], *OTHER, *own, published="2026-05-01")
    unrelated = gazette("harbour", "Harbour works", *OTHER, published="2026-04-22")
    found = linked(tmp_path, topic, quoting, unrelated, shortened, first)
    assert only(found) == {
        ("first.html", "first.html"): "original",
        ("short.html", "first.html"): "copy",
        ("quoting.html", "quoting.html"): "original",
        ("quoting.html", "first.html"): "cites",
        ("quoting.html", "harbour.html"): "cites",
        ("harbour.html", "harbour.html"): "original",
    }
    assert "of the shorter text stands in the other" in found["short.html", "first.html"][1]


def test_the_agency_is_the_origin_though_its_page_is_dated_later(tmp_path: Path, topic: Topic) -> None:
    credit = "This article was supplied by the Tarn Press Agency and has been cut by our editors."
    page = document("page", "Accounts closed", *STORY, credit, published="2026-04-20")
    wire = agency("wire", "Norvane says accounts were closed", *STORY, published="2026-04-21")
    found = linked(tmp_path, topic, page, wire)
    assert only(found) == {("wire.html", "wire.html"): "original", ("page.html", "wire.html"): "copy"}
    assert "it says “supplied by the Tarn Press Agency" in found["page.html", "wire.html"][1]


def test_a_publishers_own_later_version(tmp_path: Path, topic: Topic) -> None:
    first = document("v1", "Accounts", *STORY, published="2026-04-20")
    second = document("v2", "CORRECTED: accounts", *STORY[:3], "The hearing is in July.", published="2026-04-22")
    found = linked(tmp_path, topic, second, first)
    assert found["v2.html", "v1.html"][0] == "copy" and "own new version" in found["v2.html", "v1.html"][1]


def test_a_link_and_a_credited_report_are_citations(tmp_path: Path, topic: Topic) -> None:
    report = agency("report", "Accounts", *STORY, published="2026-04-20")
    links = document("links", "Seen elsewhere", *OTHER, published="2026-04-21", links=(report.url + "#top",))
    said = "Quellmark opened accounts, as first reported by the Tarn Press Agency."
    found = linked(
        tmp_path,
        topic,
        report,
        links,
        gazette("credits", "It is said", said, published="2026-04-22"),
        gazette("late", "It was said", said, published="2026-09-22"),
    )
    assert found["links.html", "report.html"] == ("cites", "it links to it")
    assert found["credits.html", "report.html"][0] == "cites"
    assert ("late.html", "report.html") not in found


def citable(key: str, day: str, *, links: tuple[str, ...] = (), of: str = "", entities: str = "ab") -> Citable:
    page = Page(id=key, outlet=key[0], day=day, credits=(Credit("cites", of, f"as {of} reported"),) if of else ())
    url = f"https://{key}.example/" if key != "file" else "file:page.html"
    return Citable(page=page, url=url, origin=key, links=links, entities=frozenset(entities))


@pytest.mark.parametrize(
    ("reports", "found"),
    [
        ([citable("w1", "2026-04-20")], "w1"),  # of the day itself
        ([citable("w1", "2026-04-21")], None),  # of the day after
        ([citable("w1", "2026-03-06")], "w1"),  # 45 days before
        ([citable("w1", "2026-03-05")], None),
        ([citable("w1", "2026-04-18"), citable("w2", "2026-04-10", entities="abc")], "w2"),  # has more in common
        ([citable("w1", "2026-04-10"), citable("w2", "2026-04-18")], "w2"),  # the later of equals
        ([citable("w1", "2026-04-18", entities="a")], None),
    ],
)
def test_a_credited_report_is_one_of_the_last_weeks(reports: list[Citable], found: str | None) -> None:
    page = citable("g", "2026-04-20", of="w", entities="abc")
    assert [c.other for c in citations([*reports[::-1], page])] == ([found] if found else [])


@pytest.mark.parametrize("link", ["http://", "https://#top", "https://www."])
def test_an_empty_link_leads_to_no_file(link: str) -> None:
    assert citations([citable("file", "2026-04-20"), citable("g", "2026-04-21", links=(link,))]) == []


def test_a_translation_has_the_names_and_figures_in_order() -> None:
    items = ("company-a", "900", "company-b", "35", "person-c", "7400", "model-d", "12", "company-a", "3350", "48")
    assert likeness(items, items) == 1.0
    assert likeness(items, tuple(reversed(items))) < 0.6
    assert likeness(items[:5], items[:5]) == 0.0  # too short to tell
    assert [d for _, d in figures("le 24 000 comptes, 3,4 millions en 2026, et 9")] == ["24000", "34"]


def test_a_translated_page_has_the_origin_of_the_first(tmp_path: Path, topic: Topic) -> None:
    db = store(tmp_path, NORVANE, QUELLMARK)
    lines = {
        "en": (
            "Norvane counted 4,180 accounts of Quellmark.",
            "Quellmark paid 37 people.",
            "Norvane asked for 912 answers.",
        ),
        "fr": (
            "Norvane a compté 4 180 comptes de Quellmark.",
            "Quellmark a payé 37 personnes.",
            "Norvane veut 912 réponses.",
        ),
        "de": (
            "Quellmark nennt 912 Antworten falsch.",
            "Es gehe um 37 Leute, so Norvane.",
            "Norvane nennt 4.180 Konten.",
        ),
    }
    for day, (language, text) in enumerate(lines.items(), start=20):
        page = document(
            language, f"Titel {language}", *text, *text[::-1], language=language, published=f"2026-04-{day}"
        )
        save_document(db, page, NOW)
        mentions = tuple(
            Mention(start=at.start(), end=at.end(), text=e.name, kind=e.kind, entity_id=e.id)
            for e in (NORVANE, QUELLMARK)
            for at in re.finditer(e.name, page.text)
        )
        save_extraction(db, replace(extraction(page), mentions=mentions), NOW)
    with transaction(db):
        report = link_origins(db, topic.vocabulary)
    assert report.translations == 1
    found = relations(db)
    assert found["fr.html", "en.html"][0] == "translation"
    assert "in another language" in found["fr.html", "en.html"][1]
    assert ("de.html", "en.html") not in found


@pytest.mark.parametrize(
    ("line", "kind", "outlet"),
    [
        ("PORT ELLERY, June 3 (Tarn Press) - The town has", "copy", "Tarn Press Agency"),
        ("By Ada Lind, Tarn Press", "copy", "Tarn Press Agency"),
        ("Die Gazette beruft sich auf andere, berichtete zuerst die Inland Gazette.", "cites", "Inland Gazette"),
        ("selon l’Inland Gazette, la société", "cites", "Inland Gazette"),
        ("según Inland Gazette, la empresa", "cites", "Inland Gazette"),
        ("据潮报报道,公司", "cites", "潮报"),
        ("潮报によると、同社は", "cites", "潮报"),
        ("Two days ago the Inland Gazette reported more", "cites", "Inland Gazette"),
        ("according to the company, nothing was copied", None, None),
        ("the report by Ada Lind was long", None, None),
        ("according to the paper, all is well", None, None),  # a publisher is called The Paper
        ("according to The Paper, all is well", "cites", "The Paper"),
        ("wie heute online berichtet", None, None),
    ],
)
def test_credit_lines(topic: Topic, line: str, kind: str | None, outlet: str | None) -> None:
    lexicon = topic.vocabulary.lexicon("credits")
    publishers = Publishers({"Tarn Press Agency": [], "Inland Gazette": [], "潮报": [], "The Paper": []}, lexicon)
    found = publishers.resolve(Cues(lexicon).find([line]))
    assert [(c.kind, c.outlet) for c in found] == ([(kind, outlet)] if kind else [])


def test_a_circle_of_credits_is_opened_at_the_earliest() -> None:
    def page(key: str, day: str, credit: str) -> Page:
        return Page(id=key, outlet=key, day=day, first_seen=NOW, credits=(Credit("copy", credit, f"from {credit}"),))

    pages = [page("a", "2026-04-01", "b"), page("b", "2026-04-02", "a")]
    circle = [
        Dependence(document=x, other=y, relation="copy", similarity=0.9, reason="") for x, y in (("a", "b"), ("b", "a"))
    ]
    assert resolve(pages, circle)[0] == {"a": "a", "b": "a"}


@given(st.lists(st.lists(st.integers(0, 12), unique=True, max_size=9), max_size=9))
def test_candidates_share_enough_of_their_sketches_with_one_of_the_first_holders(kept: list[list[int]]) -> None:
    pages = [Page(id=f"p{n}", outlet=f"o{n}", day="2026-04-01") for n in range(len(kept))]
    sketches = {page.id: np.array(sorted(own), dtype=np.uint64) for page, own in zip(pages, kept, strict=True)}
    expected = []
    for later, own in enumerate(kept):
        for earlier in range(later):
            # a shingle counts where the earlier page is one of the first four that hold it
            common = sum(
                earlier in [n for n, other in enumerate(kept) if value in other][:4]
                for value in set(own) & set(kept[earlier])
            )
            if common >= 3 and common >= copies.CITES / 2 * min(len(own), len(kept[earlier])):
                expected.append((f"p{later}", f"p{earlier}"))
    assert copies.candidates(pages, sketches) == expected
