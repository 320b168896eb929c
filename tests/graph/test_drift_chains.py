"""What is handed on from text to text and becomes firmer, or is quoted in other words: given once, as a chain."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from sqlite_utils import Database

from distillwatch.graph.compare import compare
from distillwatch.graph.link import link
from distillwatch.records import Document
from distillwatch.topic import Topic
from tests.graph.builders import NOW, claim, document, put, store
from tests.graph.linking import ALL, NORVANE, OSTRA, QUELLMARK, USED, world

MAY: dict[str, Any] = {"speech_act": "reports", "hedge": "strong"}
REPORTEDLY: dict[str, Any] = {"speech_act": "reports"}
DID: dict[str, Any] = {"speech_act": "asserts"}


def handed_on(tmp_path: Path, topic: Topic, *says: dict[str, Any], words: tuple[str, ...] = ()) -> Database:
    """Texts a day apart, each of which links to the one before and tells the same with what `says` gives."""
    db = store(tmp_path, *ALL)
    before: Document | None = None
    for day, (key, told) in enumerate(zip("abcdef", says, strict=False), start=1):
        line = words[day - 1] if words else f"What text {key} tells of it in a line that no other text has."
        on = document(key, f"Headline {key}", line, published=f"2026-04-0{day}", outlet=f"Outlet {key}",
                      links=(before.url,) if before else ())  # fmt: skip
        put(db, on, claim(on, 1, QUELLMARK, USED, OSTRA, **told))
        before = on
    link(db, world(topic), NOW)
    compare(db, world(topic), NOW)
    return db


def chains(db: Database) -> list[tuple[str, int, str]]:
    return db.conn.execute("SELECT kind, texts, path FROM drift_chains ORDER BY kind").fetchall()


def test_a_hedge_that_is_lost_over_three_texts_is_one_chain(tmp_path: Path, topic: Topic) -> None:
    db = handed_on(tmp_path, topic, MAY, REPORTEDLY, DID)
    path = "Outlet a (2026-04-01) reports, as possible → Outlet b (2026-04-02) reports → Outlet c (2026-04-03) asserts"
    assert chains(db) == [("certainty", 3, path)]
    (row,) = db.query("SELECT * FROM drift_chains")
    incident = db.conn.execute("SELECT incident_id FROM propositions").fetchone()[0]
    assert row["incident_id"] == incident and row["first_claim_id"] in row["claims"]


@pytest.mark.parametrize(
    ("says", "texts"),
    [
        ((MAY, DID), []),  # two texts: a pair, not a chain
        ((DID, DID, DID), []),  # nothing is lost
        ((DID, REPORTEDLY, MAY), []),  # reserve is added
        ((MAY, REPORTEDLY, REPORTEDLY, DID), [4]),  # once, at its full length
        ((MAY, MAY, REPORTEDLY, {"polarity": "-", "speech_act": "denies", "speaker": QUELLMARK}, DID), [3]),
    ],
)
def test_what_is_a_chain(tmp_path: Path, topic: Topic, says: tuple[dict[str, Any], ...], texts: list[int]) -> None:
    assert [found[1] for found in chains(handed_on(tmp_path, topic, *says))] == texts


def test_a_text_that_keeps_the_reserve_anywhere_keeps_it(tmp_path: Path, topic: Topic) -> None:
    db = handed_on(tmp_path, topic, MAY, REPORTEDLY, DID)
    last = db.conn.execute("SELECT document_id FROM claims WHERE speech_act = 'asserts'").fetchone()[0]
    on = document("c", "Headline c", "What text c tells of it in a line that no other text has.", "It may be so.",
                  published="2026-04-03", outlet="Outlet c", links=("https://harbour-post.example/b",))  # fmt: skip
    assert on.id == last
    put(db, on, claim(on, 1, QUELLMARK, USED, OSTRA, **DID), claim(on, 2, QUELLMARK, USED, OSTRA, **MAY))
    link(db, world(topic), NOW)
    assert chains(db) == []


def test_a_quotation_whose_words_change_twice_is_one_chain(tmp_path: Path, topic: Topic) -> None:
    said = {"speech_act": "alleges", "speaker": NORVANE}
    words = tuple(
        f"Norvane said in {place}: “we have seen a {size} number of odd requests to Ostra {when}”"
        for place, size, when in (("Rome", "large", "this year"), ("Oslo", "huge", "this year"),
                                  ("Lima", "huge", "in these weeks"))
    )  # fmt: skip
    db = handed_on(tmp_path, topic, said, said, said, words=words)
    assert [(kind, texts) for kind, texts, _ in chains(db)] == [("quotation", 3)]


def test_many_texts_that_all_cite_one_another_are_few_chains(tmp_path: Path, topic: Topic) -> None:
    db = store(tmp_path, *ALL)
    earlier: list[Document] = []
    for day in range(1, 15):
        on = document(f"p{day}", f"Headline {day}", f"What text {day} tells of it in a line of its own.",
                      published=f"2026-04-{day:02}", outlet=f"Outlet {day}",
                      links=tuple(d.url for d in earlier))  # fmt: skip
        put(db, on, claim(on, 1, QUELLMARK, USED, OSTRA, **(DID if day > 7 else MAY)))
        earlier.append(on)
    link(db, world(topic), NOW)
    assert [texts for _, texts, _ in chains(db)] == [14]  # not one for each way through the net
