"""The same pages in any order and in any batches give the same incidents, propositions, verdicts and disputes."""

from __future__ import annotations

import tempfile
from pathlib import Path
from random import Random
from typing import Any

import pytest
from sqlite_utils import Database

from distillwatch.graph import candidates
from distillwatch.graph.compare import compare
from distillwatch.graph.link import link
from distillwatch.quantities import Quantity
from distillwatch.records import Claim, Document, Entity
from distillwatch.topic import Topic
from tests.graph.builders import claim, document, entity, put, store
from tests.graph.linking import (
    ALL,
    ASKED,
    HUAIXU,
    NORVANE,
    OSTRA,
    PELLAN,
    QUELLMARK,
    SPOKESMAN,
    TARSIL,
    TERMS,
    USED,
    world,
)

Page = tuple[Document, list[Claim], tuple[Entity, ...]]
MIREL, SMALL = (entity("model", name, registered=False) for name in ("Mirel", "Mirel 7B"))
DAYS = ("2026-04-18", "2026-04-19", "2026-04-20", "")


def pages(dice: Random, count: int) -> list[Page]:
    """Pages of an invented newsroom, some of them copies; a few models and owners are known from the texts only."""
    made: list[Page] = []
    for number in range(count):
        key = f"p{number}"
        if made and dice.random() < 0.25:
            old, claims, found = dice.choice(made)
            lines = old.text.split("\n")
            made.append((_page(key, lines, dice.choice(DAYS)), claims, found))
            continue
        lines = [" ".join(f"{key}{line}{word}" for word in range(12)) + "." for line in range(7)]
        on = _page(key, lines, dice.choice(DAYS))
        made.append((on, [_claim(dice, on, n) for n in range(1, dice.randint(2, 7))], (MIREL, SMALL)))
    return [(on, [_moved(c, on) for c in claims], found) for on, claims, found in made]


def _page(key: str, lines: list[str], published: str) -> Document:
    return document(key, *lines, published=published, outlet=f"Outlet {key}")


def _moved(made: Claim, on: Document) -> Claim:
    place = on.segments[made.segment]
    assert on.text[place.start : place.end] == made.evidence
    return made


def _claim(dice: Random, on: Document, at: int) -> Claim:
    subject, target = dice.choice((QUELLMARK, PELLAN, TARSIL, MIREL)), dice.choice((OSTRA, NORVANE))
    alleges: dict[str, Any] = {"speaker": NORVANE, "speech_act": "alleges"}
    denies: dict[str, Any] = {"speaker": SPOKESMAN, "speech_act": "denies", "polarity": "-"}
    count = dice.choice((24_000.0, 16_000.0))
    day = dice.choice(("2026-02-01", "2026-02-02", "2026-03-01"))
    return dice.choice(
        (
            claim(on, at, subject, USED, target, **alleges),
            claim(on, at, subject, USED, target, **denies),
            claim(on, at, subject, USED, target, hedge="weak"),
            claim(on, at, subject, "evaluated_with", target, qualifiers={"only": "yes"}),
            claim(on, at, subject, ASKED, OSTRA, quantity=Quantity(count, count, "accounts"), **alleges),
            claim(on, at, QUELLMARK, "violates", TERMS, **alleges),
            claim(on, at, QUELLMARK, "complies_with", TERMS, speaker=SPOKESMAN),
            claim(on, at, NORVANE, "restricted", QUELLMARK, when=(day, day)),
            claim(on, at, dice.choice((TARSIL, HUAIXU)), "released", dice.choice((MIREL, SMALL)), when=(day, day)),
            claim(on, at, HUAIXU, "owns", TARSIL),
            claim(on, at, dice.choice((MIREL, SMALL)), "has_parameters", quantity=Quantity(count, count, "parameters")),
            claim(on, at, NORVANE, "sent", "letter", when=(day, day), qualifiers={"to": dice.choice(("Mirel", "A"))}),
        )
    )


def state(db: Database) -> dict[str, set[Any]]:
    """What must not depend on the order. The id of an incident may, for it stays when more is told."""
    held: dict[str, set[str]] = {}
    for incident, member in db.conn.execute("SELECT incident_id, claim_id FROM incident_claims"):
        held.setdefault(incident, set()).add(member)
    live = db.query("SELECT * FROM incidents WHERE moved_to IS NULL AND status != 'withdrawn'")
    disputes: dict[str, set[str]] = {}
    for dispute, flag in db.conn.execute(
        """SELECT p.dispute_id, k.id FROM dispute_pairs p JOIN contradictions k ON k.id = p.contradiction_id
           WHERE k.status != 'resolved'"""
    ):
        disputes.setdefault(dispute, set()).add(flag)
    return {
        "incidents": {(frozenset(held[i["id"]]), i["title"], i["kind"], i["status"], i["started_on"]) for i in live},
        "claims": set(db.conn.execute("SELECT id, proposition_id, origin_id FROM claims")),
        "propositions": set(db.conn.execute("SELECT id, subject_id, predicate, object_id, scope FROM propositions")),
        "verdicts": set(
            db.conn.execute(
                """SELECT x.id, x.claim_a, x.claim_b, x.verdict, x.kind, x.rule, x.explanation FROM comparisons x
                   LEFT JOIN contradictions k ON k.comparison_id = x.id WHERE k.status IS NOT 'resolved'"""
            )
        ),
        "flags": set(db.conn.execute("SELECT id, kind, status FROM contradictions WHERE status = 'open'")),
        "disputes": {frozenset(flags) for flags in disputes.values()},
    }


def built(topic: Topic, batches: list[list[Page]]) -> dict[str, set[Any]]:
    """The state after linking and comparing batch by batch, each at a second of its own."""
    with tempfile.TemporaryDirectory() as folder:
        db = store(Path(folder), *ALL)
        for second, batch in enumerate(batches):
            for on, claims, found in batch:
                put(db, on, *claims, entities=found)
                now = f"2026-05-02T08:00:{second:02}Z"
                db.conn.execute("UPDATE documents SET first_seen = ? WHERE id = ?", (now, on.id))
            db.conn.commit()
            link(db, world(topic), now)
            compare(db, world(topic), now)
        found_state = state(db)
        db.close()
    reopened = {flag for flag in found_state["flags"] if flag[2] != "open"}
    assert not reopened
    return found_state


def cut(dice: Random, made: list[Page]) -> list[list[Page]]:
    size = dice.choice((1, 2, 3, len(made)))
    return [made[start : start + size] for start in range(0, len(made), size)]


@pytest.mark.parametrize("crowded", [False, True], ids=["plain", "crowded"])
@pytest.mark.parametrize("seed", range(10))
def test_any_order_and_any_batches_give_the_same(
    topic: Topic, monkeypatch: pytest.MonkeyPatch, seed: int, crowded: bool
) -> None:
    if crowded:
        for name, value in (("CROWDED", 3), ("VOICES", 1), ("REPRESENTATIVES", 4)):
            monkeypatch.setattr(candidates, name, value)
    dice = Random(seed)
    made = pages(dice, 3 + seed)
    whole, bits = built(topic, [made]), built(topic, cut(dice, dice.sample(made, len(made))))
    for what, rows in whole.items():
        assert bits[what] == rows, what
