"""How linking grows: documents per second, a rerun with nothing new, and one with 1 % more.

    python benchmarks/link.py [DOCUMENTS ...]

The documents are made up: a few firms are in most of them, one in five is a shortened copy of an earlier one, and each
tells of one to three pairs of firms. Names are drawn with Zipf's law, as in real coverage.
"""

from __future__ import annotations

import argparse
import random
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

import msgspec
from sqlite_utils import Database

from distillwatch.graph.link import LinkReport, link
from distillwatch.graph.store import (
    open_store,
    save_document,
    save_extraction,
    save_sources,
    sync_entities,
    transaction,
)
from distillwatch.ids import entity_id, hash_id, text_hash
from distillwatch.records import Claim, Document, Entity, Extraction, Segment, Source
from distillwatch.topic import Topic, bundled, load_topic

FIRMS, SOURCES, SENTENCES = 400, 50, 14
PREDICATES = ("trained_on_outputs_of", "accessed", "evaluated_with", "restricted", "commented", "released")
WORDS = [
    a + b for a in ("ka", "lo", "mi", "su", "te", "vor", "pla", "que") for b in ("nd", "rim", "sel", "tov", "x", "ban")
]


class World:
    """A topic of made-up firms with a model each, and the dice."""

    def __init__(self, topic: Topic) -> None:
        self.dice = random.Random(7)
        self.firms = [_entity("company", f"Firm {n}") for n in range(FIRMS)]
        self.models = [_entity("model", f"Model {n}", f"Firm {n}") for n in range(FIRMS)]
        self.topic = msgspec.structs.replace(topic, entities=tuple(self.firms + self.models), decisions=())
        self.weights = [1 / (n + 1) for n in range(FIRMS)]
        self.texts: list[list[str]] = []

    def firm(self) -> int:
        """A firm, most often one of the first."""
        return self.dice.choices(range(FIRMS), self.weights)[0]

    def sentences(self) -> list[str]:
        """The body of a new article, or a part of an earlier one."""
        if self.texts and self.dice.random() < 0.2:
            earlier = self.dice.choice(self.texts)
            return earlier[: max(4, len(earlier) * 2 // 3)]
        made = [" ".join(self.dice.choices(WORDS, k=22)) + "." for _ in range(SENTENCES)]
        self.texts.append(made)
        return made


def _entity(kind: str, name: str, owner: str = "") -> Entity:
    return msgspec.convert({"id": entity_id(kind, name), "kind": kind, "name": name, "owner": owner}, Entity)


def fill(db: Database, world: World, first: int, count: int) -> int:
    """Store documents with their claims; returns the number of claims."""
    claims = 0
    for number in range(first, first + count):
        document, extraction = _made(world, number)
        save_document(db, document, "2026-01-01T00:00:00Z")
        claims += save_extraction(db, extraction, "2026-01-01T00:00:00Z")
    return claims


def _made(world: World, number: int) -> tuple[Document, Extraction]:
    lines = [f"Headline {number}", *world.sentences()]
    segments, at = [], 0
    for position, line in enumerate(lines):
        end = at + len(line)
        segments.append(Segment(position=position, kind="paragraph" if position else "headline", start=at, end=end))
        at += len(line) + 1
    day = date(2024, 1, 1) + timedelta(days=world.dice.randrange(700))
    document = Document(
        id=hash_id("document", number),
        source_id=f"source-{number % SOURCES}",
        url=f"https://source-{number % SOURCES}.example/{number}",
        kind="news",
        language="en",
        title=lines[0],
        text="\n".join(lines),
        segments=tuple(segments),
        outlet=f"Source {number % SOURCES}",
        published_at=day.isoformat(),
        published_precision="day",
    )
    claims = []
    for _ in range(world.dice.randint(1, 3)):
        actor, target = world.firm(), world.firm()
        for _ in range(world.dice.randint(1, 5)):
            place = segments[world.dice.randrange(1, len(segments))]
            claims.append(_claim(world, document, place, actor, target))
    unique = {(c.start, c.subject_id, c.predicate, c.object_id): c for c in claims}
    return document, Extraction(
        document_id=document.id,
        text_sha256=text_hash(document.text),
        extractor="benchmark",
        depth="full",
        entities=(),
        mentions=(),
        dates=(),
        claims=tuple(unique.values()),
    )


def _claim(world: World, document: Document, place: Segment, actor: int, target: int) -> Claim:
    firm, model = world.firms[actor], world.models[target]
    return Claim(
        segment=place.position,
        start=place.start,
        end=place.end,
        evidence=document.text[place.start : place.end],
        subject_id=firm.id,
        subject_text=firm.name,
        predicate=world.dice.choice(PREDICATES),
        object_id=model.id,
        object_text=model.name,
        speech_act=world.dice.choice(("asserts", "alleges", "reports", "denies")),
    )


def measure(count: int) -> str:
    """One line of the table."""
    with tempfile.TemporaryDirectory() as folder:
        world = World(load_topic(bundled("distillation")))
        db = open_store(Path(folder) / "knowledge.db")
        save_sources(db, [Source(id=f"source-{n}", name=f"Source {n}", kind="feed", url="") for n in range(SOURCES)])
        sync_entities(db, world.topic.entities)
        with transaction(db):  # one transaction: the benchmark is about linking, not about the disk
            claims = fill(db, world, 0, count)
        first, report = _timed(db, world.topic)
        again, _ = _timed(db, world.topic)
        with transaction(db):
            fill(db, world, count, max(1, count // 100))
        more, _ = _timed(db, world.topic)
        db.close()
    return (
        f"{count:9,d} {claims:9,d} {report.incidents:9,d} {report.copies:8,d} "
        f"{first:8.2f} s {again:8.3f} s {more:8.2f} s {1000 * first / count:8.2f} ms"
    )


def _timed(db: Database, topic: Topic) -> tuple[float, LinkReport]:
    start = time.perf_counter()
    report = link(db, topic, "2026-06-01T00:00:00Z")
    return time.perf_counter() - start, report


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("documents", nargs="*", type=int, default=[300, 1_000, 3_000])
    asked = parser.parse_args()
    print("documents    claims incidents   copies      link  nothing new    1 % more  a document")
    for count in asked.documents:
        print(measure(count))


if __name__ == "__main__":
    main()
